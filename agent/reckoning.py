"""Reckoning: what a rule that counts for the whole house would have counted, had it been in force before.

A rule with a new name is counted ahead, page by page, while decisions go on. In the transaction that puts it in force
only what was promised meanwhile is left to count, and nobody decides until that is done.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from agent.stores import Stores
from domain.charge import Charge
from domain.clock import to_micros
from domain.contact import Contact
from domain.customer import Customer, Record
from domain.language import Text
from domain.offer import Offer
from policies.book import Book
from policies.facts import Home, Situation, action_of, situation_of
from policies.rules import AnyRule
from records import catalogue, contacts, profiles, tallies
from records.connection import Connection

PAGE, MOST_KEPT = 250, 50_000
LONGEST_PERIOD = timedelta(days=33)
"""A month has 31 days, and begins a day earlier in another zone."""
MARGIN = timedelta(minutes=10)
"""How far the clocks of two servers may be apart, and how long a decision may take; counted twice is counted once."""

Promised = list[tuple[str, Contact]]


@dataclass(frozen=True, slots=True)
class Ahead:
    """The rules that were counted before they came into force, and when that began."""

    rules: frozenset[str]
    since: datetime


def reckon_ahead(stores: Stores, book: Book, before: Book | None) -> Ahead | None:
    """Counts for rules with a new name while decisions go on; None where there is nothing to count."""
    old = {rule.id for rule in before.rules} if before else set[str]()
    fresh = [rule for rule in _fresh(book, before) if rule.id not in old]
    if not fresh:
        return None
    ahead = Ahead(frozenset(rule.id for rule in fresh), stores.clock.now())
    stores.write(lambda c: tallies.clear(c, ahead.rules))
    counter = Counter(stores, book, fresh)
    after: str | None = ""
    while after is not None:
        _, after = stores.write(partial(counter.page, after=after))
    return ahead


def reckon(c: Connection, stores: Stores, book: Book, before: Book | None, ahead: Ahead | None = None) -> int:
    """Counts for every rule whose counting `before` did not have; answers with how many messages took part.

    It belongs into the transaction that puts `book` in force, before or after its version is written. Customers and
    offers are taken as they are now; what an offer that is gone took off is not known and not counted.
    """
    fresh = _fresh(book, before)
    if not fresh:
        return 0
    tallies.stand_still(c)
    early = [rule for rule in fresh if ahead and rule.id in ahead.rules]
    late = [rule for rule in fresh if rule not in early]
    counted = 0
    if ahead and early:
        counted += Counter(stores, book, early).rest(c, first_id(ahead.since - MARGIN))
        tallies.sum_up(c, ahead.rules, ahead.since - MARGIN)
    if late:
        names = {rule.id for rule in late}
        tallies.clear(c, names)
        counted += Counter(stores, book, late).rest(c)
        tallies.sum_up(c, names)
    return counted


class Counter:
    """Goes through what was promised and writes down what the rules would have counted."""

    def __init__(self, stores: Stores, book: Book, rules: Sequence[AnyRule]) -> None:
        settings = stores.settings
        self._home = Home(settings.home_country, settings.home_timezone, settings.public_url)
        self._book, self._rules = book, {rule.id for rule in rules}
        ever = any(rule.spent is not None and rule.spent.tally.per == "total" for rule in rules)
        self._since = None if ever else stores.clock.now() - LONGEST_PERIOD
        self._situations: dict[str, Situation] = {}
        self._offers: dict[str, Offer] = {}

    def page(self, c: Connection, after: str) -> tuple[int, str | None]:
        """One page behind a decision's id: how many took part, and where the next page begins, None at the end."""
        found = contacts.page(c, self._since, PAGE, after)
        if not found:
            return 0, None
        return tallies.keep(c, self._taken(c, found)), found[-1][1].decision_id

    def rest(self, c: Connection, after: str = "") -> int:
        """Every page behind a decision's id."""
        counted, place = self.page(c, after)
        while place is not None:
            found, place = self.page(c, place)
            counted += found
        return counted

    def _taken(self, c: Connection, found: Promised) -> Iterator[tuple[str, tuple[Charge, ...]]]:
        self._offers = self._offers or {offer.id: offer for offer in catalogue.all_offers(c)}
        for customer_id, contact in found:
            charges = self._charges(self._situation(c, customer_id), contact)
            yield contact.decision_id or "", tuple(charge for charge in charges if charge.rule in self._rules)

    def _situation(self, c: Connection, customer_id: str) -> Situation:
        if customer_id not in self._situations:
            if len(self._situations) >= MOST_KEPT:
                self._situations.clear()
            customer = profiles.customer(c, customer_id) or Customer(id=customer_id)
            self._situations[customer_id] = situation_of(Record(customer=customer), self._home)
        return self._situations[customer_id]

    def _charges(self, situation: Situation, contact: Contact) -> tuple[Charge, ...]:
        offer = self._offers.get(contact.offer_id or "") or _remembered(contact)
        action = action_of(situation, contact.channel, contact.purpose, contact.at, contact.scene, offer)
        action.pushed = contact.pushed
        return self._book.tallies(situation, action)


def first_id(at: datetime) -> str:
    """What the ids of all decisions made from then on are greater than: they begin with their time."""
    return f"d-{to_micros(at) // 1000:011x}"


def _fresh(book: Book, before: Book | None) -> list[AnyRule]:
    known = [_counting(rule) for rule in before.rules] if before else []
    return [rule for rule in book.rules if rule.spent is not None and _counting(rule) not in known]


def _counting(rule: AnyRule) -> object:
    """What a rule counts, however much of it it allows."""
    spent = rule.spent
    return spent and (spent.tally, spent.adds, spent.rate, rule.charged())


def _remembered(contact: Contact) -> Offer | None:
    """What a contact says of an offer that is no longer in the catalogue."""
    if contact.offer_id is None:
        return None
    known = {"id": contact.offer_id, "kind": contact.offer_kind or "coupon", "category": contact.offer_category}
    return Offer.model_validate({**known, "name": Text()})
