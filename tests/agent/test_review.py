"""Review: words wait for a person, leave once with their approval, and promise nothing until then."""

import asyncio
import sqlite3
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from langgraph.checkpoint.base import BaseCheckpointSaver

from agent import review, ruling
from agent.evidence import unpack
from agent.lessons import taught
from agent.message_case import MessageCase
from agent.nameless import nameless
from agent.rewording import Rewording
from agent.rulebook import put_in_force
from agent.ruling import Order
from agent.station import words_of
from agent.verification import verify
from agent.waiting import Waiting
from domain.decision import Decision
from domain.errors import AlreadyDecided, Malformed, RuleBroken, Unavailable
from policies.document import read_playbook
from records import contacts, reviews, tallies
from records.reviews import Review
from tests.agent.stage import ANNA, Scenery, question, run
from tests.clock import START
from tests.patience import PATIENCE
from tests.policies.examples import rules_of

NIGHTLY = "replenishment"


def in_review(stage: Scenery, *rules: Mapping[str, Any], scene: bool = False) -> None:
    """Puts further rules in force, and the scene in review."""
    book = read_playbook()
    scenes = tuple(one.model_copy(update={"review": scene}) if one.id == NIGHTLY else one for one in book.scenes)
    changed = book.model_copy(update={"rules": (*book.rules, *rules_of(*rules)), "scenes": scenes})
    put_in_force(stage.parts.stores, changed, "Author", "Approver", "look first", START)


def queue(stage: Scenery) -> tuple[Review, ...]:
    """What waits."""
    return stage.parts.stores.read(lambda c: reviews.waiting(c, stage.clock.now(), 50)).items


def said(stage: Scenery, found: Review, verdict: str, by: str = "Mika", **more: Any) -> Review:
    """A verdict, as the command line gives it."""
    order = Order.model_validate({"verdict": verdict, **more})
    return ruling.decide(ruling.ground_beside(stage.parts.stores), found.id, order, by, "en")


def opened(stage: Scenery, found: Review) -> Waiting:
    """The words of a review."""
    words = stage.parts.stores.read(lambda c: words_of(c, stage.parts.stores, found))
    assert words is not None
    return words


def delivered(stage: Scenery, decision: Decision) -> Decision:
    """What the channel gets."""
    return run(stage.parts.delivery.deliver(decision.decision_id, language="en"))


def promised(stage: Scenery) -> int:
    """How many messages count towards anybody's caps."""
    return len(stage.parts.stores.read(lambda c: contacts.page(c, None, 50)))


ALWAYS = {"id": "look", "type": "approval"}


def test_a_scene_in_review_holds_until_a_person_lets_the_words_go(stage_on_both: Scenery) -> None:
    in_review(stage_on_both, scene=True)
    held = stage_on_both.ask("anna", "email", scene=NIGHTLY)
    assert held.hold and [reason.type for reason in held.hold.reasons] == ["approval"] and held.message is None
    (waits,) = queue(stage_on_both)
    assert (waits.kind, waits.subject, waits.scene) == ("message", held.decision_id, NIGHTLY)
    assert delivered(stage_on_both, held) == held and promised(stage_on_both) == 0
    decided = said(stage_on_both, waits, "approve")
    assert (decided.status, decided.decided_by) == ("approved", "Mika") and queue(stage_on_both) == ()
    assert promised(stage_on_both) == 0, "an approval reserves nothing: the handing over does"
    handed = delivered(stage_on_both, held)
    assert handed.message == opened(stage_on_both, decided).message and promised(stage_on_both) == 1
    assert "A person approved these very words." in handed.explanation.because
    assert delivered(stage_on_both, held).message == handed.message and promised(stage_on_both) == 1
    checked = verify(stage_on_both.parts.stores, held.decision_id)
    assert checked.ok, checked.findings


def test_two_at_once_cannot_both_decide(stage_on_both: Scenery) -> None:
    in_review(stage_on_both, ALWAYS)
    stage_on_both.ask("anna", "email")
    (waits,) = queue(stage_on_both)

    def speak(person: int) -> str:
        try:
            verdict = "approve" if person % 2 else "reject"
            return said(stage_on_both, waits, verdict, f"Person {person}", reason="too loud").decided_by or ""
        except AlreadyDecided as late:
            return f"late: {late.by}"

    with ThreadPoolExecutor(4) as people:
        answers = list(people.map(speak, range(4)))
    winner = [one for one in answers if not one.startswith("late")]
    assert len(winner) == 1 and set(answers) == {winner[0], f"late: {winner[0]}"}
    assert stage_on_both.parts.stores.read(lambda c: reviews.get(c, waits.id)).decided_by == winner[0]


