"""Holidays: the national holidays of a country, one year at a time."""

import functools
from datetime import date

import holidays


@functools.lru_cache(maxsize=16_384)
def is_holiday(country: str, ordinal: int) -> bool | None:
    """Whether that day is a national holiday there; None where nobody keeps that country's calendar for the year."""
    kept = holidays_in(country, date.fromordinal(ordinal).year)
    return None if kept is None else ordinal in kept


@functools.lru_cache(maxsize=4096)
def holidays_in(country: str, year: int) -> frozenset[int] | None:
    """The day numbers of a year's national holidays, None where they are not known."""
    try:
        days = holidays.country_holidays(country, years=year, expand=False)
    except NotImplementedError:
        return None
    # A year before or after those that the calendar covers comes back empty: unknown, not a year of work.
    return frozenset(day.toordinal() for day in days if day.year == year) or None
