"""Compositions: what a marketer had a model write, how far that is, and how it ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import BigInteger, Text, bindparam, select, update

from domain.clock import from_micros, to_micros
from domain.errors import NotFound
from records import schema
from records.connection import Connection, Row
from records.statement import insert_into, prepare

table = schema.compositions

Status = Literal["running", "done", "failed", "stopped"]
SILENT = timedelta(minutes=5)
"""A composition that says nothing for so long has ended with its process."""

ADD = insert_into(table)
GET = prepare(select(*table.c).where(table.c.id == bindparam("id")))
UPDATE = prepare(
    update(table)
    .where(table.c.id == bindparam("key"))
    .values(
        status=bindparam("next", type_=Text),
        progress=bindparam("told"),
        updated_at=bindparam("now", type_=BigInteger),
    )
)


@dataclass(frozen=True, slots=True)
class Composition:
    """What was ordered, as a document, and how far it is, as another."""

    id: str
    scene: str
    author: str
    status: Status
    document: str
    progress: str
    created_at: datetime
    updated_at: datetime


def add(c: Connection, one: Composition) -> None:
    """Keeps an order."""
    at = {"created_at": to_micros(one.created_at), "updated_at": to_micros(one.updated_at)}
    words = {name: getattr(one, name) for name in ("id", "scene", "author", "status", "document", "progress")}
    c.run(ADD, **words, **at)


def get(c: Connection, id: str, now: datetime) -> Composition:
    """The composition under that id; raises NotFound. One whose process has ended is stopped."""
    row = c.one(GET, id=id)
    if row is None:
        raise NotFound("composition", id)
    return _read(row, now)


def note(c: Connection, id: str, status: Status, progress: str, now: datetime) -> None:
    """Keeps how far a composition is."""
    c.run(UPDATE, key=id, next=status, told=progress, now=to_micros(now))


def _read(row: Row, now: datetime) -> Composition:
    id, scene, author, status, document, progress, created_at, updated_at = row
    updated = from_micros(updated_at)
    if status == "running" and now - updated > SILENT:
        status = "stopped"
    return Composition(id, scene, author, status, document, progress, from_micros(created_at), updated)
