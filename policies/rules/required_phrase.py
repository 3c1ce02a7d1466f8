"""Required phrases: words and disclosures that templates put in and this rule looks for."""

from typing import Literal, Self

from pydantic import Field, model_validator

from domain.language import phrase
from policies.predicate import TRUE, Predicate
from policies.readback.marks import quoted
from policies.rule import ON_COPY, Rule
from policies.slip import Slip

Disclosure = Literal["sender_name", "sender_address", "sender_contact", "way_out"]
DISCLOSURES: dict[str, tuple[str, str]] = {
    "sender_name": ("送信者の名称", "the sender's name"),
    "sender_address": ("送信者の住所", "the sender's address"),
    "sender_contact": ("お問い合わせ先", "a contact for questions"),
    "way_out": ("配信を停止する方法", "a way to unsubscribe"),
}


class RequiredPhrase(Rule):
    """Forbids a message without these phrases or disclosures, in whatever width or case they are written.

    `part` names where they must stand (anywhere where it is left out); at the `start` or `end` of it, within as many
    characters as `within` says. Where a mail has a text and an HTML body, a disclosure must be in both.
    """

    type: Literal["required_phrase"] = "required_phrase"
    phrases: tuple[str, ...] = ()
    any_of: bool = False
    """Whether one of the phrases is enough; otherwise all of them must be there."""
    disclosures: tuple[Disclosure, ...] = ()
    part: Literal["subject", "preheader", "title", "body"] | None = None
    position: Literal["anywhere", "start", "end"] = "anywhere"
    within: int = Field(40, ge=1, le=10_000)

    stations = ON_COPY

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        if not self.phrases and not self.disclosures:
            raise Slip(
                ja="phrases か disclosures のどちらかを書きます。",
                en="give phrases, disclosures or both",
            )
        return self

    def forbidden(self) -> Predicate:
        return TRUE

    def say(self, language: str) -> str:
        told = [DISCLOSURES[one] for one in self.disclosures]
        ja = "、".join([quoted(words, "ja") for words in self.phrases] + [words for words, _ in told])
        en = " and ".join([quoted(words, "en") for words in self.phrases] + [words for _, words in told])
        return phrase(language, ja=f"{ja}を必ず入れます。", en=f"Every message carries {en}.")
