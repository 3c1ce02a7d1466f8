"""Unknown means no: the generated code and the plain walk agree on every rule set, whatever is missing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.checking.verdicts import violated
from policies.facts import Action, Situation, about, moved, worded
from policies.kleene import verdict
from policies.predicate import Full, Predicate, all_of, any_of, leaves
from policies.zones import known_zone
from tests.policies.examples import book_of, rules_of
from tests.policies.strategies import actions, offers, rule_sets, situations

MICROSECOND = timedelta(microseconds=1)
WAY_FACTS = ("channel", "at", "micros", "pushed", "locals", "consented")


@pytest.mark.no_cover
@settings(max_examples=250, deadline=None, derandomize=True)
@given(rule_sets, situations, st.data())
def test_generated_code_says_what_the_predicates_say(
    given_rules: list[dict[str, object]], s: Situation, data: st.DataObject
) -> None:
    rules = rules_of(*given_rules)
    book = book_of(*rules)
    for _ in range(3):
        a = data.draw(actions(s))
        truths = [verdict(rule.violation(), s, a) for rule in rules]
        hard = sum(1 << bit for bit, rule in enumerate(rules) if rule.severity == "hard" and truths[bit] is not False)
        assert book.deliver(s, a) == hard == violated(rules, s, a)
        wishes = [wish for rule in rules if rule.severity == "soft" and rule.stations for wish in rule.wishes()]
        assert book.penalty(s, a) == sum(weight for broken, weight in wishes if verdict(broken, s, a))


@pytest.mark.no_cover
@settings(max_examples=150, deadline=None, derandomize=True)
@given(rule_sets, situations, st.data())
def test_ways_and_offers_judged_apart_give_the_same_verdict(
    given_rules: list[dict[str, object]], s: Situation, data: st.DataObject
) -> None:
    book, a = book_of(*rules_of(*given_rules)), data.draw(actions(s))
    if a.offer is None:
        return
    way = replace(a, offer=None, kind=None, category=None, brand=None, offer_id=None, in_stock=None, currency=None)
    again = about(way, a.offer)
    drawn = data.draw(actions(s))
    elsewhere = {name: getattr(drawn, name) for name in WAY_FACTS}
    other = about(replace(way, **elsewhere), a.offer)
    apart = book.mask_way(s, way) | book.mask_offer(s, other) | book.mask_offer_on_way(s, again)
    assert apart == book.mask(s, again)


@pytest.mark.no_cover
@settings(max_examples=150, deadline=None, derandomize=True)
@given(rule_sets, situations, st.data())
def test_a_list_is_judged_whole(given_rules: list[dict[str, object]], s: Situation, data: st.DataObject) -> None:
    rules, a = rules_of(*given_rules), data.draw(actions(s))
    chosen = data.draw(st.lists(offers, min_size=1, max_size=3))
    items = tuple(item.model_copy(update={"id": f"item_{place}"}) for place, item in enumerate(chosen))
    book = book_of(*rules)
    bits = book.deliver(s, worded(a, "ja", items))
    assert bits == violated(rules, s, worded(a, "ja", items))
    assert book.deliver(s, replace(a, language="ja")) & ~bits == 0


@pytest.mark.no_cover
@settings(max_examples=200, deadline=None, derandomize=True)
@given(rule_sets, situations, st.data())
def test_a_rule_opens_exactly_when_it_says(
    given_rules: list[dict[str, object]], s: Situation, data: st.DataObject
) -> None:
    for rule in rules_of(*given_rules):
        book = book_of(rule)
        a = data.draw(actions(s))
        if not book.deliver(s, a):
            continue
        opening = rule.next_allowed(s, a)
        if opening is None:
            continue
        assert opening > a.at
        assert not book.deliver(s, at(s, a, opening))
        assert book.deliver(s, at(s, a, opening - MICROSECOND))
        between = a.at + (opening - a.at) * data.draw(st.floats(0, 0.999))
        assert book.deliver(s, at(s, a, between))


def at(s: Situation, a: Action, instant: datetime) -> Action:
    """The same action at another instant."""
    micros = (instant - datetime.fromtimestamp(0, instant.tzinfo)) // MICROSECOND
    return moved(s, a, micros, instant)


@pytest.mark.no_cover
@settings(max_examples=200, deadline=None, derandomize=True)
@given(rule_sets, situations, st.data())
def test_a_cap_counts_what_a_person_would_count(
    given_rules: list[dict[str, object]], s: Situation, data: st.DataObject
) -> None:
    a = data.draw(actions(s))
    caps = [leaf for rule in rules_of(*given_rules) for leaf in leaves(rule.violation()) if isinstance(leaf, Full)]
    for cap in caps:
        taken = [contact.at for contact in s.contacts if cap.counting.takes(contact, s.zones)]
        expected = counted(cap, taken, a)
        assert (verdict(cap, s, a) is not False) == expected


def counted(cap: Full, taken: Sequence[datetime], a: Action) -> bool:
    """Whether the window is full, counted the long way: every window that could contain the action."""
    if cap.window.kind == "rolling":
        length = timedelta(microseconds=cap.window.micros)
        starts = [when for when in (*taken, a.at) if when <= a.at < when + length]
        return any(sum(start <= when < start + length for when in taken) + 1 > cap.most for start in starts)
    return any(_calendar(cap, taken, a, zone) for zone in cap.zones(a.zones))


def _calendar(cap: Full, taken: Sequence[datetime], a: Action, zone: str) -> bool:
    mine = unit(cap, a.at, zone)
    runs = [range(mine - shift, mine - shift + cap.window.length) for shift in range(cap.window.length)]
    return any(sum(unit(cap, when, zone) in run for when in taken) >= cap.most for run in runs)


def unit(cap: Full, when: datetime, zone: str) -> int:
    """The number of the hour, day, week or month on the wall clock and calendar of a zone."""
    local = when.astimezone(known_zone(zone))
    if cap.window.unit == "hour":
        return int(when.timestamp() // 60 - local.minute) // 60
    day = local.date()
    if cap.window.unit == "day":
        return day.toordinal()
    if cap.window.unit == "week":
        return (day.toordinal() - (1 if cap.window.week_starts == "monday" else 0)) // 7
    return day.year * 12 + day.month


@given(st.lists(st.booleans(), max_size=4))
def test_joining_flattens(values: list[bool]) -> None:
    parts: list[Predicate] = [all_of() if value else any_of() for value in values]
    assert all_of(*parts) == (all_of() if all(values) else any_of())
    assert any_of(*parts) == (all_of() if any(values) else any_of())
