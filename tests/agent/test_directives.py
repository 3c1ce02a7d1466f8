"""Directives: approvals at the same moment lose nothing, and what is read hangs on the clock of the service."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from agent import directives as desk
from agent.rulebook import in_force, playbook_of, put_in_force, roll_back
from domain.errors import Refused
from policies.audience import Audience
from policies.exception import RuleException
from policies.scope import Scope
from records import directives
from tests.agent.stage import Scenery, set_up
from tests.clock import FrozenClock

BAN = 'Never use the word "%s".'


@pytest.fixture
def scene(tmp_path: Path, clock: FrozenClock, database_url: str) -> Iterator[Scenery]:
    """The stage on either database."""
    scenery = set_up(tmp_path / "home", clock, database_url)
    yield scenery
    scenery.parts.close()


def rules_in_force(scene: Scenery) -> set[str]:
    """The ids of all rules."""
    return {rule.id for rule in playbook_of(scene.parts.stores.read(in_force).document).rules}


def status(scene: Scenery, number: int) -> str:
    """What became of a directive."""
    return scene.parts.stores.read(lambda c: directives.get(c, number)).status


def test_approved_at_the_same_moment_each_is_in_force_or_refused(scene: Scenery) -> None:
    stores, now = scene.parts.stores, scene.clock.now()
    numbers = [desk.give(stores, BAN % word, "en", "author", now).directive.number for word in "abcdef"]

    def approve(number: int) -> bool:
        try:
            desk.approve(stores, number, "somebody else", now)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(len(numbers)) as pool:
        done = dict(zip(numbers, pool.map(approve, numbers), strict=True))
    assert any(done.values())
    for number, approved in done.items():
        assert (status(scene, number) == "approved") is approved
        assert (f"dir-{number}.1" in rules_in_force(scene)) is approved


def test_what_a_version_gone_back_to_left_behind_no_longer_speaks(scene: Scenery) -> None:
    stores, now = scene.parts.stores, scene.clock.now()
    version = stores.read(in_force).version
    first = desk.give(stores, "At most 2 emails a week.", "en", "author", now)
    desk.approve(stores, first.directive.number, "somebody else", now)
    looser = "At most 5 emails a week."
    assert desk.give(stores, looser, "en", "author", now).reading.open_question is not None
    roll_back(stores, version, "somebody else", now)
    assert desk.give(stores, looser, "en", "author", now).reading.open_question is None


def test_a_date_without_a_year_is_the_next_one_on_the_clock_of_the_service(scene: Scenery) -> None:
    stores = scene.parts.stores
    scene.clock.set(scene.clock.now() + timedelta(days=3 * 365))
    given = desk.give(stores, "No SMS from December 1 to December 25.", "en", "author", scene.clock.now())
    assert str(scene.clock.now().year) in given.directive.clauses


def test_exceptions_go_with_the_rule_that_they_except_from(scene: Scenery) -> None:
    stores, now = scene.parts.stores, scene.clock.now()
    first = desk.give(stores, "At most 2 emails a week.", "en", "author", now)
    desk.approve(stores, first.directive.number, "somebody else", now)
    playbook = playbook_of(stores.read(in_force).document)
    vips = RuleException(id="vips", rule="dir-1.1", scope=Scope(audience=Audience(tags=frozenset({"vip"}))))
    excepted = playbook.model_copy(update={"exceptions": (vips,)})
    put_in_force(stores, excepted, "author", "somebody else", "an exception", now)
    later = desk.give(stores, "At most 3 emails a week.", "en", "author", now, replaces=1)
    desk.approve(stores, later.directive.number, "somebody else", now)
    assert "dir-2.1" in rules_in_force(scene) and "dir-1.1" not in rules_in_force(scene)
    assert playbook_of(stores.read(in_force).document).exceptions == ()
