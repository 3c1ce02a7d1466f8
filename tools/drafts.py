"""Drafts: a model's words become a variant, and what it could not know or may not write is named.

Nothing of a draft is ever read as a template: marks of known slots become slots, and every other brace is a letter.
Whether the words may leave is decided where all copy is, by the rules, once they are rendered.
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from domain.channel import Channel
from domain.language import Language, Text
from domain.memory import Distance
from domain.variant import Copy, Variant
from tools import blemishes
from tools.blemishes import HIDDEN, MARKUP, PLACES, gap_in, is_blank
from tools.brief import Brief
from tools.copy.library import ALWAYS, PLAIN
from tools.scaffolding import scaffolding
from tools.sense import senseless
from tools.shapes import MAY_BE_EMPTY, PARTS
from tools.telling import HANDLE, LINK, MAIL

MARK = re.compile(r"\[\[\s*([\w.]+)\s*\]\]|\{\{\s*([\w.]+)\s*\}\}")
LEFT_OVER = re.compile(r"\[\[.*?\]\]|\{\{.*?\}\}|\[\[|\]\]|\{[{%#]|[%#}]\}|\[[A-Za-z][\w .]{1,30}\]|［[^］\n]{1,20}］")
"""What looks like a slot and is none: `[[discount_code]]`, `{{ name }}`, `[Name]`, a button drawn by hand."""
GLUED = re.compile(r"(?<=[^\W\d_]{2})([.!?])(?=[^\W\d_])")
"""A sentence that begins right behind the last one: it could be taken for the name of a host."""

OPENINGS: Mapping[Language, Mapping[str, str]] = {
    "ja": {
        "inbound": "はじめに：お電話ありがとうございます。{{ sender.name }}でございます。\n\n"
        "ご用件がお済みのあとに：よろしければ、ひとつだけご案内がございます。",
        "outbound": "はじめに：お忙しいところ恐れ入ります。{{ sender.name }}でございます。"
        "{% if name is known %}{{ name }}様でいらっしゃいますか。{% endif %}いま、お話ししてもよろしいでしょうか。",
        "sms": "{{ sender.name }}です。",
    },
    "en": {
        "inbound": "Opening: Thank you for calling {{ sender.name }}.\n\n"
        "Once the matter is settled: If I may, there is one thing you might like to know.",
        "outbound": "Opening: Good day, this is {{ sender.name }}."
        "{% if name is known %} Am I speaking with {{ name }}?{% endif %} Is this a good moment to talk?",
        "sms": "{{ sender.name }}: ",
    },
}
"""What stands before a model's words on channels where somebody has to say who speaks."""
HEADS: Mapping[Language, tuple[str, str]] = {"ja": ("ご案内：", "結び："), "en": ("What we have: ", "Close: ")}

NEAR: Mapping[str, frozenset[Distance]] = {
    "memory.taste": frozenset({Distance.TOLD_US}),
    "memory.told": frozenset({Distance.TOLD_US}),
    "memory.asked": frozenset({Distance.TOLD_US}),
    "memory.saved": frozenset({Distance.TOLD_US, Distance.DID_WITH_US}),
    "memory.bought": frozenset({Distance.DID_WITH_US}),
    "memory.viewed": frozenset({Distance.TRACE}),
}
"""How near to the customer a slot's content may lie."""

WHY: Mapping[str, tuple[str, str]] = {
    "shape": ("指定されたJSONの形になっていません。", "It is not JSON of the shape that was asked for."),
    "empty": ("書かれていません。", "It is empty."),
    "slot": ("資料にない差し込みです。", "There is no such slot in the material."),
    "markup": ("装飾の記号やHTMLは使えません。", "Markup has no place in it."),
    "link": ("リンクや連絡先は書けません。自動で入ります。", "Links and addresses are put in afterwards, not written."),
    "cut": ("長すぎて、途中で切れています。", "It is too long and was cut off."),
    "hidden": ("見えない文字が入っています。", "It holds characters that are not seen."),
    "scaffold": ("お客様への文面ではなく、作業についての言葉です。", "It speaks of the work and not to the customer."),
    "senseless": ("文面として読めません。", "It does not read as copy."),
}
Kind = Literal["shape", "empty", "slot", "markup", "link", "cut", "hidden", "scaffold", "senseless"]
FORBIDDEN: tuple[tuple[Kind, tuple[re.Pattern[str], ...]], ...] = (
    ("slot", (LEFT_OVER, PLACES)),
    ("hidden", (HIDDEN,)),
    ("markup", (MARKUP,)),
    ("link", (LINK, MAIL, HANDLE)),
)
"""What may stand in no draft, once the marks of the brief are taken out."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a draft that can be no copy, whatever the rules say; `text` is the model's own."""

    kind: Kind
    part: str
    text: str

    @property
    def why(self) -> Text:
        """The reason in both languages."""
        ja, en = WHY[self.kind]
        return Text(ja=ja, en=en)


@dataclass(frozen=True, slots=True)
class Read:
    """A draft as it was read: a variant where it has no fault."""

    variant: Variant | None
    faults: tuple[Fault, ...]
    words: str = ""
    """Everything that the model wrote, before any slot is filled."""


def read_draft(answer: str, brief: Brief) -> Read:
    """The variant in a model's answer, or what stands against reading it as one."""
    parts = _parts(answer, brief)
    if parts is None:
        return Read(None, (Fault("shape", "copy", answer[:80]),), answer)
    written = {name: _marked(text, brief) for name, text in parts.items()}
    faults = tuple(fault for name, text in written.items() for fault in _faults(name, text, brief))
    words = "\n".join(parts.values())
    return Read(None if faults else _variant(written, brief), faults, words)


