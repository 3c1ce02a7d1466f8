"""The first tables."""

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)

revision = "0001"
down_revision = None

Sequence = BigInteger().with_variant(Integer, "sqlite")


def upgrade() -> None:
    """Creates every table of the first version."""
    people()
    behaviour()
    decisions()
    access()
    catalogue()
    policy()


def people() -> None:
    """Customers, their identifiers and their consents."""
    op.create_table(
        "customers",
        Column("id", Text, primary_key=True),
        Column("profile", Text, nullable=False),
        Column("features", Text),
        Column("created_at", BigInteger, nullable=False),
        Column("updated_at", BigInteger, nullable=False),
    )
    op.create_table(
        "identifiers",
        Column("kind", Text, nullable=False),
        Column("value", Text, nullable=False),
        Column("customer_id", Text, nullable=False),
        PrimaryKeyConstraint("kind", "value"),
    )
    op.create_index("identifiers_of_customer", "identifiers", ["customer_id"])
    op.create_table(
        "consents",
        Column("seq", Sequence, primary_key=True, autoincrement=True),
        Column("customer_id", Text, nullable=False),
        Column("topic", Text, nullable=False),
        Column("purpose", Text, nullable=False),
        Column("granted", Boolean, nullable=False),
        Column("evidence", Text, nullable=False),
        Column("at", BigInteger, nullable=False),
    )
    op.create_index("consents_of_customer", "consents", ["customer_id", "seq"])


def behaviour() -> None:
    """What customers did, and what we remember of it."""
    op.create_table(
        "events",
        Column("message_id", Text, primary_key=True),
        Column("customer_id", Text, nullable=False),
        Column("type", Text, nullable=False),
        Column("name", Text),
        Column("source", Text),
        Column("properties", Text, nullable=False),
        Column("at", BigInteger, nullable=False),
        Column("received_at", BigInteger, nullable=False),
    )
    op.create_index("events_of_customer", "events", ["customer_id", "at"])
    op.create_table(
        "memories",
        Column("id", Text, primary_key=True),
        Column("customer_id", Text, nullable=False),
        Column("document", Text, nullable=False),
        Column("vector", LargeBinary),
        Column("at", BigInteger, nullable=False),
        Column("expires_at", BigInteger),
    )
    op.create_index("memories_of_customer", "memories", ["customer_id", "at"])
    op.create_table(
        "purchases",
        Column("basket_id", Text, nullable=False),
        Column("line", BigInteger, nullable=False),
        Column("customer_id", Text, nullable=False),
        Column("product_id", Text, nullable=False),
        Column("category", Text),
        Column("at", BigInteger, nullable=False),
        Column("quantity", BigInteger, nullable=False),
        Column("amount_minor", BigInteger, nullable=False),
        Column("coupon_minor", BigInteger, nullable=False),
        PrimaryKeyConstraint("basket_id", "line"),
    )
    op.create_index("purchases_of_customer", "purchases", ["customer_id", "at"])
    op.create_table(
        "redemptions",
        Column("customer_id", Text, nullable=False),
        Column("coupon_id", Text, nullable=False),
        Column("campaign_id", Text, nullable=False),
        Column("at", BigInteger, nullable=False),
        PrimaryKeyConstraint("customer_id", "coupon_id", "campaign_id", "at"),
    )
    op.create_table(
        "co_purchases",
        Column("topic", Text, nullable=False),
        Column("other", Text, nullable=False),
        Column("strength", Float, nullable=False),
        PrimaryKeyConstraint("topic", "other"),
    )
    op.create_table(
        "imports",
        Column("source", Text, primary_key=True),
        Column("step", Text, nullable=False),
        Column("position", BigInteger, nullable=False),
        Column("offset_days", BigInteger, nullable=False),
        Column("started_at", BigInteger, nullable=False),
        Column("finished_at", BigInteger),
    )


