"""Lengths: how long each part is, as a reader counts, as an SMS is billed, or in bytes."""

from collections.abc import Callable, Iterator, Mapping

import regex  # type: ignore[import-untyped]  # it ships no stubs

from domain.language import Text
from policies.finding import Finding
from policies.inspection.reading import Reading, finding
from policies.rules.length import PARTS_JA, UNITS_EN, UNITS_JA, Length, Unit

GRAPHEME = regex.compile(r"\X")
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The basic alphabet of GSM 03.38; a sign of the extension table takes two places."""
GSM_EXTENDED = frozenset("\f^{}\\[~]|€")
GSM_ALONE, GSM_JOINED = 160, 153
UCS2_ALONE, UCS2_JOINED = 70, 67
"""Places in one SMS, and in each of several, whose header takes six bytes."""


def graphemes(text: str) -> int:
    """Characters as a reader counts them."""
    return len(GRAPHEME.findall(text))


def segments(text: str) -> int:
    """How many SMS the text takes; a sign of two places never stands across two of them."""
    if all(sign in GSM or sign in GSM_EXTENDED for sign in text):
        widths = [2 if sign in GSM_EXTENDED else 1 for sign in text]
        return _parts(widths, GSM_ALONE, GSM_JOINED)
    return _parts([len(sign.encode("utf-16-be")) // 2 for sign in text], UCS2_ALONE, UCS2_JOINED)


def _parts(widths: list[int], alone: int, joined: int) -> int:
    if sum(widths) <= alone:
        return 1 if widths else 0
    parts, filled = 1, 0
    for width in widths:
        if filled + width > joined:
            parts, filled = parts + 1, 0
        filled += width
    return parts


def octets(text: str) -> int:
    """Bytes in UTF-8."""
    return len(text.encode())


MEASURES: Mapping[Unit, Callable[[str], int]] = {"graphemes": graphemes, "segments": segments, "bytes": octets}


def too_long(rule: Length, reading: Reading) -> Iterator[Finding]:
    """The part, where it is longer than its rule allows."""
    message = reading.message
    text = message.body or message.text if rule.part == "body" else getattr(message, rule.part)
    if not text or (rule.unit == "graphemes" and len(text) <= rule.max):
        return
    length = MEASURES[rule.unit](text)
    if length > rule.max:
        unit = UNITS_EN[rule.unit]
        why = Text(
            ja=f"{PARTS_JA[rule.part]}が{length}{UNITS_JA[rule.unit]}あります（上限{rule.max}{UNITS_JA[rule.unit]}）。",
            en=f"The {rule.part} has {length} {unit}{'s' if length > 1 else ''}; {rule.max} are allowed.",
        )
        yield finding(rule, rule.part, text[:40], why)
