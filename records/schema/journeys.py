"""What is to be said later, and what waits to be handed over."""

from sqlalchemy import BigInteger, Column, Index, Table, Text

from records.schema.base import key, metadata, required

due = Table(
    "due",
    metadata,
    key("id"),
    required("customer_id", Text),
    required("scene", Text),
    required("at", BigInteger),
    required("state", Text),
    required("document", Text),
    required("attempts", BigInteger),
    required("wakes", BigInteger),
    Column("reason", Text),
    Column("decision_id", Text),
    required("created_at", BigInteger),
    required("updated_at", BigInteger),
    required("planned", BigInteger),
    Index("due_by_state", "state", "planned", "at"),
    Index("due_of_customer", "customer_id", "state"),
    Index("due_by_age", "updated_at"),
)

outbox = Table(
    "outbox",
    metadata,
    key("id"),
    Column("decision_id", Text),
    required("customer_id", Text),
    required("channel", Text),
    Column("scene", Text),
    Column("due_id", Text),
    required("state", Text),
    required("send_at", BigInteger),
    required("until", BigInteger),
    required("attempts", BigInteger),
    Column("reason", Text),
    required("created_at", BigInteger),
    required("updated_at", BigInteger),
    Index("outbox_by_state", "state", "send_at"),
    Index("outbox_of_customer", "customer_id", "state"),
    Index("outbox_of_due", "due_id"),
    Index("outbox_by_age", "updated_at"),
)

passes = Table(
    "passes",
    metadata,
    key("name"),
    required("cursor", Text),
    required("updated_at", BigInteger),
)
