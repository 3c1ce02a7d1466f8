"""A draft: the atoms of one clause while it is read, and which of them have had an effect so far."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from policies.directives.atom import Atom, Sense

ALWAYS_FREE = frozenset(("glue", "mark", "topic", "and", "people", "everyone", "all", "each", "courtesy"))
"""Senses that change nothing by themselves and need not be consumed."""
COMPARING = ("most", "below", "above", "least")


@dataclass(slots=True)
class Draft:
    """Atoms with a note of those that were used; whatever is left over and means something keeps a clause open."""

    atoms: list[Atom]
    japanese: bool
    used: set[int] = field(default_factory=set)
    soft: bool = False
    """Whether it is only a wish."""

    def places(self, *kinds: str) -> list[int]:
        """Where unused atoms of these kinds stand."""
        return [place for place, atom in enumerate(self.atoms) if place not in self.used and atom.has(*kinds)]

    def has(self, *kinds: str) -> bool:
        """Whether an unused atom of one of the kinds is left."""
        return bool(self.places(*kinds))

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


def _is_free(atom: Atom, free: frozenset[str]) -> bool:
    """Whether an unused atom may stand there: never a no, whatever else it means."""
    if atom.has("ban") and not atom.has("glue"):
        return False
    if atom.has("courtesy") and atom.has("least", "may"):
        return False
    return any(sense.kind in free for sense in atom.senses)
