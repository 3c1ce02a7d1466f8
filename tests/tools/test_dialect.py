"""Dialects: strict servers get strict schemas, and conversations go over whole."""

from collections.abc import Mapping

import pytest
from pydantic import JsonValue

from tests.tools.models import LINE, SHAPED, WORDS
from tools.dialect import Dialect, body_of, is_strict
from tools.model import Request, Said, ToolCall

OPEN: Mapping[str, JsonValue] = {"type": "object", "properties": {"a": {"type": "string"}}}


@pytest.mark.parametrize(
    ("schema", "strict"),
    [
        (LINE.schema, True),
        (OPEN, False),
        ({**OPEN, "additionalProperties": False}, False),
        ({**OPEN, "additionalProperties": False, "required": ["a"]}, True),
        ({"type": "array", "items": OPEN}, False),
        ({"anyOf": [{"type": "string"}, OPEN]}, False),
    ],
)
def test_a_schema_is_strict_where_every_object_is_closed_and_whole(
    schema: Mapping[str, JsonValue], strict: bool
) -> None:
    assert is_strict(dict(schema)) is strict


def test_what_was_called_goes_back_with_its_answer() -> None:
    call = ToolCall("c1", "look", '{"at": "sky"}')
    asked = Request("desk", (Said("user", "?"), Said("assistant", "", (call,)), Said("tool", "blue", call_id="c1")))
    messages = body_of(asked, "m", Dialect())["messages"]
    assert isinstance(messages, list)
    assert messages[1:] == [
        {
            "role": "assistant",
            "content": "",
            "tool_calls": [{"id": "c1", "type": "function", "function": {"name": "look", "arguments": call.arguments}}],
        },
        {"role": "tool", "content": "blue", "tool_call_id": "c1"},
    ]


def test_half_of_a_surrogate_pair_is_never_sent() -> None:
    asked = Request("desk", (Said("user", "a\ud800b"),))
    assert "a?b" in str(body_of(asked, "m", Dialect())["messages"])


def test_a_complaint_about_nothing_of_ours_changes_nothing() -> None:
    assert Dialect().without("the moon is full", LINE) is None
    assert Dialect().without("bad response_format", None) is None
    known = Dialect().without("bad response_format", LINE)
    assert known is not None and known.without("bad response_format", LINE) is None
    assert "response_format" in body_of(WORDS, "m", known) or WORDS.shape is None


@pytest.mark.parametrize(
    ("complaint", "broke"),
    [
        ("Organization has been restricted", False),
        ("GPU temperature limit reached", True),
        ("max_completion_tokens worker lost", True),
    ],
)
def test_a_word_of_ours_inside_another_or_in_an_outage_changes_nothing(complaint: str, broke: bool) -> None:
    assert Dialect().without(complaint, SHAPED.shape, broke=broke) is None
