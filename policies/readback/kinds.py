"""Kinds: how a value is said, and how what was said is read again."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from domain.channel import Channel
from domain.language import Text, phrase
from policies.audience import Bounds
from policies.readback.marks import all_unquoted, cut, either, quoted, unquoted
from policies.readback.names import Names
from policies.scope import DateRange
from policies.wording import CHANNELS_EN, CHANNELS_JA, MONTHS_EN, channel_names, listed, number, percent

NOBODY = ("なし", "none")
BOUNDS = (("{}以上", "{} or more"), ("{}より上", "more than {}"), ("{}以下", "{} or less"), ("{}未満", "less than {}"))
AGES = (
    ("{}歳以上", "aged {} or over"),
    ("{}歳より上", "over {}"),
    ("{}歳以下", "aged {} or under"),
    ("{}歳未満", "under {}"),
)
ORDERS = (
    ("{}日以上", "{} or more days ago"),
    ("{}日超", "more than {} days ago"),
    ("{}日以内", "{} or fewer days ago"),
    ("{}日未満", "less than {} days ago"),
)
"""Words for at_least, above, at_most and below."""
LAST_ORDER = ("最後の注文から", "who last ordered ")
ONCE_ORDERED = ("注文したことがあって最後の注文から", "who have ordered before but last ")
"""What is said where somebody who never ordered could be thought to be meant."""
EVER, EVER_ORDERED = Bounds(at_least=0), ("注文したことのある", "who have ordered before")
LIMITS = ("at_least", "above", "at_most", "below")
FIGURE = r"-?[\d,]+(?:\.\d+)?"
DAY_JA = re.compile(r"(\d+)年(\d+)月(\d+)日")
DAY_EN = re.compile(rf"(\d+) ({'|'.join(MONTHS_EN)}) (\d+)")


@dataclass(frozen=True, slots=True)
class Kind:
    """A way of saying a value and of reading it again; `read` raises ValueError where the words say something else."""

    say: Callable[[object, str], str]
    read: Callable[[str, str], object]


def figure(words: str) -> Decimal:
    """A number as it is said; raises ValueError for anything else."""
    if not re.fullmatch(FIGURE, words):
        raise ValueError(f"{words!r} is no number")
    return Decimal(words.replace(",", ""))


def _of(words: str, chosen: Names, language: str) -> str:
    for value, names in chosen.items():
        if words.removesuffix("の") == names[0 if language == "ja" else 1].removesuffix("の"):
            return value
    raise ValueError(f"{words!r} is none of {sorted(chosen)}")


def named(chosen: Names, *, ja: str = "か", en: str = " or ", ordered: bool = False) -> Kind:
    """Values that have names; one that has none is quoted."""

    def say(value: object, language: str) -> str:
        values = list(map(str, cast("Collection[str]", value)))
        told = [
            chosen[one][0 if language == "ja" else 1].removesuffix("の") if one in chosen else quoted(one, language)
            for one in (values if ordered else sorted(values))
        ]
        return phrase(language, ja=ja, en=en).join(told) or phrase(language, ja=NOBODY[0], en=NOBODY[1])

    def read(words: str, language: str) -> object:
        if words in NOBODY:
            return []
        return [_one(part, language) for part in cut(words, ja if language == "ja" else en)]

    def _one(part: str, language: str) -> str:
        return unquoted(part) if part[:1] in ('"', "「") else _of(part, chosen, language)

    return Kind(say, read)


def one_named(chosen: Names) -> Kind:
    """A single value that has a name."""
    return Kind(
        lambda value, language: chosen[str(value)][0 if language == "ja" else 1],
        lambda words, language: _of(words, chosen, language),
    )


def _say_quotes(value: object, language: str, *, ordered: bool) -> str:
    values = list(cast("Iterable[str]", value))
    return either(values if ordered else sorted(values), language) or phrase(language, ja=NOBODY[0], en=NOBODY[1])


def _read_quotes(words: str, language: str) -> object:
    return [] if words in NOBODY else list(all_unquoted(words))


QUOTES = Kind(lambda value, language: _say_quotes(value, language, ordered=False), _read_quotes)
QUOTES_IN_ORDER = Kind(lambda value, language: _say_quotes(value, language, ordered=True), _read_quotes)
QUOTE = Kind(lambda value, language: quoted(str(value), language), lambda words, language: unquoted(words))
FLAG = Kind(
    lambda value, language: phrase(language, ja="はい" if value else "いいえ", en="yes" if value else "no"),
    lambda words, language: {"はい": True, "yes": True, "いいえ": False, "no": False}[words],
)
NUMBER = Kind(lambda value, language: number(cast(Decimal, value)), lambda words, language: str(figure(words)))
SHARE = Kind(
    lambda value, language: f"{percent(cast(float, value))}%",
    lambda words, language: float(figure(words.removesuffix("%")) / 100),
)


def said_channels(value: object, language: str) -> str:
    return channel_names(cast("Collection[Channel]", value), language)


def heard_channels(words: str, language: str) -> list[str]:
    """The channels of a list; raises ValueError for a word that is none."""
    table = CHANNELS_JA if language == "ja" else CHANNELS_EN
    back = {name: channel for channel, name in table.items()}
    parts = words.split("・") if language == "ja" else re.split(r", | and ", words)
    return [back[part] if part in back else _no_channel(part) for part in parts]


def _no_channel(word: str) -> str:
    raise ValueError(f"{word!r} is no channel")


CHANNELS = Kind(said_channels, heard_channels)


def _say_bounds(bounds: Bounds, words: tuple[tuple[str, str], ...], language: str) -> str:
    limits = zip((getattr(bounds, name) for name in LIMITS), words, strict=True)
    told = [phrase(language, ja=ja, en=en).format(number(one)) for one, (ja, en) in limits if one is not None]
    return phrase(language, ja="かつ", en=" but ").join(told)


def _read_bounds(said: str, words: tuple[tuple[str, str], ...], language: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in said.split("かつ" if language == "ja" else " but "):
        for name, pair in zip(LIMITS, words, strict=True):
            before, _, after = pair[0 if language == "ja" else 1].partition("{}")
            figure_ = part.removeprefix(before).removesuffix(after)
            if part.startswith(before) and part.endswith(after) and re.fullmatch(FIGURE, figure_):
                found[name] = float(figure(figure_))
                break
        else:
            raise ValueError(f"{part!r} is no bound")
    return found


WITHIN = Kind(
    lambda value, language: _say_bounds(cast(Bounds, value), BOUNDS, language),
    lambda words, language: _read_bounds(words, BOUNDS, language),
)


def said_ages(value: object, language: str) -> str:
    """A range of ages: 「30〜39歳」, "aged 30 to 39"."""
    age = cast(Bounds, value)
    if age.at_least is not None and age.at_most is not None and age.above is None and age.below is None:
        low, high = number(age.at_least), number(age.at_most)
        return phrase(language, ja=f"{low}〜{high}歳", en=f"aged {low} to {high}")
    return _say_bounds(age, AGES, language)


def heard_ages(words: str, language: str) -> dict[str, float]:
    """The range of ages that was said."""
    found = re.fullmatch(rf"({FIGURE})〜({FIGURE})歳" if language == "ja" else rf"aged ({FIGURE}) to ({FIGURE})", words)
    if found:
        return {"at_least": float(figure(found[1])), "at_most": float(figure(found[2]))}
    return _read_bounds(words, AGES, language)


def said_orders(value: object, language: str) -> str:
    """How long ago the newest order was: 「最後の注文から14日未満」, "who last ordered less than 14 days ago"."""
    days = cast(Bounds, value)
    if days == EVER:
        return phrase(language, ja=EVER_ORDERED[0], en=EVER_ORDERED[1])
    ja, en = ONCE_ORDERED if days.at_most is None and days.below is None else LAST_ORDER
    return phrase(language, ja=ja, en=en) + _say_bounds(days, ORDERS, language)


def heard_orders(words: str, language: str) -> dict[str, float]:
    """How long ago the newest order was said to be."""
    if words in EVER_ORDERED:
        return EVER.model_dump(exclude_none=True)
    for pair in (ONCE_ORDERED, LAST_ORDER):
        before = pair[0 if language == "ja" else 1]
        if words.startswith(before):
            return _read_bounds(words.removeprefix(before), ORDERS, language)
    raise ValueError(f"{words!r} says nothing of orders")


def said_day(day: date, language: str) -> str:
    """A day: 「2026年12月1日」, "1 December 2026"."""
    month = MONTHS_EN[day.month - 1]
    return phrase(language, ja=f"{day.year}年{day.month}月{day.day}日", en=f"{day.day} {month} {day.year}")


def heard_day(words: str) -> date:
    """The day that was said; raises ValueError where none was."""
    if found := DAY_JA.fullmatch(words):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := DAY_EN.fullmatch(words):
        return date(int(found[3]), MONTHS_EN.index(found[2]) + 1, int(found[1]))
    raise ValueError(f"{words!r} is no day")


def said_days(value: object, language: str) -> str:
    """A stretch of days, one end of which may be open."""
    dates = cast(DateRange, value)
    first, last = (said_day(day, language) if day else "" for day in (dates.first, dates.last))
    if not first and not last:
        return phrase(language, ja="いつでも", en="any day")
    return phrase(language, ja=f"{first}〜{last}", en=f"{first or 'now'} to {last or 'further notice'}")


def heard_days(words: str, language: str) -> dict[str, date]:
    """The stretch of days that was said."""
    if words in ("いつでも", "any day"):
        return {}
    first, separator, last = words.partition("〜" if language == "ja" else " to ")
    if not separator:
        raise ValueError(f"{words!r} is no stretch of days")
    ends = {"from": first, "until": last}
    return {name: heard_day(day) for name, day in ends.items() if day not in ("", "now", "further notice")}


DAYS = Kind(said_days, heard_days)


def said_text(value: object, language: str) -> str:
    """A text in the languages that it exists in: 日本語「…」・英語「…」."""
    text = cast(Text, value)
    told = [
        phrase(language, ja=f"{ja}{quoted(words, 'ja')}", en=f"{en} {quoted(words, 'en')}")
        for words, ja, en in ((text.ja, "日本語", "Japanese"), (text.en, "英語", "English"))
        if words is not None
    ]
    return listed(told, language) if told else phrase(language, ja=NOBODY[0], en=NOBODY[1])


def heard_text(words: str, language: str) -> dict[str, str]:
    """The text that was said."""
    if words in NOBODY:
        return {}
    found = {}
    quote = r"「(?:\\.|[^「」\\])*」" if language == "ja" else r'"(?:\\.|[^"\\])*"'
    for name, ja, en in (("ja", "日本語", "Japanese"), ("en", "英語", "English")):
        if one := re.search(f"{ja}({quote})" if language == "ja" else f"{en} ({quote})", words):
            found[name] = unquoted(one[1])
    if not found:
        raise ValueError(f"{words!r} is no text")
    return found


TEXT = Kind(said_text, heard_text)
