"""Rendering: the brief as it is read, top to bottom, in one minute."""

from collections.abc import Iterable

from agent.handover.brief import Brief, Did, Said
from agent.handover.known import Known


def rendered(brief: Brief, known: Known) -> str:
    """The whole brief as text; empty sections are left out, but for those whose emptiness says something."""
    say = known.say
    sections = [
        (say("ご本人の言葉", "In their words"), [spoken(one, known) for one in brief.said]),
        (say("行動", "What they did"), [done(one, known) for one in brief.did]),
        (
            say("推測（要確認）", "Guessed (to be verified)"),
            [paired(one.text, one.why, known) for one in brief.guessed],
        ),
        (say("次の一手", "Next step"), [paired(brief.next_step.text, brief.next_step.why, known)]),
        (say("こちらからの連絡", "Getting in touch"), contact(brief, known)),
        (say("会員情報", "Account"), [one.text for one in brief.account]),
        (say("満足度", "Satisfaction"), [brief.satisfaction.text] if brief.satisfaction else []),
        (say("話題にしない", "Do not bring up"), list(brief.avoid)),
    ]
    if brief.script is not None:
        script = brief.script
        sections[:0] = [
            (say("はじめに", "To begin"), list(script.opening)),
            (say("確認", "To check"), list(script.check)),
        ]
        sections.append((say("画面の注意（読み上げない）", "For your eyes alone"), list(script.not_aloud)))
    return "\n\n".join([brief.heading, *(section(title, lines, known) for title, lines in sections if lines)])


def section(title: str, lines: Iterable[str], known: Known) -> str:
    """A title and its lines."""
    mark = known.say("・", "- ")
    return "\n".join([title, *(f"{mark}{' '.join(line.splitlines())}" for line in lines)])


def spoken(one: Said, known: Known) -> str:
    """Words with their day and place."""
    own = one.source in ("conversation", "call")
    words = known.quoted(one.quote) if one.quote else one.text
    if one.quote and not own:
        words = f"{one.text}{known.say('', ' ')}{words}"
    return words + where(one, known)


def done(one: Did, known: Known) -> str:
    """An act with its day and place."""
    return one.text + where(one, known)


def where(one: Said | Did, known: Known) -> str:
    """Day and place in brackets."""
    day = known.day(one.at)
    if known.language == "ja":
        return f"（{day}　{one.place}）" if one.place else f"（{day}）"
    return f" ({day}, {one.place})" if one.place else f" ({day})"


def paired(text: str, why: str | None, known: Known) -> str:
    """A line with its reason."""
    if not why:
        return text
    if known.say("（", "(") in why:
        return known.say(f"{text}理由：{why}", f"{text} Why: {why}")
    return known.say(f"{text}（{why}）", f"{text} ({why})")


def contact(brief: Brief, known: Known) -> list[str]:
    """Whether and how, then each channel."""
    until = known.day(brief.contact.not_before) if brief.contact.not_before else None
    if brief.contact.may:
        first = known.say("連絡できます。", "You may get in touch.")
    elif until:
        first = known.say(f"{until}まで連絡しません。", f"Not before {until}.")
    else:
        first = known.say("いまは連絡しません。", "Not for now.")
    return [first, *brief.contact.reasons, *(one.text for one in brief.contact.channels)]
