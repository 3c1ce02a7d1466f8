"""A restart with reviews waiting: another process goes on where the first one died, and repeats nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from agent import review
from agent.ruling import Order, decide, ground_beside
from agent.station import words_of
from agent.waiting import Waiting
from domain.errors import AlreadyDecided
from records import contacts, reviews
from tests.agent.stage import Scenery, run, set_up
from tests.clock import FrozenClock

ROOT = Path(__file__).resolve().parents[2]
DIES = """
import os, sys
from pathlib import Path
from agent import ruling, waiting
from tests.agent.stage import set_up
from tests.agent.test_review import ALWAYS, in_review, queue, said
from tests.clock import FrozenClock

waiting.BEGINS_WITHIN = 60.0  # A busy machine may take longer than an ask would wait for it.
stage = set_up(Path(sys.argv[1]), FrozenClock(), sys.argv[2])
in_review(stage, ALWAYS)
stage.ask("anna", "email"), stage.ask("hana", "line", "ja")
settle = ruling.Ruling.settle


def dies_behind_the_verdict(self):
    settle(self)
    os._exit(9)


ruling.Ruling.settle = dies_behind_the_verdict
said(stage, [one for one in queue(stage) if one.customer_id == "hana"][0], "approve", "the one who died")
"""


def let_one_die(home: Path, url: str) -> None:
    """Runs a process that lets two drafts wait, and dies right after somebody decided about the second."""
    command = [sys.executable, "-c", DIES, str(home), url]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    assert ended.returncode == 9, ended.stderr


def at_its_interrupt(stage: Scenery, customer: str) -> bool:
    """Whether the draft of a customer waits in a checkpoint that another process wrote."""
    with review.checkpoints(stage.parts.stores) as saver:
        return review.is_waiting(review.build_graph(saver), review_of(stage, customer).id)


def review_of(stage: Scenery, customer: str) -> reviews.Review:
    """The one review about a customer."""
    stores = stage.parts.stores
    (decision,) = stores.read(lambda c: stores.decisions.of_customer(c, customer, 9)).items
    found = stores.read(lambda c: reviews.of_subject(c, decision.decision_id))
    assert found is not None
    return found


def words(stage: Scenery, found: reviews.Review) -> Waiting:
    """What was approved."""
    opened = stage.parts.stores.read(lambda c: words_of(c, stage.parts.stores, found))
    assert opened is not None
    return opened


def approve(stage: Scenery, customer: str, by: str = "Mika") -> reviews.Review:
    """A verdict in this process."""
    return decide(ground_beside(stage.parts.stores), review_of(stage, customer).id, Order(verdict="approve"), by, "en")


def test_a_review_goes_on_after_its_process_died(tmp_path: Path, database_url: str) -> None:
    home = tmp_path / "home"
    let_one_die(home, database_url)
    stage = set_up(home, FrozenClock(), database_url)
    try:
        assert at_its_interrupt(stage, "anna"), "what 'exit' kept is enough to resume in another process"
        approved = approve(stage, "anna")
        stands = review_of(stage, "hana")
        assert (stands.status, stands.decided_by) == ("approved", "the one who died")
        with pytest.raises(AlreadyDecided, match="the one who died"):
            approve(stage, "hana")
        assert review_of(stage, "hana") == stands, "a resume writes nothing twice"
        assert not at_its_interrupt(stage, "anna")
        for one in (approved, stands):
            handed = [run(stage.parts.delivery.deliver(one.subject, language="en")) for _ in range(2)]
            assert [each.message for each in handed] == [words(stage, one).message] * 2
        assert len(stage.parts.stores.read(lambda c: contacts.page(c, None, 9))) == 2, "one promise each"
    finally:
        stage.parts.close()
