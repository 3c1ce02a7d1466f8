"""A trial: what some rules say of one situation, while nothing is stored."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import ConfigDict, Field

from agent.given import ReadClause, Unclear, Wished
from agent.heads import Heads, counted
from agent.hearing import Around, Heard, Second, read_again, read_of, spoken_in
from agent.probe import Facts, ProbedAction, ProbedContact, ProbedCopy, ProbedCustomer, action_in, situation_in
from agent.vocabulary import Words, glossary_of
from domain.errors import Malformed
from domain.frozen import Frozen
from domain.language import Language, Text
from domain.message import Message
from domain.sender import Sender
from policies.book import Book, Playbook
from policies.canonical import Written
from policies.directives.clause import Clause
from policies.directives.compiler import compile_directives
from policies.document import Policy, read_pack, read_playbook, read_policy
from policies.facts import Action, Home, Situation
from policies.mandate import HEADQUARTERS
from policies.pack import pack_names
from policies.rules import AnyRule

Station = Literal["screen", "mask", "inspect"]
Directive = Annotated[str, Field(max_length=10_000)]
NOBODY = Sender(name=Text(), legal_name=Text(), address=Text(), phone="", hours=Text(), site="")
"""The sender where none is told: copy then states no contact details but the offer's."""

NOT_READ_AGAIN: Mapping[int, Second] = {}


class TrialRequest(Frozen):
    """Rules (directives, packs, YAML) and a situation to try them in."""

    model_config = ConfigDict(populate_by_name=True)

    directives: tuple[Directive, ...] = Field((), max_length=100)
    language: Language | None = None
    """The language of directives and of the answer."""
    packs: tuple[str, ...] = Field((), max_length=20)
    policy: str | None = Field(None, max_length=200_000)
    """Rules as YAML, as in house.yaml."""
    stations: frozenset[Station] | None = None
    customer: ProbedCustomer | None = None
    action: ProbedAction | None = None
    history: tuple[ProbedContact, ...] = Field((), max_length=5_000)
    copy_: ProbedCopy | None = Field(None, alias="copy")
    facts: Facts = Field(default_factory=dict)
    """Dated facts of the customer's account that copy may state."""
    sender: Sender | None = None
    """In whose name the copy is written; left out, copy states no contact details but the offer's."""

    def runs(self) -> frozenset[Station]:
        """The stations that run; raises Malformed for one whose input is missing."""
        given: Mapping[Station, tuple[str, object]] = {
            "screen": ("customer", self.customer),
            "mask": ("action", self.action),
            "inspect": ("copy", self.copy_),
        }
        if self.stations is None:
            return frozenset(station for station, (_, told) in given.items() if told is not None)
        for station in sorted(self.stations):
            field, told = given[station]
            if told is None:
                raise Malformed("stations", station, f"it needs {field!r} in the request. Add that, or leave it out.")
        return self.stations


class Violation(Frozen):
    """A rule that this message would break; copy also says where and with which words."""

    rule: str
    type: str
    clause: str
    reason: str
    part: str | None = None
    words: str | None = None


class ClauseRead(Frozen):
    """A stretch of a directive and what it was read as."""

    directive: int
    text: str
    start: int
    end: int
    status: Literal["understood", "ask", "refuse"]
    rules: tuple[Written[AnyRule], ...]
    question: str | None
    assumptions: tuple[str, ...]
    wishes: tuple[Wished, ...] = ()
    doubt: Unclear | None = None
    read_by: Literal["grammar", "model"] = "grammar"
    suggestions: tuple[str, ...] = ()


class Trial(Frozen):
    """The verdict; null where a clause was not understood, or where there was nothing to judge."""

    verdict: Literal["allow", "deny"] | None
    understood: bool
    violations: tuple[Violation, ...] = ()
    clauses: tuple[ClauseRead, ...] = ()


@dataclass(frozen=True, slots=True)
class Tried:
    """The rules of a trial, compiled once."""

    book: Book
    clauses: tuple[ReadClause, ...]
    said: Mapping[str, str]
    """The words of the clause behind the id of a rule."""


def trial(
    request: TrialRequest,
    home: Home,
    now: datetime,
    language: Language,
    words: Words = (),
    heads: Heads | None = None,
    second: Mapping[int, Second] = NOT_READ_AGAIN,
) -> Trial:
    """Reads the rules, and judges the situation where there is one; raises Malformed or Unreadable."""
    runs = request.runs()
    tried = _tried(request, words, language, _today(home, now), second)
    understood = all(clause.status == "understood" for clause in tried.clauses)
    clauses = tuple(_shown(clause, heads, request.language or spoken_in(clause.text)) for clause in tried.clauses)
    if not understood or not runs:
        return Trial(verdict=None, understood=understood, clauses=clauses)
    violations = tuple(_violations(request, tried, runs, home, now, language))
    return Trial(verdict="deny" if violations else "allow", understood=True, violations=violations, clauses=clauses)


def _today(home: Home, now: datetime) -> date:
    return now.astimezone(ZoneInfo(home.timezone)).date()


def heard_in(request: TrialRequest, home: Home, now: datetime, words: Words) -> Sequence[Heard]:
    """Each directive of a trial as the grammar reads it, for a second reading."""
    glossary, today, read = glossary_of(words), _today(home, now), _clauses(request, words, _today(home, now))
    found = []
    for number, text in enumerate(request.directives):
        own = tuple(clause for clause in read if clause.directive == number)
        spoken = request.language or spoken_in(text)
        found.append(Heard(text, spoken, Around(HEADQUARTERS, words, ()), glossary, today, own))
    return found


def _clauses(request: TrialRequest, words: Words, today: date) -> tuple[Clause, ...]:
    return _read(request.directives, request.language, words, today)