def test_an_edit_is_read_by_every_rule_and_then_leaves_as_it_was_written(stage: Scenery) -> None:
    in_review(stage, {"id": "no_shouting", "type": "forbidden_phrase", "phrases": ["unbeatable"]}, scene=True)
    held = stage.ask("anna", "email", scene=NIGHTLY)
    (waits,) = queue(stage)
    with pytest.raises(RuleBroken, match="no_shouting") as refused:
        said(stage, waits, "edit", copy={"subject": "An unbeatable coffee"})
    assert refused.value.broken[0][:2] == ("no_shouting", "subject")
    assert [one.id for one in queue(stage)] == [waits.id], "it still waits, and may be edited again"
    decided = said(stage, waits, "edit", copy={"subject": "Your coffee {# a note #}"}, reason="Say which coffee.")
    assert decided.status == "edited"
    handed = delivered(stage, held)
    assert handed.message and handed.message.subject == "Your coffee {# a note #}", (
        "words are letters, never a template"
    )
    assert verify(stage.parts.stores, held.decision_id).ok
    assert handed.copy_ and (handed.copy_.origin, handed.copy_.variant_id) == ("variant", f"review:{waits.id}")
    assert stage.parts.stores.read(lambda c: reviews.lessons(c, NIGHTLY, 5)) == ("Say which coffee.",)


PLACES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("email", {}),
    ("email", {"placement": {"id": "newsletter.block:recommendation", "items": 3}}),
    ("line", {}),
    ("push", {}),
    ("sms", {}),
    ("web", {"placement": {"id": "list", "items": 3}}),
    ("app", {}),
    ("ad", {}),
    ("signage", {}),
    ("call", {"moment": {"direction": "inbound"}}),
)


def test_words_on_every_channel_are_shown_changed_and_leave_verified(stage: Scenery) -> None:
    in_review(stage, ALWAYS)
    for (channel, more), customer in product(PLACES, ("anna", "hana")):
        stage.clock.move(timedelta(days=20))  # No cap is in the way.
        held = stage.ask(customer, channel, **more)
        (waits,) = queue(stage)
        case = ruling.case_of(ruling.ground_beside(stage.parts.stores), waits, "en")
        assert isinstance(case, MessageCase)
        today = case.today()
        assert today.copy and today.holds == (), channel
        said(stage, waits, "edit", copy={"body": today.copy.body})
        handed, before = delivered(stage, held).message, opened(stage, waits).message
        assert handed and handed.words() == before.words(), "written as it was, it reads as it did"
        checked = verify(stage.parts.stores, held.decision_id)
        assert checked.ok, (channel, checked.findings)


def test_a_rejection_ends_it_and_teaches(stage: Scenery) -> None:
    in_review(stage, scene=True)
    held = stage.ask("anna", "email", scene=NIGHTLY)
    (waits,) = queue(stage)
    with pytest.raises(Malformed, match="reason"):
        said(stage, waits, "reject")
    said(stage, waits, "reject", reason="Anna knows this; call 090-1234-5678. Too long.")
    stopped = delivered(stage, held)
    assert stopped.hold and stopped.hold.reasons[0].type == "rejected" and promised(stage) == 0
    assert stage.parts.stores.read(lambda c: reviews.lessons(c, NIGHTLY, 5)) == ("… knows this; call …. Too long.",)
    assert stage.ask("anna", "email", scene=NIGHTLY).decision_id != held.decision_id and len(queue(stage)) == 1


def test_approved_words_go_through_every_rule_again(stage: Scenery) -> None:
    in_review(stage, ALWAYS)
    held = stage.ask("anna", "email")
    said(stage, queue(stage)[0], "approve")
    stage.consent("anna", "email", granted=False)
    stopped = delivered(stage, held)
    assert stopped.hold and stopped.hold.reasons[0].type == "consent" and promised(stage) == 0
    stage.consent("anna", "email", granted=True)
    assert delivered(stage, held).outcome == "message"


def test_words_that_wait_take_nothing_from_a_cap_and_come_too_late_for_it(stage: Scenery) -> None:
    in_review(stage, scene=True)
    held = stage.ask("anna", "push", scene=NIGHTLY)
    assert stage.ask("anna", "push").outcome == "message", "a draft that waits counts towards nothing"
    said(stage, queue(stage)[0], "approve")
    stopped = delivered(stage, held)
    assert stopped.hold and stopped.hold.retry_at
    stage.clock.set(stopped.hold.retry_at)
    assert delivered(stage, held).outcome == "message"


