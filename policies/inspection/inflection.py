"""Inflection: English words in the forms they take, found without a dictionary."""

import functools
import re

ENGLISH_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
SHORTEST = 3
VOWELS = "aeiou"
IRREGULAR = {
    "best": "good",
    "better": "good",
    "bought": "buy",
    "came": "come",
    "children": "child",
    "cost": "cost",
    "did": "do",
    "done": "do",
    "does": "do",
    "felt": "feel",
    "forgot": "forget",
    "forgotten": "forget",
    "found": "find",
    "gave": "give",
    "given": "give",
    "gone": "go",
    "goes": "go",
    "got": "get",
    "grew": "grow",
    "had": "have",
    "has": "have",
    "kept": "keep",
    "lost": "lose",
    "made": "make",
    "men": "man",
    "paid": "pay",
    "ran": "run",
    "said": "say",
    "saw": "see",
    "seen": "see",
    "sent": "send",
    "sold": "sell",
    "spent": "spend",
    "taken": "take",
    "took": "take",
    "told": "tell",
    "was": "be",
    "were": "be",
    "is": "be",
    "are": "be",
    "been": "be",
    "went": "go",
    "women": "woman",
    "won": "win",
    "worn": "wear",
}
GRADABLE = (
    "big bright cheap clean clear close cold cool cute deep early easy fast fine firm fresh gentle good",
    "great happy hard healthy heavy high hot kind large late light low lucky mild neat new nice old poor",
    "pure quick quiet rich safe sharp short silky simple slim slow small smart smooth soft sound strong",
    "sure sweet tall tasty thick thin tough ugly warm weak wealthy wide wise young",
)
GRADED = frozenset(word for words in GRADABLE for word in words.split())
"""Adjectives that are compared with -er and -est; corner is no form of corn."""


@functools.lru_cache(maxsize=8192)
def bases(word: str) -> frozenset[str]:
    """The words of which `word` may be a form, itself included: guaranteed -> guarantee; cheapest -> cheap."""
    plain = word.replace("’", "'")
    for tail in ("'s", "'re", "'ve", "'ll", "'d"):
        plain = plain.removesuffix(tail)
    found = {word, plain, IRREGULAR.get(plain, plain), *_verbs_and_nouns(plain)}
    for tail in ("er", "est"):
        if plain.endswith(tail):
            found |= _stems(plain.removesuffix(tail)) & GRADED
    return frozenset(found)


def _verbs_and_nouns(word: str) -> set[str]:
    found: set[str] = set()
    if word.endswith("s") and not word.endswith("ss") and len(word) > SHORTEST:
        found.add(word[:-1])
        if word.endswith("es"):
            found.add(word[:-2])
    if word.endswith("ies"):
        found.add(word[:-3] + "y")
    for tail in ("ed", "ing"):
        if word.endswith(tail) and len(word) >= len(tail) + SHORTEST:
            found |= _stems(word.removesuffix(tail))
    return found


def _stems(stem: str) -> set[str]:
    """What a stem may have been before its ending: sav -> save, stopp -> stop, tri -> try."""
    found = {stem, stem + "e"}
    if len(stem) > SHORTEST and stem[-1] == stem[-2] and stem[-1] not in VOWELS:
        found.add(stem[:-1])
    if stem.endswith("i"):
        found.add(stem[:-1] + "y")
    return found
