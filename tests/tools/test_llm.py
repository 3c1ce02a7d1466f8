"""The model behind its endpoint: it answers in time and in shape, or one of a few failures says what went wrong."""

import asyncio
import gzip
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import pytest

from domain.errors import (
    BudgetSpent,
    ModelBroken,
    ModelBusy,
    ModelCut,
    ModelDown,
    ModelFailed,
    ModelRefused,
    ModelTooLate,
)
from evals.stub_scripts import LATE, TROUBLES, Answer, Body, answers, plays, slow, writes
from records.database import Database, open_database
from tests.clock import FrozenClock
from tests.patience import PATIENCE as PATIENT
from tests.patience import lived, soon
from tests.records.databases import migrated
from tests.tools.models import LINE, PATIENCE, SHAPED, WORDS, Desk, desk
from tools.llm import OpenAIModel
from tools.meter import Tariff
from tools.model import Request, Said, Shape, Tool

LOOK = Tool("look", "Looks.", {"type": "object", "properties": {}})
EAGER = replace(PATIENCE, retries=2)
Failure = TypeVar("Failure", bound=ModelFailed)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database for all these tests; what differs between the two kinds is tested with the records."""
    yield from opened(tmp_path_factory.mktemp("model"))


@pytest.fixture
def unused(tmp_path: Path) -> Iterator[Database]:
    """A database in which nothing is counted yet."""
    yield from opened(tmp_path)


def opened(folder: Path) -> Iterator[Database]:
    """A migrated database in a folder."""
    database = open_database(f"sqlite:///{migrated(folder / 'tact.db')}")
    yield database
    database.close()


async def failing(one: Desk, kind: type[Failure], within: float) -> Failure:
    """The failure in which an ask ends."""
    with pytest.raises(kind) as failed:
        await one.model.ask(WORDS, within)
    return failed.value


def test_an_answer_comes_with_what_it_cost(database: Database) -> None:
    with desk(database, answers("Fresh coffee.")) as one:
        reply = one.ask()
        body, headers = one.stub.requests[0].body, one.stub.requests[0].headers
    assert reply.text == "Fresh coffee." and reply.calls == ()
    assert (reply.usage.model, reply.usage.calls) == ("stub", 1)
    assert reply.usage.prompt_tokens > 0 and reply.usage.completion_tokens > 0 and reply.usage.seconds > 0
    assert body["messages"] == [
        {"role": "system", "content": "You write copy."},
        {"role": "user", "content": "Write a line."},
    ]
    assert (body["model"], body["max_tokens"], body["temperature"]) == ("stub", 800, 0.7)
    assert headers["authorization"] == "Bearer none"


def test_an_answer_in_shape_is_asked_for_by_its_schema(database: Database) -> None:
    with desk(database, writes({"body": "珈琲です。", "title": "not asked for"})) as one:
        assert json.loads(one.ask(SHAPED).text) == {"body": "珈琲です。"}
        assert one.stub.requests[0].body["response_format"] == {
            "type": "json_schema",
            "json_schema": {"name": "line", "schema": dict(LINE.schema), "strict": True},
        }


def test_a_server_without_structured_output_is_asked_in_words_from_then_on(database: Database) -> None:
    def old(body: Body, number: int) -> Answer:
        if "response_format" in body:
            return Answer(status=400, raw=b'{"error": {"message": "Unknown field: response_format"}}')
        return Answer(text='Sure!\n```json\n{"body": "Coffee."}\n```')

    with desk(database, old) as one:
        assert json.loads(one.ask(SHAPED).text) == {"body": "Coffee."}
        assert json.loads(one.ask(SHAPED).text) == {"body": "Coffee."}
        bodies = [seen.body for seen in one.stub.requests]
    assert ["response_format" in body for body in bodies] == [True, False, False]
    assert '"maxLength": 100' in json.dumps(bodies[1]["messages"]).replace("\\", "")


@pytest.mark.parametrize(
    ("complaint", "gone", "instead"),
    [
        ("Use 'max_completion_tokens' instead.", "max_tokens", "max_completion_tokens"),
        ("Unsupported value: 'temperature'.", "temperature", "max_tokens"),
        ("unknown parameter seed", "seed", "temperature"),
    ],
)
def test_what_a_server_does_not_take_is_left_out(database: Database, complaint: str, gone: str, instead: str) -> None:
    refusing = Answer(status=400, raw=json.dumps({"error": {"message": complaint}}).encode())
    with desk(database, plays(refusing, Answer(text="Coffee."))) as one:
        assert one.ask(replace(WORDS, seed=7)).text == "Coffee."
        first, second = (seen.body for seen in one.stub.requests)
    assert gone in first and gone not in second and instead in second


def test_an_answer_out_of_shape_is_asked_for_once_more_in_words(database: Database) -> None:
    with desk(database, plays(Answer(json={"title": 1}), Answer(json={"body": "Coffee."})), EAGER) as one:
        reply = one.ask(SHAPED)
        bodies = [seen.body for seen in one.stub.requests]
    assert json.loads(reply.text) == {"body": "Coffee."} and reply.usage.calls == 2
    assert "JSON schema" not in json.dumps(bodies[0]["messages"]) and "JSON schema" in json.dumps(bodies[1]["messages"])


def test_retry_after_is_waited_for_where_there_is_time(database: Database) -> None:
    with desk(database, plays(Answer(status=429, retry_after=0.3), Answer(text="Coffee.")), EAGER) as one:
        began = time.perf_counter()
        assert one.ask().usage.calls == 2
        assert time.perf_counter() - began >= 0.3


def test_retry_after_ends_the_request_where_there_is_no_time(database: Database) -> None:
    with desk(database, plays(Answer(status=429, retry_after=30), Answer(text="Coffee.")), EAGER) as one:
        busy, seconds = one.run(lambda: lived(failing(one, ModelBusy, within=5.0)))
        assert seconds < 4.0 and len(one.stub.requests) == 1
    assert busy.retry_after == 30


def packed(size: int) -> bytes:
    """Megabytes of blanks in a few bytes, as a whole answer on the wire."""
    content = gzip.compress(b" " * size)
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(content)}\r\n\r\n"
    return head.encode() + content


def unending(size: int) -> bytes:
    """An answer that goes on and on."""
    return f"HTTP/1.1 200 OK\r\nContent-Length: {size}\r\n\r\n".encode() + b" " * size


@pytest.mark.parametrize("said", [packed(20_000_000), unending(10_000_000)], ids=["packed", "unending"])
def test_no_more_is_read_than_an_answer_can_be(database: Database, said: bytes) -> None:
    with desk(database, plays(Answer(wire=said)), EAGER) as one:
        with pytest.raises(ModelBroken, match=r"packs answers \('gzip'\)|sent more than 2,000,000 bytes"):
            one.ask()
        assert len(one.stub.requests) == 1 and one.stub.requests[0].headers["accept-encoding"] == "identity"


def test_the_impatient_take_the_model_from_nobody_else(database: Database) -> None:
    once = replace(PATIENCE, failures=3)
    with desk(database, slow(250, answers("Coffee.")), once) as one:
        for _ in range(5):
            with pytest.raises((ModelTooLate, ModelBusy)):
                one.ask(within=0.1)
        assert one.ask(within=30.0).text == "Coffee."
        assert len(one.stub.requests) == 4, "the last two of the impatient were not sent"


def test_an_address_that_is_none_is_a_failure_like_any_other(database: Database) -> None:
    with desk(database, answers("Coffee.")) as one:
        odd = OpenAIModel(replace(PATIENCE, base_url="http://é-.com/v1"), one.meter)
        with pytest.raises(ModelRefused, match="cannot be used"):
            one.run(lambda: odd.ask(WORDS, 5.0))


def test_what_a_server_complains_about_when_it_is_ill_is_not_believed(database: Database) -> None:
    ill = Answer(status=500, raw=b'{"error": {"message": "the cache for grammar is lost"}}')
    with desk(database, plays(ill, ill, ill, Answer(json={"body": "Coffee."})), PATIENCE) as one:
        with pytest.raises(ModelBroken):
            one.ask(SHAPED)
        one.stub.play(plays(Answer(json={"body": "Coffee."})))
        one.ask(SHAPED)
        assert "response_format" in one.stub.requests[-1].body


def test_a_request_goes_to_no_other_address(database: Database) -> None:
    elsewhere = b"HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:1/v1\r\nContent-Length: 0\r\n\r\n"
    with desk(database, plays(Answer(wire=elsewhere)), EAGER) as one:
        with pytest.raises(ModelRefused, match="another address"):
            one.ask()
        assert len(one.stub.requests) == 1


@pytest.mark.parametrize("trouble", [Answer(status=500), Answer(reset=True), Answer(text="x" * 99, truncate=True)])
def test_what_passes_is_tried_again(database: Database, trouble: Answer) -> None:
    with desk(database, plays(trouble, trouble, Answer(text="Coffee.")), EAGER) as one:
        assert one.ask().usage.calls == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413])
def test_what_will_not_pass_is_not_tried_again(database: Database, status: int) -> None:
    with desk(database, plays(Answer(status=status)), EAGER) as one:
        with pytest.raises(ModelRefused):
            one.ask()
        assert len(one.stub.requests) == 1


def test_a_model_that_hangs_is_given_up_in_time(database: Database) -> None:
    with desk(database, plays(Answer(hang=True)), EAGER) as one:
        began = time.perf_counter()
        _, seconds = one.run(lambda: lived(failing(one, ModelTooLate, within=0.2)))
        assert time.perf_counter() - began >= 0.19 and seconds < 2.0
        assert one.meter.figures.outcomes == {("draft", "model-too-late"): 1}


@pytest.mark.parametrize("asked", [WORDS, SHAPED, replace(WORDS, tools=(LOOK,))], ids=["words", "shaped", "tools"])
def test_every_trouble_is_an_answer_or_a_failure_that_we_foresee(database: Database, asked: Request) -> None:
    ended = []
    with desk(database, answers("")) as one:
        for trouble in TROUBLES:
            one.stub.play(plays(trouble(Answer(json={"body": "Coffee."}))))
            try:
                # What answers at once has all the time it needs, however busy the machine is.
                reply = one.ask(asked, within=0.1 if trouble in LATE else PATIENT)
            except ModelFailed as failed:
                assert str(failed).startswith("The model cannot answer: ")
                ended.append(failed.code)
            else:
                assert reply.text or reply.calls
                assert asked.shape is None or set(json.loads(reply.text)) == {"body"}
    assert {"model-busy", "model-broken", "model-refused", "model-too-late"} <= set(ended)


def test_a_refusal_is_no_answer(database: Database) -> None:
    with desk(database, plays(Answer(refusal="I would rather not.")), EAGER) as one:
        with pytest.raises(ModelRefused):
            one.ask()
        assert len(one.stub.requests) == 1


def test_tools_are_called_only_where_there_are_some(database: Database) -> None:
    calls = Answer(tool_calls=(("look", '{"at": "sky"}'), ("drop_tables", "{nonsense")))
    with desk(database, plays(calls)) as one:
        found = one.ask(replace(WORDS, tools=(LOOK,)))
        assert [(call.id, call.name, call.arguments) for call in found.calls] == [
            ("call-0", "look", '{"at": "sky"}'),
            ("call-1", "drop_tables", "{nonsense"),
        ]
        with pytest.raises(ModelBroken):
            one.ask(WORDS)
        said = Said("assistant", "", calls=found.calls)
        one.ask(replace(WORDS, tools=(LOOK,), messages=(*WORDS.messages, said, Said("tool", "blue", call_id="call-0"))))
        assert one.stub.requests[-1].body["messages"][-1] == {  # type: ignore[index]  # it is a list
            "role": "tool",
            "content": "blue",
            "tool_call_id": "call-0",
        }


def test_thoughts_of_a_reasoning_model_are_not_its_answer(database: Database) -> None:
    with desk(database, answers('<think>{"body": "a draft"}</think>\n{"body": "Coffee."}')) as one:
        assert json.loads(one.ask(SHAPED).text) == {"body": "Coffee."}


def test_after_failures_in_a_row_the_model_is_left_alone(database: Database) -> None:
    with desk(database, plays(Answer(status=500)), replace(PATIENCE, failures=2)) as one:
        for _ in range(2):
            with pytest.raises(ModelBroken):
                one.ask()
        with pytest.raises(ModelBusy, match="left alone"):
            one.ask()
        assert len(one.stub.requests) == 2 and one.meter.resting == {("draft", "season")}
        for other in (replace(WORDS, task="desk"), replace(WORDS, scene="winback")):
            with pytest.raises(ModelBroken):
                one.ask(other)


def test_words_stream(database: Database) -> None:
    with desk(database, plays(Answer(text="one two three"))) as one:
        assert one.words() == ["one ", "two ", "three"]
        assert one.meter.figures.tokens["draft", "out"] > 0


def test_a_stream_that_breaks_off_says_so(database: Database) -> None:
    with desk(database, plays(Answer(text="one two three four", truncate=True)), EAGER) as one:
        with pytest.raises(ModelBroken):
            one.words()
        assert len(one.stub.requests) == 1


@pytest.mark.parametrize(
    ("finish", "kind"), [("length", ModelCut), ("content_filter", ModelRefused), ("stop", type(None))]
)
def test_a_stream_says_how_it_ended(database: Database, finish: str, kind: type) -> None:
    async def read(model: OpenAIModel) -> tuple[list[str], ModelFailed | None]:
        pieces = model.stream(WORDS, PATIENT)
        said = [await anext(pieces), await anext(pieces)]
        try:
            said.append(await anext(pieces, "the end"))
        except ModelFailed as failed:
            return said, failed
        return said, None

    with desk(database, plays(Answer(text="one two", finish=finish))) as one:
        said, ended = one.run(lambda: read(one.model))
    assert isinstance(ended, kind) and said == ["one ", "two", *([] if ended else ["the end"])]


def test_a_stream_that_only_has_a_head_is_a_failure_of_the_model(database: Database) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 9000\r\n\r\n: wait\n\n"
    with desk(database, plays(Answer(wire=head, hang=True)), replace(PATIENCE, failures=2)) as one:
        for _ in range(2):
            with pytest.raises(ModelTooLate):
                one.words(within=0.3)
        with pytest.raises(ModelBusy, match="left alone"):
            one.words(within=0.3)
        assert len(one.stub.requests) == 2


def test_words_that_end_at_their_limit_are_marked(database: Database) -> None:
    with desk(database, plays(Answer(text="It is the", finish="length"), Answer(text="It is this."))) as one:
        assert [one.ask().is_cut, one.ask().is_cut] == [True, False]
    with desk(database, plays(Answer(finish="length"))) as one, pytest.raises(ModelCut, match="cut off after 800"):
        one.ask()


def test_a_request_may_be_repeated_less_often(database: Database) -> None:
    for attempts, sent in ((1, 1), (2, 2), (9, 3), (None, 3)):
        with desk(database, plays(Answer(status=500)), EAGER) as one:
            with pytest.raises(ModelDown):
                one.ask(replace(WORDS, attempts=attempts))
            assert len(one.stub.requests) == sent


def test_a_stream_that_does_not_begin_is_tried_again(database: Database) -> None:
    with desk(database, plays(Answer(status=500), Answer(text="one two")), EAGER) as one:
        assert one.words() == ["one ", "two"]


def test_no_more_are_asked_at_once_than_there_are_places(database: Database) -> None:
    with desk(database, slow(50), replace(PATIENCE, concurrency=2)) as one:

        async def all_at_once() -> float:
            began = time.perf_counter()
            await asyncio.gather(*(one.model.ask(WORDS, PATIENT) for _ in range(6)))
            return time.perf_counter() - began

        assert one.run(all_at_once) >= 0.15


def test_a_long_answer_holds_up_nobody_else(database: Database) -> None:
    shape = Shape("many", {"type": "array", "items": {"anyOf": [{"const": number} for number in range(40)]}})
    asked = replace(WORDS, shape=shape)
    with desk(database, plays(Answer(json=[39] * 4_000))) as one:

        async def longest_wait() -> float:
            going, waits = asyncio.create_task(one.model.ask(asked, PATIENT)), [0.0]
            while not going.done():
                began = time.process_time()
                await asyncio.sleep(0.005)
                waits.append(time.process_time() - began)
            assert len(json.loads((await going).text)) == 4_000
            return max(waits)

        # In the processor's time: that of the clock goes on while the machine does something else.
        began = time.process_time()
        assert one.run(longest_wait) < (time.process_time() - began) / 3


def test_what_nobody_waits_for_leaves_room_for_what_somebody_waits_for(database: Database) -> None:
    with desk(database, plays(Answer(hang=True)), replace(PATIENCE, concurrency=2)) as one:

        async def beside_two_that_hang() -> str:
            patient = replace(WORDS, patient=True)
            hanging = [asyncio.create_task(one.model.ask(patient, PATIENT)) for _ in range(2)]
            assert await soon(lambda: one.stub.requests)
            one.stub.play(answers("Coffee."))
            reply = await one.model.ask(WORDS, PATIENT)
            for task in hanging:
                task.cancel()
            await asyncio.gather(*hanging, return_exceptions=True)
            return reply.text

        assert one.run(beside_two_that_hang) == "Coffee."


def test_a_caller_that_leaves_takes_nothing_with_it(database: Database) -> None:
    with desk(database, plays(Answer(hang=True)), replace(PATIENCE, concurrency=1, failures=1)) as one:

        async def left_and_asked() -> None:
            going = asyncio.create_task(one.model.ask(WORDS, PATIENT))
            assert await soon(lambda: one.stub.requests)
            going.cancel()
            with pytest.raises(asyncio.CancelledError):
                await going
            one.stub.play(answers("Coffee."))
            assert (await one.model.ask(WORDS, PATIENT)).text == "Coffee."

        one.run(left_and_asked)


def test_a_spent_budget_is_said_before_anything_is_sent(unused: Database, clock: FrozenClock) -> None:
    tariff = Tariff(tokens_per_day=1000)
    with desk(unused, answers("Coffee."), tariff=tariff, clock=clock) as one:
        one.ask()
        with pytest.raises(BudgetSpent) as spent:
            one.ask(replace(WORDS, max_tokens=990))
        assert len(one.stub.requests) == 1
        assert spent.value.retry_after == 14 * 3600 + 1, "midnight in Tokyo, after ten in the morning"
        clock.move(timedelta(hours=14))
        one.ask(replace(WORDS, max_tokens=900))


def test_money_and_scenes_have_limits_of_their_own(unused: Database) -> None:
    tariff = Tariff(price_in=Decimal(10), price_out=Decimal(30), money_per_day=Decimal("0.02"))
    with desk(unused, answers("Coffee."), tariff=tariff, limit_of={"season": 500}.get) as one:
        with pytest.raises(BudgetSpent, match="of a day are used up"):
            one.ask(replace(WORDS, scene=None))
        with pytest.raises(BudgetSpent, match="scene 'season'"):
            one.ask(replace(WORDS, max_tokens=500))
        one.ask(replace(WORDS, max_tokens=400))
