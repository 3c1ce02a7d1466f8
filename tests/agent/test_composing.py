"""Copy that a model writes ahead: what is kept, what is dropped, who decides, and what is shown."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from typing import Any

import pytest
from pydantic import JsonValue

from agent import directives
from agent.composing import Composer, decided
from agent.evidence import Public
from agent.ordering import Order
from agent.progress import Progress
from agent.rulebook import in_force, playbook_of, put_in_force
from agent.stores import Stores
from agent.verification import replay, verify
from domain.channel import Channel, Purpose
from domain.customer import Record
from domain.decision import Decision
from domain.errors import BudgetSpent, Malformed, ModelBroken, NotFound, Refused, Unavailable
from domain.features import Features
from domain.variant import Copy
from policies.checking.check import copy_faults
from policies.document import read_policy
from policies.facts import action_of, situation_of
from records import catalogue, compositions, profiles, reviews, variants
from records.connection import Connection
from records.variants import Kept
from tests.agent.pen import Pen, Writes, plain
from tests.agent.stage import ANNA, COFFEE, Scenery, run
from tests.clock import START
from tools.copywriting import Copywriter, load_variants
from tools.variant_choice import order

MAIL = Order(
    scene="newsletter", n=2, offers=("coffee",), channels=(Channel.EMAIL,), languages=("en",), placements=("",)
)


@pytest.fixture(scope="module", autouse=True)
def copy_read_once() -> Iterator[None]:
    """Reads and compiles the copy that we ship once for all stages of these tests: it is most of their start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("agent.parts.load_variants", cache(load_variants))
        patch.setattr("agent.parts.Copywriter", cache(Copywriter))
        yield


def compose(stage: Scenery, pen: Pen, order: Order = MAIL) -> Progress:
    """Has an order written by the pen."""
    composer = Composer(stage.parts.stores, pen)
    return run(composer.run(composer.begin(order, "Mika")))


def kept(stage: Scenery) -> list[Kept]:
    """Everything that is kept, the oldest first."""
    return list(reversed(stage.parts.stores.read(lambda c: variants.page(c, 100)).items))


def writes(*texts: dict[str, JsonValue]) -> Writes:
    """These texts one after another."""
    return lambda _, number: texts[min(number, len(texts) - 1)]


def with_review(stage: Scenery, scene: str) -> None:
    """Has a person look at everything that is written for the scene."""
    playbook = playbook_of(stage.parts.stores.read(in_force).document)
    scenes = tuple(one.model_copy(update={"review": one.id == scene}) for one in playbook.scenes)
    changed = playbook.model_copy(update={"scenes": scenes})
    put_in_force(stage.parts.stores, changed, "Author", "Approver", "review", START)


def forbid(stage: Scenery, words: str) -> None:
    """A new rule against some words."""
    rule = f"""
      rules:
        - id: no_word
          type: forbidden_phrase
          name: {{ja: 使わない言葉, en: A word not to use}}
          phrases: [{words!r}]
    """
    playbook = playbook_of(stage.parts.stores.read(in_force).document)
    rules = (*playbook.rules, *read_policy(rule).rules)
    changed = playbook.model_copy(update={"rules": rules})
    put_in_force(stage.parts.stores, changed, "Author", "Approver", "a word", START)


def next_mail(stage: Scenery, draw: float = 0.0, **more: Any) -> Decision:
    """The next message of the newsletter about coffee for Anna; the draw chooses the text alone."""
    stage.write(lambda c: [catalogue.remove(c, other) for other in ("coat", "fair", "too-cheap")])
    stage.drawn[:] = [draw]
    return stage.ask(scene="newsletter", **more)


def test_what_passes_is_kept_with_where_it_comes_from(stage: Scenery) -> None:
    pen = Pen(lambda _, number: plain(number))
    found = compose(stage, pen)
    assert (found.wanted, found.approved, found.finished, found.requests) == (2, 2, 2, 2)
    first = kept(stage)[0]
    assert (first.status, first.variant.origin, first.variant.offer) == ("approved", "variant", "coffee")
    told = first.provenance
    assert (told.model, told.author, told.policy_version, told.at) == ("pen", "Mika", 1, START)
    assert told.prompt.startswith("en/draft@") and told.brief and told.prompt_tokens == 300
    assert set(found.variants) == {one.variant.id for one in kept(stage)}


