"""Ruling: what a person says of a draft that waits, and whether it may stand."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Literal, Protocol

from pydantic import Field

from agent import review
from agent.instruments import Instruments
from agent.message_case import MessageCase
from agent.review import Said
from agent.rewording import Rewording
from agent.station import Ground
from agent.stores import Stores
from agent.variant_case import VariantCase
from domain.errors import AlreadyDecided, Malformed, NotFound, RuleBroken
from domain.frozen import Frozen
from policies.book import Book
from policies.finding import Finding
from records import book, catalogue, reviews, versions
from records.connection import Connection
from records.reviews import Review, Verdict

LONGEST_REASON = 500
STATUS: dict[str, Verdict] = {"approve": "approved", "edit": "edited", "reject": "rejected"}


class Order(Frozen):
    """A person's verdict: an edit brings words, a rejection a reason, from which the next drafts learn."""

    verdict: Literal["approve", "edit", "reject"]
    copy_: Rewording | None = Field(None, alias="copy")
    reason: str | None = Field(None, max_length=LONGEST_REASON)

    def must_fit(self) -> None:
        """Raises Malformed where verdict, copy and reason do not go together."""
        if self.verdict == "edit" and self.copy_ is None:
            raise Malformed("copy", None, "an edit brings the parts that are to read otherwise.")
        if self.verdict != "edit" and self.copy_ is not None:
            raise Malformed("copy", self.verdict, "only the verdict 'edit' takes other words.")
        if self.verdict == "reject" and not (self.reason or "").strip():
            raise Malformed("reason", self.reason, "say what is wrong with the words; the next drafts learn from it.")


class Case(Protocol):
    """What is decided about: a message to one customer, or copy for many."""

    def objections(self, rewording: Rewording | None, by: str) -> tuple[Finding, ...]:
        """What the rules find in the words that would go out; with none they are ready to be written."""
        ...

    def write(self, c: Connection, verdict: Verdict, by: str, reason: str | None) -> Review:
        """Keeps the verdict and everything that follows from it, all or nothing."""
        ...


@dataclass
class Ruling:
    """One verdict on its way through the graph; what becomes of it is kept here, never in a checkpoint."""

    ground: Ground
    case: Case
    order: Order
    by: str
    broken: tuple[Finding, ...] = ()
    decided: Review | None = None

    def settle(self) -> bool:
        """Reads the words with every rule and writes the verdict down; False where a rule forbids them."""
        order = self.order
        self.broken = () if order.verdict == "reject" else self.case.objections(order.copy_, self.by)
        if self.broken:
            return False
        verdict = STATUS[order.verdict]
        with suppress(AlreadyDecided):
            self.decided = self.ground.stores.write(lambda c: self.case.write(c, verdict, self.by, order.reason))
        return True


def decide(ground: Ground, review_id: str, order: Order, by: str, language: str) -> Review:
    """Takes a verdict to the draft that waits for it; of two at once one stands.

    Raises AlreadyDecided where another verdict stands, RuleBroken where the words must not go out: then it still waits.
    """
    order.must_fit()
    found = ground.stores.read(lambda c: reviews.get(c, review_id))
    if not found.waits(ground.now):
        raise AlreadyDecided(found.id, found.status, found.decided_by)
    ruling = Ruling(ground, case_of(ground, found, language), order, by)
    review.resume(ground.stores, review_id, Said(ruling.settle))
    if ruling.broken:
        raise RuleBroken([(one.rule, one.part, one.why.either(language)) for one in ruling.broken])
    if ruling.decided is None:
        first = ground.stores.read(lambda c: reviews.get(c, review_id))
        raise AlreadyDecided(first.id, first.status, first.decided_by)
    return ruling.decided


def case_of(ground: Ground, found: Review, language: str) -> Case:
    """What a review is about."""
    return VariantCase(ground, found) if found.kind == "variant" else MessageCase(ground, found, language)


async def ground_of(instruments: Instruments) -> Ground:
    """What is in force now, from memory while it is the newest."""
    newest = await instruments.read(lambda c: (versions.current(c, "policy"), versions.current(c, "catalogue")))
    held = instruments.shelf.holds(*newest)
    rules, offers = held if held is not None else await instruments.pool.run(instruments.shelf.load)
    return Ground(instruments.stores, rules, offers.offer, instruments.clock.now())


def ground_beside(stores: Stores) -> Ground:
    """The same for a command that runs beside the service, without the vector store."""
    latest = stores.read(book.latest)
    if latest is None:
        raise NotFound("policy version", "1")
    in_force = Book.from_document(latest.version, latest.document)
    return Ground(stores, in_force, lambda id: stores.read(lambda c: catalogue.offer(c, id)), stores.clock.now())
