"""Explaining: directives and rules read back, and what became of them."""

from agent import directives as lifecycle
from agent.given import Given, name_of, number_of
from agent.rulebook import in_force, playbook_of
from agent.talk.errand import Directives, Explain
from agent.talk.found import Counter, Facts, Found, Free, aside, bullets, lines, quoted
from agent.talk.telling import (
    examples_of,
    facts_of,
    headed,
    next_of,
    reading_of,
    shown,
    status_of,
)
from domain.errors import NotFound
from policies.boundary.examples import boundary_examples
from policies.boundary.reach import said_whole
from policies.facts import Home
from policies.rules import AnyRule
from records import directives

MOST_LISTED = 20


async def explain(errand: Explain, counter: Counter) -> Found:
    """A directive or a rule, read back with examples at its bounds."""
    subject = errand.subject or counter.talk.directive
    if subject is None:
        return Found(
            counter.say(
                "どの指示ですか。「dir-3 を説明して」のように書いてください。", 'Which one? Write "explain dir-3".'
            ),
            {"question": "which directive or rule"},
            understood=False,
        )
    if "." in subject or not subject.startswith("dir-"):
        return await counter.pool.run(lambda: _rule(subject, counter))
    given = await counter.pool.run(lambda: lifecycle.found(counter.stores, number_of(subject)))
    words = lines(
        counter.say(f"{given.id}：", f"{given.id}: ") + quoted(given.directive.text.strip(), counter.language),
        _history(given, counter),
        reading_of(given, counter),
        examples_of(given, counter),
        next_of(given, counter),
    )
    return Found(words, facts_of(given, counter.language), directives=(given.id,))


def _history(given: Given, counter: Counter) -> str:
    """Who wrote it, who decided, and when."""
    one = given.directive
    told = counter.say(
        f"{status_of(one, 'ja', given.in_force)}。{one.author}が{counter.when(one.created_at)}に出しました。",
        f"{status_of(one, 'en', given.in_force).capitalize()}. Given by {one.author} on "
        f"{counter.when(one.created_at)}.",
    )
    if one.decided_at is None:
        return told
    why = f"（{one.reason}）" if one.reason else ""
    return told + counter.say(
        f"{one.decided_by}が{counter.when(one.decided_at)}に決めました{why}。",
        f" Decided by {one.decided_by} on {counter.when(one.decided_at)}{f' ({one.reason})' if one.reason else ''}.",
    )


def _rule(name: str, counter: Counter) -> Found:
    """A rule in force."""
    playbook = playbook_of(counter.stores.read(in_force).document)
    rule = next((one for one in playbook.rules if one.id == name), None)
    if rule is None:
        raise NotFound("rule in force", name)
    language = counter.language
    said, settings = said_whole(rule, language), counter.stores.settings
    home = Home(settings.home_country, settings.home_timezone, settings.public_url)
    told = [
        example.text.either(language)
        for example in boundary_examples(rule, counter.now.astimezone(counter.zone).date(), home)
    ]
    words = lines(
        f"{rule.id} {quoted(rule.name.either(language), language)}",
        said,
        rule.note.either(language) if rule.note else "",
        _where_from(rule, counter),
        headed(counter.say("境目の例：", "At its bounds:"), bullets(told, 6, language)),
    )
    return Found(
        words, {"rule": name, "type": rule.kind, "says": Free(said), "severity": rule.severity, "layer": rule.layer}
    )


def _where_from(rule: AnyRule, counter: Counter) -> str:
    """Whether it must be kept, and what it came from."""
    ja = {"hard": "必ず守るルールです。", "soft": "なるべく守るルールです。"}[rule.severity]
    en = {"hard": "It always holds.", "soft": "It is kept where possible."}[rule.severity]
    source = rule.source.directive if rule.source else None
    if source:
        ja, en = f"{ja}{source} から来ています。", f"{en} It comes from {source}."
    elif rule.layer == "law":
        ja, en = f"{ja}法令のパックにあります。", f"{en} It belongs to a legal pack."
    return counter.say(ja, en)


async def list_directives(errand: Directives, counter: Counter) -> Found:
    """Instructions, newest first."""
    page = await counter.read(lambda c: directives.page(c, 200))
    chosen = [one for one in page if errand.status in (None, one.status)]
    told = [
        name_of(one.number)
        + aside(counter.say("、", ", ").join((status_of(one, counter.language), one.author)), counter.language)
        + counter.say("", " ")
        + quoted(shown(one.text), counter.language)
        for one in chosen
    ]
    none = counter.say("あてはまる指示はありません。", "There is none.")
    head = counter.say(f"指示：{len(chosen)}件", f"Instructions: {len(chosen)}")
    facts: Facts = {
        "count": len(chosen),
        "directives": [
            {"directive": name_of(one.number), "status": one.status, "text": Free(shown(one.text))}
            for one in chosen[:MOST_LISTED]
        ],
    }
    newest = tuple(name_of(one.number) for one in chosen[:1])
    return Found(
        lines(head, bullets(told, MOST_LISTED, counter.language) or none),
        facts,
        directives=newest if len(chosen) == 1 else (),
    )
