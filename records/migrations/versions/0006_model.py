"""The model and the people beside it: usage, variants, prepared copy, reviews, talks, and words a company defined."""

from alembic import op
from sqlalchemy import BigInteger, Column, LargeBinary, Text

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Creates the tables."""
    op.create_table(
        "model_usage",
        Column("day", Text, primary_key=True),
        Column("scene", Text, primary_key=True),
        Column("task", Text, primary_key=True),
        Column("model", Text, primary_key=True),
        Column("calls", BigInteger, nullable=False),
        Column("failed", BigInteger, nullable=False),
        Column("prompt_tokens", BigInteger, nullable=False),
        Column("completion_tokens", BigInteger, nullable=False),
        Column("micros", BigInteger, nullable=False),
    )
    op.create_table(
        "variants",
        Column("id", Text, primary_key=True),
        Column("scene", Text, nullable=False),
        Column("channel", Text, nullable=False),
        Column("language", Text, nullable=False),
        Column("offer_id", Text),
        Column("status", Text, nullable=False),
        Column("document", Text, nullable=False),
        Column("provenance", Text, nullable=False),
        Column("policy_version", BigInteger, nullable=False),
        Column("created_at", BigInteger, nullable=False),
        Column("decided_by", Text),
        Column("decided_at", BigInteger),
        Column("reason", Text),
        Column("shown", BigInteger, nullable=False),
        Column("answered", BigInteger, nullable=False),
    )
    op.create_index("variants_by_status", "variants", ["status", "scene"])
    op.create_table(
        "compositions",
        Column("id", Text, primary_key=True),
        Column("scene", Text, nullable=False),
        Column("author", Text, nullable=False),
        Column("status", Text, nullable=False),
        Column("document", Text, nullable=False),
        Column("progress", Text, nullable=False),
        Column("created_at", BigInteger, nullable=False),
        Column("updated_at", BigInteger, nullable=False),
    )
    op.create_table(
        "prepared",
        Column("id", Text, primary_key=True),
        Column("customer_id", Text, nullable=False),
        Column("scene", Text, nullable=False),
        Column("document", LargeBinary, nullable=False),
        Column("created_at", BigInteger, nullable=False),
        Column("expires_at", BigInteger, nullable=False),
        Column("taken_by", Text),
    )
    op.create_index("prepared_for_customer", "prepared", ["customer_id", "scene", "created_at"])
    op.create_index("prepared_by_end", "prepared", ["expires_at"])
    op.create_table(
        "reviews",
        Column("id", Text, primary_key=True),
        Column("kind", Text, nullable=False),
        Column("subject", Text, nullable=False),
        Column("scene", Text),
        Column("customer_id", Text),
        Column("channel", Text),
        Column("status", Text, nullable=False),
        Column("document", LargeBinary, nullable=False),
        Column("created_at", BigInteger, nullable=False),
        Column("expires_at", BigInteger),
        Column("decided_by", Text),
        Column("decided_at", BigInteger),
        Column("reason", Text),
    )
    op.create_index("reviews_waiting", "reviews", ["status", "created_at", "id"])
    op.create_index("reviews_of_subject", "reviews", ["subject"])
    op.create_index("reviews_of_customer", "reviews", ["customer_id", "status"])
    op.create_table(
        "segments",
        Column("number", BigInteger, primary_key=True, autoincrement=False),
        Column("term", Text, nullable=False),
        Column("document", Text, nullable=False),
        Column("said", Text),
        Column("author", Text, nullable=False),
        Column("created_at", BigInteger, nullable=False),
        Column("status", Text, nullable=False),
        Column("decided_by", Text),
        Column("decided_at", BigInteger),
        Column("reason", Text),
    )
    op.create_index("segments_by_status", "segments", ["status", "number"])
    op.create_table(
        "mandates",
        Column("person", Text, primary_key=True),
        Column("document", Text, nullable=False),
        Column("set_at", BigInteger, nullable=False),
    )
    op.create_table(
        "talks",
        Column("person", Text, primary_key=True),
        Column("id", Text, primary_key=True),
        Column("document", Text, nullable=False),
        Column("until", BigInteger, nullable=False),
    )
    op.create_index("talks_by_end", "talks", ["until"])
