"""Money as a whole number of minor units, in whatever currency it was said."""

import re

WITHOUT_MINOR = frozenset(
    ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF")
)
"""Currencies of ISO 4217 that have no smaller unit."""
THOUSANDTHS = frozenset(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"))
UNKNOWN = ""
"""The currency of an amount that came without one."""
MOST = 10**12
LONGEST = 40
WRITTEN = re.compile(r"[^\d.-]*(-?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d+)?)[^\d.,-]*")
NAMED = re.compile(r"[A-Z]{3}")


def scale(currency: str) -> int:
    """How many minor units make one unit; a hundred where the currency is not known."""
    return 1 if currency in WITHOUT_MINOR else 1000 if currency in THOUSANDTHS else 100


def number(value: object) -> int | float | None:
    """A number, or a number as people write it (`¥1,200`); None for anything else, and beyond all bounds."""
    if isinstance(value, str):
        written = WRITTEN.fullmatch(value.strip()[:LONGEST])
        value = float(written[1].replace(",", "")) if written else None
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    # Also keeps what is no number, or too large for one, away from the rounding.
    return value if -MOST < value < MOST else None


def minor(value: object, currency: str) -> int | None:
    """An amount in minor units; None for what is no number."""
    found = number(value)
    return None if found is None else round(found * scale(currency))


def major(amount: int, currency: str) -> float:
    """The amount in whole units."""
    return amount / scale(currency)


def currency_of(value: object) -> str:
    """The code of a currency, or `UNKNOWN`."""
    code = value.strip().upper() if isinstance(value, str) else UNKNOWN
    return code if NAMED.fullmatch(code) else UNKNOWN
