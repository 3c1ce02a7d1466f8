"""Drafting: one of the permitted candidates is chosen and put into words that pass the inspection."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import TypedDict
from zoneinfo import ZoneInfo

from agent import holds
from agent.conversation import Converse
from agent.instruments import Instruments
from agent.links import preferences_url, unsubscribe_url, why_url
from agent.live import live
from agent.rendering import render
from agent.settings import Settings
from agent.state import VALID_FOR, Candidate, Draft, Penned, Pick, Setback, Walk
from agent.stores import Stores
from domain.channel import Channel, Purpose
from domain.customer import Customer
from domain.frozen import value
from domain.language import LANGUAGES, Language
from domain.message import Message
from domain.moment import Moment
from domain.offer import Offer
from domain.variant import Variant
from policies.finding import Finding
from tools.choice import Choice, choose
from tools.context import memory_for
from tools.copywriting import Slots
from tools.variant_choice import order

MOST_CHOICES = 3
"""After three choices without permissible words the walk holds: the rules and the copy do not go together."""

MOST_VARIANTS = 4
MOST_STOCKED = 3
"""Texts written ahead that are tried before those that any offer can have."""

SPOKEN: Mapping[str, Language] = {language: language for language in LANGUAGES}
"""The languages in which we write, by the name that a record gives them."""
CARRIES_A_WAY_OUT = frozenset({Channel.EMAIL, Channel.SMS})
"""Channels whose messages carry an unsubscribe link; the others are turned off where they are received."""


@value()
class Written:
    """Words for a candidate and where they come from, or what was wrong with all that were tried."""

    variant: Variant | None
    message: Message | None
    findings: tuple[Finding, ...] = ()
    penned: Penned | None = None
    pick: Pick | None = None


Option = tuple[Variant, Pick | None]
"""Approved copy, and how it was chosen where others could have been."""


async def draft(walk: Walk, permitted: Sequence[Candidate], instruments: Instruments, converse: Converse) -> Walk:
    """Chooses and writes; where no words of a choice pass, chooses again among the others."""
    remaining, setbacks = list(permitted), list[Setback]()
    while remaining and len(setbacks) < MOST_CHOICES:
        # A model is asked for the first choice only: after that there is no time to lose.
        asked = None if setbacks else converse
        choice = chosen(walk, remaining, 0.0 if walk.ask.dry_run else instruments.draw())
        candidate = remaining[choice.index]
        if not (walk.ask.dry_run or walk.waits(candidate)) and candidate.action.at > walk.now + VALID_FOR:
            # What is sent later is written then, from the facts of that time; a dry run shows how it would read.
            words = Written(None, None)
        else:
            words = await worded(walk, candidate, remaining, instruments, asked, choice.rest)
            walk = walk if words.penned is None else walk.with_(penned=words.penned)
            if words.message is None:
                setbacks.append(Setback(candidate, choice, words.findings))
                remaining.remove(candidate)
                continue
        return walk.with_(draft=_made(candidate, choice, remaining, words, setbacks))
    return walk.with_(held=holds.by_inspection([found for one in setbacks for found in one.findings], walk.language))


def _made(
    candidate: Candidate, choice: Choice, remaining: Sequence[Candidate], words: Written, setbacks: Sequence[Setback]
) -> Draft:
    return Draft(
        candidate,
        choice,
        tuple(remaining),
        words.variant,
        words.message,
        penned=words.penned,
        pick=words.pick,
        setbacks=tuple(setbacks),
    )


def chosen(walk: Walk, remaining: Sequence[Candidate], draw: float) -> Choice:
    """The candidate that a model decided on while it is there, else one by the draw."""
    if walk.thought is not None:
        wished = tuple(float(one is walk.thought.candidate) for one in remaining)
        if any(wished):
            return Choice(wished.index(1.0), wished, draw)
    return choose([one.score for one in remaining], draw)


async def worded(
    walk: Walk,
    candidate: Candidate,
    permitted: Sequence[Candidate],
    instruments: Instruments,
    converse: Converse | None,
    draw: Callable[[], float],
) -> Written:
    """The best words that may leave: a model's, approved copy, and last of both what leaves a wish unmet.

    `draw` is asked for where one of several approved texts has to be chosen.
    """
    if converse is None or instruments.model is None or walk.scene is None:
        return write(walk, candidate, permitted, instruments, draw)
    slots = slots_for(walk, candidate, permitted, instruments.stores)
    alive = await live(walk, candidate, slots, instruments, converse)
    if alive.clean is not None:
        return Written(*alive.clean, penned=alive.penned)
    approved = write(walk, candidate, permitted, instruments, draw)
    if approved.message is None and alive.second is not None:
        return Written(*alive.second, penned=replace(alive.penned, failed=None) if alive.penned else None)
    return replace(approved, findings=(*alive.wrong, *approved.findings), penned=alive.penned)


def preview(
    walk: Walk, candidate: Candidate, permitted: Sequence[Candidate], instruments: Instruments
) -> Message | tuple[Finding, ...]:
    """How approved copy for the candidate would read to anybody: nothing about this customer is filled in."""
    slots = slots_for(walk, candidate, permitted, instruments.stores)
    open_ = replace(
        slots,
        name=None,
        memory=None,
        account={},
        moment=Moment(),
        unsubscribe_url=None,
        preferences_url=None,
        why_url=None,
    )
    found = _first(walk, candidate, open_, instruments, likeliest)
    return found.message or found.findings


def likeliest() -> float:
    """The draw that takes the best."""
    return 0.0


def write(
    walk: Walk,
    candidate: Candidate,
    permitted: Sequence[Candidate],
    instruments: Instruments,
    draw: Callable[[], float],
) -> Written:
    """The first approved copy for the candidate that passes the inspection, or what was wrong with all of them."""
    return _first(walk, candidate, slots_for(walk, candidate, permitted, instruments.stores), instruments, draw)


def _first(
    walk: Walk, candidate: Candidate, slots: Slots, instruments: Instruments, draw: Callable[[], float]
) -> Written:
    findings: list[Finding] = []
    second: Written | None = None
    for variant, pick in _options(walk, candidate, slots, instruments, draw):
        rendered = render(walk, candidate, variant, slots, instruments)
        if rendered.message is not None and rendered.is_clean:
            return Written(variant, rendered.message, pick=pick)
        if rendered.message is not None and not rendered.problems and second is None:
            # Permitted, though a wish about its tone is not met.
            second = Written(variant, rendered.message, pick=pick)
        findings += rendered.problems
    return second or Written(None, None, tuple(findings))


def _options(
    walk: Walk, candidate: Candidate, slots: Slots, instruments: Instruments, draw: Callable[[], float]
) -> Iterator[Option]:
    """Approved copy for the candidate, in the order in which it is tried: first what was written for this offer."""
    place: Place = {
        "scene": walk.ask.scene,
        "channel": candidate.action.channel,
        "placement": walk.ask.placement.id if walk.ask.placement else None,
        "language": slots.language,
        "slots": slots,
    }
    if stocked := instruments.shelf.stock.options(**place):
        yield from _by_chance(walk, stocked, instruments, draw())
    for variant in islice(instruments.copywriter.options(**place), MOST_VARIANTS):
        yield variant, None


class Place(TypedDict):
    """What copy is looked for by."""

    scene: str | None
    channel: Channel
    placement: str | None
    language: Language
    slots: Slots


def _by_chance(walk: Walk, stocked: Sequence[Variant], instruments: Instruments, draw: float) -> list[Option]:
    """Texts written ahead, by what was learned of each; a model's angle narrows them down where there is one."""
    angle = walk.thought.angle if walk.thought else None
    fitting = [one for one in stocked if one.angle == angle] or stocked
    known = {one.id: one for one in fitting}
    turns = order(instruments.shelf.showings.arms(fitting), draw)[:MOST_STOCKED]
    return [(known[turn.arm.id], Pick(turn)) for turn in turns]


