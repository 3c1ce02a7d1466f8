"""Who may come in, who looked at whom, whom we may not know again, which secret is ours, and how far imports are."""

from sqlalchemy import BigInteger, Column, Index, Table, Text, UniqueConstraint

from records.schema.base import Sequence, key, metadata, required

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

marks = Table("marks", metadata, key("name"), required("value", Text))
"""By what a secret is known again that stands outside the database."""
