"""Cost: what a model is asked in a simulated week, with copy written ahead against copy written for each message."""

import asyncio
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import JsonValue

from agent.composing import Composer
from agent.ordering import Order
from agent.parts import Parts, build_parts
from agent.rulebook import in_force, playbook_of, put_in_force
from agent.settings import Settings
from agent.stores import Stores, open_stores
from agent.verification import verify
from domain.channel import Channel
from domain.consent import Consent, Evidence
from domain.customer import Customer, Stage
from domain.decision import Ask, Decision
from domain.memory import Distance, Memory
from domain.offer import Offer
from evals.proofs.troubles import language_of
from evals.stub_model import StubModel
from evals.stub_scripts import Answer, Body, properties_of
from records import catalogue, consents, memories, profiles, usage
from records.connection import Connection
from tools.imports.entries import read_offers
from tools.imports.sample import FOLDER

MONDAY = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
"""Eight in the morning in Tokyo."""
OPEN = timedelta(hours=12)
SCENES = ("newsletter", "newsletter", "event_invitation")
CHANNELS = ("email", "line", "push", "web", "app")
TOPICS = ("email", "line", "push")
EACH = 2
"""Texts for each offer, channel and language."""
CHECKED = 50
"""One decision of so many is verified from its record."""

OPENINGS: Mapping[str, Sequence[str]] = {
    "ja": (
        "{0}のご案内です。",
        "ゆっくりご覧いただけるよう、{0}をまとめました。",
        "お時間のあるときに、{0}をどうぞ。",
        "{0}について、短くお知らせします。",
        "お買い物の合間に、{0}はいかがでしょう。",
    ),
    "en": (
        "A short word about {0}.",
        "When you have a moment, have a look at {0}.",
        "We thought you may like to hear of {0}.",
        "Here is what there is to know of {0}.",
        "Perhaps {0} is of use to you in these weeks.",
    ),
}


class Steps:
    """A clock that goes on by a step with every ask."""

    def __init__(self) -> None:
        self._now = MONDAY

    def now(self) -> datetime:
        """The instant of this ask."""
        return self._now

    def set(self, at: datetime) -> None:
        """Stands at `at`."""
        self._now = at


def cost(
    home: Path, households: int, live: int, days: int, seed: int, most_offers: int | None = None
) -> dict[str, int]:
    """Asks every household once a day; a part of them is enough where each message costs the same."""
    offers = _offers()[:most_offers]
    ahead = asyncio.run(_ahead(home / "ahead", offers, households, days, seed))
    live_too = asyncio.run(_live(home / "live", offers, live, days, seed))
    ahead |= _used(home / "ahead", ahead["decisions"])
    live_too |= _used(home / "live", live_too["decisions"])
    table = {f"{name}, written ahead": count for name, count in ahead.items()}
    table |= {f"{name}, live": count for name, count in live_too.items()}
    return {"households": households, "households, live": live, "days": days, **table}


async def _ahead(home: Path, offers: Sequence[Offer], households: int, days: int, seed: int) -> dict[str, int]:
    with StubModel(writer) as stub:
        parts, clock = _parts(home, offers, households, stub, seed)
        try:
            composer = Composer(parts.stores, parts.instruments.model)
            for order in _orders(offers):
                await composer.run(composer.begin(order, "proof"))
            return await _days(parts, clock, households, days, seed)
        finally:
            await parts.leave()


async def _live(home: Path, offers: Sequence[Offer], households: int, days: int, seed: int) -> dict[str, int]:
    with StubModel(writer) as stub:
        parts, clock = _parts(home, offers, households, stub, seed)
        try:
            _speak_live(parts.stores)
            return await _days(parts, clock, households, days, seed)
        finally:
            await parts.leave()


def writer(body: Body, number: int) -> Answer:
    """Copy that keeps every rule, begun in one of a few ways."""
    language, wanted = language_of(body), properties_of(body) or frozenset()
    openings = OPENINGS[language]
    words = openings[number % len(openings)].format("[[offer.word]]")
    close = {"ja": "ご都合のよいときにどうぞ。", "en": "There is no hurry."}[language]
    parts: dict[str, JsonValue] = {
        "subject": words,
        "preheader": close,
        "opening": words,
        "closing": close,
        "action": "",
        "title": {"ja": "ご案内です", "en": "A short word"}[language],
        "body": words,
        "blocks": [],
        "headlines": [],
    }
    return Answer(json={name: said for name, said in parts.items() if name in wanted})


