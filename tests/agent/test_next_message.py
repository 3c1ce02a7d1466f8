"""The walk: what comes out for whom, and what never does."""

from datetime import timedelta
from decimal import Decimal

import pytest

from domain.customer import Customer
from domain.errors import Malformed, NotFound
from records import catalogue, profiles
from tests.agent.stage import ANNA, COFFEE, TOO_CHEAP, Scenery, question, run
from tests.clock import START


def test_a_due_habit_becomes_a_message_in_the_customers_language(stage_on_both: Scenery) -> None:
    english = stage_on_both.ask("anna", "email", scene="replenishment")
    japanese = stage_on_both.ask("hana", "line", scene="replenishment")
    assert (english.outcome, english.message and english.message.language) == ("message", "en")
    assert (japanese.outcome, japanese.message and japanese.message.language) == ("message", "ja")
    assert english.message and english.message.offer and english.message.offer.id == "coffee"
    assert english.propensity and 0 < english.propensity <= 1
    assert english.valid_until and english.valid_until - START <= timedelta(minutes=15)
    assert any("coffee" in reason for reason in english.explanation.because)


def test_unknown_consent_means_no(stage: Scenery) -> None:
    decision = stage.ask("silent", "email push line sms")
    assert decision.outcome == "hold"
    assert decision.hold and decision.hold.reasons[0].type == "consent"
    assert (decision.hold.retry_at, decision.hold.then) == (None, "skip")


def test_a_pulled_channel_needs_no_channel_consent(stage: Scenery) -> None:
    assert stage.ask("silent", "app").outcome == "message"


def test_a_discount_above_the_ceiling_is_never_chosen(stage: Scenery) -> None:
    stage.write(lambda c: [catalogue.remove(c, offer) for offer in ("coffee", "coat", "fair")])
    decision = stage.ask("anna", "email")
    assert decision.outcome == "hold"
    assert decision.hold and decision.hold.reasons[0].type == "discount_ceiling"


def test_where_a_discount_is_too_large_a_smaller_one_on_the_same_thing_is_chosen(stage: Scenery) -> None:
    small = TOO_CHEAP.model_copy(update={"id": "with-thirty", "discount_percent": Decimal(30)})
    stage.write(lambda c: [catalogue.remove(c, offer) for offer in ("coffee", "coat", "fair")])
    alike = [one.model_copy(update={"applies_to": frozenset({"coffee"})}) for one in (TOO_CHEAP, small)]
    stage.write(lambda c: catalogue.upsert(c, alike, START))
    decision = stage.ask("anna", "app")
    assert decision.message and decision.message.offer and decision.message.offer.id == "with-thirty"
    assert any("too-cheap" in other.candidate for other in decision.explanation.why_not)


def test_quiet_hours_hold_until_the_window_ends_on_the_customers_clock(stage: Scenery) -> None:
    stage.clock.move(timedelta(hours=12))
    decision = stage.ask("anna", "email")
    assert decision.hold and decision.hold.reasons[0].type == "quiet_hours"
    assert decision.hold.retry_at and decision.hold.retry_at.isoformat() == "2026-11-24T23:00:00+00:00"
    assert decision.hold.then == "defer"
    stage.clock.set(decision.hold.retry_at)
    assert stage.ask("anna", "email").outcome == "message"


def test_an_offer_that_ended_or_sold_out_is_no_candidate(stage: Scenery) -> None:
    gone = COFFEE.model_copy(update={"in_stock": False})
    stage.write(lambda c: catalogue.upsert(c, [gone], START))
    stage.clock.move(timedelta(days=14))
    decision = stage.ask("anna", "app")
    assert decision.message and decision.message.offer and decision.message.offer.id == "coat"


def test_an_empty_catalogue_is_a_hold_that_says_so(stage: Scenery) -> None:
    stage.write(lambda c: [catalogue.remove(c, offer) for offer in ("coffee", "coat", "fair", TOO_CHEAP.id)])
    decision = stage.ask("anna", "app", language="ja")
    assert decision.hold and decision.hold.reasons[0].type == "no_offer"
    assert "ありません" in decision.explanation.summary


