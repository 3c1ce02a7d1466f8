"""Carrying: what one clause takes over from the one before, and where that is not clear."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from policies.directives.aftercopy import about_the_words, not_needed
from policies.directives.atom import AUDIENCE
from policies.directives.draft import Draft
from policies.directives.frame import Days, Frame, Pick, Said, Scopes, Trouble
from policies.directives.frames.timing import outside
from policies.directives.scopes import alternatives_of
from policies.directives.sentence import ASSERTING, Part

FRAMING = (
    "には",
    "へは",
    "では",
    "については",
    "に対しては",
    "に関しては",
    "向けには",
    "宛には",
    "の場合は",
    ":",
    "に対して",
    "については、",
)
COPY = ("forbid", "require", "length", "tone")
OFFERING = ("discount", "price", "margin", "stock", "budget")
SENDING = ("cap", "gap", "hours")


def carried(parts: Sequence[Part], before: Sequence[Frame]) -> list[Part]:
    """The clauses with the scope that they share; where it is not clear what is shared, the clause is asked about."""
    found: list[Part] = []
    said: list[Part] = []
    for part in parts:
        if part.frame is None or part.frame.kind in ("exception", "courtesy"):
            found.append(part)
            continue
        if not said and any(atom.has("other_days") for atom in part.atoms):
            found.append(replace(part, frame=None, trouble=_bleeds()))
            continue
        try:
            last = said[-1].frame if said else before[-1] if before else None
            if (unclear := about_the_words(part, last)) is not None:
                raise unclear
            if not_needed(part, last):
                raise _unclear_whether_same()
            carried_over = _within(part, said) if said else _from_before(part.frame, before)
            part = replace(part, frame=_of_the_same_part(carried_over, said))
        except Trouble as trouble:
            part = replace(part, frame=None, trouble=trouble)
        found.append(part)
        if part.frame is not None:
            said.append(part)
    return found


def _from_before(frame: Frame, before: Sequence[Frame]) -> Frame:
    """What a sentence takes over from the one before it."""
    last = before[-1] if before else None
    if last is not None and _means_the_same_people(frame, last):
        return _all_of(frame, last, last.scopes.dimensions() & set(AUDIENCE)).noted(_same(last))
    if last is not None and frame.also and last.scopes.dimensions() & set(AUDIENCE) and not _about_people(frame):
        raise _unclear_whether_same()
    if (
        last is None
        or not frame.scopes.is_open
        or frame.everyone
        or last.kind not in (*SENDING, "ban", "consent")
        or last.scopes.is_open
    ):
        return frame
    if frame.kind not in (*SENDING, "consent") or last.everyone:
        return frame
    if frame.refers or frame.carves:
        return frame.within(last.scopes).noted(_same(last))
    if frame.kind == "hours" and not last.scopes.dimensions() & {"channels", "scenes"} and not last.scopes.excepted:
        pass
    raise _unclear_whether_same()


def _about_people(frame: Frame) -> bool:
    return frame.everyone or bool(frame.scopes.dimensions() & set(AUDIENCE))


def _means_the_same_people(frame: Frame, last: Frame) -> bool:
    """Don't send them push either: the customers of the sentence before, where none are named."""
    return frame.people and bool(last.scopes.dimensions() & set(AUDIENCE)) and not _about_people(frame)


def _unclear_whether_same() -> Trouble:
    return Trouble(
        "前の文と同じ対象・チャネルの話でしょうか、それともすべてのお客様・チャネルの話でしょうか。"
        "対象かチャネルを書き足してください。",
        "Is this about the same customers and channels as the sentence before, or about everybody? Name them again.",
        weight=6,
    )


def _same(last: Frame) -> Said:
    return (
        "前の文と同じ対象・チャネルについて、と読みました。",
        "It was read as being about the same customers and channels as the sentence before.",
    )


