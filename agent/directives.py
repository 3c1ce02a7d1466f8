"""Directives on their way from a marketer's words to rules in force: read, tried out, approved by somebody else."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Literal

from agent import retiring
from agent.given import READINGS, Given, Impact, ReadClause, Reading, Shifted, name_of, stands
from agent.heads import Heads
from agent.hearing import Heard, listen, may_replace, settle, today_at_home
from agent.mandates import must_reach
from agent.precedence import precedence
from agent.reckoning import reckon, reckon_ahead
from agent.rulebook import in_force, must_follow, playbook_of
from agent.simulation import Counts, Simulation, simulate
from agent.stores import Stores
from domain.errors import Refused, SecondPerson
from domain.language import Language
from domain.person import same_person
from policies.analysis.flaw import Flaw
from policies.analysis.flaws import flaws
from policies.book import Book, Playbook
from policies.boundary.examples import Example, boundary_examples
from policies.canonical import canonical
from policies.facts import Home
from policies.rule import Source
from policies.rules import AnyRule
from records import book as versions
from records import directives
from records.connection import Connection
from records.directives import Directive


def give(
    stores: Stores, text: str, language: Language | None, author: str, now: datetime, replaces: int | None = None
) -> Given:
    """Reads a directive by the grammar beside those in force, and keeps it as a draft."""
    heard = listen(stores, text, language, author, replaces)
    return keep(stores, heard, author, now)


def keep(stores: Stores, heard: Heard, author: str, now: datetime, heads: Heads | None = None) -> Given:
    """Keeps what was heard as a draft, held against its author's mandate and the directives in force."""
    replaced = heard.around.replaced
    if replaced is not None:
        may_replace(heard.around.mandate, _rules(replaced), name_of(replaced.number))
    # Settled before the transaction begins: nobody who decides waits for a long text.
    reading = settle(stores, heard, heads)

    def write(c: Connection) -> Directive:
        number = directives.number(c)
        named = reading.model_copy(update={"clauses": tuple(_named(reading.clauses, number, author))})
        given = Directive(number, heard.text, heard.language, canonical(named), author, now)
        directives.add(c, given)
        return given

    return looked_at(stores, stores.write(write))


def _rules(directive: Directive) -> tuple[AnyRule, ...]:
    return READINGS.validate_json(directive.clauses).rules


def _named(clauses: Sequence[ReadClause], number: int, author: str) -> Iterator[ReadClause]:
    """The clauses as they are kept: rules are named after the directive and say whose they are."""
    count = 0
    for clause in clauses:
        rules = []
        for rule in clause.rules:
            count += 1
            source = Source(directive=name_of(number), clause=clause.text, span=(clause.start, clause.end))
            change = {"id": f"{name_of(number)}.{count}", "owner": author, "layer": "directive", "source": source}
            rules.append(rule.model_copy(update=change))
        yield clause.model_copy(update={"rules": tuple(rules)})


def found(stores: Stores, number: int) -> Given:
    """The directive under that number."""
    return looked_at(stores, stores.read(lambda c: directives.get(c, number)))


def looked_at(stores: Stores, directive: Directive) -> Given:
    """The directive with its reading, and how it stands beside the book; a draft also with what would be wrong."""
    reading = READINGS.validate_json(directive.clauses)
    if not reading.rules:
        return Given(directive, reading, (), ())
    playbook = without(playbook_of(stores.read(in_force).document), reading.replaces)
    in_book = stands(directive, frozenset(rule.id for rule in playbook.rules))
    flawed: tuple[Flaw, ...] = ()
    own = {rule.id for rule in reading.rules}
    if directive.status == "draft":
        book = with_rules(playbook, reading.rules)
        flawed = tuple(flaw for flaw in flaws(book, directive.created_at.date()) if own & set(flaw.rules))
    decided = precedence(stores, reading.rules, playbook) if directive.status == "draft" or in_book else ()
    return Given(directive, reading, flawed, _examples(stores, reading), decided, in_book)


