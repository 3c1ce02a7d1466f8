"""A span of time as a marketer writes it: 30m, 1h, 3d, 2w."""

import re
from datetime import timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from domain.slip import Slip

UNITS = {"w": timedelta(weeks=1), "d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1)}
UNITS["s"] = timedelta(seconds=1)
WRITTEN = re.compile(r"^(\d{1,5})([wdhms])$")
LONGEST = timedelta(days=400)


def read_span(given: Any) -> timedelta:
    """The span that is written; raises Slip for anything else, and beyond a year."""
    if isinstance(given, timedelta):
        return given
    found = WRITTEN.match(given.strip()) if isinstance(given, str) else None
    if given == 0 and not isinstance(given, bool):
        return timedelta(0)
    if found is None:
        raise Slip(
            ja="時間の長さは 30m（分）・1h（時間）・3d（日）・2w（週）のように書きます",
            en="a span of time is written as 30m, 1h, 3d or 2w",
        )
    span = int(found[1]) * UNITS[found[2]]
    if span > LONGEST:
        raise Slip(ja="400日（400d）までにします", en="at most 400 days (400d)")
    return span


def write_span(span: timedelta) -> str:
    """The span in the largest unit that it is a whole number of."""
    whole = next((unit for unit in UNITS if span % UNITS[unit] == timedelta(0)), "s")
    return f"{span // UNITS[whole]}{whole}" if span else "0m"


Span = Annotated[
    timedelta,
    BeforeValidator(read_span),
    PlainSerializer(write_span, return_type=str),
    WithJsonSchema({"type": "string", "pattern": WRITTEN.pattern, "examples": ["30m", "1h", "3d"]}),
]
"""How long something takes."""
