"""Directives on their way from a marketer's words to rules in force: read, tried out, approved by somebody else."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Literal

from agent.given import READINGS, Given, Impact, ReadClause, Reading, Shifted, name_of
from agent.reckoning import reckon, reckon_ahead
from agent.rulebook import in_force, must_follow, playbook_of
from agent.simulation import Counts, Simulation, simulate
from agent.stores import Stores
from domain.errors import Refused, SecondPerson
from domain.language import Language
from domain.person import same_person
from policies.analysis.flaw import Flaw
from policies.analysis.flaws import flaws
from policies.book import Book, Playbook, canonical
from policies.boundary.examples import Example, boundary_examples
from policies.directives.clause import Clause
from policies.directives.compiler import compile_directives
from policies.facts import Home
from policies.rule import Source
from policies.rules import AnyRule
from policies.zones import known_zone
from records import book as versions
from records import directives
from records.connection import Connection
from records.directives import Directive

KANA = range(0x3041, 0x3100)


def give(stores: Stores, text: str, language: Language | None, author: str, now: datetime) -> Given:
    """Reads a directive beside those in force, and keeps it as a draft."""
    spoken = language or _spoken(text)
    before = stores.read(_heeded)
    texts = [*(one.text for one in before), text]
    # Read before the transaction begins: nobody who decides waits for a long text.
    clauses = compile_directives(texts, spoken if not before else None, today=_today(stores))
    own = [clause for clause in clauses if clause.directive == len(before)]

    def keep(c: Connection) -> Directive:
        number = directives.number(c)
        reading = Reading(clauses=tuple(_named(own, number, author)))
        given = Directive(number, text, spoken, canonical(reading), author, now)
        directives.add(c, given)
        return given

    return looked_at(stores, stores.write(keep))


def _heeded(c: Connection) -> list[Directive]:
    """The approved directives whose rules are in force: a version gone back to may have left some behind."""
    rules = {rule.id for rule in playbook_of(in_force(c).document).rules}
    return [one for one in directives.in_force(c) if rules & {rule.id for rule in _rules(one)}]


def _rules(directive: Directive) -> tuple[AnyRule, ...]:
    return READINGS.validate_json(directive.clauses).rules


def _today(stores: Stores) -> date:
    return stores.clock.now().astimezone(known_zone(stores.settings.home_timezone)).date()


def _named(clauses: Sequence[Clause], number: int, author: str) -> list[ReadClause]:
    """The clauses as they are kept: rules are named after the directive and say whose they are."""
    told, count = [], 0
    for clause in clauses:
        rules = []
        for rule in clause.rules:
            count += 1
            source = Source(directive=name_of(number), clause=clause.text, span=(clause.start, clause.end))
            change = {"id": f"{name_of(number)}.{count}", "owner": author, "layer": "directive", "source": source}
            rules.append(rule.model_copy(update=change))
        told.append(
            ReadClause(
                text=clause.text,
                start=clause.start,
                end=clause.end,
                status=clause.status,
                rules=tuple(rules),
                question=clause.question,
                assumptions=clause.assumptions,
            )
        )
    return told


def found(stores: Stores, number: int) -> Given:
    """The directive under that number."""
    return looked_at(stores, stores.read(lambda c: directives.get(c, number)))


def looked_at(stores: Stores, directive: Directive) -> Given:
    """The directive with its reading; a draft also with what would be wrong once its rules are in force."""
    reading = READINGS.validate_json(directive.clauses)
    flawed: tuple[Flaw, ...] = ()
    if directive.status == "draft" and reading.rules:
        own = {rule.id for rule in reading.rules}
        book = with_rules(playbook_of(stores.read(in_force).document), reading.rules)
        flawed = tuple(flaw for flaw in flaws(book, directive.created_at.date()) if own & set(flaw.rules))
    return Given(directive, reading, flawed, _examples(stores, reading))


def _examples(stores: Stores, reading: Reading) -> tuple[Example, ...]:
    settings = stores.settings
    home = Home(settings.home_country, settings.home_timezone, settings.public_url)
    return tuple(one for rule in reading.rules for one in boundary_examples(rule, _today(stores), home))


def with_rules(playbook: Playbook, rules: Sequence[AnyRule]) -> Playbook:
    """The playbook with further rules."""
    return playbook.model_copy(update={"rules": (*playbook.rules, *rules)})


def tried(stores: Stores, number: int, now: datetime, language: Language) -> Simulation:
    """What a directive would change for every customer; noted, so that an approver sees that somebody looked."""
    directive, kept = stores.read(lambda c: (directives.get(c, number), in_force(c)))
    playbook = playbook_of(kept.document)
    before = Book(kept.version, playbook)
    result = simulate(stores, before, Book(kept.version, with_rules(playbook, _rules(directive))), now, language)
    impact = _impact(result).model_dump_json()
    stores.write(lambda c: directives.simulated(c, number, now, impact))
    return result


def _impact(found: Simulation) -> Impact:
    return Impact(
        customers=found.customers,
        overall=_shifted(found.overall),
        by_channel={channel: _shifted(counts) for channel, counts in found.by_channel.items()},
        by_scene={scene: _shifted(counts) for scene, counts in found.by_scene.items()},
    )


def _shifted(counts: Counts) -> Shifted:
    return Shifted(before=counts.before, after=counts.after, gained=counts.gained, lost=counts.lost)


def approve(stores: Stores, number: int, approver: str, now: datetime) -> int:
    """Puts a directive's rules in force and answers with the new policy version; its author may not."""
    directive = stores.read(lambda c: directives.get(c, number))
    _another_person(directive, approver)
    reading = READINGS.validate_json(directive.clauses)
    if reading.open_question is not None:
        raise Refused(
            f"{name_of(number)} is not understood whole: {reading.open_question} Write it again as a new one."
        )
    if not reading.rules:
        raise Refused(f"{name_of(number)} holds no rule that could come into force. Write what is to hold.")
    return _enact(stores, directive, "approved", lambda book: with_rules(book, reading.rules), approver, now)


