"""A decision on the screen of a terminal."""

from io import StringIO

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


def shown(decision: Decision, language: str = "en") -> str:
    """The screen after `decision`."""
    screen = Console(file=StringIO(), width=100)
    show_decision(screen, decision, 0.0123, language)
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
    assert "見送り" in printed and "夜間です。 (night)" in printed and "2026-11-24 01:00 UTC" in printed
    bare = shown(decision(outcome="hold", hold=Hold(reasons=()), explanation=Explanation(summary="Silence.")))
    assert "Silence." in bare and "could change" not in bare


def test_words_that_are_written_later_say_when() -> None:
    assert "planned for: 2026-11-24 01:00 UTC" in shown(decision(send_at=START))
