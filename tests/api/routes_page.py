"""docs/routes.md, read: the tests believe what it says about roles, paging, limits and statuses."""

import re
from pathlib import Path
from typing import NamedTuple

from records.keys import ROLES

PAGE = Path(__file__).parents[2] / "docs" / "routes.md"
ROW = re.compile(r"\| `(?P<method>[A-Z]+) (?P<path>/[^`]*)` \|(?P<rest>.*)\|")
PROBLEM = re.compile(r"\| `(?P<type>urn:tact:problem:[a-z-]+)` \| (?P<status>[\d ]+) \|")


class Row(NamedTuple):
    """One route as the page describes it."""

    method: str
    path: str
    roles: frozenset[str]
    paged: bool
    body: str
    statuses: frozenset[str]


def rows() -> list[Row]:
    """Every route on the page."""
    return [row(found) for line in PAGE.read_text("utf-8").splitlines() if (found := ROW.fullmatch(line))]


def row(found: re.Match[str]) -> Row:
    """One line of the table."""
    roles, _, paged, body, statuses = (cell.strip() for cell in found["rest"].split("|"))
    named = frozenset(re.findall(r"[a-z]+", roles)) & frozenset(ROLES)
    return Row(found["method"], found["path"], named, paged == "yes", body, frozenset(statuses.split()))


def problems() -> dict[str, set[int]]:
    """Every problem type on the page, with its statuses."""
    found = PROBLEM.finditer(PAGE.read_text("utf-8"))
    return {one["type"]: {int(status) for status in one["status"].split()} for one in found}


def parts_by_channel() -> dict[str, set[str]]:
    """The parts of a message that the page allows each channel."""
    section = PAGE.read_text("utf-8").partition("## The parts of a message")[2]
    found = {}
    for line in section.splitlines():
        if line.startswith("| ") and "`" in line:
            channels, parts = line.strip("| ").split(" | ")
            found.update({channel.strip(): set(re.findall("`([a-z]+)`", parts)) for channel in channels.split(",")})
    return found
