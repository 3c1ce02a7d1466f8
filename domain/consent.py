"""Consent: what a customer allowed, for which channel and purpose, and how we know."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

from pydantic import AwareDatetime

from domain.channel import Purpose
from domain.frozen import Frozen
from domain.instant import Instant

ANY_PURPOSE: Literal["*"] = "*"
AHEAD = timedelta(minutes=5)
"""How far the clock of a form may be ahead of ours; evidence from later than that would outlast each no."""


class Evidence(Frozen):
    """How a consent was given or withdrawn: the proof that a regulator asks for."""

    method: str
    at: Instant | None = None
    text_version: str | None = None
    source: str | None = None


class Consent(Frozen):
    """One line of the append-only ledger; `topic` is a channel or a use of data such as `location`."""

    customer_id: str
    topic: str
    purpose: Purpose | Literal["*"] = ANY_PURPOSE
    granted: bool
    evidence: Evidence
    at: AwareDatetime


def said_at(evidence: Evidence, written: datetime) -> datetime:
    """When the customer said it: not after it was written down, whatever the clock of a form showed."""
    return min(evidence.at or written, written)


ConsentState = Mapping[tuple[str, str], bool]
"""The latest word per (topic, purpose or `*`); what is missing is unknown."""


def granted(state: ConsentState, topic: str, purpose: str) -> bool | None:
    """What the ledger says of `topic` for `purpose`: the narrow word first, but never over a general no."""
    general = state.get((topic, ANY_PURPOSE))
    if general is False:
        return False
    narrow = state.get((topic, purpose))
    return general if narrow is None else narrow


LOCATION = "location"
"""The topic of the use of where somebody is."""
FREQUENCY = "frequency"
"""The topic of the wish to hear from us as usual (granted), or less (not granted)."""
WANTS_FEWER = "wants_fewer"
"""The tag that rules see of who asked to hear from us less; it comes from the ledger, so that no import loses it."""
NO_WISHES: frozenset[str] = frozenset()


def wishes(state: ConsentState) -> frozenset[str]:
    """The tags that a customer's own wishes in the ledger amount to."""
    less = (state.get((FREQUENCY, ANY_PURPOSE)), state.get((FREQUENCY, "marketing")))
    return frozenset({WANTS_FEWER}) if False in less else NO_WISHES
