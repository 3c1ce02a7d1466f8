"""Second readings: a model reads what the grammar could not, where an endpoint is set; the verifier trusts neither.

A failure of the model changes nothing: what was not understood stays a question.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic
from typing import Protocol, TypeVar

from pydantic import JsonValue

from agent.directives import keep
from agent.given import Given
from agent.heads import Heads
from agent.hearing import Heard, Second, listen
from agent.instruments import Instruments
from agent.stores import Stores
from agent.trial import TrialRequest, heard_in
from agent.vocabulary import Words
from domain.errors import ModelFailed
from domain.language import Language, Text
from policies.analysis.equivalence import equivalent
from policies.boundary.reach import said_whole
from policies.directives.second import Account, accounted, in_other_words
from policies.directives.shapes import rule_schema
from policies.facts import Home
from policies.rules import AnyRule
from records.names import named_in
from tools.model import Model
from tools.reading import Passage, read, speakable

T = TypeVar("T")
ENDED = re.compile(r"[。．.!?！？\n]\s*$")
WITHIN = 20.0
"""Seconds in which a marketer waits for a model."""
LEAST = 0.1


class Run(Protocol):
    """Runs what blocks, and waits for it."""

    async def __call__(self, work: Callable[[], T]) -> T: ...


Accounts = Mapping[int, Account | None]
"""What becomes of the model's rules, by the place of their clause; None where they are no rules of a directive."""
READ = Text(
    ja="文法では読み取れず、モデルが読み取りました。数・対象・打ち消しは文と照らし合わせてあります。",
    en="The grammar could not read it and a model did; numbers, scope and polarity were checked against its words.",
)
BESIDE = Text(ja="前の部分と合わせて読み取りました。", en="It was read together with the part before it.")
OTHER_WORDS = Text(
    ja="モデルの読み取りは次のとおりですが、文だけでは確かめられません。合っていれば、この言葉で出し直してください：",
    en="A model reads it as follows, which its words alone do not bear out. If that is meant, give it in these words: ",
)
DISPUTED = Text(
    ja="文法とモデルで読み取りが分かれました。言い方を変えて出し直してください。",
    en="The grammar and a model read it differently. Put it another way.",
)


@dataclass(frozen=True, slots=True)
class Ear:
    """With what a directive is heard: the records, the model if there is one, and where blocking work runs."""

    stores: Stores
    model: Model | None
    heads: Heads
    run: Run

    @classmethod
    def of(cls, instruments: Instruments) -> "Ear":
        """That of the service."""
        return cls(instruments.stores, instruments.model, instruments.heads, instruments.pool.run)


async def give_and_ask(
    instruments: Instruments, text: str, language: Language | None, author: str, replaces: int | None = None
) -> Given:
    """Reads a directive by the grammar, and by the model where that is set and needed, and keeps it as a draft."""
    return await give_to(Ear.of(instruments), text, language, author, replaces)


async def give_to(ear: Ear, text: str, language: Language | None, author: str, replaces: int | None = None) -> Given:
    """The same with an ear of one's own."""
    stores, now = ear.stores, ear.stores.clock.now()
    heard = await ear.run(lambda: listen(stores, text, language, author, replaces))
    second = await read_again_by_model(ear, heard)
    both = replace(heard, second=second) if second else heard
    return await ear.run(lambda: keep(stores, both, author, now, ear.heads))


async def second_of_trial(
    instruments: Instruments, request: TrialRequest, home: Home, now: datetime, words: Words
) -> Mapping[int, Second]:
    """The same for directives that are only tried out, by the place among all of their clauses; one time for all."""
    if instruments.model is None or not request.directives:
        return {}
    found: dict[int, Second] = {}
    before, ear, until = 0, Ear.of(instruments), monotonic() + WITHIN
    for heard in await ear.run(lambda: heard_in(request, home, now, words)):
        second = await read_again_by_model(ear, heard, until - monotonic())
        found |= {before + place: one for place, one in second.items()}
        before += len(heard.clauses)
    return found


