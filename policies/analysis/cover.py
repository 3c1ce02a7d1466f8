"""Cover: customers to whom the rules together leave no time, no offer or no channel at all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from domain.channel import Channel, is_pushed
from domain.language import LANGUAGES, Text
from policies.analysis.audience import about_customer, audience, example, known, question
from policies.analysis.box import ANYTHING, Box, Fact
from policies.analysis.constraint import Constraint, Range, Some, met
from policies.analysis.flaw import Flaw, FlawKind
from policies.analysis.lowering import Lowered
from policies.analysis.telling import described
from policies.wording import channel_names

MEANT = frozenset(
    ("consent", "suppression", "audience_exclusion", "holdout", "approval", "sample_review", "exclusivity")
)
"""Types whose very point is that some customers get nothing; a flaw begins where they are not the reason."""

PLAIN = frozenset(("channel_permit", "frequency_cap", "volume_cap", "budget"))
"""Types that may close a channel all alone and say so: a permit in its words, a cap of nothing by another flaw."""
TIMED, OFFERED = ("quiet_hours", "send_window"), ("offer_eligibility", "discount_ceiling", "reference_price")

MOST_AUDIENCES = 256
YES: Constraint = Some(frozenset({True}))
EVERY_DAY = Fact("day")


@dataclass(frozen=True, slots=True)
class Block:
    """One box of a rule that forbids messages: to whom, and which."""

    rule: str
    kind: str
    whom: Box
    which: Box


@dataclass(frozen=True, slots=True)
class Gap:
    """An audience whom some rules together keep from a channel."""

    whom: Box
    channel: Channel
    rules: tuple[str, ...]
    kinds: frozenset[str]
    meant: bool
    """Whether one rule alone closes the channel, and says so."""


def closed(
    rules: Sequence[Lowered], channels: frozenset[Channel] = frozenset(Channel), today: date | None = None
) -> Iterator[Flaw]:
    """Channels that no message can use and audiences that no channel can reach, though no single rule says so."""
    blocks = [block for one in rules if one.hard and one.rule.kind not in MEANT for block in _blocks(one, today)]
    audiences = _audiences(blocks)
    met = [_of(whom, blocks) for whom in audiences]
    pushed = [channel for channel in Channel if channel in channels and is_pushed(channel)]
    gaps = [gap for channel in pushed for gap in _gaps(channel, audiences, met, blocks)]
    gaps.sort(key=lambda gap: (len(gap.whom.parts), pushed.index(gap.channel)))
    yield from _narrow_gaps(gaps)
    yield from _without_channel(audiences, gaps, pushed)


def _blocks(one: Lowered, today: date | None) -> Iterator[Block]:
    """The boxes of a rule that forbid a customer without history, who agreed to everything, known in every field."""
    for box in one.may or ():
        sure = _today(known_customer(box), today)
        if sure is not None:
            yield Block(
                one.rule.id,
                one.rule.kind,
                audience(sure),
                Box({fact: part for fact, part in sure.parts.items() if not about_customer(fact)}),
            )


def known_customer(box: Box) -> Box | None:
    """The box for a customer of whom everything is known, who has no history and is in no share."""
    whom = known(audience(box))
    if whom is None:
        return None
    which = {fact: part for fact, part in box.parts.items() if not about_customer(fact)}
    kept: dict[Fact, Constraint] = {}
    for fact, part in which.items():
        wished = GIVEN.get(fact.name)
        if wished is None:
            kept[fact] = part
        elif met(part, wished).empty:
            return None
    return Box({**whom.parts, **kept})


GIVEN: dict[str, Constraint] = {
    "count": Range(0, 0),
    "share": Range(1, 1),
    "sample": Range(1, 1),
    "spent": Range(0, 0),
    "consented": YES,
    "approved": YES,
    "audience_size": Range(0, 0),
    "reference_proven": YES,
}
"""Circumstances that a message may have: nothing sent or spent before, everything agreed to and proven."""


def _today(box: Box | None, today: date | None) -> Box | None:
    """The box on a certain day; where none is given, only what holds on every day counts."""
    if box is None or EVERY_DAY not in box.parts:
        return box
    if today is None or met(box.parts[EVERY_DAY], Range(today.toordinal(), today.toordinal())).empty:
        return None
    return Box({fact: part for fact, part in box.parts.items() if fact != EVERY_DAY})


def _audiences(blocks: Sequence[Block]) -> list[Box]:
    """Everybody, every audience that a rule names, and what several of them share: largest first."""
    found: dict[Box, None] = {ANYTHING: None}
    for whom in dict.fromkeys(block.whom for block in blocks if block.whom.parts):
        for other in list(found):
            both = other.meet(whom)
            if both is not None and len(found) < MOST_AUDIENCES:
                found.setdefault(both)
    return sorted(found, key=lambda box: len(box.parts))


def _of(whom: Box, blocks: Sequence[Block]) -> frozenset[int]:
    """The places of the blocks that stand before everybody in the audience."""
    return frozenset(place for place, block in enumerate(blocks) if whom.within(block.whom))


def _gaps(
    channel: Channel, audiences: Sequence[Box], met: Sequence[frozenset[int]], blocks: Sequence[Block]
) -> Iterator[Gap]:
    """The audiences that some rules together keep from a channel, at all times and for all offers.

    What many blocks leave open, fewer of them leave open too, and what few of them close stays closed by many.
    """
    universe = _universe(channel)
    here = frozenset(place for place, block in enumerate(blocks) if universe.meet(block.which) is not None)
    opened: list[frozenset[int]] = []
    shut: list[frozenset[int]] = []
    for whom, mine in sorted(zip(audiences, met, strict=True), key=lambda pair: -len(pair[1] & here)):
        standing = mine & here
        if any(standing <= other for other in opened):
            continue
        few = next((few for few in shut if few <= standing), None)
        if few is None:
            few = _fewest(universe, blocks, standing)
            (opened if few is None else shut).append(standing if few is None else few)
        if few is not None:
            needed = [blocks[place] for place in sorted(few)]
            by, kinds = tuple(dict.fromkeys(block.rule for block in needed)), frozenset(block.kind for block in needed)
            yield Gap(whom, channel, by, kinds, len(by) == 1 and kinds <= PLAIN)


def _universe(channel: Channel) -> Box:
    """Every marketing message about an offer by the channel."""
    return Box(
        {
            Fact("channel"): Some(frozenset({str(channel)})),
            Fact("pushed"): YES,
            Fact("purpose"): Some(frozenset({"marketing"})),
            Fact("offer"): Some(frozenset(), inverted=True),
        }
    )


def _covered(universe: Box, blocks: Sequence[Block]) -> bool:
    left = [universe]
    for block in blocks:
        left = [piece for box in left for piece in box.minus(block.which)]
        if not left:
            return True
    return False


def _fewest(universe: Box, blocks: Sequence[Block], standing: frozenset[int]) -> frozenset[int] | None:
    """The blocks that are needed to leave nothing open; None where all of them leave something."""
    ordered = sorted(standing, key=lambda place: (len(blocks[place].which.parts), place))
    if not _covered(universe, [blocks[place] for place in ordered]):
        return None
    needed = list(ordered)
    for place in reversed(ordered):
        without = [other for other in needed if other != place]
        if _covered(universe, [blocks[other] for other in without]):
            needed = without
    return frozenset(needed)


def _narrow_gaps(gaps: Sequence[Gap]) -> Iterator[Flaw]:
    """Channels closed by rules that do not say so; for the largest audience alone."""
    seen: set[tuple[str, ...]] = set()
    for gap in gaps:
        if gap.meant or gap.rules in seen:
            continue
        seen.add(gap.rules)
        channels = frozenset(other.channel for other in gaps if other.rules == gap.rules and other.whom == gap.whom)
        kind = _kind(gap)
        said = {language: _said(kind, gap.whom, channels, language) for language in LANGUAGES}
        yield Flaw(kind, gap.rules, Text(**said), example(gap.whom), question(gap.whom))


def _kind(gap: Gap) -> FlawKind:
    """What is missing: a time, an offer, or the channel as such."""
    if not gap.kinds.isdisjoint(TIMED):
        return "no_time"
    return "channel_closed" if gap.kinds.isdisjoint(OFFERED) else "no_offer"


def _without_channel(audiences: Sequence[Box], gaps: Sequence[Gap], pushed: Sequence[Channel]) -> Iterator[Flaw]:
    """Audiences that are kept from every channel by several rules; the largest ones alone."""
    told: list[Box] = []
    by_audience: dict[Box, dict[Channel, Gap]] = {}
    for gap in gaps:
        by_audience.setdefault(gap.whom, {})[gap.channel] = gap
    for whom in audiences:
        mine = by_audience.get(whom, {})
        rules = tuple(dict.fromkeys(rule for gap in mine.values() for rule in gap.rules))
        if len(mine) < len(pushed) or len(rules) < 2 or any(whom.within(larger) for larger in told):
            continue
        told.append(whom)
        said = {language: _said("no_channel", whom, frozenset(pushed), language) for language in LANGUAGES}
        yield Flaw("no_channel", rules, Text(**said), example(whom), question(whom))


def _said(kind: FlawKind, whom: Box, channels: frozenset[Channel], language: str) -> str:
    people, by = described(whom, language), channel_names(channels, language)
    ja = {
        "no_time": f"{people}に{by}で配信できる時間がありません。",
        "no_offer": f"{people}に{by}で案内できるオファーがありません。",
        "channel_closed": f"{people}に{by}で配信できません。",
        "no_channel": f"{people}に配信できるチャネルがひとつもありません（{by}）。",
    }[kind]
    en = {
        "no_time": f"These rules together leave no time at which {people} may be sent anything by {by}.",
        "no_offer": f"These rules together leave no offer that {people} may be sent by {by}.",
        "channel_closed": f"These rules together close {by} to {people}.",
        "no_channel": f"These rules together leave no channel for {people} ({by}).",
    }[kind]
    return (
        f"これらのルールを合わせると、{ja}どれかを見直してください。"
        if language == "ja"
        else f"{en} Look at one of them again."
    )
