"""The compiler: directives in, clauses with typed rules, questions or refusals out; nothing is dropped."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from domain.language import Language, phrase
from policies.directives.asking import question, readings
from policies.directives.atom import Atom, Sense
from policies.directives.carrying import carried, heading_of, under
from policies.directives.clause import Clause, Glossary, Status
from policies.directives.courtesies import courtesy
from policies.directives.dangers import danger
from policies.directives.frame import Frame, Pick, Said, Trouble
from policies.directives.joins import joined
from policies.directives.lexer import atoms_of
from policies.directives.lowering import rules_of
from policies.directives.sentence import Part, filled, parts_of
from policies.directives.sentences import BULLET, sentences
from policies.directives.settling import Entry, ask_about_conflicts, settle_exceptions
from policies.directives.text import Written, is_japanese, written
from policies.directives.verify import unverified
from policies.rules import AnyRule

__all__ = ["Clause", "Glossary", "compile_directives"]
HEADING: Said = (
    "見出しです。続く箇条書きの対象として読みました。",
    "A heading; the list below is about these customers or channels.",
)
PURPOSE: Said = (
    "販促（マーケティング）の配信が対象です。取引・サービスの連絡は対象外です。",
    "It is about marketing messages; transactional and service messages are left alone.",
)
OUT_OF_RANGE: Said = (
    "数や期間がルールで扱える範囲を超えています（割引は0〜100%、期間は750日まで、など）。数を確かめてください。",
    "A number or period is outside what rules can hold (discounts 0 to 100 %, periods up to 750 days)"
    ". Check the figures.",
)
LONGEST = 250
"""How many words a sentence may have before it is sent back."""
TOO_LONG: Said = (
    "一文が長すぎて読み取れません。決まりごとに文を分けてください。",
    "The sentence is too long to be read. Write one sentence for each rule.",
)
PARTLY: Said = (
    "同じ文に読み取れない部分があるため、この部分もまだ決まりにしていません。",
    "Another part of this sentence was not understood, so this part is not taken as a rule yet.",
)
NOTHING_DEFINED = Glossary()
HOME = ZoneInfo("Asia/Tokyo")


def compile_directives(
    texts: Sequence[str],
    language: Literal["ja", "en"] | None = None,
    glossary: Glossary = NOTHING_DEFINED,
    today: date | None = None,
) -> tuple[Clause, ...]:
    """The clauses of all directives, in order; together they cover every character that is no space or punctuation.

    Dates without a year are the next to come after `today`. A clause that cannot be read whole is asked about, never
    half compiled.
    """
    day = today or datetime.now(HOME).date()
    entries: list[Entry] = []
    for number, text in enumerate(texts):
        entries += _entries(number, text, glossary, day, len(entries))
    settle_exceptions(entries)
    ask_about_conflicts(entries)
    return tuple(_clause(entry, texts[entry.directive], language) for entry in entries)


def _entries(number: int, text: str, glossary: Glossary, day: date, offset: int) -> list[Entry]:
    source = written(text)
    found: list[Entry] = []
    before: list[Frame] = []
    silent = False
    last_read: Part | None = None
    shared: tuple[Pick, ...] = ()
    for place, (start, end) in enumerate(sentences(source.read)):
        read = source.read[start:end]
        japanese = is_japanese(read)
        parts = _parts(source, start, end, glossary, day, silent, before)
        parts = [_against(part, last_read, japanese) for part in parts]
        told = heading_of(parts)
        parts = _whole(parts)
        if told is not None:
            shared, parts = told, [replace(part, trouble=None, silent=HEADING) for part in parts]
        elif shared and source.low[max(0, start - 2) : start].count("\n") < 2 and BULLET.match(read):
            parts = [under(shared, part) for part in parts]
        else:
            shared = ()
        silent = all(part.silent is not None for part in parts)
        refused = danger(source.low[start:end])
        spans = _spans(source, start, end, parts)
        for part, (first, last) in zip(parts, spans, strict=True):
            found.append(Entry(number, first, last, part, japanese, offset + place, refused))
        before = [part.frame for part in parts if part.constrains and part.frame] or before
        last_read = next((part for part in reversed(parts) if part.constrains), last_read)
    return _closed_up(found, text)


def _whole(parts: list[Part]) -> list[Part]:
    """A sentence is read whole or not at all: what stands beside words that were not understood may depend on them."""
    if not any(part.trouble is not None for part in parts):
        return parts
    return [part if part.frame is None else replace(part, frame=None, trouble=Trouble(*PARTLY)) for part in parts]


def _against(part: Part, last: Part | None, japanese: bool) -> Part:
    """A clause set against the sentence before may leave out what that one said: but VIPs may get five."""
    if part.trouble is None or last is None or not any(atom.has("but") for atom in part.atoms):
        return part
    whole = filled(part, last, japanese)
    return part if whole is None or whole.frame is None else replace(whole, frame=replace(whole.frame, carves=True))


def _closed_up(entries: list[Entry], text: str) -> list[Entry]:
    """The entries with every letter in one of them: what stands between two belongs to the later one."""
    end = 0
    for entry in entries:
        if any(sign.isalnum() for sign in text[end : entry.start]):
            entry.start = end
        end = entry.end
    if entries and any(sign.isalnum() for sign in text[end:]):
        entries[-1].end = len(text)
    return entries


def _parts(
    source: Written, start: int, end: int, glossary: Glossary, day: date, after: bool, before: list[Frame]
) -> list[Part]:
    """The clauses of one sentence."""
    read, low = source.read[start:end], source.low[start:end]
    bullet = BULLET.match(low)
    if bullet and bullet.end() < len(low):
        low, read = " " * bullet.end() + low[bullet.end() :], " " * bullet.end() + read[bullet.end() :]
    atoms = [_moved(atom, start) for atom in joined(atoms_of(read, low, day, glossary), read)]
    if not atoms:
        return [Part((), silent=("記号だけで、指示は含まれていません。", "Only marks; it carries no instruction."))]
    if len(atoms) > LONGEST:
        return [Part(tuple(atoms), trouble=Trouble(*TOO_LONG))]
    silent = courtesy(atoms, read, after)
    if silent is not None:
        return [Part(tuple(atoms), silent=silent)]
    japanese = is_japanese(read)
    return carried(parts_of(atoms, japanese), before)


def _moved(atom: Atom, by: int) -> Atom:
    return replace(atom, start=atom.start + by, end=atom.end + by)


def _spans(source: Written, start: int, end: int, parts: list[Part]) -> list[tuple[int, int]]:
    """Where the clauses stand in the original; together they cover the sentence."""
    cuts = [start, *(part.atoms[0].start for part in parts[1:]), end]
    found = []
    for first, last in itertools.pairwise(cuts):
        while last > first + 1 and source.read[last - 1].isspace():
            last -= 1
        found.append(source.span(first, last))
    return found


def _clause(entry: Entry, text: str, language: Language | None) -> Clause:
    spoken: Language = language or ("ja" if entry.japanese else "en")
    said = text[entry.start : entry.end]
    status, rules, asked, notes = _judged(entry, said)
    return Clause(
        entry.directive,
        said,
        entry.start,
        entry.end,
        status,
        rules,
        question(asked, said, spoken) if asked else None,
        tuple(phrase(spoken, ja=ja, en=en) for ja, en in dict.fromkeys(notes)),
    )


def _judged(entry: Entry, said: str) -> tuple[Status, tuple[AnyRule, ...], Said | None, tuple[Said, ...]]:
    if entry.refused:
        return "refuse", (), entry.refused, ()
    if entry.part.silent:
        return "understood", (), None, (entry.part.silent,)
    undefined = _undefined(entry.part.atoms)
    if entry.asked or entry.part.trouble or undefined:
        trouble = entry.part.trouble
        told = entry.asked or undefined or ((trouble.ja, trouble.en) if trouble else None)
        return "ask", (), told, ()
    frame = entry.part.frame
    if frame is None or frame.kind == "exception":
        return "understood", (), None, entry.notes
    try:
        rules = rules_of(frame, entry.directive, entry.start, entry.end, said, entry.japanese)
    except ValidationError:
        return "ask", (), OUT_OF_RANGE, ()
    doubt = unverified(rules, entry.part.atoms, written(said).low) if frame.kind != "permit" else None
    if doubt:
        return "ask", (), doubt, ()
    marketing = [rule for rule in rules if {str(one) for one in rule.scope.purposes} == {"marketing"}]
    notes = (*frame.notes, *entry.notes, *((PURPOSE,) if marketing else ()))
    return "understood", rules, None, notes


def _undefined(atoms: Sequence[Atom]) -> Said | None:
    """A term that nobody defined, with the readings to choose from."""
    for atom in atoms:
        sense: Sense | None = atom.sense("undefined")
        if sense is not None and len([one for one in atom.senses if one.kind in ("who", "what")]) == 0:
            return readings(atom.text, sense.name)
    return None
