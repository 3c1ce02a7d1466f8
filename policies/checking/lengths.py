"""Lengths: signs as a reader counts them, and the segments and bytes that a carrier counts."""

import re
from collections.abc import Callable, Mapping

FLAGS = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
JOINED = re.compile("\u200d.|[\u0300-\u036f\u3099\u309a\u200c\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]|\r(?=\n)", re.DOTALL)
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
DOUBLE = frozenset("^{}\\[~]|€\f")


def graphemes(text: str) -> int:
    """How many signs a reader sees: a flag, an accented letter or a joined emoji is one."""
    return len(JOINED.sub("", FLAGS.sub("x", text)))


def segments(text: str) -> int:
    """How many SMS segments a text takes: 160 septets alone or 153 each, else 70 units alone or 67 each."""
    if all(sign in BASIC or sign in DOUBLE for sign in text):
        return _parts([2 if sign in DOUBLE else 1 for sign in text], 160, 153)
    return _parts([2 if ord(sign) > 0xFFFF else 1 for sign in text], 70, 67)


def _parts(sizes: list[int], alone: int, each: int) -> int:
    if sum(sizes) <= alone:
        return 1
    count, filled = 1, 0
    for size in sizes:
        if filled + size > each:
            count, filled = count + 1, 0
        filled += size
    return count


def octets(text: str) -> int:
    """How many bytes a text takes in UTF-8."""
    return sum(1 if sign < "\x80" else 2 if sign < "\u0800" else 3 if sign < "\U00010000" else 4 for sign in text)


MEASURES: Mapping[str, Callable[[str], int]] = {"graphemes": graphemes, "segments": segments, "bytes": octets}
