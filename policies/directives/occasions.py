"""Occasions: a word for what sets a scene off is the scene where a message about it is meant, and nothing elsewhere."""

from policies.directives.atom import WHAT, Atom, Sense
from policies.directives.lexicon.occasions import BY_WEATHER

BETWEEN = ("の", "ご", "お", "御", "'s", "-", "に関する", "についての", "向け", "向けの", "用", "用の", "による")
ABOUT = ("about", "on", "regarding", "concerning", "for", "around", "of")
MESSAGES = ("noun", "send")


def occasions(atoms: list[Atom], read: str) -> list[Atom]:
    """The atoms with every occasion as its scene, or as a word that nobody knows: 契約更新のお客様 is no scene."""
    if not any(atom.has("occasion") for atom in atoms):
        return atoms
    found = [_settled(atoms, place) if atom.has("occasion") else atom for place, atom in enumerate(atoms)]
    return [
        Atom(atom.start, atom.end, atom.text, (Sense("noun"),)) if _belongs_to_one(atoms, found, place) else atom
        for place, atom in enumerate(found)
    ]


def _belongs_to_one(atoms: list[Atom], found: list[Atom], place: int) -> bool:
    """Rainy day offers and coupons are the messages of that scene, not offers of any kind in it."""
    at = place - 2 if place > 1 and atoms[place - 1].text in BETWEEN else place - 1
    scene = found[at].scope if place and atoms[at].has("occasion") else None
    own = atoms[place].scope
    if scene is None or not (atoms[place].has("offer") or own):
        return False
    return own is None or (own.name == "kinds" and scene.values <= BY_WEATHER)


def _settled(atoms: list[Atom], place: int) -> Atom:
    atom = atoms[place]
    sense = atom.sense("occasion")
    name = sense.name if sense else ""
    others = tuple(one for one in atom.senses if one.kind != "occasion")
    scene = Sense(WHAT, "scenes", frozenset((name,)))
    return Atom(atom.start, atom.end, atom.text, (scene,) if _is_about(atoms, place, name) else others)


def _is_about(atoms: list[Atom], place: int, name: str) -> bool:
    """Whether a message follows, or in English went before: reminders about expiring points."""
    after = next((one for one in atoms[place + 1 :] if one.text.lower() not in BETWEEN), None)
    if after is not None and not after.has("people", "who"):
        if after.has("noun") or (name in BY_WEATHER and after.has("offer") and not after.has("glue")):
            return True
        scope = after.scope
        if scope is not None and scope.name in (("kinds",) if name in BY_WEATHER else ("channels", "scenes")):
            return True
        if name not in BY_WEATHER and after.text in ("は", "では", "には", ":"):
            return True
    return name not in BY_WEATHER and _comes_after_a_message(atoms, place)


def _comes_after_a_message(atoms: list[Atom], place: int) -> bool:
    """Messages about points that expire, no calls for renewals: the occasion is what the message is about."""
    if place < 2 or atoms[place - 1].text.lower() not in ABOUT:
        return False
    ahead = [one for one in atoms[: place - 1] if not one.has("glue", "mark") or one.has("noun", "send")]
    last = ahead[-1] if ahead else None
    if atoms[place - 1].text.lower() in ("about", "regarding", "concerning", "on"):
        return True
    return last is not None and not last.has("people", "who") and (last.has(*MESSAGES) or last.scope is not None)
