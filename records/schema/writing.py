"""Words made ahead, people who look at them, conversations, and what a model was asked."""

from sqlalchemy import BigInteger, Column, Index, LargeBinary, Table, Text

from records.schema.base import key, metadata, required

variants = Table(
    "variants",
    metadata,
    key("id"),
    required("scene", Text),
    required("channel", Text),
    required("language", Text),
    Column("offer_id", Text),
    required("status", Text),
    required("document", Text),
    required("provenance", Text),
    required("policy_version", BigInteger),
    required("created_at", BigInteger),
    Column("decided_by", Text),
    Column("decided_at", BigInteger),
    Column("reason", Text),
    required("shown", BigInteger),
    required("answered", BigInteger),
    Index("variants_by_status", "status", "scene"),
)

compositions = Table(
    "compositions",
    metadata,
    key("id"),
    required("scene", Text),
    required("author", Text),
    required("status", Text),
    required("document", Text),
    required("progress", Text),
    required("created_at", BigInteger),
    required("updated_at", BigInteger),
)

prepared = Table(
    "prepared",
    metadata,
    key("id"),
    required("customer_id", Text),
    required("scene", Text),
    required("document", LargeBinary),
    required("created_at", BigInteger),
    required("expires_at", BigInteger),
    Column("taken_by", Text),
    Index("prepared_for_customer", "customer_id", "scene", "created_at"),
    Index("prepared_by_end", "expires_at"),
)

reviews = Table(
    "reviews",
    metadata,
    key("id"),
    required("kind", Text),
    required("subject", Text),
    Column("scene", Text),
    Column("customer_id", Text),
    Column("channel", Text),
    required("status", Text),
    required("document", LargeBinary),
    required("created_at", BigInteger),
    Column("expires_at", BigInteger),
    Column("decided_by", Text),
    Column("decided_at", BigInteger),
    Column("reason", Text),
    Index("reviews_waiting", "status", "created_at", "id"),
    Index("reviews_of_subject", "subject"),
    Index("reviews_of_customer", "customer_id", "status"),
)

talks = Table(
    "talks",
    metadata,
    key("person"),
    key("id"),
    required("document", Text),
    required("until", BigInteger),
    Index("talks_by_end", "until"),
)


model_usage = Table(
    "model_usage",
    metadata,
    key("day"),
    key("scene"),
    key("task"),
    key("model"),
    required("calls", BigInteger),
    required("failed", BigInteger),
    required("prompt_tokens", BigInteger),
    required("completion_tokens", BigInteger),
    required("micros", BigInteger),
)
