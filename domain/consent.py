"""Consent: what a customer allowed, for which channel and purpose, and how we know."""

from collections.abc import Mapping
from typing import Literal

from pydantic import AwareDatetime

from domain.channel import Purpose
from domain.frozen import Frozen

ANY_PURPOSE: Literal["*"] = "*"


class Evidence(Frozen):
    """How a consent was given or withdrawn: the proof that a regulator asks for."""

    method: str
    at: AwareDatetime | None = None
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


ConsentState = Mapping[tuple[str, str], bool]
"""The latest word per (topic, purpose or `*`); what is missing is unknown."""


def granted(state: ConsentState, topic: str, purpose: str) -> bool | None:
    """What the ledger says of `topic` for `purpose`: the narrow word first, but never over a general no."""
    general = state.get((topic, ANY_PURPOSE))
    if general is False:
        return False
    narrow = state.get((topic, purpose))
    return general if narrow is None else narrow
