"""Usage: what models were asked and what it cost, per day, scene, task and model; every process adds to one count."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import BigInteger, Text, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.sql import ClauseElement

from records import schema
from records.connection import Connection
from records.statement import SQLITE, Statement, prepare

table = schema.model_usage

KEY = ("day", "scene", "task", "model")
COUNTS = ("calls", "failed", "prompt_tokens", "completion_tokens", "micros")


@dataclass(frozen=True, slots=True)
class Used:
    """What was used for one scene and task on one day; `scene` is empty where no scene asked.

    `calls` counts every attempt, `failed` those of them that brought nothing usable, `micros` millionths of the
    currency.
    """

    day: str
    scene: str
    task: str
    model: str
    calls: int = 0
    failed: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    micros: int = 0

    @property
    def tokens(self) -> int:
        """Tokens read and written."""
        return self.prompt_tokens + self.completion_tokens

    def __add__(self, other: "Used") -> "Used":
        """Both together, under the first one's name."""
        counts = {name: getattr(self, name) + getattr(other, name) for name in COUNTS}
        return Used(self.day, self.scene, self.task, self.model, **counts)


def _adding(dialect: Dialect) -> ClauseElement:
    values = {name: bindparam(name, type_=BigInteger if name in COUNTS else Text) for name in (*KEY, *COUNTS)}
    row = (sqlite.insert(table) if dialect is SQLITE else postgresql.insert(table)).inline().values(values)
    return row.on_conflict_do_update(
        index_elements=list(KEY), set_={name: table.c[name] + row.excluded[name] for name in COUNTS}
    )


ADD = Statement(_adding)
COLUMNS = [table.c[name] for name in (*KEY, *COUNTS)]
SINCE = prepare(select(*COLUMNS).where(table.c.day >= bindparam("day")).order_by(*COLUMNS[: len(KEY)]))


def add(c: Connection, used: Sequence[Used]) -> None:
    """Adds to what is counted; in the order of keys, so that two processes on PostgreSQL never wait in a circle."""
    rows = [{name: getattr(one, name) for name in (*KEY, *COUNTS)} for one in used]
    c.many(ADD, sorted(rows, key=lambda row: [row[name] for name in KEY]))


def since(c: Connection, day: str) -> list[Used]:
    """Everything counted on this day, written as 2026-11-24, and later."""
    return [Used(*row) for row in c.all(SINCE, day=day)]
