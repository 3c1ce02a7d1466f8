"""Drafting: one of the permitted candidates is chosen and put into approved words that pass the inspection."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from agent import holds
from agent.instruments import Instruments
from agent.links import unsubscribe_url
from agent.state import VALID_FOR, Candidate, Draft, Walk
from domain.channel import Channel, Purpose
from domain.customer import Customer
from domain.errors import MissingFact, Unreadable
from domain.language import LANGUAGES, Language, Text
from domain.message import Message
from domain.offer import Offer
from domain.variant import Variant
from policies.facts import worded
from policies.finding import Finding
from tools.choice import choose
from tools.context import memory_for
from tools.copywriting import Slots

MOST_CHOICES = 3
"""After three choices without permissible words the walk holds: the rules and the copy do not go together."""

MOST_VARIANTS = 4

LONGEST = 50_000
"""Characters of a message, markup included; more than that is no message and not worth reading."""

CARRIES_A_WAY_OUT = frozenset({Channel.EMAIL, Channel.SMS})
"""Channels whose messages carry an unsubscribe link; the others are turned off where they are received."""


def draft(walk: Walk, permitted: Sequence[Candidate], instruments: Instruments) -> Walk:
    """Chooses and writes; where no words of a choice pass, chooses again among the others."""
    remaining, findings = list(permitted), list[Finding]()
    draw = 0.0 if walk.ask.dry_run else instruments.draw()
    for _ in range(MOST_CHOICES):
        if not remaining:
            break
        choice = choose([one.score for one in remaining], draw)
        candidate = remaining[choice.index]
        if candidate.action.at > walk.now + VALID_FOR and not walk.ask.dry_run:
            # What is sent later is written then, from the facts of that time; a dry run shows how it would read.
            return walk.with_(draft=Draft(candidate, choice, tuple(remaining), None, None))
        variant, message, problems = write(walk, candidate, remaining, instruments)
        if message is not None:
            return walk.with_(draft=Draft(candidate, choice, tuple(remaining), variant, message))
        findings += problems
        remaining.remove(candidate)
    return walk.with_(held=holds.by_inspection(findings, walk.language))


def write(
    walk: Walk, candidate: Candidate, permitted: Sequence[Candidate], instruments: Instruments
) -> tuple[Variant | None, Message | None, tuple[Finding, ...]]:
    """The first approved copy for the candidate that passes the inspection, or what was wrong with all of them."""
    if walk.book is None or walk.situation is None:
        raise ValueError("copy is written after the decision")
    findings: list[Finding] = []
    second: tuple[Variant, Message] | None = None
    slots = slots_for(walk, candidate, permitted, instruments)
    placement = walk.ask.placement.id if walk.ask.placement else None
    options = instruments.copywriter.options(
        scene=walk.ask.scene,
        channel=candidate.action.channel,
        placement=placement,
        language=slots.language,
        slots=slots,
    )
    for variant in options[:MOST_VARIANTS]:
        message = _composed(variant, slots, candidate, instruments)
        if isinstance(message, Finding):
            findings.append(message)
            continue
        listed = {item.offer for item in message.items}
        items = tuple(offer for offer in slots.items if offer.id in listed)
        action = worded(candidate.action, slots.language, items, walk.ask.language)
        problems = walk.book.inspect(walk.situation, action, message)
        if not problems and not walk.book.remarks(walk.situation, action, message):
            return variant, message, ()
        if not problems and second is None:
            second = variant, message  # permitted, though a wish about its tone is not met
        findings += problems
    return (*second, ()) if second else (None, None, tuple(findings))


def _composed(variant: Variant, slots: Slots, candidate: Candidate, instruments: Instruments) -> Message | Finding:
    """The words of a variant, or why they are none; the next variant may stand where this one falls."""
    try:
        message = instruments.copywriter.write(variant, slots)
    except MissingFact as missing:
        # Copy that asks for a fact it did not list as needed is skipped.
        return _unknown_fact(variant, missing)
    except Unreadable as broken:
        return _broken(variant, str(broken))
    length = sum(len(words) for _, words in message.words())
    fits = length <= LONGEST and (message.channel, message.language) == (candidate.action.channel, slots.language)
    return message if fits and message.is_legible else _broken(variant, "")


def _broken(variant: Variant, text: str) -> Finding:
    why = Text(
        ja=f"文面パターン「{variant.id}」は、このチャネルと言語の文章になっていません。",
        en=f"Copy version {variant.id!r} is no readable text for this channel and language.",
    )
    return Finding(rule=variant.id, type="broken_copy", part="copy", text=text, why=why)


def _unknown_fact(variant: Variant, missing: MissingFact) -> Finding:
    why = Text(
        ja=f"文面パターン「{variant.id}」に必要な情報がまだありません。",
        en=f"Copy version {variant.id!r} states a fact that is not known.",
    )
    return Finding(rule=variant.id, type="missing_fact", part="copy", text=str(missing), why=why)


def slots_for(walk: Walk, candidate: Candidate, permitted: Sequence[Candidate], instruments: Instruments) -> Slots:
    """What the copy may use about this customer, offer and moment."""
    if walk.recall is None or walk.book is None:
        raise ValueError("slots are filled after the decision")
    record = walk.recall.record
    customer, channel = record.customer, candidate.action.channel
    zone = instruments.zone_of(customer)
    return Slots(
        name=customer.display_name,
        offer=candidate.offer,
        language=language_of(walk, customer, instruments),
        memory=memory_for(candidate.offer, record.memories, walk.now),
        account=customer.attributes,
        moment=walk.ask.moment,
        sender=walk.book.sender,
        unsubscribe_url=_way_out(walk, customer, channel, instruments),
        items=_items(walk, candidate, permitted),
        placement=walk.ask.placement.id if walk.ask.placement else None,
        today=_today(walk, zone),
        zone=zone,
    )


def language_of(walk: Walk, customer: Customer, instruments: Instruments) -> Language:
    """The language of the words: as asked, else the customer's, else the deployment's."""
    if walk.ask.language is not None:
        return walk.ask.language
    own: Language | None = next((language for language in LANGUAGES if language == customer.language), None)
    return own or instruments.settings.language


def _way_out(walk: Walk, customer: Customer, channel: Channel, instruments: Instruments) -> str | None:
    if walk.purpose is not Purpose.MARKETING or channel not in CARRIES_A_WAY_OUT:
        return None
    return unsubscribe_url(instruments.settings.public_url, instruments.stores.links, customer.id, channel)


def _items(walk: Walk, candidate: Candidate, permitted: Sequence[Candidate]) -> tuple[Offer, ...]:
    wanted = walk.ask.placement.items if walk.ask.placement else 1
    if wanted < 2:
        return ()
    same = [one for one in permitted if one.action.channel is candidate.action.channel and one is not candidate]
    ranked = [candidate, *sorted(same, key=lambda one: -one.score)]
    return tuple({one.offer.id: one.offer for one in ranked}.values())[:wanted]


def _today(walk: Walk, zone: ZoneInfo) -> date:
    return walk.now.astimezone(zone).date()
