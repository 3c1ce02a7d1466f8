"""Bearing: the one rule that the words of a clause bear out whatever their order, for a type that somebody else read.

Every word has to be a word of that type of rule or say nothing; what excepts, compares, wishes or is not known bears
nothing out. The rule is lowered like one of the grammar, so that both mean the same by the same words.
"""

from collections.abc import Callable, Mapping, Sequence

from pydantic import ValidationError

from policies.audience import Bounds
from policies.directives.atom import Atom, Sense, Values
from policies.directives.draft import ALWAYS_FREE, COMPARING
from policies.directives.frame import Frame, Pick, Scopes
from policies.directives.frames.clocks import DAY, Stretch
from policies.directives.lowering import rules_of
from policies.rules import AnyRule

PLAIN = ALWAYS_FREE | frozenset(
    (
        *("send", "noun", "use", "do", "word", "per", "cap", "who", "what", "topic_noun", "length", "contain"),
        *("tone_noun", "window", "quiet", "bracket", "verb_channel"),
    )
)
"""Kinds of words that name whom and what, or say nothing by themselves."""
TURNING = frozenset(
    (
        *("except", "outside", "but", "exempt", "rest", "others", "above", "below", "least", "soft", "amend", "open"),
        *("agreed", "not_agreed", "undefined", "vague", "each", "together", "degree", "about", "may", "must", "share"),
        *("approval", "priority", "daypart", "needs", "gap", "consecutive", "dates", "off_limits"),
    )
)
"""Kinds of words that turn or open what a clause says: with one of them only its order tells what is meant."""
LIMITING = frozenset(("most", "only"))
Bag = Sequence[Atom]


def borne_out(kind: str, atoms: Bag, text: str, japanese: bool) -> AnyRule | None:
    """The rule of that type which the words bear out, None where they bear out none or more than one."""
    build = FRAMES.get(kind)
    if build is None or any(atom.has(*TURNING) for atom in atoms):
        return None
    pick = _pick(atoms)
    frame = None if pick is None else build(atoms, pick)
    if frame is None:
        return None
    try:
        rules = rules_of(frame, 0, 0, len(text), text, japanese)
    except ValidationError:
        return None
    return rules[0] if len(rules) == 1 else None


def _only_of(atoms: Bag, *kinds: str) -> bool:
    """Whether every word is plain or of one of the kinds."""
    allowed = PLAIN | frozenset(kinds)
    return all(any(sense.kind in allowed for sense in atom.senses) for atom in atoms)


def _pick(atoms: Bag) -> Pick | None:
    """Whom and what the words name, by dimension; None where a word may name two things."""
    found: dict[str, Values | Bounds] = {}
    for atom in atoms:
        named = [sense for sense in atom.senses if sense.kind in ("who", "what")]
        if len(named) > 1 or (named and not _added(found, named[0])):
            return None
    return found


def _added(found: dict[str, Values | Bounds], sense: Sense) -> bool:
    """Puts a sense to the others of its dimension; bounds do not add up."""
    before = found.get(sense.name)
    if sense.bounds is not None:
        found[sense.name] = sense.bounds
        return before is None
    if isinstance(before, Bounds) or not sense.values:
        return False
    found[sense.name] = sense.values | (before or frozenset())
    return True


def _one(atoms: Bag, *kinds: str) -> Sense | None:
    """The one sense of these kinds, None where there are none or several."""
    found = [sense for atom in atoms if (sense := atom.sense(*kinds)) is not None]
    return found[0] if len(found) == 1 else None


def _forbids(atoms: Bag) -> bool:
    """Whether it says no, once, and limits nothing."""
    nos = [atom for atom in atoms if atom.has("ban") and not atom.has(*COMPARING)]
    return len(nos) == 1 and not any(atom.has("only") for atom in atoms)


def _limits(atoms: Bag) -> bool:
    """Whether it sets a limit, and says no to nothing."""
    return any(atom.has(*LIMITING) for atom in atoms) and not any(atom.has("ban") for atom in atoms)