async def read_again_by_model(ear: Ear, heard: Heard, within: float = WITHIN) -> Mapping[int, Second]:
    """Second readings by the place of their clause: none without a model or time, or where the grammar read it all."""
    if ear.model is None or within < LEAST or not any(clause.unread for clause in heard.clauses):
        return {}
    passages = [one for run in _runs(heard) if speakable((one := _passage(heard, run)).text)]
    texts = [one.text for one in passages]
    about = await ear.run(lambda: ear.stores.read(lambda c: named_in(c, texts)))
    shown = [one for place, one in enumerate(passages) if place not in about]
    if not any(heard.clauses[one.number].unread for one in shown):
        return {}
    try:
        answered = await read(ear.model, shown, heard.language, rule_schema(), within)
    except ModelFailed:
        return {}
    return await ear.run(lambda: _weighed(heard, answered))


def _runs(heard: Heard) -> Iterator[tuple[int, ...]]:
    """The places of clauses that are read together: those of one sentence where the grammar followed none of them."""
    run: list[int] = []
    for place, clause in enumerate(heard.clauses):
        if run and (not clause.unread or ENDED.search(heard.clauses[run[-1]].text)):
            yield tuple(run)
            run = []
        if clause.unread:
            run.append(place)
        elif clause.rules:
            yield (place,)
    if run:
        yield tuple(run)


def _passage(heard: Heard, run: Sequence[int]) -> Passage:
    return Passage(run[0], heard.text[heard.clauses[run[0]].start : heard.clauses[run[-1]].end])


def _weighed(heard: Heard, answered: Mapping[int, Sequence[Mapping[str, JsonValue]]]) -> Mapping[int, Second]:
    """What the model's answers come to, clause by clause."""
    runs = {run[0]: run for run in _runs(heard)}
    accounts: dict[int, Account | None] = {
        place: accounted(rules, _passage(heard, runs[place]).text, heard.today, heard.glossary)
        for place, rules in answered.items()
    }
    found = _disputed(heard, accounts)
    for place, account in accounts.items():
        if heard.clauses[place].unread and account is not None:
            found |= _of_unread(heard, runs[place], account)
    return found


def _of_unread(heard: Heard, run: Sequence[int], account: Account) -> dict[int, Second]:
    """Rules that the words bear out are their reading; others are offered as other words for them."""
    first, spoken = run[0], heard.language
    if account.doubt is None:
        beside = Second("understood", (), None, (BESIDE.either(spoken),))
        return {
            first: Second("understood", account.rules, None, (READ.either(spoken),)),
            **dict.fromkeys(run[1:], beside),
        }
    words = in_other_words(account.rules, spoken, heard.today, heard.glossary)
    if not words:
        return {}
    told, clause = (" " if spoken == "en" else "").join(words), heard.clauses[first]
    return {first: Second("ask", (), f"{clause.question or clause.text} {OTHER_WORDS.either(spoken)}{told}", (), words)}


def _disputed(heard: Heard, accounts: Accounts) -> dict[int, Second]:
    """Clauses that both read, and not alike: an exception may stand in either of two, so these are held together."""
    both = [place for place, account in accounts.items() if account and heard.clauses[place].rules]
    apart = [place for place in both if equivalent(heard.clauses[place].rules, _rules(accounts, [place])) is not True]
    grammar = [rule for place in apart for rule in heard.clauses[place].rules]
    if not apart or equivalent(grammar, _rules(accounts, apart)) is True:
        return {}
    return {place: _asked(heard, place, accounts) for place in apart}


def _rules(accounts: Accounts, places: Sequence[int]) -> list[AnyRule]:
    return [rule for place in places if (account := accounts[place]) is not None for rule in account.rules]


def _asked(heard: Heard, place: int, accounts: Accounts) -> Second:
    spoken = heard.language
    grammar = " / ".join(said_whole(rule, spoken) for rule in heard.clauses[place].rules)
    model = " / ".join(said_whole(rule, spoken) for rule in _rules(accounts, [place]))
    return Second("ask", (), f"{DISPUTED.either(spoken)} (1) {grammar} (2) {model}")
