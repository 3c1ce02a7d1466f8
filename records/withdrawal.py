"""Withdrawal: a customer's no, which reaches what already waits for them as well."""

from collections.abc import Sequence

from domain.channel import Channel
from domain.consent import ANY_PURPOSE, Consent, granted
from records import consents, contacts, outbox
from records.connection import Connection
from records.members import members, person_of
from records.outbox import Entry

REASON = "consent_withdrawn"


def append(c: Connection, lines: Sequence[Consent]) -> int:
    """Writes lines into the ledger; a no also takes back what lies in the outbox for its purpose.

    Says how much that was.
    Words that were prepared ahead stay unusable by themselves: they are taken by an ask alone, and an ask asks the
    ledger first.
    """
    consents.append(c, lines)
    return sum(_taken_back(c, line) for line in lines if not line.granted)


def withdraw(c: Connection, lines: Sequence[Consent]) -> int:
    """The same without a line that the ledger already has; says how many were new."""
    new = [
        line for line in lines if granted(consents.state(c, line.customer_id), line.topic, line.purpose) is not False
    ]
    append(c, new)
    return len(new)


def _taken_back(c: Connection, line: Consent) -> int:
    if line.topic not in set(Channel):
        return 0
    if granted(consents.state(c, line.customer_id), line.topic, line.purpose) is not False:
        return 0
    waiting = (entry for one in members(c, person_of(c, line.customer_id)) for entry in outbox.ready_of(c, one))
    meant = (entry for entry in waiting if entry.channel == line.topic and _concerns(c, line, entry))
    return sum(outbox.cancel(c, entry, REASON, line.at) for entry in list(meant))


def _concerns(c: Connection, line: Consent, entry: Entry) -> bool:
    """Whether a no is about what waits: a general one about all of it, any other about messages of its purpose.

    What was not promised yet is judged by the ledger when it is delivered or asked for.
    """
    if line.purpose == ANY_PURPOSE:
        return True
    return entry.decision_id is not None and contacts.purpose_of(c, entry.decision_id) == line.purpose
