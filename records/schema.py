"""Every table, one schema for SQLite and PostgreSQL.

Instants are microseconds since 1970 in UTC, documents are JSON in text, money is a whole number of minor units.
`migrations/` builds the same tables step by step; a test holds the two against each other.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    column,
    text,
)

REVISION = "0007"
"""The migration that this code needs; compared with the stored one before alembic is even imported."""

metadata = MetaData()

# SQLite counts rows by itself only in a column declared INTEGER.
Sequence = BigInteger().with_variant(Integer, "sqlite")


def required(name: str, kind: type[Text | BigInteger | Boolean | Float[float] | LargeBinary]) -> Column[object]:
    """A column that always has a value."""
    return Column(name, kind, nullable=False)


def key(name: str, kind: type[Text | BigInteger] = Text) -> Column[object]:
    """A column of the primary key."""
    return Column(name, kind, primary_key=True, autoincrement=False)


def where_known(name: str) -> dict[str, Any]:
    """Leaves the rows out of an index in which the column says nothing."""
    known = column(name).is_not(None)
    return {"sqlite_where": known, "postgresql_where": known}


customers = Table(
    "customers",
    metadata,
    key("id"),
    required("profile", Text),
    Column("features", Text),
    required("created_at", BigInteger),
    required("updated_at", BigInteger),
    Column("person_id", Text),
    Column("absorbs", Text),
    Column("told_at", BigInteger),
    Index("customers_of_person", "person_id", **where_known("person_id")),
)

identifiers = Table(
    "identifiers",
    metadata,
    key("kind"),
    key("value"),
    required("customer_id", Text),
    Index("identifiers_of_customer", "customer_id"),
)

consents = Table(
    "consents",
    metadata,
    Column("seq", Sequence, primary_key=True, autoincrement=True),
    required("customer_id", Text),
    required("topic", Text),
    required("purpose", Text),
    required("granted", Boolean),
    required("evidence", Text),
    required("at", BigInteger),
    Index("consents_of_customer", "customer_id", "seq"),
)

events = Table(
    "events",
    metadata,
    key("message_id"),
    required("customer_id", Text),
    required("type", Text),
    Column("name", Text),
    Column("source", Text),
    required("properties", Text),
    required("at", BigInteger),
    required("received_at", BigInteger),
    Column("context", Text),
    Column("decision_id", Text),
    Index("events_of_customer", "customer_id", "at"),
)

memories = Table(
    "memories",
    metadata,
    key("id"),
    required("customer_id", Text),
    required("document", Text),
    Column("vector", LargeBinary),
    required("at", BigInteger),
    Column("expires_at", BigInteger),
    Index("memories_of_customer", "customer_id", "at"),
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

vault = Table("vault", metadata, key("customer_id"), required("wrapped_key", LargeBinary))

stops = Table(
    "stops",
    metadata,
    key("id"),
    required("document", Text),
    required("at", BigInteger),
    Column("lifted_at", BigInteger),
    Column("lifted_by", Text),
)

keys = Table(
    "keys",
    metadata,
    key("id"),
    required("hash", Text),
    required("person", Text),
    required("role", Text),
    required("channels", Text),
    required("created_at", BigInteger),
    Column("revoked_at", BigInteger),
    UniqueConstraint("hash", name="keys_by_hash"),
)

offers = Table(
    "offers",
    metadata,
    key("id"),
    required("document", Text),
    required("updated_at", BigInteger),
)

products = Table("products", metadata, key("id"), required("document", Text))

purchases = Table(
    "purchases",
    metadata,
    key("basket_id"),
    key("line", BigInteger),
    required("customer_id", Text),
    required("product_id", Text),
    Column("category", Text),
    required("at", BigInteger),
    required("quantity", BigInteger),
    required("amount_minor", BigInteger),
    required("coupon_minor", BigInteger),
    Index("purchases_of_customer", "customer_id", "at"),
)

redemptions = Table(
    "redemptions",
    metadata,
    key("customer_id"),
    key("coupon_id"),
    key("campaign_id"),
    key("at", BigInteger),
)

co_purchases = Table(
    "co_purchases",
    metadata,
    key("topic"),
    key("other"),
    required("strength", Float),
)

policy_versions = Table(
    "policy_versions",
    metadata,
    key("version", BigInteger),
    required("document", Text),
    required("author", Text),
    Column("approver", Text),
    required("note", Text),
    required("created_at", BigInteger),
)

proposals = Table(
    "proposals",
    metadata,
    key("number", BigInteger),
    required("document", Text),
    required("base", BigInteger),
    required("author", Text),
    required("note", Text),
    required("created_at", BigInteger),
    required("status", Text),
    Column("decided_by", Text),
    Column("decided_at", BigInteger),
    Column("reason", Text),
    Column("version", BigInteger),
)

directives = Table(
    "directives",
    metadata,
    key("number", BigInteger),
    required("text", Text),
    required("language", Text),
    required("clauses", Text),
    required("author", Text),
    required("created_at", BigInteger),
    required("status", Text),
    Column("simulated_at", BigInteger),
    Column("decided_by", Text),
    Column("decided_at", BigInteger),
    Column("reason", Text),
    Column("version", BigInteger),
    Column("impact", Text),
)

imports = Table(
    "imports",
    metadata,
    key("source"),
    required("step", Text),
    required("position", BigInteger),
    required("offset_days", BigInteger),
    required("started_at", BigInteger),
    Column("finished_at", BigInteger),
)

versions = Table("versions", metadata, key("name"), required("value", BigInteger))

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

segments = Table(
    "segments",
    metadata,
    key("number", BigInteger),
    required("term", Text),
    required("document", Text),
    Column("said", Text),
    required("author", Text),
    required("created_at", BigInteger),
    required("status", Text),
    Column("decided_by", Text),
    Column("decided_at", BigInteger),
    Column("reason", Text),
    Index("segments_by_status", "status", "number"),
)

mandates = Table(
    "mandates",
    metadata,
    key("person"),
    required("document", Text),
    required("set_at", BigInteger),
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

UNFOLLOWED = text("touched_at > followed_at")

behaviours = Table(
    "behaviours",
    metadata,
    key("customer_id"),
    required("document", Text),
    required("holds_until", BigInteger),
    required("touched_at", BigInteger),
    required("followed_at", BigInteger),
    Column("base", Text),
    Column("stage", Text),
    Column("stage_at", BigInteger),
    Column("tagged", Text),
    Index("behaviours_by_end", "holds_until"),
    Index("behaviours_to_follow", "touched_at", "customer_id", sqlite_where=UNFOLLOWED, postgresql_where=UNFOLLOWED),
)

reported = Table("reported", metadata, key("customer_id"), key("name"), required("message_id", Text))

responses = Table(
    "responses",
    metadata,
    key("decision_id"),
    key("kind"),
    required("customer_id", Text),
    required("at", BigInteger),
    Column("value", Float),
    required("message_id", Text),
    Index("responses_of_customer", "customer_id", "at"),
)

dead_letters = Table(
    "dead_letters",
    metadata,
    Column("seq", Sequence, primary_key=True, autoincrement=True),
    required("received_at", BigInteger),
    required("source", Text),
    Column("type", Text),
    Column("message_id", Text),
    required("field", Text),
    required("reason", Text),
    required("document", Text),
    required("digest", Text),
    required("status", Text),
    Column("decided_by", Text),
    Column("decided_at", BigInteger),
    UniqueConstraint("digest", name="dead_letters_by_digest"),
    Index("dead_letters_by_status", "status", "seq"),
)

accounts = Table(
    "accounts",
    metadata,
    key("id"),
    required("document", Text),
    required("updated_at", BigInteger),
)

merges = Table(
    "merges",
    metadata,
    Column("seq", Sequence, primary_key=True, autoincrement=True),
    required("person_id", Text),
    required("customer_id", Text),
    required("kind", Text),
    Column("score", Float),
    required("evidence", Text),
    required("words", BigInteger),
    required("at", BigInteger),
    required("by", Text),
    Column("undone_at", BigInteger),
    Column("undone_by", Text),
    Index("merges_of_person", "person_id", "seq"),
    Index("merges_of_customer", "customer_id", "seq"),
)

matches = Table(
    "matches",
    metadata,
    key("left_id"),
    key("right_id"),
    required("score", Float),
    required("evidence", Text),
    required("status", Text),
    required("created_at", BigInteger),
    Column("decided_by", Text),
    Column("decided_at", BigInteger),
    Index("matches_by_status", "status", "score"),
)

shared_identifiers = Table(
    "shared_identifiers",
    metadata,
    key("kind"),
    key("value"),
    required("at", BigInteger),
    required("by", Text),
)

claims = Table(
    "claims",
    metadata,
    key("kind"),
    key("value"),
    key("customer_id"),
    required("at", BigInteger),
    Index("claims_of_customer", "customer_id"),
)

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

accesses = Table(
    "accesses",
    metadata,
    Column("seq", Sequence, primary_key=True, autoincrement=True),
    required("at", BigInteger),
    Column("person", Text),
    Column("role", Text),
    required("customer_id", Text),
    required("what", Text),
    Index("accesses_of_customer", "customer_id", "seq"),
    Index("accesses_by_age", "at"),
)

tombstones = Table(
    "tombstones",
    metadata,
    key("hash"),
    required("at", BigInteger),
)
