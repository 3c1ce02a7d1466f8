"""Sums: how two parts of what is counted become one, so that neither order nor grouping matters."""

from collections.abc import Callable, Iterable
from typing import Any
from zlib import crc32

STAMPS = 9
"""Instants that are kept of one category."""


def first_of(one: list[Any], other: list[Any]) -> list[Any]:
    """Of two reports of the same thing the first one, whichever came first to us."""
    return one if one[:2] <= other[:2] else other


def latest_of(one: list[int], other: list[int]) -> list[int]:
    """The later instant in every column."""
    return [max(pair) for pair in zip(one, other, strict=True)]


def added(one: list[int], other: list[int]) -> list[int]:
    """The sum of every column."""
    return [left + right for left, right in zip(one, other, strict=True)]


def counted(one: list[int], other: list[int]) -> list[int]:
    """The sum of every column but the last, which is an instant."""
    return [*added(one[:-1], other[:-1]), max(one[-1], other[-1])]


def surveyed(one: list[int], other: list[int]) -> list[int]:
    """How many answers and their sum; then the last of them."""
    return [one[0] + other[0], one[1] + other[1], *max(one[2:], other[2:])]


def again(one: list[int], other: list[int]) -> list[int]:
    """How many purchases, then the newest instants."""
    return [one[0] + other[0], *stamps_of(one[1:], other[1:])]


def stamps_of(one: Iterable[int], other: Iterable[int]) -> list[int]:
    """The newest instants of both."""
    return sorted({*one, *other})[-STAMPS:]


def summed(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    """The sum under every name."""
    found = dict(one)
    for name, value in other.items():
        found[name] = found.get(name, 0) + value
    return found


def joined(one: dict[str, Any], other: dict[str, Any], join: Callable[[Any, Any], Any]) -> dict[str, Any]:
    """Every name of both; what stands under it in both is joined."""
    found = dict(one)
    for name, value in other.items():
        found[name] = join(found[name], value) if name in found else value
    return found


def keep_newest(latest: dict[str, Any], most: int) -> None:
    """Keeps the names with the latest instant; of what has several the latest counts."""
    for name in sorted(latest, key=lambda name: (max(latest[name][:2]), name))[:-most]:
        del latest[name]


def keep_by_hash(columns: dict[str, Any], most: int) -> None:
    """Keeps the names that come first by their hash: whatever else came, they always did, and lost nothing."""
    for name in sorted(columns, key=lambda name: (crc32(name.encode()), name))[most:]:
        del columns[name]
