"""Slots (差し込み): everything one message may be filled with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo

from domain.customer import Scalar
from domain.language import Language
from domain.memory import Memory
from domain.moment import Moment
from domain.offer import Offer
from domain.sender import Sender

LONGEST_NAME = 40


@dataclass(slots=True, kw_only=True)
class Slots:
    """One customer's name and facts, one offer and one moment; `today` and `zone` are the customer's own.

    Never changed, but not frozen either: so many fields would cost twice as much to fill.
    """

    offer: Offer
    language: Language
    sender: Sender
    today: date
    zone: tzinfo
    name: str | None = None
    memory: Memory | None = None
    account: Mapping[str, Scalar] = field(default_factory=dict)
    """Dated figures such as points, points_expire and points_at."""
    moment: Moment = field(default_factory=Moment)
    unsubscribe_url: str | None = None
    preferences_url: str | None = None
    why_url: str | None = None
    items: tuple[Offer, ...] = ()
    """The ranked list, best first, with `offer` in it; empty where only one is asked for."""
    placement: str | None = None
    """The id of the placement that was asked for."""


def clean_name(name: str | None) -> str | None:
    """A name as it may stand before 様, None where it is empty or carries more than a name."""
    if not name:
        return None
    text = " ".join(name.split()).removesuffix("様").rstrip()
    if not text or len(text) > LONGEST_NAME or "://" in text or "www." in text.lower():
        return None
    return text
