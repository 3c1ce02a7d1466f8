"""Cases: a setting with what is said of it, before anybody judged it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.clock import from_micros
from domain.language import Text
from policies.boundary.setting import Setting
from policies.boundary.typical import Typical
from policies.boundary.words import NOTHING, SILENT, Told, clock


@dataclass(frozen=True)
class Case:
    """A message right at an edge of a rule."""

    setting: Setting
    mention: frozenset[str]
    told: Told = SILENT


def case(
    base: Typical,
    setting: Setting | None,
    mention: Iterable[str] = (),
    *,
    when: Text = NOTHING,
    whom: Text = NOTHING,
    what: Text = NOTHING,
) -> list[Case]:
    """The case of a setting, or none where there is no such setting."""
    if setting is None:
        return []
    return [Case(setting, base.mention | {*mention}, Told(when, whom, what))]


def timed(base: Typical, at: datetime, *, whom: Text = NOTHING) -> list[Case]:
    """The same message at another time, which is said."""
    setting = replace(base.setting, at=at)
    return case(base, setting, (), when=clock(at, setting.home.timezone), whom=whom)


def before(at: datetime, micros: int) -> datetime:
    """The instant that lies so many microseconds earlier."""
    return at - timedelta(microseconds=micros)


def instant(micros: int) -> datetime:
    """The instant, aware."""
    return from_micros(micros)
