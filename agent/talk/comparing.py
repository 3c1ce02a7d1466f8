"""Comparing: two directives, or two versions of the policy book, side by side."""

import json

from agent import directives as lifecycle
from agent.given import Given, number_of
from agent.rulebook import compared, in_force, playbook_of
from agent.simulation import Simulation, simulate
from agent.talk.errand import Compare
from agent.talk.explaining import MOST_LISTED
from agent.talk.found import Counter, Facts, Found, Free, aside, bullets, lines, quoted
from agent.talk.telling import (
    figures_of,
    headed,
    shown,
    status_of,
)
from domain.errors import Malformed
from domain.language import Language
from policies.book import Book
from policies.boundary.reach import said_whole
from policies.canonical import plain
from records import book as versions

PREFIX_OF_VERSION = "version-"


async def compare(errand: Compare, counter: Counter) -> Found:
    """Two directives, or two versions of the book, side by side."""
    first, second = _pair(errand, counter)
    if first is None or second is None:
        return Found(
            counter.say(
                "何と何を比べますか。「dir-1 と dir-2 を比べて」のように書いてください。",
                'Compare what with what? Write "compare dir-1 and dir-2".',
            ),
            {"question": "which two"},
            understood=False,
        )
    if first.startswith(PREFIX_OF_VERSION) or second.startswith(PREFIX_OF_VERSION):
        return await counter.pool.run(lambda: _versions(_version(first), _version(second), counter))
    return await counter.pool.run(lambda: _two(first, second, counter))


def _pair(errand: Compare, counter: Counter) -> tuple[str | None, str | None]:
    """The two that are meant: the last ones of the talk where they are not named."""
    talked = [name for name in counter.talk.directives if name not in (errand.first, errand.second)]
    second = errand.second or (talked.pop() if talked else None)
    first = errand.first or (talked.pop() if talked else None)
    return first, second


def _version(name: str) -> int:
    digits = name.removeprefix(PREFIX_OF_VERSION)
    if not digits.isdigit() or len(digits) > 9:
        raise Malformed("version", name, "write it like version-3.")
    return int(digits)


def _versions(one: int, other: int, counter: Counter) -> Found:
    """What changed between two versions of the book."""
    old, new = counter.stores.read(lambda c: (versions.get(c, min(one, other)), versions.get(c, max(one, other))))
    told = [change.text.either(counter.language) for change in compared(old.document, new.document).changes]
    head = counter.say(
        f"第{old.version}版から第{new.version}版への変更：", f"From version {old.version} to {new.version}:"
    )
    none = counter.say("違いはありません。", "There is no difference.")
    facts: Facts = {"from": old.version, "to": new.version, "changes": [Free(line) for line in told]}
    return Found(lines(head, bullets(told, MOST_LISTED, counter.language) or none), facts)


def _two(first: str, second: str, counter: Counter) -> Found:
    """What two directives have in common, what each alone says, and whom each would cost a message."""
    one, other = (lifecycle.found(counter.stores, number_of(name)) for name in (first, second))
    mine, theirs = _sentences(one, counter.language), _sentences(other, counter.language)
    both = [said for key, said in mine.items() if key in theirs]
    alone = {
        first: [said for key, said in mine.items() if key not in theirs],
        second: [said for key, said in theirs.items() if key not in mine],
    }
    effects = {given.id: _effect(given, counter) for given in (one, other)}
    parts = [
        headed(counter.say(f"{name} だけ：", f"Only in {name}:"), bullets(said, 10, counter.language))
        for name, said in alone.items()
    ]
    words = lines(
        *(_named(given, counter) for given in (one, other)),
        headed(counter.say("どちらにもある内容：", "In both:"), bullets(both, 10, counter.language)),
        *parts,
        headed(
            counter.say("届く人への影響：", "Effect on who is reached:"),
            bullets([_told(name, found, counter) for name, found in effects.items()], 2, counter.language),
        ),
    )
    facts: Facts = {
        "in_both": [Free(said) for said in both],
        "only_in": {name: [Free(said) for said in told] for name, told in alone.items()},
        "effects": {name: figures_of(found)["overall"] for name, found in effects.items()},
    }
    return Found(words, facts, directives=(first, second))


def _named(given: Given, counter: Counter) -> str:
    """A directive by its id, its words and its state."""
    words = quoted(shown(given.directive.text), counter.language)
    state = aside(status_of(given.directive, counter.language), counter.language)
    return counter.say(f"{given.id}：{words}{state}", f"{given.id}: {words}{state}")


def _sentences(given: Given, language: Language) -> dict[str, str]:
    """Each rule in a sentence, under what it says whoever gave it."""
    found = {}
    for rule in given.reading.rules:
        said = plain(rule)
        key = {name: value for name, value in said.items() if name not in ("id", "source", "owner", "name", "layer")}
        found[json.dumps(key, sort_keys=True)] = said_whole(rule, language)
    return found


def _effect(given: Given, counter: Counter) -> Simulation:
    """The book without this directive beside the book with it, whether it is in force or not."""
    mine = {rule.id for rule in given.reading.rules}
    latest = counter.stores.read(in_force)
    playbook = playbook_of(latest.document)
    less = playbook.model_copy(update={"rules": tuple(rule for rule in playbook.rules if rule.id not in mine)})
    more = lifecycle.with_rules(less, given.reading.rules)
    return simulate(
        counter.stores, Book(latest.version, less), Book(latest.version, more), counter.now, counter.language
    )


def _told(name: str, found: Simulation, counter: Counter) -> str:
    whole = found.overall
    return counter.say(
        f"{name}：{whole.before:,}人 → {whole.after:,}人（減{whole.lost:,}）",
        f"{name}: {whole.before:,} → {whole.after:,} ({whole.lost:,} lose)",
    )
