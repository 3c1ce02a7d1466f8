"""The checker: a second opinion on a stored decision, from the record and the policy version alone.

It walks the predicates instead of running generated code, and reads copy in its own simple way: nothing of
policies/inspection is used here, so that a fault there cannot hide itself.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

from domain.language import phrase
from domain.message import Message
from policies.facts import Action, Situation
from policies.kleene import verdict
from policies.rules import AnyRule
from policies.rules.forbidden_phrase import ForbiddenPhrase
from policies.rules.length import Length

SPACES = re.compile(r"\s+")
FLAGS = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
JOINED = re.compile("\u200d.|[\u0300-\u036f\u3099\u309a\u200c\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]|\r(?=\n)", re.DOTALL)


def violated(rules: Sequence[AnyRule], s: Situation, a: Action) -> int:
    """The bits of the hard rules before copy that these facts do not rule out."""
    return sum(
        1 << bit
        for bit, rule in enumerate(rules)
        if rule.severity == "hard" and "mask" in rule.stations and verdict(rule.violation(), s, a) is not False
    )


def check(
    rules: Sequence[AnyRule], s: Situation, a: Action, message: Message | None, verdicts: int, language: str
) -> tuple[str, ...]:
    """What is wrong with a decision: verdicts that do not follow from the facts, and copy that breaks a rule."""
    again = violated(rules, s, a)
    found = [
        _differs(rule, again >> bit & 1, language) for bit, rule in enumerate(rules) if (again ^ verdicts) >> bit & 1
    ]
    if message is not None:
        found += [_left(rule, language) for bit, rule in enumerate(rules) if again >> bit & 1]
        found += list(_copy(rules, s, a, message, language))
    return tuple(found)


def _differs(rule: AnyRule, again: int, language: str) -> str:
    stored, found = ("不可", "可") if not again else ("可", "不可")
    said, now = ("violated", "kept") if not again else ("kept", "violated")
    return phrase(
        language,
        ja=f"ルール {rule.id} の記録は「{stored}」ですが、記録された情報から計算すると「{found}」です。",
        en=f"Rule {rule.id} was recorded as {said}; the recorded facts say {now}.",
    )


def _left(rule: AnyRule, language: str) -> str:
    return phrase(
        language,
        ja=f"ルール {rule.id}（{rule.name.either('ja')}）に反するメッセージが作られています。",
        en=f"A message was made although rule {rule.id} ({rule.name.either('en')}) forbids it.",
    )


def _copy(rules: Sequence[AnyRule], s: Situation, a: Action, message: Message, language: str) -> Iterator[str]:
    parts = [(name, _visible(text) if name == "html" else text) for name, text in message.words()]
    for rule in rules:
        if rule.severity == "soft" or verdict(rule.violation(), s, a) is False:
            continue
        if isinstance(rule, ForbiddenPhrase):
            yield from _phrases(rule, a, parts, language)
        elif isinstance(rule, Length):
            yield from _lengths(rule, parts, language)


def _phrases(rule: ForbiddenPhrase, a: Action, parts: Sequence[tuple[str, str]], language: str) -> Iterator[str]:
    if rule.unless_fact and a.offer is not None and a.offer.facts.get(rule.unless_fact):
        return
    for name, text in parts:
        read = _read(text)
        for exception in rule.exceptions:
            read = read.replace(_read(exception), " ")
        for words in rule.phrases:
            if re.search(_whole(_read(words)), read):
                yield phrase(
                    language,
                    ja=f"{name} に、ルール {rule.id} で使わない「{words}」があります。",
                    en=f'{name} says "{words}", which rule {rule.id} forbids.',
                )


def _whole(words: str) -> str:
    edge = r"(?<![a-z0-9])" if words[0].isascii() and words[0].isalnum() else ""
    last = r"(?![a-z0-9])" if words[-1].isascii() and words[-1].isalnum() else ""
    return edge + re.escape(words) + last


def _lengths(rule: Length, parts: Sequence[tuple[str, str]], language: str) -> Iterator[str]:
    for name, text in parts:
        if name == rule.part and len(JOINED.sub("", FLAGS.sub("x", text))) > rule.max:
            yield phrase(
                language,
                ja=f"{name} がルール {rule.id} の上限{rule.max}文字を超えています。",
                en=f"{name} is longer than the {rule.max} characters of rule {rule.id}.",
            )


def _read(text: str) -> str:
    return SPACES.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


class _Reader(HTMLParser):
    """Collects the text between tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def _visible(source: str) -> str:
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return "".join(reader.pieces)
