"""Answers: what an order or a survey is worth is a number that every reader of JSON understands, or nothing."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import to_json
from sqlalchemy import bindparam, select

from domain.event import Event
from domain.happening import Happening
from records import answers, schema
from records.answers import Owner
from records.database import Database
from records.statement import prepare
from tests.domain.streams import BROKEN, event

VALUE = prepare(select(schema.responses.c.value).where(schema.responses.c.decision_id == bindparam("id")))


def answering(name: str, id: str, **said: Any) -> Event:
    """An answer to the message of a decision."""
    return event(name, id=f"m-{id}", **said).model_copy(update={"decision_id": id})


@pytest.mark.parametrize(
    ("name", "said", "value"),
    [
        ("Order Completed", {"revenue": "Infinity"}, None),
        ("Order Completed", {"revenue": "nan", "total": "1,200"}, 1200.0),
        ("Order Completed", {"total": "¥1,200"}, 1200.0),
        ("Order Completed", {"value": 48.5}, 48.5),
        ("Order Completed", {"total": True}, None),
        ("Order Completed", {"total": 10**400}, None),
        ("Survey Answered", {"score": "nan"}, None),
        ("Survey Answered", {"score": float("inf")}, None),
        ("Survey Answered", {"score": "4", "scale": "inf"}, 0.8),
        ("Survey Answered", {"score": 9, "survey": "nps"}, 0.9),
    ],
)
def test_what_is_no_number_is_no_value(
    database: Database, name: str, said: dict[str, Any], value: float | None
) -> None:
    one, owner = answering(name, "d-1", **said), {"d-1": Owner("c-1", None)}
    joined = database.write(lambda c: answers.join(c, [one], owner, lambda left, right: left == right))
    assert joined.joined == 1
    assert database.read(lambda c: c.one(VALUE, id="d-1")) == (value,)


@given(
    st.sampled_from([Happening.ORDERED, Happening.ANSWERED_SURVEY]),
    st.dictionaries(
        st.sampled_from([*answers.MONEY, *answers.SCORES, "min", "max", "scale", "survey"]),
        st.one_of(BROKEN, st.floats(), st.integers(), st.text(max_size=5)),
    ),
)
def test_every_value_is_json(kind: Happening, said: dict[str, Any]) -> None:
    value = answers.value_of(kind, answering("Order Completed", "d-1", **said))
    assert json.loads(to_json(value, inf_nan_mode="constants"), parse_constant=pytest.fail) == value
