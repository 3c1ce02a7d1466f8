"""Reaching: which customers may be told something about at least one of many offers."""

from collections.abc import Iterable, Sequence

import polars as pl

from domain.offer import Offer
from policies.columns.base import Base
from policies.columns.folding import UNKNOWN, fold
from policies.columns.judging import acts, column, truth
from policies.facts import Action
from policies.facts import about as about_it
from policies.predicate import FALSE, OFFER_FACTS, TRUE, Predicate, asks_offer, fields, leaves
from policies.rule import Rule
from policies.tally import Spent


class Reaching:
    """The hard rules of a book over a base; offers that the rules cannot tell apart are judged once."""

    def __init__(self, rules: Sequence[Rule], base: Base) -> None:
        hard = [rule.violation() for rule in rules if rule.severity == "hard" and acts(rule)]
        self._base = base
        self._way = [predicate for predicate in hard if not asks_offer(predicate)]
        self._thing = [predicate for predicate in hard if asks_offer(predicate)]
        asked = {one.name for predicate in self._thing for one in fields(predicate) if one.name in OFFER_FACTS}
        self._costly = any(isinstance(leaf, Spent) for predicate in hard for leaf in leaves(predicate))
        self._facts = sorted((asked - {"offer"}) | ({"amount_off", "currency"} if self._costly else set()))
        self._folded: dict[object, tuple[Predicate, ...]] = {}

    def alike(self, offers: Iterable[Offer], a: Action) -> tuple[Offer, ...]:
        """One of each kind of offer, as far as the rules can tell."""
        found: dict[tuple[object, ...], Offer] = {}
        for offer in offers:
            action = about_it(a, offer)
            found.setdefault(tuple(getattr(action, name) for name in self._facts), offer)
        return tuple(found.values())

    def sent(self, a: Action) -> pl.Series:
        """Who may get a message sent like `a`, as far as the rules ask only for channel, purpose and time."""
        return ~self._any(self._left(self._way, a), a)

    def told(self, a: Action, offers: Sequence[Offer]) -> pl.Series:
        """Whom the rules about offers permit one of the offers."""
        found = column(False, self._base.size)
        for left in dict.fromkeys(self._left(self._thing, a, offer) for offer in offers):
            found = found | ~self._any(left, a)
            if not left:
                break
        return found

    def _any(self, left: Sequence[Predicate], a: Action) -> pl.Series:
        """Who is, or may be, forbidden."""
        found = column(TRUE in left or UNKNOWN in left, self._base.size)
        kept = self._base.kept_at(a.micros)
        for predicate in left if not found.all() else ():
            about = (predicate, a.channel, a.purpose)
            if about not in kept:
                kept[about] = truth(predicate, self._base, a).fill_null(True)
            found = found | kept[about]
        return found

    def _left(self, predicates: Sequence[Predicate], a: Action, offer: Offer | None = None) -> tuple[Predicate, ...]:
        """What the rules still ask of the customer once the message is fixed."""
        when = a.micros if self._costly else a.at.date()
        about = (a.channel, a.purpose, a.scene, a.pushed, when, offer.id if offer else None)
        if about not in self._folded:
            action = about_it(a, offer) if offer else a
            folded = (fold(predicate, self._base.anybody, action) for predicate in predicates)
            self._folded[about] = tuple(left for left in folded if left != FALSE)
        return self._folded[about]
