"""Consents: a ledger that only grows; its last word on a topic and purpose holds."""

from collections.abc import Iterable

from sqlalchemy import select

from domain.clock import from_micros, to_micros
from domain.consent import Consent, ConsentState, Evidence
from domain.together import Word, consents_together
from records import schema
from records.connection import Connection
from records.members import is_member, person_of
from records.merging import joinings
from records.statement import insert_into, prepare

APPEND = insert_into(schema.consents, "seq")
LEDGER = prepare(
    select(
        *[column for column in schema.consents.c if column.name != "seq"],
        schema.consents.c.seq,
    )
    .where(is_member(schema.consents.c.customer_id))
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
    """Every line about the person, under whichever id it was written, in the order written."""
    return tuple(
        Consent(
            customer_id=owner,
            topic=topic,
            purpose=purpose,
            granted=bool(granted),
            evidence=Evidence.model_validate_json(evidence),
            at=from_micros(at),
        )
        for owner, topic, purpose, granted, evidence, at, _ in c.all(LEDGER, id=person_of(c, customer_id))
    )


def state(c: Connection, customer_id: str) -> ConsentState:
    """What holds now; of what was said before a merge the strictest word does."""
    survivor = person_of(c, customer_id)
    words = (Word(row[6], row[0], (row[1], row[2]), bool(row[3])) for row in c.all(LEDGER, id=survivor))
    return consents_together(words, joinings(c, survivor), survivor)
