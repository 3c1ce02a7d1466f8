"""Writing ahead: what a model is asked for where a text is written once for many customers, and how it is read.

A mail has content blocks beside its own words, an ad several headlines, a telephone script a question and an answer to
doubt. Each of these is read as a text by itself, so that nothing gets in with them that could not stand in a body.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import JsonValue

from domain.channel import Channel
from domain.language import Language
from domain.variant import Passage, Variant
from prompts.library import edition, prompt
from tools.brief import PERSONAL, PROMPTS, Brief, Slot, messages_of
from tools.copy.library import ALWAYS
from tools.drafts import HEADS as SPOKEN
from tools.drafts import OPENINGS, Read, read_draft
from tools.duplicates import each_once
from tools.model import Said, Shape
from tools.shapes import SHAPES

TEXT: JsonValue = {"type": "string", "maxLength": 300}
MOST = {"blocks": 4, "headlines": 5}
FURTHER: Mapping[Channel, Mapping[str, JsonValue]] = {
    Channel.EMAIL: {"blocks": {"type": "array", "maxItems": MOST["blocks"], "items": TEXT}},
    Channel.AD: {
        "headlines": {"type": "array", "maxItems": MOST["headlines"], "items": {"type": "string", "maxLength": 60}}
    },
    Channel.CALL: {"question": TEXT, "doubt": TEXT},
}
"""The parts that are written ahead beyond those of a single draft."""
HEADS: Mapping[Language, tuple[str, str]] = {
    "ja": ("うかがうこと：", "迷われたら："),
    "en": ("To ask: ", "If they hesitate: "),
}
SIGNED: Mapping[Language, str] = {language: opening["sms"] for language, opening in OPENINGS.items()}
GREETING = "{{ hello }}"
"""The line that begins a bubble."""
CLOSES = tuple(close for _, close in SPOKEN.values())
IN_BLOCKS = ("memory.taste", "memory.bought", "account.points", "account.points_expire")
"""Facts of which each customer has some: what content blocks are for."""
NAMES = {
    "memory.taste": "taste",
    "memory.bought": "bought",
    "account.points": "points",
    "account.points_expire": "points",
}
"""What a content block is called by the fact that it is about."""
BESIDE = 5
LINE = 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """One text that is to be written ahead: its brief, and what was written for the same place before."""

    brief: Brief
    others: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether it is a whole message, and no block of another tool's."""
        return self.brief.placement is None

    @property
    def further(self) -> Mapping[str, JsonValue]:
        """The further parts that are asked for."""
        return FURTHER.get(self.brief.channel, {}) if self.whole else {}

    @property
    def blocks(self) -> Brief:
        """What a content block may say: the facts of the mail, and more slots."""
        told = () if self.brief.tone == "service" else IN_BLOCKS
        slots = brief_slots(told, self.brief.language)
        return replace(self.brief, channel=Channel.APP, personal=slots, in_cart=False, direction=None)

    @property
    def shape(self) -> Shape:
        """The shape of the answer."""
        plain = SHAPES[self.brief.channel]
        if not self.further:
            return plain
        schema, properties = dict(plain.schema), plain.schema["properties"]
        if not isinstance(properties, dict):
            raise TypeError(f"the shape {plain.name!r} is no object")
        # Further parts are not required: a text without them is still a text.
        schema["properties"] = {**properties, **self.further}
        return Shape(f"{plain.name}_ahead", schema)

    @property
    def edition(self) -> str:
        """The hash of the prompts that it is written with."""
        return edition(self.brief.language, *PROMPTS, "compose")

    def messages(self) -> tuple[Said, ...]:
        """What the model is asked: as for one message, and what is different about writing ahead."""
        *before, asked = messages_of(self.brief)
        more = prompt(self.brief.language, "compose").render(
            others=self.others[:BESIDE],
            parts=tuple(self.further),
            most=MOST,
            slots=self.blocks.personal if "blocks" in self.further else (),
        )
        return *before, Said(asked.role, f"{asked.content}\n\n{more}")

    def read(self, answer: str) -> Read:
        """The variant in an answer; further parts that cannot stand are left out, a fault elsewhere stops it."""
        found = read_draft(answer, self.brief)
        if found.variant is None:
            return found
        given = json.loads(answer)
        more: dict[str, object]
        match self.brief.channel:
            case Channel.EMAIL:
                more = {"copy_": found.variant.copy_.model_copy(update={"blocks": tuple(self._passages(given))})}
            case Channel.AD:
                more = self._with_headlines(found.variant, given)
            case Channel.CALL:
                more = self._as_script(found.variant, given)
            case _:
                return found
        return replace(found, variant=found.variant.model_copy(update=more))

    def _passages(self, given: Mapping[str, JsonValue]) -> Iterator[Passage]:
        for number, text in enumerate(_texts(given.get("blocks")), 1):
            block = _alone(text, self.blocks)
            if block is not None:
                needs = block.needs - {ALWAYS}
                name = next((NAMES[need] for need in IN_BLOCKS if need in needs), f"more-{number}")
                yield Passage(id=name, body=block.copy_.body, needs=needs, personal=block.personal)

    def _with_headlines(self, variant: Variant, given: Mapping[str, JsonValue]) -> dict[str, object]:
        read = {one.copy_.body: one for one in self._for_anybody(given.get("headlines"))}
        # The title is one of them, so that none repeats it.
        lines = each_once([variant.copy_.title or "", *read])[1:]
        copy = variant.copy_.model_copy(update={"headlines": lines})
        return {"copy_": copy, "needs": variant.needs.union(*(read[line].needs for line in lines))}

    def _as_script(self, variant: Variant, given: Mapping[str, JsonValue]) -> dict[str, object]:
        """The talking script with what to ask and what to say to doubt, before its close."""
        told = zip(HEADS[self.brief.language], ("question", "doubt"), strict=True)
        read = [(head, one) for head, part in told for one in self._for_anybody([given.get(part)])]
        lines = variant.copy_.body.split("\n\n")
        close = next((at for at, line in enumerate(lines) if line.startswith(CLOSES)), len(lines))
        body = "\n\n".join((*lines[:close], *(head + one.copy_.body for head, one in read), *lines[close:]))
        copy = variant.copy_.model_copy(update={"body": body})
        return {"copy_": copy, "needs": variant.needs.union(*(one.needs for _, one in read))}

    def _for_anybody(self, given: object) -> Iterator[Variant]:
        """The texts that lean on facts of the offer alone."""
        plain = replace(self.brief, channel=Channel.APP, personal=(), in_cart=False, direction=None)
        for text in _texts(given):
            one = _alone(text, plain)
            if one is not None:
                yield one


def brief_slots(names: Sequence[str], language: Language) -> tuple[Slot, ...]:
    """Slots as a brief tells of them."""
    return tuple(Slot(name, PERSONAL[name][0 if language == "ja" else 1]) for name in names)


def first_words(variant: Variant) -> str:
    """How copy begins, without what the house puts before it and with its slots as a model writes them."""
    copy, (matter, _) = variant.copy_, SPOKEN[variant.language]
    lines = [line.removeprefix(SIGNED[variant.language]) for line in copy.body.split("\n") if line != GREETING]
    told = next((line.removeprefix(matter) for line in lines if line.startswith(matter)), lines[0] if lines else "")
    return (copy.subject or copy.title or told).replace("{{ ", "[[").replace(" }}", "]]")[:LINE]


def _alone(text: str, brief: Brief) -> Variant | None:
    """A text by itself, read as a body is; None where it could not be one."""
    return read_draft(json.dumps({"body": text}), brief).variant


def _texts(value: object) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str) and one.strip()) if isinstance(value, list) else ()