def test_the_first_messages_wait_and_count_once_each(stage_on_both: Scenery) -> None:
    in_review(stage_on_both, {"id": "first", "type": "sample_review", "first": 1})
    held = [stage_on_both.ask(who, "email") for who in ("anna", "hana")]
    assert all(one.hold and one.hold.reasons[0].type == "approval" for one in held)
    for waits in queue(stage_on_both):
        said(stage_on_both, waits, "approve")
    assert [delivered(stage_on_both, held[0]).outcome for _ in range(2)] == ["message", "message"]
    standing = stage_on_both.parts.stores.read(tallies.standing)
    assert {key: int(used) for key, used in standing.items() if key.startswith("first|")} == {"first|total": 1}


def test_what_needs_nobody_goes_first(stage: Scenery) -> None:
    in_review(stage, {"id": "deep", "type": "approval", "scope": {"offers": {"ids": ["coffee"]}}})
    decision = stage.ask("anna", "email")
    assert decision.outcome == "message" and decision.message and decision.message.offer
    assert decision.message.offer.id != "coffee" and queue(stage) == ()


def test_one_draft_of_a_scene_waits_for_a_customer_at_a_time(stage: Scenery) -> None:
    in_review(stage, scene=True)
    first = stage.ask("anna", "email", scene=NIGHTLY)
    second = stage.ask("anna", "email", scene=NIGHTLY)
    assert len(queue(stage)) == 1
    assert second.hold and first.decision_id in second.hold.reasons[0].text
    assert second.hold.reasons[0].type == "approval" and delivered(stage, second) == second
    stage.ask("anna", "line", scene=NIGHTLY)
    assert len(queue(stage)) == 2, "another channel has words of its own"


def test_many_asks_at_once_bring_one_draft_into_the_queue(stage_on_both: Scenery) -> None:
    in_review(stage_on_both, scene=True)
    conductor = stage_on_both.parts.conductor

    async def all_at_once() -> list[Decision]:
        asks = [question("anna", "email", scene=NIGHTLY, deadline_ms=60_000) for _ in range(8)]
        answers = await asyncio.gather(*(conductor.next_message(ask, language="en") for ask in asks))
        return [answer.decision for answer in answers]

    assert {one.hold.reasons[0].type for one in run(all_at_once()) if one.hold} == {"approval"}
    assert len(queue(stage_on_both)) == 1


def test_a_draft_waits_a_week_and_approved_words_last_as_long(stage: Scenery) -> None:
    in_review(stage, ALWAYS)
    held = [stage.ask(who, "email") for who in ("anna", "hana")]
    waits = queue(stage)
    said(stage, waits[0], "approve")
    stage.clock.move(timedelta(days=7))
    assert queue(stage) == ()
    with pytest.raises(AlreadyDecided, match="waited too long"):
        said(stage, waits[1], "approve")
    late = [delivered(stage, one) for one in held]
    assert [one.hold.reasons[0].type for one in late if one.hold] == ["expired", "expired"]


def test_a_dry_run_says_that_it_would_wait_and_queues_nothing(stage: Scenery) -> None:
    in_review(stage, ALWAYS)
    decision = stage.ask("anna", "email", dry_run=True)
    assert decision.hold and decision.hold.reasons[0].type == "approval" and queue(stage) == ()


def test_what_was_promised_before_is_not_handed_over_once_somebody_has_to_look(stage: Scenery) -> None:
    decision = stage.ask("anna", "email", scene=NIGHTLY)
    in_review(stage, scene=True)
    stopped = delivered(stage, decision)
    assert stopped.hold and stopped.hold.reasons[0].type == "approval" and queue(stage) == ()


def test_a_released_draft_is_not_handed_over_again(stage: Scenery) -> None:
    in_review(stage, ALWAYS)
    held = stage.ask("anna", "email")
    said(stage, queue(stage)[0], "approve")
    delivered(stage, held)
    run(stage.parts.delivery.release(held.decision_id, "the gateway was down"))
    stopped = delivered(stage, held)
    assert stopped.hold and stopped.hold.reasons[0].type == "released" and promised(stage) == 0


def test_nobody_writes_an_approval_but_with_the_key(stage: Scenery) -> None:
    in_review(stage, ALWAYS)
    held = stage.ask("anna", "email")
    (waits,) = queue(stage)
    stage.write(lambda c: reviews.decide(c, waits.id, "approved", "a thief", START))
    assert delivered(stage, held).outcome == "hold"


