"""Unknown means no: a fact that goes missing never turns a no into a yes, in any type of rule."""

import typing
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.channel import Channel, Purpose
from policies import predicate
from policies.facts import Action, Situation, action_of, situation_of
from policies.kleene import verdict
from policies.predicate import (
    Compare,
    Field,
    Full,
    Hours,
    Is,
    Known,
    Not,
    OneOf,
    Predicate,
    Share,
    Surely,
    fields,
    leaves,
)
from policies.python import Clause, compile_station
from policies.rules import AnyRule
from policies.tally import Spent, Tally
from policies.zones import MINUTE, local_times
from tests.policies.examples import HOME, book_of, record_of, rules_of
from tests.policies.strategies import KINDS, WISHES, actions, notes_of, situations

NULLABLE = [one for one in vars(predicate).values() if isinstance(one, Field) and one.nullable]
ELSEWHERE = ("Asia/Tokyo", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe")


def blank() -> tuple[Situation, Action]:
    """Somebody of whom nothing is known, and a message about nothing."""
    s = situation_of(record_of({"timezone": None, "country": "US"}, []), HOME)
    s.country = s.customer_id = None
    return s, action_of(s, Channel.EMAIL, Purpose.MARKETING, datetime(2026, 11, 24, 1, tzinfo=UTC))


@pytest.mark.parametrize("field", NULLABLE, ids=lambda one: f"{one.side}.{one.name}")
def test_a_missing_fact_may_be_anything(field: Field) -> None:
    for leaf in (
        Compare(field, ">", 1),
        OneOf(field, frozenset({"a"})),
        OneOf(field, frozenset({"a", "b"})),
        Is(field),
    ):
        assert fires(leaf) and fires(Not(leaf))
    assert fires(Not(Known(field))) and not fires(Known(field))


def test_a_missing_clock_share_or_counter_may_be_anything() -> None:
    for leaf in (Hours(1080, 0, frozenset(range(7))), Share("a", 0.5), Spent(Tally("r"), Decimal(10))):
        assert fires(leaf) and fires(Not(leaf))


def fires(leaf: Predicate) -> bool:
    """Whether a hard rule of this leaf fires; both evaluators are asked."""
    s, a = blank()
    fired = bool(compile_station("may", [Clause(0, "leaf", leaf)]).test(s, a))
    assert fired == (verdict(leaf, s, a) is not False)
    return fired


def test_every_type_that_acts_before_copy_is_generated() -> None:
    classes = typing.get_args(typing.get_args(AnyRule)[0])
    acting = {one.model_fields["type"].default for one in classes if "mask" in one.stations or not one.stations}
    assert acting == {*KINDS, *WISHES}


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.data())
def test_what_goes_missing_never_permits(kind: str, data: st.DataObject) -> None:
    told = data.draw(notes_of(kind))
    (rule,) = rules_of({name: line for name, line in told.items() if name not in ("severity", "weight")})
    s = data.draw(situations)
    a = data.draw(actions(s))
    book = book_of(rule)
    if book.deliver(s, a):
        for poorer, action in without_facts(rule, s, a):
            assert book.deliver(poorer, action)


def without_facts(rule: AnyRule, s: Situation, a: Action) -> Iterator[tuple[Situation, Action]]:
    """The same case with one fact less, but for facts that the rule explicitly does without."""
    broken = rule.violation()
    spared = {leaf.field for leaf in leaves(broken) if isinstance(leaf, Known)} | set(surely(broken))
    for field in fields(broken) - spared:
        if field.nullable:
            yield lacking(field, s, a)
    yield replace(s, tallies=None), a
    yield replace(s, customer_id=None), a
    if not any(isinstance(leaf, Full) and leaf.window.fallback for leaf in leaves(broken)):
        zones = tuple(dict.fromkeys((*s.zones, *ELSEWHERE)))
        yield (
            replace(s, zones=zones, _counted={}),
            replace(a, zones=zones, locals=local_times(zones, a.micros // MINUTE)),
        )


def lacking(field: Field, s: Situation, a: Action) -> tuple[Situation, Action]:
    """The case without this fact."""
    if field.attribute:
        return replace(s, attributes={}), a
    poorer, action = replace(s), replace(a)
    setattr(poorer if field.side == "s" else action, field.name, None)
    return poorer, action


def surely(part: Predicate) -> Iterator[Field]:
    """The facts that matter only where they are known."""
    match part:
        case Surely(inner):
            yield from fields(inner)
        case Not(inner):
            yield from surely(inner)
        case predicate.And(parts) | predicate.Or(parts):
            for one in parts:
                yield from surely(one)
        case _:
            return
