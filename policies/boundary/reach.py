"""Reach: for whom, about what and when a rule holds, in words, and what it leaves alone."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from domain.channel import Purpose
from domain.language import phrase
from policies.audience import Audience, Bounds, Test
from policies.boundary.words import GENDERS, KINDS, LANGUAGES, STAGES, TIERS
from policies.rules import AnyRule
from policies.scope import DateRange, Except, Offers
from policies.wording import MONTHS_EN, channel_names, listed, number

VERBAL = "るいう"
"""Endings that stand before a noun as they are."""

MARKETING = frozenset({Purpose.MARKETING})
"""What rules are about where they do not say."""

PURPOSES: Mapping[str, tuple[str, str]] = {
    "marketing": ("販促", "marketing"),
    "transactional": ("手続きの連絡", "transactional messages"),
    "service": ("対応の連絡", "service messages"),
}
DISCOUNTED = {True: ("割引あり", "with a discount"), False: ("割引なし", "without a discount")}
BOUNDS = (("{}以上", "{} or more"), ("{}より上", "more than {}"), ("{}以下", "{} or less"), ("{}未満", "less than {}"))
AGES = (
    ("{}歳以上", "aged {} or over"),
    ("{}歳より上", "over {}"),
    ("{}歳以下", "aged {} or under"),
    ("{}歳未満", "under {}"),
)
"""Words for at_least, above, at_most and below."""


def said_whole(rule: AnyRule, language: str) -> str:
    """The rule in one sentence with its reach: 「30〜39歳・休眠のお客様：割引は10%まで。」"""
    said = rule.say(language)
    around = [*_whom(rule.scope.audience, language), *_offers(rule.scope.offers, language)]
    around += [f"「{one}」" if language == "ja" else f'"{one}"' for one in sorted(rule.scope.scenes or ())]
    channels = channel_names(rule.scope.channels, language) if rule.scope.channels else ""
    if channels and channels not in said:
        around.append(channels)
    if rule.scope.purposes != MARKETING:
        around += _purposes(rule.scope.purposes, language)
    around += _written_in(rule.scope.languages, language)
    around += [*_days(rule.scope.dates, language), *_days(rule.validity(), language)]
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
    for name, test in sorted(audience.attributes.items()):
        yield _attribute(name, test, language)


def _attribute(name: str, test: Test, language: str) -> str:
    if test.within is not None:
        told = _bounded(test.within, BOUNDS, language)
        return phrase(language, ja=f"{name}が{told}である", en=f"whose {name} is {told}")
    values = test.one_of if test.one_of is not None else (test.equals,) if test.equals is not None else ()
    if not values:
        known = bool(test.known)
        return phrase(
            language,
            ja=f"{name}が{'わかっている' if known else 'わからないという'}",
            en=f"whose {name} is {'known' if known else 'not known'}",
        )
    shown = [str(value).lower() if isinstance(value, bool) else str(value) for value in values]
    return phrase(language, ja=f"{name}が{'か'.join(shown)}である", en=f"whose {name} is {' or '.join(shown)}")


def _bounded(bounds: Bounds, words: Sequence[tuple[str, str]], language: str) -> str:
    limits = zip((bounds.at_least, bounds.above, bounds.at_most, bounds.below), words, strict=True)
    told = [phrase(language, ja=ja, en=en).format(number(one)) for one, (ja, en) in limits if one is not None]
    return phrase(language, ja="・", en=" and ").join(told)


def _ages(age: Bounds, language: str) -> str:
    if age.at_least is not None and age.at_most is not None:
        low, high = number(age.at_least), number(age.at_most)
        return phrase(language, ja=f"{low}〜{high}歳", en=f"aged {low} to {high}")
    return _bounded(age, AGES, language)


def _offers(offers: Offers | None, language: str) -> list[str]:
    """Each line on its own: within a line one of the values, and every line has to hold."""
    if offers is None:
        return []
    kinds = [phrase(language, ja=KINDS[kind][0], en=KINDS[kind][1]) for kind in sorted(offers.kinds or ())]
    lists = (
        (kinds, "{}", "about {}"),
        (sorted(offers.categories or ()), "カテゴリー{}", "in the category {}"),
        (sorted(offers.brands or ()), "ブランド{}", "of the brand {}"),
        (sorted(offers.ids or ()), "{}", "{}"),
        (sorted(offers.tags or ()), "タグ{}", "tagged {}"),
    )
    either = phrase(language, ja="か", en=" or ")
    told = [phrase(language, ja=ja, en=en).format(either.join(values)) for values, ja, en in lists if values]
    if offers.discounted is not None:
        ja, en = DISCOUNTED[offers.discounted]
        told.append(phrase(language, ja=ja, en=en))
    if not told:
        return [phrase(language, ja="オファー", en="offers")]
    return [phrase(language, ja=f"{'・'.join(told)}のオファー", en=f"offers {' and '.join(told)}")]


def _days(dates: DateRange | None, language: str) -> list[str]:
    if dates is None or (dates.first is None and dates.last is None):
        return []
    first, last = (_day(day, language) if day else "" for day in (dates.first, dates.last))
    return [phrase(language, ja=f"{first}〜{last}", en=f"{first or 'now'} to {last or 'further notice'}")]


def _day(day: date, language: str) -> str:
    month = MONTHS_EN[day.month - 1]
    return phrase(language, ja=f"{day.year}年{day.month}月{day.day}日", en=f"{day.day} {month} {day.year}")


def _left_alone(one: Except, language: str) -> str:
    offers = {name: getattr(one, name) for name in ("kinds", "categories", "brands", "ids", "discounted")}
    about = any(line is not None for line in offers.values())
    told = [*_whom(one, language), *(_offers(Offers(**offers), language) if about else [])]
    told += [f"「{scene}」" if language == "ja" else f'"{scene}"' for scene in sorted(one.scenes or ())]
    told += [channel_names(one.channels, language)] if one.channels else []
    told += [*_purposes(one.purposes or (), language), *_written_in(one.message_languages, language)]
    return phrase(language, ja="の", en=", ").join([*told, *_days(one.dates, language)])


def _purposes(purposes: Collection[Purpose], language: str) -> list[str]:
    return [phrase(language, ja=ja, en=en) for purpose, (ja, en) in PURPOSES.items() if purpose in purposes]


def _written_in(languages: Collection[str] | None, language: str) -> list[str]:
    named = [LANGUAGES[one] for one in sorted(languages or ())]
    return [phrase(language, ja=f"{ja}の文面", en=f"copy in {en}") for ja, en in named]
