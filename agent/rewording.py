"""Rewording: a person's words in the place of a draft's, filled in for the same customer and read by every rule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from pydantic import Field

from agent.drafting import slots_for
from agent.rendering import Rendered, render
from agent.state import Walk
from agent.station import Ground
from domain.channel import Channel
from domain.errors import Malformed
from domain.frozen import Frozen
from domain.language import Text
from domain.message import Message
from domain.sender import Sender
from domain.variant import Copy, Variant
from policies.finding import Finding
from tools.blemishes import WHY, blemishes
from tools.copywriting import Copywriter, Slots

PARTS: Mapping[Channel, frozenset[str]] = {
    Channel.EMAIL: frozenset(("subject", "preheader", "body", "action")),
    Channel.SMS: frozenset(("body",)),
    Channel.PUSH: frozenset(("title", "body")),
    Channel.LINE: frozenset(("body", "action")),
    Channel.WEB: frozenset(("title", "body")),
    Channel.APP: frozenset(("body",)),
    Channel.AD: frozenset(("title", "body", "headlines")),
    Channel.SIGNAGE: frozenset(("title", "body")),
    Channel.CALL: frozenset(("body",)),
}
"""What a person may write on each channel; greeting, card, footer and way out are put around it by template."""

LONGEST: Mapping[Channel, int] = {
    Channel.EMAIL: 5000,
    Channel.SMS: 660,
    Channel.PUSH: 400,
    Channel.LINE: 1500,
    Channel.WEB: 1000,
    Channel.APP: 1000,
    Channel.AD: 400,
    Channel.SIGNAGE: 400,
    Channel.CALL: 3000,
}
"""Characters of one part that a channel can show at all; rules of length are tighter."""

NOBODY = Sender(name=Text(), legal_name=Text(), address=Text(), phone="", hours=Text(), site="")


class Rewording(Frozen):
    """The parts that a person writes anew; those left out stay as they are."""

    subject: str | None = Field(None, min_length=1, max_length=400)
    preheader: str | None = Field(None, min_length=1, max_length=400)
    title: str | None = Field(None, min_length=1, max_length=400)
    body: str | None = Field(None, min_length=1, max_length=20_000)
    action: str | None = Field(None, min_length=1, max_length=200)
    headlines: tuple[str, ...] | None = Field(None, max_length=20)

    def written(self, channel: Channel) -> dict[str, str | tuple[str, ...]]:
        """The parts that were written; raises Malformed for one that the channel does not have."""
        found: dict[str, str | tuple[str, ...]] = {
            name: getattr(self, name) for name in type(self).model_fields if getattr(self, name) is not None
        }
        if not found:
            raise Malformed("copy", {}, f"it changes nothing. Give one of {_listed(channel)}, or approve the draft.")
        for name in found:
            if name not in PARTS[channel]:
                raise Malformed(f"copy.{name}", found[name], f"{channel.value} has {_listed(channel)} only.")
        return found


def unreadable(written: Mapping[str, object], channel: Channel, *, template: bool = False) -> tuple[Finding, ...]:
    """What is no copy in the words of a person, whatever the rules of the house say."""
    return tuple(
        finding
        for name, words in written.items()
        for one in (words if isinstance(words, tuple) else (words,))
        for finding in _unreadable(name, str(one), channel, template=template)
    )


def _unreadable(part: str, words: str, channel: Channel, *, template: bool) -> Iterator[Finding]:
    for kind, text in blemishes(words, template=template):
        yield Finding(rule=f"words.{kind}", type="broken_copy", part=part, text=text, why=WHY[kind])
    most = LONGEST[channel]
    if len(words) > most:
        why = Text(
            ja=f"{len(words)}文字あります。{channel.value}では{most}文字までにしてください。",
            en=f"It has {len(words)} characters. On {channel.value} write at most {most}.",
        )
        yield Finding(rule="words.length", type="broken_copy", part=part, text=words[:80], why=why)


@dataclass(frozen=True, slots=True)
class Pen:
    """A copywriter without copy of its own: it writes what it is handed."""

    copywriter: Copywriter


@cache
def pen() -> Pen:
    """The pen of this process; frames are compiled once."""
    return Pen(Copywriter((), NOBODY))


def spelled_out(variant: Variant, slots: Slots) -> Copy:
    """The parts of a draft as the customer would read them."""
    return pen().copywriter.spelled_out(variant, slots)


def reworded(draft: Variant, slots: Slots, rewording: Rewording, by: str, review_id: str) -> Variant:
    """The draft's copy as a person wants it: their words are taken letter by letter, the other parts as they read."""
    written = rewording.written(draft.channel)
    before = spelled_out(draft, slots)
    parts = {name: _literal(getattr(before, name)) for name in PARTS[draft.channel]}
    parts |= {name: _literal(words) for name, words in written.items()}
    copy = draft.copy_.model_copy(update=parts)
    return draft.model_copy(update={"id": f"review:{review_id}", "origin": "variant", "approved_by": by, "copy_": copy})


def read_again(walk: Walk, variant: Variant, slots: Slots) -> Rendered:
    """The copy as a message to this customer, and what every rule says of it."""
    if walk.draft is None:
        raise ValueError("words are read for a choice")
    return render(walk, walk.draft.candidate, variant, slots, pen())


def slots_again(walk: Walk, message: Message, ground: Ground) -> Slots:
    """What the copy may use today; a list keeps its offers."""
    if walk.draft is None or walk.recall is None:
        raise ValueError("slots are filled for a choice")
    slots = slots_for(walk, walk.draft.candidate, (), ground.stores)
    offers = (ground.standing(item.offer, walk.recall) for item in message.items)
    return replace(slots, items=tuple(offer for offer in offers if offer is not None))


def _literal(words: str | tuple[str, ...] | None) -> str | tuple[str, ...] | None:
    """Words as a template that says just them."""
    if isinstance(words, tuple):
        return tuple(one.replace("{", "{{ '{' }}") for one in words)
    return None if words is None else words.replace("{", "{{ '{' }}")


def _listed(channel: Channel) -> str:
    return ", ".join(sorted(PARTS[channel]))
