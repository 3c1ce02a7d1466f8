"""A journey (シナリオ): what starts a scene for a customer, how long it waits, and what makes it moot."""

import difflib
import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from domain.channel import Channel
from domain.customer import Scalar, Stage
from domain.frozen import Frozen
from domain.happening import NAMES, Happening, plain
from domain.moment import Moment
from domain.slip import Slip
from domain.span import Span

NONE = timedelta(0)


class Bound(Frozen):
    """A number between two ends, both included."""

    at_least: float | None = None
    at_most: float | None = None

    @model_validator(mode="after")
    def _has_an_end(self) -> "Bound":
        if self.at_least is None and self.at_most is None:
            raise Slip(ja="at_least（以上）か at_most（以下）のどちらかを書きます", en="give at_least, at_most or both")
        return self

    def holds(self, value: object) -> bool:
        """Whether the value is a number within; anything unknown is not."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)


def _shape_of(given: object) -> str:
    """Which kind of condition is written, so that a mistake is told of that kind alone."""
    if isinstance(given, Mapping | Bound):
        return "bounds"
    return "list" if isinstance(given, list | tuple) else "value"


Condition = Annotated[
    Annotated[Bound, Tag("bounds")] | Annotated[tuple[Scalar, ...], Tag("list")] | Annotated[Scalar, Tag("value")],
    Discriminator(_shape_of),
]
"""What a property has to be: a number within bounds, one of several values, or just this value."""


def known_event(written: str) -> Happening | str:
    """Our word for an event, or its own name as it is compared; what is almost one of our words is a slip."""
    if written in tuple(Happening):
        return Happening(written)
    close = difflib.get_close_matches(written.lower(), tuple(Happening), 1, 0.75)
    if close and NAMES.get(plain(written)) is None:
        meant = str(close[0])
        raise Slip(
            ja=f"{written!r} という出来事はありません。{meant!r} のことですか。届くイベント名そのものも書けます",
            en=f"there is no happening {written!r}. Did you mean {meant!r}? The name as it is sent can be written, too",
        )
    return plain(written)


def _known(written: str) -> str:
    known_event(written)
    return written


EventName = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_known)]
"""One of our words such as carted, or an event's own name such as "Quote Requested"."""


class Start(Frozen):
    """One thing that starts the scene: an event, or a day that the calendar and the record bring about."""

    event: EventName | None = None
    """What happened: one of our words such as carted, or the event's own name such as "Quote Requested"."""
    where: Mapping[str, Condition] = Field(default_factory=dict)
    """What its properties must be; for everything but events, what the customer's attributes must be."""
    only: Literal["first", "near_viewed"] | None = None
    """first: the customer's first such event; near_viewed: about something that they viewed or saved lately."""
    fact: str | None = Field(None, min_length=1, max_length=100)
    """An attribute that holds a date, such as points_expire."""
    month: str | None = Field(None, min_length=1, max_length=100)
    """An attribute that holds a month from 1 to 12, such as birth_month; it starts on the first day."""
    habit: Literal["due"] | None = None
    """What the customer buys again and again runs out, by their own usual gap."""
    stage: tuple[Stage, ...] | None = Field(None, json_schema_extra={"minItems": 1})
    """The customer has come to one of these stages, such as at_risk; once for each time away."""
    before: Span = NONE
    """How long before that day it starts, for fact and habit."""

    @model_validator(mode="after")
    def _is_one_thing(self) -> "Start":
        given = [name for name in STARTS if getattr(self, name) not in (None, ())]
        if len(given) != 1:
            raise Slip(
                ja=f"{'、'.join(STARTS)} のうち、ちょうどひとつを書きます",
                en=f"give exactly one of {', '.join(STARTS)}",
            )
        if self.before and given[0] not in ("fact", "habit"):
            raise Slip(ja="before は fact か habit と一緒に書きます", en="before goes with fact or habit")
        if self.only and self.event is None:
            raise Slip(ja="only は event と一緒に書きます", en="only goes with event")
        return self


STARTS = ("event", "fact", "month", "habit", "stage")


class Often(Frozen):
    """How often at most."""

    times: int = Field(1, ge=1, le=100)
    days: int = Field(ge=1, le=400)


class Trigger(Frozen):
    """When a scene begins for a customer by itself."""

    starts: tuple[Start, ...] = Field(json_schema_extra={"minItems": 1})
    """Any one of them starts it."""
    per: str = Field("day", min_length=1, max_length=100)
    """One run for each: customer, day, month, or a property of the event such as cart_id; without it the day counts."""
    wait: Span = NONE
    """How long after the last such event it is due."""
    moot: tuple[EventName, ...] = ()
    """Events that end it while it waits."""
    moot_if_same: tuple[EventName, ...] = ()
    """Events that end it where they are about the same product, category, step or ticket; the next start revives it."""
    at_most: Often | None = None
    """How often a customer gets this scene; the caps of the house count besides."""
    value: float = Field(50, gt=0, le=1000)
    """What an answer is worth beside other scenes: where several are due at once, the best one goes."""
    keeps: Annotated[Span, Field(gt=NONE)] = timedelta(days=1)
    """How long after its time it is still worth saying."""
    channels: frozenset[Channel] | None = Field(None, min_length=1)
    """Where it goes; the scene's own channels where nothing is said. Pulled ones find it when they ask."""

    @model_validator(mode="after")
    def _is_complete(self) -> "Trigger":
        # A limit on the length would be told beside every mistake in the list, which is then not empty at all.
        if not self.starts:
            raise Slip(ja="starts（きっかけ）をひとつ以上書きます", en="starts may not be empty; write what starts it")
        return self


class Due(NamedTuple):
    """A scene that is due for a customer at a time, because of one cause."""

    id: str
    """The cause, the same however often the event arrives; names nobody."""
    customer_id: str
    scene: str
    cause: str
    """The cause in words, such as cart_id:c-17."""
    at: datetime
    until: datetime
    """When it is no longer worth saying."""
    since: datetime
    """When what started it happened; later events may make it moot."""
    created_at: datetime
    about: tuple[str, ...] = ()
    """Products, categories, steps or tickets that it is about."""
    only: tuple[str, ...] = ()
    """What must be so of the customer's history: see Start.only."""
    moment: Moment = Moment()
    """What was true around the customer."""
    planned: bool = False
    """Whether the daily pass found it: it can wait a little, while what an event started goes first."""


class Cancel(NamedTuple):
    """An event that makes waiting scenes moot."""

    scene: str
    reason: str
    since: datetime
    """When it happened: it ends what started before."""
    about: tuple[str, ...] | None = None
    """Where given, only what is about nothing else."""


class Effects(NamedTuple):
    """What one event starts and ends."""

    starts: tuple[Due, ...] = ()
    cancels: tuple[Cancel, ...] = ()


NO_EFFECTS = Effects()


def cause_id(scene: str, customer_id: str, cause: str) -> str:
    """The id of a run: a hash, so that what carries it out later holds no customer's id."""
    said = "\x1f".join((scene, customer_id, cause))
    return f"j-{hashlib.sha256(said.encode()).hexdigest()[:32]}"
