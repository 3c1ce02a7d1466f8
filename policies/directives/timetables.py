"""Timetables: hours, weekdays and holidays as windows in which messages go out, or do not."""

from collections.abc import Iterator
from datetime import time
from typing import cast

from policies.daily import Daily
from policies.directives.days import KEYS
from policies.directives.frame import Frame, Pick
from policies.directives.frames.clocks import DAY, Stretch
from policies.directives.scoping import Common, scope_of
from policies.rules import AnyRule
from policies.rules.quiet_hours import QuietHours
from policies.rules.send_window import SendWindow
from policies.scope import Scope


def _clock(minute: int) -> time:
    return time(minute % DAY // 60, minute % 60)


def timetable(frame: Frame, pick: Pick, common: Common) -> Iterator[AnyRule]:
    stretches = cast("tuple[Stretch, ...]", frame.values["stretches"]) or (Stretch(0, DAY),)
    days = cast("frozenset[str]", frame.values["days"])
    holiday = cast(str, frame.values["holiday"])
    scope = scope_of(frame, pick)
    if frame.values["forbids"]:
        yield from _quiet(stretches, days, holiday, bool(frame.values["stretches"]), scope, common)
        return
    if frame.values["conditional"]:
        for stretch in stretches:
            yield from _outside(stretch, days, scope, common)
        return
    chosen = days or frozenset(KEYS)
    windows = tuple(Daily(start=_clock(one.low), end=_clock(one.high), days=chosen) for one in stretches)  # type: ignore[arg-type]  # weekdays of the tables
    kept = "forbid" if holiday == "work" else "only" if holiday == "holiday" and not days else "allow"
    if holiday == "holiday" and not days and not frame.values["stretches"]:
        windows = ()
    yield SendWindow.model_validate({**common, "scope": scope, "windows": windows, "holidays": kept})


def _quiet(
    stretches: tuple[Stretch, ...], days: frozenset[str], holiday: str, timed: bool, scope: Scope, common: Common
) -> Iterator[AnyRule]:
    """What is forbidden: on these days, in these hours; whole holidays where no hours are named."""
    if not days and holiday and not timed:
        yield SendWindow.model_validate({**common, "scope": scope, "holidays": "forbid"})
        return
    for number, one in enumerate(stretches):
        fields: Common = {"start": _clock(one.low), "end": _clock(one.high), "days": days or frozenset(KEYS)}
        if holiday in ("free", "holiday") and not timed and number == 0:
            fields["holidays"] = True
        yield QuietHours.model_validate({**common, "scope": scope, **fields})


def _outside(stretch: Stretch, days: frozenset[str], scope: Scope, common: Common) -> Iterator[AnyRule]:
    """On these days the hours outside are quiet; other days are not spoken of."""
    for low, high in ((0, stretch.low), (stretch.high, DAY)):
        if low < high:
            yield QuietHours.model_validate(
                {**common, "scope": scope, "start": _clock(low), "end": _clock(high), "days": days}
            )
