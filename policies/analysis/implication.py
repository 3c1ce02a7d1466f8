"""Implication: caps that are surely reached because narrower ones are."""

from domain.channel import PUSHED, Channel
from policies.analysis.constraint import Range
from policies.windows import Counting, Window
from policies.zones import DAY, HOUR


def implies(inner: object, inner_range: Range, outer: object, outer_range: Range) -> bool:
    """Whether one count (what is counted, in which window) that lies in its range brings another into its own."""
    if not isinstance(inner, tuple) or not isinstance(outer, tuple) or outer_range.high is not None:
        return False
    (narrow, short), (wide, long) = inner, outer
    lows = inner_range.low, outer_range.low
    if not isinstance(lows[0], int) or not isinstance(lows[1], int) or lows[0] < lows[1]:
        return False
    return counts_within(narrow, wide) and window_within(short, long)


def counts_within(narrow: Counting, wide: Counting) -> bool:
    """Whether every message that `narrow` counts is counted by `wide`."""
    pairs = [(getattr(narrow, name), getattr(wide, name)) for name in ("scenes", "categories", "kinds", "offers")]
    if wide.channels is None:
        reached = narrow.channels is None or narrow.channels <= (PUSHED | {Channel.CALL})
    else:
        reached = narrow.channels is not None and narrow.channels <= wide.channels
    return (
        reached
        and narrow.purposes <= wide.purposes
        and narrow.states <= wide.states
        and set(wide.uncounted) <= set(narrow.uncounted)
        and all(many is None or (few is not None and few <= many) for few, many in pairs)
    )


def window_within(short: Window, long: Window) -> bool:
    """Whether a full `short` window always lies in one stretch of `long` that contains the message."""
    if short == long:
        return True
    if long.kind == "rolling":
        # A calendar day may have an hour more than others.
        spare = HOUR if short.kind == "calendar" else 0
        longest = short.length * (31 * DAY) if short.kind == "calendar" and short.unit == "month" else short.micros
        return longest + spare <= long.micros
    nests = (short.unit, long.unit) in {("day", "week"), ("day", "month")} and short.length == long.length == 1
    return short.kind == "calendar" and nests and (short.zone, short.fallback) == (long.zone, long.fallback)
