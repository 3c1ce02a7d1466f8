"""Directives: what marketers wrote, how it was read, and what became of it."""

from alembic import op
from sqlalchemy import BigInteger, Column, Text

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Creates the table."""
    op.create_table(
        "directives",
        Column("number", BigInteger, primary_key=True, autoincrement=False),
        Column("text", Text, nullable=False),
        Column("language", Text, nullable=False),
        Column("clauses", Text, nullable=False),
        Column("author", Text, nullable=False),
        Column("created_at", BigInteger, nullable=False),
        Column("status", Text, nullable=False),
        Column("simulated_at", BigInteger),
        Column("decided_by", Text),
        Column("decided_at", BigInteger),
        Column("reason", Text),
        Column("version", BigInteger),
        Column("impact", Text),
    )
