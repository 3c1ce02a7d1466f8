"""Contacting: whether we may come up to somebody, asked of the very rules that decide about messages."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from agent.handover.brief import ChannelWord, Contacting, NextStep
from agent.handover.known import Known
from domain.channel import Channel, Purpose
from domain.consent import Consent, granted
from domain.decision import Ask, Decision, Who
from domain.memory import Distance
from domain.offer import Offer
from domain.scene import Scene
from policies.wording import channel_name
from tools.copy.facts import ASKED as QUESTIONS

ASKED = (Channel.EMAIL, Channel.LINE, Channel.PUSH, Channel.SMS, Channel.CALL)
"""Channels on which we speak first; a shop or a call that comes in needs no leave."""
FOR_COMPANIES = "lead_nurture"
DEADLINE = 2_000
BREATHER = timedelta(days=7)
"""How long an answer may take before we come back to somebody whom we wrote to."""
READ_FIRST = frozenset({"case_study", "article", "tutorial"})
NO_RULE = frozenset({"no_offer", "no_copy", "deadline"})
"""Holds that say nothing of whether we may."""


def questions(known: Known, scenes: Mapping[str, Scene]) -> dict[Channel, Ask]:
    """One rehearsal a channel, for somebody in a company in the scene for companies: nothing is written or sent."""
    scene = scenes.get(FOR_COMPANIES) if known.is_business else None
    id, who = scene.id if scene else None, Who(id=known.customer.id)
    return {
        one: Ask(customer=who, channels=(one,), scene=id, deadline_ms=DEADLINE, dry_run=True)
        for one in ASKED
        if scene is None or one in scene.channels
    }


def contacting(known: Known, rehearsed: dict[Channel, Decision]) -> Contacting:
    """What the rules say, and what courtesy adds: nobody is pressed who has not yet answered."""
    held = [decision.hold for decision in rehearsed.values() if decision.hold is not None]
    open_ = [channel for channel, decision in rehearsed.items() if permitted(known, channel, decision)]
    reasons = [reason for hold in held for reason in hold.reasons if reason.type not in NO_RULE]
    shared = dict.fromkeys(one.text for one in reasons if one.type != "consent")
    waits = unanswered(known)
    if waits is not None and open_:
        day = known.day(waits)
        text = known.say(
            f"先日のご案内へのお返事を待ちます。{day}まで、こちらからは連絡しません。",
            f"We wait for an answer to our last message and do not get in touch before {day}.",
        )
        return Contacting(may=False, not_before=waits, reasons=(text,), channels=spoken(known))
    if open_:
        return Contacting(may=True, channels=spoken(known))
    opens = [hold.retry_at for hold in held if hold.retry_at is not None]
    silent = known.say(
        "連絡してよいと言われているチャネルがありません。", "They have allowed no channel on which we speak first."
    )
    return Contacting(
        may=False,
        not_before=min(opens, default=None),
        reasons=tuple(shared)[:4] or (silent,),
        channels=spoken(known),
    )


def permitted(known: Known, channel: Channel, decision: Decision) -> bool:
    """Whether the rules let us speak on the channel, whether or not there is anything to say."""
    if decision.hold is None:
        return True
    agreed = granted(known.record.consents, channel.value, Purpose.MARKETING.value) is True
    return agreed and all(reason.type in NO_RULE for reason in decision.hold.reasons)


def unanswered(known: Known) -> datetime | None:
    """Until when we wait for an answer to what we sent last; None where they did something since, or we waited."""
    latest = next(iter(known.contacts), None)
    if latest is None or known.now - latest.at > BREATHER:
        return None
    since = [memory.at for memory in known.memories if memory.distance is not Distance.INFERRED]
    return None if any(at > latest.at for at in since) else latest.at + BREATHER


def spoken(known: Known) -> tuple[ChannelWord, ...]:
    """What they said of each channel, in words."""
    return tuple(_word(known, channel) for channel in ASKED)


def _word(known: Known, channel: Channel) -> ChannelWord:
    may = granted(known.record.consents, channel.value, Purpose.MARKETING.value)
    last = _last(known.ledger, channel)
    name, day = channel_name(channel, known.language), known.day(last.at) if last else ""
    if may is None:
        ja, en = ("かけません", "nobody calls") if channel is Channel.CALL else ("送りません", "none is sent")
        text = known.say(f"{name}：同意の記録なし（{ja}）", f"{name}: no consent on record, so {en}")
    elif may:
        text = known.say(f"{name}：同意あり（{day}）", f"{name}: allowed ({day})")
    else:
        text = known.say(f"{name}：停止のお申し出（{day}）", f"{name}: asked us to stop ({day})")
    return ChannelWord(channel=channel, granted=may, since=last.at if last else None, text=text)


def _last(ledger: Iterable[Consent], channel: Channel) -> Consent | None:
    """The last line about a channel."""
    return max((line for line in ledger if line.topic == channel.value), key=lambda line: line.at, default=None)


def next_step(known: Known, contact: Contacting, rehearsed: dict[Channel, Decision]) -> NextStep:
    """What to do next: help first, then the answer that they wait for, then what the rules would offer."""
    if known.in_trouble:
        return NextStep(
            text=known.say(
                "お問い合わせの解決を最優先にし、ご案内は控えます。解決のご連絡は差し上げます。",
                "Solve what they asked for first; nothing is offered until then. Do tell them when it is solved.",
            ),
            why=known.say("お問い合わせの対応中です", "their request is open"),
        )
    question = next((one for one in known.of(Distance.TOLD_US) if one.source in QUESTIONS and one.word), None)
    offered = next(((c, d) for c, d in rehearsed.items() if d.message is not None), None)
    sent = next((one for one in known.contacts if one.offer_kind in READ_FIRST), None)
    if question is not None and question.word is not None:
        return _answer(known, known.called(question) or question.word, contact, offered, read_first=sent is not None)
    if not contact.may:
        return NextStep(text=known.say("いまはこちらから連絡しません。", "Do not get in touch for now."))
    if offered is not None and offered[1].message is not None:
        return _offer(known, offered[0], offered[1])
    return NextStep(text=known.say("次のご来店・ご連絡をお待ちします。", "Wait for them to come or to write."))


def _answer(
    known: Known, topic: str, contact: Contacting, offered: tuple[Channel, Decision] | None, *, read_first: bool
) -> NextStep:
    """An answer to their question; where they got something to read, only when they have read it."""
    until = known.day(contact.not_before) if contact.not_before else None
    why = known.say("ご本人からのご質問です", "they asked")
    if read_first and until:
        ja, later = (
            f"資料を読まれたら、「{topic}」について30分の打ち合わせをご提案します。",
            f"{until}まで連絡しません。",
        )
        en = f"When they have read what we sent, suggest half an hour about {topic}. If not, stay away until {until}."
        return NextStep(text=known.say(f"{ja}読まれない場合は{later}", en), why=why)
    if not contact.may:
        ja = f"次にお話しする機会に、ご質問の「{topic}」にお答えします。"
        en = f"Answer their question about {topic} when they are next in touch."
        return NextStep(text=known.say(ja, en), why=why)
    channel, decision = offered if offered else (None, None)
    offer = _offered(known, decision)
    paper = offer.name.either(known.language) if offer else None
    ja = f"ご質問の「{topic}」に、{f'「{paper}」' if paper else '資料か短い打ち合わせ'}でお答えします。"
    en = f"Answer their question about {topic} with {f'“{paper}”' if paper else 'a paper or a short meeting'}."
    return NextStep(text=known.say(ja, en), why=why, channel=channel, offer=offer.id if offer else None)


def _offer(known: Known, channel: Channel, decision: Decision) -> NextStep:
    """What the rules would send next, and why; a reason that this reader may not see is left out."""
    offer = _offered(known, decision)
    name, by = offer.name.either(known.language) if offer else "", channel_name(channel, known.language)
    text = known.say(f"「{name}」を{by}でご案内できます。", f"“{name}” can be suggested by {by}.")
    why = next((reason for reason in decision.explanation.because if known.showable(reason)), None)
    return NextStep(text=text, why=why, channel=channel, offer=offer.id if offer else None)


def _offered(known: Known, decision: Decision | None) -> Offer | None:
    """The offer that a rehearsal came to."""
    shown = decision.message.offer if decision and decision.message else None
    return known.offers.get(shown.id) if shown else None
