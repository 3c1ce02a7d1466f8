"""A trial: what some rules say of one situation, while nothing is stored."""

import dataclasses
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import ConfigDict, Field

from agent.probe import Facts, ProbedAction, ProbedContact, ProbedCopy, ProbedCustomer, action_in, situation_in
from domain.errors import Malformed
from domain.frozen import Frozen
from domain.language import Language, Text
from domain.message import Message
from domain.sender import Sender
from policies.book import Book, Playbook, canonical
from policies.directives.compiler import Clause, compile_directives
from policies.document import Policy, read_pack, read_playbook, read_policy
from policies.facts import Action, Home, Situation
from policies.pack import pack_names
from policies.rules import AnyRule

Station = Literal["screen", "mask", "inspect"]
Directive = Annotated[str, Field(max_length=10_000)]
NOBODY = Sender(name=Text(), legal_name=Text(), address=Text(), phone="", hours=Text(), site="")
"""The sender where none is told: copy then states no contact details but the offer's."""


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
    rules: tuple[dict[str, Any], ...]
    question: str | None
    assumptions: tuple[str, ...]


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
    clauses: tuple[Clause, ...]
    said: Mapping[str, str]
    """The words of the clause behind the id of a rule."""


def trial(request: TrialRequest, home: Home, now: datetime, language: Language) -> Trial:
    """Reads the rules, and judges the situation where there is one; raises Malformed or Unreadable."""
    runs = request.runs()
    today = now.astimezone(ZoneInfo(home.timezone)).date()
    tried = _compiled(
        request.directives, request.packs, request.policy, request.sender or NOBODY, request.language, language, today
    )
    clauses = tuple(_shown(clause) for clause in tried.clauses)
    understood = all(clause.status == "understood" for clause in tried.clauses)
    if not understood or not runs:
        return Trial(verdict=None, understood=understood, clauses=clauses)
    violations = tuple(_violations(request, tried, runs, home, now, language))
    return Trial(verdict="deny" if violations else "allow", understood=True, violations=violations, clauses=clauses)


@lru_cache(maxsize=64)
def _compiled(
    directives: tuple[str, ...],
    packs: tuple[str, ...],
    policy: str | None,
    sender: Sender,
    spoken: Language | None,
    language: Language,
    today: date,
) -> Tried:
    clauses = compile_directives(directives, spoken, today=today)
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


def _shown(clause: Clause) -> ClauseRead:
    return ClauseRead(
        directive=clause.directive,
        text=clause.text,
        start=clause.start,
        end=clause.end,
        status=clause.status,
        rules=tuple(json.loads(canonical(rule)) for rule in clause.rules),
        question=clause.question,
        assumptions=clause.assumptions,
    )
