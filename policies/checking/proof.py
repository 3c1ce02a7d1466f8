"""Proof: strong claims that nothing in the offer supports, from a short list of its own."""

import re
from collections.abc import Iterator, Mapping

from domain.language import Text
from policies.checking.desk import Desk
from policies.checking.fault import Fault, in_copy
from policies.checking.forms import spoken
from policies.checking.letters import read, squeezed
from policies.checking.phrases import readings, said
from policies.rules.claim_evidence import ClaimEvidence

LATIN = {
    "superlative": r"world'?s (?:best|first|finest|no)|number one|no ?1|best in (?:the|class|japan)|unrivall?ed"
    r"|cheapest|lowest price|(?:ever |so |very )?popular|trending|in high demand|much loved|talk of the town",
    "guarantee": r"guaranteed?(?! by the maker)|risk ?free|100 ?% (?:safe|effective)|never fails|miracles?|miraculous",
    "health": r"cures?|heals?|lose weight|slims? you|anti ?aging|prevents? (?:disease|cancer|colds)"
    r"|no more (?:headaches|pain)|boosts? immunity",
    "expert": r"clinically (?:proven|tested)|doctor recommended|recommended by doctors|scientifically proven",
    "comparison": r"better than (?:any|all|every) other|beats? (?:all|every|any)"
    r"|cheaper than (?:the |any |other )?(?:\w+ )?(?:shops?|stores?|supermarkets?|elsewhere|anywhere)",
    "product": r"(?:made of|100 ?%|pure) (?:silk|cashmere|gold|leather|wool|linen|diamond)",
    "promise": r"free (?:shipping|delivery|returns|gift)|money back|free of charge|for free|(?:is|are) free"
    r"(?! from| to)|complimentary|gratis|on the house|costs? you nothing|no charge|a (?:gift|present) for you"
    r"|you (?:have |ve )?won|your prize|lucky winner|for a (?:dollar|fiver|tenner|buck|quid|penny)",
}
JAPANESE = {
    "superlative": r"日本一|世界一|業界(?:初|no1|なんばーわん|一)|世界初|日本初|最安値|史上(?:最高|最強|初)"
    r"|なんばーわん|しぇあ1位|売上1位|大?人気(?:の(?!な)|です|商品)|売れて(?:い|お)|大好評|話題の|べすとせらー",
    "guarantee": r"必ず(?:痩|治|儲|成功|満足)|確実に(?:痩|治|効)|絶対に|効果を?保証|100%(?:安全|効果)|100%?安全",
    "health": r"痩せ(?:る|ます|られ)|若返|治り?ます|病気が治|がんに効|免疫力が?(?:上|高)|しわが消|美白効果"
    r"|脂肪が?燃焼|(?:血圧|血糖値?|これすてろーる)が?下が|(?:肩こり|腰痛|頭痛)が(?:楽|やわら|和ら|軽く)"
    r"|太りにく|疲れが(?:取れ|とれ)(?:る|ま)|ぐっすり眠れ|風邪をひきにく",
    "expert": r"医師(?:も|が)?(?:推薦|推奨|監修|おすすめ)|臨床(?:試験|的)|科学的に証明|専門家(?:も|が)(?:推薦|推奨)",
    "comparison": r"他社(?:より|製品より|を上回)|どこよりも"
    r"|(?:隣|となり|近所|よそ|ほか|すーぱー|ねっと)の?(?:お?店)?よりも?(?:お?安|割安)",
    "product": r"(?:本革|純金|正絹|天然だいや|無添加|有機栽培)",
    "promise": r"送料無料|返品無料|全額返金|無料で(?:進呈|差し上げ|お?付け)|ぷれぜんと(?:いたし|します|しており)"
    r"|進呈(?:いた|しま)|無償で"
    r"|(?:お代|代金|費用|お金)は(?:いただきませ|頂きませ|かかりませ|不要)|(?<!応募者の)当選(?:され|しま|"
    r"おめでと)|もうひとつさーびす",
}
SHIPPING = re.compile(r"送料|shipping|delivery")
GIVEN = re.compile(
    r"free|gratis|charge|complimentary|house|nothing|gift|present|無料|無償|進呈"
    r"|ぷれぜんと|いただきませ|不要|かかりませ|さーびす"
)
GIVES = re.compile(
    r"free(?!shipping|delivery|returns)|gift|sample|bonus|reward|benefit|(?<!送料)無料|無償|進呈|ぷれぜんと|特典"
)