def test_it_is_shown_from_then_on_and_the_decision_says_how_it_was_chosen(stage: Scenery) -> None:
    before = next_mail(stage, dry_run=True)
    assert before.copy_ is not None and before.copy_.origin == "template"
    compose(stage, Pen(lambda _, number: plain(number)))
    first = next_mail(stage, dry_run=True)
    assert first.copy_ is not None and first.copy_.origin == "variant"
    shown = next_mail(stage, 0.9)
    assert shown.copy_ is not None and shown.copy_.variant_id in {one.variant.id for one in kept(stage)}
    assert shown.copy_.variant_id != first.copy_.variant_id
    assert shown.propensity == pytest.approx(0.5)
    stored = stage.parts.stores.read(lambda c: stage.parts.stores.decisions.get(c, shown.decision_id))
    picked = Public.model_validate_json(stored.public).picked
    assert picked is not None and picked.draw == pytest.approx(0.9) and picked.propensity == 0.5
    assert {arm for arm, _, _ in picked.arms} == {one.variant.id for one in kept(stage)}
    assert replay(stage.parts.stores, shown.decision_id).same
    assert verify(stage.parts.stores, shown.decision_id).ok


def test_showings_are_counted_and_answers_move_the_choice(stage: Scenery) -> None:
    compose(stage, Pen(lambda _, number: plain(number)))
    shown = next_mail(stage, 0.9).copy_
    assert shown is not None and shown.variant_id is not None
    text = shown.variant_id
    counted = stage.parts.shelf.showings.write()
    assert counted is not None and counted.result()[text] == (1, 0)
    assert stage.parts.shelf.showings.write() is None
    stage.parts.shelf.showings.answered(text)
    counted = stage.parts.shelf.showings.write()
    assert counted is not None and counted.result()[text] == (1, 1)
    other = next(one.variant.id for one in kept(stage) if one.variant.id != text)
    more = {text: 400, other: 400}
    stage.write(lambda c: variants.count(c, more, {text: 40, other: 4}))
    stage.parts.shelf.showings.renew(stage.parts.stores.read(variants.standings))
    chances = order(stage.parts.shelf.showings.arms(stage.parts.shelf.stock.variants), 0.0)[0]
    assert chances.arm.id == text and chances.propensity == pytest.approx(0.97, abs=0.001)


def test_what_is_sent_later_is_chosen_then(stage: Scenery) -> None:
    hours = Features(orders=12, hours=tuple(50 * (hour == 19) for hour in range(24)))
    stage.write(lambda c: profiles.save_features(c, [("anna", hours)], START))
    compose(stage, Pen(lambda _, number: plain(number)))
    planned = next_mail(stage)
    assert planned.outcome == "message" and planned.message is None and planned.send_at is not None
    stage.clock.set(planned.send_at)
    handed = run(stage.parts.conductor._delivery.deliver(planned.decision_id, language="en"))
    assert handed.copy_ is not None and handed.copy_.origin == "variant"
    assert planned.propensity is not None and handed.propensity == pytest.approx(planned.propensity / 2, abs=1e-4)
    counted = stage.parts.shelf.showings.write()
    assert counted is not None and counted.result()[handed.copy_.variant_id or ""] == (1, 0)


def test_a_text_that_breaks_a_rule_is_put_right_or_dropped(stage: Scenery) -> None:
    bad = plain(0) | {"opening": "Only today, 90% off [[offer.word]]!"}
    pen = Pen(writes(bad, plain(1), bad))
    found = compose(stage, pen)
    assert (found.approved, found.refused, found.requests) == (1, 1, 5)
    assert "facts_only" in found.rules
    put_right = pen.asked[1].messages[-1].content
    assert "90% off" in put_right


def test_what_says_the_same_again_is_not_kept(stage: Scenery) -> None:
    nearly = plain(0) | {"action": "Have a look", "closing": "Whenever it suits you, of course."}
    found = compose(stage, Pen(writes(plain(0), nearly)))
    assert (found.approved, found.alike) == (1, 1)
    again = compose(stage, Pen(writes(plain(0))))
    assert (again.approved, again.alike) == (0, 2)


def test_what_a_person_rejected_does_not_come_back(stage: Scenery) -> None:
    with_review(stage, "newsletter")
    compose(stage, Pen(writes(plain(0))), MAIL.model_copy(update={"n": 1}))
    text = kept(stage)[0].variant
    stage.write(lambda c: decided(c, text.id, "reject", "Rei", "too flat", START))
    assert compose(stage, Pen(writes(plain(0)))).approved == 0


