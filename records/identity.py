"""Identity: which customer did it, from whatever an event says of them.

What is certain joins at once: a browser or device becomes that of the person who says who they are, an identifier finds
the person who has it. What is not certain never does: two customers with ids of their own are suggested to people
(records/matching.py), and an identifier that several of them claim joins nobody any more.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, select, update

from domain.customer import Customer, IdentifierKind, Stage
from domain.newcomer import is_household, is_provisional, provisional_id
from records import matching, profiles, schema, sharing
from records.connection import Connection
from records.identifiers import WEAK, readable
from records.members import people_of
from records.merging import MergeKind, merge
from records.statement import among, insert_new, prepare

customers, identifiers, consents = schema.customers, schema.identifiers, schema.consents
Named = tuple[IdentifierKind, str]
"""An identifier's kind, and its value in its one written form."""

AUTOMATIC = "tact"
MOST_BROWSERS = 50
"""Absorbed customers beyond which a browser becomes a person's without its past: a shop's tablet, a test's login."""

OWNERS = among(
    select(identifiers.c.value, identifiers.c.customer_id).where(identifiers.c.kind == bindparam("kind")),
    identifiers.c.value,
)
OWNER = prepare(
    select(identifiers.c.customer_id, func.coalesce(customers.c.person_id, identifiers.c.customer_id))
    .select_from(identifiers.outerjoin(customers, customers.c.id == identifiers.c.customer_id))
    .where(identifiers.c.kind == bindparam("kind"), identifiers.c.value == bindparam("value"))
)
PERSON = prepare(select(func.coalesce(customers.c.person_id, customers.c.id)).where(customers.c.id == bindparam("id")))
ABSORBED = prepare(select(func.count()).where(customers.c.person_id == bindparam("id")))
SAID_NO = prepare(
    select(consents.c.seq).where(consents.c.customer_id == bindparam("id"), consents.c.granted.is_(False)).limit(1)
)
NEW = insert_new(customers)
REGISTER = insert_new(identifiers)
MOVE = prepare(
    update(identifiers)
    .where(identifiers.c.kind == bindparam("of_kind"), identifiers.c.value == bindparam("of_value"))
    .values(customer_id=bindparam("customer_id"))
)


class Claim(NamedTuple):
    """What an event says of who did it; nothing of it is proof."""

    user_id: str | None
    anonymous_id: str | None
    identifiers: Mapping[IdentifierKind, str] = {}

    def named(self) -> tuple[Named, ...]:
        """Every identifier that can be read, the one that says most about a person first."""
        anonymous: dict[IdentifierKind, str] = {"anonymous_id": self.anonymous_id} if self.anonymous_id else {}
        return tuple(readable({**self.identifiers, **anonymous}).items())


def resolve(c: Connection, claim: Claim, now: datetime, known: "Known | None" = None) -> str:
    """The surviving id of the customer whom the claim names; somebody new where it names nobody we know.

    `known` remembers what this transaction has looked up; give the same one for every claim of a transaction.
    """
    known = known or Known(c)
    named = claim.named()
    return known.of_user(claim.user_id, named, now) if claim.user_id else known.of_nobody_yet(named, now)


def alias(c: Connection, previous_id: str, user_id: str, now: datetime, known: "Known | None" = None) -> str:
    """Somebody known as `previous_id` is `user_id` from now on: joined where it was a browser's id.

    Where both are customers with ids of their own, people decide: whoever can send events could claim it.
    """
    known = known or Known(c)
    person = known.of_user(user_id, Claim(user_id, previous_id).named(), now)
    before = known.person(previous_id)
    if before is not None and before != person:
        known.join(person, before, "alias", ("id", previous_id), now)
    return known.person(user_id) or person


