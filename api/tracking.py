"""Reading requests with events: each event for itself, so that a bad one costs none of the others."""

import json
import math
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from pydantic import JsonValue
from pydantic_core import from_json, to_json

from api.arriving import (
    LONGEST_ID,
    LONGEST_MESSAGE_ID,
    Envelope,
    Object,
    Unfit,
    identifiers_in,
    moment_of,
    read_event,
)
from api.faults import FieldProblem, field_name
from api.limits import EVENT_BYTES
from api.problems import Problem
from api.reading import MOST_LEVELS, inspect_text, read_json, too_deep, unreadable, whole
from domain.arrival import Arrival, Refusal, is_of_everybody
from domain.customer import IdentifierKind

ODD = re.compile(rb"\\u0000|[:\[,\s]-?\d[\d.]*(?:\d{18}|[eE]\+?\d{3})")
"""What may be something that no database or column holds; such bodies are looked through, the others are not."""


MOST_DIGITS = 400
"""Digits of an integer that is read at all; a column holds nineteen."""


class Reading(NamedTuple):
    """The events of a request, and what was wrong with the others, each with its place."""

    arrivals: list[Arrival]
    refusals: list[tuple[int, Refusal]]


def body_of(raw: bytes, strict: bool) -> tuple[JsonValue, bool]:
    """The value of a body, and whether there may be anything odd in it; raises Problem for what is not JSON."""
    if strict:
        refuse_doubtful(raw)
    if too_deep(raw):
        return lenient(raw), True
    try:
        return from_json(raw, allow_inf_nan=False), strict or ODD.search(raw) is not None
    except ValueError:
        return lenient(raw), True


def refuse_doubtful(raw: bytes) -> None:
    """Raises Problem for a body that other programs would read otherwise: a name twice in one object, say."""
    try:
        read_json(raw)
    except Problem as problem:
        if problem.code == "json":
            raise Problem(400, "malformed", str(problem.detail), problem.errors) from problem


def lenient(raw: bytes) -> JsonValue:
    """The value of a body with an event in it that nobody can keep: the others are still good."""
    try:
        value: JsonValue = json.loads(raw.decode(), parse_int=countable)
    except UnicodeDecodeError as error:
        raise unreadable(f"byte {error.start} is not UTF-8") from error
    except RecursionError as error:
        raise unreadable("it is nested far too deep") from error
    except ValueError as error:
        raise unreadable(str(error)) from error
    return value


def countable(digits: str) -> int | float:
    """An integer; one with more digits than anybody counts to is endless, so that the event with it is named."""
    return int(digits) if len(digits) <= MOST_DIGITS else math.copysign(math.inf, -1 if digits[0] == "-" else 1)


def read_request(raw: bytes, envelope: Envelope, strict: bool = False) -> Reading:
    """The events of a request; `envelope.type` is None for a batch."""
    body, odd = body_of(raw, strict)
    if not isinstance(body, dict):
        raise outside("body", "give one JSON object")
    if envelope.type is not None:
        return read_all([body], envelope._replace(sent_at=moment_of(body.get("sentAt"))), odd, False)
    batch = body.get("batch")
    if not isinstance(batch, list):
        raise outside("batch", "give the list of events")
    context = body.get("context")
    whole = envelope._replace(
        sent_at=moment_of(body.get("sentAt")), context=context if isinstance(context, dict) else {}
    )
    return read_all(batch, whole, odd, len(raw) > EVENT_BYTES)


def read_all(batch: list[JsonValue], envelope: Envelope, odd: bool, large: bool) -> Reading:
    """Every event of a list; raises Problem where one is larger than an event may be."""
    reading, seen = Reading([], []), dict[str, int]()
    for place, raw in enumerate(batch):
        if large and size_of(raw) > EVENT_BYTES:
            raise too_large(place)
        try:
            if odd:
                refuse_odd(raw)
            reading.arrivals.append(read_event(raw, envelope, seen))
        except Unfit as unfit:
            reading.refusals.append((place, refusal(raw, envelope, unfit)))
    return reading


def size_of(raw: JsonValue) -> int:
    """The bytes of an event as JSON; what is nested too deep to be written is refused for that."""
    try:
        return len(to_json(raw, inf_nan_mode="constants"))
    except ValueError:  # Half a character, or lists in lists in lists.
        pass
    try:
        return len(json.dumps(raw, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))
    except RecursionError:
        return 0


