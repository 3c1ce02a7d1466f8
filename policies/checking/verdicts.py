"""Verdicts: which rules before copy forbid a message, walked predicate by predicate, for each offer that it lists."""

from collections.abc import Sequence
from decimal import Decimal

from policies.facts import Action, Situation, about
from policies.kleene import verdict
from policies.predicate import asks_offer
from policies.rules import AnyRule
from policies.rules.budget import Budget
from policies.rules.volume_cap import VolumeCap


def violated(rules: Sequence[AnyRule], s: Situation, a: Action) -> int:
    """The bits of the hard rules before copy that these facts do not rule out."""
    shown = (a, *(about(a, item) for item in a.items if item.id != a.offer_id))
    return sum(
        1 << bit
        for bit, rule in enumerate(rules)
        if rule.severity == "hard" and "mask" in rule.stations and _broken(rule, s, shown)
    )


def _broken(rule: AnyRule, s: Situation, shown: Sequence[Action]) -> bool:
    meaning = rule.violation()
    return any(verdict(meaning, s, a) is not False for a in shown) or _too_much_together(rule, s, shown)


def _too_much_together(rule: AnyRule, s: Situation, shown: Sequence[Action]) -> bool:
    """Whether the offers of a list come to more than a counter of the house has left, each alone being within it."""
    if len(shown) < 2 or not isinstance(rule, Budget | VolumeCap) or not asks_offer(rule.charged()):
        return False
    spent, counted = rule.spent, [a for a in shown if verdict(rule.charged(), s, a) is not False]
    added = [spent.added(a.amount_off) for a in counted]
    if s.tallies is None or None in added:
        return bool(counted)
    used = s.tallies.get(spent.tally.key(shown[0].micros, shown[0].home.timezone), Decimal(0))
    return bool(added) and used + sum(one for one in added if one is not None) > spent.most
