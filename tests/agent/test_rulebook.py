"""The rule book under many hands at once, on both databases: one approval wins, and nobody's change is lost."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from agent import rulebook
from agent.settings import Settings
from agent.stores import Stores, open_stores
from domain.errors import NotFound, Refused
from policies.book import Playbook
from policies.document import read_playbook
from records import book as versions
from records import proposals
from tests.clock import START, FrozenClock
from tests.policies.examples import rules_of


@pytest.fixture
def stores(tmp_path: Path, database_url: str) -> Iterator[Stores]:
    """Stores with the shipped rules in force."""
    opened = open_stores(Settings(home=tmp_path / "home", database_url=database_url), FrozenClock())
    rulebook.ensure_book(opened)
    yield opened
    opened.close()


def stricter(number: int, base: Playbook) -> Playbook:
    """The playbook with one more rule."""
    gap = rules_of({"id": f"gap_{number}", "type": "min_gap", "hours": number + 1})
    return base.model_copy(update={"rules": (*base.rules, *gap)})


def test_of_many_approvals_at_once_one_wins(stores: Stores) -> None:
    base = read_playbook()
    made = [rulebook.propose(stores, stricter(number, base), "Author", "", START) for number in range(8)]

    def approve(number: int) -> int | None:
        try:
            return rulebook.approve(stores, number, "Approver", START)
        except Refused:
            return None

    with ThreadPoolExecutor(8) as pool:
        versions_made = [version for version in pool.map(approve, [one.number for one in made]) if version]
    assert versions_made == [2]
    kept = stores.read(lambda c: proposals.page(c, 20))
    assert sorted(one.status for one in kept) == ["approved"] + ["waiting"] * 7
    assert [one.version for one in kept if one.status == "approved"] == [2]
    latest = stores.read(versions.latest)
    assert latest is not None and latest.version == 2
    assert len(rulebook.playbook_of(latest.document).rules) == len(base.rules) + 1


def test_one_proposal_is_approved_once(stores: Stores) -> None:
    made = rulebook.propose(stores, stricter(1, read_playbook()), "Author", "", START)

    def approve(_: int) -> bool:
        try:
            return bool(rulebook.approve(stores, made.number, "Approver", START))
        except Refused:
            return False

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(approve, range(6))) == 1


def test_proposals_are_kept_in_order_with_what_became_of_them(stores: Stores) -> None:
    for number in range(3):
        rulebook.propose(stores, stricter(number, read_playbook()), "Author", f"the {number}th", START)
    rulebook.reject(stores, 2, "Approver", "not now", START)
    found = stores.read(lambda c: proposals.page(c, 2))
    assert [(one.number, one.status, one.reason) for one in found] == [(3, "waiting", None), (2, "rejected", "not now")]
    assert stores.read(lambda c: proposals.page(c, 5, found[-1].number))[0].note == "the 0th"
    with pytest.raises(NotFound):
        stores.read(lambda c: proposals.get(c, 9))
    with pytest.raises(NotFound):
        rulebook.reject(stores, 9, "Approver", "", START)


def test_rules_of_directives_outlive_a_load_from_files(stores: Stores) -> None:
    given = rules_of({"id": "dir-1.1", "type": "min_gap", "hours": 5, "severity": "soft"})
    base = read_playbook()
    directed = given[0].model_copy(update={"layer": "directive"})
    rulebook.put_in_force(stores, base.model_copy(update={"rules": (*base.rules, directed)}), "A", "B", "", START)
    made = rulebook.propose_files(stores, stricter(1, base), "A", "", START)
    assert [change.id for change in rulebook.difference(stores, made).changes] == ["gap_1"]
