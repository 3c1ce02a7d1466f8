"""Listening: the pieces from which the sentences of rules are heard."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from policies.readback.kinds import figure, heard_channels
from policies.readback.names import Names
from policies.wording import CHANNELS_EN, CHANNELS_JA, MESSAGES_EN

Fields = dict[str, object]
Hear = Callable[[re.Match[str], str], Fields]
ONE_JA, ONE_EN = "|".join(CHANNELS_JA.values()), "|".join(CHANNELS_EN.values())
JA = f"(?:{ONE_JA})(?:・(?:{ONE_JA}))*"
EN = f"(?:{ONE_EN})(?:(?:, (?:{ONE_EN}))* and (?:{ONE_EN}))?"
BY_JA = f"(?P<by>{JA})"
BY_EN = f"(?P<by>{EN})"
COUNT = r"[\d,]+"
NUMBER = r"-?[\d,]+(?:\.\d+)?"
CLOCK = r"\d\d:\d\d"
NOUN_EN = "|".join(f"{noun}s?" for noun in MESSAGES_EN.values())
MESSAGES = rf"(?:(?:marketing )?messages?(?: by {BY_EN})?|(?P<noun>{NOUN_EN})|(?P<placed>{ONE_EN}) messages?)"
"""Messages as English sentences count them; which channels they name is in one of the groups."""


@dataclass(frozen=True, slots=True)
class Core:
    """One form that the sentence of a type has, in both languages, and the fields of the rule that it says."""

    type: str
    ja: re.Pattern[str]
    en: re.Pattern[str]
    hear: Hear

    def heard(self, sentence: str, language: str) -> Fields | None:
        """The fields of the rule, None where the sentence is another; raises ValueError where words fit nothing."""
        found = (self.ja if language == "ja" else self.en).fullmatch(sentence)
        return None if found is None else {"type": self.type, **self.hear(found, language)}


def core(type_: str, ja: str, en: str, hear: Hear) -> Core:
    """A form of a sentence from its two patterns."""
    return Core(type_, re.compile(ja), re.compile(en), hear)


def same(found: re.Match[str], language: str) -> Fields:
    """Every group by its name, as it stands."""
    return {name: words for name, words in found.groupdict().items() if words is not None}


def spoken(found: re.Match[str], language: str) -> Fields:
    """The channels that the sentence names, as its scope may have them."""
    told = found.groupdict()
    if told.get("by"):
        return {"spoken": heard_channels(told["by"], language)}
    if told.get("noun"):
        noun = told["noun"]
        return {"spoken": [one for one, words in MESSAGES_EN.items() if noun.removesuffix("s") == words]}
    return {"spoken": heard_channels(told["placed"], language)} if told.get("placed") else {}


def whole(words: str) -> int:
    """A whole number."""
    return int(figure(words))


def back(names: Names, language: str) -> dict[str, str]:
    """What is called so, by its name."""
    return {pair[0 if language == "ja" else 1]: str(value) for value, pair in names.items()}


def named_in(word: str, names: Names, language: str) -> str:
    """What is called so; raises ValueError for a name of nothing."""
    found = back(names, language).get(word)
    if found is None:
        raise ValueError(f"{word!r} is none of {sorted(map(str, names))}")
    return found


def flags(**fields: object) -> Hear:
    """A form that always says the same fields, and names channels."""
    return lambda found, language: {**spoken(found, language), **fields}


def only(**fields: object) -> Hear:
    """A form that always says the same fields."""
    return lambda found, language: dict(fields)
