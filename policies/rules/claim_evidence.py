"""Claims: superlatives, guarantees and effects stand only where something proves them."""

from typing import Literal, get_args

from domain.language import Text, phrase
from policies.predicate import TRUE, Predicate
from policies.readback.marks import quoted
from policies.rule import ON_COPY, Rule

Concept = Literal["superlative", "guarantee", "health", "expert", "comparison", "product", "promise"]
CONCEPTS: tuple[Concept, ...] = get_args(Concept)
CONCEPT_NAMES: dict[str, tuple[str, str]] = {
    "superlative": ("最上級・順位", "superlatives and rankings"),
    "guarantee": ("保証・断定", "guarantees"),
    "health": ("健康・美容の効果", "effects on health or looks"),
    "expert": ("専門家・実証", "experts and proof"),
    "comparison": ("他社との比較", "comparisons"),
    "product": ("素材・製法・産地", "materials, making and origin"),
    "promise": ("送料・返品・進呈", "shipping, returns and gifts"),
}


class ClaimEvidence(Rule):
    """Forbids claims that no fact of the offer supports: No.1, 最高, 絶対, best, clinically proven, made of silk.

    A claim is supported where the offer's own facts state it in these words, or, for all but `product` and `promise`,
    where the offer has the fact `evidence` (and `evidence_until`, if given, is not past). `phrases` are further words
    that need evidence.
    """

    type: Literal["claim_evidence"] = "claim_evidence"
    concepts: tuple[Concept, ...] = CONCEPTS
    phrases: tuple[str, ...] = ()
    evidence: str = "evidence"
    better: Text | None = None

    stations = ON_COPY

    def forbidden(self) -> Predicate:
        return TRUE

    def say(self, language: str) -> str:
        ja = "、".join(
            [CONCEPT_NAMES[one][0] for one in self.concepts] + [quoted(words, "ja") for words in self.phrases]
        )
        en = ", ".join(
            [CONCEPT_NAMES[one][1] for one in self.concepts] + [quoted(words, "en") for words in self.phrases]
        )
        return phrase(
            language,
            ja=f"根拠のない表現は使いません（{ja}）。",
            en=f"No claims without proof: {en}.",
        )
