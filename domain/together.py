"""Together: what several customers who turned out to be one person are as one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from domain.consent import ConsentState
from domain.customer import Customer


class Word(NamedTuple):
    """One line of the ledger: who said it, in which place, about what."""

    place: int
    customer_id: str
    about: tuple[str, str]
    granted: bool


class Joining(NamedTuple):
    """A merge: one customer went into another after `place` in the ledger."""

    place: int
    person_id: str
    customer_id: str


def consents_together(words: Iterable[Word], joinings: Iterable[Joining], person_id: str) -> ConsentState:
    """What the person allows: of what was said before a merge the no of either stands; a later word overrides it."""
    steps: list[tuple[int, int, Word | Joining]] = [(word.place, 0, word) for word in words]
    steps += [(joining.place, 1, joining) for joining in joinings]
    states: dict[str, dict[tuple[str, str], bool]] = {}
    heads: dict[str, str] = {}

    def head(id: str) -> str:
        while id in heads:
            id = heads[id]
        return id

    for _, _, step in sorted(steps, key=lambda one: one[:2]):
        if isinstance(step, Word):
            states.setdefault(head(step.customer_id), {})[step.about] = step.granted
        elif head(step.customer_id) != head(step.person_id):
            gone, stays = head(step.customer_id), head(step.person_id)
            states[stays] = strictest(states.get(stays, {}), states.pop(gone, {}))
            heads[gone] = stays
    return states.get(head(person_id), {})


def strictest(one: ConsentState, other: ConsentState) -> dict[tuple[str, str], bool]:
    """Both words together: a no of either is a no; where one said nothing the other's word holds."""
    return {about: one.get(about, True) and other.get(about, True) for about in {**one, **other}}


def one_person(survivor: Customer, others: Sequence[Customer]) -> Customer:
    """The survivor's profile with what only the others know; marks and segments of all of them."""
    rest = sorted(others, key=lambda one: one.id)
    known = {name: value for name in FILLED if (value := _first([survivor, *rest], name)) is not None}
    return survivor.model_copy(
        update={
            **known,
            "identifiers": _merged([one.identifiers for one in (survivor, *rest)]),
            "attributes": _merged([one.attributes for one in (survivor, *rest)]),
            "tags": frozenset().union(survivor.tags, *(one.tags for one in rest)),
            "segments": frozenset().union(survivor.segments, *(one.segments for one in rest)),
        }
    )


FILLED = ("display_name", "language", "timezone", "country", "region", "stage", "tier", "age", "gender")


def _first(people: Sequence[Customer], name: str) -> object:
    """What the first of them who knows it says."""
    return next((value for one in people if (value := getattr(one, name)) is not None), None)


def _merged(parts: Iterable[Mapping[Any, object]]) -> dict[Any, object]:
    """Every entry; where several say something, the first of them who does."""
    found: dict[Any, object] = {}
    for part in parts:
        found |= {name: value for name, value in part.items() if found.get(name) is None}
    return found
