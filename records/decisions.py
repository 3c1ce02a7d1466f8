"""Decisions: the commit, where a choice becomes a promise, and the record of what was promised.

The rules that count run inside the transaction and under the customer's lock, on what is true at that instant: of many
asks for one customer at once, each sees the promises of those before it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import BigInteger, Text, and_, bindparam, or_, select

from domain.channel import Channel
from domain.clock import from_micros, to_micros
from domain.contact import Contact
from domain.errors import NotFound
from records import contacts, idempotency, schema
from records.connection import Connection, Row
from records.idempotency import Slot
from records.page import Page, cursor_behind, place
from records.recall import Recall, recall_facts
from records.statement import insert_into, prepare
from records.vault import Vault

Verdict = Literal["message", "hold"]

customers, decisions, deliveries = schema.customers, schema.decisions, schema.deliveries

LOCK = prepare(select(customers.c.id).where(customers.c.id == bindparam("id")).with_for_update())
ADD = insert_into(decisions)
ADD_DELIVERY = insert_into(deliveries, "seq")
CUSTOMER_OF = prepare(select(decisions.c.customer_id).where(decisions.c.id == bindparam("id")))
RECORDS = select(*decisions.c, *contacts.COLUMNS, contacts.table.c.reason).select_from(
    decisions.outerjoin(contacts.table, contacts.table.c.decision_id == decisions.c.id)
)
GET = prepare(RECORDS.where(decisions.c.id == bindparam("id")))
AT, BEFORE = bindparam("at", type_=BigInteger), bindparam("before", type_=Text)
PAGE = prepare(
    RECORDS.where(
        decisions.c.customer_id == bindparam("customer_id"),
        or_(decisions.c.at < AT, and_(decisions.c.at == AT, decisions.c.id < BEFORE)),
    )
    .order_by(decisions.c.at.desc(), decisions.c.id.desc())
    .limit(bindparam("most"))
)
DELIVERIES = prepare(
    select(*deliveries.c).where(deliveries.c.decision_id == bindparam("id")).order_by(deliveries.c.seq)
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a judge decided; `personal` is kept encrypted, `public` as it is."""

    decision_id: str
    at: datetime
    outcome: Verdict
    channel: Channel | None
    policy_version: int
    contact: Contact | None
    public: str
    personal: bytes


@dataclass(frozen=True, slots=True)
class Stored:
    """A decision as it was kept; `personal` is None once the customer's key is destroyed."""

    decision_id: str
    customer_id: str
    at: datetime
    outcome: Verdict
    channel: Channel | None
    policy_version: int
    contact: Contact | None
    public: str
    personal: bytes | None
    ciphertext: bytes
    seal: str
    released_because: str | None = None

    def sealed_bytes(self) -> bytes:
        """What the seal signs."""
        return self.public.encode() + self.ciphertext

    def again(self) -> Outcome:
        """The outcome as it was committed."""
        return Outcome(
            self.decision_id,
            self.at,
            self.outcome,
            self.channel,
            self.policy_version,
            self.contact,
            self.public,
            self.personal or b"",
        )


Judge = Callable[[Recall], Outcome]
"""Decides on what is true now; it runs inside the transaction and may be stopped with it at any point."""
Rejudge = Callable[[Recall, Stored], Outcome]
Sign = Callable[[bytes], str]


