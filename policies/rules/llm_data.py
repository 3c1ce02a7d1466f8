"""Data for models: which coarse facts about a customer a language model may see, and for what."""

from typing import ClassVar, Literal, get_args

from pydantic import Field

from domain.language import phrase
from policies.predicate import FALSE, Predicate
from policies.rule import Rule, Station
from policies.wording import listed

LlmPurpose = Literal["copy", "deliberation", "brief", "desk", "reading", "judge"]
LLM_PURPOSES: frozenset[LlmPurpose] = frozenset(get_args(LlmPurpose))
LlmField = Literal[
    "language",
    "stage",
    "tier",
    "age_band",
    "gender",
    "country",
    "region",
    "tags",
    "segments",
    "interests",
    "habits",
    "season",
    "weather",
    "place",
    "device",
]
FIELDS: dict[LlmField, tuple[str, str]] = {
    "language": ("言語", "language"),
    "stage": ("顧客ステージ", "stage"),
    "tier": ("会員ランク", "tier"),
    "age_band": ("年代", "age band"),
    "gender": ("性別", "gender"),
    "country": ("国", "country"),
    "region": ("地域", "region"),
    "tags": ("タグ", "tags"),
    "segments": ("セグメント", "segments"),
    "interests": ("関心", "interests"),
    "habits": ("よく買う分野", "buying habits"),
    "season": ("季節", "season"),
    "weather": ("天気", "weather"),
    "place": ("場所", "place"),
    "device": ("端末", "device"),
}


class LlmData(Rule):
    """Allows a model to see these facts for these purposes, and no others; names and details are filled in after it.

    Where several rules speak of a purpose, a fact must stand in all of them; where none does, a model sees none.
    """

    type: Literal["llm_data"] = "llm_data"
    fields: frozenset[LlmField]
    purposes: frozenset[LlmPurpose] = Field(LLM_PURPOSES, min_length=1)

    stations: ClassVar[frozenset[Station]] = frozenset()

    def forbidden(self) -> Predicate:
        return FALSE

    def say(self, language: str) -> str:
        if not self.fields:
            return phrase(
                language,
                ja="生成AIにはお客様の情報を渡しません。",
                en="A model sees no facts about customers.",
            )
        chosen = [names for field, names in FIELDS.items() if field in self.fields]
        named = listed([phrase(language, ja=ja, en=en) for ja, en in chosen], language)
        return phrase(
            language,
            ja=f"生成AIに渡すお客様の情報は、{named}だけです。",
            en=f"A model sees no facts about customers but {named}.",
        )
