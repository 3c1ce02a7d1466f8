"""By which mark the master secret of this database is known again; written down at the next start."""

from alembic import op
from sqlalchemy import Column, Text

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Creates the table."""
    op.create_table("marks", Column("name", Text, primary_key=True), Column("value", Text, nullable=False))
