"""Proposals: playbooks that wait for an approval."""

from alembic import op
from sqlalchemy import BigInteger, Column, Text

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Creates the table."""
    op.create_table(
        "proposals",
        Column("number", BigInteger, primary_key=True, autoincrement=False),
        Column("document", Text, nullable=False),
        Column("base", BigInteger, nullable=False),
        Column("author", Text, nullable=False),
        Column("note", Text, nullable=False),
        Column("created_at", BigInteger, nullable=False),
        Column("status", Text, nullable=False),
        Column("decided_by", Text),
        Column("decided_at", BigInteger),
        Column("reason", Text),
        Column("version", BigInteger),
    )
