"""Reading: the atoms of one clause, read as the one frame that uses every word of it."""

import itertools
from dataclasses import replace
from typing import cast

from policies.directives.atom import Atom, words
from policies.directives.draft import Draft, index_of
from policies.directives.frame import Days, Frame, Trouble
from policies.directives.frames.timing import by_date, outside, resolved, take_dates
from policies.directives.lexicon import unclear
from policies.directives.orders import ordered_notes
from policies.directives.readers import READERS

COMPARED = frozenset(words(unclear.SAME))
PERSONAL = frozenset(("them", "they", "その方", "その方々", "同じ方", "彼ら", "その人"))
ALSO = frozenset(("も", "にも", "either", "as well", "too", "also"))
PRONOUNS = frozenset(("it", "they", "them", "these", "those", "this", "それ", "これ", "それら", "これら"))


def read(atoms: list[Atom], japanese: bool) -> Frame:
    """The frame of a clause; raises the Trouble that tells most where no reading uses every word.

    Several days in a list are the same clause for each of them: on 26 December and 1 January.
    """
    listed = _listed_days(atoms)
    if not listed:
        return _settled(_read_one(atoms, japanese), ())
    first, last = listed[0], listed[-1]
    one = Atom(atoms[first].start, atoms[last].end, atoms[first].text, atoms[first].senses)
    frame = _read_one([*atoms[:first], one, *atoms[last + 1 :]], japanese)
    if frame.values.get("dates") is None:
        raise _nothing(atoms)
    return _settled(frame, tuple((sense.first, sense.last) for at in listed[1:] if (sense := atoms[at].sense("dates"))))


def _settled(frame: Frame, further: tuple[Days, ...]) -> Frame:
    """The frame for all its stretches of days, or for all days but these."""
    days = (*([cast("Days", frame.values["dates"])] if frame.values.get("dates") else ()), *further)
    if frame.values.get("outside"):
        others = outside(days)
        values: dict[str, object] = {name: one for name, one in frame.values.items() if name != "outside"}
        return replace(frame, values={**values, "dates": others[0], "further": others[1:]})
    if not further:
        return frame
    notes = (*frame.notes, *(resolved(one) for one in further))
    return replace(frame, values={**frame.values, "further": further}, notes=notes)


def _listed_days(atoms: list[Atom]) -> list[int]:
    """Where the days of a list of several stand; nothing where days do not simply follow each other."""
    places = [place for place, atom in enumerate(atoms) if atom.has("dates")]
    for first, second in itertools.pairwise(places):
        between = atoms[first + 1 : second]
        if not between or any(atom.text.lower() not in (*JOINING, "、", ",", "・", "/", "on") for atom in between):
            return []
    whole = all((sense := atoms[place].sense("dates")) and sense.first and sense.last for place in places)
    return places if whole and len(places) > 1 else []


def _read_one(atoms: list[Atom], japanese: bool) -> Frame:
    worst: Trouble | None = _mixed(atoms)
    if worst is not None:
        raise worst
    index = index_of(atoms)
    for reader, free in READERS:
        draft = Draft(atoms, japanese, index=index)
        draft.soft = bool(draft.take("soft"))
        carves = bool(draft.take("but"))
        try:
            frame = reader(draft)
            if frame is not None:
                return _finished(draft, frame, free, carves)
        except Trouble as trouble:
            if worst is None or trouble.weight > worst.weight:
                worst = trouble
    raise worst or _nothing(atoms)


SIDES = {"who": "who", "what": "what", "time": "time", "hours": "time", "days": "time", "dates": "time"}
SIDES |= {"agreed": "consent", "not_agreed": "consent"}
BETWEEN = ("glue", "mark", "people", "from", "until", "noun", "send", "outside", "each", "all")
JOINING = frozenset(("and", "or", "nor", "と", "や", "または", "又は", "および", "及び", "もしくは", "あるいは", "か"))


def _mixed(atoms: list[Atom]) -> Trouble | None:
    """An and between customers and times: no calls to VIPs or after 8 pm is two rules, and asked about."""
    for place, atom in enumerate(atoms):
        if atom.text.lower() not in JOINING or not 0 < place < len(atoms) - 1:
            continue
        before, after = _side(atoms[place - 1 :: -1]), _side(atoms[place + 1 :])
        if before and after and before != after:
            return Trouble(
                f"「{atom.text}」の前後で別の種類の条件が並んでいます。条件ごとに文を分けてください。",
                f'Different kinds of conditions are joined by "{atom.text}". Write one sentence for each.',
                weight=5,
            )
    return None


