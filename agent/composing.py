"""Composing: a model writes copy ahead of time; what the rules let through is kept, and used once it is approved.

Every text is read by every rule for typical customers, put right by the model at most twice, and dropped where it says
what another says already. A scene that wants a person to look puts them into the queue of reviews instead of into use.
"""

import asyncio
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

import numpy as np

from agent import retiring
from agent.authoring import End, Neighbours, Office, author, opened
from agent.lessons import lessons
from agent.ordering import MOST_OFFERS, Order, Text, texts_of
from agent.progress import Count, Progress
from agent.rulebook import in_force
from agent.stores import Stores
from domain.errors import BudgetSpent, Malformed, ModelFailed, NotFound, Refused
from domain.offer import Offer
from domain.scene import Scene
from domain.variant import Copy, Variant
from policies.book import Book
from policies.finding import Finding
from policies.zones import known_zone
from records import catalogue, compositions, reviews, variants, versions
from records.compositions import Composition, Status
from records.connection import Connection
from records.reviews import Review
from records.variants import Kept
from tools.model import Model
from tools.offers import Catalogue
from tools.rewording import reworded

AT_ONCE = 4
"""Places that are written for at once; the model's own limit holds beside it."""
MOST_FAILURES = 5
"""Answers that fail in a row, after which a composition gives up."""
MOST_ALIKE = 3
"""Texts in a row that say what is there already, each after all its attempts, after which a place is given up."""
TOGETHER = 10
"""Texts that are written down at once: each time makes every process look at its copy again."""
Verdict = Literal["approve", "edit", "reject"]
Hear = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Work:
    """A composition that was ordered and has not begun."""

    id: str
    texts: tuple[Text, ...]
    office: Office
    neighbours: Mapping[tuple[object, ...], Neighbours]


class Composer:
    """Takes orders and carries them out."""

    def __init__(self, stores: Stores, model: Model | None) -> None:
        self._stores, self._model = stores, model

    def begin(self, order: Order, by: str) -> Work:
        """Takes an order down; raises NotFound, Malformed, or Refused where no model is set. It may block."""
        latest = self._stores.read(in_force)
        book = Book.from_document(latest.version, latest.document)
        scene = book.scenes.get(order.scene)
        if scene is None:
            raise NotFound("scene", order.scene)
        if self._model is None:
            raise Refused(
                "There is no model that could write. Set TACT_LLM_BASE_URL and TACT_LLM_MODEL, and start again."
            )
        offers, now = self._offers(order, scene), self._stores.clock.now()
        vetting = retiring.vetting(self._stores, book, {offer.id: offer for offer in offers})
        texts, id = texts_of(order, scene, offers), f"comp-{secrets.token_hex(8)}"
        places = {(text.channel, text.language) for text in texts}

        def write(c: Connection) -> tuple[tuple[str, ...], list[Variant]]:
            progress = Progress(wanted=len(texts)).model_dump_json()
            told = order.model_dump_json(exclude_defaults=True)
            compositions.add(c, Composition(id, scene.id, by, "running", told, progress, now, now))
            there = [one.variant for place in places for one in variants.beside(c, scene.id, *place)]
            return lessons(c, scene.id), there

        learned, there = self._stores.write(write)
        return Work(id, texts, Office(self._model, vetting, scene, learned, by, id), opened(there))

    def look(self, id: str) -> Composition:
        """How far a composition is; raises NotFound."""
        return self._stores.read(lambda c: compositions.get(c, id, self._stores.clock.now()))

    async def run(self, work: Work, hear: Hear | None = None) -> Progress:
        """Has every text written and keeps what may be kept; `hear` is told after each."""
        desk = Desk(self._stores, work, hear)
        status: Status = "stopped"
        try:
            await desk.work()
            status = "failed" if desk.count.error else "done"
        finally:
            # A process that ends in between leaves what was written so far.
            await asyncio.shield(asyncio.to_thread(desk.put_down, status))
        return desk.count.snapshot()

    def _offers(self, order: Order, scene: Scene) -> tuple[Offer, ...]:
        """The offers of the order, else the first of those that the scene is about today."""
        if not order.offers:
            zone = known_zone(self._stores.settings.home_timezone)
            today = self._stores.clock.now().astimezone(zone).date()
            return eligible(self._stores.read(catalogue.all_offers), scene, today)[:MOST_OFFERS]
        names = tuple(dict.fromkeys(order.offers))
        found = self._stores.read(lambda c: [catalogue.offer(c, name) for name in names])
        return tuple(_fitting(offer, f"offers[{n}]", names[n], scene) for n, offer in enumerate(found))


