"""Scopes: the words for whom and what, as alternatives and exceptions."""

from collections.abc import Iterable

from policies.audience import Bounds
from policies.directives.atom import AUDIENCE, Atom, Sense, Values
from policies.directives.draft import Draft
from policies.directives.frame import Pick, Scopes, Trouble

REASONS = ("ので", "なので", "から", "ため", "ために", "because", "since")
"""What stands before them is why, and lists nothing."""
RELATIVE = frozenset(("who are", "who is", "that are"))
"""After these an "and" describes the same people: who are over 60 and female."""
NARROWING = ("かつ",)
LIVING = frozenset(("living", "live", "based", "residing", "resident", "located", "who live", "being"))
"""Both must hold: 20歳以上かつ日本在住, aged 20 or over and living in Japan."""
LINKING = ("and", "mark", "glue", "people", "noun", "send")


def take_scopes(draft: Draft) -> Scopes:
    """All that is left of scope words in the draft; raises Trouble where they pull apart."""
    excepted = _exceptions(draft)
    places = draft.places("who", "what")
    alternatives = alternatives_of(draft, places)
    draft.use(places)
    return Scopes(alternatives, excepted)


def family(sense: Sense) -> str:
    """Whether a dimension is about the audience or about the message."""
    return "audience" if sense.name in AUDIENCE else "message"


def _exceptions(draft: Draft) -> tuple[Pick, ...]:
    found: list[Pick] = []
    for place in draft.places("exempt", "outside", "except"):
        if place in draft.used:
            continue
        atom = draft.atoms[place]
        group = group_after(draft, place) if atom.has("except") else []
        group = group or (group_before(draft, place) if atom.has("outside", "exempt") else [])
        if not group:
            continue
        found += alternatives_of(draft, group)
        draft.use((*group, place))
    return tuple(found)


def group_before(draft: Draft, place: int) -> list[int]:
    """The scope words right before a place, as far as they belong together."""
    group: list[int] = []
    for at in range(place - 1, -1, -1):
        atom = draft.atoms[at]
        sense = atom.scope
        if at in draft.used:
            break
        if sense is not None:
            if group and family(sense) != _family(draft, group):
                break
            group.insert(0, at)
        elif not atom.has(*LINKING) or (group and atom.text in ("は", "には", "へは", "では", ":", "。")):
            break
    return group


def group_after(draft: Draft, place: int) -> list[int]:
    """The scope words right after a place, as far as they belong together."""
    group: list[int] = []
    for at in range(place + 1, len(draft.atoms)):
        atom = draft.atoms[at]
        sense = atom.scope
        if at in draft.used:
            break
        if sense is not None:
            if group and family(sense) != _family(draft, group):
                break
            group.append(at)
        elif not atom.has(*LINKING, "topic", "all", "everyone"):
            break
    return group


def _family(draft: Draft, group: list[int]) -> str:
    sense = draft.atoms[group[0]].scope
    return family(sense) if sense else ""


def alternatives_of(draft: Draft, places: Iterable[int]) -> tuple[Pick, ...]:
    """The scope words at these places as alternatives: a list joins, words side by side narrow."""
    found: list[dict[str, Values | Bounds]] = [{}]
    last: int | None = None
    for place in places:
        sense = draft.atoms[place].scope
        if sense is None:
            continue
        linked = last is not None and _linked(draft, last, place)
        _add(found, sense, draft.atoms[place], _sense(draft, last) if linked and last is not None else None)
        last = place
    return tuple(found)


def _sense(draft: Draft, place: int) -> Sense | None:
    return draft.atoms[place].scope


def _linked(draft: Draft, last: int, place: int) -> bool:
    between = draft.atoms[last + 1 : place]
    if any(atom.text in (*REASONS, *NARROWING) or atom.text.lower() in LIVING for atom in between):
        return False
    described = any(atom.text.lower() in RELATIVE for atom in draft.atoms[max(0, last - 3) : last])
    if described and any(atom.text.lower() == "and" for atom in between):
        return False
    if any(atom.text == "で" for atom in between) and all(_about_people(draft, at) for at in (last, place)):
        return False
    return all(atom.has(*LINKING, "everyone") for atom in between) and any(atom.has("and") for atom in between)


def _about_people(draft: Draft, place: int) -> bool:
    """ゴールド会員で、30代の方: the same people are both."""
    sense = draft.atoms[place].scope
    return sense is not None and family(sense) == "audience"


def _add(found: list[dict[str, Values | Bounds]], sense: Sense, atom: Atom, linked: Sense | None) -> None:
    value: Values | Bounds = sense.bounds or sense.values
    name = sense.name
    current = found[-1]
    named = linked.name if linked is not None and family(sense) == family(linked) else None
    if named is not None and (name == "age" or name != named) and (name in current or named in current):
        base = {key: one for key, one in current.items() if key not in (named, name)}
        if any(key in AUDIENCE for key in base):
            raise _unclear(atom)
        found.append({**base, name: value})
        return
    if name not in current:
        if len(found) > 1 and family(sense) == "audience":
            raise _unclear(atom)
        for pick in found:
            pick[name] = value
        return
    if (
        not linked
        and sense.values
        and atom.has("part", "noun", "send")
        and not sense.values & frozenset(_texts(current[name]))
    ):
        return
    current[name] = _together(current[name], value, atom, linked is not None)


def _unclear(atom: Atom) -> Trouble:
    return Trouble(
        f"「{atom.text}」がどの対象にかかるのか、はっきりしません。対象ごとに文を分けてください。",
        f'It is not clear which of the groups "{atom.text}" belongs to. Write one sentence for each group.',
        weight=3,
    )


def _texts(value: object) -> Iterable[str]:
    return value if isinstance(value, frozenset) else ()


def _together(old: object, new: Values | Bounds, atom: Atom, linked: bool) -> Values | Bounds:
    if isinstance(old, Bounds) and isinstance(new, Bounds):
        return Bounds.model_validate({**old.model_dump(exclude_none=True), **new.model_dump(exclude_none=True)})
    if isinstance(old, frozenset) and isinstance(new, frozenset):
        if linked:
            return old | new
        if old & new:
            return old & new
    raise Trouble(
        f"「{atom.text}」と、その前の言葉のどちらを指すのか、はっきりしません。一つずつ文を分けてください。",
        f'It is not clear how "{atom.text}" goes with the words before it. Write one sentence for each.',
        weight=3,
    )
