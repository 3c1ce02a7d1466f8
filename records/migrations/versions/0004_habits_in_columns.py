"""Habits in columns: what a customer buys regularly is read several times faster than as one object a habit."""

import json
from datetime import datetime
from typing import Any

from alembic import op
from sqlalchemy import Column, MetaData, Table, Text, bindparam, select

revision = "0004"
down_revision = "0003"

BATCH = 1000
MICROS = 1_000_000
customers = Table("customers", MetaData(), Column("id", Text, primary_key=True), Column("features", Text))


def upgrade() -> None:
    """Writes the habits of every customer anew, some hundred at a time."""
    connection, last = op.get_bind(), ""
    page = (
        select(customers.c.id, customers.c.features)
        .where(customers.c.id > bindparam("last"), customers.c.features.is_not(None))
        .order_by(customers.c.id)
        .limit(BATCH)
    )
    put = customers.update().where(customers.c.id == bindparam("key")).values(features=bindparam("document"))
    while rows := connection.execute(page, {"last": last}).all():
        last = rows[-1].id
        connection.execute(put, [{"key": one.id, "document": columned(one.features)} for one in rows])


def columned(document: str) -> str:
    """The features with their habits column by column, most frequent first."""
    features: dict[str, Any] = json.loads(document)
    habits = sorted(features.get("habits", {}).items(), key=lambda item: -item[1]["days"])
    features["habits"] = {
        "topics": [topic for topic, _ in habits],
        "days": [habit["days"] for _, habit in habits],
        "last_at": [round(datetime.fromisoformat(habit["last_at"]).timestamp() * MICROS) for _, habit in habits],
        "gap_days": [habit.get("gap_days") or 0.0 for _, habit in habits],
    }
    return json.dumps(features, ensure_ascii=False, separators=(",", ":"))
