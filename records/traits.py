"""Traits: what an identify call says of a customer, cleansed, in the profile.

Whatever is written can be read again. What was told later stands: a call that comes late fills only what is unknown.
"""

from collections.abc import Mapping
from datetime import date, datetime

from pydantic import JsonValue, ValidationError
from pydantic_core import PydanticSerializationError

from domain.customer import Customer, IdentifierKind, Scalar
from domain.errors import Malformed
from domain.spelling import IDENTIFIERS, plain_name
from records import profiles
from records.cleansing import addresses, dates, names
from records.cleansing.values import FIELDS, FORMS, LONGEST_TEXT, Refused, country, scalar, text_of
from records.connection import Connection
from records.identifiers import identifying, owner
from records.members import person_of

MOST_ATTRIBUTES, MOST_TAGS, LONGEST_NAME = 200, 200, 100
SPOKEN_FOR = frozenset({"id", "user_id", "anonymous_id", "device_id", "avatar"})
"""Traits that the claim says already, or that nobody needs."""
ACCOUNT_FACTS = frozenset({"points", "points_expire", "points_expiring", "rank_gap", "rank_points", "miles", "balance"})
"""Facts that are true of a day; beside each stands since when."""


def apply(
    c: Connection, customer_id: str, traits: Mapping[str, JsonValue], now: datetime, at: datetime | None = None
) -> tuple[str, ...]:
    """Writes traits into the customer's profile, each in its one form; answers with the names of those it refused.

    `at` is when they were said, where that is not now.
    """
    before = profiles.own(c, customer_id)
    if before is None:
        return tuple(traits)
    said, newest = min(at or now, now), profiles.told_at(c, customer_id)
    foreign = tuple(name for name, value in traits.items() if is_foreign(c, customer_id, plain_name(name), value))
    own = {name: value for name, value in traits.items() if name not in foreign}
    after, refused = told(before, own, now, said, is_late=newest is not None and said < newest)
    if after != before:
        profiles.put(c, after, now)
    if newest is None or said > newest:
        profiles.tell(c, customer_id, said)
    return (*foreign, *refused)


def is_foreign(c: Connection, customer_id: str, name: str, value: JsonValue) -> bool:
    """Whether a trait is an identifier that another person has, or a household."""
    if name not in IDENTIFIERS or name in SPOKEN_FOR or not isinstance(value, str | int):
        return False
    holder = owner(c, IDENTIFIERS[name], str(value))
    return holder is not None and person_of(c, holder) != person_of(c, customer_id)


def told(
    before: Customer,
    traits: Mapping[str, JsonValue],
    now: datetime,
    at: datetime | None = None,
    *,
    is_late: bool = False,
) -> tuple[Customer, tuple[str, ...]]:
    """The profile with what the traits say, and the names of those that cannot be used."""
    changes = Changes(before, now, at or now, is_late)
    refused = []
    for name, value in traits.items():
        try:
            changes.take(plain_name(name), value)
        except (Refused, Malformed):
            refused.append(name)
    after = readable(changes.made())
    if after is not None:
        return after, tuple(refused)
    return one_by_one(before, traits, now, at, is_late) if len(traits) > 1 else (before, tuple(traits))


def one_by_one(
    before: Customer, traits: Mapping[str, JsonValue], now: datetime, at: datetime | None, is_late: bool
) -> tuple[Customer, tuple[str, ...]]:
    """The same where one of them spoils the profile: that one is refused, and the rest is kept."""
    refused: list[str] = []
    for name, value in traits.items():
        before, odd = told(before, {name: value}, now, at, is_late=is_late)
        refused += odd
    return before, tuple(refused)


def readable(profile: Customer) -> Customer | None:
    """The profile as it will be read, None where it could not be."""
    try:
        return Customer.model_validate_json(profile.model_dump_json())
    except (ValidationError, PydanticSerializationError):
        return None


