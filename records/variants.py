"""Variants: copy that a model wrote ahead of time, with where it comes from and what became of it.

What may be shown moves the version of the catalogue, so that every process looks again without asking once more; a
counter of its own says how many of those moves were about copy.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime
from sqlalchemy import BigInteger, Text, and_, bindparam, cast, or_, select, update

from domain.clock import from_micros, to_micros
from domain.errors import NotFound, Refused
from domain.frozen import Frozen
from domain.variant import Variant
from records import schema, versions
from records.connection import Connection, Row
from records.page import Page, cursor_behind, place
from records.statement import insert_new, prepare

table = schema.variants

Status = Literal["waiting", "approved", "rejected", "retired"]
CATALOGUE, VARIANTS = "catalogue", "variants"
"""The counters that move: the first is read with every ask, the second says which moves of it were about copy."""

ADD = insert_new(table)
COLUMNS = select(*table.c)
GET = prepare(COLUMNS.where(table.c.id == bindparam("id")))
APPROVED = prepare(COLUMNS.where(table.c.status == "approved").order_by(table.c.created_at, table.c.id))
ALIKE = prepare(
    COLUMNS.where(
        table.c.scene == bindparam("scene"),
        table.c.channel == bindparam("channel"),
        table.c.language == bindparam("language"),
        table.c.status != "retired",
    )
)
FILTERS = {name: cast(bindparam(name), Text) for name in ("scene", "status", "offer_id", "channel")}
AT, BEFORE = bindparam("at", type_=BigInteger), bindparam("before", type_=Text)
PAGE = prepare(
    COLUMNS.where(
        *(or_(wanted == "", table.c[name] == wanted) for name, wanted in FILTERS.items()),
        or_(table.c.created_at < AT, and_(table.c.created_at == AT, table.c.id < BEFORE)),
    )
    .order_by(table.c.created_at.desc(), table.c.id.desc())
    .limit(bindparam("most"))
)
DECIDE = prepare(
    update(table)
    .where(table.c.id == bindparam("key"), table.c.status == "waiting")
    .values(
        status=bindparam("next"),
        document=bindparam("words"),
        policy_version=bindparam("checked", type_=BigInteger),
        decided_by=bindparam("by"),
        decided_at=bindparam("now", type_=BigInteger),
        reason=bindparam("why"),
    )
)
RETIRE = prepare(
    update(table)
    .where(table.c.id == bindparam("key"), or_(table.c.status == "waiting", table.c.status == "approved"))
    .values(
        status="retired",
        decided_by=bindparam("by"),
        decided_at=bindparam("now", type_=BigInteger),
        reason=bindparam("why"),
    )
)
PASSED = prepare(
    update(table)
    .where(table.c.id == bindparam("key"), table.c.status == "approved")
    .values(policy_version=bindparam("checked", type_=BigInteger))
)
COUNT = prepare(
    update(table)
    .where(table.c.id == bindparam("key"))
    .values(
        shown=table.c.shown + bindparam("more_shown", type_=BigInteger),
        answered=table.c.answered + bindparam("more_answered", type_=BigInteger),
    )
)
STANDINGS = prepare(select(table.c.id, table.c.shown, table.c.answered).where(table.c.status == "approved"))


class Provenance(Frozen):
    """Where copy comes from: model and prompt, the rules it was first inspected with, who asked for it and when."""

    model: str
    prompt: str
    """Hash of the prompts."""
    brief: str
    """Hash of what the model was told."""
    policy_version: int
    author: str
    at: AwareDatetime
    composition: str | None = None
    prompt_tokens: int = 0
    completion_tokens: int = 0
    """What the request cost that it was written in."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A variant as it is kept; `policy_version` is that of the rules it passed last."""

    variant: Variant
    status: Status
    provenance: Provenance
    policy_version: int
    created_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    shown: int = 0
    answered: int = 0


def add(c: Connection, many: Iterable[Kept]) -> int:
    """Keeps what is new and says how much that was."""
    rows = [_row(one) for one in many]
    added = c.many(ADD, rows) if rows else 0
    if added and any(row["status"] == "approved" for row in rows):
        moved(c)
    return added


def get(c: Connection, variant_id: str) -> Kept:
    """The variant under that id; raises NotFound."""
    row = c.one(GET, id=variant_id)
    if row is None:
        raise NotFound("copy version", variant_id)
    return _read(row)


def approved(c: Connection) -> list[Kept]:
    """Everything that may be shown, the oldest first."""
    return [_read(row) for row in c.all(APPROVED)]