def _parts(answer: str, brief: Brief) -> dict[str, str] | None:
    """The parts by name, each tidied; None where the answer is not of the shape."""
    try:
        found = json.loads(answer)
    except ValueError:
        return None
    wanted = PARTS[brief.channel]
    if not isinstance(found, dict) or not all(isinstance(found.get(name, ""), str) for name in wanted):
        return None
    return {name: _tidy(found.get(name, ""), name) for name in wanted}


def _tidy(text: str, part: str) -> str:
    """Without stray blanks; only a body has lines of its own."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    joined = "\n".join(lines).strip()
    return re.sub(r"\n{3,}", "\n\n", joined) if part in ("body", "opening") else " ".join(joined.split("\n")).strip()


def _marked(text: str, brief: Brief) -> str:
    """The text with every known mark in its one spelling; a bare name counts where it can mean one slot only."""
    bare: dict[str, str | None] = {}
    for mark in sorted(brief.marks - {"sender.name"}):
        name = mark.rpartition(".")[2]
        bare[name] = None if name in bare else mark

    def spelt(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        mark = name if name in brief.marks else bare.get(name)
        return f"[[{mark}]]" if mark else found[0]

    return MARK.sub(spelt, text)


def _faults(part: str, text: str, brief: Brief) -> Iterator[Fault]:
    if is_blank(MARK.sub(blemishes.WORDS, text)) and (text or part not in MAY_BE_EMPTY):
        yield Fault("empty", part, text[:80])
    rest = MARK.sub(lambda found: "" if found[1] in brief.marks else found[0], text)
    for kind, patterns in FORBIDDEN:
        found = next((hit for pattern in patterns if (hit := pattern.search(rest))), None)
        if found:
            yield Fault(kind, part, found[0][:80])
    if len(text) >= PARTS[brief.channel].get(part, sys.maxsize):
        yield Fault("cut", part, text[-40:])
    for kind, nonsense in _beside_the_point(rest, brief.language):
        yield Fault(kind, part, nonsense[:80])


def _beside_the_point(rest: str, language: Language) -> Iterator[tuple[Kind, str]]:
    """What a weak or unwilling model writes in the place of copy."""
    gap, scaffold, nonsense = gap_in(rest), scaffolding(rest, language), senseless(rest, language)
    if gap is not None:
        yield "slot", gap
    if scaffold is not None:
        yield "scaffold", scaffold
    if nonsense is not None:
        yield "senseless", nonsense


def _variant(written: Mapping[str, str], brief: Brief) -> Variant:
    used = {found[1] for text in written.values() for found in MARK.finditer(text)}
    personal = [NEAR[mark] for mark in sorted(used & NEAR.keys())]
    personal += [frozenset({Distance.DID_WITH_US})] if brief.in_cart else []
    copy = _copy({name: _template(text) for name, text in written.items()}, brief)
    content = (brief.digest, *(str(part) for part in copy.model_dump().values()))
    return Variant.model_validate(
        {
            "id": f"model:{hashlib.sha256(chr(0).join(content).encode()).hexdigest()[:16]}",
            "scene": brief.scene or PLAIN,
            "channel": brief.channel,
            "language": brief.language,
            "angle": brief.angle,
            "placement": brief.placement,
            "kinds": frozenset({brief.kind}),
            "needs": _needs(used, brief),
            "personal": frozenset().union(*personal),
            "tone": brief.tone,
            "origin": "model",
            "approved_by": "inspection",
            "copy": copy,
        }
    )


def _needs(used: set[str], brief: Brief) -> frozenset[str]:
    """Every fact that has to be known for these words to stand."""
    needs = {mark for mark in used if not mark.startswith("sender.")} | {ALWAYS}
    needs |= {"cart.offer"} if brief.in_cart else set()
    return frozenset(needs | ({f"call.{brief.direction}"} if brief.direction else set()))


def _template(text: str) -> str:
    """The text as a template: marks are slots, any other brace is the letter that it is."""
    pieces, end = [], 0
    for found in MARK.finditer(text):
        pieces += [_letters(text[end : found.start()]), "{{ " + found[1] + " }}"]
        end = found.end()
    return "".join((*pieces, _letters(text[end:])))


def _letters(text: str) -> str:
    return GLUED.sub(r"\1 ", text).replace("{", "{{ '{' }}")


def _copy(written: Mapping[str, str], brief: Brief) -> Copy:
    """The parts in the places of the channel, with what the house puts around them."""
    body, action = written.get("body", ""), written.get("action") or None
    match brief.channel:
        case Channel.EMAIL:
            card = "[offers]" if len(brief.listed) > 1 else "[card]"
            body = "\n\n".join(part for part in (written["opening"], card, "[button]", written["closing"]) if part)
        case Channel.LINE:
            body = "{{ hello }}\n" + body
        case Channel.SMS:
            body = OPENINGS[brief.language]["sms"] + body
        case Channel.CALL:
            body = _script(body, written["closing"], brief)
        case _:
            pass
    return Copy(
        subject=written.get("subject"),
        preheader=written.get("preheader"),
        title=written.get("title"),
        body=body,
        action=action,
    )


def _script(body: str, closing: str, brief: Brief) -> str:
    """A talking script: who speaks, what we have, and how to close."""
    matter, end = HEADS[brief.language]
    opening = OPENINGS[brief.language][brief.direction or "outbound"]
    return "\n\n".join([opening, matter + body, *([end + closing] if closing else [])])
