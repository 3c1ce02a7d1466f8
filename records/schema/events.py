"""What customers do, what it adds up to, what it answers, and what could not be used."""

from sqlalchemy import BigInteger, Column, Float, Index, Table, Text, UniqueConstraint, text

from records.schema.base import Sequence, key, metadata, required

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

reported = Table("reported", metadata, key("customer_id"), key("name"), required("message_id", Text))

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