def _within(part: Part, said: list[Part]) -> Frame:
    """The clause as part of its sentence."""
    last = said[-1].frame
    if part.frame is not None and part.frame.kind == "rest" and last is not None:
        return _closing(part.frame, last)
    if part.frame is not None and any(atom.has("others") for atom in part.atoms):
        return _of_the_others(part.frame, said)
    if part.frame is not None and any(atom.has("other_days") for atom in part.atoms):
        return _on_the_other_days(part.frame, said[-1].frame)
    if _trailing_time(part, said[-1]):
        raise _bleeds()
    if _same_time(part, said[-1]):
        raise _bleeds()
    return _inherits(part, said)


def _inherits(part: Part, said: list[Part]) -> Frame:
    frame, last = part.frame, said[-1].frame
    if frame is None or last is None:
        raise TypeError("only clauses that were read carry a scope")
    topic_part, topic = _running(said)
    own = frame.scopes.dimensions()
    taken = _of_the_clause_before(frame, last, own)
    if taken is not None:
        return taken
    if own and _elliptical(part) and not frame.everyone:
        return _of_the_same_messages(frame, last)
    if not topic or topic_part.frame is None:
        return _without_topic(frame, last, own)
    if own & topic or (own & set(AUDIENCE) and topic & set(AUDIENCE)):
        return _replaces(frame, topic_part.frame, own)
    apart = frame.kind in OFFERING and not own and not topic & set(AUDIENCE) and not _framed(topic_part)
    if apart or (frame.everyone and topic & set(AUDIENCE)):
        return frame
    if not _framed(topic_part) and _may_bleed(frame, own, topic):
        raise _bleeds()
    return _all_of(frame, topic_part.frame, topic)


def _of_the_clause_before(frame: Frame, last: Frame, own: frozenset[str]) -> Frame | None:
    """The clause where a pronoun, a "but" or a permission says how it hangs on the one before; else None."""
    if frame.people and not frame.everyone and _means_the_same_people(frame, last):
        return _all_of(frame, last, last.scopes.dimensions() & set(AUDIENCE))
    if frame.kind == "permit" and not own:
        return frame
    if not own and (frame.everyone or frame.carves or last.kind == "permit"):
        return frame if frame.everyone else frame.within(last.scopes)
    return None


def _elliptical(part: Part) -> bool:
    """Never to active ones, none by push: a no that leaves out what is not sent."""
    if part.frame is None or part.frame.kind != "ban":
        return False
    first = next((atom for atom in part.atoms if not atom.has("mark", "and", "but", "glue")), None)
    if first is None or not first.has("ban") or not first.text.isascii() or first.text.lower() == "nothing":
        return False
    own = part.frame.scopes.dimensions()
    if first.text.lower().startswith("none") and own <= {"channels"}:
        return True
    said = any(atom.has("do", "send", "use", "what", "noun") and atom.text.lower() != "ones" for atom in part.atoms)
    return own <= set(AUDIENCE) and not said


def _of_the_same_messages(frame: Frame, last: Frame) -> Frame:
    """The no within the messages of the clause before it."""
    own = frame.scopes.dimensions()
    channels = any("channels" in pick for pick in last.scopes.excepted)
    if len(last.scopes.alternatives) != 1 or last.values.get("dates") or channels:
        raise _bleeds()
    families = set(AUDIENCE) if own <= set(AUDIENCE) else own
    shared = {name: value for name, value in last.scopes.alternatives[0].items() if name not in families}
    if not shared:
        raise _bleeds()
    picks = tuple({**shared, **pick} for pick in frame.scopes.alternatives)
    return frame.within(Scopes(picks, frame.scopes.excepted))


def _same_time(part: Part, last: Part) -> bool:
    """Whether a plain no follows on hours that came first, and may be meant for those hours alone."""
    if part.frame is None or last.frame is None or part.frame.kind != "ban" or last.frame.kind != "hours":
        return False
    times = [place for place, atom in enumerate(last.atoms) if atom.has("time", "hours", "days")]
    bans = [place for place, atom in enumerate(last.atoms) if atom.has("ban")]
    too = any(atom.text in ("も", "にも") for atom in part.atoms)
    return bool(times and bans and times[0] < bans[0]) or too