def decisions() -> None:
    """What was decided, promised and handed out."""
    op.create_table(
        "contacts",
        Column("decision_id", Text, primary_key=True),
        Column("customer_id", Text, nullable=False),
        Column("channel", Text, nullable=False),
        Column("purpose", Text, nullable=False),
        Column("scene", Text),
        Column("offer_id", Text),
        Column("offer_category", Text),
        Column("pushed", Boolean, nullable=False),
        Column("at", BigInteger, nullable=False),
        Column("state", Text, nullable=False),
        Column("reason", Text),
        Column("released_at", BigInteger),
    )
    op.create_index("contacts_of_customer", "contacts", ["customer_id", "at"])
    op.create_table(
        "decisions",
        Column("id", Text, primary_key=True),
        Column("customer_id", Text, nullable=False),
        *record_columns(),
    )
    op.create_index("decisions_of_customer", "decisions", ["customer_id", "at", "id"])
    op.create_table(
        "deliveries",
        Column("seq", Sequence, primary_key=True, autoincrement=True),
        Column("decision_id", Text, nullable=False),
        *record_columns(),
    )
    op.create_index("deliveries_of_decision", "deliveries", ["decision_id", "seq"])
    op.create_table(
        "idempotency",
        Column("scope", Text, nullable=False),
        Column("key", Text, nullable=False),
        Column("body_hash", Text, nullable=False),
        Column("decision_id", Text),
        Column("state", Text, nullable=False),
        Column("expires_at", BigInteger, nullable=False),
        Column("created_at", BigInteger, nullable=False),
        PrimaryKeyConstraint("scope", "key"),
    )
    op.create_index("idempotency_by_age", "idempotency", ["created_at"])


def record_columns() -> tuple[Column[str] | Column[int] | Column[bytes], ...]:
    """The columns of a sealed record."""
    return (
        Column("at", BigInteger, nullable=False),
        Column("outcome", Text, nullable=False),
        Column("channel", Text),
        Column("policy_version", BigInteger, nullable=False),
        Column("public", Text, nullable=False),
        Column("personal", LargeBinary, nullable=False),
        Column("seal", Text, nullable=False),
    )


def access() -> None:
    """Keys: those of customers' payloads and those of people and systems."""
    op.create_table(
        "vault",
        Column("customer_id", Text, primary_key=True),
        Column("wrapped_key", LargeBinary, nullable=False),
    )
    op.create_table(
        "keys",
        Column("id", Text, primary_key=True),
        Column("hash", Text, nullable=False),
        Column("person", Text, nullable=False),
        Column("role", Text, nullable=False),
        Column("channels", Text, nullable=False),
        Column("created_at", BigInteger, nullable=False),
        Column("revoked_at", BigInteger),
        UniqueConstraint("hash", name="keys_by_hash"),
    )


def catalogue() -> None:
    """What messages can be about."""
    op.create_table(
        "offers",
        Column("id", Text, primary_key=True),
        Column("document", Text, nullable=False),
        Column("updated_at", BigInteger, nullable=False),
    )
    op.create_table(
        "products",
        Column("id", Text, primary_key=True),
        Column("document", Text, nullable=False),
    )


def policy() -> None:
    """What marketers decided."""
    op.create_table(
        "stops",
        Column("id", Text, primary_key=True),
        Column("document", Text, nullable=False),
        Column("at", BigInteger, nullable=False),
        Column("lifted_at", BigInteger),
        Column("lifted_by", Text),
    )
    op.create_table(
        "policy_versions",
        Column("version", BigInteger, primary_key=True, autoincrement=False),
        Column("document", Text, nullable=False),
        Column("author", Text, nullable=False),
        Column("approver", Text),
        Column("note", Text, nullable=False),
        Column("created_at", BigInteger, nullable=False),
    )
    op.create_table(
        "versions",
        Column("name", Text, primary_key=True),
        Column("value", BigInteger, nullable=False),
    )