def _side(atoms: list[Atom]) -> str | None:
    """Which kind of condition stands nearest."""
    for atom in atoms:
        if not atom.scope and atom.has(*BETWEEN):
            continue
        sense = atom.sense(*SIDES)
        return SIDES[sense.kind] if sense else None
    return None


def _finished(draft: Draft, frame: Frame, free: tuple[str, ...], carves: bool) -> Frame:
    dates = take_dates(draft) if frame.values.get("dates") is None else None
    if not frame.values.get("outside") and _only_on_days(draft):
        raise _only_then()
    left = draft.left(free)
    if left:
        raise _left_over(left)
    values = {**frame.values, "dates": dates} if dates else frame.values
    notes = (*frame.notes, *((resolved(dates),) if dates else ()), *ordered_notes(draft.atoms))
    everyone = any(
        atom.has("everyone") or (atom.has("all") and ("チャネル" in atom.text or "channel" in atom.text.lower()))
        for atom in draft.atoms
    )
    refers = any(atom.text.lower() in PRONOUNS for atom in draft.atoms)
    people = any(atom.text.lower() in PERSONAL for atom in draft.atoms)
    also = any(atom.text.lower() in ALSO for atom in draft.atoms)
    return Frame(
        frame.kind,
        frame.scopes,
        values,
        frame.soft or draft.soft,
        everyone,
        carves,
        refers,
        people,
        also,
        _topic(draft.atoms),
        notes,
    )


def _only_on_days(draft: Draft) -> bool:
    """Whether an only belongs to the days: what holds on the other days is another question."""
    return any(atom.has("only") and by_date(draft, place) for place, atom in enumerate(draft.atoms))


def _only_then() -> Trouble:
    return Trouble(
        "その日だけに許すのか、その日だけの上限なのか、はっきりしません。その日と、ほかの日とを別の文で書いてください。",
        "It is not clear whether this is only allowed on these days or only limited on them. Write one sentence "
        "for these days and one for the others.",
        weight=5,
    )


def _topic(atoms: list[Atom]) -> frozenset[str]:
    """The dimensions that stand before a topic marker or a colon: they stay for the rest of the sentence."""
    for place, atom in enumerate(atoms):
        if atom.text in (
            "は",
            "には",
            "へは",
            "では",
            "については",
            "に対しては",
            "向けには",
            "宛には",
            ":",
            "に関しては",
            "の場合は",
        ):
            return frozenset(sense.name for one in atoms[:place] if (sense := one.scope))
    return frozenset()


def _left_over(left: list[Atom]) -> Trouble:
    if any(atom.has("amend") for atom in left):
        return _amends()
    if all(atom.has("vague") and atom.text.lower() not in COMPARED for atom in left):
        return _open_ended(left)
    known = list(dict.fromkeys(atom.text for atom in left))
    named = "".join(f"「{word}」" for word in known[:5])
    quoted = ", ".join(f'"{word}"' for word in known[:5])
    return Trouble(
        f"{named}をルールとしてどう扱うかわかりません。別の言葉で書くか、その部分を消してください。",
        f"It is not clear what rule {quoted} stands for. Put it another way, or leave it out.",
        weight=2,
        unread=any(not atom.has("vague", "undefined") for atom in left),
    )


def _open_ended(left: list[Atom]) -> Trouble:
    named = "".join(f"「{atom.text}」" for atom in left[:5])
    quoted = ", ".join(f'"{atom.text}"' for atom in left[:5])
    return Trouble(
        f"{named}の範囲が決まっていません。時刻や数で書くか、なくても同じ意味なら消してください。",
        f"{quoted} has no fixed bounds. Give hours or numbers, or leave it out where it changes nothing.",
        weight=2,
    )


def _amends() -> Trouble:
    return Trouble(
        "前に書かれた内容を変える指示のようです。どの決まりを置き換えますか。前の決まりを消して、"
        "新しい決まりを一文で書いてください。",
        "This seems to change something said before. Which rule does it replace? Remove that one and "
        "write the new one in full.",
        weight=7,
    )


def _nothing(atoms: list[Atom]) -> Trouble:
    if any(atom.has("amend") for atom in atoms):
        return _amends()
    unknown = [atom for atom in atoms if not atom.senses]
    if unknown:
        return _left_over(unknown)
    return Trouble(
        "何をどう制限するのかが読み取れません。対象・チャネルと、上限・時間帯・禁止などを書いてください。"
        "予定や施策（〜を送る）はルールではなく、施策の下書きになります。",
        "No limit can be read here. Say for whom and on which channel, and what is forbidden or limited. "
        "A plan to send something is a scene, not a rule.",
        unread=not any(atom.has("vague", "undefined") for atom in atoms),
    )
