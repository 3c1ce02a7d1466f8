"""Whole weeks: old dates move into the present and keep their weekdays."""

from datetime import date, datetime, timedelta

WEEK = 7


def whole_weeks(reference: date, today: date) -> int:
    """Days, a multiple of 7, that move `reference` into the week (Monday to Sunday) of `today`."""
    return (_monday(today) - _monday(reference)).days


def shifted(value: object, days: int) -> object:
    """`value` with every date in it moved by `days`, also ISO texts and what lies inside lists and maps."""
    if isinstance(value, date):  # a datetime is one too, and keeps its wall-clock time and offset
        return value + timedelta(days=days)
    if isinstance(value, str):
        return _shifted_text(value, days)
    if isinstance(value, dict):
        return {key: shifted(item, days) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [shifted(item, days) for item in value]
    return value


def _shifted_text(text: str, days: int) -> str:
    """An ISO date or datetime moved by `days`; any other text, also one that merely contains a date, stays as it is."""
    if not (len(text) >= 10 and text[4] == text[7] == "-" and text[:4].isdigit()):
        return text
    try:
        if len(text) == 10:
            return (date.fromisoformat(text) + timedelta(days=days)).isoformat()
        return (datetime.fromisoformat(text) + timedelta(days=days)).isoformat()
    except ValueError:
        return text


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