def claims_without_proof(rule: ClaimEvidence, desk: Desk) -> Iterator[Fault]:
    """A claim stands only with evidence, or where the offer's own facts say the same."""
    told = _told(desk)
    proven = _proven(rule, desk)
    for piece in desk.pieces:
        for concept, words in _found(piece.text):
            only_facts = concept in ("product", "promise")
            if SHIPPING.search(words) and SHIPPING.search(told):
                continue
            if concept == "promise" and GIVEN.search(words) and (GIVES.search(told) or _given(desk)):
                continue
            if concept in rule.concepts and squeezed(words) not in told and (only_facts or not proven):
                yield in_copy(rule.id, rule.type, piece.name, words, "根拠がありません", "has no proof")
        for phrase in rule.phrases:
            if not proven and said(phrase, (), piece.text) and squeezed(read(phrase)) not in told:
                yield in_copy(rule.id, rule.type, piece.name, phrase, "根拠がありません", "has no proof")


def _found(text: str) -> Iterator[tuple[str, str]]:
    seen = readings(text)
    for concept, pattern in ENGLISH.items():
        yield from ((concept, found[0]) for way in seen.words for found in pattern.finditer(way))
    for concept, pattern in KANA_KANJI.items():
        yield from ((concept, found[0]) for found in pattern.finditer(seen.letters))
    for concept, pattern in WRITTEN_OUT.items():
        yield from ((concept, found[0]) for found in pattern.finditer(seen.spoken))


ENGLISH: Mapping[str, re.Pattern[str]] = {
    concept: re.compile(rf"(?<![a-z0-9])(?:{pattern})(?![a-z0-9])") for concept, pattern in LATIN.items()
}
KANA_KANJI: Mapping[str, re.Pattern[str]] = {concept: re.compile(pattern) for concept, pattern in JAPANESE.items()}
WRITTEN_OUT = {concept: re.compile(spoken(JAPANESE[concept])) for concept in ("superlative", "guarantee", "health")}


def _told(desk: Desk) -> str:
    """The offers' own words, names of facts included, closed up."""
    words: list[str] = []
    for offer in desk.offers:
        for value in (offer.name, offer.brand, offer.category, *offer.facts.values()):
            words += [value.ja or "", value.en or ""] if isinstance(value, Text) else [str(value)]
        words += [name.replace("_", " ") for name, value in offer.facts.items() if value]
    return "\n".join(squeezed(read(word)) for word in words)


def _given(desk: Desk) -> bool:
    """Whether a price or a fee is nothing, or the message is about a coupon."""
    fees = (value for offer in desk.offers for name, value in offer.facts.items() if "fee" in name or "price" in name)
    return any(value == 0 and value is not False for value in fees) or any(
        offer.price == 0 or offer.kind == "coupon" for offer in desk.offers
    )


def _proven(rule: ClaimEvidence, desk: Desk) -> bool:
    """Evidence speaks for the offer that has it: one offer of a list proves nothing about the others."""
    offers = desk.offers if desk.a.offer is None else (desk.a.offer,)
    today = desk.ledger.today.isoformat()
    ends = [str(offer.facts.get(f"{rule.evidence}_until") or today)[:10] for offer in offers]
    return bool(offers) and all(
        bool(offer.facts.get(rule.evidence)) and end >= today for offer, end in zip(offers, ends, strict=True)
    )
