"""Lengths: graphemes, SMS segments and bytes."""

import pytest

from domain.channel import Channel, Purpose
from domain.message import Message
from policies.facts import action_of, situation_of
from policies.inspection.lengths import graphemes, octets, segments
from tests.policies.examples import HOME, book_of, record_of, rules_of
from tests.policies.test_numbers import AT


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "b" * 152, 3),
        ("あ" * 70, 1),
        ("あ" * 71, 2),
        ("あ" * 134, 2),
        ("あ" * 135, 3),
        ("a" * 70 + "ç", 2),
        ("à" * 160, 1),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("あ" * 66 + "😀" + "あ" * 66, 3),
        ("{}[]~|^\\" * 10, 1),
    ],
)
def test_segments(text: str, count: int) -> None:
    assert segments(text) == count


@pytest.mark.parametrize(
    ("text", "letters", "size"),
    [("か\u3099", 1, 6), ("👨‍👩‍👧", 1, 18), ("e\u0301", 1, 3), ("🇯🇵", 1, 8), ("abc", 3, 3), ("あいう", 3, 9)],
)
def test_letters_and_bytes(text: str, letters: int, size: int) -> None:
    assert (graphemes(text), octets(text)) == (letters, size)


@pytest.mark.parametrize(
    ("unit", "most", "text", "fits"),
    [
        ("segments", 1, "あ" * 70, True),
        ("segments", 1, "あ" * 71, False),
        ("bytes", 30, "あ" * 10, True),
        ("bytes", 30, "あ" * 11, False),
        ("graphemes", 3, "👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", True),
        ("graphemes", 3, "abcd", False),
    ],
)
def test_a_rule_counts_in_its_unit(unit: str, most: int, text: str, fits: bool) -> None:
    book = book_of(*rules_of({"type": "length", "part": "body", "max": most, "unit": unit}))
    s = situation_of(record_of({"language": "ja"}, []), HOME)
    a = action_of(s, Channel.SMS, Purpose.MARKETING, AT)
    findings = book.inspect(s, a, Message(channel=Channel.SMS, language="ja", body=text))
    assert (not findings) is fits
    assert all(str(most) in finding.why.either(language) for finding in findings for language in ("ja", "en"))
