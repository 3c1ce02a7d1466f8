"""The commit says what the rules say: the verdict on stored rows under the lock is that of the plain predicates."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import bindparam, update

from domain.channel import Channel, Purpose
from domain.charge import Charge
from domain.contact import Contact
from domain.customer import Record
from policies.book import Book
from policies.checking.verdicts import violated
from policies.facts import Action, Home, sent_to, situation_of
from records import consents, contacts, profiles, tallies
from records.connection import Connection
from records.database import Database
from records.decisions import Decisions
from records.outcome import Outcome
from records.recall import Recall
from records.schema import customers
from records.statement import prepare
from records.vault import Vault
from tests.policies.examples import book_of, rules_of
from tests.policies.strategies import START, actions, notes_of, records, rule_sets
from tests.policies.strategies import tallies as counters
from tests.records.people import consent, holds, signed

HOME = Home("JP", "Asia/Tokyo")
DECISIONS = Decisions(Vault(b"m" * 32))
ROUNDS = 3
BEHAVED = prepare(update(customers).where(customers.c.id == bindparam("key")).values(features=bindparam("features")))
COUNTING = ("frequency_cap", "min_gap", "exclusivity", "volume_cap", "volume_cap", "budget", "budget", "sample_review")
EVERYTHING = {"channels": [*Channel], "purposes": [*Purpose]}
told = st.sampled_from(COUNTING).flatmap(notes_of)
counting = st.lists(told | told.map(lambda note: {**note, "scope": EVERYTHING}), min_size=1, max_size=6)


class Undone(Exception):
    """Ends a transaction without a trace."""


class Case:
    """One generated world: rules, one customer's record and the tallies of the house."""

    def __init__(self, book: Book, record: Record, used: dict[str, Decimal], action: Action) -> None:
        known = record if record.last_order is not None else record.who_ordered(None)
        s = situation_of(known, HOME, tallies=used)
        self.book, self.record, self.used, self.action = book, known, used, sent_to(s, action)

    def stored(self, c: Connection) -> None:
        """Puts the world into a database."""
        customer = self.record.customer
        profiles.upsert(c, [customer], START)
        features = self.record.features.model_dump_json(exclude_defaults=True)
        c.run(BEHAVED, key=customer.id, features=features)
        said = self.record.consents.items()
        consents.append(c, [consent(customer.id, topic, yes, purpose) for (topic, purpose), yes in said])
        for number, contact in enumerate(self.record.contacts):
            contacts.put(c, f"earlier-{number}", customer.id, contact)
        tallies.exchange(c, (), [Charge(key, amount) for key, amount in self.used.items()])

    def commit(self, c: Connection, number: int) -> Outcome:
        """Decides as the agent does: a message where no rule forbids it, with all that it adds."""

        def judge(current: Recall) -> Outcome:
            s = situation_of(current.record, HOME, tallies=current.tallies)
            action = sent_to(s, self.action)
            bits = self.book.deliver(s, action)
            if bits:
                return holds(f"d-{number}")._replace(public=f"{bits:x}")
            charges = self.book.tallies(s, action)
            return holds(f"d-{number}")._replace(outcome="message", contact=self.promise(number), charges=charges)

        back, orders = self.book.lookback, self.book.asks_orders
        return DECISIONS.commit(c, self.record.customer.id, START, judge, signed, back=back, orders=orders)

    def promise(self, number: int) -> Contact:
        """What the message adds to the customer's record."""
        a = self.action
        return Contact(
            channel=a.channel,
            at=a.at,
            purpose=a.purpose,
            scene=a.scene,
            offer_id=a.offer_id,
            offer_category=a.category,
            offer_kind=a.kind,
            pushed=a.pushed,
            decision_id=f"d-{number}",
        )

    def expected(self) -> int:
        """What the plain walk over the predicates forbids."""
        return violated(self.book.rules, situation_of(self.record, HOME, tallies=self.used), self.action)

    def after(self, number: int) -> "Case":
        """The world once the message is promised, worked out in memory alone."""
        s = situation_of(self.record, HOME, tallies=self.used)
        used = dict(self.used)
        for charge in self.book.tallies(s, self.action):
            used[charge.key] = used.get(charge.key, Decimal(0)) + charge.amount
        kept = (*self.record.contacts, self.promise(number))
        return Case(self.book, self.record.model_copy(update={"contacts": kept}), used, self.action)


@pytest.mark.no_cover
@settings(
    max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rule_sets | counting, records, counters, st.data())
def test_the_verdict_on_locked_rows_is_that_of_the_predicates(
    database: Database,
    notes: list[dict[str, object]],
    record: Record,
    used: dict[str, Decimal] | None,
    data: st.DataObject,
) -> None:
    book = book_of(*rules_of(*notes))
    action = data.draw(actions(situation_of(record, HOME)))

    def work(c: Connection) -> None:
        case = Case(book, record, used or {}, action)
        case.stored(c)
        for number in range(ROUNDS):
            expected, outcome = case.expected(), case.commit(c, number)
            assert (outcome.outcome == "hold") == bool(expected)
            assert outcome.outcome == "message" or int(outcome.public, 16) == expected
            if outcome.outcome == "message":
                case = case.after(number)
            assert {key: amount for key, amount in tallies.standing(c).items() if amount} == case.used
        raise Undone

    with pytest.raises(Undone):
        database.write(work)
