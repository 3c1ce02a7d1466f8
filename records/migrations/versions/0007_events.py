"""Events and what follows from them: behaviour, responses, merges, journeys, dead letters, traces of privacy."""

from contextlib import suppress

from alembic import op
from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Integer,
    Text,
    UniqueConstraint,
    column,
    delete,
    insert,
    select,
    table,
    text,
)

from domain.errors import Malformed
from records.identifiers import compared, normalised

revision = "0007"
down_revision = "0006"

Sequence = BigInteger().with_variant(Integer, "sqlite")


def upgrade() -> None:
    """Creates the tables, and the columns of those that are there."""
    op.add_column("customers", Column("person_id", Text))
    op.add_column("customers", Column("absorbs", Text))
    op.add_column("customers", Column("told_at", BigInteger))
    op.add_column("events", Column("context", Text))
    op.add_column("events", Column("decision_id", Text))
    behaviour()
    identity()
    journeys()
    privacy()


def behaviour() -> None:
    """What events add up to, and what they answer."""
    op.create_table(
        "behaviours",
        Column("customer_id", Text, primary_key=True),
        Column("document", Text, nullable=False),
        Column("holds_until", BigInteger, nullable=False),
        Column("touched_at", BigInteger, nullable=False),
        Column("followed_at", BigInteger, nullable=False),
        Column("base", Text),
        Column("stage", Text),
        Column("stage_at", BigInteger),
        Column("tagged", Text),
    )
    op.create_index("behaviours_by_end", "behaviours", ["holds_until"])
    unfollowed = text("touched_at > followed_at")
    op.create_index(
        "behaviours_to_follow",
        "behaviours",
        ["touched_at", "customer_id"],
        sqlite_where=unfollowed,
        postgresql_where=unfollowed,
    )
    op.create_table(
        "reported",
        Column("customer_id", Text, primary_key=True),
        Column("name", Text, primary_key=True),
        Column("message_id", Text, nullable=False),
    )
    op.create_table(
        "responses",
        Column("decision_id", Text, primary_key=True),
        Column("kind", Text, primary_key=True),
        Column("customer_id", Text, nullable=False),
        Column("at", BigInteger, nullable=False),
        Column("value", Float),
        Column("message_id", Text, nullable=False),
    )
    op.create_index("responses_of_customer", "responses", ["customer_id", "at"])
    op.create_table(
        "dead_letters",
        Column("seq", Sequence, primary_key=True, autoincrement=True),
        Column("received_at", BigInteger, nullable=False),
        Column("source", Text, nullable=False),
        Column("type", Text),
        Column("message_id", Text),
        Column("field", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("document", Text, nullable=False),
        Column("digest", Text, nullable=False),
        Column("status", Text, nullable=False),
        Column("decided_by", Text),
        Column("decided_at", BigInteger),
        UniqueConstraint("digest", name="dead_letters_by_digest"),
    )
    op.create_index("dead_letters_by_status", "dead_letters", ["status", "seq"])
    op.create_table(
        "accounts",
        Column("id", Text, primary_key=True),
        Column("document", Text, nullable=False),
        Column("updated_at", BigInteger, nullable=False),
    )


def identity() -> None:
    """Who is who."""
    op.create_table(
        "merges",
        Column("seq", Sequence, primary_key=True, autoincrement=True),
        Column("person_id", Text, nullable=False),
        Column("customer_id", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("score", Float),
        Column("evidence", Text, nullable=False),
        Column("words", BigInteger, nullable=False),
        Column("at", BigInteger, nullable=False),
        Column("by", Text, nullable=False),
        Column("undone_at", BigInteger),
        Column("undone_by", Text),
    )
    op.create_index("merges_of_person", "merges", ["person_id", "seq"])
    op.create_index("merges_of_customer", "merges", ["customer_id", "seq"])
    op.create_table(
        "matches",
        Column("left_id", Text, primary_key=True),
        Column("right_id", Text, primary_key=True),
        Column("score", Float, nullable=False),
        Column("evidence", Text, nullable=False),
        Column("status", Text, nullable=False),
        Column("created_at", BigInteger, nullable=False),
        Column("decided_by", Text),
        Column("decided_at", BigInteger),
    )
    op.create_index("matches_by_status", "matches", ["status", "score"])
    op.create_table(
        "shared_identifiers",
        Column("kind", Text, primary_key=True),
        Column("value", Text, primary_key=True),
        Column("at", BigInteger, nullable=False),
        Column("by", Text, nullable=False),
    )
    op.create_table(
        "claims",
        Column("kind", Text, primary_key=True),
        Column("value", Text, primary_key=True),
        Column("customer_id", Text, primary_key=True),
        Column("at", BigInteger, nullable=False),
    )
    op.create_index("claims_of_customer", "claims", ["customer_id"])
    known = column("person_id").is_not(None)
    op.create_index("customers_of_person", "customers", ["person_id"], sqlite_where=known, postgresql_where=known)
    rewrite_identifiers()


def rewrite_identifiers() -> None:
    """Writes addresses and telephone numbers in the form of today; of two customers with the same, the first keeps it.

    What cannot be one is no identifier any more; the profile still says it.
    """
    bind = op.get_bind()
    stored = table("identifiers", column("kind"), column("value"), column("customer_id"))
    wanted = select(stored).where(stored.c.kind.in_(("email", "phone"))).order_by(stored.c.customer_id)
    rows = bind.execute(wanted).all()
    taken = {(kind, value) for kind, value, _ in rows if compared(kind, value) == value}
    for kind, value, customer_id in rows:
        with suppress(Malformed):
            if normalised(kind, value) == value:
                continue
        bind.execute(delete(stored).where(stored.c.kind == kind, stored.c.value == value))
        with suppress(Malformed):
            written = kind, normalised(kind, value)
            if written not in taken:
                taken.add(written)
                bind.execute(insert(stored).values(kind=kind, value=written[1], customer_id=customer_id))


def journeys() -> None:
    """What is to be said later, and what waits to be handed over."""
    op.create_table(
        "due",
        Column("id", Text, primary_key=True),
        Column("customer_id", Text, nullable=False),
        Column("scene", Text, nullable=False),
        Column("at", BigInteger, nullable=False),
        Column("state", Text, nullable=False),
        Column("document", Text, nullable=False),
        Column("attempts", BigInteger, nullable=False),
        Column("wakes", BigInteger, nullable=False),
        Column("reason", Text),
        Column("decision_id", Text),
        Column("created_at", BigInteger, nullable=False),
        Column("updated_at", BigInteger, nullable=False),
        Column("planned", BigInteger, nullable=False),
    )
    op.create_index("due_by_state", "due", ["state", "planned", "at"])
    op.create_index("due_of_customer", "due", ["customer_id", "state"])
    op.create_index("due_by_age", "due", ["updated_at"])
    op.create_table(
        "outbox",
        Column("id", Text, primary_key=True),
        Column("decision_id", Text),
        Column("customer_id", Text, nullable=False),
        Column("channel", Text, nullable=False),
        Column("scene", Text),
        Column("due_id", Text),
        Column("state", Text, nullable=False),
        Column("send_at", BigInteger, nullable=False),
        Column("until", BigInteger, nullable=False),
        Column("attempts", BigInteger, nullable=False),
        Column("reason", Text),
        Column("created_at", BigInteger, nullable=False),
        Column("updated_at", BigInteger, nullable=False),
    )
    op.create_index("outbox_by_state", "outbox", ["state", "send_at"])
    op.create_index("outbox_of_customer", "outbox", ["customer_id", "state"])
    op.create_index("outbox_of_due", "outbox", ["due_id"])
    op.create_index("outbox_by_age", "outbox", ["updated_at"])
    op.create_table(
        "passes",
        Column("name", Text, primary_key=True),
        Column("cursor", Text, nullable=False),
        Column("updated_at", BigInteger, nullable=False),
    )


def privacy() -> None:
    """Who read what, and whom we may not know again."""
    op.create_table(
        "accesses",
        Column("seq", Sequence, primary_key=True, autoincrement=True),
        Column("at", BigInteger, nullable=False),
        Column("person", Text),
        Column("role", Text),
        Column("customer_id", Text, nullable=False),
        Column("what", Text, nullable=False),
    )
    op.create_index("accesses_of_customer", "accesses", ["customer_id", "seq"])
    op.create_index("accesses_by_age", "accesses", ["at"])
    op.create_table(
        "tombstones",
        Column("hash", Text, primary_key=True),
        Column("at", BigInteger, nullable=False),
    )
