"""Length: how long each part of a message may be on its channel."""

from typing import Literal

from pydantic import Field

from domain.language import phrase
from policies.predicate import TRUE, Predicate
from policies.rule import ON_COPY, Rule
from policies.wording import channel_names

Part = Literal["subject", "preheader", "title", "body", "text"]
Unit = Literal["graphemes", "segments", "bytes"]
PARTS_JA = {"subject": "件名", "preheader": "プリヘッダー", "title": "タイトル", "body": "本文", "text": "テキスト本文"}
UNITS_JA = {"graphemes": "文字", "segments": "通分", "bytes": "バイト"}
UNITS_EN = {"graphemes": "character", "segments": "SMS segment", "bytes": "byte"}


class Length(Rule):
    """Forbids a part longer than `max` in `unit`.

    graphemes: characters as a reader counts them; an emoji or an accented letter is one. segments: what an SMS is
    billed by: 160 characters of the GSM alphabet or 70 of any other; 153 or 67 each where it takes several.
    bytes: in UTF-8, as push services count them.
    """

    type: Literal["length"] = "length"
    part: Part
    max: int = Field(ge=1, le=100_000)
    unit: Unit = "graphemes"

    stations = ON_COPY

    def forbidden(self) -> Predicate:
        return TRUE

    def say(self, language: str) -> str:
        where = channel_names(self.scope.channels, language) if self.scope.channels else ""
        unit = UNITS_EN[self.unit] + ("s" if self.max > 1 else "")
        return phrase(
            language,
            ja=f"{f'{where}の' if where else ''}{PARTS_JA[self.part]}は{self.max}{UNITS_JA[self.unit]}まで。",
            en=f"The {self.part}{f' on {where}' if where else ''} has at most {self.max} {unit}.",
        )
