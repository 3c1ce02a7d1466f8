"""Shaping: JSON is found among a model's words, and held against the schema; anything else is said to be broken."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from domain.errors import ModelBroken
from tests.tools.models import LINE
from tools.model import Shape
from tools.shaping import shaped, values_in, without_thoughts

ANY = Shape("any", {})
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)


@pytest.mark.parametrize(
    "text",
    [
        '{"body": "珈琲"}',
        '  {"body": "珈琲"}\n',
        'Here it is:\n```json\n{"body": "珈琲"}\n```\nEnjoy!',
        'Of course. {"body": "珈琲"} Shall I write another?',
        'First {"wrong": 1}, better {"body": "珈琲"}',
    ],
)
def test_the_value_is_found(text: str) -> None:
    assert shaped(text, LINE) == {"body": "珈琲"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no",
        "null",
        "[]",
        '{"body": 1}',
        '{"body": "x", "more": "y"}',
        '{"body": "' + "x" * 101 + '"}',
        '{"body": "x"',
        "[" * 100_000,
        '{"body": NaN}',
        '{"body": ' * 5000,
        "x" * 300_000,
    ],
)
def test_nothing_else_is_taken(text: str) -> None:
    with pytest.raises(ModelBroken):
        shaped(text, LINE)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<think>\nhm {}\n</think>\n\nyes", "yes"),
        ('let me try {"body": "idea"} no.</think>{"body": "final"}', '{"body": "final"}'),
        ("Okay. <think>hm</think> yes", "yes"),
        ("<Thinking>hm</Thinking>\n<think>again</think>yes", "yes"),
        ("yes <think> never ended", "yes"),
        ("<think> never ended", ""),
        ("I <b>think</b> so", "I <b>think</b> so"),
    ],
)
def test_thoughts_are_left_aside(text: str, said: str) -> None:
    assert without_thoughts(text) == said


@given(JSON)
def test_whatever_is_written_is_read(value: JsonValue) -> None:
    if value is not None:
        assert shaped(json.dumps(value), ANY) == value


@given(st.text(alphabet='{}[]",:`\\ntrue019 \n', max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    for value in values_in(text):
        json.dumps(value)
