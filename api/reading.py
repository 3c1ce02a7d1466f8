"""Reading JSON strictly: what other programs would read differently, or cannot store, is refused with its place."""

import json
import math
import re
from typing import NoReturn

from pydantic import JsonValue

from api.faults import FieldProblem, field_name
from api.problems import Problem
from domain.errors import shortened

MOST_LEVELS = 32
SMALLEST, LARGEST = -(2**63), 2**63 - 1
LONGEST_INTEGER = 20
STRINGS, BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*+"'), re.compile(rb"[][{}]")


def read_json(body: bytes) -> JsonValue:
    """The value that `body` holds; raises Problem for anything but plain, unambiguous, storable JSON."""
    if too_deep(body):
        raise unreadable(f"it is nested more than {MOST_LEVELS} levels deep")
    try:
        value: JsonValue = DECODER.decode(body.decode())
    except json.JSONDecodeError as error:
        raise unreadable(f"{error.msg} at line {error.lineno}, column {error.colno}") from error
    except UnicodeDecodeError as error:
        raise unreadable(f"byte {error.start} is not UTF-8") from error
    except ValueError as error:
        raise unreadable(str(error)) from error
    if b"\\u" in body:
        # Only an escape can bring in what no UTF-8 text holds.
        inspect_value(value, ())
    return value


def too_deep(body: bytes) -> bool:
    """Whether lists and objects lie in each other deeper than anybody needs; found before the parser recurses."""
    if body.count(b"[") + body.count(b"{") <= MOST_LEVELS:
        return False
    level = 0
    for bracket in BRACKETS.findall(STRINGS.sub(b"", body)):
        level += 1 if bracket in b"[{" else -1
        if level > MOST_LEVELS:
            return True
    return False


def unreadable(why: str) -> Problem:
    """The refusal of a body that is not JSON as we read it."""
    detail = f"The body cannot be read as JSON: {why}. Correct it and send it again."
    return Problem(422, "json", detail, [FieldProblem("body", why)])


def inspect_value(value: JsonValue, place: tuple[str | int, ...]) -> None:
    """Refuses strings that no database stores, naming the place."""
    if isinstance(value, str):
        inspect_text(value, place)
    elif isinstance(value, dict):
        for key, inner in value.items():
            inspect_text(key, place)
            inspect_value(inner, (*place, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            inspect_value(inner, (*place, index))


def inspect_text(text: str, place: tuple[str | int, ...]) -> None:
    """Refuses NUL and half a surrogate pair."""
    if "\0" in text:
        refuse_text(text, place, "it holds a NUL character")
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        refuse_text(text, place, "it holds half of a surrogate pair, which is no character")


def refuse_text(text: str, place: tuple[str | int, ...], why: str) -> NoReturn:
    """Raises the problem of a string that cannot be stored."""
    field = field_name(
        [part.encode("utf-8", "backslashreplace").decode() if isinstance(part, str) else part for part in place]
    )
    found = FieldProblem(field, f"{shortened(text)} cannot be used: {why}")
    raise Problem(422, "malformed", f"{found.field}: {found.detail}", [found])


def unique(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    """An object whose names are unique: readers differ on which of two values they take."""
    built = dict(pairs)
    if len(built) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the name {shortened(twice)} stands twice in one object")
    return built


def finite(digits: str) -> float:
    """A number that fits into a double."""
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"the number {shortened(digits)} is too large")
    return number


def whole(digits: str) -> int:
    """An integer that a database column holds."""
    if len(digits) > LONGEST_INTEGER or not SMALLEST <= (number := int(digits)) <= LARGEST:
        raise ValueError(f"the number {shortened(digits)} is too large")
    return number


def not_a_number(name: str) -> NoReturn:
    """Refuses NaN and the infinities, which are no JSON."""
    raise ValueError(f"{name} is not a JSON number")


DECODER = json.JSONDecoder(object_pairs_hook=unique, parse_float=finite, parse_int=whole, parse_constant=not_a_number)
