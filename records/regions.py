"""Regions: where our customers live, by the names that their profiles use."""

import json
from difflib import get_close_matches

from sqlalchemy import Text, bindparam, cast, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.sql import ClauseElement

from domain.errors import Malformed
from records import schema
from records.connection import Connection
from records.statement import SQLITE, Statement

SHOWN = 5
profile = schema.customers.c.profile


def _somebody(dialect: Dialect) -> ClauseElement:
    # Not LIKE, which takes large letters for small ones on SQLite.
    place = func.instr if dialect is SQLITE else func.strpos
    return select(schema.customers.c.id).where(place(profile, bindparam("said", type_=Text)) > 0).limit(1)


def _named(dialect: Dialect) -> ClauseElement:
    if dialect is SQLITE:
        return select(func.json_extract(profile, "$.region")).distinct()
    return select(cast(profile, JSONB)["region"].astext).distinct()


SOMEBODY, NAMED = Statement(_somebody), Statement(_named)


def refuse_nowhere(c: Connection, region: str) -> None:
    """Raises Malformed for a region in which nobody lives whom we know: what is said of it would hold for nobody."""
    if c.one(SOMEBODY, said=f'"region":{json.dumps(region, ensure_ascii=False)}') is not None:
        return
    known = sorted(str(row[0]) for row in c.all(NAMED) if row[0])
    if not known:
        return  # Whoever's region is unknown is silenced with every region: this one stops everybody.
    alike = [name for name in known if region and (name in region or region in name)]
    meant = list(dict.fromkeys((*alike, *get_close_matches(region, known, SHOWN, 0.4))))[:SHOWN] or known[:SHOWN]
    raise Malformed("region", region, f"no customer lives there. Write it as profiles do: {', '.join(meant)}.")
