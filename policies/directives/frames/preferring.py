"""Preferring: wishes about channels, and bare permissions."""

from policies.directives.draft import Draft
from policies.directives.frame import Frame, Said
from policies.directives.scopes import take_scopes

PERMITTED: Said = ("許可の文です。新しい制限は作りません。", "This permits; it adds no restriction.")


def priority(draft: Draft) -> Frame | None:
    """A preference among channels: a wish, never a reason to hold."""
    wished = draft.soft and draft.has("do", "send", "use")
    if (
        not (draft.has("priority") or wished)
        or draft.bans()
        or draft.has("only", "span", "count", "percent", "time", "hours", "chars", "quote")
    ):
        return None
    channels = [
        place for place in draft.places("what") if (sense := draft.atoms[place].scope) and sense.name == "channels"
    ]
    if not channels:
        return None
    order = tuple(dict.fromkeys(value for place in channels for value in sorted(_values(draft, place))))
    if any(draft.atoms[place].text in ("より", "よりも") for place in draft.places("priority")) and len(order) == 2:
        order = _preferred(draft, channels, order)
    draft.use(channels)
    draft.take("priority", "above")
    return Frame("priority", take_scopes(draft), {"order": order}, soft=True)


def _preferred(draft: Draft, channels: list[int], order: tuple[str, ...]) -> tuple[str, ...]:
    """メールよりLINE: what stands before より comes last."""
    yori = next(place for place in draft.places("priority") if draft.atoms[place].text in ("より", "よりも"))
    return tuple(reversed(order)) if channels[0] < yori < channels[-1] else order


def _values(draft: Draft, place: int) -> frozenset[str]:
    sense = draft.atoms[place].scope
    return sense.values if sense else frozenset()


def permit(draft: Draft) -> Frame | None:
    """A bare permission: it restricts nothing, and says so."""
    if (
        not draft.has("may")
        or draft.bans()
        or draft.has(
            "only", "rest", "span", "count", "number", "percent", "money", "chars", "quote", "outside", "except"
        )
    ):
        return None
    draft.take("may")
    return Frame("permit", take_scopes(draft), notes=(PERMITTED,))
