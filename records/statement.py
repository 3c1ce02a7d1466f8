"""Statements: written once in SQLAlchemy Core, compiled once for each database, run on the bare driver."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Insert, Select, Table, Text, bindparam, cast, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

SQLITE: Dialect = sqlite.dialect(paramstyle="named")
POSTGRESQL: Dialect = PGDialect_psycopg()  # type: ignore[no-untyped-call]  # untyped in SQLAlchemy


class Statement:
    """One statement; its text per database is made on first use and kept."""

    def __init__(self, build: Callable[[Dialect], ClauseElement]) -> None:
        self._build = build

    @cached_property
    def sqlite(self) -> tuple[str, Mapping[str, Any]]:
        """The text for SQLite, and the values that the statement itself brings."""
        return self._compile(SQLITE)

    @cached_property
    def postgresql(self) -> tuple[str, Mapping[str, Any]]:
        """The text for PostgreSQL, and the values that the statement itself brings."""
        return self._compile(POSTGRESQL)

    def _compile(self, dialect: Dialect) -> tuple[str, Mapping[str, Any]]:
        compiled = self._build(dialect).compile(dialect=dialect)
        if not isinstance(compiled, SQLCompiler):
            raise TypeError(f"{compiled} is no statement on rows")
        own = {name: bind.effective_value for bind, name in compiled.bind_names.items() if not bind.required}
        return str(compiled), own


def prepare(statement: ClauseElement) -> Statement:
    """A statement that reads the same on both databases; values come in by `bindparam`."""
    return Statement(lambda dialect: statement)


def insert_into(table: Table, *without: str) -> Statement:
    """Inserts one row of all columns but those that the database fills itself."""
    names = [column.name for column in table.columns if column.name not in without]
    return prepare(insert(table).inline().values({name: bindparam(name) for name in names}))


def insert_or_update(table: Table, *, keep: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> Statement:
    """Inserts one row, or overwrites the row under the same primary key except the columns to `keep`."""
    key = [column.name for column in table.primary_key]
    names = [column.name for column in table.columns if column.name not in without]
    changed = [name for name in names if name not in key and name not in keep]

    def build(dialect: Dialect) -> ClauseElement:
        values: dict[str, BindParameter[Any]] = {name: bindparam(name) for name in names}
        if dialect is SQLITE:
            row = sqlite.insert(table).inline().values(values)
            return row.on_conflict_do_update(index_elements=key, set_={name: row.excluded[name] for name in changed})
        line = postgresql.insert(table).inline().values(values)
        return line.on_conflict_do_update(index_elements=key, set_={name: line.excluded[name] for name in changed})

    return Statement(build)


def insert_new(table: Table) -> Statement:
    """Inserts one row unless its primary key is taken; `run` and `many` then count fewer rows."""
    return insert_new_without(table)


def insert_new_without(table: Table, *without: str) -> Statement:
    """The same for all columns but those that the database fills itself; any unique key may be taken."""
    names = [column.name for column in table.columns if column.name not in without]
    values: dict[str, BindParameter[Any]] = {name: bindparam(name) for name in names}

    def build(dialect: Dialect) -> Insert:
        if dialect is SQLITE:
            return sqlite.insert(table).inline().values(values).on_conflict_do_nothing()
        return postgresql.insert(table).inline().values(values).on_conflict_do_nothing()

    return Statement(build)


def among(query: Select[Any], column: ColumnElement[Any], name: str = "keys") -> Statement:
    """The query for the rows whose `column` is in a list, given under `name` as JSON: any number in one statement."""

    def build(dialect: Dialect) -> ClauseElement:
        if dialect is SQLITE:
            listed = func.json_each(bindparam(name)).table_valued("value")
        else:
            listed = func.jsonb_array_elements_text(cast(bindparam(name), postgresql.JSONB)).table_valued("value")
        return query.where(column.in_(select(listed.c.value)))

    return Statement(build)


class Listed(FunctionElement[str]):
    """All rows as one text, a JSON list of lists: each row by itself would cost three times as much."""

    type = Text()
    inherit_cache = True


@compiles(Listed, "sqlite")
def _listed_in_sqlite(element: Listed, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_group_array(json_array({compiler.process(element.clauses, **options)}))"


@compiles(Listed, "postgresql")
def _listed_in_postgresql(element: Listed, compiler: SQLCompiler, **options: Any) -> str:
    return f"coalesce(CAST(json_agg(json_build_array({compiler.process(element.clauses, **options)})) AS TEXT), '[]')"


def counting(table: Table) -> Statement:
    """Counts the rows of a table."""
    return prepare(select(func.count()).select_from(table))
