"""Examples: for one rule, a few messages right inside, at and outside its bounds, each with the rule's own verdict."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from domain.channel import Channel
from domain.language import Text
from policies.analysis.box import TODAY, Fact
from policies.analysis.constraint import Constraint, Range
from policies.boundary import copy, counts, hours, lines, spending
from policies.boundary.case import Case
from policies.boundary.setting import Setting
from policies.boundary.typical import Typical, at_home, placed, typical
from policies.boundary.values import UNSET, fitting, straddling
from policies.boundary.words import clock, subject
from policies.facts import HERE, Home
from policies.kleene import verdict
from policies.predicate import OFFER, TRUE, Known, Predicate, all_of
from policies.rules import AnyRule
from policies.rules.audience_exclusion import AudienceExclusion
from policies.rules.exclusivity import Exclusivity
from policies.rules.offer_eligibility import OfferEligibility

MOST_BASES = 8
MOST = 8
MOST_EDGES = 8
MOST_EXCEPTED = 2
Verdict = Literal["allow", "deny"]
SHOWN = ("できます", "しません", "shown")
ENDINGS: Mapping[str, tuple[str, str, str]] = {
    "call": ("かけられます", "かけません", "made"),
    **dict.fromkeys(("web", "app", "ad", "signage"), SHOWN),
}
"""What becomes of a message that is not sent but made or shown."""


@dataclass(frozen=True, slots=True)
class Example:
    """A message in words, whether the rule breaks on it, and what follows; a soft rule keeps nothing back."""

    rule: str
    text: Text
    verdict: Verdict
    broken: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with what the rule says of it."""

    case: Case
    example: Example


VARY: Mapping[str, Callable[[Any, Typical], Iterable[Case]]] = {
    "quiet_hours": hours.quiet,
    "send_window": hours.window,
    "frequency_cap": counts.capped,
    "min_gap": counts.gapped,
    "exclusivity": counts.exclusive,
    "volume_cap": spending.filled,
    "budget": spending.budgeted,
    "sample_review": spending.sampled,
    "consent": lines.consented,
    "suppression": lines.suppressed,
    "audience_exclusion": lines.excluded,
    "offer_eligibility": lines.eligible,
    "channel_permit": lines.permitted,
    "channel_priority": lines.in_channel_order,
    "priority": lines.in_order,
    "discount_ceiling": lines.discounted,
    "holdout": lines.held_out,
    "approval": lines.approvable,
    "reference_price": lines.compared,
}
"""How a typical setting is moved across the bounds of each type of rule."""


def boundary_examples(rule: AnyRule, today: date, home: Home = HERE) -> tuple[Example, ...]:
    """The examples of one rule; none where nothing lies inside its scope, or where it does not say what is sent."""
    if not rule.stations:
        return ()
    if "mask" not in rule.stations:
        return tuple(_worded(rule, today, home))
    return tuple(one.example for one in judged(rule, today, home))


def judged(rule: AnyRule, today: date, home: Home = HERE) -> tuple[Judged, ...]:
    """The examples of a rule that acts before copy, with what they were judged by."""
    vary = VARY.get(rule.type)
    if vary is None:
        return ()
    best: list[Judged] = []
    base: Typical | None = None
    wanted = all_of(rule.applies(), _needs(rule))
    for number, one in enumerate(typical(wanted, home, today)):
        found = list(_within(rule, vary(rule, one), one))
        if base is None or _variety(found) > _variety(best):
            best, base = found, one
        if _variety(best) == 2 or number == MOST_BASES:
            break
    if base is None:
        return ()
    more = _edges(rule, base, next((one.case for one in best if one.example.broken), None))
    return tuple(_apart([*best[:MOST], *more]))


def _needs(rule: AnyRule) -> Predicate:
    """What a typical message has to be for the rule to say something of it."""
    match rule:
        case AudienceExclusion():
            return rule.audience.predicate()
        case OfferEligibility():
            return all_of(Known(OFFER), rule.fitting())
        case Exclusivity():
            return rule.groups[0].predicate()
        case _ if rule.type in ("discount_ceiling", "budget", "reference_price"):
            return Known(OFFER)
        case _:
            return TRUE


def _variety(found: list[Judged]) -> int:
    return len({one.example.broken for one in found})


def _within(rule: AnyRule, cases: Iterable[Case], base: Typical) -> Iterator[Judged]:
    """The cases that the rule speaks of, judged."""
    inside = rule.applies()
    for one in cases:
        if one.setting.possible and verdict(inside, *one.setting.facts()) is True:
            yield judge(rule, _on_its_day(one, base))


def _on_its_day(one: Case, base: Typical) -> Case:
    """The case with its date, where the rule holds on some days only."""
    part, setting = base.box.parts.get(TODAY), one.setting
    if one.told.when.ja or not isinstance(part, Range) or (part.high is None and part.low is None):
        return one
    if part.high is None and one.setting.at.date() > date.fromordinal(int(part.low or 1)):
        return one
    return replace(one, told=replace(one.told, when=clock(setting.at, setting.home.timezone)))