def _examples(stores: Stores, reading: Reading) -> tuple[Example, ...]:
    settings = stores.settings
    home = Home(settings.home_country, settings.home_timezone, settings.public_url)
    return tuple(one for rule in reading.rules for one in boundary_examples(rule, today_at_home(stores), home))


def without(playbook: Playbook, replaced: int | None) -> Playbook:
    """The playbook less the rules of a directive that another one comes to replace."""
    mine = "" if replaced is None else f"{name_of(replaced)}."
    return less(playbook, frozenset(rule.id for rule in playbook.rules if mine and rule.id.startswith(mine)))


def less(playbook: Playbook, gone: frozenset[str]) -> Playbook:
    """The playbook without some rules, and without the exceptions from them."""
    left = {
        "rules": tuple(rule for rule in playbook.rules if rule.id not in gone),
        "exceptions": tuple(one for one in playbook.exceptions if one.rule not in gone),
    }
    return playbook.model_copy(update=left) if gone else playbook


def with_rules(playbook: Playbook, rules: Sequence[AnyRule]) -> Playbook:
    """The playbook with further rules."""
    return playbook.model_copy(update={"rules": (*playbook.rules, *rules)})


def tried(stores: Stores, number: int, now: datetime, language: Language) -> Simulation:
    """What a directive would change for every customer; noted, so that an approver sees that somebody looked."""
    directive, kept = stores.read(lambda c: (directives.get(c, number), in_force(c)))
    playbook, reading = playbook_of(kept.document), READINGS.validate_json(directive.clauses)
    before = Book(kept.version, playbook)
    after = with_rules(without(playbook, reading.replaces), reading.rules)
    result = simulate(stores, before, Book(kept.version, after), now, language)
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
        raise Refused(f"{name_of(number)} holds no rule that could come into force. {_instead(reading, number)}")
    must_reach(stores, approver, reading.rules, name_of(number))

    def change(book: Playbook) -> Playbook:
        return with_rules(without(book, reading.replaces), reading.rules)

    return _enact(stores, directive, "approved", change, approver, now, replaced=reading.replaces)


def _instead(reading: Reading, number: int) -> str:
    """What to do with a directive that holds drafts, or nothing."""
    if any(wish.kind == "stop" for wish in reading.wishes):
        return "To stop at once: ./tact stop, or POST /v1/stop."
    if reading.wishes:
        return f"Its drafts become a proposal: ./tact directive propose {name_of(number)}."
    return "Write what is to hold."


def retire(stores: Stores, number: int, by: str, now: datetime, reason: str = "") -> int:
    """Takes a directive's rules out of force again and answers with the new policy version."""
    directive = stores.read(lambda c: directives.get(c, number))
    _another_person(directive, by)
    rules = _rules(directive)
    own = frozenset(rule.id for rule in rules)
    must_reach(stores, by, rules, name_of(number))
    return _enact(stores, directive, "retired", lambda book: less(book, own), by, now, reason)


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
    replaced: int | None = None,
) -> int:
    """The book in force, changed, as the next version; raises Refused where another one came into force meanwhile."""
    base, name = stores.read(in_force), name_of(directive.number)
    document = Book(0, change(playbook_of(base.document))).to_document()
    before = Book.from_document(base.version, base.document)
    book = Book.from_document(base.version + 1, document)
    ahead, copy = reckon_ahead(stores, book, before), retiring.vet_ahead(stores, book)

    def write(c: Connection) -> int:
        version = versions.add(c, document, directive.author, by, f"{name}: {directive.text}", now)
        must_follow(version, base.version, f"turn of {name}")
        directives.decide(c, directive.number, turn, by, now, version=version, reason=reason)
        if replaced is not None and directives.get(c, replaced).status == "approved":
            directives.decide(c, replaced, "retired", by, now, version=version, reason=f"replaced by {name}")
        reckon(c, stores, book, before, ahead)
        retiring.note(c, copy, now)
        return version

    return stores.write(write)


def _another_person(directive: Directive, by: str) -> None:
    if same_person(directive.author, by):
        raise SecondPerson(f"the directive {name_of(directive.number)}", directive.author)
