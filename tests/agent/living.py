"""A stage on which a model writes while customers wait: a stub at the other end of the real client."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from pydantic import JsonValue

from agent.evidence import Public
from agent.parts import build_parts
from agent.provenance import Provenance
from agent.settings import Settings
from domain.channel import Channel
from domain.decision import Decision
from domain.memory import Distance, Memory
from evals.stub_model import StubModel
from evals.stub_scripts import Script, answers
from evals.stub_wire import Seen
from policies.book import Book
from records import book as versions
from records import consents, memories, profiles
from records.connection import Connection
from tests.agent.stage import ANNA, CONSENTED, HANA, Scenery, coffee, people, word
from tests.clock import START, FrozenClock
from tests.records.databases import migrated
from tests.records.encoders import WordEncoder

SCENE = "replenishment"
MAIL: dict[str, JsonValue] = {
    "subject": "More of your [[offer.word]]?",
    "preheader": "It is here whenever it suits you.",
    "opening": "Perhaps it is time for more [[offer.word]].\n\nYou will find it below.",
    "closing": "",
    "action": "See the [[offer.word]]",
}
NAME, NOTE, TITLE = "Annabel Sample", "prefers a quiet table by the window", "Private page of Annabel"
ADDRESS, MAILBOX, PHONE = "Ginza 4-5-6, Tokyo", "annabel@example.org", "080-1234-5678"
CANARIES = (NAME, "Annabel", "Sample", NOTE, "quiet table", TITLE, ADDRESS, MAILBOX, PHONE, "guest-")
"""Things of customers that no request may hold."""


@dataclass
class Living:
    """Parts, the stub that they ask, and guests whom no message has reached yet."""

    scenery: Scenery
    stub: StubModel
    guests: Iterator[int] = field(default_factory=count)

    def ask(self, script: Script, language: str = "en", channels: str = "email", **more: object) -> Decision:
        """One ask about a new guest, answered while the model plays a script."""
        self.play(script)
        return self.scenery.ask(self.guest(language), channels, language, **{"scene": SCENE, **more})

    def play(self, script: Script) -> None:
        """Another script, and nothing asked yet."""
        self.stub.play(script)
        self.stub.requests.clear()

    def guest(self, language: str = "en") -> str:
        """Somebody who buys coffee, and of whom we know much that is nobody's business."""
        guest = f"guest-{next(self.guests)}"
        self.scenery.write(lambda c: welcome(c, guest, language))
        return guest

    def public(self, decision: Decision) -> Public:
        """The open part of what is kept of a decision."""
        stores = self.scenery.parts.stores
        stored = stores.read(lambda c: stores.decisions.get(c, decision.decision_id))
        return Public.model_validate_json(stored.public)

    def penned(self, decision: Decision) -> Provenance:
        """What is kept of the words."""
        penned = self.public(decision).penned
        assert penned is not None
        return penned

    @property
    def requests(self) -> list[Seen]:
        """Everything that the model was asked."""
        return list(self.stub.requests)


@contextmanager
def living(home: Path, database_url: str | None = None, **scene: object) -> Iterator[Living]:
    """The stage with its scene in mode live, or as is said."""
    with StubModel(answers("{}")) as stub:
        settings = Settings(
            home=home,
            database_url=database_url,
            llm_base_url=stub.base_url,
            llm_model="stub",
            llm_retries=0,
            llm_failures=0,
        )
        clock = FrozenClock()
        if database_url is None:
            migrated(home / "tact.db")
        parts = build_parts(settings, clock=clock, encoder=WordEncoder(), draw=lambda: 0.0)
        parts.stores.write(people)
        lived = Living(Scenery(parts, clock), stub)
        with in_mode(lived.scenery, **{"mode": "live", "channels": frozenset(Channel), **scene}):
            yield lived
        parts.close()


@contextmanager
def in_mode(scenery: Scenery, **changed: object) -> Iterator[None]:
    """The scene changed so, for as long as the `with` lasts."""
    book, _ = scenery.parts.shelf.load()
    scenes = tuple(one.model_copy(update=changed) if one.id == SCENE else one for one in book.playbook.scenes)
    with in_force(scenery, Book(0, book.playbook.model_copy(update={"scenes": scenes})).to_document()):
        yield


@contextmanager
def with_rules(scenery: Scenery, *rules: Mapping[str, object]) -> Iterator[None]:
    """Further rules, for as long as the `with` lasts."""
    book, _ = scenery.parts.shelf.load()
    document = json.loads(book.to_document())
    document["rules"] += [dict(rule) for rule in rules]
    with in_force(scenery, json.dumps(document)):
        yield


@contextmanager
def in_force(scenery: Scenery, document: str) -> Iterator[None]:
    """Another version of the book, and the one before it again."""
    before = scenery.parts.shelf.load()[0].to_document()
    scenery.write(lambda c: versions.add(c, document, "Author", "Approver", "for a test", START))
    yield
    scenery.write(lambda c: versions.add(c, before, "Author", "Approver", "as before", START))


def welcome(c: Connection, guest: str, language: str) -> None:
    """A new guest, with things planted wherever people write them."""
    base = ANNA if language == "en" else HANA
    known = {
        "id": guest,
        "display_name": NAME,
        "identifiers": {"email": f"{guest}.{MAILBOX}", "phone": f"0901234{int(guest[6:]):04}"},
        "region": ADDRESS,
        "attributes": {"note": NOTE, "address": ADDRESS, "mobile": PHONE, "points": 1240, "points_at": "2026-11-24"},
        "tags": frozenset({NAME, "quiet-table"}),
        "segments": frozenset({NOTE}),
    }
    profiles.upsert(c, [base.model_copy(update=known)], START)
    consents.append(c, [word(guest, topic, True) for topic in CONSENTED])
    told = Memory(
        id=f"{guest}/told",
        customer_id=guest,
        text=NOTE,
        distance=Distance.TOLD_US,
        source="call",
        at=START,
        topic=NAME,
        word=NAME,
    )
    memories.put(c, [coffee(guest, language), told])
