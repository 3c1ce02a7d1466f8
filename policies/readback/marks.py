"""Marks: quotation marks around what a company named itself, and cutting text outside of them."""

import re
from collections.abc import Iterable

from domain.language import phrase

QUOTED = {"ja": r"「(?:\\.|[^「」\\])*」", "en": r'"(?:\\.|[^"\\])*"'}
ANY_QUOTE = re.compile(f"{QUOTED['ja']}|{QUOTED['en']}")
LISTED = re.compile(rf"(?:{ANY_QUOTE.pattern})(?:(?:か|、|, | or )?(?:{ANY_QUOTE.pattern}))*")
ESCAPED = re.compile(r'[「」"\\\n]')
HIDDEN = "\ue000"
"""Stands for a quoted character while the text around it is cut."""
MANY = {
    language: f"{one}(?:{joint}{one})*" for (language, one), joint in zip(QUOTED.items(), ("か", " or "), strict=True)
}
EITHER = {"ja": "か", "en": " or "}


def quoted(words: str, language: str) -> str:
    """The words in the quotation marks of a language: 「winback」, "winback"."""
    safe = ESCAPED.sub(lambda found: "\\n" if found[0] == "\n" else f"\\{found[0]}", words)
    return phrase(language, ja=f"「{safe}」", en=f'"{safe}"')


def either(words: Iterable[str], language: str) -> str:
    """Quoted words of which one holds: 「a」か「b」, "a" or "b"."""
    return EITHER["ja" if language == "ja" else "en"].join(quoted(one, language) for one in words)


def unquoted(words: str) -> str:
    """What stands in quotation marks; raises ValueError where nothing does."""
    if not ANY_QUOTE.fullmatch(words):
        raise ValueError(f"{words!r} is not quoted")
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], words[1:-1])


def all_unquoted(words: str) -> tuple[str, ...]:
    """Every quoted word of a list, in order; raises ValueError where other letters stand between them."""
    if not LISTED.fullmatch(words):
        raise ValueError(f"{words!r} is no list of quoted words")
    return tuple(unquoted(found[0]) for found in ANY_QUOTE.finditer(words))


def masked(text: str) -> str:
    """The text with everything in quotation marks hidden, as long as before."""
    return ANY_QUOTE.sub(lambda found: HIDDEN * len(found[0]), text)


def cut(text: str, separator: str) -> list[str]:
    """The text at every separator outside of quotation marks."""
    found, start, hidden = [], 0, masked(text)
    while (at := hidden.find(separator, start)) >= 0:
        found.append(text[start:at])
        start = at + len(separator)
    return [*found, text[start:]]
