"""Suppression: customers who are left in peace, on every channel, as long as they carry a tag or stand on a list."""

from typing import Literal, Self

from pydantic import Field, model_validator

from domain.language import phrase
from policies.facts import Action, Situation
from policies.predicate import SEGMENTS, TAGS, Overlaps, Predicate, any_of
from policies.readback.marks import either
from policies.rule import Rule
from policies.slip import Slip
from policies.wording import listed


class Suppression(Rule):
    """Forbids messages to anybody with one of the tags or in one of the segments; it ends when the tag goes."""

    type: Literal["suppression"] = "suppression"
    tags: frozenset[str] = Field(frozenset())
    segments: frozenset[str] = Field(frozenset())

    @model_validator(mode="after")
    def _names_somebody(self) -> Self:
        if not self.tags and not self.segments:
            raise Slip(
                ja="tags か segments を書きます。だれも指さない配信除外は、だれも守りません。",
                en="give tags, segments or both: a suppression that names nobody protects nobody",
            )
        return self

    def forbidden(self) -> Predicate:
        return any_of(
            *(Overlaps(field, values) for field, values in ((TAGS, self.tags), (SEGMENTS, self.segments)) if values)
        )

    def say(self, language: str) -> str:
        ja, en = [], []
        if self.tags:
            ja.append(f"タグ{either(sorted(self.tags), 'ja')}のあるお客様")
            en.append(f"customers tagged {either(sorted(self.tags), 'en')}")
        if self.segments:
            ja.append(f"セグメント{either(sorted(self.segments), 'ja')}のお客様")
            en.append(f"customers in the segment {either(sorted(self.segments), 'en')}")
        return phrase(
            language,
            ja=f"配信除外：{'と'.join(ja)}には送りません。",
            en=f"Do not contact: nothing is sent to {', nor to '.join(en)}.",
        )

    def why(self, s: Situation, a: Action | None, language: str) -> str:
        found = sorted((self.tags & s.tags) | (self.segments & s.segments))
        name = self.name.either(language)
        marks = listed(found, language)
        return phrase(
            language,
            ja=f"配信除外の対象です（{name}：{marks}）。解除されたあと、あらためて判断します。",
            en=f"The customer is on the do-not-contact list ({name}: {marks}). This ends when the mark is removed.",
        )
