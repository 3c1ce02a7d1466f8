"""A purchase: the days since it, as words of both languages tell them."""

from decimal import Decimal

from policies.audience import Bounds
from policies.directives.amounts import UNITS, value
from policies.directives.atom import WHO, Sense

NAME = "days_since_order"
ORDERED = "ordered"
"""The kind of an event whose days may stand elsewhere in the sentence: after a purchase."""
LENGTHS = {"day": 1, "week": 7, "month": 30, "year": 365, "fortnight": 14, "quarter": 90}
HOURS, MONTHS = 24, 12
LONGEST = 3650
"""Days: 2025年購入のない is no stretch of 2025 years."""
BOUGHT = Sense("undefined", "bought")
"""Somebody bought, and nobody says when."""
AFTER = (BOUGHT, Sense(ORDERED))
UNORDERED = "unordered"
"""The kind of somebody who never bought: a rule can say it of all but those who did."""
NOBODY_YET = (Sense(UNORDERED),)
Read = tuple[int, tuple[Sense, ...]] | None
"""Where the words end and what they mean; None where they do not speak of purchases."""


def days_of(number: Decimal, unit: str) -> float | None:
    """The length in days; None for what is no stretch of days."""
    if unit == "month" and number % MONTHS == 0:
        number, unit = number / MONTHS, "year"
    days = float(number) / HOURS if unit == "hour" else float(number * LENGTHS.get(unit, 0))
    return days if 0 < days <= LONGEST else None


def days_in(number: str | None, unit: str) -> float | None:
    """The length of words such as 2 and weeks; without a number one."""
    name = UNITS.get(unit) or UNITS.get(unit.rstrip("s")) or UNITS.get(f"{unit}間", "")
    return days_of(value(number) if number else Decimal(1), name)


def bounded(**bounds: float | None) -> Sense | None:
    """Customers whose last order lies so many days back; None where a number of days is none."""
    if any(days is None for days in bounds.values()):
        return None
    return Sense(WHO, NAME, bounds=Bounds.model_validate(bounds))


def read(end: int, sense: Sense | None) -> Read:
    """The sense, where there is one, and where its words end."""
    return None if sense is None else (end, (sense,))
