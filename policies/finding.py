"""A finding: words in a message that a rule does not allow."""

from dataclasses import dataclass

from domain.language import Text


@dataclass(frozen=True, slots=True)
class Finding:
    """Which rule, in which part of the message, at which words, and why, in both languages."""

    rule: str
    type: str
    part: str
    text: str
    why: Text