def test_erased_words_are_gone_and_can_only_be_closed(stage: Scenery) -> None:
    in_review(stage, ALWAYS)
    stage.ask("anna", "email")
    (waits,) = queue(stage)
    stage.write(lambda c: stage.parts.stores.vault.destroy(c, "anna"))
    with pytest.raises(Exception, match="erased"):
        said(stage, waits, "approve")
    assert said(stage, waits, "reject", reason="gone").status == "rejected"


def test_checkpoints_hold_an_id_and_end_with_the_review(stage: Scenery, tmp_path: Path) -> None:
    in_review(stage, scene=True)
    held = stage.ask("hana", "line", "ja", scene=NIGHTLY)
    (waits,) = queue(stage)
    file = tmp_path / "home" / review.FILE
    kept = b"".join(path.read_bytes() for path in file.parent.glob(f"{review.FILE}*"))
    assert waits.id.encode() in kept
    stores = stage.parts.stores
    evidence = unpack(stores.read(lambda c: stores.decisions.get(c, held.decision_id)).personal or b"")
    personal = ["見本", "U1", "コーヒー", evidence.record.customer.display_name if evidence.record else ""]
    assert not any(words and words.encode() in kept for words in personal)
    said(stage, waits, "approve", by="検査 花子")
    with sqlite3.connect(file) as door:
        assert [door.execute(f"SELECT count(*) FROM {table}").fetchone() for table in ("checkpoints", "writes")] == [
            (0,),
            (0,),
        ]
    door.close()


@pytest.mark.parametrize(
    ("reason", "kept"),
    [
        ("Anna bought this already", "… bought this already"),
        ("Do not wake the annals", "Do not wake the annals"),
        ("write to anna@example.com instead", "write to … instead"),
        ("田中様には強すぎます", "…には強すぎます"),
        ("ｆｕｌｌ　ｗｉｄｔｈ　stays", "ｆｕｌｌ ｗｉｄｔｈ stays"),
    ],
)
def test_a_reason_names_nobody(reason: str, kept: str) -> None:
    assert nameless(reason, ANNA) == kept


@pytest.mark.parametrize(
    ("reason", "learned"),
    [
        ("Shorter, please.", ("Shorter, please",)),
        ("Too long, and it says nothing about the beans. The title is vague", ("The title is vague",)),
        ("Under 20 characters", ("Under 20 characters",)),
        ("長すぎます。もっと短くしてください。", ("長すぎます", "もっと短くしてください")),
        ("件名は20文字以内で", ("件名は20文字以内で",)),
        ("She said on the phone: my husband left me in May. Tanaka Ichiro's words. Plainer", ("Plainer",)),
        ("The customer is rude.", ()),
        ("Mark is late. Call 090-1234-5678 before May", ()),
        ("田中様は離婚されたばかりです。もっと丁寧に書いてください", ("もっと丁寧に書いてください",)),
        ("ももは長い。けい子さん、とても失礼", ()),
        ("糖尿病の方です", ()),
        ("Her diagnosis; his debts; their church; 12 May; Ginza", ()),
    ],
)
def test_a_model_learns_what_is_said_of_copy_and_of_nobody(reason: str, learned: tuple[str, ...]) -> None:
    assert taught([reason]) == learned


ODD_EDITS: tuple[tuple[str, str], ...] = (
    ("   ", "words.empty"),
    ("\u3000", "words.empty"),
    ("\u200b\u2060", "words.empty"),
    ("…", "words.empty"),
    ("Your coffee\u202e is here", "words.hidden"),
    ("Your coffee\u200b is here", "words.hidden"),
    ("[[offer.word]] is here", "words.slot"),
    ("{{ offer.word }} is here", "words.slot"),
    ("[Name], your coffee", "words.slot"),
    ("○○様、コーヒーです", "words.slot"),
    ("TODO: write about coffee", "words.slot"),
    ("<script>alert(1)</script> coffee", "words.markup"),
    ("<b>Your</b> coffee", "words.markup"),
    ("Your **coffee**", "words.markup"),
    ("coffee " * 900, "words.length"),
)


@pytest.mark.parametrize(
    ("words", "rule"), ODD_EDITS, ids=[f"{place}-{rule}" for place, (_, rule) in enumerate(ODD_EDITS)]
)
@pytest.mark.parametrize("channel", ["app", "web", "email"])
def test_an_edit_that_is_no_copy_is_refused_by_name(stage: Scenery, channel: str, words: str, rule: str) -> None:
    in_review(stage, ALWAYS)
    held = stage.ask("anna", channel)
    (waits,) = queue(stage)
    with pytest.raises(RuleBroken) as refused:
        said(stage, waits, "edit", copy={"body": words})
    assert (rule, "body") in [one[:2] for one in refused.value.broken]
    assert queue(stage) == (waits,) and delivered(stage, held).hold