def test_a_scene_with_review_waits_for_a_person(stage: Scenery) -> None:
    with_review(stage, "newsletter")
    found = compose(stage, Pen(writes(plain(0), plain(1))))
    assert (found.approved, found.waiting) == (0, 2)
    queue = stage.parts.stores.read(lambda c: reviews.waiting(c, START, 10)).items
    assert {one.subject for one in queue} == set(found.variants)
    one, other = kept(stage)
    assert stage.parts.stores.read(variants.approved) == []
    stage.write(lambda c: decided(c, one.variant.id, "approve", "Rei", None, START))
    better = Copy(subject="Coffee", preheader="It is here.", body="We have [[offer.word]].\n\n[card]\n\n[button]")
    stage.write(lambda c: decided(c, other.variant.id, "edit", "Rei", "shorter", START, better))
    approved = {kept.variant.id: kept for kept in stage.parts.stores.read(variants.approved)}
    edited = approved[other.variant.id]
    assert (edited.variant.approved_by, edited.reason, edited.decided_by) == ("Rei", "shorter", "Rei")
    assert "{{ offer.word }}" in edited.variant.copy_.body and "offer.word" in edited.variant.needs
    with pytest.raises(Refused, match="approved already"):
        stage.write(lambda c: decided(c, one.variant.id, "reject", "Ken", "no", START))


def test_new_rules_retire_what_no_longer_passes(stage_on_both: Scenery) -> None:
    stage = stage_on_both
    compose(stage, Pen(writes(plain(0), plain(1))))
    assert stage.parts.shelf.load() and len(stage.parts.shelf.stock.variants) == 2
    forbid(stage, "roastery")
    fallen = next(one for one in kept(stage) if one.status == "retired")
    assert fallen.reason is not None and fallen.reason.startswith("no_word: ")
    assert fallen.decided_by == "policy version 2"
    stage.parts.shelf.load()
    assert [one.id for one in stage.parts.shelf.stock.variants] == [
        one.variant.id for one in kept(stage) if one.status == "approved"
    ]
    assert all(one.policy_version == 2 for one in stage.parts.stores.read(variants.approved))


def test_a_directive_retires_what_it_forbids(stage: Scenery) -> None:
    compose(stage, Pen(writes(plain(0), plain(1))))
    given = directives.give(stage.parts.stores, 'Never use the word "roastery".', "en", "Author", START)
    directives.approve(stage.parts.stores, given.directive.number, "Approver", START)
    assert sorted(one.status for one in kept(stage)) == ["approved", "retired"]


def test_what_was_read_with_other_rules_is_read_again_on_load(stage: Scenery) -> None:
    compose(stage, Pen(writes(plain(0), plain(1))))
    one = kept(stage)[0].variant
    worse = one.model_copy(update={"copy_": one.copy_.model_copy(update={"subject": "Only today: 90% off"})})
    stale = Kept(worse.model_copy(update={"id": "v-stale"}), "approved", kept(stage)[0].provenance, 0, START)
    stage.write(lambda c: variants.add(c, [stale]))
    stage.parts.shelf.load()
    assert "v-stale" not in {one.id for one in stage.parts.shelf.stock.variants}
    assert stage.parts.stores.read(lambda c: variants.get(c, "v-stale")).status == "retired"


def test_a_retired_text_is_not_shown(stage: Scenery) -> None:
    compose(stage, Pen(writes(plain(0), plain(1))))
    texts = [one.variant.id for one in kept(stage)]

    def retire_all(c: Connection) -> None:
        for text in texts:
            variants.retire(c, text, "Mika", "enough of it", START)

    stage.write(retire_all)
    shown = next_mail(stage, dry_run=True)
    assert shown.copy_ is not None and shown.copy_.origin == "template"
    with pytest.raises(Refused, match="retired already"):
        stage.write(lambda c: variants.retire(c, kept(stage)[0].variant.id, "Mika", "again", START))


def test_words_about_offers_reload_no_offers(stage: Scenery) -> None:
    _, before = stage.parts.shelf.load()
    compose(stage, Pen(writes(plain(0), plain(1))))
    _, after = stage.parts.shelf.load()
    assert after is before and len(stage.parts.shelf.stock.variants) == 2
    stage.write(lambda c: catalogue.upsert(c, [COFFEE], START))
    assert stage.parts.shelf.load()[1] is not before


