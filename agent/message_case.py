"""The case of a message: words for one customer, read on what is true of them now."""

from dataclasses import dataclass

from agent import holds
from agent.nameless import nameless
from agent.rewording import Rewording, read_again, reworded, slots_again, spelled_out, unreadable
from agent.state import Walk
from agent.station import Ground, Station, arrive, read_over, walk_again, words_of
from agent.waiting import Waiting
from domain.decision import Reason
from domain.errors import Refused
from domain.variant import Copy
from policies.book import stopped
from policies.finding import Finding
from records import reviews
from records.connection import Connection
from records.reviews import Review, Verdict


@dataclass(frozen=True, slots=True)
class Today:
    """How words that wait stand today: the parts that may be changed, and what would hold them once approved."""

    copy: Copy | None
    holds: tuple[Reason, ...]


class MessageCase:
    """A message that waits; opening it fails nowhere, so that what nobody can read any more can still be rejected."""

    def __init__(self, ground: Ground, review: Review, language: str) -> None:
        self._ground, self._review, self._language = ground, review, language
        self._station = ground.stores.read(self._arrive)
        self._ready: Waiting | None = None

    def _arrive(self, c: Connection) -> Station | None:
        if words_of(c, self._ground.stores, self._review) is None:
            return None
        back = self._ground.book.lookback
        return arrive(c, self._ground.stores, self._review.subject, self._ground.now, back)

    def objections(self, rewording: Rewording | None, by: str) -> tuple[Finding, ...]:
        """What the rules find in the words today, for this customer; with none they are ready to be written."""
        walk, words = self._walk()
        if walk.held is not None:
            reason = walk.held.reasons[0].text
            raise Refused(f"Nothing can be approved now. {reason} Reject the draft, or come back later.")
        if rewording is None:
            read = read_over(walk, words.message, self._ground)
            if read.gone:
                raise Refused(f"{holds.no_offer(self._language).reasons[0].text} Reject the draft.")
            found = read.findings
        else:
            found = unreadable(rewording.written(words.variant.channel), words.variant.channel)
            if not found:
                words, found = self._reworded(walk, words, rewording, by)
        if not found:
            self._ready = words.model_copy(update={"approved_by": by, "approved_at": self._ground.now})
        return found

    def _reworded(
        self, walk: Walk, words: Waiting, rewording: Rewording, by: str
    ) -> tuple[Waiting, tuple[Finding, ...]]:
        slots = slots_again(walk, words.message, self._ground)
        variant = reworded(words.variant, slots, rewording, by, self._review.id)
        rendered = read_again(walk, variant, slots)
        return words.model_copy(update={"variant": variant, "message": rendered.message}), rendered.problems

    def write(self, c: Connection, verdict: Verdict, by: str, reason: str | None) -> Review:
        """Keeps the verdict; approved words are locked under the customer's key together with who approved them."""
        review, stores, document = self._review, self._ground.stores, None
        if self._ready is not None:
            if words_of(c, stores, review) is None:
                raise erased(review)
            document = stores.vault.encrypt(c, review.customer_id or "", self._ready.packed(), review.id)
        said = None if not reason else nameless(reason, self._station.customer if self._station else None)
        return reviews.decide(c, review.id, verdict, by, self._ground.now, reason=said or None, document=document)

    def today(self) -> Today:
        """How the words stand today."""
        if self._station is None:
            return Today(None, ())
        walk, words = self._walk()
        if walk.held is not None or walk.draft is None or walk.situation is None:
            return Today(None, walk.held.reasons if walk.held else ())
        copy = spelled_out(words.variant, slots_again(walk, words.message, self._ground))
        return Today(copy, self._against(walk, words))

    def _against(self, walk: Walk, words: Waiting) -> tuple[Reason, ...]:
        """What would hold the words if they were approved and handed over now."""
        if walk.draft is None or walk.situation is None or self._station is None:
            return ()
        action, book, language = walk.draft.candidate.action, self._ground.book, self._language
        current = self._station.current
        stop = stopped(current.stops, walk.ask.scene, action.channel, current.record.customer.region)
        if stop is not None:
            return holds.by_stop(stop, language).reasons
        bits = book.deliver(walk.situation, action)
        if bits:
            return book.reasons(bits, walk.situation, action, language)
        read = read_over(walk, words.message, self._ground)
        if read.gone:
            return holds.no_offer(language).reasons
        return holds.by_inspection(read.findings, language).reasons if read.findings else ()

    def _walk(self) -> tuple[Walk, Waiting]:
        station = self._station
        if station is None or station.words is None:
            raise erased(self._review)
        return walk_again(station, self._ground, self._language, if_approved=True), station.words


def erased(review: Review) -> Refused:
    """What is said of words whose customer was erased."""
    return Refused(f"The customer of review {review.id!r} was erased, and the words with them. Reject it to close it.")
