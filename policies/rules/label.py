"""Labels: an advertisement says so where it begins."""

from typing import Literal

from pydantic import Field

from domain.language import phrase
from policies.predicate import TRUE, Predicate
from policies.readback.marks import quoted
from policies.rule import ON_COPY, Rule


class Label(Rule):
    """Forbids a message that does not carry one of these words within its first characters.

    Characters are counted as a reader counts them, from the subject, title or first line, whichever comes first; a
    label in a row of hashtags does not count unless it is the first of them.
    """

    type: Literal["label"] = "label"
    words: tuple[str, ...] = Field(("広告", "PR", "プロモーション", "Ad", "Advertisement", "Sponsored"), min_length=1)
    within: int = Field(20, ge=1, le=1000)

    stations = ON_COPY

    def forbidden(self) -> Predicate:
        return TRUE

    def say(self, language: str) -> str:
        return phrase(
            language,
            ja=f"最初の{self.within}文字以内に{quoted(self.words[0], 'ja')}などの表示を入れます。",
            en=f"A label such as {quoted(self.words[-1], 'en')} stands within the first {self.within} characters.",
        )