def test_the_model_failing_ends_a_composition_in_time(stage: Scenery) -> None:
    broken = Pen(lambda *_: ModelBroken("its server answers with 500"))
    found = compose(stage, broken, MAIL.model_copy(update={"n": 9}))
    assert (found.failed, len(broken.asked), found.failures) == (5, 5, {"model-broken": 5})
    assert found.error is not None and "500" in found.error
    spent = Pen(lambda _, number: plain(number) if number < 1 else BudgetSpent("today's tokens are used up"))
    found = compose(stage, spent, MAIL.model_copy(update={"n": 9}))
    assert (found.approved, found.failed, len(spent.asked)) == (1, 1, 2)
    assert len(kept(stage)) == 1


def test_what_is_stopped_while_it_writes_down_stays_stopped(stage: Scenery, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread goes on when whoever waits for it is cancelled: the last word is about the end all the same."""
    monkeypatch.setattr("agent.composing.TOGETHER", 1)
    stores, writing, go_on = stage.parts.stores, threading.Event(), threading.Event()
    composer = Composer(stores, Pen(lambda _, number: plain(number)))
    work = composer.begin(MAIL.model_copy(update={"n": 3}), "Mika")
    write = type(stores).write

    def slowly(of: Stores, change: Callable[[Connection], object]) -> object:
        if not writing.is_set():
            writing.set()
            go_on.wait(20)
        return write(of, change)

    async def stopped() -> None:
        running = asyncio.create_task(composer.run(work))
        await asyncio.to_thread(writing.wait, 20)
        running.cancel()
        await asyncio.wait([running], timeout=0.3)
        go_on.set()
        await asyncio.gather(running, return_exceptions=True)
        await asyncio.sleep(0.3)  # A thread that nobody waits for any more would have written by then.

    monkeypatch.setattr(type(stores), "write", slowly)
    run(stopped())
    assert composer.look(work.id).status == "stopped" and len(kept(stage)) == 1


def test_texts_that_could_not_be_written_down_are_written_down_at_the_end(
    stage: Scenery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent.composing.TOGETHER", 1)
    stores, calls = stage.parts.stores, count()
    composer = Composer(stores, Pen(lambda _, number: plain(number)))
    work = composer.begin(MAIL.model_copy(update={"n": 3}), "Mika")
    write = type(stores).write

    def broken_once(of: Stores, change: Callable[[Connection], object]) -> object:
        if next(calls) == 0:
            raise Unavailable("The database", "another process is writing to the database")
        return write(of, change)

    monkeypatch.setattr(type(stores), "write", broken_once)
    with pytest.raises(Unavailable):
        run(composer.run(work))
    assert composer.look(work.id).status == "stopped" and len(kept(stage)) == 1


def test_orders_that_cannot_be_carried_out_say_why(stage: Scenery) -> None:
    composer = Composer(stage.parts.stores, Pen(writes(plain(0))))
    with pytest.raises(NotFound, match="scene 'nothing'"):
        composer.begin(Order(scene="nothing"), "Mika")
    with pytest.raises(NotFound, match="offer 'tea'"):
        composer.begin(Order(scene="newsletter", offers=("tea",)), "Mika")
    with pytest.raises(Malformed, match="not about such offers"):
        composer.begin(Order(scene="event_invitation", offers=("coffee",)), "Mika")
    with pytest.raises(Malformed, match="plays on"):
        composer.begin(Order(scene="winback", channels=(Channel.CALL,)), "Mika")
    with pytest.raises(Malformed, match=r"that is 1,\d+ texts"):
        composer.begin(Order(scene="newsletter", n=20), "Mika")
    with pytest.raises(Malformed, match="marketing"):
        composer.begin(Order(scene="newsletter", tones=("service",)), "Mika")
    with pytest.raises(Refused, match="TACT_LLM_BASE_URL"):
        Composer(stage.parts.stores, None).begin(MAIL, "Mika")


def test_an_order_that_names_only_the_scene_takes_the_rest_from_it(stage: Scenery) -> None:
    pen = Pen(lambda _, number: plain(number))
    found = compose(stage, pen, Order(scene="event_invitation", n=1))
    asked = {request.shape.name for request in pen.asked if request.shape}
    assert asked == {
        "email_copy",
        "email_copy_ahead",
        "push_copy",
        "line_copy",
        "web_copy",
        "app_copy",
        "signage_copy",
        "call_copy_ahead",
    }
    assert found.wanted == 16 and found.finished == 16
    assert {one.variant.offer for one in kept(stage)} == {"fair"}


def test_a_mail_has_blocks_for_those_whose_facts_are_known(stage: Scenery) -> None:
    blocks: list[JsonValue] = [
        "You have [[account.points]] points, until [[account.points_expire]].",
        "You often buy [[memory.bought]] from us; this goes with it.",
        "It keeps for weeks in its bag.",
        "Dear [[customer]], hello.",
    ]
    compose(stage, Pen(writes(plain(0) | {"blocks": blocks})), MAIL.model_copy(update={"n": 1}))
    text = kept(stage)[0].variant
    assert [passage.id for passage in text.copy_.blocks] == ["points", "bought", "more-3"]
    shown = next_mail(stage, dry_run=True).message
    assert shown is not None
    assert [block.id for block in shown.blocks] == ["opening", "bought", "more-3", "offer", "closing"]
    assert shown.cites and shown.cites[0].distance == "did_with_us"


def test_a_block_for_another_tools_mail_is_one_block(stage: Scenery) -> None:
    order = MAIL.model_copy(update={"n": 1, "placements": ("newsletter.block:*",)})
    compose(stage, Pen(writes(plain(2))), order)
    shown = next_mail(stage, placement={"id": "newsletter.block:top"}, dry_run=True)
    assert shown.copy_ is not None and shown.copy_.origin == "variant"
    assert shown.message is not None and [block.id for block in shown.message.blocks] == ["newsletter.block:top"]
    whole = next_mail(stage, dry_run=True)
    assert whole.copy_ is not None and whole.copy_.origin == "template"


def test_an_ad_has_several_headlines_and_every_one_is_read_by_the_rules(stage: Scenery) -> None:
    order = MAIL.model_copy(update={"n": 2, "channels": (Channel.AD,)})
    lines: list[JsonValue] = ["For slow mornings", "for  slow mornings!", "A cup with a book"]
    found = compose(
        stage, Pen(writes(plain(0) | {"headlines": [*lines, "90% off today"]}, plain(0) | {"headlines": lines})), order
    )
    assert found.approved == 1 and "facts_only" in found.rules
    stage.drawn.append(0.0)
    decision = stage.ask(channels="ad", scene="newsletter")
    assert decision.message is not None and decision.message.headlines == ("For slow mornings", "A cup with a book")
    assert verify(stage.parts.stores, decision.decision_id).ok
    book, _ = stage.parts.shelf.load()
    s, message = situation_of(Record(customer=ANNA)), decision.message.model_copy(update={"headlines": ("90% off",)})
    a = action_of(s, Channel.AD, Purpose.MARKETING, START, "newsletter", COFFEE, language="en")
    assert {one.part for one in book.inspect(s, a, message)} == {"title"}
    assert copy_faults(book.rules, book.sender, s, a, message)


def test_a_script_for_the_telephone_asks_and_answers_doubt(stage: Scenery) -> None:
    order = Order(scene="event_invitation", n=1, channels=(Channel.CALL,), languages=("en",))
    compose(stage, Pen(writes(plain(0))), order)
    lines = kept(stage)[0].variant.copy_.body.split("\n\n")
    assert [line.partition(":")[0] for line in lines] == [
        "Opening",
        "What we have",
        "To ask",
        "If they hesitate",
        "Close",
    ]


def test_what_is_asked_for_names_nobody(stage: Scenery) -> None:
    pen = Pen(lambda _, number: plain(number))
    compose(stage, pen, Order(scene="newsletter", n=1, offers=("coffee",)))
    said = "\n".join(message.content for request in pen.asked for message in request.messages)
    assert not any(name in said for name in ("Anna", "見本様", "anna", "hana", "U1", "every 9 days"))


def test_a_composition_can_be_looked_up_while_it_runs_and_after_its_process_died(stage: Scenery) -> None:
    composer = Composer(stage.parts.stores, Pen(lambda _, number: plain(number)))
    work = composer.begin(MAIL, "Mika")
    assert composer.look(work.id).status == "running"
    told: list[Progress] = []
    run(composer.run(work, told.append))
    assert [one.finished for one in told] == [1, 2]
    done = composer.look(work.id)
    assert (done.status, Progress.model_validate_json(done.progress).approved) == ("done", 2)
    lost = composer.begin(MAIL, "Mika")
    stage.clock.move(compositions.SILENT * 2)
    assert composer.look(lost.id).status == "stopped"
    with pytest.raises(NotFound):
        composer.look("comp-none")
