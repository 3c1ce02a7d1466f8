"""Amending: what an earlier text would say with the figure of a sentence that only names another one: make it 15 %."""

from datetime import date

from policies.directives.atom import Atom
from policies.directives.clause import Glossary
from policies.directives.joins import joined
from policies.directives.lexer import atoms_of
from policies.directives.text import Written, written

FIGURES = ("percent", "count", "chars", "money", "time")
"""Kinds of figures of which a text holds one for one purpose."""


def amended(earlier: str, change: str, today: date, glossary: Glossary) -> str | None:
    """The earlier text with its one figure of that kind replaced; None where it is not clear which is meant."""
    new, old = written(change), written(earlier)
    said = _atoms(new, today, glossary)
    if not any(atom.has("amend") for atom in said):
        return None
    figures = [atom for atom in said if atom.has(*FIGURES)]
    if len(figures) != 1:
        return None
    kinds = {sense.kind for sense in figures[0].senses} & set(FIGURES)
    places = [atom for atom in _atoms(old, today, glossary) if atom.has(*kinds)]
    if len(places) != 1:
        return None
    start, end = old.span(places[0].start, places[0].end)
    return f"{earlier[:start]}{figures[0].text}{earlier[end:]}".strip()


def _atoms(source: Written, today: date, glossary: Glossary) -> list[Atom]:
    return joined(atoms_of(source.read, source.low, today, glossary), source.read)
