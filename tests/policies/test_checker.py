"""The second opinion: planted violations are found without the inspection's help."""

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.channel import Channel, Purpose
from domain.message import Message
from policies.checker import check
from policies.facts import action_of, situation_of
from tests.policies.examples import HOME, book_of, offer_of, record_of, rules_of

NIGHT = datetime(2026, 11, 24, 13, tzinfo=UTC)
RULES = rules_of(
    {"id": "night", "type": "quiet_hours", "start": "21:00", "end": "08:00"},
    {
        "id": "words",
        "type": "forbidden_phrase",
        "phrases": ["絶対", "cheap"],
        "exceptions": ["絶対値"],
        "unless_fact": "evidence",
    },
    {"id": "long", "type": "length", "part": "title", "max": 4},
    {"id": "wish", "type": "forbidden_phrase", "phrases": ["安い"], "severity": "soft"},
)


def checked(channel: Channel, verdicts: int, language: str, **parts: Any) -> tuple[str, ...]:
    """What the checker says of a message."""
    s = situation_of(record_of({}, []), HOME)
    offer = offer_of({"evidence": True}) if parts.pop("evidence", False) else None
    a = action_of(s, channel, Purpose.MARKETING, NIGHT, offer=offer)
    message = Message.model_validate({"channel": channel, "language": "ja", **parts}) if parts else None
    return check(RULES, s, a, message, verdicts, language)


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ({"title": "器市"}, ()),
        ({"title": "絶対値"}, ()),
        ({"title": "絶対だ"}, ('title says "絶対", which rule words forbids.',)),
        ({"title": "絶対だ", "evidence": True}, ()),
        (
            {"title": "ＣＨＥＡＰ"},
            ("title is longer than the 4 characters of rule long.", 'title says "cheap", which rule words forbids.'),
        ),
        ({"title": "👨‍👩‍👧‍👦🇯🇵がき\u3099"}, ()),
        ({"title": "安い"}, ()),
        ({"body": "cheapen"}, ()),
        ({"html": "<p>絶<b>対</b>&amp;</p>"}, ('html says "絶対", which rule words forbids.',)),
    ],
)
def test_copy(parts: dict[str, Any], found: tuple[str, ...]) -> None:
    assert tuple(sorted(checked(Channel.WEB, 0, "en", **parts))) == found


def test_verdicts_must_follow_from_the_facts() -> None:
    assert checked(Channel.EMAIL, 1, "en") == ()
    assert checked(Channel.EMAIL, 0, "en") == ("Rule night was recorded as kept; the recorded facts say violated.",)
    assert checked(Channel.WEB, 1, "ja") == (
        "ルール night の記録は「不可」ですが、記録された情報から計算すると「可」です。",
    )
    assert checked(Channel.EMAIL, 1, "ja", title="器市") == ("ルール night（例）に反するメッセージが作られています。",)


def test_both_opinions_agree_on_copy() -> None:
    book = book_of(*RULES)
    s = situation_of(record_of({}, []), HOME)
    a = action_of(s, Channel.WEB, Purpose.MARKETING, NIGHT)
    for title in ("器市", "絶対だ", "絶対値", "ながい題名", "cheap", "安い"):
        message = Message(channel=Channel.WEB, language="ja", title=title)
        assert bool(book.inspect(s, a, message)) == bool(check(RULES, s, a, message, 0, "ja"))