class Changes:
    """What traits that were said at an instant change in one profile."""

    def __init__(self, before: Customer, now: datetime, at: datetime, is_late: bool) -> None:
        self._before, self._at, self._today, self._is_late = before, at, now.date(), is_late
        self._is_renamed = False
        self._fields: dict[str, object] = {}
        self._identifiers: dict[IdentifierKind, str] = dict(before.identifiers)
        self._attributes: dict[str, Scalar] = dict(before.attributes)

    def take(self, name: str, value: JsonValue) -> None:
        """Takes one trait; raises Refused or Malformed where it cannot be used."""
        if value is None:
            if not self._stands(name):
                self._attributes.pop(name, None)
        elif name == "address" and isinstance(value, dict):
            self._address(value)
        elif name == "tags" and isinstance(value, list):
            self._tag(value)
        elif name == "birth_date":
            self._born(dates.birth_date(text_of(value), self._today))
        elif name not in SPOKEN_FOR:
            self._plain(name, value)

    def _plain(self, name: str, value: JsonValue) -> None:
        """An identifier, a field of the profile, or an attribute."""
        if name in IDENTIFIERS:
            kind = IDENTIFIERS[name]
            written = identifying(kind, value)
            if not self._is_late or kind not in self._before.identifiers:
                self._identifiers[kind] = written
        elif name in FIELDS:
            field, read = FIELDS[name]
            self._set(field, read(value))
        elif name in FORMS:
            self._put(name, FORMS[name](text_of(value)))
        else:
            self._put(name, scalar(value))

    def made(self) -> Customer:
        """The profile after all of them."""
        family, given = self._attributes.get("family_name"), self._attributes.get("given_name")
        is_new = self._is_renamed and "display_name" not in self._fields
        if is_new and isinstance(family, str) and isinstance(given, str):
            order = (family, given) if names.is_japanese(family + given) else (given, family)
            self._set("display_name", " ".join(order)[:200])
        fields = {**self._fields, "identifiers": self._identifiers, "attributes": self._attributes}
        return self._before.model_copy(update=fields)

    def _stands(self, name: str) -> bool:
        """Whether the profile says something of an attribute that was told later than this."""
        if self._before.attributes.get(name) is None:
            return False
        since = self._before.attributes.get(f"{name}_at") if name in ACCOUNT_FACTS else None
        try:
            return datetime.fromisoformat(str(since)) > self._at if since else self._is_late
        except (ValueError, TypeError):
            return self._is_late

    def _set(self, field: str, value: object) -> None:
        """A field of the profile, unless a later word on it stands."""
        if not self._is_late or getattr(self._before, field) is None:
            self._fields[field] = value

    def _tag(self, values: list[JsonValue]) -> None:
        """Adds tags, as many as a profile may have; refused where one is left out."""
        before = self._before.tags
        fresh = [one for one in sorted({text_of(one) for one in values} - before) if len(one) <= LONGEST_NAME]
        room = max(MOST_TAGS - len(before), 0)
        after = self._fields["tags"] = before | frozenset(fresh[:room])
        if not after.issuperset(text_of(one) for one in values):
            raise Refused(values)

    def _put(self, name: str, value: Scalar) -> None:
        if len(self._attributes) >= MOST_ATTRIBUTES and name not in self._attributes:
            raise Refused(name)
        if not 0 < len(name) <= LONGEST_NAME:
            raise Refused(name)
        if self._stands(name):
            return
        self._attributes[name] = value
        self._is_renamed = self._is_renamed or name in ("family_name", "given_name")
        if name in ACCOUNT_FACTS:
            self._attributes[f"{name}_at"] = self._at.isoformat()

    def _born(self, day: date) -> None:
        """The day of birth, and the age of today, whenever it was said."""
        if not self._stands("birth_date"):
            self._put("birth_date", day.isoformat())
            self._set("age", dates.age_on(day, self._today))

    def _address(self, parts: Mapping[str, JsonValue]) -> None:
        """Country and region into the profile; the rest, in one form, into attributes."""
        told = {plain_name(name): value for name, value in parts.items() if isinstance(value, str) and value.strip()}
        if "country" in told:
            self._set("country", country(told["country"]))
        if "postal_code" in told:
            self._put("postal_code", addresses.postal_code(text_of(told["postal_code"])))
        whole = "".join(text_of(told[name]) for name in ("state", "city", "street") if name in told)
        if whole and names.is_japanese(whole):
            found = addresses.address(whole)
            self._put("address", found.text)
            if region := found.prefecture or names.tidy(told.get("state", "")):
                self._set("region", region[:100])
        elif whole:
            spaced = ", ".join(names.tidy(text_of(told[name])) for name in ("street", "city", "state") if name in told)
            self._put("address", spaced[:LONGEST_TEXT])
            if "state" in told:
                self._set("region", names.tidy(text_of(told["state"]))[:100])
        if "city" in told:
            self._put("city", names.tidy(text_of(told["city"])))
