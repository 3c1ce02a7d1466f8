"""A draft: the atoms of one clause while it is read, and which of them have had an effect so far."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from policies.directives.atom import Atom, Sense

ALWAYS_FREE = frozenset(
    ("glue", "mark", "topic", "and", "people", "everyone", "all", "each", "courtesy", "others", "other_days")
)
"""Senses that change nothing by themselves and need not be consumed."""
COMPARING = ("most", "below", "above", "least")


Index = Mapping[str, Sequence[int]]


def index_of(atoms: Sequence[Atom]) -> Index:
    """Where the atoms of each kind stand."""
    found: dict[str, list[int]] = {}
    for place, atom in enumerate(atoms):
        for kind in atom.kinds:
            found.setdefault(kind, []).append(place)
    return found


@dataclass(slots=True)
class Draft:
    """Atoms with a note of those that were used; whatever is left over and means something keeps a clause open."""

    atoms: list[Atom]
    japanese: bool
    used: set[int] = field(default_factory=set)
    soft: bool = False
    """Whether it is only a wish."""
    index: Index | None = None
    """Where the atoms of each kind stand; the readers of one clause share it."""

    def places(self, *kinds: str) -> list[int]:
        """Where unused atoms of these kinds stand."""
        index = self._index()
        if len(kinds) == 1:
            return [place for place in index.get(kinds[0], ()) if place not in self.used]
        return sorted({place for kind in kinds for place in index.get(kind, ())} - self.used)

    def has(self, *kinds: str) -> bool:
        """Whether an unused atom of one of the kinds is left."""
        index, used = self._index(), self.used
        return any(place not in used for kind in kinds for place in index.get(kind, ()))

    def _index(self) -> Index:
        if self.index is None:
            self.index = index_of(self.atoms)
        return self.index

    def senses(self, *kinds: str) -> list[Sense]:
        """The senses of the unused atoms of these kinds, in order."""
        found = (self.atoms[place].sense(*kinds) for place in self.places(*kinds))
        return [sense for sense in found if sense is not None]

    def use(self, places: Iterable[int]) -> None:
        """Notes that the atoms had their effect."""
        self.used.update(places)

    def take(self, *kinds: str) -> list[Sense]:
        """The senses of these kinds, noted as used."""
        found = self.senses(*kinds)
        self.use(self.places(*kinds))
        return found

    def bans(self) -> list[int]:
        """Where a plain no stands: not one that belongs to a bound, such as "no more than"."""
        return [place for place in self.places("ban") if not self.atoms[place].has(*COMPARING)]

    def left(self, allowed: Iterable[str] = ()) -> list[Atom]:
        """The atoms that had no effect and are neither glue nor of an allowed kind."""
        free = ALWAYS_FREE | frozenset(allowed)
        return [atom for place, atom in enumerate(self.atoms) if place not in self.used and not _is_free(atom, free)]

    def before(self, place: int) -> int | None:
        """The nearest unused atom to the left that is not glue."""
        return next((at for at in range(place - 1, -1, -1) if self._counts(at)), None)

    def after(self, place: int) -> int | None:
        """The nearest unused atom to the right that is not glue."""
        return next((at for at in range(place + 1, len(self.atoms)) if self._counts(at)), None)

    def _counts(self, place: int) -> bool:
        return place not in self.used and not self.atoms[place].has("glue", "mark", "topic", "people", "and")


def idle(draft: Draft, bans: list[int]) -> list[int]:
    """The "may" of a no that stands before it: no SMS may go out."""
    first = bans[0] if bans else len(draft.atoms)
    return [
        at
        for at in draft.places("may")
        if at > first and draft.atoms[at].text.lower() in ("may", "can", "may be", "can be")
    ]


def _is_free(atom: Atom, free: frozenset[str]) -> bool:
    """Whether an unused atom may stand there: never a no, whatever else it means."""
    if atom.has("ban") and not atom.has("glue"):
        return False
    if atom.has("courtesy") and atom.has("least", "may"):
        return False
    return any(sense.kind in free for sense in atom.senses)