def retire(stores: Stores, number: int, by: str, now: datetime, reason: str = "") -> int:
    """Takes a directive's rules out of force again and answers with the new policy version."""
    directive = stores.read(lambda c: directives.get(c, number))
    _another_person(directive, by)
    own = {rule.id for rule in _rules(directive)}

    def less(book: Playbook) -> Playbook:
        return book.model_copy(update={"rules": tuple(rule for rule in book.rules if rule.id not in own)})

    return _enact(stores, directive, "retired", less, by, now, reason)


def reject(stores: Stores, number: int, by: str, now: datetime, reason: str = "") -> None:
    """Closes a draft without effect."""
    directive = stores.read(lambda c: directives.get(c, number))
    _another_person(directive, by)
    stores.write(lambda c: directives.decide(c, number, "rejected", by, now, reason=reason))


def _enact(
    stores: Stores,
    directive: Directive,
    turn: Literal["approved", "retired"],
    change: Callable[[Playbook], Playbook],
    by: str,
    now: datetime,
    reason: str | None = None,
) -> int:
    """The book in force, changed, as the next version; raises Refused where another one came into force meanwhile."""
    base, name = stores.read(in_force), name_of(directive.number)
    document = Book(0, change(playbook_of(base.document))).to_document()
    before = Book.from_document(base.version, base.document)
    book = Book.from_document(base.version + 1, document)
    ahead = reckon_ahead(stores, book, before)

    def write(c: Connection) -> int:
        version = versions.add(c, document, directive.author, by, f"{name}: {directive.text}", now)
        must_follow(version, base.version, f"turn of {name}")
        directives.decide(c, directive.number, turn, by, now, version=version, reason=reason)
        reckon(c, stores, book, before, ahead)
        return version

    return stores.write(write)


def _another_person(directive: Directive, by: str) -> None:
    if same_person(directive.author, by):
        raise SecondPerson(f"the directive {name_of(directive.number)}", directive.author)


def _spoken(text: str) -> Language:
    return "ja" if any(ord(letter) in KANA or "一" <= letter <= "鿿" for letter in text) else "en"
