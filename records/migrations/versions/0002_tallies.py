"""Tallies: what a house has promised altogether, and which decision added what; and the kind of a contact's offer."""

from alembic import op
from sqlalchemy import BigInteger, Column, Text

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Creates both tables, and the column."""
    op.add_column("contacts", Column("offer_kind", Text))
    op.create_table(
        "tallies",
        Column("key", Text, primary_key=True),
        Column("used", BigInteger, nullable=False),
        Column("until", BigInteger, nullable=False),
    )
    op.create_index("tallies_by_end", "tallies", ["until"])
    op.create_table(
        "charges",
        Column("decision_id", Text, primary_key=True),
        Column("key", Text, primary_key=True),
        Column("amount", BigInteger, nullable=False),
        Column("until", BigInteger, nullable=False),
    )
