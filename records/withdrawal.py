"""Withdrawal: a customer's no, which reaches what already waits for them as well."""

from collections.abc import Sequence

from domain.channel import Channel
from domain.consent import Consent, granted
from records import consents, outbox
from records.connection import Connection
from records.members import members, person_of

REASON = "consent_withdrawn"


def append(c: Connection, lines: Sequence[Consent]) -> int:
    """Writes lines into the ledger; a no also takes back what lies in the outbox, and says how much that was.

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
    people = members(c, person_of(c, line.customer_id))
    return sum(outbox.cancel_for(c, one, [Channel(line.topic)], REASON, line.at) for one in people)
