"""Brackets: words that what follows in brackets spells out, lists or only shows: 関東（東京都・埼玉県）, i.e. 23:00."""

import re

from policies.directives.atom import Atom, Sense, merged

OPENERS = ("i.e.", "that is", "meaning", "つまり", "すなわち")
NAMERS = frozenset(
    (
        *(
            "他社名",
            "競合名",
            "競合他社名",
            "競合他社",
            "競合",
            "他社",
            "他社ブランド",
            "ブランド名",
            "商品名",
            "以下の言葉",
        ),
        *("competitors", "competitor names", "rivals", "rival brands", "competing brands", "brand names", "names"),
    )
)
"""Nouns whose examples are names: nothing but the names themselves can be looked for."""
PERIOD = re.compile(
    r"(?:セール|フェア|期間|期間中|商戦|キャンペーン|祭|シーズン|ウィーク|連休|"
    r"\b(?:sales?|season|campaign|week|period|promotion|fair|holidays))$"
)
SMALL = ("mark", "and", "glue", "people", "topic")


def spelled(atoms: list[Atom], read: str) -> list[Atom]:
    """The atoms with every bracket that only spells out or shows what stands before it taken into account."""
    for settle in (_shown, _meant, _excepting, _dated, _listed, _named):
        atoms = settle(atoms, read)
    return atoms


def _closing(atoms: list[Atom], place: int) -> int | None:
    """Where the bracket that opens here closes."""
    return next((at for at in range(place + 1, len(atoms)) if atoms[at].text == ")"), None)


def _quiet(atom: Atom, read: str) -> Atom:
    return merged([atom], read, Sense("bracket"), Sense("glue"))


def _shown(atoms: list[Atom], read: str) -> list[Atom]:
    """A sign in brackets is only shown: 感嘆符（！）."""
    found = list(atoms)
    for place, atom in enumerate(atoms):
        end = _closing(atoms, place) if atom.text == "(" and place else None
        if end is not None and end > place + 1 and all(_is_sign(one) for one in atoms[place + 1 : end]):
            for at in range(place, end + 1):
                found[at] = _quiet(atoms[at], read)
    return found


def _is_sign(atom: Atom) -> bool:
    return not any(sign.isalnum() for sign in atom.text) and not atom.has("ban", "may", "quote")


def _meant(atoms: list[Atom], read: str) -> list[Atom]:
    """A vague part of the day that is made exact: overnight, i.e. 23:00 to 6:00."""
    found = list(atoms)
    for place, atom in enumerate(atoms):
        at = place + 1
        while at < len(atoms) and atoms[at].text in (",", "、", "—"):
            at += 1
        if not atom.has("daypart", "vague") or at + 1 >= len(atoms) or atoms[at].text.lower() not in OPENERS:
            continue
        if atoms[at + 1].has("hours", "time"):
            for one in range(place, at + 1):
                found[one] = _quiet(atoms[one], read)
    return found


def _dated(atoms: list[Atom], read: str) -> list[Atom]:
    """A sale or a season whose days stand in brackets is those days: 年末セール（12/1〜12/31）."""
    found = list(atoms)
    for place, atom in enumerate(atoms):
        end = _closing(atoms, place) if atom.text == "(" and place else None
        if end is None or not _all_days(atoms[place + 1 : end]):
            continue
        first = place
        while first and (not atoms[first - 1].senses or atoms[first - 1].has("vague") or _is_period(atoms[first - 1])):
            first -= 1
        if first < place and PERIOD.search(read[atoms[first].start : atoms[place].start].strip().lower()):
            for at in (*range(first, place + 1), end):
                found[at] = _quiet(atoms[at], read)
    return found


def _is_period(atom: Atom) -> bool:
    return PERIOD.fullmatch(atom.text.lower()) is not None


def _all_days(inside: list[Atom]) -> bool:
    return any(atom.has("dates") for atom in inside) and all(
        atom.has("dates", "from", "until", "mark", "glue", "and") for atom in inside
    )


def _excepting(atoms: list[Atom], read: str) -> list[Atom]:
    """An exception in brackets belongs to what stands before them, whatever follows: メール（VIPを除く）は週1通まで."""
    found = list(atoms)
    for place, atom in enumerate(atoms):
        end = _closing(atoms, place) if atom.text == "(" and place else None
        inside = atoms[place + 1 : end] if end is not None else []
        excepts = any(one.has("outside", "except") for one in inside) and any(one.scope for one in inside)
        only = all(one.scope or one.has("outside", "except", *SMALL) for one in inside)
        if end is not None and excepts and only and any(not one.has("mark") for one in atoms[end + 1 :]):
            found[place], found[end] = _quiet(atom, read), _quiet(atoms[end], read)
    return found


def _listed(atoms: list[Atom], read: str) -> list[Atom]:
    """An area, or a group that nobody defined, with its members in brackets: it is those members."""
    found: list[Atom] = []
    place = 0
    while place < len(atoms):
        end = _closing(atoms, place + 1) if place + 1 < len(atoms) and atoms[place + 1].text == "(" else None
        sense = _members(atoms[place], atoms[place + 2 : end]) if end is not None else None
        if end is None or sense is None:
            found.append(atoms[place])
            place += 1
            continue
        found.append(merged(atoms[place : end + 1], read, sense))
        place = end + 1
    return found


def _members(head: Atom, inside: list[Atom]) -> Sense | None:
    """What the members take of the dimension of their head; None where they are not simply its members."""
    senses = [atom.scope for atom in inside if atom.scope is not None]
    if not senses or any(atom.scope is None and not atom.has(*SMALL) for atom in inside):
        return None
    first = senses[0]
    if head.has("undefined") and len(senses) == 1 and first.bounds is not None:
        return first
    if any(sense.name != first.name or not sense.values for sense in senses):
        return None
    own = head.scope
    if own is None and head.senses and not head.has("undefined", "vague", "people"):
        return None
    values = frozenset(value for sense in senses for value in sense.values)
    if own is not None and (own.name != first.name or not values <= own.values):
        return None
    return Sense(first.kind, first.name, values)


def _named(atoms: list[Atom], read: str) -> list[Atom]:
    """Names in brackets after a noun for names: competitors (Acme, Initech)."""
    found = list(atoms)
    for place, atom in enumerate(atoms):
        end = _closing(atoms, place) if atom.text == "(" and place else None
        if end is None or atoms[place - 1].text.lower() not in NAMERS or not _all_names(atoms[place + 1 : end]):
            continue
        for at in (place - 1, place, end):
            found[at] = _quiet(atoms[at], read)
        for at in range(place + 1, end):
            inner = atoms[at]
            found[at] = merged([inner], read, Sense("quote", inner.text)) if not inner.senses else _quiet(inner, read)
    return found


def _all_names(inside: list[Atom]) -> bool:
    return any(not atom.senses for atom in inside) and all(
        not atom.senses or atom.has("mark", "and") for atom in inside
    )
