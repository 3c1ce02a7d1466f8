"""Rendering: one variant, filled in for one customer and read by the rules."""

from typing import Protocol

from agent.state import Candidate, Walk
from domain.errors import MissingFact, Unreadable
from domain.frozen import value
from domain.language import Text
from domain.message import Message
from domain.variant import Variant
from policies.facts import worded
from policies.finding import Finding
from tools.copywriting import Copywriter, Slots

LONGEST = 50_000
"""Characters of a message, markup included; more than that is no message and not worth reading."""


class Writer(Protocol):
    """Whoever holds a copywriter: the instruments of a walk, or a person who changes words."""

    @property
    def copywriter(self) -> Copywriter: ...


@value()
class Rendered:
    """A message, what rules forbid in it and would rather have otherwise; no message where the words fall apart."""

    message: Message | None
    problems: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether nothing at all is held against it."""
        return self.message is not None and not self.problems and not self.remarks


def render(walk: Walk, candidate: Candidate, variant: Variant, slots: Slots, writer: Writer) -> Rendered:
    """The words of a variant as this customer would read them, and what the rules say of them."""
    if walk.book is None or walk.situation is None:
        raise ValueError("copy is written after the decision")
    message = _composed(variant, slots, candidate, writer)
    if isinstance(message, Finding):
        return Rendered(None, (message,))
    listed = {item.offer for item in message.items}
    items = tuple(offer for offer in slots.items if offer.id in listed)
    action = worded(candidate.action, slots.language, items, walk.ask.language)
    problems = walk.book.inspect(walk.situation, action, message)
    remarks = () if problems else walk.book.remarks(walk.situation, action, message)
    return Rendered(message, problems, remarks)


def _composed(variant: Variant, slots: Slots, candidate: Candidate, writer: Writer) -> Message | Finding:
    """The words of a variant, or why they are none; the next variant may stand where this one falls."""
    try:
        message = writer.copywriter.write(variant, slots)
    except MissingFact as missing:
        # Copy that asks for a fact it did not list as needed is skipped.
        return _unknown_fact(variant, missing)
    except Unreadable as broken:
        return _broken(variant, str(broken))
    length = sum(len(words) for _, words in message.words())
    fits = length <= LONGEST and (message.channel, message.language) == (candidate.action.channel, slots.language)
    return message if fits and message.is_legible else _broken(variant, "")


def _broken(variant: Variant, text: str) -> Finding:
    why = Text(
        ja=f"文面パターン「{variant.id}」は、このチャネルと言語の文章になっていません。",
        en=f"Copy version {variant.id!r} is no readable text for this channel and language.",
    )
    return Finding(rule=variant.id, type="broken_copy", part="copy", text=text, why=why)


def _unknown_fact(variant: Variant, missing: MissingFact) -> Finding:
    why = Text(
        ja=f"文面パターン「{variant.id}」に必要な情報がまだありません。",
        en=f"Copy version {variant.id!r} states a fact that is not known.",
    )
    return Finding(rule=variant.id, type="missing_fact", part="copy", text=str(missing), why=why)
