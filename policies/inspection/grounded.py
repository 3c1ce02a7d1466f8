"""Grounded: every figure and every word of haste in a message beside what is true."""

import functools
import re
from collections.abc import Iterator

from domain.language import Text
from policies.finding import Finding
from policies.inspection import contacts, links, topics
from policies.inspection.numbers import has_figures, untrue
from policies.inspection.own import own
from policies.inspection.reading import Part, Reading, finding
from policies.inspection.text import folded
from policies.inspection.token import NO_TOPICS
from policies.inspection.tokens import tokens
from policies.inspection.urgency import haste_in, unfounded
from policies.rules.grounding import Grounding

TAX_SAID = re.compile("税込|税金込|消費税を含")


def ungrounded(rule: Grounding, reading: Reading) -> Iterator[Finding]:
    """What no fact of the offer, the account or the sender supports."""
    spoken: frozenset[str] | None = None
    for part in reading.parts:
        for line in part.lines:
            if _claims_nothing(line):
                continue
            words = _without_own_numbers(links.without_urls(line), reading)
            spoken = _spoken(reading) if spoken is None else spoken
            for token, why in untrue(words, reading.truths, reading.today, spoken):
                yield finding(rule, part.name, token.text, why)
            for text, why in unfounded(words, reading.truths, reading.today):
                if folded(text) in reading.told.words:
                    continue
                yield finding(rule, part.name, text, why)
        if rule.tax == "stated" and reading.message.language == "ja":
            yield from _untaxed(rule, reading, part)


@functools.lru_cache(maxsize=4096)
def _claims_nothing(line: str) -> bool:
    """Whether a line holds no figure and no haste, whatever is true, as most lines do.

    Nor a contact: where that may be shown it is taken out, and what is left may say more than the whole.
    """
    words = links.without_urls(line)
    return not (has_figures(words) or haste_in(words.lower()) or contacts.contacts_in(words))


def _spoken(reading: Reading) -> frozenset[str]:
    """What the message speaks of, which matters only where a date belongs to something of its own (points)."""
    if all("offering" in one.topics or not one.topics for one in reading.truths.days):
        return NO_TOPICS
    return NO_TOPICS.union(*(topics.of_words(line.lower()) for part in reading.parts for line in part.lines))


def _untaxed(rule: Grounding, reading: Reading, part: Part) -> Iterator[Finding]:
    """The first price with tax in it, in a part that nowhere says so; prices to companies are told without."""
    if TAX_SAID.search(part.text) or "b2b" in reading.s.tags:
        return
    taxed = {one.value for one in reading.truths.amounts if one.tax and one.role in ("price", "was")}
    for line in part.lines:
        for token in tokens(links.without_urls(line)):
            if token.kind == "money" and token.value in taxed:
                why = Text(
                    ja=f"「{token.text.strip()}」は税込価格です。「（税込）」と書きます。",
                    en=f'"{token.text.strip()}" has tax in it; the words have to say so (税込).',
                )
                yield finding(rule, part.name, token.text, why)
                return


def _without_own_numbers(words: str, reading: Reading) -> str:
    """The line without the phone numbers and addresses that may be shown, in whichever way they are written."""
    shown = contacts.contacts_in(words)
    if not shown:
        return words
    known = own(reading)
    text = contacts.dashed(words)
    for written, contact in shown:
        if contacts.is_known(contact, known):
            text = text.replace(written, " ")
    return text
