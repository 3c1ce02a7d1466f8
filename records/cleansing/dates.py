"""Dates: as people and systems write them, in the West and in Japanese eras; what could be two dates is refused."""

import re
import unicodedata
from datetime import date

from domain.errors import Malformed

ERAS = {"令和": 2019, "平成": 1989, "昭和": 1926, "大正": 1912, "明治": 1868}
"""The first year of each era."""
LETTERS = {"R": "令和", "H": "平成", "S": "昭和", "T": "大正", "M": "明治"}
BEGINS = {
    "令和": date(2019, 5, 1),
    "平成": date(1989, 1, 8),
    "昭和": date(1926, 12, 25),
    "大正": date(1912, 7, 30),
    "明治": date(1868, 1, 25),
}
ENDS = {
    "平成": date(2019, 4, 30),
    "昭和": date(1989, 1, 7),
    "大正": date(1926, 12, 25),
    "明治": date(1912, 7, 30),
}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

ERA = re.compile(
    r"(令和|平成|昭和|大正|明治|[RHSTM])\.?(元|\d{1,2})(?:年|[./-])(\d{1,2})(?:月|[./-])(\d{1,2})日?", re.IGNORECASE
)
YEAR_FIRST = re.compile(r"(\d{4})(?:年|[./-])(\d{1,2})(?:月|[./-])(\d{1,2})日?(?:[T ].*)?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
YEAR_LAST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
NAMED = re.compile(r"(?:(\d{1,2}) )?([a-z]{3,9})\.? (?:(\d{1,2}),? )?(\d{4})", re.IGNORECASE)
HINT = "write it as 1985-04-01 or 昭和60年4月1日."


def calendar_date(value: str) -> date:
    """The day that was written; raises Malformed where it is none, or could be two."""
    plain = re.sub(r"\s*([年月日./-])\s*", r"\1", " ".join(unicodedata.normalize("NFKC", value).split()))
    try:
        return _read(plain)
    except ValueError as error:
        raise Malformed("date", value, f"there is no such day; {HINT}") from error
    except LookupError as error:
        raise Malformed("date", value, f"{error.args[0]}; {HINT}") from error


def birth_date(value: str, today: date) -> date:
    """A day on which somebody may have been born who is alive today."""
    day = calendar_date(value)
    if not 0 <= (today - day).days <= 125 * 366:
        raise Malformed("birth_date", value, f"nobody alive was born on that day; {HINT}")
    return day


def age_on(born: date, today: date) -> int:
    """How old somebody is on a day."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _read(plain: str) -> date:
    if found := ERA.fullmatch(plain):
        return _in_era(*found.groups())
    if found := YEAR_FIRST.fullmatch(plain) or COMPACT.fullmatch(plain):
        year, month, day = map(int, found.groups())
        return date(year, month, day)
    if found := YEAR_LAST.fullmatch(plain):
        return _year_last(*map(int, found.groups()))
    if found := NAMED.fullmatch(plain):
        before, name, behind, year_named = found.groups()
        month_named = name.lower()[:3]
        if month_named in MONTHS and bool(before) != bool(behind):
            return date(int(year_named), MONTHS.index(month_named) + 1, int(before or behind))
    raise LookupError("it cannot be read as a day")


def _in_era(era: str, years: str, month: str, day: str) -> date:
    name = LETTERS.get(era.upper(), era)
    year = ERAS[name] - 1 + (1 if years == "元" else int(years))
    found = date(year, int(month), int(day))
    if not BEGINS[name] <= found <= ENDS.get(name, date.max):
        raise LookupError(f"{name} did not have that day")
    return found


def _year_last(first: int, second: int, year: int) -> date:
    """Day and month in either order, where only one order is a day."""
    if first <= 12 and second <= 12 and first != second:
        raise LookupError("day and month could be the other way round")
    return date(year, *(sorted((first, second)) if max(first, second) > 12 else (first, second)))
