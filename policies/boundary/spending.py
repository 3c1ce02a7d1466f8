"""Spending: the last message or discount that the house's counter takes, and the one too many."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from domain.language import Text
from policies.boundary.case import Case, case
from policies.boundary.setting import Setting
from policies.boundary.typical import Typical
from policies.boundary.words import nth
from policies.rules.budget import Budget
from policies.rules.sample_review import SampleReview
from policies.rules.volume_cap import VolumeCap
from policies.tally import MICRO, Spent
from policies.wording import money

CENT = Decimal("0.01")
WHOLE_MONEY = frozenset(("JPY", "KRW", "VND"))
"""Currencies without small change."""
NOW_EN = {"total": "in all", "day": "that day", "week": "that calendar week", "month": "that calendar month"}
NOW_JA = {"total": "通算", "day": "その日", "week": "その週", "month": "その月"}


def filled(rule: VolumeCap, base: Typical) -> Iterator[Case]:
    """The last message of the period, and the next."""
    for held in sorted({max(rule.max - 1, 0), rule.max}):
        setting = _holding(base.setting, rule.spent, Decimal(held))
        what = Text(
            ja=f"全体で{NOW_JA[rule.per]}{held + 1:,}通目の",
            en=f"(the {nth(held + 1)} {NOW_EN[rule.per]}, to all customers together)",
        )
        yield from case(base, setting, (), what=what)


def _holding(setting: Setting, spent: Spent, used: Decimal) -> Setting:
    key = spent.tally.key(setting.micros, setting.home.timezone)
    return replace(setting, tallies={key: used})


def budgeted(rule: Budget, base: Typical) -> Iterator[Case]:
    """A discount that takes the last of the budget, and one that takes a little more."""
    step = Decimal(1) if rule.currency in WHOLE_MONEY else CENT
    size = min(Decimal(500) if rule.currency in WHOLE_MONEY else Decimal(5), rule.amount) or step
    setting = base.setting.about(currency=rule.currency, discount_amount=size, price=size * 10)
    lines = {key: one for key, one in (setting.offer or {}).items() if key != "discount_percent"}
    setting = replace(setting, offer=lines)
    added = rule.spent.added(setting.facts()[1].amount_off)
    if added is None:
        return
    for spare in (added + step, added, added - step):
        if MICRO <= spare <= rule.amount or spare == rule.amount:
            yield from _spare(rule, base, setting, spare)
    if rule.amount == 0:
        yield from case(base, base.setting.about(currency=rule.currency, discount_percent=Decimal(0)), ("percent_off",))


def _spare(rule: Budget, base: Typical, setting: Setting, spare: Decimal) -> list[Case]:
    left = tuple(money(spare, rule.currency, language) for language in ("ja", "en"))
    what = Text(ja=f"予算の残りが{left[0]}のときの、", en=f"while {left[1]} of the budget is left")
    return case(base, _holding(setting, rule.spent, rule.amount - spare), ("amount_off",), what=what)


def sampled(rule: SampleReview, base: Typical) -> Iterator[Case]:
    """A message that waits for review, the same once approved, and one that need not wait."""
    if rule.spent is not None and rule.first is not None:
        for held, approved in ((rule.first - 1, False), (rule.first - 1, True), (rule.first, False)):
            what = Text(ja=f"最初から{held + 1:,}通目の、", en=f"(the {nth(held + 1)} of its kind)")
            setting = replace(_holding(base.setting, rule.spent, Decimal(held)), approved=approved)
            yield from case(base, setting, ("approved",), what=what)
        return
    drawn = (rule.share or 0.0) / 2
    told = (
        (drawn, False, "確認の対象に選ばれた、", "drawn for review and"),
        (drawn, True, "確認の対象に選ばれた、", "drawn for review and"),
        (rule.share or 0.0, False, "確認の対象に選ばれなかった、", "not drawn for review and"),
    )
    for sample, approved, ja, en in told:
        state = "approved" if approved else "not approved"
        yield from case(
            base,
            replace(base.setting, sample=sample, approved=approved),
            (),
            what=Text(ja=f"{ja}{'承認ずみの' if approved else '承認前の'}", en=f"{en} {state}"),
        )
