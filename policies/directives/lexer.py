"""The lexer: a text into atoms; what no table and no pattern knows becomes an atom that nobody can consume."""

import re
from collections.abc import Callable
from datetime import date

from policies.directives import ages, amounts, days, hours, orders
from policies.directives.atom import WHO, Atom, Sense
from policies.directives.clause import Glossary
from policies.directives.dictionary import TWO, dictionary

QUOTE = re.compile(
    r"「(?P<a>[^「」]*(?:「[^「」]*」[^「」]*)*)」|『(?P<b>[^『』]*)』|\"(?P<c>[^\"]+)\"|(?<![a-z0-9])"
    r"'(?P<d>[^']+(?:'(?=[a-z])[^']+)*)'(?![a-z0-9])|(?P<e>【[^】]+】)|«(?P<f>[^»]+)»|`(?P<g>[^`]+)`"
)
EMPTY = "【】"
"""Brackets with nothing in them are the brackets themselves."""
STARTS = re.compile(
    r"[0-9a-z一二三四五六七八九十百千半正零午翌朝夜夕深早未昼晩お当平祝中土日月火水木金休営週毎隔各暦カ今本明来同¥$€£/年全成末ひ三元大クバ]"
)
WORD = re.compile(r"[a-z0-9][a-z0-9'’&+-]*")
PUNCTUATION = re.compile(r"[\s、。,.;:!?()\[\]{}<>~\-—…・*#|_→⇒=※+/&'\"’“”「」『』【】◎☆★○×^%@]")
PEOPLE = (WHO, "people", "everyone")
Reader = Callable[[str, int], tuple[int, Sense] | None]
READERS: tuple[Reader, ...] = (
    amounts.count,
    amounts.span,
    amounts.percent,
    amounts.money,
    amounts.chars,
    amounts.heads,
    hours.time,
    days.weekday,
    amounts.plain,
)


def atoms_of(read: str, low: str, today: date, glossary: Glossary) -> list[Atom]:
    """The atoms of a text, from left to right; white space is in none of them."""
    found: list[Atom] = []
    at = 0
    while at < len(low):
        if low[at].isspace():
            at += 1
            continue
        end, senses = _next(read, low, at, today, found, glossary)
        if not senses and found and not found[-1].senses and not low[at].isascii() and found[-1].end == at:
            found[-1] = Atom(found[-1].start, end, read[found[-1].start : end], ())
        else:
            found.append(Atom(at, end, read[at:end], senses))
        at = end
    return found


def _next(
    read: str, low: str, at: int, today: date, before: list[Atom], glossary: Glossary
) -> tuple[int, tuple[Sense, ...]]:
    if low.startswith(EMPTY, at):
        return at + len(EMPTY), (Sense("quote", EMPTY),)
    if quote := QUOTE.match(low, at):
        words = next((read[slice(*quote.span(name))] for name in "abcdefg" if quote[name]), "")
        return quote.end(), (Sense("quote", words),) if words.strip() else ()
    best = orders.ordered(low, at) or _patterned(low, at, today, before)
    word = _defined(low, at, glossary) or _listed(low, at)
    if word and _is_a_letter(low, at, word[0]):
        word = None
    if best and (word is None or best[0] >= word[0]):
        return best
    if word:
        return word
    if PUNCTUATION.match(low, at):
        return at + 1, (Sense("mark"),)
    unknown = WORD.match(low, at)
    return (unknown.end() if unknown else at + 1), ()


def _is_a_letter(low: str, at: int, end: int) -> bool:
    """A single Latin letter that touches Japanese is a name (A層), never an article."""
    touching = (low[at - 1 : at] + low[end : end + 1]).strip()
    return end - at == 1 and low[at].isascii() and low[at].isalpha() and any(not sign.isascii() for sign in touching)


def _patterned(low: str, at: int, today: date, before: list[Atom]) -> tuple[int, tuple[Sense, ...]] | None:
    if not STARTS.match(low, at) or (
        at and low[at].isascii() and low[at].isalpha() and low[at - 1].isascii() and low[at - 1].isalnum()
    ):
        return None
    people = any(atom.has(*PEOPLE) for atom in before[-2:] if not atom.has("mark"))
    found = [reader(low, at) for reader in READERS]
    found += [days.dated(low, at, today), ages.age(low, at, people)]
    longest = max((end for end, _ in filter(None, found)), default=0)
    senses = tuple(one[1] for one in found if one and one[0] == longest)
    return (longest, senses) if senses else None


def _listed(low: str, at: int) -> tuple[int, tuple[Sense, ...]] | None:
    entries = dictionary()
    for start in (low[at : at + TWO], low[at]):
        for word, senses in entries.get(start, ()):
            end = at + len(word)
            if low.startswith(word, at) and _ends_a_word(low, at, end):
                return end, senses
    return None


def _defined(low: str, at: int, glossary: Glossary) -> tuple[int, tuple[Sense, ...]] | None:
    """A word that the company defined: it stands for itself here, and for its customers once it is in a rule."""
    for term in glossary.segments:
        word = term.lower()
        if low.startswith(word, at) and _ends_a_word(low, at, at + len(word)):
            return at + len(word), (Sense(WHO, "segments", frozenset((term,))),)
    return None


def _ends_a_word(low: str, at: int, end: int) -> bool:
    """Latin words match whole: neither the letter before nor the one after belongs to them."""
    first, last = low[at], low[end - 1]
    if first.isascii() and first.isalnum() and at and low[at - 1].isascii() and low[at - 1].isalnum():
        return False
    return not (last.isascii() and last.isalnum() and end < len(low) and low[end].isascii() and low[end].isalnum())
