"""Copy: short texts for a rule about words, judged by the inspection itself."""

from collections.abc import Iterator
from dataclasses import replace

from domain.channel import Channel
from domain.language import LANGUAGES, Language, Text
from domain.sender import Sender
from policies.book import Book, Playbook
from policies.boundary.drafts import SENDER, Draft, drafts, written
from policies.boundary.setting import Setting
from policies.boundary.typical import Typical
from policies.boundary.values import LIKELY
from policies.boundary.words import Told, subject
from policies.kleene import verdict
from policies.rules import AnyRule

EXACT = frozenset(("length",))
"""Types whose drafts are all shown, since they lie right around the bound."""


Tried = tuple[Text, bool, Channel]
"""The words for a draft, whether the rule blocks it, and on which channel it would go."""


def tried(rule: AnyRule, base: Typical, sender: Sender = SENDER) -> list[Tried]:
    """What the inspection says of a text that the rule blocks and of one that it passes, with the words for both."""
    book = Book(0, Playbook(rules=(rule,), scenes=(), sender=sender))
    best: list[Tried] = []
    for language in _languages(rule, base):
        found = list(_read(rule, base, book, language))
        shown = found if rule.type in EXACT else _one_of_each(found)
        if len({broken for _, broken, _ in shown}) > len({broken for _, broken, _ in best}):
            best = shown
    return best


def _languages(rule: AnyRule, base: Typical) -> list[Language]:
    first: Language = "ja" if base.setting.home.country == "JP" else "en"
    ordered = sorted(LANGUAGES, key=lambda one: one != first)
    return [one for one in ordered if rule.scope.languages is None or one in rule.scope.languages]


def _one_of_each(found: list[Tried]) -> list[Tried]:
    """The first that is blocked, and the last that passes with the plainest words."""
    firsts = [next((one for one in found if one[1] is wanted), None) for wanted in (True, False)]
    return [one for one in firsts if one is not None]


def _read(rule: AnyRule, base: Typical, book: Book, language: Language) -> Iterator[Tried]:
    for draft in drafts(rule, language):
        judged = _judged(rule, base, book, language, draft)
        if judged is not None:
            yield judged


def _judged(rule: AnyRule, base: Typical, book: Book, language: Language, draft: Draft) -> Tried | None:
    words, what = draft
    for setting in _on_some_channel(base.setting, language):
        message = written(setting, words, language)
        s, a = setting.facts()
        if message is None or verdict(rule.applies(), s, a) is not True:
            continue
        found = book.inspect(s, a, message) if rule.severity == "hard" else book.remarks(s, a, message)
        return subject(setting, base.mention - {"message_language"}, Told(what=what)), bool(found), setting.channel
    return None


def _on_some_channel(setting: Setting, language: Language) -> Iterator[Setting]:
    """The message about an offer in that language, on its own channel first, then on those that have other parts."""
    spoken = replace(setting, language=language)
    lines = {"price": 5000, "currency": "JPY"}
    for one in (spoken, spoken.about(**lines)):
        yield one
        for name in LIKELY["channel"]:
            if name != setting.channel:
                yield replace(one, channel=Channel(str(name)))
