"""Accounts: what is known of companies, and what the profiles of their members say of them."""

from collections.abc import Mapping
from datetime import datetime
from math import isfinite
from typing import Any

from pydantic import JsonValue
from pydantic_core import from_json, to_json
from sqlalchemy import BigInteger, bindparam, select, update

from domain.clock import to_micros
from records import schema
from records.connection import Connection
from records.statement import insert_or_update, prepare

accounts, customers = schema.accounts, schema.customers

GET = prepare(select(accounts.c.document).where(accounts.c.id == bindparam("id")))
PUT = insert_or_update(accounts)
PROFILE = prepare(select(customers.c.profile).where(customers.c.id == bindparam("id")))
PUT_PROFILE = prepare(
    update(customers)
    .where(customers.c.id == bindparam("key"))
    .values(profile=bindparam("profile"), updated_at=bindparam("updated_at", type_=BigInteger))
)
COPIED = {"name": "account_name", "industry": "industry", "employees": "employees", "plan": "plan"}
"""What a member's profile says of the account, under which name."""


MOST_TRAITS, LONGEST_NAME, LONGEST_VALUE, LONGEST_TEXT = 200, 100, 2000, 500
"""Traits of an account; characters of a name, of a value as JSON, and of what a profile copies."""
LARGEST = 1 << 63


def group(
    c: Connection, customer_id: str, account_id: str, traits: Mapping[str, JsonValue], now: datetime
) -> tuple[str, ...]:
    """Adds to what is known of an account, and copies name, industry, size and plan to its member.

    Answers with the names of the traits for which there is no room.
    """
    known: dict[str, JsonValue] = account(c, account_id) or {}
    refused = tuple(name for name, value in traits.items() if not _learned(known, name, value))
    at = to_micros(now)
    c.run(PUT, id=account_id, document=to_json(known).decode(), updated_at=at)
    row = c.one(PROFILE, id=customer_id)
    if row is not None:
        profile: dict[str, Any] = from_json(row[0])
        copied = {told: known[name] for name, told in COPIED.items() if is_plain(known.get(name))}
        profile["attributes"] = {**profile.get("attributes", {}), **copied, "account_id": account_id}
        c.run(PUT_PROFILE, key=customer_id, profile=to_json(profile).decode(), updated_at=at)
    return refused


def is_plain(value: JsonValue) -> bool:
    """Whether a profile can hold the value, and be read with it."""
    if isinstance(value, str):
        return len(value) <= LONGEST_TEXT
    return isinstance(value, int | float) and abs(value) < LARGEST and isfinite(value)


def _learned(known: dict[str, JsonValue], name: str, value: JsonValue) -> bool:
    """Takes a trait of an account where there is room for it."""
    is_known = name in known
    if not 0 < len(name) <= LONGEST_NAME or (len(known) >= MOST_TRAITS and not is_known):
        return False
    if len(to_json(value)) > LONGEST_VALUE:
        return False
    known[name] = value
    return True


def account(c: Connection, account_id: str) -> dict[str, JsonValue] | None:
    """What is known of an account, None where it is not known."""
    row = c.one(GET, id=account_id)
    return None if row is None else from_json(row[0])
