"""A decision on the screen: the message as the customer sees it, why, and why not the others."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from api.commands.printing import framed, line, show_parts
from domain.decision import Decision, Explanation, WhyNot
from domain.language import phrase
from domain.message import Message

MOST_WHY_NOT = 5


def show_decision(console: Console, decision: Decision, seconds: float, language: str, zone: ZoneInfo) -> None:
    """Prints the whole answer, with times on the wall clock of `zone`."""
    show_parts(console, decision_lines(decision, seconds, language, zone))


def decision_lines(decision: Decision, seconds: float, language: str, zone: ZoneInfo) -> Iterator[Text]:
    """The answer from top to bottom."""
    if decision.message is not None:
        yield from message_frame(decision.message)
    elif decision.hold is not None:
        yield from hold_frame(decision, language, zone)
    elif decision.send_at is not None:
        later = phrase(
            language, ja="本文は配信時に作成します。配信予定", en="The words are written at delivery, planned for"
        )
        yield line(f"{later}: {clock(decision.send_at, zone)}")
    yield from explanation_lines(decision.explanation, language)
    yield Text(f"{decision.decision_id} · {seconds * 1000:.1f} ms", style="dim")


def clock(at: datetime, zone: ZoneInfo) -> str:
    """A time with the zone that it is told in."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M %Z}"


def message_frame(message: Message) -> Iterator[Text]:
    """The message between two edges, as its channel shows it."""
    return framed(message.channel.value, message_lines(message))


def message_lines(message: Message) -> Iterator[Text]:
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
    for part, style in parts:
        yield from (line(words, style) for words in (part or "").splitlines())


def hold_frame(decision: Decision, language: str, zone: ZoneInfo) -> Iterator[Text]:
    """A hold between two edges: the reasons, and when it could change."""
    hold = decision.hold
    reasons = [line(f"• {reason.text} ({reason.rule})") for reason in hold.reasons] if hold else []
    if hold and hold.retry_at:
        soonest = phrase(language, ja="次に検討できる時刻", en="could change from")
        reasons.append(line(f"{soonest}: {clock(hold.retry_at, zone)}"))
    return framed(phrase(language, ja="見送り", en="hold"), reasons)


def explanation_lines(explanation: Explanation, language: str) -> Iterator[Text]:
    """Why, why not the others, and what would change it."""
    yield line(explanation.summary, "bold")
    yield from (line(f"  ・{because}" if language == "ja" else f"  - {because}") for because in explanation.because)
    if explanation.why_not:
        yield line(phrase(language, ja="ほかの候補を選ばなかった理由", en="Why not the others"))
        yield from (line(f"  {names}: {reason}") for names, reason in grouped(explanation.why_not[:MOST_WHY_NOT]))
    if explanation.would_change_if:
        yield line(phrase(language, ja="こうなれば変わります", en="What would change it"))
        yield from (line(f"  {condition}") for condition in explanation.would_change_if)


def grouped(refused: Iterable[WhyNot]) -> Iterator[tuple[str, str]]:
    """Candidates that one reason kept out, together on one line."""
    names: dict[str, list[str]] = {}
    for one in refused:
        names.setdefault(one.reason, []).append(one.candidate)
    return ((", ".join(candidates), reason) for reason, candidates in names.items())