def _trailing_time(part: Part, last: Part) -> bool:
    """No push and no SMS from 5 to 7: whether the hours at the end also belong to the first no."""
    if part.frame is None or last.frame is None or last.frame.kind != "ban" or part.frame.kind != "hours":
        return False
    joined_ = part.atoms[0].text.lower() in ("and", "or", "nor")
    return joined_ and set(last.frame.scopes.dimensions()) == {"channels"} and not last.frame.values.get("dates")


def _of_the_others(frame: Frame, said: list[Part]) -> Frame:
    """Everyone else: all customers but those whom the clauses before it name."""
    named: list[Pick] = []
    for part in said:
        picks = part.frame.scopes.alternatives if part.frame is not None else ()
        for pick in picks:
            whom = {name: value for name, value in pick.items() if name in AUDIENCE}
            if whom and whom not in named:
                named.append(whom)
    if not named or frame.scopes.dimensions() & set(AUDIENCE):
        raise _bleeds()
    last = said[-1].frame
    rest = {name: value for pick in (last.scopes.alternatives if last else ()) for name, value in pick.items()}
    shared = {name: value for name, value in rest.items() if name not in AUDIENCE}
    if shared and not frame.scopes.dimensions():
        frame = frame.within(Scopes(({**shared},), frame.scopes.excepted))
    return narrowed(frame, tuple(named))


def _on_the_other_days(frame: Frame, last: Frame | None) -> Frame:
    """The rest of the time: all days but those that the clause before it names."""
    dates = cast("Days | None", last.values.get("dates")) if last is not None else None
    if last is None or dates is None or frame.values.get("dates") or frame.kind != last.kind:
        raise _bleeds()
    others = outside((dates, *cast("tuple[Days, ...]", last.values.get("further") or ())))
    scopes = last.scopes if frame.scopes.is_open else frame.scopes
    if scopes != last.scopes or last.values.get("outside") or not others:
        raise _bleeds()
    return replace(frame, scopes=scopes, values={**frame.values, "dates": others[0], "further": others[1:]})


def _closing(frame: Frame, last: Frame) -> Frame:
    """Nothing else: what the clause before named is the only thing."""
    if last.values.get("only") or (
        last.kind == "hours" and not last.values["forbids"] and frame.values["of"] == "rest"
    ):
        return last
    audience = frame.values["of"] == "audience"
    wanted = [name for name in (AUDIENCE if audience else ("channels",)) if name in last.scopes.dimensions()]
    if not wanted or last.scopes.excepted or len(last.scopes.alternatives) != 1:
        raise _bleeds()
    pick = last.scopes.alternatives[0]
    kept = {name: value for name, value in pick.items() if name in wanted}
    others = {name: value for name, value in pick.items() if name not in wanted}
    return Frame("ban", Scopes((others,), (kept,)), {"dates": None, "only": True})


def _of_the_same_part(frame: Frame, said: list[Part]) -> Frame:
    """Words forbidden after a limit for the subject: whether they may stand in the body is asked about."""
    before = [part.frame for part in said if part.frame is not None and part.frame.kind in COPY]
    if frame.kind not in COPY or frame.kind == "tone" or frame.values.get("part") or not before:
        return frame
    if before[-1].values.get("part") and not frame.scopes.dimensions() & {"channels"}:
        raise Trouble(
            "件名などの一部だけの決まりですか、文面全体の決まりですか。どちらかを書いてください。",
            "Is this about the same part of the message or about all of it? Name the part.",
            weight=6,
        )
    return frame


def _may_bleed(frame: Frame, own: frozenset[str], topic: frozenset[str]) -> bool:
    """Whether a clause with a topic or customers of its own may or may not be meant within the topic before."""
    renamed = bool(frame.topic & own) and frame.kind != "discount"
    return renamed or bool(own & set(AUDIENCE) and not topic & set(AUDIENCE))


def _all_of(frame: Frame, first: Frame, topic: frozenset[str]) -> Frame:
    joined = tuple(
        {**{name: value for name, value in shared.items() if name in topic}, **pick}
        for shared in first.scopes.alternatives
        for pick in frame.scopes.alternatives
    )
    return frame.within(Scopes(joined, frame.scopes.excepted))


