"""Traits: what an identify call says of a customer, cleansed, in the profile."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from pydantic import JsonValue

from domain.customer import Customer, IdentifierKind, Scalar, Tier
from domain.errors import Malformed
from records import profiles
from records.cleansing import addresses, dates, names
from records.connection import Connection
from records.identifiers import normalised

MOST_ATTRIBUTES, LONGEST_NAME, LONGEST_TEXT = 200, 100, 500
SPOKEN_FOR = frozenset({"id", "user_id", "anonymous_id", "avatar"})
"""Traits that the claim says already, or that nobody needs."""
IDENTIFIERS: Mapping[str, IdentifierKind] = {
    "email": "email",
    "phone": "phone",
    "loyalty_id": "loyalty_id",
    "line_id": "line_id",
}
ACCOUNT_FACTS = frozenset({"points", "points_expire", "points_expiring", "rank_gap", "rank_points", "miles", "balance"})
"""Facts that are true of a day; beside each stands since when."""

ALIASES = {
    "first_name": "given_name",
    "last_name": "family_name",
    "surname": "family_name",
    "first_name_kana": "given_kana",
    "given_name_kana": "given_kana",
    "last_name_kana": "family_kana",
    "family_name_kana": "family_kana",
    "kana": "name_kana",
    "furigana": "name_kana",
    "display_name": "name",
    "full_name": "name",
    "birthday": "birth_date",
    "birthdate": "birth_date",
    "date_of_birth": "birth_date",
    "mobile": "phone",
    "tel": "phone",
    "telephone": "phone",
    "phone_number": "phone",
    "mail": "email",
    "email_address": "email",
    "locale": "language",
    "time_zone": "timezone",
    "zip": "postal_code",
    "postalcode": "postal_code",
    "rank": "tier",
    "sex": "gender",
}
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


def apply(c: Connection, customer_id: str, traits: Mapping[str, JsonValue], now: datetime) -> tuple[str, ...]:
    """Writes traits into the customer's profile, each in its one form; answers with the names of those it refused."""
    before = profiles.own(c, customer_id)
    if before is None:
        return tuple(traits)
    after, refused = told(before, traits, now)
    if after != before:
        profiles.put(c, after, now)
    return refused


def told(before: Customer, traits: Mapping[str, JsonValue], now: datetime) -> tuple[Customer, tuple[str, ...]]:
    """The profile with what the traits say, and the names of those that cannot be used."""
    changes = Changes(before, now)
    refused = []
    for name, value in traits.items():
        try:
            changes.take(plain_name(name), value)
        except (Refused, Malformed):
            refused.append(name)
    return changes.made(), tuple(refused)


class Changes:
    """What traits change in one profile."""

    def __init__(self, before: Customer, now: datetime) -> None:
        self._before, self._now, self._today = before, now, now.date()
        self._fields: dict[str, object] = {}
        self._identifiers: dict[IdentifierKind, str] = dict(before.identifiers)
        self._attributes: dict[str, Scalar] = dict(before.attributes)

    def take(self, name: str, value: JsonValue) -> None:
        """Takes one trait; raises Refused or Malformed where it cannot be used."""
        if value is None:
            self._attributes.pop(name, None)
        elif name == "address" and isinstance(value, dict):
            self._address(value)
        elif name == "tags" and isinstance(value, list):
            self._fields["tags"] = self._before.tags | {text_of(one) for one in value}
        elif name == "birth_date":
            self._born(dates.birth_date(text_of(value), self._today))
        elif name not in SPOKEN_FOR:
            self._plain(name, value)

    def _plain(self, name: str, value: JsonValue) -> None:
        """An identifier, a field of the profile, or an attribute."""
        if name in IDENTIFIERS:
            self._identifiers[IDENTIFIERS[name]] = normalised(IDENTIFIERS[name], text_of(value))
        elif name in FIELDS:
            field, read = FIELDS[name]
            self._fields[field] = read(value)
        elif name in FORMS:
            self._put(name, FORMS[name](text_of(value)))
        else:
            self._put(name, scalar(value))

    def made(self) -> Customer:
        """The profile after all of them."""
        family, given = self._attributes.get("family_name"), self._attributes.get("given_name")
        if "display_name" not in self._fields and isinstance(family, str) and isinstance(given, str):
            order = (family, given) if names.is_japanese(family + given) else (given, family)
            self._fields.setdefault("display_name", " ".join(order))
        fields = {**self._fields, "identifiers": self._identifiers, "attributes": self._attributes}
        return self._before.model_copy(update=fields)

    def _put(self, name: str, value: Scalar) -> None:
        if len(self._attributes) >= MOST_ATTRIBUTES and name not in self._attributes:
            raise Refused(name)
        if not 0 < len(name) <= LONGEST_NAME:
            raise Refused(name)
        self._attributes[name] = value
        if name in ACCOUNT_FACTS:
            self._attributes[f"{name}_at"] = self._now.isoformat()

    def _born(self, day: date) -> None:
        self._put("birth_date", day.isoformat())
        self._fields["age"] = dates.age_on(day, self._today)

    def _address(self, parts: Mapping[str, JsonValue]) -> None:
        """Country and region into the profile; the rest, in one form, into attributes."""
        told = {plain_name(name): value for name, value in parts.items() if isinstance(value, str) and value.strip()}
        if "country" in told:
            self._fields["country"] = country(told["country"])
        if "postal_code" in told:
            self._put("postal_code", addresses.postal_code(text_of(told["postal_code"])))
        whole = "".join(text_of(told[name]) for name in ("state", "city", "street") if name in told)
        if whole and names.is_japanese(whole):
            found = addresses.address(whole)
            self._put("address", found.text)
            self._fields["region"] = found.prefecture or told.get("state") or self._before.region
        elif whole:
            spaced = ", ".join(names.tidy(text_of(told[name])) for name in ("street", "city", "state") if name in told)
            self._put("address", spaced[:LONGEST_TEXT])
            if "state" in told:
                self._fields["region"] = names.tidy(text_of(told["state"]))[:100]
        if "city" in told:
            self._put("city", names.tidy(text_of(told["city"])))


def plain_name(name: str) -> str:
    """A trait's name in one form: firstName, first-name and First Name are first_name; aliases are one."""
    spelled = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name.strip())
    plain = "_".join(part for part in spelled.replace("-", "_").replace(" ", "_").split("_") if part)
    return ALIASES.get(plain, plain)


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