def refuse_odd(raw: JsonValue) -> None:
    """Raises Unfit for what no database or column holds: NUL, half a character, endless numbers, endless depth."""
    for path, value in walk(raw, ()):
        if len(path) > MOST_LEVELS:
            raise Unfit(field_name(list(path[:3])), f"it is nested more than {MOST_LEVELS} levels deep")
        if isinstance(value, str):
            try:
                inspect_text(value, path)
            except Problem as problem:
                raise Unfit(problem.errors[0].field, problem.errors[0].detail) from problem
        elif isinstance(value, float) and not math.isfinite(value):
            raise Unfit(field_name(list(path)), f"{value} is no number of JSON, or one without end")
        elif isinstance(value, int) and not isinstance(value, bool):
            try:
                whole(str(value))
            except ValueError as error:
                raise Unfit(field_name(list(path)), "the number is too large") from error


def walk(value: JsonValue, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], JsonValue]]:
    """Every key and value of an event with its place, one level deeper than is allowed at most."""
    yield path, value
    if len(path) > MOST_LEVELS:
        return
    if isinstance(value, dict):
        for name, inner in value.items():
            yield path, name
            yield from walk(inner, (*path, name.encode("utf-8", "backslashreplace").decode()))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from walk(inner, (*path, place))


def refusal(raw: JsonValue, envelope: Envelope, unfit: Unfit) -> Refusal:
    """An event that cannot be used, as it is kept: in text that every database stores, and without a key."""
    found = Refusal(printable(unfit.field)[:200], printable(unfit.reason)[:500], document_of(raw), envelope.source)
    if not isinstance(raw, dict):
        return found
    content: Object = {name: value for name, value in raw.items() if name != "writeKey"}
    if envelope.type is not None:
        content["type"] = envelope.type
    if envelope.sent_at is not None and "receivedAt" not in content:
        content.setdefault("sentAt", envelope.sent_at.isoformat())
    context = content.get("context")
    if envelope.context and (context is None or isinstance(context, dict)):
        content["context"] = {**envelope.context, **(context or {})}
    kind, given = content.get("type"), raw.get("messageId")
    return found._replace(
        document=document_of(content),
        type=printable(kind)[:20] if isinstance(kind, str) else None,
        message_id=printable(given)[:LONGEST_MESSAGE_ID] if isinstance(given, str) and is_name(given) else None,
        user_id=readable(raw.get("userId")),
        anonymous_id=readable(raw.get("anonymousId")),
        identifiers=named_in(content),
    )


def document_of(content: JsonValue) -> str:
    """The event as JSON; half characters and NUL are written as escapes, and what is too deep is left out."""
    try:
        return json.dumps(content, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()
    except RecursionError:
        return '{"unreadable": true}'


def readable(value: JsonValue) -> str | None:
    """An id, where it is one."""
    return value if isinstance(value, str) and 0 < len(value) <= LONGEST_ID else None


def is_name(given: str) -> bool:
    """Whether a message id tells one event from another."""
    return bool(given.strip()) and not is_of_everybody(given)


def named_in(raw: Object) -> Mapping[IdentifierKind, str]:
    """Whom an event names that cannot be used otherwise."""
    context, traits = raw.get("context"), raw.get("traits")
    found = identifiers_in(
        "identify", traits if isinstance(traits, dict) else {}, context if isinstance(context, dict) else {}
    )
    return {kind: printable(value) for kind, value in found.items()}


def printable(text: str) -> str:
    """A text that every database stores."""
    return text.replace("\0", "\\0").encode("utf-8", "backslashreplace").decode()


def outside(field: str, why: str) -> Problem:
    """The refusal of a request in which no event is found."""
    return Problem(400, "malformed", f"{field}: {why}. Send what Segment's SDKs send.", [FieldProblem(field, why)])


def too_large(place: int) -> Problem:
    """The refusal of a batch with an event in it that is too large."""
    why = f"an event may have at most {EVENT_BYTES} bytes"
    detail = f"batch[{place}]: {why}. Send less with it."
    return Problem(413, "body-too-large", detail, [FieldProblem(f"batch[{place}]", why)])


def refused(refusals: list[tuple[int, Refusal]], single: bool) -> Problem:
    """The refusal of a request in strict mode: every bad event with its field."""
    fields = [
        FieldProblem(one.field if single else f"batch[{place}].{one.field}", one.reason) for place, one in refusals
    ]
    said = "; ".join(f"{one.field}: {one.detail}" for one in fields[:5])
    return Problem(400, "malformed", f"{said}. Nothing of the request was kept.", fields[:100])


def again(document: str, source: str, received_at: datetime) -> Arrival | Unfit:
    """A dead letter read again, as of when it came in."""
    try:
        raw: JsonValue = json.loads(document)
        sent = moment_of(raw.get("sentAt")) if isinstance(raw, dict) else None
        refuse_odd(raw)
        return read_event(raw, Envelope(source, received_at, sent), {})
    except Unfit as unfit:
        return unfit
    except (ValueError, RecursionError) as error:
        return Unfit("event", str(error))
