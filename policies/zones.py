"""Zones: what a wall clock shows somewhere, and every zone in which a customer may be."""

import functools
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

from domain.clock import from_micros, to_micros

MINUTE = 60_000_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class LocalTime:
    """What a clock and a calendar on the wall show: minutes since midnight, weekday (Monday is 0), day number."""

    minute: int
    weekday: int
    ordinal: int


@functools.lru_cache(maxsize=1024)
def zone_named(name: str) -> ZoneInfo | None:
    """The zone of that IANA name, None where there is no such zone."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def known_zone(name: str) -> ZoneInfo:
    """The zone of a name that was checked before."""
    found = zone_named(name)
    if found is None:
        raise ValueError(f"{name!r} is not a time zone. Write an IANA name such as Asia/Tokyo.")
    return found


@functools.lru_cache(maxsize=1)
def zones_by_country() -> dict[str, tuple[str, ...]]:
    """Every zone of every country, from the zone table of the IANA database."""
    table: dict[str, list[str]] = {}
    for line in resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            country, _, name = line.split("\t")[:3]
            table.setdefault(country, []).append(name)
    return {country: tuple(sorted(names)) for country, names in table.items()}


@functools.lru_cache(maxsize=512)
def zones_of(country: str) -> tuple[str, ...]:
    """Every zone of a country; of a country that the table does not know, every zone of the world."""
    table = zones_by_country()
    return table.get(country) or tuple(sorted({name for names in table.values() for name in names}))


def where(timezone: str | None, country: str | None, home_country: str, home_timezone: str) -> tuple[str, ...]:
    """The zones in which a customer may be: their own, else all of their country, else all of the home country."""
    if timezone is not None and zone_named(timezone) is not None:
        return (timezone,)
    if country is not None:
        return zones_of(country)
    home = zones_of(home_country)
    return home if home_timezone in home else (*home, home_timezone)


@functools.lru_cache(maxsize=4096)
def countries_where(zones: tuple[str, ...]) -> tuple[str, ...]:
    """The countries in which those zones lie, as far as the table knows them."""
    table = zones_by_country()
    return tuple(country for country, names in table.items() if not set(zones).isdisjoint(names))


@functools.lru_cache(maxsize=65_536)
def local_time(name: str, epoch_minute: int) -> LocalTime:
    """The wall clock in one zone at one minute."""
    shown = datetime.fromtimestamp(epoch_minute * 60, known_zone(name))
    return LocalTime(shown.hour * 60 + shown.minute, shown.weekday(), shown.toordinal())


@functools.lru_cache(maxsize=16_384)
def local_times(zones: tuple[str, ...], epoch_minute: int) -> tuple[LocalTime, ...]:
    """Every different reading of the wall clocks in `zones` at one minute."""
    return tuple(dict.fromkeys(local_time(name, epoch_minute) for name in zones))


def offset(name: str, micros: int) -> timedelta:
    """How far the zone is ahead of UTC at an instant."""
    ahead = from_micros(micros).astimezone(known_zone(name)).utcoffset()
    return ahead or timedelta(0)


@functools.lru_cache(maxsize=16_384)
def jumps(name: str, ordinal: int) -> tuple[int, ...]:
    """The instants at which the zone's clock is put forward or back, around one local day."""
    early = to_micros(datetime.combine(date.fromordinal(ordinal), time(), UTC)) - DAY
    found = []
    for start in (early, early + DAY, early + 2 * DAY):
        low, high = start, start + DAY
        if offset(name, low) == offset(name, high):
            continue
        while high - low > MINUTE:
            middle = (low + high) // 2 // MINUTE * MINUTE
            low, high = (middle, high) if offset(name, middle) == offset(name, start) else (low, middle)
        found.append(high)
    return tuple(found)


def readings(name: str, ordinal: int, minute: int) -> tuple[int, ...]:
    """The instants at which the clock shows `minute` on that day: one, or two when the clock is put back."""
    wall = datetime.combine(date.fromordinal(ordinal), time(), known_zone(name)) + timedelta(minutes=minute)
    return tuple({to_micros(wall.replace(fold=fold).astimezone(UTC)) for fold in (0, 1)})


@functools.lru_cache(maxsize=65_536)
def day_start(name: str, ordinal: int) -> int:
    """The first instant of a local day, also where the clock jumps over midnight."""
    candidates = sorted({*readings(name, ordinal, 0), *jumps(name, ordinal)})
    for micros in candidates:
        if local_time(name, micros // MINUTE).ordinal == ordinal:
            return micros
    return candidates[0]