def _fitting(offer: Offer | None, field: str, name: str, scene: Scene) -> Offer:
    """An offer that the scene can be about; raises NotFound, or Malformed for another."""
    if offer is None:
        raise NotFound("offer", name)
    if offer.kind not in scene.kinds or (scene.tags and not scene.tags & offer.tags):
        why = f"{scene.id!r} is not about such offers, so that nobody would get the copy. Choose another."
        raise Malformed(field, name, why)
    return offer


class Desk:
    """One composition while it runs."""

    def __init__(self, stores: Stores, work: Work, hear: Hear | None) -> None:
        self._stores, self._work, self._hear = stores, work, hear
        self._done: list[Kept] = []
        self._putting, self._is_over = threading.Lock(), False
        self.count = Count(len(work.texts))

    async def work(self) -> None:
        """Every place, some of them at once."""
        places: dict[tuple[object, ...], list[Text]] = {}
        for text in self._work.texts:
            places.setdefault(text.place, []).append(text)
        waiting = iter(places.values())
        writers = [asyncio.create_task(self._write_in_turn(waiting)) for _ in range(min(AT_ONCE, len(places)))]
        try:
            await asyncio.gather(*writers)
        finally:
            for writer in writers:
                writer.cancel()
            await asyncio.gather(*writers, return_exceptions=True)

    async def _write_in_turn(self, places: Iterator[Sequence[Text]]) -> None:
        for texts in places:
            neighbours = self._work.neighbours.get(texts[0].place) or Neighbours()
            alike = 0
            for n, text in enumerate(texts):
                if self.count.error is not None:
                    return
                if alike == MOST_ALIKE:
                    # A model that has nothing else to say of this is not asked for the rest of it.
                    self.count.ended["alike"] += len(texts) - n
                    break
                alike = alike + 1 if await self._write(text, neighbours) == "alike" else 0
                if len(self._done) >= TOGETHER:
                    await asyncio.to_thread(self.put_down, "running")
                if self._hear is not None:
                    self._hear(self.count.snapshot())

    async def _write(self, text: Text, neighbours: Neighbours) -> End | None:
        try:
            ended = await author(text, self._work.office, neighbours, self.count, self._stores.clock.now())
        except ModelFailed as failed:
            self.count.failed(failed.code)
            if isinstance(failed, BudgetSpent) or self.count.in_a_row >= MOST_FAILURES:
                self.count.error = str(failed)
            return None
        if isinstance(ended, Kept):
            self._done.append(ended)
            self.count.kept(ended)
            return None
        self.count.ended[ended] += 1
        return ended

    def put_down(self, status: Status) -> None:
        """Writes down what is done and how far it is, one thread after another; nothing more after its end."""
        with self._putting:
            if not self._is_over:
                self._put_down(status)
                self._is_over = status != "running"

    def _put_down(self, status: Status) -> None:
        done = tuple(self._done)
        progress, now = self.count.snapshot().model_dump_json(), self._stores.clock.now()

        def write(c: Connection) -> None:
            variants.add(c, done)
            for one in done:
                if one.status == "waiting":
                    reviews.add(c, review_of(one))
            compositions.note(c, self._work.id, status, progress, now)

        self._stores.write(write)
        # Only now: what could not be written is written with what comes next.
        del self._done[: len(done)]


def review_of(kept: Kept) -> Review:
    """The entry in the queue for a text that waits."""
    variant = kept.variant
    return Review(
        id=reviews.id_of(variant.id),
        kind="variant",
        subject=variant.id,
        scene=variant.scene,
        channel=variant.channel,
        document=variant.model_dump_json(by_alias=True).encode(),
        created_at=kept.created_at,
    )


def decided(
    c: Connection,
    variant_id: str,
    verdict: Verdict,
    by: str,
    reason: str | None,
    now: datetime,
    copy: Copy | None = None,
) -> None:
    """What a person said of a text that waits, in the transaction of their verdict; raises NotFound or Refused."""
    kept = variants.get(c, variant_id)
    variant = kept.variant if copy is None else reworded(kept.variant, copy)
    status: variants.Status = "rejected" if verdict == "reject" else "approved"
    judged = replace(
        kept,
        variant=variant.model_copy(update={"approved_by": by}),
        status=status,
        policy_version=versions.current(c, "policy"),
        reason=reason,
    )
    variants.decide(c, judged, by, now)


def vetted(stores: Stores, book: Book, variant: Variant) -> tuple[Finding, ...]:
    """What the rules object to in a text, for anybody typical; empty means that it may be approved."""
    offer_id = variant.offer or ""
    offer = stores.read(lambda c: catalogue.offer(c, offer_id))
    return retiring.vetting(stores, book, {offer.id: offer} if offer else {}).objections(variant)


def eligible(offers: Sequence[Offer], scene: Scene, today: date) -> tuple[Offer, ...]:
    """The offers that the scene may be about today."""
    return Catalogue(0, offers, np.zeros((len(offers), 1), dtype=np.float32)).eligible(scene, today).offers