def test_an_edit_is_refused_in_the_language_of_the_reviewer(stage: Scenery) -> None:
    in_review(stage, ALWAYS)
    stage.ask("anna", "app")
    order = Order.model_validate({"verdict": "edit", "copy": {"body": "\u200b "}})
    for language, why in (("ja", "読める文字がありません"), ("en", "nothing to read")):
        with pytest.raises(RuleBroken, match=why):
            ruling.decide(ruling.ground_beside(stage.parts.stores), queue(stage)[0].id, order, "Mika", language)


def test_a_part_that_the_channel_does_not_have_is_named(stage: Scenery) -> None:
    in_review(stage, ALWAYS)
    stage.ask("anna", "email")
    with pytest.raises(Malformed, match=r"copy\.title"):
        said(stage, queue(stage)[0], "edit", copy=Rewording(title="Coffee"))


def test_a_verdict_that_failed_before_it_stood_is_taken_again(stage: Scenery, monkeypatch: pytest.MonkeyPatch) -> None:
    in_review(stage, ALWAYS)
    stage.ask("anna", "email")
    (waits,) = queue(stage)

    def fails(self: ruling.Ruling) -> bool:
        raise Unavailable("The database", "it is away")

    with monkeypatch.context() as away, pytest.raises(Unavailable):
        away.setattr(ruling.Ruling, "settle", fails)
        said(stage, waits, "approve", "the first")
    assert said(stage, waits, "reject", "the second", reason="too long").status == "rejected", "the first one is gone"


def test_an_answer_does_not_wait_for_busy_checkpoints(
    stage: Scenery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("records.sqlite_connection.PATIENCE", PATIENCE)
    in_review(stage, ALWAYS)
    busy = sqlite3.connect(tmp_path / "home" / review.FILE, isolation_level=None)
    busy.execute("BEGIN EXCLUSIVE")
    began = time.monotonic()
    held = stage.ask("anna", "email")
    waited = time.monotonic() - began
    busy.execute("ROLLBACK")
    busy.close()
    assert waited < PATIENCE / 2, "as long as SQLite would have waited"
    said(stage, queue(stage)[0], "approve")
    assert delivered(stage, held).outcome == "message"


def test_a_graph_that_begins_after_the_verdict_leaves_nothing_behind(
    stage: Scenery, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_review(stage, ALWAYS)
    stage.ask("anna", "email")
    stage.ask("hana", "line", "ja")
    first, second = queue(stage)
    said(stage, first, "approve")
    review.begin(stage.parts.stores, first.id)
    interrupted = review._at_its_interrupt

    def spoken_meanwhile(saver: BaseCheckpointSaver[str], review_id: str) -> review.Graph:
        monkeypatch.setattr(review, "_at_its_interrupt", interrupted)
        said(stage, second, "approve")
        return interrupted(saver, review_id)

    monkeypatch.setattr(review, "_at_its_interrupt", spoken_meanwhile)
    review.begin(stage.parts.stores, second.id)
    with review.checkpoints(stage.parts.stores) as saver:
        assert list(saver.list(None)) == []


def test_a_queue_without_its_checkpoints_goes_on_from_the_row(stage: Scenery, tmp_path: Path) -> None:
    in_review(stage, ALWAYS)
    held = stage.ask("anna", "email")
    for file in (tmp_path / "home").glob(f"{review.FILE}*"):
        file.unlink()  # As in a restored backup, which holds none.
    said(stage, queue(stage)[0], "approve")
    assert delivered(stage, held).outcome == "message"


def test_a_verdict_stands_though_a_graph_begins_anew_beside_it(stage: Scenery, monkeypatch: pytest.MonkeyPatch) -> None:
    in_review(stage, ALWAYS)
    held = stage.ask("anna", "email")
    interrupted = review._at_its_interrupt

    def begun_anew(saver: BaseCheckpointSaver[str], review_id: str) -> review.Graph:
        monkeypatch.setattr(review, "_at_its_interrupt", interrupted)
        graph = interrupted(saver, review_id)
        saver.delete_thread(review_id)
        return graph

    monkeypatch.setattr(review, "_at_its_interrupt", begun_anew)
    assert said(stage, queue(stage)[0], "approve").status == "approved"
    assert delivered(stage, held).outcome == "message"
