"""Trying: what a draft, a rule or words that nobody gave yet would do to everybody."""

from collections.abc import Callable

from agent import directives as lifecycle
from agent.given import number_of
from agent.hearing import listen, settle
from agent.rulebook import in_force, playbook_of
from agent.simulation import Simulation, simulate
from agent.talk.errand import Simulate
from agent.talk.found import Counter, Facts, Found, Free, bullets, lines
from agent.talk.telling import (
    figures_of,
    headed,
    shown,
    simulation_of,
)
from domain.errors import NotFound
from policies.book import Book, Playbook
from policies.boundary.reach import said_whole


async def simulate_it(errand: Simulate, counter: Counter) -> Found:
    """Tries out a draft, a rule in force, or words that nobody gave yet."""
    if errand.text is not None:
        return await counter.pool.run(lambda: _imagined(errand.text or "", counter))
    subject = errand.subject or counter.talk.directive
    if subject is None:
        return Found(
            counter.say(
                "何を試算しますか。「dir-3 を試算」や「もし週2通までにしたら」のように書いてください。",
                'Simulate what? Write "simulate dir-3" or "what if we cap email at 2 a week".',
            ),
            {"question": "which directive, rule or instruction"},
            understood=False,
        )
    if "." in subject or not subject.startswith("dir-"):
        return await counter.pool.run(lambda: _without(subject, counter))
    number = number_of(subject)
    found = await counter.pool.run(lambda: lifecycle.tried(counter.stores, number, counter.now, counter.language))
    what = counter.say(f"{subject} が有効になると", f"With {subject} in force")
    facts: Facts = {"directive": subject, **figures_of(found)}
    return Found(simulation_of(found, counter, what), facts, directives=(subject,))


def _imagined(text: str, counter: Counter) -> Found:
    """What an instruction would do, while nothing of it is kept."""
    reading = settle(counter.stores, listen(counter.stores, text, None, counter.person or ""))
    if not reading.rules:
        asked = [one.question or one.text for one in reading.clauses if one.status != "understood"]
        words = lines(
            counter.say(
                f"「{shown(text)}」をルールとして読み取れないので、試算できません。",
                f"“{shown(text)}” is not understood as a rule, so there is nothing to try out.",
            ),
            bullets(asked, 5, counter.language),
        )
        return Found(words, {"text": Free(text), "questions": [Free(one) for one in asked]}, understood=False)
    rules = [rule.model_copy(update={"id": f"what-if.{place}"}) for place, rule in enumerate(reading.rules, 1)]
    found = _tried(counter, lambda playbook: lifecycle.with_rules(playbook, rules))
    said = bullets([said_whole(rule, counter.language) for rule in rules], 6, counter.language)
    partly = reading.open_question
    words = lines(
        headed(
            counter.say("こう読み取って試算しました（何も残していません）：", "Tried out as read (nothing was kept):"),
            said,
        ),
        counter.say(f"読み取れていない部分があります：{partly}", f"Not all of it is understood: {partly}")
        if partly
        else "",
        simulation_of(found, counter, counter.say("この内容だと", "With this")),
    )
    return Found(words, {"text": Free(text), **figures_of(found)})


def _tried(counter: Counter, change: Callable[[Playbook], Playbook]) -> Simulation:
    """The book in force and the same with a change, over everybody."""
    latest = counter.stores.read(in_force)
    playbook = playbook_of(latest.document)
    before, after = Book(latest.version, playbook), Book(latest.version, change(playbook))
    return simulate(counter.stores, before, after, counter.now, counter.language)


def _without(name: str, counter: Counter) -> Found:
    """What a rule in force costs: the book without it beside the book with it."""
    latest = counter.stores.read(in_force)
    playbook = playbook_of(latest.document)
    rule = next((one for one in playbook.rules if one.id == name), None)
    if rule is None:
        raise NotFound("rule in force", name)
    rest = tuple(one for one in playbook.rules if one is not rule)
    less = playbook.model_copy(
        update={"rules": rest, "exceptions": tuple(one for one in playbook.exceptions if one.rule != name)}
    )
    found = simulate(
        counter.stores, Book(latest.version, less), Book(latest.version, playbook), counter.now, counter.language
    )
    what = counter.say(f"ルール {name} があることで", f"Because of the rule {name}")
    said = said_whole(rule, counter.language)
    return Found(
        lines(said, simulation_of(found, counter, what)), {"rule": name, "says": Free(said), **figures_of(found)}
    )
