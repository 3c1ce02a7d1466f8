"""Differential: generated rules on generated facts, judged by every evaluator there is, and by the commit."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from domain.customer import Record
from evals.proofs.binding import covered, solved
from policies.book import Book
from policies.columns.base import Base
from policies.columns.judging import acts, judged
from policies.facts import Action, Home, Situation, situation_of
from policies.kleene import Truth, verdict
from policies.rules import AnyRule
from records.connection import Connection
from records.database import Database
from tests.agent.test_commit_agrees import Case
from tests.agent.test_commit_agrees import counting as counted_notes
from tests.policies.examples import book_of, rules_of
from tests.policies.frames import base_of, same_message
from tests.policies.strategies import actions, records, rule_sets
from tests.policies.strategies import tallies as counters

HOME = Home("JP", "Asia/Tokyo")
PEOPLE, MESSAGES, COMMITS = 24, 8, 3
SOLVED = (0, 12)
"""Customers of each example about whom the solver is asked too."""
Notes = list[dict[str, Any]]


class Undone(Exception):
    """Ends a transaction without a trace."""


def examples(count: int) -> settings:
    """So many examples without a database, a deadline or shrinking: differences are counted, not explained."""
    return settings(
        max_examples=count,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )


def evaluators(pairs: int, seed: int) -> dict[str, int]:
    """Generated Python, the plain walk and columns on at least so many pairs of a rule set and a situation.

    The solver is asked about one situation in a hundred, as far as it can be. Counts what differs.
    """
    found: Counter[str] = Counter({"pairs": 0, "verdicts that differ": 0, "solver's verdicts that differ": 0})

    @seeded(seed)
    @examples(-(-pairs // (PEOPLE * MESSAGES)))
    @given(rule_sets, st.lists(records, min_size=PEOPLE, max_size=PEOPLE), counters, st.data())
    def compare(notes: Notes, people: list[Record], used: Mapping[str, Decimal] | None, data: st.DataObject) -> None:
        book = book_of(*rules_of(*notes))
        known = [situation_of(one, HOME, tallies=used) for one in people]
        base = base_of(people, HOME, used)
        for number in range(MESSAGES):
            a = data.draw(actions(known[0]))
            found.update(_compared(book, base, known, a))
            if number == 0:
                for row in SOLVED:
                    found.update(_solver(book.rules, known[row], same_message(known[row], a)))

    compare()
    return dict(found)


def _compared(book: Book, base: Base, known: Sequence[Situation], a: Action) -> Counter[str]:
    """One message to everybody, by each evaluator."""
    found: Counter[str] = Counter(pairs=len(known))
    columns = judged(book.rules, base, a)
    for row, s in enumerate(known):
        mine = same_message(s, a)
        truths = [verdict(rule.violation(), s, mine) if acts(rule) else False for rule in book.rules]
        told = columns.row(row, named=True) if columns.width else {}
        differing = _differ(book.rules, truths, told, book.deliver(s, mine))
        found["verdicts that differ"] += differing
        found["verdicts on unknown facts"] += None in truths
    return found


def commits(pairs: int, seed: int, database: Database) -> dict[str, int]:
    """The commit on stored and locked rows against the plain walk on the facts in memory, message after message."""
    found: Counter[str] = Counter({"commits": 0, "commits that differ": 0})

    @seeded(seed)
    @examples(-(-pairs // COMMITS))
    @given(rule_sets | counted_notes, records, counters, st.data())
    def compare(notes: Notes, record: Record, used: dict[str, Decimal] | None, data: st.DataObject) -> None:
        book = book_of(*rules_of(*notes))
        case = Case(book, record, used or {}, data.draw(actions(situation_of(record, HOME))))

        def work(c: Connection) -> None:
            case.stored(c)
            found.update(_rounds(c, case))
            raise Undone

        try:
            database.write(work)
        except Undone:
            return

    compare()
    return dict(found)


def _rounds(c: Connection, case: Case) -> Counter[str]:
    found: Counter[str] = Counter()
    for number in range(COMMITS):
        expected, outcome = case.expected(), case.commit(c, number)
        said = 0 if outcome.outcome == "message" else int(outcome.public, 16)
        found["commits"] += 1
        found["commits that differ"] += said != expected
        if outcome.outcome == "message":
            found["messages committed"] += 1
            case = case.after(number)
    return found


def _differ(rules: Sequence[AnyRule], truths: Sequence[Truth], columns: Mapping[str, bool], generated: int) -> int:
    """How many verdicts of the generated code and of the columns are not those of the walk."""
    hard = [rule.severity == "hard" for rule in rules]
    expected = [truth is not False if strict else truth is True for truth, strict in zip(truths, hard, strict=True)]
    bits = sum(1 << bit for bit, violated in enumerate(expected) if violated and hard[bit])
    differing = bin(generated ^ bits).count("1")
    return differing + sum(
        columns[rule.id] is not violated for rule, violated in zip(rules, expected, strict=True) if acts(rule)
    )


def _solver(rules: Sequence[AnyRule], s: Situation, a: Action) -> Counter[str]:
    found: Counter[str] = Counter()
    for rule in rules:
        if acts(rule) and covered(rule.violation(), a):
            found["verdicts asked of the solver"] += 1
            differs = solved(rule.violation(), s, a) is not verdict(rule.violation(), s, a)
            found["solver's verdicts that differ"] += differs
    return found
