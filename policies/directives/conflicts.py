"""Conflicts: what a later clause contradicts, loosens or amends in an earlier one; all of these are asked about."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import cast

from policies.audience import Bounds
from policies.directives.atom import Sense
from policies.directives.days import KEYS
from policies.directives.frame import Frame, Pick, Said
from policies.directives.frames.clocks import DAY, Stretch

HALF = 0.5
PURPOSE: Pick = {"purposes": frozenset(("marketing",))}
LOOSER: Said = (
    "先に書かれた、より厳しい上限はそのまま残ります（緩くはなりません）。"
    "この対象だけ緩めるなら「ただし」を付けて例外として書いてください。",
    "The stricter limit given before stays in force; this does not raise it. To loosen it for these "
    'customers, write it as an exception ("except").',
)
AGAINST: Said = (
    "先に書かれた内容と食い違っています。どちらを残すか、または例外（ただし〜は除く）かを書いてください。",
    "This contradicts what was said before. Say which of the two holds, or write it as an exception.",
)
TWICE: Said = (
    "同じ対象に、先ほどと違う数が書かれています。置き換えるなら、前の指示を消して書き直してください。",
    "Another number was given for the same before. If this one replaces it, remove the earlier one.",
)


def conflict(earlier: Frame, later: Frame) -> Said | None:
    """What is wrong with the later clause in the light of the earlier one."""
    if earlier.soft or later.soft:
        return None
    if earlier.kind == later.kind == "ban":
        return _bans(earlier, later)
    if not overlap(earlier, later):
        return None
    if earlier.kind == later.kind:
        return _same_kind(earlier, later)
    return _other_kind(earlier, later)


def _same_kind(earlier: Frame, later: Frame) -> Said | None:
    match later.kind:
        case "cap":
            return _caps(earlier, later)
        case "discount":
            return _looser(earlier, later, "percent") or _looser(earlier, later, "amount")
        case "length":
            return _looser(earlier, later, "max") if earlier.values.get("part") == later.values.get("part") else None
        case "gap":
            return _gaps(earlier, later)
        case "hours":
            return AGAINST if _never(earlier, later) else None
        case _:
            return None


def _looser(earlier: Frame, later: Frame, name: str) -> Said | None:
    old, new = earlier.values.get(name), later.values.get(name)
    if old is None or new is None:
        return None
    if Decimal(str(new)) > Decimal(str(old)):
        return LOOSER if _inside(later, earlier) else None
    return TWICE if Decimal(str(new)) < Decimal(str(old)) and _same_scope(earlier, later) else None


def _caps(earlier: Frame, later: Frame) -> Said | None:
    old, new = cast(Sense, earlier.values["span"]), cast(Sense, later.values["span"])
    if (old.name, old.number, old.low) != (new.name, new.number, new.low):
        return None
    if _counts_other(earlier, later):
        return None
    return _looser(earlier, later, "max")


def _counts_other(earlier: Frame, later: Frame) -> bool:
    """Whether the two count different things: all messages, and the emails among them."""
    names = ("channels", "scenes", "categories", "kinds")
    return any(_values(earlier, name) != _values(later, name) for name in names)


def _values(frame: Frame, name: str) -> object:
    return frame.scopes.alternatives[0].get(name) if frame.scopes.alternatives else None


def _gaps(earlier: Frame, later: Frame) -> Said | None:
    sizes = {"minute": 1, "hour": 60, "day": 1440, "week": 10080, "month": 43200, "year": 525600}
    old, new = cast(Sense, earlier.values["span"]), cast(Sense, later.values["span"])
    shorter = (new.number or 1) * sizes[new.name] < (old.number or 1) * sizes[old.name]
    return LOOSER if shorter and _same_counted(earlier, later) else None


def _same_counted(earlier: Frame, later: Frame) -> bool:
    return _values(earlier, "channels") == _values(later, "channels") and earlier.values.get(
        "after"
    ) == later.values.get("after")


def _bans(earlier: Frame, later: Frame) -> Said | None:
    """Two bans that together leave nothing: only by LINE, never by LINE."""
    for first, second in ((earlier, later), (later, earlier)):
        if _nothing_left(first, second):
            return AGAINST
        for kept in first.scopes.excepted:
            if second.values.get("only"):
                both = [one for one in second.scopes.excepted if set(one) == set(kept)]
                if both and all(not _meet(kept, one) for one in both):
                    return AGAINST
            elif any(
                set(pick) <= {*kept, *(name for alternative in first.scopes.alternatives for name in alternative)}
                and _covers(pick, {**first.scopes.alternatives[0], **kept})
                for pick in second.scopes.alternatives
            ):
                return AGAINST
    return None


def _nothing_left(only: Frame, other: Frame) -> bool:
    """Whether a plain no also takes the only thing that is let through: no promotion, and only how-to content."""
    if not only.values.get("only") or other.scopes.excepted or other.values.get("dates"):
        return False
    left = [{**PURPOSE, **pick, **kept} for pick in only.scopes.alternatives for kept in only.scopes.excepted]
    return bool(left) and all(any(_covers(one, base) for base in other.scopes.alternatives) for one in left)


def _other_kind(earlier: Frame, later: Frame) -> Said | None:
    kinds = {earlier.kind, later.kind}
    if kinds == {"forbid", "require"}:
        old, new = cast("tuple[str, ...]", earlier.values["phrases"]), cast("tuple[str, ...]", later.values["phrases"])
        return (
            AGAINST
            if any(
                one.lower() in other.lower()
                for one in (old if earlier.kind == "forbid" else new)
                for other in (new if earlier.kind == "forbid" else old)
            )
            else None
        )
    if "ban" in kinds and kinds & {"cap", "permit", "gap", "hours", "consent", "stock", "require", "length"}:
        banned, other = (earlier, later) if earlier.kind == "ban" else (later, earlier)
        if banned.values.get("dates") or banned.values.get("only"):
            return None
        if other.kind in ("cap", "permit") or (other.kind == "hours" and not other.values["forbids"]):
            return AGAINST if _inside(other, banned) else None
    if later.kind == "permit" and later.values.get("besides") and earlier.kind == "hours":
        return AGAINST
    return None


def _inside(inner: Frame, outer: Frame) -> bool:
    """Whether everything that the inner clause is about is banned by the outer one."""
    return all(
        any(_covers(pick, base) for base in outer.scopes.alternatives) for pick in inner.scopes.alternatives
    ) and not _excepted(inner, outer)


def _covers(pick: Pick, base: Mapping[str, object]) -> bool:
    """Whether `base` takes all that `pick` takes."""
    return all(name in pick and _subset(pick[name], value) for name, value in base.items())


def _subset(inner: object, outer: object) -> bool:
    if isinstance(inner, frozenset) and isinstance(outer, frozenset):
        return inner <= outer
    if not isinstance(inner, Bounds) or not isinstance(outer, Bounds):
        return inner == outer
    return all(_within(number, outer) for number in _numbers(inner, outer) if _within(number, inner))


def _numbers(*several: Bounds) -> list[float]:
    """A number at each limit and on both sides of it: what bounds have in common has one of them."""
    limits = [limit for one in several for limit in one.model_dump(exclude_none=True).values()]
    return [limit + beside for limit in limits for beside in (-HALF, 0, HALF) if limit + beside >= 0]


def _within(number: float, bounds: Bounds) -> bool:
    return (
        (bounds.at_least is None or number >= bounds.at_least)
        and (bounds.above is None or number > bounds.above)
        and (bounds.at_most is None or number <= bounds.at_most)
        and (bounds.below is None or number < bounds.below)
    )


def _excepted(inner: Frame, outer: Frame) -> bool:
    return bool(outer.scopes.excepted) and all(
        any(_covers(pick, one) for one in outer.scopes.excepted) for pick in inner.scopes.alternatives
    )


def _same_scope(earlier: Frame, later: Frame) -> bool:
    return earlier.scopes.alternatives == later.scopes.alternatives and earlier.scopes.excepted == later.scopes.excepted


def overlap(earlier: Frame, later: Frame) -> bool:
    """Whether some customer and message may fall under both."""
    if _excepted(later, earlier) or _excepted(earlier, later) or not _days_meet(earlier, later):
        return False
    return any(_meet(one, other) for one in earlier.scopes.alternatives for other in later.scopes.alternatives)


def _meet(one: Pick, other: Pick) -> bool:
    first, second = {**PURPOSE, **one}, {**PURPOSE, **other}
    return all(
        _intersects(first[name], second[name])
        for name in first.keys() & second.keys()
        if name not in ("tags", "segments")
    )


def _intersects(one: object, other: object) -> bool:
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return bool(one & other)
    if not isinstance(one, Bounds) or not isinstance(other, Bounds):
        return True
    return any(_within(number, one) and _within(number, other) for number in _numbers(one, other))


def _days_meet(earlier: Frame, later: Frame) -> bool:
    old, new = earlier.values.get("dates"), later.values.get("dates")
    if not old or not new:
        return True
    (first, last), (start, end) = cast("tuple[tuple[date | None, date | None], ...]", (old, new))
    return (first is None or end is None or first <= end) and (start is None or last is None or start <= last)


def _never(earlier: Frame, later: Frame) -> bool:
    """Whether two clauses about hours leave no minute of the week to the same channel."""
    if not (_inside(later, earlier) or _inside(earlier, later)):
        return False
    return not _allowed(earlier) & _allowed(later)


def _allowed(frame: Frame) -> int:
    """The minutes of a week at which the clause lets messages out, as bits."""
    days = cast("frozenset[str]", frame.values["days"]) or frozenset(KEYS)
    stretches = cast("tuple[Stretch, ...]", frame.values["stretches"]) or (Stretch(0, DAY),)
    week, named = (1 << (7 * DAY)) - 1, 0
    for number, day in enumerate(KEYS):
        for one in stretches:
            if day in days:
                named |= _bits(
                    number * DAY + one.low, one.high - one.low if one.high > one.low else one.high + DAY - one.low
                )
    if frame.values["forbids"]:
        return week & ~named if frame.values["days"] or frame.values["stretches"] else week
    if frame.values["conditional"]:
        others = sum(_bits(number * DAY, DAY) for number, day in enumerate(KEYS) if day not in days)
        return named | others
    return named


def _bits(start: int, length: int) -> int:
    bits = ((1 << length) - 1) << start
    week = (1 << (7 * DAY)) - 1
    return (bits & week) | (bits >> (7 * DAY))
