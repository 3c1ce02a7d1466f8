"""A decision on the screen: the message as the customer sees it, why, and why not the others."""

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from domain.decision import Decision, Explanation
from domain.language import phrase
from domain.message import Message

MOST_WHY_NOT = 5


def show_decision(console: Console, decision: Decision, seconds: float, language: str) -> None:
    """Prints the whole answer."""
    if decision.message is not None:
        console.print(message_panel(decision.message))
    elif decision.hold is not None:
        console.print(hold_panel(decision, language))
    elif decision.send_at is not None:
        later = phrase(
            language, ja="本文は配信時に作成します。配信予定", en="The words are written at delivery, planned for"
        )
        console.print(Text(f"{later}: {decision.send_at:%Y-%m-%d %H:%M %Z}"))
    for line in explanation_lines(decision.explanation, language):
        console.print(line)
    console.print(Text(f"{decision.decision_id} · {seconds * 1000:.1f} ms", style="dim"))


def message_panel(message: Message) -> Panel:
    """The message in a frame, as its channel shows it."""
    return Panel(Group(*message_lines(message)), title=message.channel.value, title_align="left", expand=False)


def message_lines(message: Message) -> Iterator[RenderableType]:
    """The parts a customer sees, top to bottom."""
    words = message.body or message.text
    parts = [
        (message.subject, "bold"),
        (message.preheader, "dim"),
        (message.title, "bold"),
        *((f"/ {headline}", "bold") for headline in message.headlines),
        (words, ""),
        *(("" if words else f"[{block.id}] {block.text}", "") for block in message.blocks),
        *((f"• {item.title}" + (f"  {item.url}" if item.url else ""), "") for item in message.items),
        (f"[{message.image.alt}]" if message.image else None, "dim"),
        (None if message.url and words and message.url in words else message.url, "underline"),
    ]
    yield from (Text(part, style=style) for part, style in parts if part)


def hold_panel(decision: Decision, language: str) -> Panel:
    """A hold in a frame: the reasons, and when it could change."""
    hold = decision.hold
    reasons = [Text(f"• {reason.text} ({reason.rule})") for reason in hold.reasons] if hold else []
    if hold and hold.retry_at:
        soonest = phrase(language, ja="次に検討できる時刻", en="could change from")
        reasons.append(Text(f"{soonest}: {hold.retry_at:%Y-%m-%d %H:%M %Z}"))
    return Panel(Group(*reasons), title=phrase(language, ja="見送り", en="hold"), title_align="left", expand=False)


def explanation_lines(explanation: Explanation, language: str) -> Iterator[Text]:
    """Why, why not the others, and what would change it."""
    yield Text(explanation.summary, style="bold")
    yield from (Text(f"  ・{because}" if language == "ja" else f"  - {because}") for because in explanation.because)
    if explanation.why_not:
        yield Text(phrase(language, ja="ほかの候補を選ばなかった理由", en="Why not the others"))
        yield from (Text(f"  {one.candidate}: {one.reason}") for one in explanation.why_not[:MOST_WHY_NOT])
    if explanation.would_change_if:
        yield Text(phrase(language, ja="こうなれば変わります", en="It would change if"))
        yield from (Text(f"  {condition}") for condition in explanation.would_change_if)