def judge(rule: AnyRule, one: Case) -> Judged:
    """The case with the rule's verdict: what a hard rule does not know to be allowed is not."""
    found = verdict(rule.violation(), *one.setting.facts())
    broken = found is True if rule.severity == "soft" else found is not False
    return Judged(one, example_of(rule, subject(one.setting, one.mention, one.told), broken, one.setting.channel))


def example_of(rule: AnyRule, said: Text, broken: bool, channel: Channel) -> Example:
    """The words of an example: what it is about, and what becomes of it."""
    yes_ja, no_ja, verb = ENDINGS.get(channel, ("送れます", "送りません", "sent"))
    soft = rule.severity == "soft"
    if soft:
        ja = f"{yes_ja}。ほかの候補を優先します（希望の決まり）" if broken else f"そのまま{yes_ja}（希望の決まり）"
        en = f"can be {verb}, but others are preferred" if broken else f"can be {verb} as it is"
        en = f"{en} (only weighs)"
    else:
        ja, en = (no_ja, f"not {verb}") if broken else (yes_ja, f"can be {verb}")
    denied = broken and not soft
    return Example(rule.id, Text(ja=f"{said.ja}：{ja}", en=f"{said.en}: {en}"), "deny" if denied else "allow", broken)


def _edges(rule: AnyRule, base: Typical, denied: Case | None) -> Iterator[Judged]:
    """A message that the rule forbids, moved across the bounds of its scope: ages, orders, dates, exceptions."""
    if denied is None:
        return
    found: list[Case] = []
    for fact, part in base.box.parts.items():
        if fact.name in ("age", "days_since_order"):
            found += _beside(denied, fact, part)
        if fact == TODAY and rule.type not in ("quiet_hours", "send_window"):
            found += _dated(rule, denied, part)
    yield from (judge(rule, one) for one in found[:MOST_EDGES] if one.setting.possible)
    for one in rule.scope.excepted[:MOST_EXCEPTED]:
        yield from _excepted(rule, denied, one.predicate())


def _beside(denied: Case, fact: Fact, part: Constraint) -> Iterator[Case]:
    for number in straddling(fact, part):
        setting = placed(denied.setting, fact, number)
        if setting is not None:
            yield replace(denied, setting=setting, mention=denied.mention | {fact.name})


def _dated(rule: AnyRule, denied: Case, part: Constraint) -> Iterator[Case]:
    """The day before the rule holds, its first and its last day, and the day after."""
    if not isinstance(part, Range):
        return
    first = [] if part.low is None else [int(part.low) + part.above - 1, int(part.low) + part.above]
    last = [] if part.high is None else [int(part.high) - part.below, int(part.high) - part.below + 1]
    for ordinal in dict.fromkeys((*first, *last)):
        yield _shifted(rule, denied, ordinal)


def _shifted(rule: AnyRule, one: Case, ordinal: int) -> Case:
    """The same message, and all that went before it, on another day."""
    setting = one.setting
    local = setting.at
    at = at_home(date.fromordinal(ordinal), local.timetz().replace(tzinfo=None), setting.home)
    by = at - local
    sent = tuple(contact.model_copy(update={"at": contact.at + by}) for contact in setting.contacts)
    moved = replace(setting, at=at, contacts=sent)
    if rule.spent is not None and setting.tallies:
        key = rule.spent.tally.key(moved.micros, moved.home.timezone)
        moved = replace(moved, tallies={key: max(setting.tallies.values())})
    return replace(one, setting=moved, told=replace(one.told, when=clock(at, setting.home.timezone)))


def _excepted(rule: AnyRule, denied: Case, predicate: Predicate) -> Iterator[Judged]:
    """The same message once the exception covers it."""
    for found in typical(predicate, denied.setting.home, denied.setting.at.date()):
        setting: Setting | None = denied.setting
        for fact, part in found.box.parts.items():
            value = fitting(fact, part)
            if fact == TODAY or value is None:
                setting = None
            elif setting is not None and value is not UNSET:
                setting = placed(setting, fact, value)
        if setting is not None and setting.possible and verdict(predicate, *setting.facts()) is True:
            yield judge(rule, replace(denied, setting=setting, mention=denied.mention | found.mention))
            return


def _apart(found: list[Judged]) -> list[Judged]:
    """Each text once."""
    kept: dict[Text, Judged] = {}
    for one in found:
        kept.setdefault(one.example.text, one)
    return list(kept.values())


def _worded(rule: AnyRule, today: date, home: Home) -> Iterator[Example]:
    """The examples of a rule about copy: a phrase that is blocked, and one that passes."""
    for base in typical(rule.applies(), home, today):
        found = [example_of(rule, *one) for one in copy.tried(rule, base)]
        if found:
            yield from found
            return
