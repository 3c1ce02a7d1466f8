"""A fault: one thing that is wrong with a stored decision."""

from dataclasses import dataclass

from domain.language import Text


@dataclass(frozen=True, slots=True)
class Fault:
    """Which rule a decision breaks, in which part, at which words, and a sentence about it in both languages."""

    rule: str
    type: str
    part: str
    text: str
    said: Text


def in_copy(rule: str, kind: str, part: str, text: str, ja: str, en: str) -> Fault:
    """A fault in the words of a message; `ja` and `en` say what is wrong with `text`."""
    shown = " ".join(text.split())[:60]
    return Fault(
        rule,
        kind,
        part,
        shown,
        Text(ja=f"{part} の「{shown}」は{ja}（ルール {rule}）。", en=f'{part}: "{shown}" {en} (rule {rule}).'),
    )
