"""The case of a variant: copy for many customers, read by every rule for typical ones."""

from agent import composing, retiring
from agent.nameless import nameless
from agent.rewording import Rewording, unreadable
from agent.station import Ground
from domain.errors import Refused
from domain.message import Message
from domain.variant import Copy, Variant
from policies.finding import Finding
from records import reviews, variants
from records.connection import Connection
from records.reviews import Review, Verdict
from tools.rewording import reworded

ASKED: dict[Verdict, composing.Verdict] = {"approved": "approve", "edited": "edit", "rejected": "reject"}


class VariantCase:
    """Copy that waits; a person changes its templates, slots included."""

    def __init__(self, ground: Ground, review: Review) -> None:
        self._ground, self._review = ground, review
        self._variant = variant_of(review)
        self._copy: Copy | None = None

    def objections(self, rewording: Rewording | None, by: str) -> tuple[Finding, ...]:
        """What the rules find in the copy, for anybody typical."""
        if rewording is not None:
            written = rewording.written(self._variant.channel)
            broken = unreadable(written, self._variant.channel, template=True)
            if broken:
                return broken
            self._copy = self._variant.copy_.model_copy(update=written)
        return composing.vetted(self._ground.stores, self._ground.book, self._final())

    def write(self, c: Connection, verdict: Verdict, by: str, reason: str | None) -> Review:
        """Keeps the verdict, and with it what becomes of the variant; one that is out of use by now is only closed."""
        now, said = self._ground.now, nameless(reason, None) if reason else None
        document = None if self._copy is None else document_of(self._final())
        decided = reviews.decide(c, self._review.id, verdict, by, now, reason=said, document=document)
        if verdict != "rejected" or variants.get(c, self._review.subject).status == "waiting":
            composing.decided(c, self._review.subject, ASKED[verdict], by, said, now, self._copy)
        return decided

    def samples(self) -> tuple[Message, ...]:
        """The copy as typical customers would read it."""
        offer = self._ground.offer(self._variant.offer or "")
        known = {offer.id: offer} if offer else {}
        return retiring.vetting(self._ground.stores, self._ground.book, known).samples(self._variant)

    def _final(self) -> Variant:
        return self._variant if self._copy is None else reworded(self._variant, self._copy)


def variant_of(review: Review) -> Variant:
    """The copy that a review is about; no customer stands in it."""
    if review.kind != "variant":
        raise Refused(f"The review {review.id!r} is about a {review.kind}. Look at it as such.")
    return Variant.model_validate_json(review.document)


def document_of(variant: Variant) -> bytes:
    """The copy as it is kept with its review."""
    return variant.model_dump_json(by_alias=True).encode()
