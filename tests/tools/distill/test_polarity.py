"""Polarity: who says that they want none of it."""

import pytest

from tools.distill.polarity import labelled, refuses

REFUSED = (
    "もうお肉は食べません",
    "お肉は食べないようにしています",
    "コーヒーはやめました",
    "甘いものは苦手です",
    "ワインは好きではありません",
    "広告には興味がありません",
    "香りの強いものは避けています",
    "I no longer eat meat",
    "I don't really drink coffee",
    "we stopped buying bread",
    "not interested in shoes",
    "I can't stand fish",
    "sweets, not any more",
)
WANTED = (
    "深煎りのコーヒーが好きです",
    "お魚はよく食べます",
    "コーヒーは毎日飲みます",
    "パンが足りないくらいです",
    "I love steak",
    "steak is back on my plate",
    "I would not miss the coffee market for anything",
    "並行運用の期間はどのくらいですか",
)


@pytest.mark.parametrize("text", REFUSED)
def test_a_refusal_is_heard(text: str) -> None:
    assert refuses(text)


@pytest.mark.parametrize("text", WANTED)
def test_anything_else_is_none(text: str) -> None:
    assert not refuses(text)


def test_a_label_of_the_source_counts_where_it_is_known() -> None:
    assert [labelled(one) for one in ("like", "Dislike", "negative", "whatever", None)] == [
        False,
        True,
        True,
        None,
        None,
    ]
