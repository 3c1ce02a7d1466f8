"""Complaints: a report of spam counts for whoever the message was for, whoever sent the event; the ledger knows it."""

from sqlalchemy import bindparam, select

from domain.clock import from_micros, to_micros
from domain.consent import Consent, Evidence, said_at
from records import schema
from records.connection import Connection
from records.statement import prepare

METHOD, SOURCE = "reported_as_spam", "event "
"""How such a line of the ledger is known: by its evidence."""

lines = schema.consents
WITHDRAWN = prepare(
    select(lines.c.evidence, lines.c.at).where(lines.c.customer_id == bindparam("id"), lines.c.granted.is_(False))
)


def complained_at(line: Consent) -> int | None:
    """When the customer complained, in milliseconds; None for any other word."""
    return None if line.granted or not _is_report(line.evidence) else to_micros(said_at(line.evidence, line.at)) // 1000


def last_complaint(c: Connection, customer_id: str) -> int:
    """When one customer, members apart, complained last, in milliseconds; 0 for never."""
    rows = c.all(WITHDRAWN, id=customer_id)
    said = ((Evidence.model_validate_json(evidence), from_micros(at)) for evidence, at in rows)
    return max((to_micros(said_at(one, at)) // 1000 for one, at in said if _is_report(one)), default=0)


def _is_report(evidence: Evidence) -> bool:
    return evidence.method == METHOD and (evidence.source or "").startswith(SOURCE)
