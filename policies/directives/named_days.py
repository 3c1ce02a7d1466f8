"""Named days: New Year's Eve, 元日: days with a fixed date, where the day is meant and not what it is about."""

import re
from datetime import date

from policies.directives.atom import Sense

NAMES: tuple[tuple[str, tuple[int, int], tuple[int, int]], ...] = (
    (r"元日から三が日|(?:正月)?三が日|正月三日間", (1, 1), (1, 3)),
    (r"元日|元旦|new year's day", (1, 1), (1, 1)),
    (r"大晦日|大みそか|new year's eve", (12, 31), (12, 31)),
    (r"クリスマスイブ|クリスマス・イブ|christmas eve", (12, 24), (12, 24)),
    (r"クリスマス当日|christmas day", (12, 25), (12, 25)),
    (r"boxing day", (12, 26), (12, 26)),
    (r"バレンタインデー当日|valentine's day", (2, 14), (2, 14)),
)
TIME = r"(?=[\s.,;:!?)、。]|は|に|も|と|から|まで|の(?:日|配信|間)|$)"
"""What follows where the day is meant: never 元日セール."""
DAYS = tuple((re.compile(rf"(?:{name}){TIME}"), first, last) for name, first, last in NAMES)


def named(text: str, at: int, today: date) -> tuple[int, Sense] | None:
    """The next day of that name, or the days."""
    for pattern, first, last in DAYS:
        if found := pattern.match(text, at):
            year = today.year + (date(today.year, *last) < today)
            name = "days" if first == last else "range"
            return found.end(), Sense("dates", name, first=date(year, *first), last=date(year, *last))
    return None
