"""The compiler: directives in, clauses with typed rules, questions or refusals out; nothing is dropped."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from domain.language import Language, phrase
from policies.directives.asking import meanings, question, readings
from policies.directives.atom import Atom, Sense
from policies.directives.carrying import carried, heading_of, under
from policies.directives.clause import Clause, Doubt, Glossary
from policies.directives.courtesies import courtesy
from policies.directives.dangers import danger
from policies.directives.defined import Judged, spelled_out
from policies.directives.frame import Frame, Pick, Said, Trouble
from policies.directives.joins import joined
from policies.directives.lexer import atoms_of
from policies.directives.lexicon.courtesies import FRAMED, LEAD, NAMED
from policies.directives.lines import lines_of, same_meaning
from policies.directives.lowering import rules_of
from policies.directives.sentence import TOO_LONG, Part, filled, parts_of
from policies.directives.sentences import BULLET, LABEL, sentences
from policies.directives.settling import MOST_TOGETHER, Entry, ask_about_conflicts, settle_exceptions
from policies.directives.tables import is_row, under_head
from policies.directives.text import Written, is_japanese, written
from policies.directives.verify import unverified
from policies.directives.wishing import drafts_of, notes_on, wishing
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
WIDEST = 800
"""How many characters it may have: beyond, its words are not even looked up."""
MOST_CHARACTERS, MOST_SENTENCES = 4_000, 80
"""How much of one directive is read; a longer one is sent back whole, since its end may change what its start means."""
MOST_ENTRIES = 400
"""How many clauses it may fall into, lines that read rules back included."""
TOO_MUCH: Said = (
    "指示が長すぎるため、読み取っていません。4,000字・80文までに分けて、一つずつ出してください。",
    "The directive is too long to be read. Split it into several of up to 4,000 characters and 80 sentences each.",
)
PARTLY: Said = (
    "同じ文に読み取れない部分があるため、この部分もまだ決まりにしていません。",
    "Another part of this sentence was not understood, so this part is not taken as a rule yet.",
)
FORBIDDEN_HERE: Said = (
    "ここで何を禁止するのかが読み取れません。対象・チャネル・時間帯のどれかを、この部分にも書いてください。",
    "It is not clear what is forbidden here. Name the customers, the channel or the hours in this part too.",
)
READ_BACK: Said = (
    "ルールの読み返しの文として、そのまま受け取りました。",
    "It is the sentence in which a rule is read back, and was taken as that rule.",
)
MARKS: Said = ("記号だけで、指示は含まれていません。", "Only marks; it carries no instruction.")
PLAIN = 80
"""How long a rule that is read back may be for the grammar to have a look at it too."""
NOTHING_DEFINED = Glossary()
HOME = ZoneInfo("Asia/Tokyo")


def compile_directives(
    texts: Sequence[str],
    language: Literal["ja", "en"] | None = None,
    glossary: Glossary = NOTHING_DEFINED,
    today: date | None = None,
    together: int = MOST_TOGETHER,
) -> tuple[Clause, ...]:
    """The clauses of all directives, in order; together they cover every character that is no space or punctuation.

    Dates without a year are the next to come after `today`. A clause that cannot be read whole is asked about, never
    half compiled. No more than `together` clauses are compared with each other.
    """
    day = today or datetime.now(HOME).date()
    entries: list[Entry] = []
    for number, text in enumerate(texts):
        entries += _entries(number, text, glossary, day, len(entries))
    settle_exceptions(entries)
    ask_about_conflicts(entries, together)
    return tuple(_clause(entry, texts[entry.directive], language, glossary) for entry in entries)


def _entries(number: int, text: str, glossary: Glossary, day: date, offset: int) -> list[Entry]:
    """The clauses of one directive: lines that read a rule back are that rule, all others go through the grammar."""
    found: list[Entry] = []
    if len(text) > MOST_CHARACTERS:
        return _too_much(number, text, offset)
    for start, end, rule in lines_of(number, text):
        plain = rule is None or end - start <= PLAIN
        read = _read(number, text[start:end], glossary, day, offset + len(found)) if plain else []
        for entry in read:
            entry.start, entry.end = entry.start + start, entry.end + start
        if rule is not None and not _tells(read, rule, text):
            read = [Entry(number, start, end, Part(()), is_japanese(text[start:end]), offset + len(found), heard=rule)]
        found += read
    return _too_much(number, text, offset) if len(found) > MOST_ENTRIES else found


def _too_much(number: int, text: str, offset: int) -> list[Entry]:
    """The directive as one clause that is asked about; nothing where it has no letter."""
    signs = [place for place, sign in enumerate(text) if sign.isalnum()]
    if not signs:
        return []
    part = Part((), trouble=Trouble(*TOO_MUCH, weight=9))
    return [Entry(number, signs[0], signs[-1] + 1, part, is_japanese(text[:MOST_CHARACTERS]), offset)]


def _tells(read: list[Entry], rule: AnyRule, text: str) -> bool:
    """Whether the grammar reads the line as just that rule; then it also sees what conflicts with it."""
    rules = [one for entry in read for one in _judged(entry, text[entry.start : entry.end])[1]]
    return len(rules) == 1 and same_meaning(rules[0], rule)


def _read(number: int, text: str, glossary: Glossary, day: date, offset: int) -> list[Entry]:
    source = written(text)
    found: list[Entry] = []
    before: list[Frame] = []
    silent = False
    last_read: Part | None = None
    shared: tuple[Pick, ...] = ()
    head: list[Entry] = []
    stretches = list(sentences(source.read))
    if len(stretches) > MOST_SENTENCES:
        return _too_much(number, text, offset)
    signs = [place for place, sign in enumerate(text) if sign.isalnum()] if not stretches else []
    if signs:
        return [Entry(number, signs[0], signs[-1] + 1, Part((), silent=MARKS), is_japanese(text), offset)]
    for place, (start, end) in enumerate(stretches):
        read = source.read[start:end]
        japanese = is_japanese(read)
        itemised = BULLET.match(read) is not None
        parts = _parts(source, start, end, glossary, day, silent, [] if itemised else before)
        parts = [_against(part, last_read, japanese) for part in parts]
        told = heading_of(parts)
        head = head if is_row(read) else []
        parts = under_head(head, parts, japanese)
        parts = _no_stop_beside(wishing(_whole(parts), source.low[start:end], source.original_of(start, end)))
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
        head = found[-len(parts) :] if is_row(read) and not head else head
        before = [part.frame for part in parts if part.constrains and part.frame] or before
        last_read = next((part for part in reversed(parts) if part.constrains), last_read)
    return _closed_up(found, text)


def _whole(parts: list[Part]) -> list[Part]:
    """A sentence is read whole or not at all: what stands beside words that were not understood may depend on them."""
    if not any(part.trouble is not None for part in parts):
        return parts
    partly = Trouble(*PARTLY, unread=True)
    return [part if part.frame is None else replace(part, frame=None, trouble=partly) for part in parts]


def _no_stop_beside(parts: list[Part]) -> list[Part]:
    """Where other words of the sentence were not understood, nobody is asked whether everything is to stop."""
    troubles = [part.trouble for part in parts if part.trouble is not None]
    if all(trouble.stops for trouble in troubles) or any(part.wish is not None for part in parts):
        return parts
    unclear = Trouble(*FORBIDDEN_HERE, unread=True)
    return [
        replace(part, trouble=unclear) if part.trouble is not None and part.trouble.stops else part for part in parts
    ]


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
        if entry.start < end or any(sign.isalnum() for sign in text[end : entry.start]):
            entry.start = end
        end = entry.end = max(end, entry.end)
    entries = [entry for entry in entries if entry.start < entry.end]
    if entries and any(sign.isalnum() for sign in text[end:]):
        entries[-1].end = len(text)
    return entries


def _parts(
    source: Written, start: int, end: int, glossary: Glossary, day: date, after: bool, before: list[Frame]
) -> list[Part]:
    """The clauses of one sentence."""
    read, low = source.read[start:end], source.low[start:end]
    bullet = BULLET.match(low) or LABEL.match(low)
    if bullet and bullet.end() < len(low):
        low, read = " " * bullet.end() + low[bullet.end() :], " " * bullet.end() + read[bullet.end() :]
    low, read = _unframed(low, read)
    if end - start > WIDEST:
        return [Part((Atom(start, end, read, ()),), trouble=Trouble(*TOO_LONG))]
    atoms = [_moved(atom, start) for atom in joined(atoms_of(read, low, day, glossary), read)]
    if not atoms:
        return [Part((), silent=MARKS)]
    if len(atoms) > LONGEST:
        return [Part(tuple(atoms), trouble=Trouble(*TOO_LONG))]
    silent = courtesy(atoms, read, after)
    if silent is not None:
        return [Part(tuple(atoms), silent=silent)]
    japanese = is_japanese(read)
    return carried(parts_of(atoms, japanese), before)


def _unframed(low: str, read: str) -> tuple[str, str]:
    """The sentence without what only says who decided it; a line in 【】 is the heading that it looks like."""
    if heading := FRAMED.fullmatch(low):
        start, end = heading.span(1)
        return f"{' ' * start}{low[start:end]}:", f"{' ' * start}{read[start:end]}:"
    named = NAMED.match(low)
    if named and not LABEL.match(low):
        start, end = named.span(1)
        return _headed(low, start, end), _headed(read, start, end)
    lead = LEAD.match(low)
    if lead is None or lead.end() >= len(low):
        return low, read
    return " " * lead.end() + low[lead.end() :], " " * lead.end() + read[lead.end() :]


def _headed(text: str, start: int, end: int) -> str:
    return f"{' ' * start}{text[start:end]}:{text[end + 1 :]}"


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


def _clause(entry: Entry, text: str, language: Language | None, glossary: Glossary) -> Clause:
    spoken: Language = language or ("ja" if entry.japanese else "en")
    said = text[entry.start : entry.end]
    status, rules, asked, notes = spelled_out(_judged(entry, said), entry.part.atoms, glossary)
    drafts = drafts_of(entry, status, rules, said.lower())
    notes = (*notes, *notes_on(drafts))
    return Clause(
        entry.directive,
        said,
        entry.start,
        entry.end,
        status,
        rules,
        question(asked, said, spoken) if asked else None,
        tuple(phrase(spoken, ja=ja, en=en) for ja, en in dict.fromkeys(notes)),
        wishes=drafts,
        doubt=_doubted(entry.part.atoms) if status == "ask" and entry.asked is None else None,
        unread=status == "ask" and _is_unread(entry),
    )


def _is_unread(entry: Entry) -> bool:
    """Whether the words were not followed at all: then somebody else may read them."""
    trouble = entry.part.trouble
    return (
        trouble is not None
        and trouble.unread
        and entry.part.wish is None
        and entry.asked is None
        and _undefined(entry.part.atoms) is None
    )


def _doubted(atoms: Sequence[Atom]) -> Doubt | None:
    """The term that nobody defined, with the customers that it may mean."""
    term = _undefined_term(atoms)
    return None if term is None else Doubt(term[0], meanings(term[1]))


def _judged(entry: Entry, said: str) -> Judged:
    if entry.heard is not None:
        return "understood", (entry.heard,), None, (READ_BACK,)
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
    """What is asked about a term that nobody defined, with the readings to choose from."""
    term = _undefined_term(atoms)
    return None if term is None else readings(*term)


def _undefined_term(atoms: Sequence[Atom]) -> tuple[str, str] | None:
    """A term that nobody defined, and the group of readings that it has."""
    for atom in atoms:
        sense: Sense | None = atom.sense("undefined")
        if sense is not None and len([one for one in atom.senses if one.kind in ("who", "what")]) == 0:
            return atom.text, sense.name
    return None
