"""Faults of a request: what pydantic found, as one sentence about one field, in the words of JSON."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pydantic_core import ErrorDetails

from domain.errors import shortened
from domain.told import TOLD

PLACES = ("body", "query", "path", "header")
"""Where FastAPI found a value; a reader does not write that."""
PATTERNS: Mapping[str, str] = {
    r"^[^\x00]*$": "it holds a NUL character",
    "^[A-Z]{2}$": "give two capital letters, like JP",
    "^[A-Z]{3}$": "give three capital letters, like JPY",
}
KINDS: Mapping[str, str] = {
    "string": "a text",
    "int": "a whole number",
    "float": "a number",
    "decimal": "a number",
    "finite": "a number",
    "bool": "true or false",
    "date": "a date like 2026-11-24",
    "datetime": "a time with its offset, like 2026-11-24T10:00:00+09:00",
    "timezone": "a time with its offset, like 2026-11-24T10:00:00+09:00",
    "time": "a time of day like 21:00",
    "list": "a list",
    "tuple": "a list",
    "set": "a list",
    "frozen": "a list",
    "iterable": "a list",
    "dict": "an object",
    "mapping": "an object",
    "model": "an object",
    "dataclass": "an object",
    "none": "null, or leave it out",
}
"""What is expected, by the first word of pydantic's type of an error."""
BOUNDS: Mapping[str, str] = {
    "greater_than": "give more than {gt}",
    "greater_than_equal": "give at least {ge}",
    "less_than": "give less than {lt}",
    "less_than_equal": "give at most {le}",
    "too_short": "give at least {min_length} of them",
    "too_long": "give at most {max_length} of them",
    "string_too_short": "give at least {min_length} characters",
    "string_too_long": "give at most {max_length} characters",
    "decimal_max_digits": "give at most {max_digits} digits",
    "decimal_max_places": "give at most {decimal_places} digits behind the point",
    "literal_error": "give one of {expected}",
    "enum": "give one of {expected}",
    "union_tag_invalid": "its {discriminator} is none of {expected_tags}",
    "union_tag_not_found": "it lacks its {discriminator}",
    "string_unicode": "it holds what is no character",
}
QUOTED_LAST = re.compile(r" or (?='[^']*'$)")


class FieldProblem(NamedTuple):
    """One field that cannot be used, and why."""

    field: str
    detail: str


def faults(errors: Sequence[ErrorDetails], body: object = None) -> tuple[FieldProblem, ...]:
    """What is wrong, one sentence a field: the shapes that a value could have had are named together."""
    found: dict[str, list[ErrorDetails]] = {}
    for error in errors:
        if not is_echo(error, errors):
            found.setdefault(field_name(written(error["loc"], body)), []).append(error)
    return tuple(FieldProblem(name, sentence(about)) for name, about in found.items())


def field_name(location: Sequence[int | str]) -> str:
    """`("body", "channels", 0)` as a reader writes it: `channels[0]`."""
    parts = location[1:] if location and location[0] in PLACES else location
    name = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts)
    return name.removeprefix(".") or "body"


def written(location: Sequence[int | str], body: object) -> tuple[int | str, ...]:
    """The location without the names of shapes that were tried, which nobody wrote."""
    if not location or location[0] != "body":
        return tuple(location)
    at, parts = body, [*location[:1]]
    for index, part in enumerate(location[1:], 1):
        inside = within(at, part)
        if inside is None:
            named_only = isinstance(at, Mapping) and index == len(location) - 1 and is_name(part)
            parts += [part] if named_only else []
        else:
            (at,) = inside
            parts.append(part)
    return tuple(parts)


def within(value: object, part: int | str) -> tuple[object] | None:
    """What stands there in a value, None where nothing does."""
    if isinstance(value, Mapping):
        return (value[part],) if part in value else None
    if isinstance(value, list) and isinstance(part, int):
        return (value[part],) if part < len(value) else None
    return None


def is_name(part: int | str) -> bool:
    """Whether a part of a location can be the name of a field that is missing."""
    return isinstance(part, str) and part.isidentifier() and part not in KINDS and part not in ("str", "one", "many")


def is_echo(error: ErrorDetails, errors: Sequence[ErrorDetails]) -> bool:
    """Whether a list is only called too short because the items in it cannot be used, which is said already."""
    place = error["loc"]
    return error["type"] == "too_short" and any(
        len(other["loc"]) > len(place) and other["loc"][: len(place)] == place for other in errors
    )


def sentence(about: Sequence[ErrorDetails]) -> str:
    """What is wrong with one value; where it had the right kind, what is wrong with its kind is left out."""
    chosen = next((error for error in about if expected(error) is None), None)
    if chosen is None:
        kinds = list(dict.fromkeys(kind for error in about if (kind := expected(error))))
        return f"{quoted(about[0]['input'])} cannot be used: give {' or '.join(kinds)}"
    if chosen["type"] == "missing":
        return "this field is required"
    if chosen["type"] == "extra_forbidden":
        return "there is no such field; check its spelling"
    return f"{quoted(chosen['input'])} cannot be used: {why(chosen)}"


def expected(error: ErrorDetails) -> str | None:
    """What kind of value it should have been, None where the kind is not what is wrong."""
    kind = error["type"]
    if kind in BOUNDS or not kind.endswith(("_type", "_parsing", "_aware", "_from_float", "_number", "_required")):
        broken = kind.startswith(("date_from", "datetime_from", "time_from", "datetime_object"))
        return KINDS[kind.partition("_")[0]] if broken else None
    return KINDS.get(kind.partition("_")[0])


def why(error: ErrorDetails) -> str:
    """What is wrong with a value of the right kind."""
    context = error.get("ctx", {})
    if error["type"] == TOLD:
        return error["msg"]
    if error["type"] in ("value_error", "assertion_error"):
        return error["msg"].partition(", ")[2]
    if error["type"] == "string_pattern_mismatch":
        pattern = str(context.get("pattern"))
        return PATTERNS.get(pattern, f"it does not have the form {pattern}")
    if error["type"] in BOUNDS:
        listed = {name: QUOTED_LAST.sub(", ", str(value)) for name, value in context.items()}
        return BOUNDS[error["type"]].format_map(listed)
    return "it does not have the form that GET /docs shows"


def quoted(value: object) -> str:
    """A value as the reader wrote it, never longer than a line: text in our quotes, everything else as JSON."""
    if isinstance(value, str):
        return shortened(value)
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        return shortened(value)
    text = text.encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= 80 else f"{text[:79]}…"