class Decisions:
    """Commits decisions and reads them back."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def commit(
        self,
        c: Connection,
        customer_id: str,
        now: datetime,
        judge: Judge,
        sign: Sign,
        slot: Slot | None = None,
    ) -> Outcome:
        """Decides under the customer's lock, keeps what was decided and finishes the idempotency slot, all or nothing.

        Where another run of the same request got here first, its outcome is the answer and `judge` is not asked.
        """
        lock(c, customer_id)
        first = idempotency.answered(c, slot) if slot else None
        if first is not None:
            return self.get(c, first).again()
        outcome = judge(facts(c, customer_id, now))
        ciphertext = self._vault.encrypt(c, customer_id, outcome.personal, outcome.decision_id)
        c.run(ADD, id=outcome.decision_id, customer_id=customer_id, **row(outcome, ciphertext, sign))
        if outcome.contact is not None:
            contacts.put(c, outcome.decision_id, customer_id, outcome.contact)
        if slot:
            idempotency.finish(c, slot, outcome.decision_id)
        return outcome

    def deliver(self, c: Connection, decision_id: str, now: datetime, judge: Rejudge, sign: Sign) -> Outcome:
        """Judges a kept decision again on what is true now, its own promise left out, and records what was handed over.

        A message counts from now on as delivered. After a hold the promise still counts: an earlier answer may have
        reached the customer, and only `release` says that it did not.
        """
        found = c.one(CUSTOMER_OF, id=decision_id)
        if found is None:
            raise NotFound("decision", decision_id)
        customer_id = str(found[0])
        lock(c, customer_id)
        stored = self.get(c, decision_id)
        outcome = judge(without(facts(c, customer_id, now), decision_id), stored)
        ciphertext = self._vault.encrypt(c, customer_id, outcome.personal, decision_id)
        c.run(ADD_DELIVERY, decision_id=decision_id, **row(outcome, ciphertext, sign))
        if outcome.outcome == "message" and outcome.contact is not None:
            handed = outcome.contact.model_copy(update={"state": "delivered"})
            contacts.put(c, decision_id, customer_id, handed)
        return outcome

    def release(self, c: Connection, decision_id: str, reason: str, now: datetime) -> bool:
        """Frees what the decision promised, as it was definitely not sent; False where nothing is promised any more."""
        if c.one(CUSTOMER_OF, id=decision_id) is None:
            raise NotFound("decision", decision_id)
        return contacts.release(c, decision_id, reason, now)

    def get(self, c: Connection, decision_id: str) -> Stored:
        """The decision under that id."""
        found = c.one(GET, id=decision_id)
        if found is None:
            raise NotFound("decision", decision_id)
        return self._read(c, found)

    def of_customer(self, c: Connection, customer_id: str, limit: int, cursor: str | None = None) -> Page[Stored]:
        """The customer's decisions, newest first, from where the last page ended."""
        at, before = place(cursor)
        found = c.all(PAGE, customer_id=customer_id, at=at, before=before, most=limit + 1)
        items = tuple(self._read(c, one) for one in found[:limit])
        last = items[-1] if len(found) > limit else None
        return Page(items, cursor_behind(to_micros(last.at), last.decision_id) if last else None)

    def deliveries(self, c: Connection, decision_id: str) -> tuple[Stored, ...]:
        """Everything that was handed over, or held back, under that decision, oldest first."""
        owner = c.one(CUSTOMER_OF, id=decision_id)
        return tuple(
            self._read(c, (decision_id, owner[0], *found[2:], *NO_CONTACT))
            for found in c.all(DELIVERIES, id=decision_id)
            if owner is not None
        )

    def _read(self, c: Connection, found: Row) -> Stored:
        id, customer_id, at, outcome, channel, policy_version, public, personal, seal, *promise = found
        return Stored(
            decision_id=id,
            customer_id=customer_id,
            at=from_micros(at),
            outcome=outcome,
            channel=None if channel is None else Channel(channel),
            policy_version=policy_version,
            contact=contacts.read(promise[:-1]),
            public=public,
            personal=self._vault.decrypt(c, customer_id, bytes(personal), id),
            ciphertext=bytes(personal),
            seal=seal,
            released_because=promise[-1],
        )


NO_CONTACT = (None,) * (len(contacts.COLUMNS) + 1)


def lock(c: Connection, customer_id: str) -> None:
    """Makes everybody else who decides about the customer wait until this transaction ends.

    SQLite has one writer at a time anyway; there this only finds the customer.
    """
    if c.one(LOCK, id=customer_id) is None:
        raise NotFound("customer", customer_id)


def facts(c: Connection, customer_id: str, now: datetime) -> Recall:
    """What the rules count, as of this transaction."""
    recall = recall_facts(c, customer_id, now)
    if recall is None:
        raise NotFound("customer", customer_id)
    return recall


def without(recall: Recall, decision_id: str) -> Recall:
    """The same, as if that decision had promised nothing."""
    others = tuple(one for one in recall.record.contacts if one.decision_id != decision_id)
    return replace(recall, record=recall.record.model_copy(update={"contacts": others}))


def row(outcome: Outcome, ciphertext: bytes, sign: Sign) -> dict[str, Any]:
    """What is kept of an outcome, sealed."""
    return {
        "at": to_micros(outcome.at),
        "outcome": outcome.outcome,
        "channel": outcome.channel,
        "policy_version": outcome.policy_version,
        "public": outcome.public,
        "personal": ciphertext,
        "seal": sign(outcome.public.encode() + ciphertext),
    }