def slots_for(walk: Walk, candidate: Candidate, permitted: Sequence[Candidate], stores: Stores) -> Slots:
    """What the copy may use about this customer, offer and moment."""
    if walk.recall is None or walk.book is None:
        raise ValueError("slots are filled after the decision")
    record = walk.recall.record
    customer, channel = record.customer, candidate.action.channel
    zone = stores.zone_of(customer)
    return Slots(
        name=customer.display_name,
        offer=candidate.offer,
        language=language_of(walk, customer, stores.settings),
        memory=memory_for(candidate.offer, record.memories, walk.now),
        account=customer.attributes,
        moment=walk.ask.moment,
        sender=walk.book.sender,
        unsubscribe_url=_way_out(walk, customer, channel, stores),
        **_ways_to_see(walk, customer, channel, stores),
        items=_items(walk, candidate, permitted),
        placement=walk.ask.placement.id if walk.ask.placement else None,
        today=_today(walk, zone),
        zone=zone,
    )


def language_of(walk: Walk, customer: Customer, settings: Settings) -> Language:
    """The language of the words: as asked, else the customer's, else the deployment's."""
    if walk.ask.language is not None:
        return walk.ask.language
    return SPOKEN.get(customer.language or "") or settings.language


def _way_out(walk: Walk, customer: Customer, channel: Channel, stores: Stores) -> str | None:
    if walk.purpose is not Purpose.MARKETING or channel not in CARRIES_A_WAY_OUT:
        return None
    return unsubscribe_url(stores.settings.public_url, stores.links, customer.id, channel)


def _ways_to_see(walk: Walk, customer: Customer, channel: Channel, stores: Stores) -> dict[str, str]:
    """Where the customer sees what they receive and why; a mail alone has the room to say so."""
    if walk.purpose is not Purpose.MARKETING or channel is not Channel.EMAIL:
        return {}
    place, links = stores.settings.public_url, stores.links
    return {
        "preferences_url": preferences_url(place, links, customer.id, walk.now),
        "why_url": why_url(place, links, customer.id, walk.decision_id, walk.now),
    }


def _items(walk: Walk, candidate: Candidate, permitted: Sequence[Candidate]) -> tuple[Offer, ...]:
    wanted = walk.ask.placement.items if walk.ask.placement else 1
    if wanted < 2:
        return ()
    same = [one for one in permitted if one.way.channel is candidate.way.channel and one is not candidate]
    ranked = [candidate, *sorted(same, key=lambda one: -one.score)]
    return tuple({one.offer.id: one.offer for one in ranked}.values())[:wanted]


def _today(walk: Walk, zone: ZoneInfo) -> date:
    return walk.now.astimezone(zone).date()
