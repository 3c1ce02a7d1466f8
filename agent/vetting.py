"""Vetting: copy is read before anybody gets it, for typical customers and with every rule about words.

What depends on a customer is inspected again when they are written to; here falls what could never be sent.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from agent.typical import Occasion, Person, persons
from domain.channel import Purpose
from domain.errors import MissingFact, Unreadable
from domain.language import Text
from domain.message import Message
from domain.offer import Offer
from domain.sender import Sender
from domain.variant import Variant
from policies.book import Book
from policies.facts import action_of, situation_of, worded
from policies.finding import Finding
from records.variants import Kept
from tools.copywriting import Copywriter

LONGEST = 50_000
"""Characters of a message, markup included."""
NOBODY = Sender(name=Text(), legal_name=Text(), address=Text(), phone="", hours=Text(), site="")


@dataclass(frozen=True, slots=True)
class Vetting:
    """The rules that copy is read with, the offers it may be about, and where it is read."""

    book: Book
    offers: Mapping[str, Offer]
    occasion: Occasion

    def objections(self, variant: Variant) -> tuple[Finding, ...]:
        """What the rules find in the copy, for anybody typical; empty means that it may be used."""
        offer = self.offers.get(variant.offer) if variant.offer else None
        if offer is None:
            return (_gone(variant),)
        found = (one for person in persons(variant, offer, self.occasion) for one in self._in(variant, offer, person))
        return tuple(dict.fromkeys(found))

    def samples(self, variant: Variant) -> tuple[Message, ...]:
        """The copy as typical customers would read it, each different text once; nothing where the offer is gone."""
        offer = self.offers.get(variant.offer) if variant.offer else None
        if offer is None:
            return ()
        read = (_read(variant, person) for person in persons(variant, offer, self.occasion))
        return tuple({one.digest(): one for one in read if isinstance(one, Message)}.values())

    def fallen(self, many: Sequence[Kept]) -> Mapping[str, str]:
        """Which of many do not pass, each with the sentence that says why; an offer that is gone may come back."""
        known = (kept for kept in many if kept.variant.offer in self.offers)
        found = ((kept.variant, self.objections(kept.variant)) for kept in known)
        return {variant.id: said(objections[0], variant.language) for variant, objections in found if objections}

    def _in(self, variant: Variant, offer: Offer, person: Person) -> Iterator[Finding]:
        message = _read(variant, person)
        if isinstance(message, Finding):
            yield message
            return
        situation = situation_of(person.record, self.occasion.home, tallies={})
        scene = self.book.scenes.get(variant.scene)
        action = action_of(
            situation,
            variant.channel,
            scene.purpose if scene else Purpose.MARKETING,
            self.occasion.now,
            variant.scene,
            offer,
            person.slots.moment.direction,
            approved=True,
        )
        yield from self.book.inspect(situation, worded(action, variant.language, (), variant.language), message)


def said(finding: Finding, language: str) -> str:
    """An objection in one line: the rule, the words, and why."""
    return f"{finding.rule}: {finding.text[:80]!r} ({finding.why.either(language)})"


@cache
def _copywriter() -> Copywriter:
    """Writes what it is handed; it has no copy of its own."""
    return Copywriter((), NOBODY)


def _read(variant: Variant, person: Person) -> Message | Finding:
    """The copy filled in, or why it cannot be."""
    try:
        message = _copywriter().write(variant, person.slots)
    except (MissingFact, Unreadable) as broken:
        return _broken(variant, str(broken))
    length = sum(len(words) for _, words in message.words())
    return message if message.is_legible and 0 < length <= LONGEST else _broken(variant, "")


def _broken(variant: Variant, text: str) -> Finding:
    why = Text(
        ja="この文面は、このオファーとチャネルの文章になりません。",
        en="This copy makes no text for this offer and channel.",
    )
    return Finding(rule=variant.id, type="broken_copy", part="copy", text=text, why=why)


def _gone(variant: Variant) -> Finding:
    why = Text(
        ja=f"オファー「{variant.offer}」は、もうカタログにありません。",
        en=f"The offer {variant.offer!r} is not in the catalogue any more.",
    )
    return Finding(rule=variant.id, type="no_offer", part="copy", text=variant.offer or "", why=why)
