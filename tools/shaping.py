"""Shaping: JSON out of a model's words, held against the schema that was asked for."""

import json
import re
from collections.abc import Iterator

import jsonschema  # type: ignore[import-untyped]  # it ships no types
from pydantic import JsonValue

from domain.errors import ModelBroken, shortened
from tools.model import Shape

FENCED = re.compile(r"```(?:json)?\s*\n(.*?)```", re.DOTALL)
THINKS, THOUGHT = (re.compile(rf"<{end}(?:think|thinking|thought|reasoning)>", re.IGNORECASE) for end in ("", "/"))
LONGEST = 200_000
"""Letters; no answer that we ask for comes near it."""
TRIES = 8
"""Places at which an object may begin among other words."""


def instruction(shape: Shape) -> str:
    """How a server without structured output is asked for the shape."""
    schema = json.dumps(shape.schema, ensure_ascii=False)
    return f"Answer with one JSON value that this JSON schema allows, and with nothing before or after it:\n{schema}"


def without_thoughts(text: str) -> str:
    """The words after what a reasoning model said to itself; many servers leave out where that began."""
    said = THOUGHT.split(text)[-1]
    return THINKS.split(said)[0].strip()


def shaped(text: str, shape: Shape) -> JsonValue:
    """The value of that shape in the words; raises ModelBroken where there is none."""
    if len(text) > LONGEST:
        raise ModelBroken(f"it wrote {len(text):,} letters where a short answer was asked for")
    complaint = "it wrote no JSON"
    for value in values_in(text):
        wrong = complaint_about(value, shape)
        if wrong is None:
            return value
        complaint = wrong
    raise ModelBroken(f"its answer is not of the shape {shape.name!r}: {complaint}")


def values_in(text: str) -> Iterator[JsonValue]:
    """Whatever JSON the words hold: all of them, else a fenced block, else the first objects among other words."""
    whole = parsed(text)
    if whole is not None:
        yield whole
        return
    for block in FENCED.findall(text)[:TRIES]:
        value = parsed(block)
        if value is not None:
            yield value
    for place in [found.start() for found in re.finditer(r"[{\[]", text)][:TRIES]:
        value = first_of(text[place:])
        if isinstance(value, (dict, list)):
            yield value


def parsed(text: str) -> JsonValue:
    """The text as JSON, None where it is none."""
    try:
        value: JsonValue = json.loads(text, parse_constant=refuse)
    except (ValueError, RecursionError):  # A model can nest brackets deeper than the parser goes.
        return None
    return value


def first_of(text: str) -> JsonValue:
    """The JSON that the text begins with, None where it begins with none."""
    try:
        value: JsonValue = json.JSONDecoder(parse_constant=refuse).raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None
    return value


def refuse(name: str) -> JsonValue:
    """NaN and infinities are no JSON, though Python reads them."""
    raise ValueError(name)


def complaint_about(value: JsonValue, shape: Shape) -> str | None:
    """What is wrong with the value, None where the schema allows it."""
    try:
        # The first mistake is enough: to look for all of them takes seconds in a long answer.
        first = next(jsonschema.Draft202012Validator(shape.schema).iter_errors(value), None)
        wrong = first and jsonschema.exceptions.best_match([first])
    except RecursionError:
        return "it is nested too deeply"
    if wrong is None:
        return None
    where = "".join(f"[{part!r}]" for part in wrong.absolute_path) or "the whole"
    return f"{where}: {shortened(wrong.message, 160)}"
