"""Reach: for whom, about what and when a rule holds, in words, and what it leaves alone."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from domain.channel import Purpose
from domain.language import phrase
from policies.audience import Audience, Bounds
from policies.boundary.words import GENDERS, KINDS, LANGUAGES, STAGES, TIERS
from policies.rules import AnyRule
from policies.scope import DateRange, Except, Offers
from policies.wording import MONTHS_EN, channel_names, listed, number

VERBAL = "るいう"
"""Endings that stand before a noun as they are."""

PURPOSES = {"marketing": ("販促", "marketing"), "transactional": ("手続きの連絡", "transactional messages")}
PURPOSES["service"] = ("対応の連絡", "service messages")


def said_whole(rule: AnyRule, language: str) -> str:
    """The rule in one sentence with its reach: 「30〜39歳・休眠のお客様：割引は10%まで。」"""
    said = rule.say(language)
    around = [*_whom(rule.scope.audience, language), *_offers(rule.scope.offers, language)]
    around += [f"「{one}」" if language == "ja" else f'"{one}"' for one in sorted(rule.scope.scenes or ())]
    channels = channel_names(rule.scope.channels, language) if rule.scope.channels else ""
    if channels and channels not in said:
        around.append(channels)
    around += _days(rule.scope.dates, language)
    reach = listed(around, language) if language == "ja" else ", ".join(around)
    left = listed([_left_alone(one, language) for one in rule.scope.excepted], language)
    whole = phrase(language, ja=f"{reach}：{said}", en=f"For {reach}: {said}") if reach else said
    return phrase(language, ja=f"{whole}（除く：{left}）", en=f"{whole} (except {left})") if left else whole


def _whom(audience: Audience | None, language: str) -> list[str]:
    if audience is None:
        return []
    told = list(_traits(audience, language))
    if not told:
        return []
    ja, en = "・".join(told), " and ".join(told)
    return [phrase(language, ja=f"{ja}{'' if ja[-1] in VERBAL else 'の'}お客様", en=f"customers {en}")]


def _traits(audience: Audience, language: str) -> Iterator[str]:
    if audience.age is not None:
        yield _ages(audience.age, language)
    named: tuple[tuple[Iterable[object] | None, Mapping[object, tuple[str, str]]], ...] = (
        (audience.stages, STAGES),
        (audience.tiers, TIERS),
        (audience.genders, GENDERS),
        (audience.languages, LANGUAGES),
    )
    for values, words in named:
        if values:
            yield _one_of((words.get(one, (str(one), str(one))) for one in sorted(map(str, values))), language)
    if audience.tier_at_least is not None:
        ja, en = TIERS[audience.tier_at_least]
        yield phrase(language, ja=f"{ja.removesuffix('の')}以上", en=f"of the {en.removesuffix('-tier')} tier or above")
    if audience.tier_below is not None:
        ja, en = TIERS[audience.tier_below]
        yield phrase(language, ja=f"{ja.removesuffix('の')}より下", en=f"below the {en.removesuffix('-tier')} tier")
    yield from _marked(audience, language)


def _one_of(words: Iterable[tuple[str, str]], language: str) -> str:
    pairs = list(words)
    ja = "か".join(one.removesuffix("の") for one, _ in pairs)
    return phrase(language, ja=ja, en=f"who are {' or '.join(one for _, one in pairs)}")


def _marked(audience: Audience, language: str) -> Iterator[str]:
    lists: tuple[tuple[frozenset[str] | None, str, Callable[[str], str]], ...] = (
        (audience.countries, "国{}", lambda shown: f"in {shown}"),
        (audience.regions, "{}", lambda shown: f"in {shown}"),
        (audience.tags, "タグ{}のある", lambda shown: f"tagged {shown}"),
        (audience.without_tags, "タグ{}のない", lambda shown: f"not tagged {shown}"),
        (audience.segments, "セグメント{}の", lambda shown: f"in the segment {shown}"),
        (audience.without_segments, "セグメント{}以外の", lambda shown: f"not in the segment {shown}"),
    )
    for values, ja, en in lists:
        if values:
            told = sorted(values)
            yield phrase(language, ja=ja.format("か".join(told)).removesuffix("の"), en=en(" or ".join(told)))
    for name in sorted(audience.attributes):
        yield phrase(language, ja=f"{name}が条件に合う", en=f"whose {name} fits")


def _ages(age: Bounds, language: str) -> str:
    if age.at_least is not None and age.at_most is not None:
        low, high = number(age.at_least), number(age.at_most)
        return phrase(language, ja=f"{low}〜{high}歳", en=f"aged {low} to {high}")
    limits = (
        (age.at_least, "{}歳以上", "aged {} or over"),
        (age.above, "{}歳より上", "over {}"),
        (age.at_most, "{}歳以下", "aged {} or under"),
        (age.below, "{}歳未満", "under {}"),
    )
    told = [phrase(language, ja=ja, en=en).format(number(limit)) for limit, ja, en in limits if limit is not None]
    return phrase(language, ja="・", en=" and ").join(told)


def _offers(offers: Offers | None, language: str) -> list[str]:
    if offers is None:
        return []
    told = [*sorted(offers.categories or ()), *sorted(offers.brands or ()), *sorted(offers.ids or ())]
    kinds = [phrase(language, ja=KINDS[kind][0], en=KINDS[kind][1]) for kind in sorted(offers.kinds or ())]
    tags = [phrase(language, ja=f"タグ{tag}", en=f"tagged {tag}") for tag in sorted(offers.tags or ())]
    words = [*kinds, *told, *tags]
    if not words:
        return [phrase(language, ja="オファー", en="offers")] if offers.discounted is None else []
    return [phrase(language, ja=f"{'か'.join(words)}のオファー", en=f"offers of {' or '.join(words)}")]


def _days(dates: DateRange | None, language: str) -> list[str]:
    if dates is None:
        return []
    first, last = (_day(day, language) if day else "" for day in (dates.first, dates.last))
    return [phrase(language, ja=f"{first}〜{last}", en=f"{first or 'now'} to {last or 'further notice'}")]


def _day(day: date, language: str) -> str:
    return phrase(language, ja=f"{day.month}月{day.day}日", en=f"{day.day} {MONTHS_EN[day.month - 1]}")


def _left_alone(one: Except, language: str) -> str:
    offers = Offers(kinds=one.kinds, categories=one.categories, brands=one.brands, ids=one.ids)
    about = any(line is not None for line in (one.kinds, one.categories, one.brands, one.ids))
    told = [*_whom(one, language), *(_offers(offers, language) if about else [])]
    told += [f"「{scene}」" if language == "ja" else f'"{scene}"' for scene in sorted(one.scenes or ())]
    told += [channel_names(one.channels, language)] if one.channels else []
    told += [phrase(language, ja=PURPOSES[purpose][0], en=PURPOSES[purpose][1]) for purpose in _purposes(one)]
    told += _days(one.dates, language)
    return phrase(language, ja="の", en=", ").join(told) or phrase(language, ja="その他の条件", en="further conditions")


def _purposes(one: Except) -> list[str]:
    return [purpose.value for purpose in Purpose if one.purposes and purpose in one.purposes]
