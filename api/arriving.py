"""Reading one event as Segment's and RudderStack's SDKs write it, field by field; what cannot be used is named.

Nothing here is a pydantic model: a shop sends thousands of these a second.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, get_args

from pydantic import JsonValue
from pydantic_core import to_json

from domain import arrival
from domain.arrival import Arrival, is_of_everybody
from domain.customer import IdentifierKind
from domain.errors import shortened
from domain.event import EventType
from domain.spelling import identifier_kind
from records.identifiers import readable

Object = dict[str, JsonValue]

LONGEST_ID, LONGEST_NAME, LONGEST_MESSAGE_ID = arrival.LONGEST_ID, arrival.LONGEST_NAME, arrival.LONGEST_MESSAGE_ID
TYPES: tuple[EventType, ...] = get_args(EventType)
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""An event before this was timed by a clock that nobody had set."""
AHEAD = timedelta(hours=24)
"""How far a clock may be ahead of ours: up to here the event happens now, beyond it nobody knows when."""
SAME = timedelta(minutes=10)
"""How long an event that names neither itself nor a time is taken for a repetition of an equal one."""

KEPT = ("page", "campaign", "locale", "timezone", "app", "library", "os", "device", "location", "place", "store")
"""What is kept of a context; a network address or the name of a browser is not."""
INSIDE: Mapping[str, tuple[str, ...]] = {
    "device": ("type", "manufacturer"),
    "os": ("name",),
    "app": ("name", "version"),
    "library": ("name", "version"),
    "location": ("city", "region", "country", "latitude", "longitude", "lat", "lon", "place"),
}


class Envelope(NamedTuple):
    """What holds for every event of a request."""

    source: str
    received_at: datetime
    sent_at: datetime | None = None
    type: str | None = None
    context: Mapping[str, JsonValue] = {}


class Unfit(Exception):
    """A field of an event that cannot be used."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.reason = field, reason


def read_event(raw: JsonValue, envelope: Envelope, seen: dict[str, int]) -> Arrival:
    """One event; raises Unfit naming the field. `seen` counts events that name neither themselves nor a time."""
    if not isinstance(raw, dict):
        raise Unfit("event", f"{shortened(raw)} is no JSON object")
    kind = type_of(raw, envelope)
    at = time_of(raw, envelope)
    context = object_in(raw, "context") or {}
    if envelope.context:
        context = {**envelope.context, **context}
    traits = object_in(raw, "traits") or {}
    if kind == "identify" and isinstance(beside := context.get("traits"), dict):
        traits = {**beside, **traits}  # RudderStack's SDKs put them there.
    properties = object_in(raw, "properties") or {}
    name = name_of(raw, kind, properties)
    decision_id = decision_in(properties, context)
    user, anonymous = id_in(raw, "userId"), id_in(raw, "anonymousId")
    known = identifiers_in(kind, traits, context)
    previous, group = id_in(raw, "previousId"), id_in(raw, "groupId")
    if user is None and anonymous is None and not known and decision_id is None:
        raise Unfit("userId", "give userId or anonymousId, so that we know who it was")
    if kind == "alias" and (previous is None or user is None):
        raise Unfit("previousId" if previous is None else "userId", "an alias joins previousId to userId: give both")
    if kind == "group" and group is None:
        raise Unfit("groupId", "a group call names the group")
    return Arrival(
        message_id_of(raw, kind, envelope, seen),
        kind,
        at,
        envelope.source,
        user,
        anonymous,
        known,
        name,
        properties,
        traits,
        kept_of(context) if context else {},
        decision_id,
        group,
        previous,
    )


def type_of(raw: Object, envelope: Envelope) -> EventType:
    """Which of the six calls it is."""
    wanted = envelope.type or raw.get("type")
    kind = next((known for known in TYPES if known == wanted), None)
    if kind is None:
        raise Unfit("type", f"{shortened(wanted)} is none of {', '.join(sorted(TYPES))}")
    return kind


def name_of(raw: Object, kind: EventType, properties: Object) -> str | None:
    """The name of what happened; of a page or screen its name, which goes by no other."""
    name = raw.get("event" if kind == "track" else "name")
    if kind == "track" and (not isinstance(name, str) or not name.strip()):
        raise Unfit("event", f"{shortened(name)} is no name of an event")
    if name is None or kind in ("identify", "group", "alias"):
        return None
    if not isinstance(name, str) or len(name) > LONGEST_NAME:
        raise Unfit("event" if kind == "track" else "name", f"{shortened(name)} is no name of at most 200 characters")
    if isinstance(category := raw.get("category"), str) and "category" not in properties:
        properties["category"] = category
    return name


def id_in(raw: Object, field: str) -> str | None:
    """An id that names one person or thing; None where there is none."""
    value = raw.get(field)
    if value is None or value == "":
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or len(value) > LONGEST_ID:
        raise Unfit(field, f"{shortened(value)} is no id of at most {LONGEST_ID} characters")
    value = value.strip()
    if is_of_everybody(value):
        raise Unfit(field, f"{shortened(value)} is sent by mistake for everybody, and names nobody")
    return value or None


def object_in(raw: Object, field: str) -> Object | None:
    """A field that holds an object."""
    value = raw.get(field)
    if value is not None and not isinstance(value, dict):
        raise Unfit(field, f"{shortened(value)} is no JSON object")
    return value


def identifiers_in(kind: EventType, traits: Object, context: Object) -> dict[IdentifierKind, str]:
    """By what else the sender knows the person: external ids and traits of any context, traits of an identify call.

    Where several say the same kind, the last counts that can be read: the one that goes into the profile.
    """
    found: dict[IdentifierKind, str] = {}
    for name, value in named_in(kind, traits, context):
        if (known := identifier_kind(name)) and (text := identifier(value)) and is_better(known, text, found):
            found[known] = text
    return found


def named_in(kind: EventType, traits: Object, context: Object) -> Iterator[tuple[str, JsonValue]]:
    """Every name and value among them, those that go into the profile last."""
    for field in ("externalIds", "externalId"):
        listed = context.get(field)
        for one in listed if isinstance(listed, list) else ():
            if isinstance(one, dict) and isinstance(one.get("type"), str):
                yield str(one["type"]), one.get("id")
    for given in (context.get("traits"), traits if kind == "identify" else None):
        if isinstance(given, dict):
            yield from given.items()


def identifier(value: JsonValue) -> str | None:
    """An address or number by which somebody is known, None for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) and 0 < len(value) <= 320 and not is_of_everybody(value) else None


