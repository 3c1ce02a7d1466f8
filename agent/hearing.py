"""Hearing: a directive read by the grammar, then held against its author's mandate and the directives in force."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from agent.given import READINGS, Meaning, ReadClause, Reading, Start, Unclear, Wished, name_of, stands
from agent.heads import Heads, counted
from agent.mandates import kept_within, mandate_of
from agent.rulebook import in_force, playbook_of
from agent.stores import Stores
from agent.vocabulary import Words, glossary_of, words_of
from domain.errors import Malformed, Refused
from domain.language import Language, phrase
from policies.analysis.standing import standings
from policies.directives.amending import amended
from policies.directives.clause import Clause, Doubt, Glossary
from policies.directives.compiler import compile_directives
from policies.directives.settling import MOST_TOGETHER
from policies.directives.wish import Wish
from policies.mandate import Mandate, within
from policies.rules import AnyRule
from policies.zones import known_zone
from records import directives
from records.connection import Connection
from records.directives import Directive

KANA = range(0x3041, 0x3100)
ALL = 4 * MOST_TOGETHER
"""Clauses that are compared at once: a long directive beside another long one, each of which was read by itself."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a directive is heard beside: whose it is, the words that are defined, and the directives in force."""

    mandate: Mandate
    words: Words
    before: tuple[Directive, ...]
    replaced: Directive | None = None


@dataclass(frozen=True, slots=True)
class Second:
    """What a model's reading of a clause comes to: rules that were verified, or a question with other words for it."""

    status: Literal["understood", "ask"]
    rules: tuple[AnyRule, ...] = ()
    question: str | None = None
    assumptions: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """A text with its clauses, what it was read by, and second readings by the place of their clause."""

    text: str
    language: Language
    around: Around
    glossary: Glossary
    today: date
    clauses: tuple[Clause, ...]
    second: Mapping[int, Second] = field(default_factory=dict)


def listen(stores: Stores, text: str, language: Language | None, author: str, replaces: int | None = None) -> Heard:
    """The text as the grammar reads it alone; raises Malformed for blanks, Refused where it may not replace another."""
    if not text.strip():
        raise Malformed("text", text, "it says nothing. Say what is to hold.")
    around = stores.read(lambda c: _around(c, author, replaces))
    spoken, glossary, today = language or spoken_in(text), glossary_of(around.words), today_at_home(stores)
    return Heard(text, spoken, around, glossary, today, compile_directives([text], spoken, glossary, today))


def settle(stores: Stores, heard: Heard, heads: Heads | None = None) -> Reading:
    """The reading: within the mandate, at odds with nothing in force, and with the heads of every open word counted."""
    against = dict(_against(heard))
    clauses = [_read(clause, heard, place, against.get(place)) for place, clause in enumerate(heard.clauses)]
    counting = heads or Heads(stores)
    return Reading(
        clauses=tuple(counted(clause, heard.language, counting) for clause in clauses),
        replaces=heard.around.replaced.number if heard.around.replaced else None,
        mandate=heard.around.mandate,
    )


def heeded(c: Connection) -> tuple[Directive, ...]:
    """The approved directives whose rules are in force: a version gone back to may have left some behind."""
    rules = frozenset(rule.id for rule in playbook_of(in_force(c).document).rules)
    return tuple(one for one in directives.in_force(c) if stands(one, rules))


def today_at_home(stores: Stores) -> date:
    """The day on the clock of the service, at home."""
    return stores.clock.now().astimezone(known_zone(stores.settings.home_timezone)).date()


def spoken_in(text: str) -> Language:
    """The language of a text: Japanese where there is any of it."""
    return "ja" if any(ord(letter) in KANA or "一" <= letter <= "鿿" for letter in text) else "en"


def _around(c: Connection, author: str, replaces: int | None) -> Around:
    mandate, words, before = mandate_of(c, author), words_of(c), heeded(c)
    if replaces is None:
        return Around(mandate, words, before)
    replaced = next((one for one in before if one.number == replaces), None)
    if replaced is None:
        found = directives.get(c, replaces)
        raise Refused(f"The directive {name_of(found.number)} is {found.status} and not in force. Give a new one.")
    return Around(mandate, words, tuple(one for one in before if one is not replaced), replaced)


def may_replace(mandate: Mandate, rules: Sequence[AnyRule], name: str) -> None:
    """Raises Refused where the author may not decide about what they want to replace."""
    if not all(within(rule, mandate.may) for rule in rules):
        raise Refused(f"{name} reaches further than {mandate.called('en')} may decide. Ask headquarters to change it.")


def _against(heard: Heard) -> Iterator[tuple[int, tuple[Directive, str]]]:
    """Clauses understood alone and asked about beside a directive in force: that directive, and the question."""
    for group in _groups(heard.around.before, MOST_TOGETHER - len(heard.clauses)):
        if any(_asked(heard, group)):
            for one in group:
                yield from ((place, (one, asked)) for place, asked in _asked(heard, [one]))


