"""A sentence: cut into clauses so that as much as possible is read, and what carries over from one to the next."""

from dataclasses import dataclass, replace
from functools import cache

from policies.directives.atom import Atom
from policies.directives.courtesies import GREETING, NAME, courtesy, reason
from policies.directives.frame import Frame, Said, Trouble
from policies.directives.reading import read
from policies.directives.scopes import REASONS
from policies.directives.sentences import pieces
from policies.directives.wish import Wish

LONGEST = 7
"""How many pieces one clause may be made of."""
READINGS = 60
"""How many stretches of one sentence are tried as a clause: a sentence of many pieces is tried in shorter ones."""
TOO_LONG: Said = (
    "一文が長すぎて読み取れません。決まりごとに文を分けてください。",
    "The sentence is too long to be read. Write one sentence for each rule.",
)
FAILED, JOINT = 1000, 1
ASSERTING = (
    "most",
    "below",
    "above",
    "least",
    "ban",
    "only",
    "number",
    "count",
    "may",
    "must",
    "percent",
    "time",
    "hours",
    "do",
    "send",
    "quote",
    "agreed",
    "not_agreed",
    "needs",
    "soft",
    "except",
    "exempt",
)
BORROWED = (
    ("span", "what"),
    ("ban", "do", "what"),
    ("most", "below", "above", "ban", "do", "what"),
    ("most", "what"),
    ("part", "what"),
    ("discount", "off", "what"),
    ("discount", "off", "most", "what"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a sentence: what it says, or why it cannot be read, or why it says nothing."""

    atoms: tuple[Atom, ...]
    frame: Frame | None = None
    trouble: Trouble | None = None
    silent: Said | None = None
    wish: Wish | None = None

    @property
    def constrains(self) -> bool:
        """Whether it holds a constraint."""
        return self.frame is not None and self.frame.kind not in ("exception", "permit", "courtesy", "rest")


def parts_of(atoms: list[Atom], japanese: bool) -> list[Part]:
    """The sentence in the fewest unread and then the most read clauses."""
    cut = pieces(atoms)
    if len(cut) > READINGS:
        return [Part(tuple(atoms), trouble=Trouble(*TOO_LONG))]
    parts = _cut(cut, japanese)
    if len(cut) <= LONGEST and any(part.trouble is not None for part in parts):
        split = _cut(pieces(atoms, lists=True), japanese)
        permits = any(part.frame is not None and part.frame.kind == "permit" for part in split)
        if not permits and all(part.trouble is None for part in split):
            parts = split
    return _shared_back(_in_brackets(_borrowed(_signed(parts), japanese)), japanese)


def _cut(cut: list[list[Atom]], japanese: bool) -> list[Part]:
    return [_part(cut[start:end], japanese) for start, end in _best(cut, japanese)]


def _in_brackets(parts: list[Part]) -> list[Part]:
    """What stands in brackets is set against what stands before them: 10% (VIPs: 20%)."""
    found = list(parts)
    for place, part in enumerate(parts[1:], 1):
        if part.frame is not None and parts[place - 1].atoms[-1].text == "(" and part.frame.kind != "exception":
            found[place] = replace(part, frame=replace(part.frame, carves=True))
    return found


def _signed(parts: list[Part]) -> list[Part]:
    """A name after a greeting is a signature: Thanks, Mia."""
    found: list[Part] = []
    for part in parts:
        name = " ".join(atom.text for atom in part.atoms if not atom.has("mark"))
        if part.trouble is not None and found and found[-1].silent is not None and NAME.match(name):
            part = Part(part.atoms, silent=GREETING)
        found.append(part)
    return found


def _shared_back(parts: list[Part], japanese: bool) -> list[Part]:
    """In Japanese the object of the last verb belongs to the clauses before it that have neither.

    平日は20時まで、土日は18時までしか電話しない: both are about calls.
    """
    found = list(parts)
    for place in range(len(parts) - 2, -1, -1):
        part, following = found[place], found[place + 1]
        if not japanese or part.frame is None or following.frame is None or part.frame.kind != following.frame.kind:
            continue
        bare = not any(atom.has("ban", "do", "noun", "send", "may") for atom in part.atoms)
        if bare and part.frame.scopes.is_open and not following.frame.scopes.is_open and not following.frame.topic:
            found[place] = replace(part, frame=part.frame.within(following.frame.scopes))
    return found


def _best(cut: list[list[Atom]], japanese: bool) -> list[tuple[int, int]]:
    """The cheapest way to join neighbouring pieces: an unread clause costs most, a joint a little."""
    size = len(cut)
    costs = [0] * (size + 1)
    choice = [size] * size

    @cache
    def cost(start: int, end: int) -> int:
        if any(piece[-1].text == ";" for piece in cut[start : end - 1]):
            return FAILED * (end - start) + JOINT
        part = _part(cut[start:end], japanese)
        return JOINT * (end - start - 1) if part.trouble is None else FAILED * (end - start)

    longest = max(1, min(LONGEST, READINGS // size)) if size else LONGEST
    for start in range(size - 1, -1, -1):
        best = None
        for end in range(start + 1, min(size, start + longest) + 1):
            total = cost(start, end) + costs[end]
            if best is None or total < best[0]:
                best = (total, end)
        if best is not None:
            costs[start], choice[start] = best
    found, at = [], 0
    while at < size:
        found.append((at, choice[at]))
        at = choice[at]
    return found


def _part(group: list[list[Atom]], japanese: bool) -> Part:
    atoms = [atom for piece in group for atom in piece]
    text = "".join(atom.text if not atom.text.isascii() else f"{atom.text} " for atom in atoms)
    silent = reason(atoms, text) or (courtesy(atoms, text, False) if len(group) == 1 else None)
    if silent is not None:
        return Part(tuple(atoms), silent=silent)
    try:
        return Part(tuple(atoms), frame=_topical(read(atoms, japanese), atoms))
    except Trouble as trouble:
        return Part(tuple(atoms), trouble=trouble)


def _topical(frame: Frame, atoms: list[Atom]) -> Frame:
    """In English the topic is what stands before anything is said of it."""
    if frame.topic or not atoms[0].text.isascii():
        return frame
    found: set[str] = set()
    for atom in atoms:
        sense = atom.scope
        if sense is not None:
            found.add(sense.name)
        elif atom.has(*ASSERTING) and not atom.has("noun"):
            break
    return replace(frame, topic=frozenset(found))


def _borrowed(parts: list[Part], japanese: bool) -> list[Part]:
    """Clauses that leave out what a neighbour says: two emails and one push per week."""
    found = list(parts)
    for place, part in enumerate(parts):
        if part.trouble is None:
            continue
        neighbours = [
            found[at] for at in (place + 1, place - 1) if 0 <= at < len(found) and found[at].frame is not None
        ]
        for neighbour in neighbours:
            whole = filled(part, neighbour, japanese)
            if whole is not None:
                found[place] = whole
                break
    return found


def _begins_with_an_order(part: Part) -> bool:
    """Contact them by email: a clause with a verb of its own borrows no no."""
    first = next((atom for atom in part.atoms if not atom.has("and", "mark", "glue", "but")), None)
    return first is not None and first.text.isascii() and first.has("send") and not first.has("what", "noun")


def _is_reason(part: Part) -> bool:
    """A clause that says why borrows nothing: it would become a rule of its own."""
    words = [atom for atom in part.atoms if not atom.has("mark", "and")]
    return bool(words) and words[-1].text in REASONS


def _lent(part: Part, neighbour: Part, kinds: tuple[str, ...]) -> list[Atom]:
    """The neighbour's words of these kinds, but for what the clause names itself."""
    own = {one.scope.name for one in part.atoms if one.scope}
    lent = [atom.only(*kinds) for atom in neighbour.atoms if atom.has(*kinds)]
    return [atom for atom in lent if "what" not in kinds or not (atom.scope and atom.scope.name in own)]


def filled(part: Part, neighbour: Part, japanese: bool) -> Part | None:
    """The clause with the words that it leaves out taken from its neighbour; None where that is not enough."""
    if _is_reason(part):
        return None
    acts = any(atom.has("do", "may", "must") for atom in part.atoms) or _begins_with_an_order(part)
    for kinds in BORROWED:
        if acts and "ban" in kinds:
            continue
        lent = _lent(part, neighbour, kinds)
        if not lent or any(atom.has(kind) for atom in part.atoms for kind in kinds if kind in ("span",)):
            continue
        try:
            frame = read([*part.atoms, *lent], japanese)
        except Trouble:
            continue
        if neighbour.frame is None or frame.values.get("forbids") != neighbour.frame.values.get("forbids"):
            continue
        if frame.kind == neighbour.frame.kind:
            return Part(part.atoms, frame=_topical(frame, list(part.atoms)))
    return None
