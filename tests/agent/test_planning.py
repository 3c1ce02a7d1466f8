"""Planning: what the calendar and the record bring about, once each, and resumed where a kill left it."""

import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agent import planning
from agent.planning import Plan, Planning, Today, planned
from domain.customer import Customer, Stage
from domain.features import Features, Habit, Habits
from domain.journey import Due
from policies.book import Book
from policies.document import read_playbook
from records import due, passes, profiles
from records.passes import Past, Person
from tests.agent.stage import ANNA, Scenery, run

TOKYO = ZoneInfo("Asia/Tokyo")
NOON = datetime(2026, 11, 24, 3, tzinfo=UTC)
PLANS = planning.plans_of(Book(1, read_playbook()))


def due_for(
    now: datetime = NOON, features: Features | None = None, stage: Stage | None = None, **attributes: object
) -> dict[str, Due]:
    """What is due for somebody with these attributes."""
    customer = Customer.model_validate({"id": "a", "stage": stage, "attributes": attributes})
    person = Person("a", customer.model_dump_json(), (features or Features()).model_dump_json())
    return {one.scene: one for one in planned(person, PLANS, Today(now, TOKYO))}


def test_a_birthday_month_starts_on_its_first_day_and_once() -> None:
    first = datetime(2026, 11, 1, 0, 5, tzinfo=TOKYO)
    one = due_for(first, birth_month=11)["birthday"]
    assert one.cause == "month:2026-11"
    assert timedelta(0) <= one.at - datetime(2026, 11, 1, 10, tzinfo=TOKYO) <= planning.SPREAD
    assert due_for(birth_month="11")["birthday"].id == one.id, "later in the month it is the same run"
    assert due_for(birth_month=12) == {} and due_for(birth_month=0) == {} and due_for(birth_month="May") == {}
    last = due_for(datetime(2026, 11, 30, 23, tzinfo=TOKYO), birth_month=11)["birthday"]
    assert last.until == datetime(2026, 12, 1, tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("expires", "points", "starts"),
    [
        ("2026-12-24", 300, True),
        ("2026-12-25", 300, False),
        ("2026-11-24", 300, True),
        ("2026-11-23", 300, False),
        ("2026-12-24", 0, False),
        ("2026-12-24", None, False),
        ("soon", 300, False),
    ],
)
def test_points_start_a_month_before_they_end(expires: str, points: int | None, starts: bool) -> None:
    assert ("points_expiring" in due_for(points_expire=expires, points=points)) is starts


def test_a_habit_is_due_by_its_own_gap() -> None:
    bought = NOON - timedelta(days=28)
    habit = Features(habits=Habits.of({"coffee": Habit(6, bought, 30.0), "bread": Habit(90, bought, 2.0)}))
    one = due_for(features=habit)["replenishment"]
    assert one.about == ("coffee",) and one.cause.startswith("habit:coffee:")
    assert due_for(NOON - timedelta(days=2), features=habit) == {}
    assert due_for(NOON + timedelta(days=30), features=habit) == {}, "it is no habit any more"


DRINKER = Features(
    habits=Habits.of(
        {name: Habit(6, NOON - timedelta(days=gap - 1), float(gap)) for name, gap in (("coffee", 30), ("tea", 20))}
    )
)
SIPS = Person("a", Customer(id="a").model_dump_json(), DRINKER.model_dump_json())


def found(*past: Past, plans: list[Plan] = PLANS) -> list[Due]:
    """What a pass starts for somebody with two habits and these runs."""
    return planning.found([SIPS], plans, past, Today(NOON, TOKYO))


def past(one: Due, **others: Any) -> Past:
    """A run as it was found before."""
    run = Past(one.id, one.customer_id, one.scene, "waiting", None, NOON)
    return run._replace(**others)