def beside(c: Connection, scene: str, channel: str, language: str) -> list[Kept]:
    """All that was ever written for the same place but is not retired: what was rejected is not to come back."""
    return [_read(row) for row in c.all(ALIKE, scene=scene, channel=channel, language=language)]


def page(
    c: Connection,
    limit: int,
    cursor: str | None = None,
    *,
    scene: str = "",
    status: Status | Literal[""] = "",
    offer: str = "",
    channel: str = "",
) -> Page[Kept]:
    """Variants, the newest first, of one scene, status, offer or channel where one is named."""
    at, before = place(cursor)
    wanted = {"scene": scene, "status": status, "offer_id": offer, "channel": channel}
    rows = c.all(PAGE, **wanted, at=at, before=before, most=limit + 1)
    items = tuple(_read(row) for row in rows[:limit])
    last = items[-1] if len(rows) > limit else None
    return Page(items, cursor_behind(to_micros(last.created_at), last.variant.id) if last else None)


def decide(c: Connection, kept: Kept, by: str, now: datetime) -> None:
    """Keeps what a person decided about a variant that waits; raises Refused where it does not wait any more."""
    decided = c.run(
        DECIDE,
        key=kept.variant.id,
        next=kept.status,
        words=_document(kept.variant),
        checked=kept.policy_version,
        by=by,
        now=to_micros(now),
        why=kept.reason,
    )
    if not decided:
        raise _decided_before(c, kept.variant.id)
    if kept.status == "approved":
        moved(c)


def retire(c: Connection, variant_id: str, by: str, reason: str, now: datetime) -> None:
    """Takes a variant out of use for good; raises NotFound, or Refused where it is out of use already."""
    if not c.run(RETIRE, key=variant_id, by=by, now=to_micros(now), why=reason):
        raise _decided_before(c, variant_id)
    moved(c)


def checked(
    c: Connection, policy_version: int, passed: Sequence[str], failed: Mapping[str, str], by: str, now: datetime
) -> None:
    """Notes which variants pass the rules of that version, and retires those that do not, with the reason for each."""
    c.many(PASSED, [{"key": one, "checked": policy_version} for one in passed])
    at = to_micros(now)
    if c.many(RETIRE, [{"key": one, "by": by, "now": at, "why": why} for one, why in failed.items()]):
        moved(c)


def count(c: Connection, shown: Mapping[str, int], answered: Mapping[str, int]) -> None:
    """Adds to how often variants were shown, and answered."""
    names = sorted({*shown, *answered})
    c.many(
        COUNT,
        [{"key": one, "more_shown": shown.get(one, 0), "more_answered": answered.get(one, 0)} for one in names],
    )


def standings(c: Connection) -> dict[str, tuple[int, int]]:
    """How often each variant in use was shown and answered."""
    return {row[0]: (int(row[1]), int(row[2])) for row in c.all(STANDINGS)}


def moved(c: Connection) -> None:
    """Says that what may be shown is another than before."""
    versions.bump(c, CATALOGUE)
    versions.bump(c, VARIANTS)


def version(c: Connection) -> int:
    """How many moves of the catalogue's version were about copy alone."""
    return versions.current(c, VARIANTS)


def _decided_before(c: Connection, variant_id: str) -> Refused:
    found = get(c, variant_id)
    return Refused(f"The copy version {variant_id!r} is {found.status} already. Look at it, or write a new one.")


def _row(one: Kept) -> dict[str, str | int | None]:
    variant = one.variant
    return {
        "id": variant.id,
        "scene": variant.scene,
        "channel": variant.channel.value,
        "language": variant.language,
        "offer_id": variant.offer,
        "status": one.status,
        "document": _document(variant),
        "provenance": one.provenance.model_dump_json(),
        "policy_version": one.policy_version,
        "created_at": to_micros(one.created_at),
        "decided_by": one.decided_by,
        "decided_at": None if one.decided_at is None else to_micros(one.decided_at),
        "reason": one.reason,
        "shown": one.shown,
        "answered": one.answered,
    }


def _document(variant: Variant) -> str:
    return variant.model_dump_json(by_alias=True, exclude_defaults=True)


def _read(row: Row) -> Kept:
    _, _, _, _, _, status, document, provenance, checked, created_at, by, at, reason, shown, answered = row
    return Kept(
        variant=Variant.model_validate_json(document),
        status=status,
        provenance=Provenance.model_validate_json(provenance),
        policy_version=checked,
        created_at=from_micros(created_at),
        decided_by=by,
        decided_at=None if at is None else from_micros(at),
        reason=reason,
        shown=shown,
        answered=answered,
    )