def _cap(atoms: Bag, pick: Pick) -> Frame | None:
    span, most = _one(atoms, "span"), _one([atom for atom in atoms if not atom.has("span")], "count", "number")
    if span is None or most is None or most.number is None or not _limits(atoms):
        return None
    if not _only_of(atoms, "most", "only", "span", "count", "number") or most.number != int(most.number):
        return None
    return Frame("cap", Scopes((pick,)), {"max": int(most.number), "span": span})


def _ban(atoms: Bag, pick: Pick) -> Frame | None:
    if not pick or not _forbids(atoms) or not _only_of(atoms, "ban"):
        return None
    return Frame("ban", Scopes((pick,)), {"dates": None})


def _hours(atoms: Bag, pick: Pick) -> Frame | None:
    """A daily window in which nothing is sent, or outside which nothing is."""
    forbids = _forbids(atoms)
    opens = not forbids and any(atom.has("only") for atom in atoms) and not any(atom.has("ban") for atom in atoms)
    if not (forbids or opens) or not _only_of(atoms, "ban", "only", "hours", "time", "from", "until", "days", "most"):
        return None
    stretch, days = _stretch(atoms), _days(atoms)
    if days is None or (stretch is None and (any(atom.has("time", "hours") for atom in atoms) or not days)):
        return None
    stretches = () if stretch is None else (stretch,)
    values = {"stretches": stretches, "days": days, "holiday": "", "forbids": forbids, "conditional": False}
    return Frame("hours", Scopes((pick,)), values)


def _stretch(atoms: Bag) -> Stretch | None:
    """The one stretch of a day that is named: whole, or by where it begins or ends."""
    whole, time = _one(atoms, "hours"), _one(atoms, "time")
    named = sum(atom.has("hours", "time") for atom in atoms)
    if named != 1:
        return None
    if whole is not None and whole.low is not None and whole.high is not None:
        return Stretch(whole.low % DAY, whole.high if whole.high <= DAY else whole.high % DAY)
    begins = any(atom.has("from") for atom in atoms)
    ends = any(atom.has("until") for atom in atoms)
    if time is None or time.low is None or time.name or begins == ends:
        return None
    return Stretch(time.low, DAY) if begins else Stretch(0, time.low)


def _days(atoms: Bag) -> Values | None:
    """The weekdays that are named; None where holidays are."""
    named = [sense for atom in atoms if (sense := atom.sense("days")) is not None]
    return None if any(sense.name for sense in named) else frozenset[str]().union(*(one.values for one in named))


def _discount(atoms: Bag, pick: Pick) -> Frame | None:
    percent = _one(atoms, "percent")
    if percent is None or percent.number is None or percent.name or not _limits(atoms):
        return None
    if not any(atom.has("discount") for atom in atoms) or not _only_of(
        atoms, "most", "only", "percent", "discount", "off"
    ):
        return None
    return Frame("discount", Scopes((pick,)), {"percent": percent.number})


def _length(atoms: Bag, pick: Pick) -> Frame | None:
    chars, part = _one(atoms, "chars"), _one(atoms, "part")
    if chars is None or chars.number is None or part is None or not _limits(atoms):
        return None
    if not _only_of(atoms, "most", "only", "chars", "part"):
        return None
    return Frame("length", Scopes((pick,)), {"max": int(chars.number), "part": part.name})


def _phrases(atoms: Bag, pick: Pick) -> Frame | None:
    quotes = tuple(sense.name for atom in atoms if (sense := atom.sense("quote")) is not None)
    if not quotes or not _forbids(atoms) or not _only_of(atoms, "ban", "quote"):
        return None
    return Frame("forbid", Scopes((pick,)), {"phrases": quotes})


FRAMES: Mapping[str, Callable[[Bag, Pick], Frame | None]] = {
    "frequency_cap": _cap,
    "channel_permit": _ban,
    "audience_exclusion": _ban,
    "quiet_hours": _hours,
    "send_window": _hours,
    "discount_ceiling": _discount,
    "length": _length,
    "forbidden_phrase": _phrases,
}
