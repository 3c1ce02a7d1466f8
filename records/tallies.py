"""Tallies: what the house has promised altogether, such as a budget's month; one row for each key and period.

A tally is at every instant the sum of its charges: both change in the same transaction. (While a new rule is counted
ahead, before it is in force, its charges come first.) Amounts are whole millionths.
On PostgreSQL whoever changes a tally holds it until the end of the transaction, so it is changed as late as can be, and
several are changed in the order of their keys, after the customer's row: nobody waits in a circle.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from decimal import ROUND_CEILING, Decimal
from functools import lru_cache

from sqlalchemy import BigInteger, Integer, Text, bindparam, delete, func, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.sql import ClauseElement

from domain.charge import Charge
from domain.clock import to_micros
from domain.errors import Malformed
from records import schema
from records.connection import Connection
from records.statement import SQLITE, Statement, insert_or_update, prepare

table, charges = schema.tallies, schema.charges

MILLION = Decimal(10**6)
MOST = Decimal(10**12)
"""More than this in one charge is a mistake, and many of them would not fit the column."""
FOR_EVER = 1 << 62

PUT_CHARGE = insert_or_update(charges)
CHARGED = prepare(
    select(charges.c.key, charges.c.amount, charges.c.until).where(charges.c.decision_id == bindparam("id"))
)
FORGET = prepare(
    delete(charges).where(charges.c.decision_id == bindparam("decision"), charges.c.key == bindparam("name"))
)
ALL = prepare(select(table.c.key, table.c.used).order_by(table.c.key))
EVERY_CHARGE = prepare(select(charges.c.decision_id, charges.c.key, charges.c.amount, charges.c.until))
PREFIX, LENGTH = bindparam("prefix", type_=Text), bindparam("length", type_=Integer)
# An id may hold an underscore, which LIKE would take for any letter.
CLEAR_RULE = prepare(delete(table).where(func.substr(table.c.key, 1, LENGTH) == PREFIX))
OF_RULE = func.substr(charges.c.key, 1, LENGTH) == PREFIX
FORGET_RULE = prepare(delete(charges).where(OF_RULE))
RELEASED = select(schema.contacts.c.decision_id).where(
    schema.contacts.c.released_at >= bindparam("since", type_=BigInteger)
)
FORGET_RELEASED = prepare(delete(charges).where(OF_RULE, charges.c.decision_id.in_(RELEASED)))
SUMS = prepare(
    select(charges.c.key, func.sum(charges.c.amount), func.max(charges.c.until)).where(OF_RULE).group_by(charges.c.key)
)
PUT = insert_or_update(table)
STAND_STILL = prepare(text("LOCK TABLE customers IN EXCLUSIVE MODE"))


def exchange(c: Connection, gone: Sequence[Charge], come: Sequence[Charge]) -> dict[str, Decimal]:
    """Takes the charges `gone` off their tallies and puts `come` on them; nobody else changes these until the end.

    Answers with what stood on each tally apart from both.
    """
    less, more = millionths(gone), millionths(come)
    keys = sorted({**less, **more})
    if not keys:
        return {}
    values: dict[str, object] = {}
    for place, key in enumerate(keys):
        amount = more.get(key, (0, 0))[0] - less.get(key, (0, 0))[0]
        values |= {f"key_{place}": key, f"amount_{place}": amount, f"until_{place}": (more.get(key) or less[key])[1]}
    return {key: shown(used - more.get(key, (0, 0))[0]) for key, used in c.all(_adding(len(keys)), **values)}


def replaced(own: Sequence[Charge], come: Sequence[Charge]) -> tuple[Charge, ...]:
    """What a decision gives back when it takes `come` instead: charges of rules that no longer ask stay as they are."""
    rules = {charge.rule for charge in come}
    return tuple(charge for charge in own if charge.rule in rules)


def note(c: Connection, decision_id: str, gone: Sequence[Charge], come: Sequence[Charge]) -> None:
    """Writes down what a decision holds from now on, so that it can be given back."""
    more = millionths(come)
    c.many(FORGET, [{"decision": decision_id, "name": charge.key} for charge in gone if charge.key not in more])
    rows = [
        {"decision_id": decision_id, "key": key, "amount": amount, "until": until}
        for key, (amount, until) in more.items()
    ]
    c.many(PUT_CHARGE, rows)


def charged(c: Connection, decision_id: str) -> tuple[Charge, ...]:
    """What a decision holds, in the order of keys."""
    return tuple(_charge(*row) for row in sorted(c.all(CHARGED, id=decision_id)))


def standing(c: Connection) -> dict[str, Decimal]:
    """Every tally, those of periods that are over included."""
    return {key: shown(used) for key, used in c.all(ALL)}


def holdings(c: Connection) -> list[tuple[str, Charge]]:
    """Every charge with the decision that holds it."""
    return [(row[0], _charge(*row[1:])) for row in c.all(EVERY_CHARGE)]


def release(c: Connection, decision_id: str) -> None:
    """Gives back whatever a decision holds."""
    held = charged(c, decision_id)
    if held:
        note(c, decision_id, held, ())
        exchange(c, held, ())


def stand_still(c: Connection) -> None:
    """Lets every decision that is under way end, and no other begin, until this transaction ends.

    On SQLite there is one writer at a time anyway.
    """
    if c.dialect == "postgresql":
        c.run(STAND_STILL)


def clear(c: Connection, rules: Collection[str]) -> None:
    """Forgets everything that was counted for these rules."""
    for rule in rules:
        c.run(FORGET_RULE, prefix=f"{rule}|", length=len(rule) + 1)
        c.run(CLEAR_RULE, prefix=f"{rule}|", length=len(rule) + 1)


def keep(c: Connection, taken: Iterable[tuple[str, Sequence[Charge]]]) -> int:
    """Writes down what decisions, by id, would have taken; answers with how many of them took something."""
    found = {decision_id: millionths(wanted) for decision_id, wanted in taken}
    rows = [
        {"decision_id": decision_id, "key": key, "amount": amount, "until": until}
        for decision_id, wanted in found.items()
        for key, (amount, until) in wanted.items()
    ]
    c.many(PUT_CHARGE, rows)
    return sum(map(bool, found.values()))


def sum_up(c: Connection, rules: Collection[str], since: datetime | None = None) -> None:
    """Makes the tallies of these rules what their charges say, but for messages released since that instant."""
    for rule in rules:
        mine = {"prefix": f"{rule}|", "length": len(rule) + 1}
        if since is not None:
            c.run(FORGET_RELEASED, since=to_micros(since), **mine)
        c.run(CLEAR_RULE, **mine)
        c.many(PUT, [{"key": key, "used": int(used), "until": until} for key, used, until in c.all(SUMS, **mine)])


def shown(used: int) -> Decimal:
    """Millionths as the number that rules count in."""
    return used / MILLION


def _charge(key: str, amount: int, until: int) -> Charge:
    return Charge(key, shown(amount), None if until == FOR_EVER else until)


def millionths(wanted: Sequence[Charge]) -> dict[str, tuple[int, int]]:
    """The charges as they are stored: amount and end by key, without those of nothing.

    A fraction of a millionth counts as a whole one.
    """
    found: dict[str, tuple[int, int]] = {}
    for charge in wanted:
        if not 0 <= charge.amount <= MOST:
            raise Malformed(charge.key, charge.amount, f"one message adds from 0 to {MOST} to a tally.")
        amount = int((charge.amount * MILLION).to_integral_value(ROUND_CEILING))
        if amount:
            found[charge.key] = amount, FOR_EVER if charge.until is None else charge.until
    return found


@lru_cache(maxsize=64)
def _adding(rows: int) -> Statement:
    """Adds to as many tallies, made where they are missing, one after the other as they are listed."""
    lines = [
        {
            "key": bindparam(f"key_{place}"),
            "used": bindparam(f"amount_{place}", type_=BigInteger),
            "until": bindparam(f"until_{place}", type_=BigInteger),
        }
        for place in range(rows)
    ]

    def build(dialect: Dialect) -> ClauseElement:
        new = sqlite.insert(table) if dialect is SQLITE else postgresql.insert(table)
        line = new.inline().values(lines)
        added = {"used": table.c.used + line.excluded.used}
        return line.on_conflict_do_update(index_elements=["key"], set_=added).returning(table.c.key, table.c.used)

    return Statement(build)
