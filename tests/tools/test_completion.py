"""Completions: what a server answers is read strictly; whatever it sends, the failure is one that we foresee."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from domain.errors import ModelBroken, ModelFailed
from tests.tools.models import SHAPED, WORDS
from tools.completion import MOST_CALLS, answer_in, estimated, read_completion, read_piece, tokens_of
from tools.model import Request, Tool

NAMES = st.sampled_from(["id", "choices", "message", "content", "tool_calls", "function", "usage", "finish_reason"])
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)


def completion(**message: JsonValue) -> bytes:
    """A body with this message in it."""
    return json.dumps({"choices": [{"message": {"role": "assistant", **message}, "finish_reason": "stop"}]}).encode()


@given(ODD)
def test_an_odd_body_is_an_answer_or_a_failure(body: JsonValue) -> None:
    for asked in (WORDS, SHAPED):
        try:
            text, calls = answer_in(read_completion(json.dumps(body).encode()), asked)
        except ModelFailed:
            continue
        assert text or calls


@given(st.binary(max_size=40))
def test_an_odd_stream_of_bytes_is_a_failure(body: bytes) -> None:
    with pytest.raises(ModelBroken):
        read_completion(body)


@given(ODD)
def test_an_odd_event_is_words_or_a_failure(event: JsonValue) -> None:
    with suppress(ModelBroken):
        assert isinstance(read_piece(event).words, str)


def test_content_in_pieces_and_arguments_as_values_are_read() -> None:
    tools = Request("desk", WORDS.messages, tools=(Tool("look", "Looks.", {}),))
    body = completion(
        content=[
            {"type": "reasoning", "text": "hm"},
            {"type": "text", "text": "one "},
            {"type": "text", "text": None},
            {"text": "two"},
        ],
        tool_calls=[{"function": {"name": "look", "arguments": {"at": "空"}}}],
    )
    text, (call,) = answer_in(read_completion(body), tools)
    assert (text, call.id, call.name, call.arguments) == ("one two", "call-0", "look", '{"at": "空"}')


@pytest.mark.parametrize("nothing", [None, "", " ", "null", {}])
def test_a_call_without_arguments_has_none(nothing: JsonValue) -> None:
    tools = Request("desk", WORDS.messages, tools=(Tool("look", "Looks.", {}),))
    body = completion(tool_calls=[{"id": "x", "function": {"name": "look", "arguments": nothing}}])
    assert answer_in(read_completion(body), tools)[1][0].arguments == "{}"


def test_a_flood_of_calls_is_not_heard() -> None:
    tools = Request("desk", WORDS.messages, tools=(Tool("look", "Looks.", {}),))
    call: JsonValue = {"id": "x", "type": "function", "function": {"name": "look", "arguments": "{}"}}
    with pytest.raises(ModelBroken):
        answer_in(read_completion(completion(tool_calls=[call] * (MOST_CALLS + 1))), tools)


@pytest.mark.parametrize(
    "usage",
    [
        None,
        "many",
        {},
        {"prompt_tokens": -5, "completion_tokens": 1},
        {"prompt_tokens": 1, "completion_tokens": 1e12},
        {"prompt_tokens": 0, "completion_tokens": 0},
        {"prompt_tokens": 12, "completion_tokens": 0},
    ],
)
def test_tokens_that_cannot_be_true_are_estimated(usage: JsonValue) -> None:
    assert tokens_of(usage, 40, "words") == (40, estimated("words"))


def test_tokens_as_counted_are_believed() -> None:
    assert tokens_of({"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15}, 40, "words") == (12, 3)
