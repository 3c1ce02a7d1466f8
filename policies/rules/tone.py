"""Tone: polite, calm and sparing with emoji; a wish unless somebody makes it hard."""

from typing import Literal

from pydantic import Field

from domain.language import phrase
from policies.predicate import TRUE, Predicate
from policies.rule import ON_COPY, Rule


class Tone(Rule):
    """Objects to Japanese sentences that do not end in です・ます, and to more emoji or exclamation marks than allowed.

    `polite_share` is the share of sentences with a verb at their end that must be polite; sentences that end in a noun
    are neither. It is soft unless it says otherwise: such copy is passed over where other words are at hand.
    """

    type: Literal["tone"] = "tone"
    severity: Literal["hard", "soft"] = "soft"
    polite_share: float | None = Field(None, ge=0, le=1)
    emoji_max: int | None = Field(None, ge=0)
    exclamations_max: int | None = Field(None, ge=0)
    styles: frozenset[str] = frozenset()
    """The manner in words (bright, calm, elegant) for those who write; nothing is measured by them."""

    stations = ON_COPY

    def forbidden(self) -> Predicate:
        return TRUE

    def say(self, language: str) -> str:
        ja = [] if self.polite_share is None else ["です・ます調で書きます"]
        en = [] if self.polite_share is None else ["Japanese copy is polite"]
        limits = ((self.emoji_max, "絵文字", "emoji"), (self.exclamations_max, "！", "exclamation marks"))
        for count, word, noun in limits:
            if count is not None:
                ja.append(f"{word}は{count}個まで")
                en.append(f"at most {count} {noun}")
        said_ja, said_en = "、".join(ja) or "文体の決まりです", "; ".join(en) or "A matter of style"
        return phrase(language, ja=f"{said_ja}。", en=f"{said_en[0].upper()}{said_en[1:]}.")
