"""A decision on the screen of a terminal."""

import re
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from rich.cells import cell_len
from rich.console import Console

from api.commands.letter import show_decision
from domain.channel import Channel
from domain.decision import Decision, Explanation, Hold, Reason, WhyNot
from domain.message import Block, Item, Message, Picture
from tests.clock import START

BECAUSE = Explanation(
    summary="Coffee, since it is nearly gone.",
    because=("bought every 9 days",),
    why_not=(WhyNot(candidate="coat/email", reason="less likely"),),
    would_change_if=("the coffee sells out",),
)


LINK = "https://shop.example.com/why/WyJzLTAwMiIsImQtMWExZjM3NjlmODAtMjk2YjA4ODgxMDljOWVhMzQ2OTki"
LETTER = Message(
    channel=Channel.EMAIL,
    language="ja",
    subject="ウールコート、日本橋店でもご試着いただけます。お取り置きは11月22日（日）まで無料で承ります。",
    body=(
        "コートは、袖を通してはじめてわかることがあります。肩のおさまり、丈のバランス、いつものニットに重ねたときのゆとり。\n"
        "\n"
        f"このメールが届いた理由：{LINK}\n"
        f"Sent by Mihon Department Store Co., Ltd., 1-2-3 Mihoncho, Chiyoda-ku, Tokyo 100-0000, {LINK} [all] of it"
    ),
)
SENTENCE = "Discounts go up to 50% (where that is unknown, up to EUR 50, JPY 5,000 and USD 50). " * 4
REFUSED = "配信除外の対象です（お問い合わせの対応中：open_ticket）。解除されたあと、あらためて判断します。" * 3


def shown(decision: Decision, language: str = "en", width: int = 100, *, terminal: bool = False) -> str:
    """The screen after `decision`."""
    screen = Console(file=StringIO(), width=width, force_terminal=terminal, color_system=None, soft_wrap=True)
    show_decision(screen, decision, 0.0123, language, ZoneInfo("Asia/Tokyo"))
    printed: str = screen.file.getvalue()  # type: ignore[attr-defined]  # the file is the StringIO above
    return printed


def decision(**more: object) -> Decision:
    """A decision with these fields."""
    fields = {"decision_id": "d-1", "outcome": "message", "explanation": BECAUSE, "policy_version": 1, **more}
    return Decision.model_validate(fields)


def test_a_message_shows_every_part_and_why() -> None:
    message = Message(
        channel=Channel.EMAIL,
        language="en",
        subject="Coffee",
        preheader="nearly gone?",
        blocks=(Block(id="top", text="A new bag", html="<p>A new bag</p>"),),
        items=(
            Item(offer="coffee", title="Dark roast", url="https://shop.example.com/c"),
            Item(offer="b", title="Tea"),
        ),
        image=Picture(url="https://shop.example.com/p.jpg", alt="A bag of coffee"),
        url="https://shop.example.com/coffee",
    )
    printed = shown(decision(message=message))
    parts = ("Coffee", "nearly gone?", "[top] A new bag", "• Dark roast  https://shop.example.com/c", "• Tea")
    reasons = (
        "[A bag of coffee]",
        "- bought every 9 days",
        "coat/email: less likely",
        "the coffee sells out",
        "12.3 ms",
    )
    for part in (*parts, *reasons):
        assert part in printed, part


def test_a_hold_shows_its_reasons_and_when_it_could_change() -> None:
    hold = Hold(reasons=(Reason(rule="night", type="quiet_hours", text="夜間です。"),), retry_at=START)
    printed = shown(decision(outcome="hold", hold=hold), "ja")
    assert "見送り" in printed and "夜間です。 (night)" in printed and "2026-11-24 10:00 JST" in printed
    bare = shown(decision(outcome="hold", hold=Hold(reasons=()), explanation=Explanation(summary="Silence.")))
    assert "Silence." in bare and "could change" not in bare


def test_words_that_are_written_later_say_when() -> None:
    assert "planned for: 2026-11-24 10:00 JST" in shown(decision(send_at=START))


@pytest.mark.parametrize("width", [20, 60, 80, 200])
@pytest.mark.parametrize("terminal", [True, False])
def test_nothing_is_ever_cut(width: int, terminal: bool) -> None:
    why = Explanation(summary=REFUSED, because=(REFUSED,), why_not=(WhyNot(candidate="coat/email", reason=REFUSED),))
    hold = Hold(reasons=(Reason(rule="open", type="suppression", text=REFUSED),))
    letter = shown(decision(message=LETTER, explanation=why), "ja", width, terminal=terminal)
    silence = shown(decision(outcome="hold", hold=hold, explanation=why), "ja", width, terminal=terminal)
    assert LETTER.subject and LETTER.body
    for words, printed, times in ((LETTER.subject, letter, 1), (LETTER.body, letter, 1), (REFUSED, silence, 4)):
        assert bare(printed).count(bare(words)) == times
    assert letter.count(LINK) == 2


@pytest.mark.parametrize("width", [60, 80, 200])
def test_english_words_stay_whole_at_the_edge_of_a_terminal(width: int) -> None:
    printed = shown(decision(explanation=Explanation(summary=SENTENCE)), "en", width, terminal=True)
    assert all(cell_len(line) <= width for line in printed.splitlines())
    assert bare(printed).startswith(bare(SENTENCE)) and set(SENTENCE.split()) <= set(printed.split())


def test_candidates_that_one_reason_kept_out_stand_on_one_line() -> None:
    why_not = (
        WhyNot(candidate="a/email", reason="Too deep."),
        WhyNot(candidate="b/email", reason="Weaker."),
        WhyNot(candidate="c/email", reason="Too deep."),
    )
    printed = shown(decision(explanation=Explanation(summary="Coffee.", why_not=why_not)))
    assert "a/email, c/email: Too deep." in printed and printed.count("Too deep.") == 1


def bare(text: str) -> str:
    """The characters alone, wherever lines are folded."""
    return re.sub(r"\s", "", text)
