"""Inclusion: what is only named to say that it too is meant narrows nothing: SMSも含めて, push included."""

from collections.abc import Iterator

from policies.directives.atom import Atom, Sense, merged

LISTED = ("and", "mark", "glue", "noun", "people")
CLOSED = (",", "、", "(", ")", ":", "は", "には", "では")
"""What a list of included things does not reach across."""


def included(atoms: list[Atom], read: str) -> list[Atom]:
    """The atoms without what is only included, where nothing else of its kind is named."""
    found = list(atoms)
    for place, group in _groups(atoms):
        names = {name for at in group if (name := _sort(atoms[at]))}
        others = {name for at, atom in enumerate(atoms) if at not in group and (name := _sort(atom))}
        timed = any(atom.has("time", "hours") for atom in atoms)
        if not group or names & others or ("days" in names and not timed):
            continue
        for at in (place, *group):
            found[at] = merged([atoms[at]], read, Sense("glue"))
    return found


def _groups(atoms: list[Atom]) -> Iterator[tuple[int, list[int]]]:
    """Where something is said to be included, and where its names stand."""
    for place, atom in enumerate(atoms):
        text = atom.text.lower()
        before = atoms[place - 1].text.lower() if place else ""
        if text in ("含めて", "含め") and before in ("も", "を"):
            yield place, _run(atoms, range(place - 2, -1, -1))
        elif text in ("も含めて", "も含め", "を含めて") or (
            text == "included" and place + 1 in (len(atoms), *_marks(atoms))
        ):
            yield place, _run(atoms, range(place - 1, -1, -1))
        elif text == "including" and before in (",", "("):
            yield place, _run(atoms, range(place + 1, len(atoms)))


def _sort(atom: Atom) -> str | None:
    """The dimension that a name belongs to; weekdays are one too."""
    return sense.name if (sense := atom.scope) else "days" if atom.has("days") else None


def _marks(atoms: list[Atom]) -> list[int]:
    return [at for at, atom in enumerate(atoms) if atom.has("mark")]


def _run(atoms: list[Atom], places: range) -> list[int]:
    """The names next to the word, as far as they are one list."""
    group: list[int] = []
    for at in places:
        if _sort(atoms[at]):
            group.append(at)
        elif atoms[at].text in CLOSED or not atoms[at].has(*LISTED):
            break
    return group
