"""Tongue: in which script the words of a message are, apart from names and facts of its offers."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from policies.checking.addresses import without_addresses
from policies.checking.desk import Desk
from policies.checking.fault import Fault, in_copy
from policies.checking.letters import plain
from policies.rules.language import InLanguage

FEWEST_WORDS = 5
FEWEST_SIGNS = 8
OTHER = ("HANGUL", "CYRILLIC", "ARABIC", "THAI", "HEBREW", "DEVANAGARI", "GREEK")


def in_another_language(rule: InLanguage, desk: Desk) -> Iterator[Fault]:
    """No line is a sentence of another language."""
    for piece in desk.pieces:
        for line in plain(piece.text).split("\n"):
            rest = without_addresses(line)
            for quote in sorted(desk.ledger.quotes, key=len, reverse=True):
                rest = rest.replace(quote, " ")
            if _foreign(rest, desk.message.language):
                yield in_copy(rule.id, rule.type, piece.name, line, "別の言語です", "is in another language")


def _foreign(line: str, language: str) -> bool:
    scripts = [_script(sign) for sign in line if sign.isalpha()]
    if sum(script in OTHER for script in scripts) >= FEWEST_SIGNS:
        return True
    kana, han = scripts.count("KANA"), scripts.count("HAN")
    if language == "en":
        return kana + han >= FEWEST_SIGNS
    words = [word for word in line.split() if len(word) > 1 and word.isascii() and word.strip(".,!?'\"").isalpha()]
    return (kana == 0 and han >= 2 * FEWEST_SIGNS) or (kana + han == 0 and len(words) > FEWEST_WORDS)


@lru_cache(maxsize=8192)
def _script(sign: str) -> str:
    name = unicodedata.name(sign, "?")
    if name.startswith("CJK"):
        return "HAN"
    first = name.split()[0]
    return "KANA" if first in ("HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA") else first