def test_a_list_shows_several_offers_ranked(stage: Scenery) -> None:
    decision = stage.ask("anna", "app", placement={"id": "list", "items": 3})
    assert decision.message
    assert decision.message.items[0].offer == "coffee"
    assert len(decision.message.items) == 3
    assert "too-cheap" not in [item.offer for item in decision.message.items]


def test_a_dry_run_at_another_time_leaves_no_trace(stage: Scenery) -> None:
    decision = stage.ask("anna", "email", dry_run=True, moment={"at": "2026-11-24T22:00:00+09:00"})
    assert decision.hold and decision.hold.reasons[0].type == "quiet_hours"
    with pytest.raises(NotFound):
        stage.parts.stores.read(lambda c: stage.parts.stores.decisions.get(c, decision.decision_id))


def test_a_moment_far_from_the_servers_clock_is_refused_outside_a_dry_run(stage: Scenery) -> None:
    with pytest.raises(Malformed, match=r"moment\.at"):
        stage.ask("anna", "email", moment={"at": "2026-11-24T09:00:00+09:00"})
    near = (START + timedelta(seconds=100)).isoformat()
    assert stage.ask("anna", "email", moment={"at": near}).outcome == "message"


def test_an_unknown_id_is_not_found_and_an_unknown_visitor_is_a_new_prospect(stage: Scenery) -> None:
    with pytest.raises(NotFound):
        stage.ask("nobody", "app")
    visitor = question({"anonymous_id": "visitor-1"}, "web")
    first = run(stage.parts.conductor.next_message(visitor, language="en")).decision
    again = run(stage.parts.conductor.next_message(visitor, language="en")).decision
    assert first.outcome == again.outcome == "message"
    known = stage.parts.stores.read(profiles.ids)
    assert len(known) == 4


def test_a_dry_run_for_an_unknown_visitor_creates_nobody(stage: Scenery) -> None:
    visitor = question({"anonymous_id": "visitor-2"}, "web", dry_run=True)
    decision = run(stage.parts.conductor.next_message(visitor, language="en")).decision
    assert decision.outcome == "message"
    assert len(stage.parts.stores.read(profiles.ids)) == 3


def test_an_identifier_finds_the_customer(stage: Scenery) -> None:
    asked = question({"line_id": "U1"}, "line")
    decision = run(stage.parts.conductor.next_message(asked, language="ja")).decision
    assert decision.message and decision.message.language == "ja"


def test_an_unknown_scene_is_named(stage: Scenery) -> None:
    with pytest.raises(NotFound, match="no_such_scene"):
        stage.ask("anna", "email", scene="no_such_scene")


def test_a_suppressed_customer_gets_no_marketing_anywhere(stage: Scenery) -> None:
    upset = ANNA.model_copy(update={"tags": frozenset({"open_ticket"})})
    stage.write(lambda c: profiles.upsert(c, [upset], START))
    decision = stage.ask("anna", "email push line app web")
    assert decision.outcome == "hold"
    assert decision.hold and decision.hold.reasons[0].type == "suppression"


def test_a_customer_of_one_shop_is_not_offered_another_shops_goods(stage: Scenery) -> None:
    local = Customer(id="local", language="en", tags=frozenset({"shop:here"}))
    theirs = COFFEE.model_copy(update={"tags": frozenset({"shop:there"})})
    stage.write(lambda c: profiles.upsert(c, [local], START))
    stage.write(lambda c: catalogue.upsert(c, [theirs], START))
    names = {one.candidate.split("/")[0] for one in stage.ask("local", "app").explanation.why_not}
    assert "coffee" not in names


def test_the_draw_decides_and_low_propensities_can_win(stage: Scenery) -> None:
    stage.drawn.append(0.999999)
    decision = stage.ask("anna", "app")
    assert decision.propensity is not None and decision.propensity < 0.5
