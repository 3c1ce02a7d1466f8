"""Shadows: rules that forbid nothing which another rule does not forbid already."""

from collections.abc import Iterator, Mapping, Sequence

from domain.language import Text
from policies.analysis.box import Box
from policies.analysis.flaw import Flaw
from policies.analysis.lowering import Lowered
from policies.analysis.silence import touched
from policies.rules import AnyRule
from policies.wording import listed

MOST_PIECES = 24
"""Pieces of a rule that are followed before the question is given up."""

IDENTITY = frozenset(
    (
        "id",
        "name",
        "note",
        "scope",
        "owner",
        "source",
        "valid_from",
        "valid_until",
        "on_block",
        "layer",
        "weight",
        "better",
    )
)
"""What two rules may differ in and still forbid the same words."""

STRICTER: Mapping[str, Mapping[str, str]] = {
    "forbidden_phrase": {"phrases": "more", "exceptions": "fewer"},
    "claim_evidence": {"concepts": "more", "phrases": "more"},
    "required_phrase": {"phrases": "more", "disclosures": "more", "within": "less"},
    "length": {"max": "less"},
    "url_allow": {"domains": "fewer"},
    "llm_data": {"fields": "fewer"},
    "creepiness": {"max": "less"},
}
"""Parameters of copy rules whose strictness has a direction; all others have to be the same."""


def shadowed(rules: Sequence[Lowered]) -> Iterator[Flaw]:
    """Rules that lie in the shadow of one other; of two that say the same, the later one."""
    for one in rules:
        if one.rule.layer == "law" or one.rule.severity == "soft" or not one.must:
            continue
        over = next((other for other in rules if _shadows(other, one)), None)
        if over is not None:
            said = _said(one, over, _shadows(one, over))
            yield Flaw("shadowed", (one.rule.id, over.rule.id), said, audience=touched(one))
        elif several := _several(one, rules):
            yield Flaw("shadowed", (one.rule.id, *several), _said_of_several(several), audience=touched(one))


def covers(over: Lowered, one: Lowered) -> bool:
    """Whether `over` forbids everything that `one` may forbid."""
    if over.rule.severity == "soft" or over.may is None or one.may is None:
        return False
    if one.hard != over.hard or not (one.hard or _stricter(over.rule, one.rule)):
        return False
    return all(inside(box, over.may) for box in one.may)


def inside(box: Box, others: Sequence[Box]) -> bool:
    """Whether one of the boxes holds all of this one."""
    return any(box.within(other) for other in others)


def _shadows(over: Lowered, one: Lowered) -> bool:
    return over is not one and covers(over, one) and (over.place < one.place or not covers(one, over))


def _several(one: Lowered, rules: Sequence[Lowered]) -> tuple[str, ...]:
    """Several rules that together forbid all that the rule forbids; none where some of it is left."""
    if not one.hard or one.may is None:
        return ()
    left, used = list(one.may), dict[str, None]()
    for other in rules:
        if other is one or not other.hard or other.may is None or covers(one, other):
            continue
        for box in other.may:
            if any(piece.meet(box) is not None for piece in left):
                left = [part for piece in left for part in piece.minus(box)]
                used[other.rule.id] = None
        if not left:
            return tuple(used)
        if len(left) > MOST_PIECES:
            return ()
    return ()


def _stricter(over: AnyRule, one: AnyRule) -> bool:
    """Whether a copy rule asks at least what another of its type asks."""
    if over.kind != one.kind:
        return False
    directions = STRICTER.get(one.kind, {})
    return all(
        _as_strict(directions.get(name), getattr(over, name), getattr(one, name))
        for name in type(one).model_fields
        if name not in IDENTITY
    )


def _as_strict(direction: str | None, over: object, one: object) -> bool:
    match direction:
        case "more" if isinstance(over, tuple | frozenset) and isinstance(one, tuple | frozenset):
            return set(one) <= set(over)
        case "fewer" if isinstance(over, tuple | frozenset) and isinstance(one, tuple | frozenset):
            return set(over) <= set(one)
        case "less" if isinstance(over, int | float) and isinstance(one, int | float):
            return over <= one
        case _:
            return over == one


def _said_of_several(several: Sequence[str]) -> Text:
    ja, en = listed(several, "ja"), listed(several, "en")
    return Text(
        ja=f"{ja} を合わせると、止めるものがすべて重なるので、効くことがありません。",
        en=f"Everything it forbids is already forbidden by {en} together, so it never matters.",
    )


def _said(one: Lowered, over: Lowered, same: bool) -> Text:
    ja, en = over.rule.name.either("ja"), over.rule.name.either("en")
    if same:
        return Text(
            ja=f"{over.rule.id}（{ja}）と同じことを言っています。どちらかを消せます。",
            en=f"It says the same as {over.rule.id} ({en}). One of the two can go.",
        )
    return Text(
        ja=f"{over.rule.id}（{ja}）がすでに止めているものだけが対象なので、効くことがありません。",
        en=f"Everything it forbids is already forbidden by {over.rule.id} ({en}), so it never matters.",
    )
