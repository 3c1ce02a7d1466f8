"""What marketers decide, and for whom each of them speaks."""

from sqlalchemy import BigInteger, Column, Index, Table, Text

from records.schema.base import key, metadata, required

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

stops = Table(
    "stops",
    metadata,
    key("id"),
    required("document", Text),
    required("at", BigInteger),
    Column("lifted_at", BigInteger),
    Column("lifted_by", Text),
)
