"""What counts as the same text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.variant import Copy, Passage
from tools.duplicates import ALIKE, each_once, even, likeness, nearest, shingles

SAME = (
    (
        "There is time for one quiet cup before the day begins.",
        "There is time for one quiet cup, before the day begins!",
    ),
    ("{{ offer.word }}のご用意ができました。", "{{ offer.name }}の ご用意ができました"),
    ("深煎りの豆が１２種類そろいました。試飲は無料です。", "深煎りの豆が12種類そろいました。試飲も無料です。"),
    ("WE HAVE FRESH COFFEE IN THE SHOP TODAY", "We have fresh coffee in the shop today."),
)
OTHER = (
    ("There is time for one quiet cup before the day begins.", "Our roastery took its time with this one."),
    ("深煎りの豆が12種類そろいました。", "雨の日のお買い物に、傘をご用意しました。"),
    ("We have {{ offer.word }}, from {{ offer.price }}.", "The market opens on Friday; tasting is free."),
)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_small_changes_make_no_other_text(one: str, other: str) -> None:
    assert likeness(shingles(Copy(body=one)), shingles(Copy(body=other))) >= ALIKE


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_thoughts_are_other_texts(one: str, other: str) -> None:
    assert likeness(shingles(Copy(body=one)), shingles(Copy(body=other))) < ALIKE / 2


def test_every_part_counts_but_the_button() -> None:
    plain = Copy(subject="A calm start", body="There is time for a cup.")
    assert shingles(plain) == shingles(plain.model_copy(update={"action": "See it"}))
    for part in ({"headlines": ("For slow mornings",)}, {"blocks": (Passage(id="a", body="It keeps well."),)}):
        assert shingles(plain) < shingles(plain.model_copy(update=part))


@given(st.text(), st.text())
def test_likeness_is_a_share_and_goes_both_ways(one: str, other: str) -> None:
    first, second = shingles(Copy(body=one)), shingles(Copy(body=other))
    assert 0 <= likeness(first, second) == likeness(second, first) <= 1
    assert likeness(first, first) == 1
    assert nearest(Copy(body=one), [second, first]) == 1


def test_headlines_each_once_in_their_order() -> None:
    assert each_once(["A Cup", "b", "a  cup!", "B.", "c"]) == ("A Cup", "b", "c")
    assert nearest(Copy(body="x"), []) == 0
    assert even("{% if offer.price is known %}１２，０００円{% endif %}") == "12000円"
