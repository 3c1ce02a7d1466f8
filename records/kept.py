"""Kept: what is on record under the ids of messages, for whoever brings them again."""

import json
from collections.abc import Iterable
from datetime import datetime

from pydantic import JsonValue
from sqlalchemy import select

from domain.clock import from_micros
from records import schema
from records.connection import Connection
from records.statement import among

table = schema.events

BY_IDS = among(select(table.c.message_id, table.c.at, table.c.properties), table.c.message_id)

Kept = tuple[datetime, dict[str, JsonValue]]
"""When it happened, and its properties."""


def under(c: Connection, message_ids: Iterable[str]) -> dict[str, Kept]:
    """The events under these ids, as far as there are any."""
    keys = json.dumps(list(message_ids))
    return {str(id): (from_micros(at), json.loads(told)) for id, at, told in c.all(BY_IDS, keys=keys)}
