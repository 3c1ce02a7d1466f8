"""Profiles: who our customers are and how they behave, one document each."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import BigInteger, bindparam, delete, func, select, update

from domain.clock import from_micros, to_micros
from domain.customer import Customer, IdentifierKind
from domain.errors import Malformed
from domain.features import Features
from domain.newcomer import is_household, is_provisional
from domain.together import one_person
from records import behaviour, merging, schema
from records.connection import Connection
from records.identifiers import WEAK, normalised, owner
from records.members import is_member, person_of
from records.statement import insert_new, insert_or_update, prepare

customers, identifiers = schema.customers, schema.identifiers

KEPT = ("created_at", "features", "person_id", "absorbs", "encoder", "vector")
PUT = insert_or_update(customers, keep=(*KEPT, "told_at"))
PUT_AS_OF = insert_or_update(customers, keep=KEPT)
TOLD = prepare(
    update(customers).where(customers.c.id == bindparam("key")).values(told_at=bindparam("told_at", type_=BigInteger))
)
TOLD_AT = prepare(select(customers.c.told_at).where(customers.c.id == bindparam("id")))
GET = prepare(
    select(customers.c.profile, customers.c.person_id, customers.c.absorbs).where(customers.c.id == bindparam("id"))
)
ABSORBED = prepare(
    select(customers.c.person_id, customers.c.profile)
    .where(customers.c.person_id.is_not(None))
    .order_by(customers.c.id)
)
OF_PERSON = prepare(select(customers.c.id, customers.c.profile).where(is_member(customers.c.id)))
GET_FEATURES = prepare(select(customers.c.features, customers.c.person_id).where(customers.c.id == bindparam("id")))
PUT_FEATURES = prepare(
    update(customers)
    .where(customers.c.id == bindparam("key"))
    .values(features=bindparam("features"), updated_at=bindparam("updated_at", type_=BigInteger))
)
FORGET_IDENTIFIERS = prepare(delete(identifiers).where(identifiers.c.customer_id == bindparam("customer_id")))
FORGET_STATED = prepare(
    delete(identifiers).where(
        identifiers.c.customer_id == bindparam("customer_id"), *(identifiers.c.kind != kind for kind in sorted(WEAK))
    )
)
FORGET_IDENTIFIER = prepare(
    delete(identifiers).where(identifiers.c.kind == bindparam("of_kind"), identifiers.c.value == bindparam("of_value"))
)
KINDS = prepare(select(identifiers.c.kind).where(is_member(identifiers.c.customer_id)))
PUT_IDENTIFIER = insert_new(identifiers)
MOVE_IDENTIFIER = prepare(
    update(identifiers)
    .where(identifiers.c.kind == bindparam("of_kind"), identifiers.c.value == bindparam("of_value"))
    .values(customer_id=bindparam("customer_id"))
)
PAGE = prepare(
    select(customers.c.id, customers.c.profile, customers.c.absorbs)
    .where(customers.c.id > bindparam("after"), customers.c.person_id.is_(None))
    .order_by(customers.c.id)
    .limit(bindparam("most"))
)
IDS = prepare(select(customers.c.id).where(customers.c.person_id.is_(None)).order_by(customers.c.id))
COUNT = prepare(select(func.count()).select_from(customers).where(customers.c.person_id.is_(None)))


def upsert(c: Connection, people: Sequence[Customer], now: datetime, carried: Collection[str] = ()) -> None:
    """Writes the profiles whole: what a profile no longer says is no longer known; features and history stay.

    Browsers and devices that were seen with the customer stay theirs. Who had an identifier without having said who
    they are turns out to be this customer. Of the `carried` the tags are those that were written before.
    """
    rows = [
        {"kind": kind, "value": _written(kind, value), "customer_id": one.id}
        for one in people
        for kind, value in one.identifiers.items()
    ]
    c.many(PUT_AS_OF, [customer_row(one, now) | {"told_at": to_micros(now)} for one in people])
    c.many(FORGET_STATED, [{"customer_id": one.id} for one in people])
    if rows and c.many(PUT_IDENTIFIER, rows) < len(rows):
        for one in people:
            _settle(c, one, now)
    behaviour.restore(c, [one.id for one in people], now, carried)


def welcome(c: Connection, newcomer: Customer, now: datetime) -> str:
    """Writes a customer whom nobody knows and answers with the id; who knows an identifier of theirs already is it.

    Two that welcome the same person at once answer with the same id.
    """
    for kind, value in newcomer.identifiers.items():
        if not c.run(PUT_IDENTIFIER, kind=kind, value=normalised(kind, value), customer_id=newcomer.id):
            c.run(FORGET_IDENTIFIERS, customer_id=newcomer.id)
            return owner(c, kind, value) or newcomer.id
    c.many(PUT, [customer_row(newcomer, now)])
    return newcomer.id


def learn_identifier(c: Connection, customer_id: str, kind: IdentifierKind, value: str, now: datetime) -> None:
    """Adds an identifier to the profile where the profile says none; of a known person's browsers it keeps no list."""
    row = c.one(GET, id=customer_id)
    if row is None or (kind == "anonymous_id" and not is_provisional(customer_id)):
        return
    one = Customer.model_validate_json(row[0])
    if kind == "device_id" or kind not in one.identifiers:
        put(c, one.model_copy(update={"identifiers": {**one.identifiers, kind: value}}), now)