def _groups(before: Sequence[Directive], room: int) -> Iterator[list[Directive]]:
    """Directives that are read together, as many as the compiler compares at once."""
    group: list[Directive] = []
    used = 0
    for one in before:
        size = one.clauses.count('"start"')
        if group and used + size > room:
            yield group
            group, used = [], 0
        group.append(one)
        used += size
    if group:
        yield group


def _asked(heard: Heard, beside: Sequence[Directive]) -> Iterator[tuple[int, str]]:
    """The places of clauses that are asked about only because of what stands beside them."""
    texts = [*(one.text for one in beside), heard.text]
    read = compile_directives(texts, heard.language, heard.glossary, heard.today, ALL)
    own = [clause for clause in read if clause.directive == len(beside)]
    for place, (alone, here) in enumerate(zip(heard.clauses, own, strict=False)):
        if alone.status == "understood" and alone.text == here.text and here.status == "ask":
            yield place, here.question or here.text


def _read(clause: Clause, heard: Heard, place: int, against: tuple[Directive, str] | None) -> ReadClause:
    """The clause as it stands after a second reading, beside what is in force, and within the mandate."""
    kept = read_of(clause)
    if place in heard.second:
        kept = read_again(kept, heard.second[place])
    if kept.status == "ask" and not kept.suggestions:
        return _amending(kept, heard)
    own = kept_within(kept, heard.around.mandate, heard.language) if kept.rules else kept
    if against is not None and own.status == "understood" and _at_odds(own, heard.around.mandate, against[0]):
        return _asked_about(own, *against, heard.language)
    return own


def _at_odds(clause: ReadClause, mandate: Mandate, other: Directive) -> bool:
    """Whether they contradict each other as meant: an office may well be stricter about its own than another one."""
    theirs = READINGS.validate_json(other.clauses)
    if theirs.mandate == mandate:
        return True
    return any(one.whole and one.wins == "other" for one in standings(clause.rules, theirs.rules))


def read_again(kept: ReadClause, second: Second) -> ReadClause:
    """The clause as the model read it, or with the question to which its reading led."""
    change = {
        "status": second.status,
        "rules": second.rules,
        "question": second.question,
        "assumptions": second.assumptions,
        "suggestions": second.suggestions,
        "read_by": "model" if second.status == "understood" else kept.read_by,
        "doubt": None if second.status == "understood" else kept.doubt,
    }
    return kept.model_copy(update=change)


def read_of(clause: Clause) -> ReadClause:
    """The clause as it is kept."""
    return ReadClause(
        directive=clause.directive,
        text=clause.text,
        start=clause.start,
        end=clause.end,
        status=clause.status,
        rules=clause.rules,
        question=clause.question,
        assumptions=clause.assumptions,
        wishes=tuple(_wished(wish) for wish in clause.wishes),
        doubt=_unclear(clause.doubt) if clause.doubt else None,
    )


def _wished(wish: Wish) -> Wished:
    start = Start(event=wish.trigger.event, days=wish.trigger.days) if wish.trigger else None
    names = ("kind", "text", "name", "scope", "kpi", "target", "at")
    return Wished(trigger=start, **{name: getattr(wish, name) for name in names})


def _unclear(doubt: Doubt) -> Unclear:
    meanings = tuple(Meaning(name=one.name, audience=one.audience) for one in doubt.readings)
    return Unclear(term=doubt.term, readings=meanings)


def _amending(clause: ReadClause, heard: Heard) -> ReadClause:
    """A clause that only names another figure, with the directive that it seems to change and what that would say."""
    earlier = heard.around.before if heard.around.replaced is None else (heard.around.replaced,)
    texts = ((one, amended(one.text, clause.text, heard.today, heard.glossary)) for one in earlier)
    found = [(one, text) for one, text in texts if text is not None]
    if len(found) != 1:
        return clause
    (other, text), name = found[0], name_of(found[0][0].number)
    asked = phrase(
        heard.language,
        ja=f"{name} を「{text}」に変えるということですか。その文で、{name} を置き換える指示として出し直してください。",
        en=f'Is {name} to say "{text}"? Give it in these words, as replacing {name}.',
    )
    return clause.model_copy(update={"question": asked, "suggestions": (text,), "against": other.number})


def _asked_about(clause: ReadClause, other: Directive, asked: str, language: Language) -> ReadClause:
    """The clause asked about, with the directive in force that it contradicts, and how to replace that one."""
    name, words = name_of(other.number), " ".join(other.text.split())
    shown = words if len(words) <= 60 else f"{words[:59]}…"
    asked += phrase(
        language,
        ja=f"（承認ずみの {name}「{shown}」と食い違っています。"
        f"置き換えるときは、{name} を置き換える指示として出し直してください）",
        en=f' (It meets {name}, which is in force: "{shown}". '
        f"To replace that one, give this one again as replacing {name}.)",
    )
    change = {"status": "ask", "question": asked, "rules": (), "assumptions": (), "against": other.number}
    return clause.model_copy(update=change)
