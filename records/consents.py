"""Consents: a ledger that only grows; its last word on a topic and purpose holds."""

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from domain.clock import from_micros, to_micros
from domain.consent import Consent, ConsentState, Evidence
from records import schema
from records.connection import Connection
from records.statement import insert_into, prepare

APPEND = insert_into(schema.consents, "seq")
LEDGER = prepare(
    select(*[column for column in schema.consents.c if column.name != "seq"])
    .where(schema.consents.c.customer_id == bindparam("id"))
    .order_by(schema.consents.c.seq)
)


def append(c: Connection, consents: Iterable[Consent]) -> None:
    """Writes new lines under those that stand."""
    c.many(
        APPEND,
        [
            {
                "customer_id": one.customer_id,
                "topic": one.topic,
                "purpose": str(one.purpose),
                "granted": one.granted,
                "evidence": one.evidence.model_dump_json(),
                "at": to_micros(one.at),
            }
            for one in consents
        ],
    )


def ledger(c: Connection, customer_id: str) -> tuple[Consent, ...]:
    """Every line about the customer, in the order written."""
    return tuple(
        Consent(
            customer_id=owner,
            topic=topic,
            purpose=purpose,
            granted=bool(granted),
            evidence=Evidence.model_validate_json(evidence),
            at=from_micros(at),
        )
        for owner, topic, purpose, granted, evidence, at in c.all(LEDGER, id=customer_id)
    )


def state(c: Connection, customer_id: str) -> ConsentState:
    """What holds now."""
    return {(one.topic, str(one.purpose)): one.granted for one in ledger(c, customer_id)}
