"""Words of a model in review: a message that it drafted, and copy that it wrote ahead, wait alike."""

from pathlib import Path

import pytest

from agent import ruling
from agent.variant_case import VariantCase
from agent.verification import verify
from domain.errors import AlreadyDecided, RuleBroken
from evals.stub_scripts import writes
from records import reviews, variants
from tests.agent.living import MAIL, SCENE, living
from tests.agent.pen import Pen, plain
from tests.agent.stage import Scenery
from tests.agent.test_composing import compose, forbid, kept, with_review
from tests.agent.test_review import delivered, opened, queue, said


def test_a_models_draft_waits_and_leaves_as_its_own(tmp_path: Path) -> None:
    with living(tmp_path / "home", review=True) as play:
        held = play.ask(writes(MAIL))
        assert held.hold and held.hold.reasons[0].type == "approval" and len(play.requests) == 1
        (waits,) = queue(play.scenery)
        words = opened(play.scenery, waits)
        assert words.message.subject == "More of your coffee?" and words.penned and words.penned.model == "stub"
        assert any("stub" in reason for reason in words.explanation["en"].because)
        play.scenery.ask(str(waits.customer_id), "email", scene=SCENE)
        assert len(play.requests) == 1, "while one draft waits, no model is asked for another"
        said(play.scenery, waits, "approve")
        handed = delivered(play.scenery, held)
        assert handed.message == words.message and handed.copy_ and handed.copy_.model == "stub"
        assert verify(play.scenery.parts.stores, held.decision_id).ok
        later = play.ask(writes(MAIL))
        said(
            play.scenery,
            queue(play.scenery)[0],
            "reject",
            reason="He is diabetic, say that it is decaffeinated. Too long.",
        )
        play.ask(writes(MAIL))
        asked = str(play.requests[0].body)
        assert "- Too long" in asked and later.hold
        assert "decaffeinated" not in asked and "diabetic" not in asked, "what may be about somebody stays with us"


def test_copy_that_was_written_ahead_is_decided_in_the_same_queue(stage: Scenery) -> None:
    with_review(stage, "newsletter")
    compose(stage, Pen(lambda _, number: plain(number)))
    forbid(stage, "unbeatable")
    first, second = queue(stage)
    case = VariantCase(ruling.ground_beside(stage.parts.stores), first)
    assert all("offer.word" not in str(sample.words()) for sample in case.samples()) and case.samples()
    with pytest.raises(RuleBroken, match="no_word"):
        said(stage, first, "edit", copy={"subject": "Unbeatable [[offer.word]]"})
    for odd, broken in ((" \u200b", "empty"), ("<b>x</b> [[offer.word]]", "markup"), ("[Name], hello", "slot")):
        with pytest.raises(RuleBroken, match=f"words.{broken}"):
            said(stage, first, "edit", copy={"subject": odd})
    said(stage, first, "edit", copy={"subject": "Plainly [[offer.word]]"}, reason="plainer")
    said(stage, second, "reject", reason="Says nothing.")
    found = {one.variant.id: one for one in kept(stage)}
    edited = found[first.subject]
    assert (edited.status, edited.decided_by, found[second.subject].status) == ("approved", "Mika", "rejected")
    assert edited.variant.copy_.subject == "Plainly {{ offer.word }}"
    assert queue(stage) == () and len(stage.parts.stores.read(variants.approved)) == 1
    with pytest.raises(AlreadyDecided):
        said(stage, first, "approve")


def test_copy_that_went_out_of_use_while_it_waited_can_only_be_closed(stage: Scenery) -> None:
    with_review(stage, "newsletter")
    compose(stage, Pen(lambda _, number: plain(number)))
    waits = queue(stage)[0]
    stage.write(lambda c: variants.retire(c, waits.subject, "Rei", "not now", stage.clock.now()))
    with pytest.raises(Exception, match="retired already"):
        said(stage, waits, "approve")
    assert said(stage, waits, "reject", reason="retired").status == "rejected"
    assert stage.parts.stores.read(lambda c: reviews.get(c, waits.id)).decided_by == "Mika"
