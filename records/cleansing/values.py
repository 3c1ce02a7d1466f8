"""Values of traits, each read into its one form, or refused."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from math import isfinite
from zoneinfo import ZoneInfo, available_timezones

from pydantic import JsonValue

from domain.customer import Scalar, Tier
from records.cleansing import addresses, names

LONGEST_TEXT, LARGEST = 500, 1 << 63
GENDERS = {
    "f": "female",
    "female": "female",
    "woman": "female",
    "女": "female",
    "女性": "female",
    "m": "male",
    "male": "male",
    "man": "male",
    "男": "male",
    "男性": "male",
    "other": "other",
    "その他": "other",
}
COUNTRIES = {"japan": "JP", "日本": "JP", "jpn": "JP", "usa": "US", "united states": "US"}


class Refused(Exception):
    """A trait that cannot be used."""


def text_of(value: JsonValue) -> str:
    """A text that is neither empty nor endless."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_TEXT:
        raise Refused(value)
    return value


def scalar(value: JsonValue) -> Scalar:
    """A number, a truth or a text; lists and objects have no place in a profile."""
    if isinstance(value, bool | int | float):
        if abs(value) >= LARGEST or not isfinite(value):
            raise Refused(value)
        return value
    return text_of(value).strip()


def country(value: JsonValue) -> str:
    """The country in two letters."""
    plain = names.tidy(text_of(value))
    found = COUNTRIES.get(plain.casefold(), plain.upper())
    if len(found) != 2 or not found.isascii() or not found.isalpha():
        raise Refused(value)
    return found


def gender(value: JsonValue) -> str:
    """The gender in our word for it."""
    found = GENDERS.get(names.tidy(text_of(value)).casefold())
    if found is None:
        raise Refused(value)
    return found


def language(value: JsonValue) -> str:
    """The language without the country: ja for ja-JP and ja_JP."""
    plain = text_of(value).replace("_", "-").split("-")[0].strip().lower()
    if not 2 <= len(plain) <= 3 or not plain.isascii() or not plain.isalpha():
        raise Refused(value)
    return plain


def timezone(value: JsonValue) -> str:
    """A time zone that exists."""
    plain = text_of(value).strip()
    if plain not in zones():
        raise Refused(value)
    return ZoneInfo(plain).key


@lru_cache(maxsize=1)
def zones() -> frozenset[str]:
    """Every time zone that this machine knows."""
    return frozenset(available_timezones())


def age(value: JsonValue) -> int:
    """Whole years of a living person."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 130:
        raise Refused(value)
    return int(value)


def tier(value: JsonValue) -> Tier:
    """A rank that we know."""
    try:
        return Tier(text_of(value).strip().lower())
    except ValueError as error:
        raise Refused(value) from error


FIELDS: Mapping[str, tuple[str, Callable[[JsonValue], object]]] = {
    "name": ("display_name", lambda value: names.tidy(text_of(value))[:200]),
    "language": ("language", language),
    "timezone": ("timezone", timezone),
    "country": ("country", country),
    "region": ("region", lambda value: names.tidy(text_of(value))[:100]),
    "age": ("age", age),
    "gender": ("gender", gender),
    "tier": ("tier", tier),
}
FORMS: Mapping[str, Callable[[str], str]] = {
    "family_name": names.tidy,
    "given_name": names.tidy,
    "family_kana": names.tidy,
    "given_kana": names.tidy,
    "name_kana": names.tidy,
    "postal_code": addresses.postal_code,
    "address": lambda value: addresses.address(value).text,
}
"""Attributes that have one written form."""
