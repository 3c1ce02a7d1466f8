"""Days: whether a date, a weekday, an end or a time in copy is one that a fact tells."""

from collections.abc import Iterable
from datetime import date

from domain.language import Text
from policies.inspection.objection import objection
from policies.inspection.spans import lasts
from policies.inspection.token import Day, Token
from policies.inspection.truths import Known, Truths

ENDS_OF_DAY = frozenset((0, 24 * 60 - 1, 24 * 60))
OFFERING = frozenset(("offering",))
NAMED = OFFERING | {"delivery", "release", "points"}
"""A date of these is said only of a fact that is about them, and no other fact stands for one."""


def misdated(token: Token, truths: Truths, today: date, spoken: frozenset[str]) -> Text | None:
    """What is wrong with a figure of the calendar or the clock."""
    match token.kind:
        case "time":
            return _time(token, truths)
        case "span":
            first, last = lasts(token, today)
            good = any(first <= one.day <= last for one in _ends(token, truths, spoken))
            return None if good else objection(token, "という期限", "an end")
        case "year":
            years = truths.years | {one.day.year for one in truths.days} | {today.year, today.year + 1}
            return None if int(token.value) in years else objection(token, "という年", "a year")
        case "month":
            months = {one.day.month for one in truths.days} | {today.month, today.month % 12 + 1}
            good = token.day is None or token.day.month in months
            return None if good else objection(token, "という月", "a month")
        case _:
            return _date(token, truths, today, spoken)


def _time(token: Token, truths: Truths) -> Text | None:
    at_the_end = (
        token.edge == "end" and int(token.value) in ENDS_OF_DAY and any(one.edge == "end" for one in truths.days)
    )
    known = truths.clocks | truths.desk if "desk" in token.topics else truths.clocks
    return None if at_the_end or int(token.value) in known else objection(token, "という時刻", "a time")


def days_left(truths: Truths, today: date) -> Iterable[int]:
    """How many days remain until each end of the offer, counted with and without today."""
    for one in truths.days:
        if one.edge == "end" and not one.topics & NAMED - OFFERING:
            yield from ((one.day - today).days, (one.day - today).days + 1)


def days_long(truths: Truths) -> Iterable[int]:
    """How many days something lasts, its first and its last day counted."""
    for first in truths.days:
        if first.edge == "start":
            last = [one.day for one in truths.days if one.edge == "end" and one.topics == first.topics]
            yield from ((day - first.day).days + 1 for day in last)


def _ends(token: Token, truths: Truths, spoken: frozenset[str]) -> list[Known]:
    return [one for one in truths.days if one.edge == "end" and _about(one, token, spoken)]


def _about(one: Known, token: Token, spoken: frozenset[str]) -> bool:
    """Whether the fact is about what the clause is about, or else about something that the message speaks of."""
    wanted, told = token.topics & NAMED, one.topics & NAMED
    if wanted & told:
        return True
    if wanted:
        return wanted == OFFERING and not told
    return "offering" in told or told <= spoken


def _known(token: Token, truths: Truths, today: date, spoken: frozenset[str]) -> list[date]:
    match token.edge:
        case "end":
            return [one.day for one in _ends(token, truths, spoken)]
        case "start":
            return [one.day for one in truths.days if one.edge != "end" and _about(one, token, spoken)] + [today]
        case _:
            return [one.day for one in truths.days if _about(one, token, spoken)] + [today]


def _matches(day: Day, one: date) -> bool:
    return day.day in (None, one.day) and day.month in (None, one.month) and day.year in (None, one.year)


def _date(token: Token, truths: Truths, today: date, spoken: frozenset[str]) -> Text | None:
    day = token.day
    if day is None:
        return None
    fitting = [one for one in _known(token, truths, today, spoken) if _matches(day, one)]
    if not fitting:
        written = day.weekday is None and token.edge is None and (day.month, day.day) in truths.partial
        ends = token.edge == "end"
        return (
            None
            if written
            else objection(token, "という期限" if ends else "という日付", "an end" if ends else "a date")
        )
    if day.weekday is None or any(one.weekday() == day.weekday for one in fitting):
        return None
    right = "月火水木金土日"[fitting[0].weekday()]
    return Text(
        ja=f"「{token.text.strip()}」の曜日が違います（正しくは{right}曜日）。",
        en=f'"{token.text.strip()}" has the wrong weekday; it is a {fitting[0]:%A}.',
    )
