"""Tables: rows of cells under a row that says what the cells are: | Tier | Max emails per week |."""

from collections.abc import Sequence

from policies.directives.atom import Atom
from policies.directives.frame import Said, Trouble
from policies.directives.reading import read
from policies.directives.sentence import Part
from policies.directives.settling import Entry

HEADER: Said = (
    "表の見出しです。下の行の意味として読みました。",
    "The head of a table; the rows below it were read with it.",
)


def is_row(text: str) -> bool:
    """Whether a line looks like a row of a table."""
    return text.count("|") >= 2 or (text.count("|") == 1 and not text.strip().startswith("|"))


def under_head(head: Sequence[Entry], parts: list[Part], japanese: bool) -> list[Part]:
    """The clauses of a line; a row that says nothing by itself is read under the head of its table."""
    if not head or all(part.trouble is None for part in parts) or any(entry.part.frame for entry in head):
        return parts
    names = [atom for entry in head for atom in entry.part.atoms]
    row = _row_of(names, [atom for part in parts for atom in part.atoms], japanese)
    if row is None:
        return parts
    for entry in head:
        entry.part = Part(entry.part.atoms, silent=HEADER)
    return row


def _row_of(head: Sequence[Atom], row: Sequence[Atom], japanese: bool) -> list[Part] | None:
    """The clauses of a row, one for each cell beside the first; None where a cell cannot be read under its head."""
    heads, cells = _cells(head), _cells(row)
    if len(cells) < 2 or len(heads) != len(cells):
        return None
    found: list[Part] = []
    for name, cell in zip(heads[1:], cells[1:], strict=True):
        said = [atom for atom in cell if not atom.has("mark")]
        if not said:
            return None
        try:
            frame = read([*cells[0], *said, *name], japanese)
        except Trouble:
            return None
        found.append(Part(tuple(cell if found else (*cells[0], *cell)), frame=frame))
    return found


def _cells(atoms: Sequence[Atom]) -> list[list[Atom]]:
    """The atoms between the bars; the bars at both ends make no cell."""
    found: list[list[Atom]] = [[]]
    for atom in atoms:
        if atom.text == "|":
            found.append([])
        else:
            found[-1].append(atom)
    if not found[0]:
        found = found[1:]
    return found if found and found[-1] else found[:-1]
