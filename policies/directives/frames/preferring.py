"""Preferring: wishes about channels, and bare permissions."""

from policies.directives.draft import Draft
from policies.directives.frame import Frame, Said, Trouble
from policies.directives.scopes import take_scopes

PERMITTED: Said = ("許可の文です。新しい制限は作りません。", "This permits; it adds no restriction.")


def priority(draft: Draft) -> Frame | None:
    """A preference among channels: a wish, never a reason to hold."""
    if draft.has("last_resort"):
        raise Trouble(
            "チャネルの優先順は、先に使いたい順に並べて書いてください（例：プッシュ、LINE、SMSの順に使う）。",
            "Name the channels in the order in which they are preferred: push, then LINE, then SMS.",
            weight=5,
        )
    wished = draft.soft and (draft.has("do", "send", "use") or _prefers(draft))
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
    if any(atom.text.endswith(("てから", "でから")) for atom in draft.atoms):
        return None  # after it was permitted: what holds before is the rule, and not said
    draft.take("may")
    return Frame("permit", take_scopes(draft), notes=(PERMITTED,))


def _prefers(draft: Draft) -> bool:
    """Prefer push, then LINE: the wish itself is the preference."""
    return any(atom.text.lower().startswith(("prefer", "favour", "favor")) for atom in draft.atoms if atom.has("soft"))


def scenes(draft: Draft) -> Frame | None:
    """Which of several scenes comes first; a wish."""
    places = [at for at in draft.places("what") if (sense := draft.atoms[at].scope) and sense.name == "scenes"]
    named = [next(iter(_values(draft, at))) for at in places]
    if (
        len(set(named)) < 2
        or draft.bans()
        or draft.has("only", "span", "count", "percent", "time", "hours", "chars", "quote")
    ):
        return None
    order = _order(draft, places, named)
    if order is None:
        return None
    draft.use(places)
    draft.take("priority", "clash", "above")
    return Frame("order", take_scopes(draft), {"scenes": order}, soft=True)


def _order(draft: Draft, places: list[int], named: list[str]) -> tuple[str, ...] | None:
    """The scenes as they are ranked; None where that is not said."""
    if draft.has("clash"):
        return tuple(dict.fromkeys((named[-1], *named))) if len(named) > len(set(named)) else None
    ranks = {draft.atoms[at].text.lower(): at for at in draft.places("priority", "above")}
    yori = next((at for text, at in ranks.items() if text in ("より", "よりも")), None)
    if yori is not None and len(places) == 2:
        return tuple(reversed(named)) if places[0] < yori < places[1] else tuple(named)
    if ranks.keys() & {"over", "ahead of", "rather than", "in preference to"} and len(ranks) > 1:
        return tuple(dict.fromkeys(named))
    return tuple(dict.fromkeys(named)) if ranks.keys() & {"の順", "の順で", "の順に", "in this order"} else None