def _parts(home: Path, offers: Sequence[Offer], households: int, stub: StubModel, seed: int) -> tuple[Parts, Steps]:
    clock, chance = Steps(), random.Random(seed)
    settings = Settings(home=home, llm_base_url=stub.base_url, llm_model="stub")
    parts = build_parts(settings, clock=clock, draw=chance.random)
    parts.stores.write(lambda c: _people(c, households))
    parts.stores.write(lambda c: catalogue.upsert(c, offers, MONDAY))
    return parts, clock


def _people(c: Connection, households: int) -> None:
    """Households of both languages who agreed to hear from us; every third told us a taste."""
    ids = [f"house-{number}" for number in range(households)]
    people = [
        Customer(
            id=one,
            language=("ja", "en")[number % 2],
            country="JP",
            timezone="Asia/Tokyo",
            stage=Stage.ACTIVE,
            age=40,
        )
        for number, one in enumerate(ids)
    ]
    yes = [
        Consent(customer_id=one, topic=topic, granted=True, evidence=Evidence(method="proof"), at=MONDAY)
        for one in ids
        for topic in TOPICS
    ]
    profiles.upsert(c, people, MONDAY)
    consents.append(c, yes)
    memories.put(c, [_taste(one.id, one.language or "en") for one in people[::3]])


def _taste(customer_id: str, language: str) -> Memory:
    return Memory(
        id=f"{customer_id}/taste",
        customer_id=customer_id,
        text="likes dark roasts",
        distance=Distance.TOLD_US,
        source="survey",
        at=MONDAY - timedelta(days=20),
        topic="coffee-market",
        word={"ja": "深煎り", "en": "dark roasts"}[language],
    )


def _offers() -> list[Offer]:
    return [offer for offer in read_offers(FOLDER, 0) if "b2b" not in offer.tags]


def _orders(offers: Sequence[Offer]) -> Iterator[Order]:
    """Copy for every offer on every channel of the week."""
    events = tuple(offer.id for offer in offers if offer.kind == "event")
    for channel in map(Channel, CHANNELS):
        place = {"channels": (channel,), "placements": ("",), "n": EACH}
        yield Order.model_validate({"scene": "newsletter", "offers": tuple(offer.id for offer in offers), **place})
        if events:
            yield Order.model_validate({"scene": "event_invitation", "offers": events, **place})


def _speak_live(stores: Stores) -> None:
    """Lets a model write while the customer waits."""
    playbook = playbook_of(stores.read(in_force).document)
    scenes = tuple(one.model_copy(update={"mode": "live" if one.id in SCENES else one.mode}) for one in playbook.scenes)
    put_in_force(stores, playbook.model_copy(update={"scenes": scenes}), "proof", "second person", "live", MONDAY)


async def _days(parts: Parts, clock: Steps, households: int, days: int, seed: int) -> dict[str, int]:
    chance, counts = random.Random(seed + 1), Counter[str]()
    for day in range(days):
        for number in range(households):
            clock.set(MONDAY + timedelta(days=day) + OPEN * number / households)
            answered = await parts.conductor.next_message(_question(number, chance), language="en")
            _count(counts, answered.decision, parts.stores)
    return {name: counts[name] for name in ("decisions", "messages", "in a model's words", "violations")}


def _question(number: int, chance: random.Random) -> Ask:
    return Ask.model_validate(
        {
            "customer": {"id": f"house-{number}"},
            "channels": [chance.choice(CHANNELS)],
            "scene": chance.choice(SCENES),
            "deadline_ms": 60_000,
        }
    )


def _count(counts: Counter[str], decision: Decision, stores: Stores) -> None:
    counts["decisions"] += 1
    if decision.outcome == "message":
        counts["messages"] += 1
    if decision.copy_ is not None and decision.copy_.origin != "template":
        counts["in a model's words"] += 1
    if counts["decisions"] % CHECKED == 0 and not verify(stores, decision.decision_id).ok:
        counts["violations"] += 1


def _used(home: Path, decisions: int) -> dict[str, int]:
    """What the model was asked, in all and for a thousand decisions."""
    with closing(open_stores(Settings(home=home))) as stores:
        used = stores.read(lambda c: usage.since(c, "2026-01-01"))
    calls, tokens = sum(one.calls for one in used), sum(one.tokens for one in used)
    return {
        "calls": calls,
        "tokens": tokens,
        "calls per thousand decisions": round(calls * 1000 / decisions),
        "tokens per thousand decisions": round(tokens * 1000 / decisions),
    }
