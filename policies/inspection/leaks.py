"""Leaks: what a message tells of people who are not its reader."""

from collections.abc import Iterator

from domain.language import Text
from policies.finding import Finding
from policies.inspection import contacts, persons
from policies.inspection.own import own
from policies.inspection.reading import Reading, finding
from policies.inspection.secrets import asked_for
from policies.rules.pii_leak import PiiLeak


def leaked(rule: PiiLeak, reading: Reading) -> Iterator[Finding]:
    """Contact details, numbers and names that are neither the reader's own nor ours, and questions for secrets."""
    secret = tuple(persons.others({**reading.s.attributes, **reading.a.facts}))
    known: frozenset[str] | None = None
    for part in reading.parts:
        for line in part.lines:
            shown, named = contacts.contacts_in(line), persons.names_in(line)
            if shown or named:
                known = own(reading) if known is None else known
                yield from _contacts(rule, part.name, shown, known)
                yield from _names(rule, part.name, named, known)
            for question in asked_for(line):
                yield finding(rule, part.name, question, _asking(question))
            for words in secret:
                if words in line:
                    yield finding(rule, part.name, words, _reason(words))


def _names(rule: PiiLeak, part: str, named: tuple[tuple[str, str], ...], known: frozenset[str]) -> Iterator[Finding]:
    for words, name in named:
        if not persons.is_of(name, known):
            yield finding(rule, part, words, _reason(words))


def _contacts(rule: PiiLeak, part: str, shown: tuple[tuple[str, str], ...], known: frozenset[str]) -> Iterator[Finding]:
    for written, contact in shown:
        if not contacts.is_known(contact, known):
            yield finding(rule, part, written, _reason(written))


def _reason(words: str) -> Text:
    return Text(
        ja=f"「{words}」は、このお客様のものでも自社の情報でもありません。",
        en=f"{words} belongs neither to this customer nor to us.",
    )


def _asking(question: str) -> Text:
    return Text(
        ja=f"「{question}」は、お客様に秘密の番号や書類を尋ねています。メッセージでは尋ねません。",
        en=f'"{question}" asks the reader for something secret. No message does.',
    )
