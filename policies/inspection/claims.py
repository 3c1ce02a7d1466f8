"""Claims: what a message says of its goods that only proof allows."""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from domain.language import Text
from domain.offer import Offer
from policies.finding import Finding
from policies.inspection.claim_words import PATTERNS
from policies.inspection.disguises import Tongue, forms, in_folded, tongues
from policies.inspection.entries import Forbidden
from policies.inspection.gratis_words import COSTLESS, GIVEN, NOT_GIVEN_EN, NOT_GIVEN_JA
from policies.inspection.morphology import JAPANESE
from policies.inspection.phrases import PhraseIndex
from policies.inspection.product_words import (
    AT_HOME,
    MADE_EN,
    MADE_JA,
    MATERIALS,
    NAMED_EN,
    NAMED_JA,
    OF_JA,
    ORIGINS,
    PARTS_EN,
    PROMISES,
    PURE_EN,
    QUALITIES,
)
from policies.inspection.reading import Reading, finding
from policies.inspection.text import KATAKANA
from policies.rules.claim_evidence import CONCEPT_NAMES, ClaimEvidence, Concept

ON_PROOF: frozenset[Concept] = frozenset(("superlative", "guarantee", "health", "expert", "comparison"))
FURTHER = "further"
LETTER = "="
"""Before a thing that the offer must name in the same letters."""
LONGEST_ENDING = 4
WARRANTED = re.compile("guarantee|warrant|money.?back|保証|返金")


def _either(patterns: Iterable[str]) -> str:
    return "|".join(f"(?:{one})" for one in patterns)


CLAIMED: Mapping[Concept, Mapping[Tongue, re.Pattern[str]]] = {
    concept: in_folded(
        _either(one for one in patterns if JAPANESE.search(one)), _either(one for one in patterns if one.isascii())
    )
    for concept, patterns in PATTERNS.items()
}
ANY_MATERIAL = in_folded(_either(japanese for _, japanese in MATERIALS), _either(english for english, _ in MATERIALS))
MADE = in_folded(
    "|".join(
        f"(?P<m{place}>(?:{japanese})(?:{MADE_JA})|(?:{OF_JA})(?:{japanese}))"
        for place, (_, japanese) in enumerate(MATERIALS)
    ),
    "|".join(
        rf"(?P<m{place}>\b(?:(?:{MADE_EN} (?:[\w%-]+ ){{0,3}}?|{PURE_EN} |(?:{PARTS_EN}) (?:is|are) (?:[\w-]+ )?)"
        rf"(?:{english})|(?:{english}) (?:{PARTS_EN}))\b)"
        for place, (english, _) in enumerate(MATERIALS)
    ),
)
MADE_SO = in_folded(
    "|".join(f"(?P<q{place}>{japanese})" for place, (_, japanese) in enumerate(QUALITIES)),
    "|".join(rf"(?P<q{place}>\b(?:{english})\b)" for place, (english, _) in enumerate(QUALITIES)),
)
PROMISED = in_folded(
    "|".join(f"(?P<p{place}>{japanese})" for place, (_, japanese, _) in enumerate(PROMISES)),
    "|".join(f"(?P<p{place}>{english})" for place, (english, _, _) in enumerate(PROMISES)),
)
GIVING = in_folded(
    "|".join((NOT_GIVEN_JA, *(f"(?P<g{place}>{japanese})" for place, (_, japanese, _) in enumerate(GIVEN)))),
    "|".join((NOT_GIVEN_EN, *(f"(?P<g{place}>{english})" for place, (english, _, _) in enumerate(GIVEN)))),
)
COSTS_NOTHING = f"g{GIVEN.index(COSTLESS)}"

FROM = in_folded(
    "|".join(
        f"(?P<o{place}>(?:{japanese})製(?!造){'|国産' * (not place)})" for place, (_, _, japanese) in enumerate(ORIGINS)
    ),
    "|".join(
        rf"(?P<o{place}>\b(?:(?:made|grown|woven|brewed|roasted|produced|crafted) in (?:{country})"
        rf"|(?:{of_it})[- ]made)\b)"
        for place, (country, of_it, _) in enumerate(ORIGINS)
    ),
)
ANY_ORIGIN = in_folded("製|国産", r"\b(?:made|grown|woven|brewed|roasted|produced|crafted) in |[- ]made\b")
NAMED = in_folded(NAMED_JA, NAMED_EN)


COUNTRY = re.compile("|".join(country for country, _, _ in ORIGINS))
"""Places that are looked up in either language, not letter by letter."""


def _fact(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.translate(KATAKANA))


