"""A small stage for the agent: a few customers and offers that a test can read at a glance. None of them exists."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from agent.parts import Parts, build_parts
from agent.settings import Settings
from domain.consent import Consent, Evidence
from domain.customer import Customer, Stage
from domain.decision import Ask, Decision
from domain.features import Features, Habit, Habits
from domain.language import Text
from domain.memory import Distance, Memory
from domain.offer import Offer
from records import catalogue, consents, memories, profiles
from records.connection import Connection
from tests.clock import START, FrozenClock
from tests.records.databases import migrated
from tests.records.encoders import WordEncoder

T = TypeVar("T")
CONSENTED = ("email", "sms", "push", "line", "call")

ANNA = Customer(
    id="anna", display_name="Anna", language="en", timezone="Asia/Tokyo", country="JP", stage=Stage.ACTIVE, age=41
)
HANA = ANNA.model_copy(
    update={"id": "hana", "display_name": "見本", "language": "ja", "identifiers": {"line_id": "U1"}}
)
SILENT = ANNA.model_copy(update={"id": "silent", "display_name": None})
"""Nothing is known of what this customer consented to."""

COFFEE = Offer(
    id="coffee",
    kind="product",
    name=Text(ja="コーヒー", en="Coffee"),
    category="food",
    applies_to=frozenset({"coffee"}),
    url="https://shop.example.com/coffee",
    facts={"word": Text(ja="コーヒー", en="coffee")},
)
COAT = Offer(
    id="coat",
    kind="product",
    name=Text(ja="ウールコート", en="Wool coat"),
    category="fashion",
    url="https://shop.example.com/coat",
    facts={"word": Text(ja="ウールコート", en="wool coat")},
)
FAIR = Offer(
    id="fair",
    kind="event",
    name=Text(ja="珈琲市", en="Coffee market"),
    category="food",
    valid_until=date(2026, 12, 6),
    url="https://shop.example.com/fair",
    facts={"word": Text(ja="珈琲市", en="coffee market")},
)
TOO_CHEAP = Offer(
    id="too-cheap",
    kind="coupon",
    name=Text(ja="特別クーポン", en="A coupon too good"),
    category="food",
    discount_percent=Decimal(70),
    url="https://shop.example.com/deep",
)


@dataclass
class Scenery:
    """Parts on a stage, and the wand that moves time."""

    parts: Parts
    clock: FrozenClock
    drawn: list[float] = field(default_factory=list)

    def ask(self, customer: str = "anna", channels: str = "email", language: str = "en", **more: object) -> Decision:
        """One ask, answered."""
        return run(self.parts.conductor.next_message(question(customer, channels, **more), language=language)).decision

    def write(self, work: Callable[[Connection], object]) -> None:
        """Changes what is recorded."""
        self.parts.stores.write(work)

    def consent(self, customer: str, topic: str, granted: bool) -> None:
        """A new line in the ledger."""
        self.write(lambda c: consents.append(c, [word(customer, topic, granted)]))


def question(customer: str | dict[str, str] = "anna", channels: str = "email", **more: object) -> Ask:
    """An ask about a customer by id or identifier; channels are separated by spaces."""
    who = {"id": customer} if isinstance(customer, str) else customer
    asked = {"customer": who, "channels": channels.split(), "deadline_ms": 10_000}
    return Ask.model_validate({**asked, **more})


def run(work: Coroutine[Any, Any, T]) -> T:
    """Runs a coroutine to its end."""
    return asyncio.run(work)


def word(customer_id: str, topic: str, granted: bool) -> Consent:
    """What a customer says about a channel."""
    return Consent(customer_id=customer_id, topic=topic, granted=granted, evidence=Evidence(method="test"), at=START)


def set_up(
    home: Path,
    clock: FrozenClock,
    database_url: str | None = None,
    settings: Settings | None = None,
    meanwhile: Callable[[], object] = lambda: None,
) -> Scenery:
    """Parts with the people and offers above; chance is taken from `drawn`, and is 0 when that is empty.

    `meanwhile` happens whenever chance is asked: between reading the record and the commit.
    """
    drawn: list[float] = []
    if settings is None and database_url is None and not (home / "tact.db").exists():
        migrated(home / "tact.db")

    def draw() -> float:
        meanwhile()
        return drawn.pop(0) if drawn else 0.0

    parts = build_parts(
        settings or Settings(home=home, database_url=database_url),
        clock=clock,
        encoder=WordEncoder(),
        draw=draw,
    )
    parts.stores.write(people)
    return Scenery(parts, clock, drawn)


def people(c: Connection) -> None:
    """Everybody and everything on the stage."""
    profiles.upsert(c, [ANNA, HANA, SILENT], START)
    habit = Habit(days=12, last_at=START - timedelta(days=9), gap_days=9)
    profiles.save_features(
        c, [(one.id, Features(orders=12, habits=Habits.of({"coffee": habit}))) for one in (ANNA, HANA)], START
    )
    consents.append(c, [word(one.id, topic, True) for one in (ANNA, HANA) for topic in CONSENTED])
    memories.put(c, [coffee(one.id, one.language or "en") for one in (ANNA, HANA)])
    catalogue.upsert(c, [COFFEE, COAT, FAIR, TOO_CHEAP], START)


def coffee(customer_id: str, language: str) -> Memory:
    """What we remember of somebody who buys coffee."""
    return Memory(
        id=f"{customer_id}/coffee",
        customer_id=customer_id,
        text="buys coffee about every 9 days",
        distance=Distance.DID_WITH_US,
        source="purchase",
        at=START - timedelta(days=9),
        topic="coffee",
        word="コーヒー" if language == "ja" else "coffee",
    )