def test_a_customer_has_one_run_of_a_scene_at_a_time() -> None:
    (one,) = found()
    assert one.about == ("tea",) and one.planned, "the habit that ends first"
    assert found(past(one)) == [] and found(past(one, id="j-other", state="taken")) == []
    (next_one,) = found(past(one, state="done", reason="left", updated_at=NOON - timedelta(days=1)))
    assert next_one.about == ("coffee",), "the other one has its turn"
    said = [past(one, id=f"j-{n}", state="done", updated_at=NOON - timedelta(days=3)) for n in range(2)]
    assert found(*said) == [], "as often as it may be said"
    assert len(found(*(run._replace(updated_at=NOON - timedelta(days=15)) for run in said))) == 1


@pytest.mark.parametrize(("per", "causes"), [("customer", {"customer"}), ("month", {"month:2026-11"})])
def test_per_says_what_a_run_of_the_pass_is_for(per: str, causes: set[str]) -> None:
    plans = [(scene, trigger.model_copy(update={"per": per}), start) for scene, trigger, start in PLANS]
    assert {one.cause for one in planned(SIPS, plans, Today(NOON, TOKYO))} == causes
    (one,) = found(plans=plans)
    assert found(past(one, state="cancelled", reason="lost:winback"), plans=plans) == []


def test_what_is_found_at_once_begins_over_some_hours() -> None:
    people = [SIPS._replace(id=f"c-{n}", profile=Customer(id=f"c-{n}").model_dump_json()) for n in range(200)]
    dues = planning.found(people, PLANS, [], Today(NOON, TOKYO))
    assert len(dues) == 200 and all(one.at < one.until for one in dues)
    hours = Counter((one.at - NOON) // timedelta(hours=1) for one in dues)
    assert max(hours.values()) < 80 and len(hours) >= 4
    assert dues == planning.found(people, PLANS, [], Today(NOON, TOKYO)), "a second worker finds the same times"


def test_the_people_of_a_page_are_looked_at_in_the_pool(stage: Scenery, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: set[int] = set()

    def watched(*given: Any) -> list[Due]:
        threads.add(threading.get_ident())
        return []

    monkeypatch.setattr(planning, "found", watched)
    run(Planning(stage.parts.instruments).whole(stage.clock.now()))
    assert threads and threading.get_ident() not in threads


def test_time_away_is_one_run() -> None:
    gone = Features(last_at=NOON - timedelta(days=90))
    one = due_for(stage=Stage.AT_RISK, features=gone)["winback"]
    later = due_for(NOON + timedelta(days=9), stage=Stage.DORMANT, features=gone)["winback"]
    assert one.id == later.id
    assert due_for(stage=Stage.ACTIVE, features=gone) == {} and due_for(stage=Stage.AT_RISK) == {}


def test_the_pass_keeps_its_place_and_a_second_one_starts_nothing_more(
    stage_on_both: Scenery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "PAGE", 3)
    monkeypatch.setattr(planning, "PAGES_AT_ONCE", 1)
    now = stage_on_both.clock.now()
    many = [ANNA.model_copy(update={"id": f"b-{n:02}", "attributes": {"birth_month": 11}}) for n in range(8)]
    stage_on_both.write(lambda c: profiles.upsert(c, many, now))

    def count() -> int:
        return len(stage_on_both.parts.stores.read(lambda c: due.page(c, 99, scene="birthday")).items)

    run(Planning(stage_on_both.parts.instruments).step(now))
    assert count() == 2, "three customers a page: anna and two of ours"
    # Killed here; another process goes on behind the last page.
    assert run(Planning(stage_on_both.parts.instruments).whole(now)) >= 6
    assert count() == 8
    place = stage_on_both.parts.stores.read(lambda c: passes.get(c, planning.PASS))
    assert place is not None and '"done":true' in place
    assert run(Planning(stage_on_both.parts.instruments).whole(now + timedelta(hours=1))) == 0
    run(Planning(stage_on_both.parts.instruments).whole(now + timedelta(days=1)))
    assert count() == 8, "the causes are those of yesterday"
