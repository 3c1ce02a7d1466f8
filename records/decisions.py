"""Decisions: the commit, where a choice becomes a promise, and the record of what was promised.

The rules that count run inside the transaction and under the customer's lock, on what is true at that instant: of many
asks for one customer at once, each sees the promises of those before it.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Text, and_, bindparam, or_, select

from domain.channel import Channel
from domain.clock import from_micros, to_micros
from domain.errors import NotFound, Overtaken
from records import contacts, idempotency, prepared, reviews, schema, tallies
from records.connection import Connection, Row
from records.idempotency import Slot
from records.members import is_member, person_of
from records.outcome import Judge, Outcome, Rejudge, Sign, Stored, Waits
from records.page import Page, cursor_behind, place
from records.recall import LOOKS_BACK, Recall, recall_facts
from records.reservation import apart, reserved
from records.statement import insert_into, prepare
from records.vault import Vault

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
        is_member(decisions.c.customer_id),
        or_(decisions.c.at < AT, and_(decisions.c.at == AT, decisions.c.id < BEFORE)),
    )
    .order_by(decisions.c.at.desc(), decisions.c.id.desc())
    .limit(bindparam("most"))
)
DELIVERIES = prepare(
    select(*deliveries.c).where(deliveries.c.decision_id == bindparam("id")).order_by(deliveries.c.seq)
)


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
        back: timedelta = LOOKS_BACK,
        known: Recall | None = None,
        *,
        orders: bool = False,
    ) -> Outcome:
        """Decides under the customer's lock, keeps what was decided and finishes the idempotency slot, all or nothing.

        Where another run of the same request got here first, its outcome is the answer and `judge` is not asked.
        `back` is how far the rules look back, `orders` whether they ask for orders; `known` is what was read before,
        which `judge` gets if it still holds.
        """
        lock(c, customer_id)
        current = facts(c, customer_id, now, back, known, orders=orders)
        first = idempotency.answered(c, slot) if slot else None
        if first is not None:
            return self.get(c, first).again()
        key = self._vault.key_for(c, customer_id)
        outcome = reserved(c, current, (), judge)
        ciphertext = key.encrypt(outcome.personal, outcome.decision_id)
        c.run(ADD, id=outcome.decision_id, customer_id=customer_id, **row(outcome, ciphertext, sign))
        if outcome.contact is not None:
            contacts.add(c, outcome.decision_id, customer_id, outcome.contact)
        if outcome.charges:
            tallies.note(c, outcome.decision_id, (), outcome.charges)
        if outcome.prepared is not None:
            _take(c, outcome.prepared, outcome.decision_id)
        if outcome.waits is not None:
            self._queue(c, customer_id, outcome, outcome.waits)
        if slot:
            idempotency.finish(c, slot, outcome.decision_id)
        return outcome

    def _queue(self, c: Connection, customer_id: str, outcome: Outcome, waits: Waits) -> None:
        """Lets the words wait for a person, unless a draft for the same customer and scene came in between."""
        channels = () if outcome.channel is None else (outcome.channel,)
        if reviews.waiting_for(c, customer_id, waits.scene, channels, outcome.at) is not None:
            return
        id = reviews.id_of(outcome.decision_id)
        review = reviews.Review(
            id=id,
            kind="message",
            subject=outcome.decision_id,
            scene=waits.scene,
            document=self._vault.encrypt(c, customer_id, waits.document, id),
            created_at=outcome.at,
            customer_id=customer_id,
            channel=outcome.channel,
            expires_at=waits.expires_at,
        )
        reviews.add(c, review)

    def deliver(
        self,
        c: Connection,
        decision_id: str,
        now: datetime,
        judge: Rejudge,
        sign: Sign,
        back: timedelta = LOOKS_BACK,
        *,
        orders: bool = False,
    ) -> Outcome:
        """Judges a kept decision again on what is true now, its own promise left out, and records what was handed over.

        A message counts from now on as delivered. After a hold the promise still counts: an earlier answer may have
        reached the customer, and only `release` says that it did not.
        """
        found = c.one(CUSTOMER_OF, id=decision_id)
        if found is None:
            raise NotFound("decision", decision_id)
        customer_id = str(found[0])
        person = person_of(c, customer_id)
        lock(c, person)
        stored, known = self.get(c, decision_id), facts(c, person, now, back, orders=orders)
        key = self._vault.key_for(c, customer_id)  # Not before the facts: nobody who is not there gets one.
        current, own = apart(c, known, decision_id)
        outcome = reserved(c, current, own, lambda recall: judge(recall, stored))
        ciphertext = key.encrypt(outcome.personal, decision_id)
        if outcome.prepared is not None:
            _take(c, outcome.prepared, decision_id)
        c.run(ADD_DELIVERY, decision_id=decision_id, **row(outcome, ciphertext, sign))
        if outcome.outcome == "message" and outcome.contact is not None:
            handed = outcome.contact.model_copy(update={"state": "delivered"})
            contacts.put(c, decision_id, customer_id, handed)
            if outcome.charges and outcome.charges != own:
                tallies.note(c, decision_id, tallies.replaced(own, outcome.charges), outcome.charges)
        return outcome

    def release(self, c: Connection, decision_id: str, reason: str, now: datetime) -> bool:
        """Frees what the decision promised, as it was definitely not sent; False where nothing is promised any more."""
        found = c.one(CUSTOMER_OF, id=decision_id)
        if found is None:
            raise NotFound("decision", decision_id)
        lock(c, person_of(c, str(found[0])))  # A delivery of the same decision waits, and then finds nothing promised.
        counted = contacts.release(c, decision_id, reason, now)
        if counted:
            tallies.release(c, decision_id)
        return counted

    def get(self, c: Connection, decision_id: str) -> Stored:
        """The decision under that id."""
        found = c.one(GET, id=decision_id)
        if found is None:
            raise NotFound("decision", decision_id)
        return self._read(c, found)

    def find(self, c: Connection, decision_id: str) -> Stored | None:
        """The same, None where there is no such decision."""
        found = c.one(GET, id=decision_id)
        return None if found is None else self._read(c, found)

    def of_customer(self, c: Connection, customer_id: str, limit: int, cursor: str | None = None) -> Page[Stored]:
        """The person's decisions, newest first, from where the last page ended."""
        at, before = place(cursor)
        found = c.all(PAGE, id=person_of(c, customer_id), at=at, before=before, most=limit + 1)
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
            contact=contacts.read(tuple(promise[:-1])),
            public=public,
            personal=self._vault.decrypt(c, customer_id, bytes(personal), id),
            ciphertext=bytes(personal),
            seal=seal,
            released_because=promise[-1],
        )


