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

SHOWN, NEAR = 5, 0.8
"""Nearer than most names of regions are to each other."""
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


def refuse_misspelt(c: Connection, region: str) -> None:
    """Raises Malformed for a region in which nobody lives and whose name is nearly one in which somebody does.

    Any other name is taken: somebody may move there, and whoever's region is unknown is silenced with every region.
    """
    if c.one(SOMEBODY, said=f'"region":{json.dumps(region, ensure_ascii=False)}') is not None:
        return
    known = {str(row[0]).casefold(): str(row[0]) for row in c.all(NAMED) if row[0]}
    said = region.strip().casefold()
    begun = [name for name in known if said and (name.startswith(said) or said.startswith(name))]
    meant = [known[name] for name in dict.fromkeys((*begun, *get_close_matches(said, known, SHOWN, NEAR)))][:SHOWN]
    if meant:
        raise Malformed("region", region, f"no customer lives there. Write it as profiles do: {', '.join(meant)}.")
