"""What a customer is like, as a vector beside their profile; empty until the context record is written again."""

from alembic import op
from sqlalchemy import Column, LargeBinary, Text

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Creates the columns."""
    op.add_column("customers", Column("encoder", Text))
    op.add_column("customers", Column("vector", LargeBinary))