NO_CONTACT = (None,) * (len(contacts.COLUMNS) + 1)


def lock(c: Connection, person_id: str) -> None:
    """Makes everybody else who decides about the person wait until this transaction ends.

    SQLite has one writer at a time anyway.
    """
    if c.dialect == "postgresql":
        c.one(LOCK, id=person_id)


def facts(
    c: Connection,
    customer_id: str,
    now: datetime,
    back: timedelta = LOOKS_BACK,
    known: Recall | None = None,
    *,
    orders: bool = False,
) -> Recall:
    """What the rules count, as of this transaction.

    Somebody may have been merged since the record was read: then the decision is made again about the survivor, who
    alone is ever locked.
    """
    recall = recall_facts(c, customer_id, now, back, known, orders=orders)
    if recall is None:
        raise NotFound("customer", customer_id)
    if recall.record.customer.id != customer_id:
        raise Overtaken("the customer was found to be one person with another")
    return recall


def row(outcome: Outcome, ciphertext: bytes, sign: Sign) -> dict[str, Any]:
    """What is kept of an outcome, sealed."""
    return {
        "at": to_micros(outcome.at),
        "outcome": outcome.outcome,
        "channel": None if outcome.channel is None else outcome.channel.value,
        "policy_version": outcome.policy_version,
        "public": outcome.public,
        "personal": ciphertext,
        "seal": sign(outcome.public.encode() + ciphertext),
    }


def _take(c: Connection, words: str, decision_id: str) -> None:
    """Uses up words that were made ahead; raises Overtaken where another decision was first."""
    if not prepared.take(c, words, decision_id):
        raise Overtaken("the words that were prepared for it have been used")
