"""What was decided and promised, and what was handed over."""

from sqlalchemy import BigInteger, Boolean, Column, Index, LargeBinary, Table, Text

from records.schema.base import Sequence, key, metadata, required

decisions = Table(
    "decisions",
    metadata,
    key("id"),
    required("customer_id", Text),
    required("at", BigInteger),
    required("outcome", Text),
    Column("channel", Text),
    required("policy_version", BigInteger),
    required("public", Text),
    required("personal", LargeBinary),
    required("seal", Text),
    Index("decisions_of_customer", "customer_id", "at", "id"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("seq", Sequence, primary_key=True, autoincrement=True),
    required("decision_id", Text),
    required("at", BigInteger),
    required("outcome", Text),
    Column("channel", Text),
    required("policy_version", BigInteger),
    required("public", Text),
    required("personal", LargeBinary),
    required("seal", Text),
    Index("deliveries_of_decision", "decision_id", "seq"),
)

contacts = Table(
    "contacts",
    metadata,
    key("decision_id"),
    required("customer_id", Text),
    required("channel", Text),
    required("purpose", Text),
    Column("scene", Text),
    Column("offer_id", Text),
    Column("offer_category", Text),
    Column("offer_kind", Text),
    required("pushed", Boolean),
    required("at", BigInteger),
    required("state", Text),
    Column("reason", Text),
    Column("released_at", BigInteger),
    Index("contacts_of_customer", "customer_id", "at"),
)

tallies = Table(
    "tallies",
    metadata,
    key("key"),
    required("used", BigInteger),
    required("until", BigInteger),
    Index("tallies_by_end", "until"),
)

charges = Table(
    "charges",
    metadata,
    key("decision_id"),
    key("key"),
    required("amount", BigInteger),
    required("until", BigInteger),
)

idempotency = Table(
    "idempotency",
    metadata,
    key("scope"),
    key("key"),
    required("body_hash", Text),
    Column("decision_id", Text),
    required("state", Text),
    required("expires_at", BigInteger),
    required("created_at", BigInteger),
    Index("idempotency_by_age", "created_at"),
)
