"""Wishing: a sentence that asks for something to be done, which no rule can hold, as the draft of what it becomes."""

import re
from collections.abc import Iterator, Sequence
from datetime import time

from domain.language import Text
from policies.directives.amounts import value
from policies.directives.atom import Atom
from policies.directives.clause import Status
from policies.directives.draft import Draft
from policies.directives.frame import Frame, Said, Trouble
from policies.directives.lexicon import wishes as words
from policies.directives.scopes import alternatives_of
from policies.directives.scoping import scope_of
from policies.directives.sentence import Part
from policies.directives.settling import Entry
from policies.directives.wish import Trigger, Wish, WishKind
from policies.rules import AnyRule
from policies.scope import Scope

TELLING = 6
"""The weight from which on trouble tells more than that nothing is limited: it amends, or could bleed."""
BOUNDS = ("percent", "count", "money", "time", "hours", "days", "dates", "discount", "outside", "except")
"""What another part of the sentence is about where not everything is to stop."""
STOPPED: Said = (
    "すぐに止めるなら、緊急停止（POST /v1/stop、画面の「緊急停止」）がいま使えます。決まりは承認のあとに効きます。",
    "To stop it this minute, use the stop switch (POST /v1/stop); a rule holds only once it is approved.",
)
NOUNS: dict[WishKind, tuple[str, str]] = {
    "goal": ("目標", "a goal"),
    "priority": ("優先順位", "a priority"),
    "scene": ("施策", "a scene"),
    "stop": ("緊急停止", "a stop"),
}


def wishing(parts: list[Part], low: str, shown: str) -> list[Part]:
    """The clauses of a sentence; one that only asks for something to be done is a single clause with its draft."""
    spoken = [part for part in parts if part.silent is None]
    troubles = [part.trouble for part in spoken if part.trouble is not None]
    if not spoken or len(troubles) < len(spoken):
        return parts
    atoms = tuple(atom for part in parts for atom in part.atoms)
    stop = next((trouble for trouble in troubles if trouble.stops), None)
    if any(atom.has(*BOUNDS) for part in spoken if part.trouble and not part.trouble.stops for atom in part.atoms):
        stop = None
    if stop is not None and _everything(atoms, low):
        return [Part(atoms, trouble=stop, wish=_made("stop", shown, Scope()))]
    wish = wished(atoms, low, shown) if all(trouble.weight < TELLING for trouble in troubles) else None
    return parts if wish is None else [Part(atoms, trouble=Trouble(*_asked(wish)), wish=wish)]


def _everything(atoms: Sequence[Atom], low: str) -> bool:
    """Whether nothing is left open but what is to stop: no vague word is a bound."""
    if any(atom.has("undefined") for atom in atoms):
        return False
    return re.search(words.URGENT, low) is not None or not any(atom.has("vague") or not atom.senses for atom in atoms)


def wished(atoms: Sequence[Atom], low: str, shown: str) -> Wish | None:
    """The draft that a sentence asks for, None where it asks for nothing of the kind."""
    if any(atom.has("undefined", "amend", "only", "quote") for atom in atoms) or _forbids(atoms, low):
        return None
    return _goal(atoms, low, shown) or _priority(atoms, low, shown) or _scene(atoms, low, shown)


def _forbids(atoms: Sequence[Atom], low: str) -> bool:
    """Whether a no is said that is not only about what customers have not done."""
    for event, pattern in words.EVENTS:
        low = re.sub(pattern, " ", low) if event.startswith("no_") else low
    return any(atom.has("ban") and not atom.has("glue", "most", "below") and atom.text.lower() in low for atom in atoms)


def _goal(atoms: Sequence[Atom], low: str, shown: str) -> Wish | None:
    kpi = next((name for name, pattern in words.KPIS.items() if re.search(pattern, low)), None)
    if kpi is None or not re.search(words.AIM, low):
        return None
    figures = [sense.number for atom in atoms if (sense := atom.sense("percent", "money", "number", "count"))]
    target = float(figures[-1]) if figures and figures[-1] is not None else None
    return Wish("goal", shown, _named("goal", shown), _scope(atoms), kpi=kpi, target=target)


def _priority(atoms: Sequence[Atom], low: str, shown: str) -> Wish | None:
    return _made("priority", shown, _scope(atoms)) if re.search(words.PREFER, low) else None


def _scene(atoms: Sequence[Atom], low: str, shown: str) -> Wish | None:
    event = next((event for event, pattern in words.EVENTS if re.search(pattern, low)), None)
    if event is None or not re.search(words.ORDER, low):
        return None
    times = [sense.low for atom in atoms if (sense := atom.sense("time")) and sense.low is not None]
    at = time(times[0] % 1440 // 60, times[0] % 60) if times else None
    return Wish("scene", shown, _named("scene", shown), _scope(atoms), trigger=Trigger(event, _days(low)), at=at)


def _days(low: str) -> float | None:
    found = re.search(words.SPAN, low)
    if found is None:
        return None
    number = 1.0 if found["n"] in ("a", "an") else float(value(found["n"]))
    return round(number * words.IN_DAYS[found["unit"]], 4)


def _made(kind: WishKind, shown: str, scope: Scope) -> Wish:
    return Wish(kind, shown, _named(kind, shown), scope)


def _named(kind: WishKind, shown: str) -> Text:
    ja, en = NOUNS[kind]
    brief = shown if len(shown) <= 40 else f"{shown[:39]}…"
    return Text(ja=f"{ja}：{brief}", en=f"{en.removeprefix('a ').capitalize()}: {brief}")


def _scope(atoms: Sequence[Atom]) -> Scope:
    """For whom and about what, as far as the sentence says it in words that rules know."""
    try:
        picks = alternatives_of(Draft(list(atoms), True), range(len(atoms)))
    except Trouble:
        return Scope()
    return scope_of(Frame("permit"), picks[0]) if len(picks) == 1 else Scope()


def drafts_of(entry: Entry, status: Status, rules: Sequence[AnyRule], low: str) -> tuple[Wish, ...]:
    """What a clause wishes for; a ban that cannot wait offers the stop switch beside its rule."""
    if entry.part.wish is not None and status == "ask" and entry.asked is None:
        return (entry.part.wish,)
    frame = entry.part.frame
    if status == "understood" and rules and frame is not None and frame.kind == "ban" and re.search(words.URGENT, low):
        scope = rules[0].scope
        denied = getattr(rules[0], "deny", None)
        return (_made("stop", low, scope.model_copy(update={"channels": denied}) if denied else scope),)
    return ()


def notes_on(drafts: Sequence[Wish]) -> Iterator[Said]:
    """What drafts always say of themselves: that nothing of them is in force."""
    for wish in drafts:
        ja, en = NOUNS[wish.kind]
        yield f"{ja}の下書きです。有効にはなっていません。", f"The draft of {en}; it is not in force."
        if wish.kind == "stop":
            yield STOPPED


def _asked(wish: Wish) -> Said:
    ja, en = NOUNS[wish.kind]
    return (
        f"これは制限ではないので、ルールではなく{ja}の下書きになります。まだ有効ではありません。下書きとして進めますか。"
        f"何かを制限したいときは「〜まで」「〜しない」と書いてください。",
        f"This limits nothing, so it becomes the draft of {en} and no rule. It is not in force. Keep it as a draft? "
        f'To limit something, write "at most" or "never".',
    )
