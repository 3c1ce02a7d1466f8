"""Holding: where a customer stands at an instant, and until when what is derived holds if nothing happens."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from statistics import median

from domain.behaviour import D_ORDERS, DAY, Behaviour
from domain.clock import to_micros
from domain.customer import Stage
from domain.stages import Stages, Standing

QUARTER, MONTH, BEFORE = 90, 30, 120
"""Windows in whole days: a window holds the day that lies so many days back, and every later one."""
ALWAYS = 253_402_300_799_000_000
"""What time alone never changes holds until the end of the year 9999."""


def standing_at(whole: Behaviour, at: int) -> Standing:
    """What the stage is judged by, at an instant in milliseconds."""
    ordered = sorted(int(day) for day, row in whole.days.items() if row[D_ORDERS])
    recent = at // DAY - QUARTER
    gaps = [later - earlier for earlier, later in pairwise(ordered)]
    return Standing(
        orders=whole.counts.get("orders", 0),
        order_days=len(ordered),
        order_days_90d=sum(day >= recent for day in ordered),
        first_days=(at - whole.first_order) / DAY if whole.first_order else None,
        away_days=(at - whole.last_order) / DAY if whole.last_order else None,
        usual_gap=round(median(gaps), 1) if gaps else None,
    )


def passed(whole: Behaviour, now: datetime, stages: Stages) -> frozenset[Stage]:
    """Every stage through which time has led since the last order, the one of `now` included."""
    at = to_micros(now) // 1000
    start = whole.last_order or at
    turns = stages.turns(standing_at(whole, at))
    ends = [(whole.first_order if since == "first" else start) + round(days * DAY) + 1000 for days, since in turns]
    moments = {start, at, *(end for end in ends if start < end < at)}
    return frozenset(stages.of(standing_at(whole, moment)) for moment in moments)


def holds_until(whole: Behaviour, standing: Standing, at: int, stages: Stages) -> int:
    """The first instant at which a window loses a day, a trace grows old or a stage may end, in microseconds."""
    today = at // DAY
    ends = [
        (int(day) + days + 1) * DAY * 1000
        for day in _oldest_days(whole, today)
        for days in (MONTH, QUARTER, BEFORE)
        if int(day) + days >= today
    ]
    for rows, days in ((whole.viewed, MONTH), (whole.shelves, MONTH), (whole.bought, QUARTER)):
        ends += [(row[0] + days * DAY) * 1000 for row in rows.values() if row[0] + days * DAY > at]
    for turn, since in stages.turns(standing):
        start = whole.first_order if since == "first" else whole.last_order
        if start and start + turn * DAY >= at:
            ends.append(round((start + turn * DAY) * 1000) + 1000)
    return min(ends, default=ALWAYS)


def _oldest_days(whole: Behaviour, today: int) -> Iterator[str]:
    """Of each window the day that leaves it first."""
    for days in (MONTH, QUARTER, BEFORE):
        since = f"{today - days:05}"
        inside = [day for day in whole.days if day >= since]
        if inside:
            yield min(inside)