@lru_cache(maxsize=64)
def _read(directives: tuple[str, ...], spoken: Language | None, words: Words, today: date) -> tuple[Clause, ...]:
    return compile_directives(directives, spoken, glossary_of(words), today)


def _tried(request: TrialRequest, words: Words, language: Language, today: date, second: Mapping[int, Second]) -> Tried:
    """The rules of a trial; what nobody read again is remembered."""
    sender = request.sender or NOBODY
    if not second:
        return _compiled(
            request.directives, request.packs, request.policy, sender, request.language, language, words, today
        )
    clauses = tuple(read_of(clause) for clause in _clauses(request, words, today))
    again = tuple(
        read_again(clause, second[place]) if place in second else clause for place, clause in enumerate(clauses)
    )
    return _put_together(again, request.packs, request.policy, sender, language)


@lru_cache(maxsize=64)
def _compiled(
    directives: tuple[str, ...],
    packs: tuple[str, ...],
    policy: str | None,
    sender: Sender,
    spoken: Language | None,
    language: Language,
    words: Words,
    today: date,
) -> Tried:
    clauses = tuple(read_of(clause) for clause in _read(directives, spoken, words, today))
    return _put_together(clauses, packs, policy, sender, language)


def _put_together(
    clauses: tuple[ReadClause, ...], packs: tuple[str, ...], policy: str | None, sender: Sender, language: Language
) -> Tried:
    among = tuple(rule for place, name in enumerate(packs) for rule in _pack(name, place))
    own = read_policy(policy, "policy", language, "policy", among) if policy is not None else Policy()
    shipped = [(rule, None) for rule in (*among, *(rule for name in own.packs for rule in read_pack(name).rules))]
    directed = [(rule, clause.text) for clause in clauses for rule in clause.rules]
    named = _each_once([*shipped, *((rule, None) for rule in own.rules), *directed])
    playbook = Playbook(
        rules=tuple(rule for rule, _ in named.values()), scenes=(), sender=sender, exceptions=own.exceptions
    )
    said = {name: words for name, (_, words) in named.items() if words is not None}
    return Tried(Book(0, playbook), clauses, said)


def _each_once(rules: Sequence[tuple[AnyRule, str | None]]) -> dict[str, tuple[AnyRule, str | None]]:
    """The rules under ids of their own: a directive may say the same twice, and packs may be named twice."""
    named: dict[str, tuple[AnyRule, str | None]] = {}
    for rule, words in rules:
        if rule.id in named and named[rule.id][0] != rule:
            rule = rule.model_copy(update={"id": f"{rule.id}-{len(named)}"})
        named.setdefault(rule.id, (rule, words))
    return named


def _pack(name: str, place: int) -> tuple[AnyRule, ...]:
    if name == "house":
        return _house()
    if name not in pack_names():
        known = ", ".join(("house", *pack_names()))
        raise Malformed(f"packs[{place}]", name, f"there is no such pack. Choose from {known}.")
    return read_pack(name).rules


@cache
def _house() -> tuple[AnyRule, ...]:
    return read_playbook().written


def _violations(
    request: TrialRequest, tried: Tried, runs: frozenset[Station], home: Home, now: datetime, language: Language
) -> Iterator[Violation]:
    s = situation_in(request.customer or ProbedCustomer(), request.history, home)
    message = _message(request)
    a = _action(request, s, message, now)
    bits = tried.book.screen(s) if "screen" in runs else 0
    if "mask" in runs and a is not None:
        bits |= tried.book.mask(s, a)
    for reason in tried.book.reasons(bits, s, a, language):
        yield Violation(
            rule=reason.rule, type=reason.type, clause=_clause(tried, reason.rule, language), reason=reason.text
        )
    if "inspect" in runs and a is not None and message is not None:
        yield from _findings(tried, s, a, message, language)


def _findings(tried: Tried, s: Situation, a: Action, message: Message, language: Language) -> Iterator[Violation]:
    for finding in tried.book.inspect(s, a, message):
        yield Violation(
            rule=finding.rule,
            type=finding.type,
            clause=_clause(tried, finding.rule, language),
            reason=finding.why.either(language),
            part=finding.part,
            words=finding.text,
        )


def _message(request: TrialRequest) -> Message | None:
    if request.copy_ is None:
        return None
    channel = request.action.channel if request.action else request.copy_.channel
    if channel is None:
        raise Malformed("copy.channel", None, "say the channel of the copy, here or under action.")
    spoken = request.customer.language if request.customer else None
    return request.copy_.message(channel, spoken or request.language)


def _action(request: TrialRequest, s: Situation, message: Message | None, now: datetime) -> Action | None:
    """The message as rules see it; copy without an action is marketing that would go out now."""
    probed = request.action
    if probed is None:
        if message is None:
            return None
        probed = ProbedAction(channel=message.channel, at=now)
    action = action_in(s, probed, request.facts)
    return dataclasses.replace(action, language=message.language) if message is not None else action


def _clause(tried: Tried, rule_id: str, language: Language) -> str:
    """The marketer's own words behind a rule, else its name."""
    said = tried.said.get(rule_id)
    if said is not None:
        return said
    return next(rule.name.either(language) for rule in tried.book.rules if rule.id == rule_id)


def _shown(clause: ReadClause, heads: Heads | None, language: Language) -> ClauseRead:
    told = counted(clause, language, heads) if heads is not None else clause
    same = ("directive", "text", "start", "end", "status", "question", "assumptions", "wishes", "doubt")
    fields = {name: getattr(told, name) for name in (*same, "rules", "read_by", "suggestions")}
    return ClauseRead(**fields)
