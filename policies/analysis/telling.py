"""Telling: what an audience and its facts are called, to people."""

from collections.abc import Iterator

from domain.features import NEVER
from domain.language import phrase
from policies.analysis.audience import about_customer
from policies.analysis.box import Box, Fact
from policies.analysis.constraint import Bound, Constraint, Marks, Range, Some
from policies.wording import listed, number

WORDS = {
    "stage": ("お客様の段階", "stage"),
    "tier": ("会員ランク", "tier"),
    "age": ("年齢", "age"),
    "days_since_order": ("最後の注文からの日数", "days since the last order"),
    "gender": ("性別", "gender"),
    "country": ("国", "country"),
    "region": ("地域", "region"),
    "language": ("言語", "language"),
    "message_language": ("文面の言語", "language of the message"),
    "tags": ("タグ", "tags"),
    "segments": ("セグメント", "segments"),
    "customer_id": ("お客様ID", "customer id"),
    "channel": ("チャネル", "channel"),
    "purpose": ("目的", "purpose"),
    "scene": ("施策", "scene"),
    "kind": ("オファーの種類", "kind of offer"),
    "category": ("カテゴリー", "category"),
    "brand": ("ブランド", "brand"),
    "offer_id": ("オファー", "offer"),
    "offer_tags": ("オファーのタグ", "tags of the offer"),
    "price": ("価格", "price"),
    "percent_off": ("割引率", "discount"),
    "margin_percent": ("粗利率", "margin"),
    "clock": ("時間帯", "hours"),
    "day": ("期間", "dates"),
    "holiday": ("祝日", "holidays"),
    "share": ("お客様の割合", "share of customers"),
    "sample": ("割合", "share"),
    "audience_size": ("対象人数", "size of the audience"),
}


def described(box: Box, language: str) -> str:
    """The customers of a box in words: 「年齢20未満・タグvip」."""
    said = [
        text
        for fact, part in sorted(box.parts.items(), key=str)
        if about_customer(fact)
        for text in _told(fact, part, language)
    ]
    everybody = phrase(language, ja="すべてのお客様", en="every customer")
    return listed(said, language) if said else everybody


def named(fact: Fact, language: str) -> str:
    """What a fact is called."""
    ja, en = WORDS.get(fact.name, (fact.name, fact.name))
    return phrase(language, ja=ja, en=en)


def _told(fact: Fact, part: Constraint, language: str) -> Iterator[str]:
    name = named(fact, language)
    match part:
        case Marks(needs, without):
            for need in sorted(needs, key=sorted):
                marks = "/".join(sorted(need))
                yield phrase(language, ja=f"{name}「{marks}」あり", en=f"{name} {marks}")
            if without:
                marks = "/".join(sorted(without))
                yield phrase(language, ja=f"{name}「{marks}」なし", en=f"without {name} {marks}")
        case Some(values, inverted, _):
            shown = "/".join(sorted(str(value) for value in values))
            yield phrase(
                language,
                ja=f"{name}が{shown}{'以外' if inverted else ''}",
                en=f"{name} {'not ' if inverted else ''}{shown}",
            )
        case Range():
            yield _range_told(name, part, language)


def _range_told(name: str, part: Range, language: str) -> str:
    low = "" if part.low is None else _bound(part.low)
    high = "" if part.high is None or part.high == NEVER else _bound(part.high)
    if low and low == high:
        return phrase(language, ja=f"{name}{low}", en=f"{name} {low}")
    ja = (f"{low}{'より上' if part.above else '以上'}" if low else "") + (
        f"{high}{'未満' if part.below else '以下'}" if high else ""
    )
    en = [f"{'above' if part.above else 'from'} {low}"] if low else []
    en += [f"{'below' if part.below else 'up to'} {high}"] if high else []
    return phrase(language, ja=f"{name}{ja}", en=" ".join([name, *en]))


def _bound(value: Bound) -> str:
    return value if isinstance(value, str) else number(value)
