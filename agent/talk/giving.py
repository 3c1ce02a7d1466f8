"""Giving: instructions kept as drafts, and drafts refined. Nothing that is written here is in force."""

from agent import directives as lifecycle
from agent.given import READINGS, Given, name_of, number_of
from agent.hearing import Heard, listen
from agent.secondreading import give_and_ask
from agent.talk.amending import amended
from agent.talk.answering import LONGEST, answered_text
from agent.talk.errand import Give, Refine, Unheard
from agent.talk.found import Counter, Found, Free, Rest, bullets, lines
from agent.talk.masks import names_somebody, showable
from agent.talk.telling import (
    facts_of,
    next_of,
    reading_of,
)
from records import directives
from records.directives import Directive


async def give(errand: Give, counter: Counter, shown_to_model: bool = True) -> Found:
    """Keeps an instruction as a draft, read beside what is in force; a model helps only where it names nobody."""
    if counter.person is None:
        return nobody(counter)
    given = await _given(errand.text, counter, counter.person, shown_to_model)
    return kept(given, counter, counter.say(f"{given.id} を下書きとして残しました。", f"Kept as the draft {given.id}."))


async def _given(text: str, counter: Counter, person: str, shown_to_model: bool, replaces: int | None = None) -> Given:
    rest, now = counter.rest, counter.now
    if rest is not None and shown_to_model and await _may_be_shown(text, rest, counter):
        return await give_and_ask(rest.instruments, text, None, person, replaces)
    return await counter.pool.run(lambda: lifecycle.give(counter.stores, text, None, person, now, replaces))


async def _may_be_shown(text: str, rest: Rest, counter: Counter) -> bool:
    """Whether a model, where there is one, may help to read the text: not where it names anybody or was pasted in."""
    if rest.instruments.model is None:
        return False
    return showable(text) and not await counter.read(lambda c: names_somebody(text, c))


def kept(given: Given, counter: Counter, head: str) -> Found:
    """A new draft, told."""
    words = lines(head, reading_of(given, counter), next_of(given, counter))
    return Found(words, facts_of(given, counter.language), directives=(given.id,), kept=(given.id,))


def nobody(counter: Counter) -> Found:
    """Without keys nobody is a person, and a draft needs an author."""
    words = counter.say(
        "鍵なし（TACT_AUTH=off）では指示を出せません。下書きには書いた人の名前が要ります。"
        "鍵を使って入り直してください。",
        "Without a key (TACT_AUTH=off) no instruction can be given: a draft needs its author. Come back with a key.",
    )
    return Found(words, {"refused": "no key, so nobody who could be its author"}, understood=True)


async def unheard(errand: Unheard, counter: Counter) -> Found | None:
    """Takes words that are no request as an instruction, where the grammar makes anything of them; else None."""
    reply = await _reply(errand.text, counter)
    if reply is not None:
        return reply
    heard = await counter.pool.run(lambda: listen(counter.stores, errand.text, None, counter.person or ""))
    if not _says_something(heard):
        return None
    return await give(Give(text=errand.text), counter)


async def _reply(words: str, counter: Counter) -> Found | None:
    """Takes words as the answer to what the last draft's reading asked; None where they are none."""
    name = counter.talk.directive
    if name is None or counter.person is None or len(words) > LONGEST:
        return None
    before = await counter.read(lambda c: directives.get(c, number_of(name)))
    if before.status != "draft":
        return None
    new = answered_text(before.text, READINGS.validate_json(before.clauses), words)
    return None if new is None else await _again(before, new, counter, counter.person)


async def _again(before: Directive, text: str, counter: Counter, person: str) -> Found:
    """A directive given again in other words; where it is in force, the new one is to come in its place."""
    name = name_of(before.number)
    replaces = before.number if before.status == "approved" else None
    given = await _given(text, counter, person, shown_to_model=False, replaces=replaces)
    after = counter.say(
        f"承認されると {name} と入れ替わります" if replaces else f"{name} はそのまま残っています",
        f"once approved it takes the place of {name}" if replaces else f"{name} stays as it is",
    )
    head = counter.say(
        f"{name} をもとに、{given.id} を下書きとして残しました（{after}）：\n「{text}」",
        f"Kept as the draft {given.id}, made from {name}; {after}:\n“{text}”",
    )
    return kept(given, counter, head)


def _says_something(heard: Heard) -> bool:
    """Whether any clause was followed: read, refused for a reason, or asked about precisely."""
    return any(
        clause.rules or clause.wishes or clause.status == "refuse" or (clause.status == "ask" and not clause.unread)
        for clause in heard.clauses
    )


async def refine(errand: Refine, counter: Counter) -> Found:
    """Gives the text of a draft again with the change in it; what cannot be placed is asked about."""
    if counter.person is None:
        return nobody(counter)
    name = errand.directive or counter.talk.directive
    if name is None:
        return _of_what(counter)
    reply = await _reply(errand.change, counter)
    if reply is not None:
        return reply
    before = await counter.read(lambda c: directives.get(c, number_of(name)))
    new = amended(before.text, errand.change)
    if new.text is None or new.text == before.text:
        return _which(name, before.text, new.choices, counter)
    if new.added and await counter.pool.run(lambda: _stands_alone(errand.change, counter)):
        return await give(Give(text=errand.change), counter, shown_to_model=False)
    return await _again(before, new.text, counter, counter.person)


def _of_what(counter: Counter) -> Found:
    """There is nothing yet that could be changed."""
    words = counter.say(
        "どの指示を変えますか。先に指示を出すか、「dir-3 を15%に」のように書いてください。",
        'Change what? Give an instruction first, or write "make dir-3 15 %".',
    )
    return Found(words, {"refused": "there is no draft in this talk to change"}, understood=False)


def _stands_alone(text: str, counter: Counter) -> bool:
    """Whether the words are a whole instruction of their own."""
    clauses = listen(counter.stores, text, None, counter.person or "").clauses
    return any(clause.rules for clause in clauses) and all(clause.status == "understood" for clause in clauses)


def _which(name: str, text: str, choices: tuple[str, ...], counter: Counter) -> Found:
    """What is to be changed is not clear."""
    words = lines(
        counter.say(
            f"{name} のどこを変えますか。「2通を3通に」のように書いてください。",
            f'Which part of {name}? Write it like "3 instead of 2".',
        ),
        counter.say(f"今の文：「{text}」", f"It says: “{text}”"),
        bullets([f"…{one}…" for one in choices], 5, counter.language),
    )
    return Found(
        words, {"question": "which part is to change", "text": Free(text)}, directives=(name,), understood=False
    )
