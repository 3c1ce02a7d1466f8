"""Hours: the minutes before, at and after the edges of a daily window, and days on which it does not hold."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

from policies.boundary.case import Case, timed
from policies.boundary.typical import Typical, at_home
from policies.daily import WEEKDAYS, Daily, minutes
from policies.holidays_of import is_holiday
from policies.rules.quiet_hours import QuietHours
from policies.rules.send_window import SendWindow

ONE_MINUTE = timedelta(minutes=1)
WEEK_AHEAD, YEAR_AHEAD = 21, 400
NOON = time(12)


def quiet(rule: QuietHours, base: Typical) -> Iterator[Case]:
    """Around both ends of the quiet stretch, on a day without it, and on a holiday."""
    holiday = _calendar(base, rule.holidays_of)
    yield from _edges(base, rule, holiday)
    if rule.holidays:
        yield from _holiday(base, holiday, rule)


def window(rule: SendWindow, base: Typical) -> Iterator[Case]:
    """Around both ends of each window, on a day without one, and on a holiday."""
    holiday = _calendar(base, rule.holidays_of)
    wanted = holiday if rule.holidays == "only" else lambda day: not holiday(day)
    for one in rule.windows[:2]:
        yield from _edges(base, one, lambda day: not wanted(day), YEAR_AHEAD if rule.holidays == "only" else WEEK_AHEAD)
    if rule.holidays != "allow":
        yield from _holiday(base, holiday, rule.windows[0] if rule.windows else None)


def _edges(base: Typical, daily: Daily, shunned: Callable[[date], bool], ahead: int = WEEK_AHEAD) -> Iterator[Case]:
    start, home = base.setting.at.date(), base.setting.home
    days = [start + timedelta(days=shift) for shift in range(ahead)]
    chosen = next((day for day in days if WEEKDAYS[day.weekday()] in daily.days and not shunned(day)), None)
    if chosen is None:
        return
    begins = at_home(chosen, daily.start, home)
    ends = at_home(chosen + timedelta(days=minutes(daily.end) <= minutes(daily.start)), daily.end, home)
    for at in (begins - ONE_MINUTE, begins, ends - ONE_MINUTE, ends):
        yield from timed(base, at)
    other = next((day for day in days if day > chosen and WEEKDAYS[day.weekday()] not in daily.days), None)
    if other is not None and not shunned(other):
        yield from timed(base, at_home(other, daily.start, home))


def _holiday(base: Typical, holiday: Callable[[date], bool], daily: Daily | None) -> Iterator[Case]:
    """Midday of the next holiday, and of the next day that is none, the same hour of both."""
    start = base.setting.at.date()
    days = [start + timedelta(days=shift) for shift in range(YEAR_AHEAD)]
    suits = [day for day in days if daily is None or WEEKDAYS[day.weekday()] in daily.days]
    for found in (next(filter(holiday, suits), None), next((day for day in suits if not holiday(day)), None)):
        if found is not None:
            yield from timed(base, _hour(found, daily, base))


def _hour(day: date, daily: Daily | None, base: Typical) -> datetime:
    if daily is None or isinstance(daily, QuietHours):
        clock = NOON if daily is None or not _covers(daily, NOON) else daily.end
    else:
        clock = daily.start
    return at_home(day, clock, base.setting.home)


def _covers(daily: Daily, clock: time) -> bool:
    if daily.start < daily.end:
        return daily.start <= clock < daily.end
    return clock >= daily.start or clock < daily.end


def _calendar(base: Typical, country: str | None) -> Callable[[date], bool]:
    countries = (country,) if country else base.setting.situation().calendars
    return lambda day: any(is_holiday(one, day.toordinal()) is True for one in countries)