FACT_OF: Mapping[str, re.Pattern[str]] = {
    **{f"m{place}": _fact(rf"\b(?:{en})\b|{ja}") for place, (en, ja) in enumerate(MATERIALS)},
    **{f"q{place}": _fact(rf"\b(?:{en})\b|{ja}") for place, (en, ja) in enumerate(QUALITIES)},
    **{
        f"o{place}": _fact(rf"\b(?:{country}|{of_it})\b|{japanese}{'|' + AT_HOME if not place else ''}")
        for place, (country, of_it, japanese) in enumerate(ORIGINS)
    },
    **{f"p{place}": _fact(facts) for place, (_, _, facts) in enumerate(PROMISES)},
    **{f"g{place}": _fact(facts) for place, (_, _, facts) in enumerate(GIVEN)},
}
"""Which words of an offer's facts make a claim about the goods true."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Words that claim something, what kind of thing, and the thing where it is one of the goods."""

    concept: Concept
    text: str
    thing: str = ""


def unproven(rule: ClaimEvidence, reading: Reading) -> Iterator[Finding]:
    """The claims that neither evidence nor a fact in the same words supports."""
    told = reading.told.words
    for part in reading.parts:
        for line in part.lines:
            for claim in claims(line, rule.phrases):
                if claim.concept not in rule.concepts and claim.thing != FURTHER:
                    continue
                if not _supported(claim, told, reading, rule):
                    yield finding(rule, part.name, claim.text, _reason(rule, claim))


@functools.lru_cache(maxsize=8192)
def claims(line: str, phrases: tuple[str, ...] = ()) -> tuple[Claim, ...]:
    """Every claim in a plain line, each once."""
    found = [claim for fold in forms(line) for tongue in tongues(fold) for claim in _claims(fold, tongue)]
    if phrases:
        found += [Claim("superlative", hit.text, FURTHER) for hit in _index(phrases).find(line)]
    return tuple(dict.fromkeys(found))


OF_GOODS = ((None, MADE_SO), (ANY_MATERIAL, MADE), (ANY_ORIGIN, FROM))
"""(what has to stand in a line at all, claims about the goods)."""


def _claims(fold: str, tongue: Tongue) -> Iterator[Claim]:
    for concept, pattern in CLAIMED.items():
        for match in pattern[tongue].finditer(fold):
            yield Claim(concept, match[0].strip(" .!?"))
    for anchor, patterns in OF_GOODS:
        if anchor is not None and not anchor[tongue].search(fold):
            continue
        for match in patterns[tongue].finditer(fold):
            yield Claim("product", match[0], match.lastgroup or "")
    yield from _promised(fold, tongue)
    yield from _named(fold, tongue)


def _promised(fold: str, tongue: Tongue) -> Iterator[Claim]:
    """What is promised beside the goods, or given away; what only sounds so has no group."""
    for pattern in (PROMISED, GIVING):
        for match in pattern[tongue].finditer(fold):
            if match.lastgroup:
                yield Claim("promise", match[0], match.lastgroup)


def _named(fold: str, tongue: Tongue) -> Iterator[Claim]:
    """Origins, ingredients and codes that are told by name."""
    for match in NAMED[tongue].finditer(fold):
        thing = LETTER + (match[match.lastgroup] if match.lastgroup else "")
        if not COUNTRY.fullmatch(thing[1:]):
            yield Claim("product", match[0], thing)


@functools.lru_cache(maxsize=64)
def _index(phrases: tuple[str, ...]) -> PhraseIndex:
    return PhraseIndex([Forbidden(0, phrases, match="lemma")])


def _supported(claim: Claim, told: str, reading: Reading, rule: ClaimEvidence) -> bool:
    if claim.thing.startswith(LETTER):
        return claim.thing[1:][-LONGEST_ENDING:] in told
    if claim.thing and claim.thing != FURTHER:
        return FACT_OF[claim.thing].search(told) is not None or (claim.thing == COSTS_NOTHING and _is_given(reading))
    if claim.text in told or _has_evidence(rule, reading):
        return True
    return claim.text.startswith("guarante") and WARRANTED.search(told) is not None


def _is_given(reading: Reading) -> bool:
    """Whether something costs nothing, or is a coupon, which is given to its reader."""
    return any(offer.price == 0 or offer.kind == "coupon" for offer in reading.offers)


def _has_evidence(rule: ClaimEvidence, reading: Reading) -> bool:
    """Whether the offer that the message is about states its evidence, and it has not run out.

    Where it is about none, every offer that it lists has to.
    """
    about = reading.a.offer
    offers = reading.offers if about is None else (about,)
    return bool(offers) and all(_is_proven(rule, offer, reading) for offer in offers)


def _is_proven(rule: ClaimEvidence, offer: Offer, reading: Reading) -> bool:
    until = offer.facts.get(f"{rule.evidence}_until")
    return bool(offer.facts.get(rule.evidence)) and (until is None or str(until)[:10] >= reading.today.isoformat())


def _reason(rule: ClaimEvidence, claim: Claim) -> Text:
    better_ja, better_en = (rule.better.ja or "", rule.better.en or "") if rule.better else ("", "")
    ja, en = CONCEPT_NAMES[claim.concept]
    return Text(
        ja=f"「{claim.text}」（{ja}）を裏づける情報が、オファーにありません。{better_ja}",
        en=f'Nothing in the offer proves "{claim.text}" ({en}). {better_en}'.strip(),
    )
