"""Length: how long each part of a message may be on its channel."""

from typing import Literal

from pydantic import Field

from domain.language import phrase
from policies.predicate import TRUE, Predicate
from policies.rule import ON_COPY, Rule
from policies.wording import channel_names

Part = Literal["subject", "preheader", "title", "body", "text"]
PARTS_JA = {"subject": "件名", "preheader": "プリヘッダー", "title": "タイトル", "body": "本文", "text": "テキスト本文"}


class Length(Rule):
    """Forbids a part longer than `max` characters as a reader counts them: an emoji or an accented letter is one."""

    type: Literal["length"] = "length"
    part: Part
    max: int = Field(ge=1, le=100_000)
    unit: Literal["graphemes"] = "graphemes"

    stations = ON_COPY

    def forbidden(self) -> Predicate:
        return TRUE

    def say(self, language: str) -> str:
        where = channel_names(self.scope.channels, language) if self.scope.channels else ""
        return phrase(
            language,
            ja=f"{f'{where}の' if where else ''}{PARTS_JA[self.part]}は{self.max}文字まで。",
            en=f"The {self.part}{f' on {where}' if where else ''} has at most {self.max} characters.",
        )