class Known:
    """Who is who, as far as one transaction has looked; it must not outlive the transaction."""

    def __init__(self, c: Connection) -> None:
        self._c = c
        self._people: dict[str, str | None] = {}
        self._owners: dict[Named, str | None] = {}
        self._noted: set[tuple[Named, str]] = set()

    def look(self, claims: Iterable[Claim]) -> None:
        """Looks everything up that these claims name: one statement a kind instead of one a claim."""
        wanted: dict[IdentifierKind, set[str]] = {}
        ids: set[str] = set()
        for claim in claims:
            ids.update([claim.user_id] if claim.user_id else [])
            for kind, value in claim.named():
                wanted.setdefault(kind, set()).add(value)
        for kind, values in wanted.items():
            rows = self._c.all(OWNERS, kind=kind, keys=json.dumps(sorted(values)))
            found: dict[str, str] = {value: holder for value, holder in rows}
            self._owners |= {(kind, value): found.get(value) for value in values}
            ids.update(found.values())
        self._people |= dict.fromkeys(ids) | people_of(self._c, ids)

    def person(self, customer_id: str) -> str | None:
        """The surviving id of a customer, None where there is none under that id."""
        if customer_id not in self._people:
            row = self._c.one(PERSON, id=customer_id)
            self._people[customer_id] = None if row is None else str(row[0])
        return self._people[customer_id]

    def owner(self, named: Named) -> str | None:
        """The surviving id of whoever has the identifier."""
        if named not in self._owners:
            row = self._c.one(OWNER, kind=named[0], value=named[1])
            self._owners[named] = None if row is None else str(row[0])
            if row is not None:
                self._people[str(row[0])] = str(row[1])
        holder = self._owners[named]
        return None if holder is None else self.person(holder) or holder

    def of_user(self, user_id: str, named: tuple[Named, ...], now: datetime) -> str:
        """The customer with that id of their own; whatever else is named becomes theirs where that is certain."""
        person = self.person(user_id)
        if person is None:
            person = self._create(user_id, now, None, named)
        for one in named:
            person = self._join_by(one, person, user_id, now)
        return person

    def of_nobody_yet(self, named: tuple[Named, ...], now: datetime) -> str:
        """The customer whom the identifiers name; the first of them that anybody has says who."""
        own = tuple(one for one in named if not is_household(self.owner(one) or ""))
        if named and not own:
            return self.owner(named[0]) or ""
        person = next((holder for one in own if (holder := self._holder(one, own)) is not None), None)
        if person is None:
            return self._newcomer(own, now)
        for one in own:
            person = self._join_by(one, person, person, now)
        return person

    def join(
        self, person: str, other: str, kind: MergeKind, by: tuple[str, str], now: datetime, mover: str | None = None
    ) -> None:
        """Makes both one where that is certain; else the browser follows whoever named it last, or people are asked."""
        told = json.dumps({"identifier": list(by)}, ensure_ascii=False)
        stays, gone = (other, person) if is_provisional(person) and not is_provisional(other) else (person, other)
        if is_provisional(gone) and not matching.apart(self._c, stays, gone):
            if by[0] in WEAK and self._is_full(stays, gone):
                if gone == other:
                    self._move(by, mover or stays)
                return
            merge(self._c, stays, gone, kind=kind, by=AUTOMATIC, now=now, evidence=told)
            self._people.clear()
        elif by[0] in WEAK:
            if not self._contested(by, person, other, now):
                self._move(by, mover or person)
        elif not is_provisional(gone):
            matching.suggest(self._c, stays, gone, matching.CLAIMED, told, now)
            self._contested(by, person, other, now)

    def _newcomer(self, named: tuple[Named, ...], now: datetime) -> str:
        """Somebody new; where they sit at a known person's browser, it is theirs from now on."""
        person = self._create(provisional_id(), now, Stage.PROSPECT, named)
        for one in named:
            if self.owner(one) != person and one[0] in WEAK:
                self._move(one, person)
        return person

    def _join_by(self, one: Named, person: str, customer_id: str, now: datetime) -> str:
        """The person once the identifier is theirs, or stays with whoever else has it."""
        holder = self.owner(one)
        if holder is None:
            self._register(one, customer_id, now)
        elif holder != person and not is_household(holder):
            self.join(person, holder, "anonymous" if one[0] in WEAK else "identifier", one, now, customer_id)
        elif holder != person and one[0] not in WEAK and (one, customer_id) not in self._noted:
            self._noted.add((one, customer_id))
            sharing.note(self._c, one, customer_id, now)
        return self.person(person) or person

    def _holder(self, one: Named, named: tuple[Named, ...]) -> str | None:
        """Whoever has the identifier, unless a known person's browser says another strong identifier than theirs."""
        holder = self.owner(one)
        if holder is None or one[0] not in WEAK or is_provisional(holder):
            return holder
        new = [strong for strong in named if strong[0] not in WEAK and self.owner(strong) is None]
        theirs = profiles.identifier_kinds(self._c, holder) if new else frozenset[str]()
        return None if any(kind in theirs for kind, _ in new) else holder

    def _create(self, customer_id: str, now: datetime, stage: Stage | None, named: tuple[Named, ...]) -> str:
        """Writes a customer of whom no more is known than the id, and the identifiers that nobody has."""
        free = {kind: value for kind, value in named if self.owner((kind, value)) is None}
        newcomer = Customer(id=customer_id, identifiers=free, stage=stage)
        self._c.run(NEW, **profiles.customer_row(newcomer, now))
        self._people.pop(customer_id, None)
        for kind, value in free.items():
            taken = not self._c.run(REGISTER, kind=kind, value=value, customer_id=customer_id)
            self._owners.pop((kind, value), None) if taken else self._owners.update({(kind, value): customer_id})
        return self.person(customer_id) or customer_id

    def _register(self, one: Named, customer_id: str, now: datetime) -> None:
        """Writes down whose the identifier is; where another transaction was first, theirs it is."""
        if self._c.run(REGISTER, kind=one[0], value=one[1], customer_id=customer_id):
            profiles.learn_identifier(self._c, customer_id, one[0], one[1], now)
            self._owners[one] = customer_id
        else:
            self._owners.pop(one, None)

    def _move(self, one: tuple[str, str], customer_id: str) -> None:
        """A browser or device belongs to whoever named themselves on it last; what it did before stays where it is."""
        self._c.run(MOVE, of_kind=one[0], of_value=one[1], customer_id=customer_id)
        self._forget(one)

    def _contested(self, one: tuple[str, str], person: str, other: str, now: datetime) -> bool:
        """Notes who claims the identifier; True once too many do, so that it joins nobody any more."""
        by = [id for id in (person, other) if not is_provisional(id)]
        is_shared = sharing.claimed(self._c, one, by, now)
        if is_shared:
            self._forget(one)
        return is_shared

    def _is_full(self, person: str, gone: str) -> bool:
        """Whether a person has so many browsers that another one's past is left where it is, unless it says a no."""
        row = self._c.one(ABSORBED, id=person)
        return row is not None and row[0] >= MOST_BROWSERS and self._c.one(SAID_NO, id=gone) is None

    def _forget(self, one: tuple[str, str]) -> None:
        """Looks the identifier up again when it is next named."""
        self._owners = {key: held for key, held in self._owners.items() if key != one}
