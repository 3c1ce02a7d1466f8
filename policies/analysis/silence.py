"""Silence: rules that never say anything, and those that say no to everything."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

from domain.language import LANGUAGES, Text
from policies.analysis.audience import audience, known, question
from policies.analysis.box import Fact, TooMany, boxes
from policies.analysis.flaw import Flaw
from policies.analysis.lowering import Lowered
from policies.analysis.telling import named
from policies.predicate import FALSE, TRUE, And, Predicate, any_of
from policies.rules import AnyRule
from policies.rules.budget import Budget
from policies.rules.frequency_cap import FrequencyCap
from policies.rules.volume_cap import VolumeCap
from policies.wording import listed


def never_fires(rules: Sequence[Lowered]) -> Iterator[Flaw]:
    """Rules whose conditions exclude each other for every customer and message of which everything is known."""
    for one in rules:
        if one.must is not None and one.rule.forbidden() != FALSE and not any(known(box) for box in one.must):
            clash = _clash(one.rule)
            yield Flaw("never_fires", (one.rule.id,), _never(clash), audience=any_of())


def expired(rules: Sequence[Lowered], today: date) -> Iterator[Flaw]:
    """Rules whose last day is past."""
    for one in rules:
        last = last_day(one.rule)
        if last is not None and last < today:
            ja = f"{last:%Y年%-m月%-d日}で終わっています。まだ要るなら期限を延ばし、要らなければ消してください。"
            en = f"It ended on {last.isoformat()}. Extend it if it is still needed, or remove it."
            yield Flaw("expired", (one.rule.id,), Text(ja=ja, en=en), audience=any_of())


def last_day(rule: AnyRule) -> date | None:
    """The last day on which the rule holds."""
    scoped = rule.scope.dates.last if rule.scope.dates else None
    return min((day for day in (rule.valid_until, scoped) if day is not None), default=None)


def caps_of_zero(rules: Sequence[Lowered]) -> Iterator[Flaw]:
    """Caps that allow nothing: they close a channel without saying so."""
    for one in rules:
        if _allows_nothing(one.rule):
            yield Flaw("cap_zero", (one.rule.id,), NOTHING, audience=touched(one))


def touched(one: Lowered) -> Predicate:
    """Holds for the customers to whom the rule may apply."""
    if one.may is None:
        return TRUE
    return any_of(*dict.fromkeys(question(audience(box)) for box in one.may))


def _allows_nothing(rule: AnyRule) -> bool:
    match rule:
        case FrequencyCap() | VolumeCap():
            return rule.max == 0
        case Budget():
            return rule.amount == 0
        case _:
            return False


def _clash(rule: AnyRule) -> tuple[Fact, ...]:
    """The facts on which two conditions of the rule exclude each other."""
    whole = rule.violation()
    parts = whole.parts if isinstance(whole, And) else (whole,)
    for one, other in combinations(parts, 2):
        try:
            first, second = boxes(one, may=False), boxes(other, may=False)
        except TooMany:
            continue
        if first and second and not any(a.meet(b) for a in first for b in second):
            shared = {fact for a in first for fact in a.parts} & {fact for b in second for fact in b.parts}
            return tuple(sorted(shared, key=str))
    return ()


def _never(clash: Sequence[Fact]) -> Text:
    if not clash:
        return NEVER
    ja, en = (listed(dict.fromkeys(named(fact, language) for fact in clash), language) for language in LANGUAGES)
    return Text(
        ja=f"{ja}の条件が互いに打ち消し合い、当てはまる配信がありません。条件を見直してください。",
        en=f"Its conditions on {en} exclude each other, so it never applies. Look at them again.",
    )


NEVER = Text(
    ja="情報がそろったお客様とオファーには、当てはまる配信がありません。条件を見直してください。",
    en="It never applies where customer and offer are fully known. Look at its conditions again.",
)
NOTHING = Text(
    ja="上限が0なので、対象の配信をすべて止めます。止めるつもりなら channel_permit で書くと意図が伝わります。",
    en="The limit is 0, which stops every such message. If that is meant, a channel_permit rule says so plainly.",
)