def put(c: Connection, one: Customer, now: datetime) -> None:
    """Writes the profile alone; whose identifiers are whose is left as it is."""
    c.many(PUT, [customer_row(one, now)])


def told_at(c: Connection, customer_id: str) -> datetime | None:
    """Of which instant the newest is that was told about the customer."""
    row = c.one(TOLD_AT, id=customer_id)
    return None if row is None or row[0] is None else from_micros(row[0])


def tell(c: Connection, customer_id: str, at: datetime) -> None:
    """Notes of which instant the profile is."""
    c.run(TOLD, key=customer_id, told_at=to_micros(at))


def identifier_kinds(c: Connection, customer_id: str) -> frozenset[str]:
    """The kinds of identifiers by which the person can be found."""
    return frozenset(row[0] for row in c.all(KINDS, id=customer_id))


def _written(kind: str, value: str) -> str:
    """The identifier in its one form; the field is named where it has none."""
    try:
        return normalised(kind, value)
    except Malformed as error:
        raise Malformed(f"identifiers.{kind}", value, error.why) from error


def customer_row(one: Customer, now: datetime) -> dict[str, str | int | None]:
    """A profile as it is kept."""
    at = to_micros(now)
    return {
        "id": one.id,
        "profile": one.model_dump_json(),
        "features": None,
        "created_at": at,
        "updated_at": at,
        "person_id": None,
        "absorbs": None,
        "told_at": None,
        "encoder": None,
        "vector": None,
    }


def _settle(c: Connection, one: Customer, now: datetime) -> None:
    """Makes identifiers theirs that others have, where that is certain; names one that belongs to somebody else."""
    for kind, value in one.identifiers.items():
        holder = owner(c, kind, value)
        if holder is None or holder == one.id or is_household(holder):
            continue
        person, other = person_of(c, one.id), person_of(c, holder)
        if person == other:
            continue
        if kind in WEAK and not is_provisional(other):
            c.run(MOVE_IDENTIFIER, of_kind=kind, of_value=_written(kind, value), customer_id=one.id)
        elif is_provisional(other):
            merging.merge(c, person, other, kind="identifier", by="tact", now=now, evidence=kind)
        else:
            why = f"it belongs to customer {holder!r}. Give each customer identifiers of their own."
            raise Malformed(f"identifiers.{kind}", value, why)


def customer(c: Connection, customer_id: str) -> Customer | None:
    """The profile of the person, also by the id of an absorbed customer; None where there is no such customer."""
    row = c.one(GET, id=customer_id)
    if row is None:
        return None
    profile, person_id, absorbs = row
    if person_id is None and absorbs is None:
        return Customer.model_validate_json(profile)
    return whole(c, customer_id if person_id is None else person_id)


def own(c: Connection, customer_id: str) -> Customer | None:
    """What is written under that very id, whoever else it is one person with."""
    row = c.one(GET, id=customer_id)
    return None if row is None else Customer.model_validate_json(row[0])


def whole(c: Connection, survivor: str) -> Customer:
    """The profile of a person who was merged, with what only an absorbed customer said."""
    found = {id: Customer.model_validate_json(profile) for id, profile in c.all(OF_PERSON, id=survivor)}
    return one_person(found.pop(survivor), list(found.values()))


def absorbed(c: Connection) -> dict[str, list[Customer]]:
    """What absorbed customers say, under the survivor of each."""
    found: dict[str, list[Customer]] = {}
    for person, profile in c.all(ABSORBED):
        found.setdefault(person, []).append(Customer.model_validate_json(profile))
    return found


def page(c: Connection, limit: int, after: str = "") -> list[Customer]:
    """The profiles behind the id `after`, in the order of their ids, each person once."""
    rows = c.all(PAGE, after=after, most=limit)
    return [Customer.model_validate_json(profile) if absorbs is None else whole(c, id) for id, profile, absorbs in rows]


def ids(c: Connection) -> list[str]:
    """The id of every person, in order."""
    return [row[0] for row in c.all(IDS)]


def count(c: Connection) -> int:
    """How many people there are."""
    row = c.one(COUNT)
    return int(row[0]) if row else 0


def save_features(c: Connection, rows: Iterable[tuple[str, Features]], now: datetime) -> None:
    """Writes the features of customers that exist; events that are kept count on top of them again after a recount."""
    at, known = to_micros(now), dict(rows)
    c.many(
        PUT_FEATURES,
        [
            {"key": id, "features": one.model_dump_json(exclude_defaults=True), "updated_at": at}
            for id, one in known.items()
        ],
    )
    behaviour.adopt(c, known, now)


def features(c: Connection, customer_id: str) -> Features:
    """How the person behaves; empty where nothing is known."""
    row = c.one(GET_FEATURES, id=customer_id)
    if row is not None and row[1] is not None:
        row = c.one(GET_FEATURES, id=row[1])
    return Features.model_validate_json(row[0]) if row and row[0] else Features()
