"""Counting: which customers have a window full of messages, all of them at once."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from domain.clock import from_micros
from policies.columns.base import Base, Flags, Rows
from policies.facts import Action
from policies.predicate import Full
from policies.windows import Counting, Span, calendar_spans
from policies.zones import MINUTE

Instants = NDArray[np.int64]
QUARTER = 15 * MINUTE
"""Every zone's clock is a whole number of these from UTC, so that a calendar day begins with one."""


def full(base: Base, leaf: Full, a: Action) -> pl.Series:
    """Whether the window that contains the action is full, for every customer; unknown where the calendars differ."""
    rows, times = counted(base, leaf.counting)
    if leaf.window.kind == "rolling":
        return base.spread(rolling_full_rows(rows, times, a.micros, leaf.window.micros, leaf.most))
    return _calendar_full(base, leaf, a, rows, times)


def counted(base: Base, counting: Counting) -> tuple[Rows, Instants]:
    """The contacts that the cap counts: whose, and when."""
    if any(one.first is not None or one.last is not None for one in counting.uncounted):
        chosen = _by_date(base, counting)
    else:
        taken = np.array([counting.takes(kind) for kind in base.kinds], dtype=np.bool_)
        chosen = taken[base.kind] if len(taken) else np.zeros(0, dtype=np.bool_)
    return base.contact_row[chosen], base.contact_at[chosen]


def _by_date(base: Base, counting: Counting) -> Flags:
    """The same where an exception holds on some days alone: asked once a kind, place and quarter of an hour."""
    quarters = base.contact_at // QUARTER
    alike = np.stack([base.kind, base.place[base.contact_row], quarters], axis=1).reshape(-1, 3)
    different, codes = np.unique(alike, axis=0, return_inverse=True)
    taken = [
        counting.takes(
            base.kinds[kind].model_copy(update={"at": from_micros(quarter * QUARTER)}), base.places[place].zones
        )
        for kind, place, quarter in different.tolist()
    ]
    return np.array(taken, dtype=np.bool_)[codes.reshape(-1)]


def rolling_full_rows(rows: Rows, times: Instants, at: int, length: int, most: int) -> Rows:
    """Whose rolling window is full: more than `most` messages, this one included, in a stretch that contains it."""
    near = (times > at - length) & (times < at + length)
    rows, times = rows[near], times[near]
    many = _at_least(rows, most)
    ahead = np.unique(rows[times >= at])
    if not len(ahead):
        return many
    simple = np.setdiff1d(many, ahead)
    planned = np.isin(rows, np.intersect1d(many, ahead))
    return np.concatenate([simple, _crowded(rows[planned], times[planned], at, length, most)])


def _crowded(rows: Rows, times: Instants, at: int, length: int, most: int) -> Rows:
    """The same where messages are planned for later: every stretch that contains the action is tried."""
    whose = np.unique(rows)
    everybody = np.concatenate([rows, whose])
    instants = np.concatenate([times, np.full(len(whose), at)])
    mine = np.concatenate([np.zeros(len(rows), dtype=np.bool_), np.ones(len(whose), dtype=np.bool_)])
    order = np.lexsort((~mine, instants, everybody))
    everybody, instants, mine = everybody[order], instants[order], mine[order]
    if most >= len(everybody):
        return whose[:0]
    first, last = slice(0, len(everybody) - most), slice(most, None)
    place = np.flatnonzero(mine)[np.searchsorted(whose, everybody)]
    numbers = np.arange(len(everybody))
    together = (everybody[first] == everybody[last]) & (instants[last] - instants[first] < length)
    contains = (numbers[first] <= place[first]) & (place[first] <= numbers[last])
    return np.unique(everybody[first][together & contains])


def _calendar_full(base: Base, leaf: Full, a: Action, rows: Rows, times: Instants) -> pl.Series:
    """Whose calendar window is full, by the calendars that each of their zones shows."""
    surely, perhaps = np.zeros(base.size, dtype=np.bool_), np.zeros(base.size, dtype=np.bool_)
    minute = a.micros // MINUTE
    shown = [calendar_spans(leaf.zones(s.zones), leaf.calendar, minute) for s in base.places]
    for spans in dict.fromkeys(shown):
        here = np.array([other == spans for other in shown], dtype=np.bool_)[base.place[rows]]
        any_full, all_full = _by_calendar(rows[here], times[here], spans, leaf.most, base.size)
        perhaps |= any_full
        surely |= all_full
    return pl.select(pl.when(pl.Series(surely == perhaps)).then(pl.Series(surely))).to_series()


def _by_calendar(
    rows: Rows, times: Instants, spans: Sequence[Sequence[Span]], most: int, size: int
) -> tuple[Flags, Flags]:
    """Who has a full window in some of the calendars, and who in all of them."""
    per_calendar = []
    for calendar in spans:
        found = np.zeros(size, dtype=np.bool_)
        for start, end in calendar:
            found[_at_least(rows[(times >= start) & (times < end)], most)] = True
        per_calendar.append(found)
    return np.logical_or.reduce(per_calendar), np.logical_and.reduce(per_calendar)


def _at_least(rows: Rows, most: int) -> Rows:
    """The rows that come at least `most` times."""
    if not len(rows):
        return rows
    counts = np.bincount(rows)
    return np.flatnonzero(counts >= most)
