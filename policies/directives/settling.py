"""Settling: exceptions taken into the rules they except from, and conflicts between clauses asked about."""

from dataclasses import dataclass, replace

from policies.directives.carrying import narrowed
from policies.directives.conflicts import conflict
from policies.directives.frame import Frame, Said, Scopes
from policies.directives.sentence import Part
from policies.rules import AnyRule

MOST_TOGETHER = 150
"""How many clauses are compared with each other in one reading."""
TOO_MANY: Said = (
    "一度に読める決まりの数を超えています。指示をいくつかに分けてください。",
    "There are more rules than can be read at once. Split the directive.",
)
EXCEPTION: Said = (
    "前の決まりの例外として、その決まりに入れました。",
    "It was taken into the rules before it as an exception.",
)


@dataclass(slots=True)
class Entry:
    """One clause on its way: where it stands, what was read, and what is wrong with it."""

    directive: int
    start: int
    end: int
    part: Part
    japanese: bool
    sentence: int
    refused: Said | None = None
    asked: Said | None = None
    notes: tuple[Said, ...] = ()
    heard: AnyRule | None = None
    """The rule, where the clause is the very sentence in which a rule is read back."""

    @property
    def frame(self) -> Frame | None:
        """What was read, if it still stands."""
        return None if self.refused or self.asked else self.part.frame


def settle_exceptions(entries: list[Entry]) -> None:
    """Exceptions go into the rules that they except from; a limit set against the one before carves itself out."""
    for place, entry in enumerate(entries):
        frame = entry.frame
        if frame is None:
            continue
        if frame.kind == "exception":
            _except(entries, place, frame)
        elif frame.kind == "permit" and frame.carves and _targets(entries[: place + 1], place):
            _except(entries, place, Frame("exception", Scopes((), frame.scopes.alternatives)))
        elif frame.carves:
            _carve(entries, place, frame)


def _targets(entries: list[Entry], place: int, *, own: bool = True) -> list[Entry]:
    """The constraints right before: those of the same sentence, else those of the sentence before."""
    entry = entries[place]
    together = [one for one in entries if one.sentence == entry.sentence and one.frame and one.part.constrains]
    if together and own:
        return together
    earlier = [one for one in entries[:place] if one.directive == entry.directive and one.frame and one.part.constrains]
    if not earlier:
        return []
    return [one for one in earlier if one.sentence == earlier[-1].sentence]


def _except(entries: list[Entry], place: int, frame: Frame) -> None:
    entry = entries[place]
    targets = _targets(entries, place)
    if not targets:
        turned = Frame("ban", Scopes(frame.scopes.excepted), {"dates": None})
        if any(
            atom.text.startswith(("除外", "対象外", "は対象外", "除く", "除き", "は除", "exclud"))
            or "除外" in atom.text
            for atom in entry.part.atoms
        ):
            entry.part = replace(entry.part, frame=turned)
        else:
            entry.asked = (
                "何の例外かがわかりません。もとの決まりを先に書いてください。",
                "It is not clear what this is an exception to. Write the rule first.",
            )
        return
    for target in targets:
        if target.part.frame is not None:
            target.part = replace(target.part, frame=narrowed(target.part.frame, frame.scopes.excepted))
    entry.notes = (EXCEPTION,)


def _before(entries: list[Entry], place: int) -> list[Entry]:
    """The constraints before a clause in its sentence, else those of the sentence before."""
    own = [one for one in entries[:place] if one.sentence == entries[place].sentence and one.frame]
    return [one for one in own if one.part.constrains] or _targets(entries, place, own=False)


def _carve(entries: list[Entry], place: int, frame: Frame) -> None:
    for target in _before(entries, place):
        old = target.part.frame
        if (
            old is not None
            and old.kind == frame.kind
            and frame.kind in ("cap", "gap", "discount", "hours", "length", "ban")
        ):
            narrow = tuple(pick for pick in frame.scopes.alternatives if pick and pick not in old.scopes.alternatives)
            if narrow:
                target.part = replace(target.part, frame=narrowed(old, narrow))


def ask_about_conflicts(entries: list[Entry], most: int = MOST_TOGETHER) -> None:
    """Each clause against all before it; beyond `most` of them it is asked about unread."""
    before: list[Frame] = []
    for later in entries:
        frame = later.frame
        if frame is None:
            continue
        found = next((said for earlier in before if (said := conflict(earlier, frame)) is not None), None)
        later.asked = TOO_MANY if len(before) >= most else found
        if later.asked is None:
            before.append(frame)
