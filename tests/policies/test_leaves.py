"""Each leaf of the language: what it means, and what it says when a fact is missing."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from domain.channel import Channel, Purpose
from policies.facts import Action, Situation, action_of, fraction, sample_of, situation_of
from policies.kleene import verdict
from policies.predicate import (
    APPROVED,
    CUSTOMER_ID,
    MARGIN_PERCENT,
    OFFER_TAGS,
    Compare,
    Holidays,
    Is,
    Known,
    Not,
    Overlaps,
    Predicate,
    Share,
    asks_action,
    asks_offer,
)
from policies.python import Clause, compile_station
from policies.tally import Spent, Tally
from tests.policies.examples import HOME, offer_of, record_of


def said(predicate: Predicate, s: Situation, a: Action) -> bool | None:
    """The verdict, after both evaluators agreed on it."""
    truth = verdict(predicate, s, a)
    assert bool(compile_station("may", [Clause(0, "leaf", predicate)]).test(s, a)) == (truth is not False)
    assert bool(compile_station("must", [Clause(0, "leaf", predicate)], certain=True).test(s, a)) == (truth is True)
    return truth


def facts(at: str, customer: dict[str, object], **more: object) -> tuple[Situation, Action]:
    """Somebody, and a message to them at an instant."""
    s = situation_of(record_of(customer, []), HOME, tallies=more.get("tallies"))  # type: ignore[arg-type]
    offer = offer_of(more["offer"]) if "offer" in more else None  # type: ignore[arg-type]
    return s, action_of(s, Channel.EMAIL, Purpose.MARKETING, datetime.fromisoformat(at), offer=offer)


@pytest.mark.parametrize(
    ("at", "customer", "country", "truth"),
    [
        ("2026-11-23T10:00:00+09:00", {}, None, True),  # Labour Thanksgiving Day; nobody said where, so at home
        ("2026-11-22T23:59:59+09:00", {}, None, False),
        ("2026-11-23T00:00:00+09:00", {}, None, True),
        ("2026-11-24T10:00:00+09:00", {"country": "JP"}, None, False),
        ("2026-05-06T10:00:00+09:00", {"country": "JP"}, None, True),  # a substitute holiday
        ("2026-11-26T10:00:00-05:00", {"country": "US", "timezone": "America/New_York"}, None, True),
        ("2026-11-26T10:00:00-05:00", {"country": "US", "timezone": "America/New_York"}, "JP", False),
        ("2026-11-27T03:00:00-05:00", {"country": "US", "timezone": None}, None, None),  # still the 26th in Hawaii
        ("2026-11-26T12:00:00-05:00", {"country": "US", "timezone": None}, None, True),
        ("2026-11-26T10:00:00-05:00", {"timezone": "America/New_York"}, None, True),  # their clock says where
        ("2026-10-03T10:00:00+02:00", {"timezone": "Europe/Berlin"}, None, True),
        ("2026-10-03T10:00:00+02:00", {"timezone": "Europe/Berlin", "country": "JP"}, None, False),
        ("2026-11-23T10:00:00+09:00", {"timezone": "Etc/GMT-9"}, None, True),  # that is nowhere, so at home
        ("2026-11-23T10:00:00+09:00", {"country": "ZZ"}, None, None),  # nobody keeps that calendar
        ("2150-01-01T10:00:00+09:00", {"country": "JP"}, None, None),  # nor one that far ahead
    ],
)
def test_holidays(at: str, customer: dict[str, object], country: str | None, truth: bool | None) -> None:
    assert said(Holidays(country), *facts(at, customer)) is truth


def test_a_share_is_always_the_same_customers() -> None:
    at = "2026-11-24T10:00:00+09:00"
    chosen = []
    for number in range(2000):
        s, a = facts(at, {"id": f"c-{number}"})
        chosen.append(said(Share("autumn", 0.1), s, a))
        assert (fraction("autumn", f"c-{number}") < 0.1) is chosen[-1]
        assert said(Share("autumn", 0.0), s, a) is False and said(Share("autumn", 1.0), s, a) is True
    assert 150 < sum(map(bool, chosen)) < 250
    s, a = facts(at, {})
    s.customer_id = None
    assert said(Share("autumn", 0.1), s, a) is None
    assert said(Known(CUSTOMER_ID), s, a) is False
    assert not asks_action(Share("autumn", 0.1))


def test_a_sample_number_belongs_to_the_decision() -> None:
    drawn = [sample_of(f"d-{number}") for number in range(1000)]
    assert all(0 <= one < 1 for one in drawn) and len(set(drawn)) == 1000
    assert sample_of("d-1") == drawn[1]


@pytest.mark.parametrize(
    ("per", "zone", "at", "key"),
    [
        ("total", None, "2026-11-24T10:00:00+09:00", "r|total"),
        ("day", None, "2026-11-24T23:59:59+09:00", "r|2026-11-24"),
        ("day", "UTC", "2026-11-24T08:59:59+09:00", "r|2026-11-23"),
        ("week", None, "2026-11-29T10:00:00+09:00", "r|2026-11-23"),
        ("month", None, "2026-11-29T10:00:00+09:00", "r|2026-11-01"),
        ("month", "America/New_York", "2026-12-01T10:00:00+09:00", "r|2026-11-01"),
    ],
)
def test_a_counter_is_named_after_its_period(per: str, zone: str | None, at: str, key: str) -> None:
    _, a = facts(at, {"timezone": "Europe/Berlin"})
    tally = Tally("r", per, zone)  # type: ignore[arg-type]
    assert tally.key(a.micros, a.home.timezone) == key
    ends = tally.ends(a.micros, a.home.timezone)
    assert (ends is None) == (per == "total")
    if ends is not None:
        assert tally.key(ends, a.home.timezone) != key == tally.key(ends - 1, a.home.timezone)


def test_a_week_may_begin_on_sunday() -> None:
    _, a = facts("2026-11-29T10:00:00+09:00", {})
    assert Tally("r", "week", None, "sunday").key(a.micros, a.home.timezone) == "r|2026-11-29"


@pytest.mark.parametrize(
    ("adds", "offer", "used", "truth"),
    [
        ("one", {}, 9, False),
        ("one", {}, 10, True),
        ("discount", {"discount_amount": 3}, 7, False),
        ("discount", {"discount_amount": 4}, 7, True),
        ("discount", {"kind": "coupon"}, 0, None),  # how much it takes off nobody knows
        ("discount", {"kind": "article"}, 10, False),
        ("expected", {"discount_amount": 12}, 7, False),
        ("expected", {"discount_amount": 13}, 7, True),
    ],
)
def test_a_counter_is_full(adds: str, offer: dict[str, object], used: int, truth: bool | None) -> None:
    leaf = Spent(Tally("r"), Decimal(10), adds, Decimal("0.25"))  # type: ignore[arg-type]
    s, a = facts("2026-11-24T10:00:00+09:00", {}, offer=offer, tallies={"r|total": Decimal(used)})
    assert said(leaf, s, a) is truth
    assert said(Not(leaf), s, a) is (None if truth is None else not truth)
    s.tallies = None
    assert said(leaf, s, a) is None
    assert asks_action(leaf) and asks_offer(leaf) == (adds != "one")


def test_what_is_finer_than_a_counter_is_rounded_up() -> None:
    assert Spent(Tally("r"), Decimal(1), "discount").added(Decimal(100) / 3) == Decimal("33.333334")


def test_facts_of_offer_and_draft() -> None:
    s, a = facts("2026-11-24T10:00:00+09:00", {}, offer={"tags": ["new"], "price": 100})
    assert said(Overlaps(OFFER_TAGS, frozenset({"new", "old"})), s, a) is True
    assert said(Compare(MARGIN_PERCENT, ">=", Decimal(30)), s, a) is None
    for approved in (None, True, False):
        assert said(Is(APPROVED), s, replace(a, approved=approved)) is approved