def is_better(kind: IdentifierKind, text: str, found: Mapping[IdentifierKind, str]) -> bool:
    """Whether it takes the place of what was found under another spelling: not where it cannot be read."""
    return found.get(kind) != text and (kind not in found or bool(readable({kind: text})))


def decision_in(properties: Object, context: Object) -> str | None:
    """The decision that an event answers."""
    for value in (properties.get("decision_id"), properties.get("decisionId"), context.get("decision_id")):
        if isinstance(value, str) and 0 < len(value) <= LONGEST_ID:
            return value
    return None


def kept_of(context: Object) -> Object:
    """What is kept of a context."""
    kept: Object = {}
    for field in KEPT:
        value = context.get(field)
        if value is None:
            continue
        if field in INSIDE and isinstance(value, dict):
            value = {name: value[name] for name in INSIDE[field] if name in value}
        if field == "page" and isinstance(value, dict):
            value = {name: without_query(inner) for name, inner in value.items() if name != "search"}
        kept[field] = value
    return kept


def without_query(value: JsonValue) -> JsonValue:
    """An address without what stands behind it, where mailers put codes that name a person."""
    return re.split(r"[?#]", value, maxsplit=1)[0] if isinstance(value, str) and "://" in value else value


def time_of(raw: Object, envelope: Envelope) -> datetime:
    """When it happened, on our clock: the sender's clock is as wrong for the event as it is for the sending."""
    received = envelope.received_at
    field, sent, taken = clocks_of(raw, envelope)
    given = raw.get(field)
    if given is None:
        return min(taken, received)
    at = moment_of(given)
    if at is None:
        raise Unfit(field, f"{shortened(given)} is no time; write it like 2026-11-24T10:00:00Z")
    try:
        if sent is not None:
            at = taken - (sent - at)
    except OverflowError as error:
        raise Unfit(field, f"{shortened(given)} lies outside of time") from error
    if at < EARLIEST:
        raise Unfit(field, f"{shortened(given)} is before 1990: the sender's clock was not set")
    if at > received + AHEAD:
        raise Unfit(
            field, f"{shortened(given)} is more than a day ahead of our clock, so that nobody knows when it was"
        )
    return min(at, received)


def clocks_of(raw: Object, envelope: Envelope) -> tuple[str, datetime | None, datetime]:
    """The field that says when it happened, when it was sent by the sender's clock, and when it came in by a right one.

    An event that another collector passes on came in there, and its `timestamp` was put right already.
    """
    field = "timestamp" if raw.get("originalTimestamp") is None else "originalTimestamp"
    forwarded, sent = moment_of(raw.get("receivedAt")), moment_of(raw.get("sentAt"))
    if forwarded is None or forwarded > envelope.received_at + AHEAD:
        return field, envelope.sent_at or sent, envelope.received_at
    if field == "originalTimestamp" and (sent is not None or raw.get("timestamp") is None):
        return field, sent, forwarded
    return "timestamp", None, forwarded


def moment_of(value: JsonValue) -> datetime | None:
    """A time as SDKs write it, in UTC where nothing else is said; None for anything else."""
    if not isinstance(value, str) or not 10 <= len(value) <= 40:
        return None
    try:
        at = datetime.fromisoformat(value)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def message_id_of(raw: Object, kind: EventType, envelope: Envelope, seen: dict[str, int]) -> str:
    """The id under which an event counts once, however often it comes; made from its content where it has none."""
    given = raw.get("messageId")
    if given is not None and given != "":
        if isinstance(given, int) and not isinstance(given, bool):
            given = str(given)
        if not isinstance(given, str) or len(given) > LONGEST_MESSAGE_ID:
            raise Unfit("messageId", f"{shortened(given)} is no id of at most {LONGEST_MESSAGE_ID} characters")
        if given.strip() and not is_of_everybody(given):
            return given
    content = {name: value for name, value in raw.items() if name not in ("sentAt", "writeKey", "messageId")}
    timed = raw.get("timestamp") or raw.get("originalTimestamp")
    window = "" if timed else str(envelope.received_at.timestamp() // SAME.total_seconds())
    digest = hashlib.sha256(to_json(content) + f"\0{kind}\0{envelope.source}\0{window}".encode()).hexdigest()[:40]
    seen[digest] = seen.get(digest, 0) + 1
    return f"auto-{digest}" if seen[digest] == 1 else f"auto-{digest}-{seen[digest]}"