def _replaces(frame: Frame, first: Frame, own: frozenset[str]) -> Frame:
    """A new topic in the place of the old one: fine where nothing else could carry over."""
    rest = first.scopes.dimensions() - own
    if own & set(AUDIENCE) and not rest & {"channels", "scenes", "kinds", "categories"}:
        return frame
    if own & set(AUDIENCE) and rest and not own & rest:
        shared = {
            name: value for name, value in first.scopes.alternatives[0].items() if name in rest and name not in AUDIENCE
        }
        if own >= rest - set(AUDIENCE) or not shared:
            return frame
        if frame.kind == first.kind:
            return frame.within(
                Scopes(tuple({**shared, **pick} for pick in frame.scopes.alternatives), frame.scopes.excepted)
            )
    if not rest & set(AUDIENCE) or own & set(AUDIENCE):
        return frame
    raise _bleeds()


def _without_topic(frame: Frame, last: Frame, own: frozenset[str]) -> Frame:
    """Nothing was a topic: a clause with a scope of its own stands alone, one without is unclear after a narrow one."""
    if frame.kind in COPY or last.scopes.is_open or frame.everyone:
        return frame
    before = last.scopes.dimensions()
    same_customers = own & set(AUDIENCE) or not before & set(AUDIENCE)
    if same_customers and (own or frame.kind == "discount" or not before):
        return frame
    raise _bleeds()


def _running(said: list[Part]) -> tuple[Part, frozenset[str]]:
    """The topic that still holds: the last framed one, else that of the last clause that has one."""
    for part in reversed(said):
        if part.frame is not None and part.frame.topic and _framed(part):
            return part, part.frame.topic
    for part in reversed(said):
        if part.frame is not None and part.frame.topic:
            return part, part.frame.topic
    return said[-1], frozenset()


def _framed(part: Part) -> bool:
    """Whether the topic is set apart: 休眠顧客には、 or "For VIPs:"."""
    atoms = part.atoms
    for place, atom in enumerate(atoms):
        if atom.text in FRAMING:
            return not any(one.has("discount", "offer") for one in atoms[:place])
        if atom.text in ("は", "へ", "に") and place + 1 < len(atoms) and atoms[place + 1].text in ("、", ","):
            return not any(one.has("discount") for one in atoms[:place])
        if atom.has(*ASSERTING) and not atom.has("noun", "glue"):
            return False
        if atom.text == "," and atoms[0].text.lower() in ("for", "with", "to"):
            return True
    return False


def _bleeds() -> Trouble:
    return Trouble(
        "前半の対象やチャネルが後半にもかかるのか、はっきりしません。対象ごと・チャネルごとに文を分けてください。",
        "It is not clear whether the customers or channels named first also hold for this part. Write one "
        "sentence for each.",
        weight=6,
    )


def narrowed(frame: Frame, excepted: tuple[Pick, ...]) -> Frame:
    """The frame with further exceptions."""
    return frame.within(Scopes(frame.scopes.alternatives, (*frame.scopes.excepted, *excepted)))


def heading_of(parts: Sequence[Part]) -> tuple[Pick, ...] | None:
    """The customers or channels of a line that only announces a list: VIP向け："""
    if len(parts) != 1 or parts[0].trouble is None:
        return None
    atoms = list(parts[0].atoms)
    if not atoms or atoms[-1].text != ":" or not any(atom.scope for atom in atoms):
        return None
    if any(
        not atom.scope and not atom.has("glue", "mark", "people", "topic", "noun", "and", "everyone") for atom in atoms
    ):
        return None
    try:
        return alternatives_of(Draft(atoms, True), range(len(atoms)))
    except Trouble:
        return None


def under(shared: tuple[Pick, ...], part: Part) -> Part:
    """The clause within the customers or channels of its heading."""
    frame = part.frame
    if frame is None or frame.kind in ("exception", "courtesy"):
        return part
    named = {name for pick in shared for name in pick}
    if named & frame.scopes.dimensions():
        return replace(part, frame=None, trouble=_bleeds())
    joined = tuple({**one, **pick} for one in shared for pick in frame.scopes.alternatives)
    return replace(part, frame=frame.within(Scopes(joined, frame.scopes.excepted)))
