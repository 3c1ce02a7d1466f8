"""Who our customers are: profiles, identifiers, what they allow, what is remembered, and who is one person."""

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, LargeBinary, Table, Text

from records.schema.base import Sequence, key, metadata, required, where_known

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
    Column("encoder", Text),
    Column("vector", LargeBinary),
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

vault = Table("vault", metadata, key("customer_id"), required("wrapped_key", LargeBinary))

accounts = Table(
    "accounts",
    metadata,
    key("id"),
    required("document", Text),
    required("updated_at", BigInteger),
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

shared_identifiers = Table(
    "shared_identifiers",
    metadata,
    key("kind"),
    key("value"),
    required("at", BigInteger),
    required("by", Text),
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
