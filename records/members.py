"""Members: the customers that are one person, the survivor of their merges first.

Merging is logical: every row keeps the customer id that it was written under, and whoever reads about a person reads
the rows of all members.
"""

import json
from collections.abc import Collection

from sqlalchemy import ColumnElement, Text, bindparam, cast, func, select, union_all

from records import schema
from records.connection import Connection
from records.statement import among, prepare

customers = schema.customers

ID = bindparam("id", type_=Text)
PERSON = prepare(select(func.coalesce(customers.c.person_id, customers.c.id)).where(customers.c.id == ID))
ABSORBED = prepare(select(customers.c.id).where(customers.c.person_id == ID).order_by(customers.c.id))
PEOPLE = among(select(customers.c.id, func.coalesce(customers.c.person_id, customers.c.id)), customers.c.id)
JOINED = prepare(
    select(customers.c.id, customers.c.person_id).where(customers.c.person_id.is_not(None)).order_by(customers.c.id)
)
MEMBER = customers.alias("member")
BELONGS = MEMBER.c.person_id == ID


def is_member(column: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a row belongs to the person whose surviving id is given as `id`."""
    return column.in_(union_all(select(cast(ID, Text)), select(MEMBER.c.id).where(BELONGS)))


def person_of(c: Connection, customer_id: str) -> str:
    """The id under which the person goes on; the same id for somebody who was never merged, or is not known."""
    row = c.one(PERSON, id=customer_id)
    return customer_id if row is None else str(row[0])


def members(c: Connection, customer_id: str) -> tuple[str, ...]:
    """All ids that are one person with this one, the survivor first."""
    survivor = person_of(c, customer_id)
    return (survivor, *(str(row[0]) for row in c.all(ABSORBED, id=survivor)))


def people_of(c: Connection, ids: Collection[str]) -> dict[str, str]:
    """The surviving id of each of these customers; those that are not known are left out."""
    return {id: person for id, person in c.all(PEOPLE, keys=json.dumps(sorted(ids)))} if ids else {}


def joined(c: Connection) -> dict[str, str]:
    """Every absorbed customer with the survivor."""
    return {id: person for id, person in c.all(JOINED)}
