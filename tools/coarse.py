"""Coarse facts: what a model may be told of a customer, as words of a fixed vocabulary and never as anybody wrote them.

A rule says which of these facts may be told at all. What is told comes from closed lists, from the catalogue or from
the playbook: whatever else stands in such a field, an address or a name, has no word here and is left out.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from domain.customer import Record
from domain.language import Language, phrase
from domain.memory import Distance
from domain.moment import Moment
from domain.stage_words import STAGES
from tools.offers import Catalogue
from tools.regions import region_of
from tools.topics import usable

MOST = 5
"""Interests, habits, tags or segments that are told at once."""

OWN_WORDS = frozenset({Distance.TOLD_US, Distance.DID_WITH_US})
GENDERS: Mapping[str, tuple[str, str]] = {"female": ("女性", "female"), "male": ("男性", "male")}
SEASONS = (("冬", "winter"), ("春", "spring"), ("夏", "summer"), ("秋", "autumn"))
WEATHERS: Mapping[str, tuple[str, str]] = {
    "rain": ("雨", "rain"),
    "rainy": ("雨", "rain"),
    "snow": ("雪", "snow"),
    "snowy": ("雪", "snow"),
    "clear": ("晴れ", "clear"),
    "sunny": ("晴れ", "sunny"),
    "cloud": ("くもり", "cloudy"),
    "clouds": ("くもり", "cloudy"),
    "cloudy": ("くもり", "cloudy"),
    "wind": ("風が強い", "windy"),
    "windy": ("風が強い", "windy"),
    "storm": ("荒天", "stormy"),
    "hot": ("暑い", "hot"),
    "cold": ("寒い", "cold"),
}
DEVICES: Mapping[str, tuple[str, str]] = {
    "ios": ("スマートフォン", "smartphone"),
    "android": ("スマートフォン", "smartphone"),
    "smartphone": ("スマートフォン", "smartphone"),
    "mobile": ("スマートフォン", "smartphone"),
    "tablet": ("タブレット", "tablet"),
    "desktop": ("パソコン", "computer"),
    "pc": ("パソコン", "computer"),
    "kiosk": ("店頭端末", "kiosk"),
}
NAMES: Mapping[str, tuple[str, str]] = {
    "stage": ("顧客ステージ", "stage"),
    "tier": ("会員ランク", "tier"),
    "age_band": ("年代", "age band"),
    "gender": ("性別", "gender"),
    "country": ("国", "country"),
    "region": ("地域", "region"),
    "tags": ("タグ", "tags"),
    "segments": ("セグメント", "segments"),
    "interests": ("関心", "interests"),
    "habits": ("よく買う分野", "often buys"),
    "season": ("季節", "season"),
    "weather": ("天気", "weather"),
    "place": ("場所", "place"),
    "device": ("端末", "device"),
}


@dataclass(frozen=True, slots=True)
class Around:
    """What coarse facts are read from, and the words that catalogue and playbook already use."""

    record: Record
    moment: Moment
    today: date
    catalogue: Catalogue | None
    marketers: frozenset[str] = frozenset()
    """Tags and segments that rules of the playbook name."""


Coarse = tuple[tuple[str, str], ...]


def coarse(around: Around, allowed: frozenset[str], language: Language) -> Coarse:
    """The facts that are allowed and known, each as its name and its word."""
    found: list[tuple[str, str]] = []
    for field, read in READERS.items():
        told = read(around, language) if field in allowed else None
        if told:
            ja, en = NAMES[field]
            found.append((phrase(language, ja=ja, en=en), told))
    return tuple(found)


def _one_of(words: Mapping[str, tuple[str, str]], value: str | None, language: Language) -> str | None:
    found = words.get(value.strip().lower()) if value else None
    return phrase(language, ja=found[0], en=found[1]) if found else None


def _stage(around: Around, language: Language) -> str | None:
    return _one_of(STAGES, around.record.customer.stage, language)


def _tier(around: Around, language: Language) -> str | None:
    tier = around.record.customer.tier
    return tier.value if tier else None


def _age_band(around: Around, language: Language) -> str | None:
    age = around.record.customer.age
    if age is None:
        return None
    if age < 20:
        return phrase(language, ja="20歳未満", en="under 20")
    if age >= 70:
        return phrase(language, ja="70代以上", en="70 or older")
    return phrase(language, ja=f"{age // 10 * 10}代", en=f"{age // 10 * 10}s")


def _gender(around: Around, language: Language) -> str | None:
    return _one_of(GENDERS, around.record.customer.gender, language)


def _country(around: Around, language: Language) -> str | None:
    return around.record.customer.country


def _region(around: Around, language: Language) -> str | None:
    return region_of(around.record.customer.region)


def _tags(around: Around, language: Language) -> str | None:
    return _listed(sorted(around.record.customer.tags & around.marketers), language)


def _segments(around: Around, language: Language) -> str | None:
    return _listed(sorted(around.record.customer.segments & around.marketers), language)


def _interests(around: Around, language: Language) -> str | None:
    memories = sorted(around.record.memories, key=lambda memory: -memory.at.timestamp())
    topics = [memory.topic for memory in memories if memory.distance in OWN_WORDS and usable(memory) and memory.topic]
    return _listed(_categories(topics, around.catalogue), language)


def _habits(around: Around, language: Language) -> str | None:
    return _listed(_categories(around.record.features.habits.topics, around.catalogue), language)


def _season(around: Around, language: Language) -> str | None:
    ja, en = SEASONS[around.today.month % 12 // 3]
    return phrase(language, ja=ja, en=en)


def _weather(around: Around, language: Language) -> str | None:
    return _one_of(WEATHERS, around.moment.weather, language)


def _place(around: Around, language: Language) -> str | None:
    """That they are at one of our shops, never at which or how near."""
    place = around.moment.location.place if around.moment.location else None
    return phrase(language, ja="店舗", en="at a shop") if place and place.startswith("store:") else None


def _device(around: Around, language: Language) -> str | None:
    return _one_of(DEVICES, around.moment.device, language)


READERS: Mapping[str, Callable[[Around, Language], str | None]] = {
    "stage": _stage,
    "tier": _tier,
    "age_band": _age_band,
    "gender": _gender,
    "country": _country,
    "region": _region,
    "tags": _tags,
    "segments": _segments,
    "interests": _interests,
    "habits": _habits,
    "season": _season,
    "weather": _weather,
    "place": _place,
    "device": _device,
}


def _categories(topics: tuple[str, ...] | list[str], catalogue: Catalogue | None) -> list[str]:
    """The categories of the catalogue behind topics: a product bought stands for its category."""
    return list(dict.fromkeys(_of_catalogue(topics, catalogue))) if catalogue else []


def _of_catalogue(topics: tuple[str, ...] | list[str], catalogue: Catalogue) -> Iterator[str]:
    for topic in topics:
        categories = {catalogue.offers[place].category for place in catalogue.by_topic.get(topic, ())} - {None}
        yield from sorted(category for category in categories if category)[:1]


def _listed(words: list[str], language: Language) -> str | None:
    return phrase(language, ja="、", en=", ").join(words[:MOST]) or None
