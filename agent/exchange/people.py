"""Customers from files: by default what a row does not say stays as it was."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date

from pydantic import JsonValue, ValidationError

from agent.exchange.permissions import append, lines_of
from agent.exchange.writer import Counts, Means, identifiers_of, note_misfits, plain, remembered_people
from domain.consent import Consent
from domain.customer import Customer, IdentifierKind
from domain.newcomer import is_household, is_provisional
from domain.told import ToldCustomer
from records import following, profiles
from records.behaviour import OPEN_TICKET
from records.cleansing.dates import age_on
from records.connection import Connection
from records.identifiers import WEAK, owner
from records.members import person_of
from tools.exchange.cells import Value
from tools.exchange.rows import Row

OWN = ("display_name", "language", "timezone", "country", "region", "stage", "tier", "age", "gender")
MARKS = ("tags", "segments")
AS_ATTRIBUTES = (
    "birth_date",
    "name_kana",
    "postal_code",
    "address",
    "points",
    "points_at",
    "points_expire",
    "joined_at",
)
FREE = "attributes."


class CustomerWriter:
    """Rows of which each is one customer; two rows of a chunk may be about the same one."""

    def __init__(self, means: Means) -> None:
        self.means = means

    def write(self, c: Connection, rows: Sequence[Row]) -> Counts:
        """Writes profiles and the permissions beside them."""
        counts, people, known = Counts(), dict[str, Customer](), dict[tuple[str, str], str]()
        given: list[Consent] = []
        told: set[str] = set()
        for row in remembered_people(c, rows, self.means, counts):
            named = identifiers_of(row)
            id = self._id(c, row, named, known)
            if id is None:
                continue
            permissions = list(lines_of(row, id, self.means.now))
            if row.failed:
                continue
            before = people.get(id) or profiles.own(c, id)
            own = self._own(c, row, named, id, known)
            try:
                people[id] = self._profile(row, id, own, before)
            except ValidationError as error:
                note_misfits(row, error)
                continue
            counts["new" if before is None else "changed" if people[id] != before else "unchanged"] += 1
            known.update({(kind, value): id for kind, value in own.items()})
            told |= {id} if before is None or OPEN_TICKET in _words(row.values.get("tags", ())) else set()
            given += permissions
        profiles.upsert(c, list(people.values()), self.means.now, carried=people.keys() - told)
        following.touch(c, people, self.means.now)
        append(c, given, counts)
        return counts

    def _id(
        self, c: Connection, row: Row, named: Mapping[IdentifierKind, str], known: Mapping[tuple[str, str], str]
    ) -> str | None:
        """The customer's own id, that of whoever has the identifier, or a new one; None where a fault says why."""
        by, own = self.means.mapping.identify, row.values.get("id")
        if own is not None and by == "id":
            return str(own)
        kind = next((kind for kind in named if kind == by), None) or (None if by != "id" else next(iter(named), None))
        if kind is None:
            row.fault(
                by,
                ja="お客様を見分ける値が空です。",
                en="what tells the customer from others is empty. Fill it in.",
            )
            return None
        holder = known.get((kind, named[kind])) or owner(c, kind, named[kind])
        if holder is not None and is_household(holder):
            row.fault(
                kind,
                ja="複数の方が共有しているため、だれのことか決められません。ほかの番号で見分けてください。",
                en="several people share it, so that it tells nobody apart. Identify customers by something else.",
            )
            return None
        return holder or (str(own) if own is not None else f"m-{secrets.token_hex(10)}")

    def _own(
        self,
        c: Connection,
        row: Row,
        named: Mapping[IdentifierKind, str],
        id: str,
        known: Mapping[tuple[str, str], str],
    ) -> dict[IdentifierKind, str]:
        """The identifiers that no other known customer has; the others are left out, with a notice."""
        found: dict[IdentifierKind, str] = {}
        for kind, value in named.items():
            holder = known.get((kind, value)) or owner(c, kind, value)
            if holder is None or kind in WEAK or self._may_be(c, holder, id):
                found[kind] = value
                continue
            row.fault(
                kind,
                ja=f"ほかのお客様（{holder}）のものとして登録済みのため、これだけ書き込みませんでした。同じ方か確かめてください。",
                en=f"it belongs to customer {holder!r} already and was left out. See whether they are one person.",
                grade="notice",
            )
        return found

    def _may_be(self, c: Connection, holder: str, id: str) -> bool:
        """Whether the holder of an identifier is this very person, or nobody in particular."""
        nobody = is_provisional(holder) or is_household(holder)
        return nobody or holder == id or person_of(c, holder) == person_of(c, id)

    def _profile(self, row: Row, id: str, own: Mapping[IdentifierKind, str], before: Customer | None) -> Customer:
        mapping = self.means.mapping
        told: dict[str, JsonValue] = {name: plain(row.values[name]) for name in OWN if name in row.values}
        if isinstance(born := row.values.get("birth_date"), date):
            told.setdefault("age", age_on(born, self.means.today))
        attributes = dict(self._attributes(row.values))
        marks = {name: list(_words(row.values[name])) for name in MARKS if name in row.values}
        defaults = {"language": mapping.language, "country": mapping.country, "timezone": mapping.timezone}
        if before is None or mapping.mode == "replace":
            kept: dict[str, JsonValue] = {name: value for name, value in defaults.items() if value is not None}
            shape = {**kept, **told, **marks, "identifiers": dict(own), "attributes": attributes, "id": id}
            return Customer.model_validate(ToldCustomer.model_validate(shape).model_dump())
        # What was there before may be older than today's demands on what is told.
        ToldCustomer.model_validate({**told, **marks, "attributes": attributes, "id": id})
        old = before.model_dump()
        filled = {name: value for name, value in defaults.items() if value is not None and old[name] is None}
        merged = {
            **old,
            **filled,
            **told,
            **{name: sorted({*old[name], *told_marks}) for name, told_marks in marks.items()},
            "identifiers": {**before.identifiers, **own},
            "attributes": {**before.attributes, **attributes},
        }
        return Customer.model_validate(merged)

    def _attributes(self, values: Mapping[str, Value]) -> Mapping[str, JsonValue]:
        """Free facts; points without a day are those of today, and a birthday tells its month."""
        found: dict[str, JsonValue] = {}
        for name, value in values.items():
            if name in AS_ATTRIBUTES:
                found[name] = plain(value)
            elif name.startswith(FREE):
                said = plain(value)
                found[name.removeprefix(FREE)] = "、".join(map(str, said)) if isinstance(said, list) else said
        if "points" in found:
            found.setdefault("points_at", self.means.today.isoformat())
        if "birth_date" in found:
            found["birth_month"] = int(str(found["birth_date"])[5:7])
        return found


def _words(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)
