"""The dictionary: every word of the tables and every form of the verbs, found by longest match."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache

from policies.directives import endings
from policies.directives.atom import WHAT, WHO, Sense, words
from policies.directives.lexicon import (
    consents,
    copy,
    courtesies,
    glue,
    logic,
    matters,
    messages,
    occasions,
    offers,
    people,
    places,
    pledges,
    unclear,
    unspoken,
)

Entries = Mapping[str, tuple[tuple[str, tuple[Sense, ...]], ...]]
TWO = 2


@cache
def dictionary() -> Entries:
    """For the first two characters of a word, the words that begin so, longest first, with their senses."""
    senses: dict[str, dict[Sense, None]] = {}
    for word, sense in _listed():
        senses.setdefault(word, {})[sense] = None
    found: dict[str, list[tuple[str, tuple[Sense, ...]]]] = {}
    for word in sorted(senses, key=len, reverse=True):
        found.setdefault(word[:TWO], []).append((word, tuple(senses[word])))
    return {start: tuple(entries) for start, entries in found.items()}


def _listed() -> Iterator[tuple[str, Sense]]:
    for tables in (_scopes(), _logic(), _consents(), _copy(), _pledges(), endings.forms(), _rest()):
        yield from tables


def _each(sense: Sense, table: str) -> Iterator[tuple[str, Sense]]:
    for word in words(table):
        yield word.lower(), sense


def _dimension(kind: str, name: str, tables: Mapping[str, str]) -> Iterator[tuple[str, Sense]]:
    for value, table in tables.items():
        yield from _each(Sense(kind, name, frozenset((value,))), table)


def _scopes() -> Iterator[tuple[str, Sense]]:
    yield from _dimension(WHO, "stages", people.STAGES)
    yield from _dimension(WHO, "tiers", people.TIERS)
    yield from _dimension(WHO, "tags", people.TAGS)
    yield from _dimension(WHO, "genders", people.GENDERS)
    yield from _dimension(WHO, "countries", places.COUNTRIES)
    yield from _dimension(WHO, "languages", places.LANGUAGES)
    yield from _places()
    yield from _dimension(WHAT, "channels", messages.CHANNELS)
    yield from _dimension(WHAT, "scenes", messages.SCENES)
    yield from _dimension(WHAT, "purposes", messages.PURPOSES)
    yield from _each(Sense(WHAT, "purposes", frozenset(messages.PURPOSES)), messages.ALL_PURPOSES)
    yield from _dimension(WHAT, "categories", offers.CATEGORIES)
    yield from _dimension(WHAT, "kinds", offers.KINDS)
    yield from _each(Sense(WHAT, "discounted", frozenset(("true",))), offers.DISCOUNTED)
    yield from _each(Sense(WHAT, "discounted", frozenset(("false",))), offers.NOT_DISCOUNTED)
    yield from _each(Sense("everyone"), people.EVERYONE)
    yield from _each(Sense("everyone"), people.NOBODY)
    yield from _each(Sense("others"), people.OTHERS)
    yield from _each(Sense("ban"), people.NOBODY)
    yield from _each(Sense("people"), people.PEOPLE)


def _places() -> Iterator[tuple[str, Sense]]:
    for name, roman in places.PREFECTURES.items():
        short = name if name == "北海道" else name[:-1]
        sense = Sense(WHO, "regions", frozenset((name, short, roman)))
        for word in (name, short, roman.lower(), f"{roman.lower()} prefecture"):
            yield word, sense
    for area, names in places.AREAS.items():
        sets = [frozenset((name, name[:-1], places.PREFECTURES[name])) for name in names.split("|")]
        for word in (area, f"{area}地方", f"{area}エリア"):
            yield word, Sense(WHO, "regions", frozenset().union(*sets))
    for state in words(places.STATES):
        yield state.lower(), Sense(WHO, "regions", frozenset((state,)))


def _logic() -> Iterator[tuple[str, Sense]]:
    tables = {
        "ban": logic.BAN,
        "only": logic.ONLY,
        "outside": logic.OUTSIDE,
        "except": logic.EXCEPT,
        "but": logic.BUT,
        "exempt": logic.EXEMPT_AFTER,
        "must": logic.MUST,
        "may": logic.MAY,
        "soft": logic.SOFT,
        "together": logic.TOGETHER,
        "each": logic.EACH,
        "all": logic.ALL_CHANNELS,
        "from": logic.SAY_FROM,
        "until": logic.UNTIL,
        "most": logic.MOST,
        "below": logic.BELOW,
        "least": logic.LEAST,
        "above": logic.ABOVE,
        "about": logic.ABOUT,
        "per": logic.PER_WORD,
        "priority": logic.PRIORITY,
        "gap": logic.GAP,
        "consecutive": logic.CONSECUTIVE,
        "cap": logic.CAP_WORDS,
        "quiet": logic.QUIET,
        "window": logic.WINDOW,
        "glue": logic.LOCAL,
        "agreed": consents.AGREED,
        "not_agreed": consents.NOT_AGREED,
        "needs": consents.NEEDS,
    }
    for kind, table in tables.items():
        yield from _each(Sense(kind), table)
    for name, (low, high, table) in logic.DAYPARTS.items():
        yield from _each(Sense("daypart", name, low=low, high=high), table)
    yield from _each(Sense("rest", "channel"), logic.ONLY_CHANNEL)
    yield from _each(Sense("rest", "audience"), logic.ONLY_AUDIENCE)
    yield from _each(Sense("rest", "rest"), logic.ONLY_REST)
    yield from _each(Sense("exempt"), logic.EXEMPT_AFTER)
    yield from _each(Sense("span", "day", number=Decimal(1), high=2), logic.SAME_DAY)
    yield from _each(Sense("settled"), logic.SETTLED)
    yield from _each(Sense("other_days"), logic.OTHER_DAYS)
    yield from _each(Sense("span", "month", number=Decimal(6), low=0, high=0), logic.HALF_YEAR)
    yield from _each(Sense("span", "hour", number=Decimal(12), low=0, high=0), logic.HALF_DAY)


def _consents() -> Iterator[tuple[str, Sense]]:
    """同意 and its kin with every ending: をいただいた, していただいている, を得られていない."""
    for noun in words(consents.NOUNS):
        yield from ((f"{noun}{tail}", Sense("agreed")) for tail in words(consents.GIVEN))
        yield from ((f"{noun}{tail}", Sense("not_agreed")) for tail in words(consents.MISSING))


def _copy() -> Iterator[tuple[str, Sense]]:
    for name, table in copy.PARTS.items():
        yield from _each(Sense("part", name), table)
    for name, table in copy.DISCLOSURES.items():
        yield from _each(Sense("disclosure", name), table)
    for name, table in copy.TONES.items():
        yield from _each(Sense("tone", name), table)
    for name, (table, _) in unspoken.THINGS.items():
        yield from _each(Sense("thing", name), table)
    yield from _each(Sense("use"), unspoken.SPOKEN)
    tables = {
        "word": copy.WORD_NOUNS,
        "open": copy.OPEN_LIST,
        "start": copy.START,
        "end": copy.END,
        "contain": copy.CONTAIN,
        "use": copy.USE,
        "length": copy.LENGTH,
        "trace": unspoken.TRACES,
        "near": unspoken.NEAR,
        "opening": "最初から|はじめから|初めから|いきなり|まっさきに|真っ先に|up front|upfront|straight away",
        "tone_noun": copy.TONE_NOUNS,
        "degree": copy.DEGREES,
    }
    for kind, table in tables.items():
        yield from _each(Sense(kind), table)


def _pledges() -> Iterator[tuple[str, Sense]]:
    for noun in words(pledges.PROOFS):
        yield from ((f"{noun}{tail}", Sense("proven")) for tail in words(pledges.WITH_PROOF))
        yield from ((f"{noun}{tail}", Sense("unproven")) for tail in words(pledges.WITHOUT_PROOF))
    for kind, named in (("concept", pledges.CONCEPTS), ("tongue", pledges.TONGUES), ("fact", pledges.FACTS)):
        for name, table in named.items():
            yield from _each(Sense(kind, name), table)
    tables = {
        "proven": pledges.PROVEN_EN,
        "unproven": pledges.UNPROVEN_EN,
        "link": pledges.LINKS,
        "own_site": pledges.OWN_SITE,
        "other_site": pledges.OTHER_SITES,
        "own_language": pledges.OWN_LANGUAGE,
        "control": pledges.CONTROL,
        "whole": pledges.WHOLE,
        "looking": pledges.LOOKING,
        "new_scene": pledges.NEW_SCENES,
        "model": pledges.MODELS,
        "clash": pledges.CLASH,
        "last_resort": pledges.LAST_RESORT,
    }
    for kind, table in tables.items():
        yield from _each(Sense(kind), table)
    yield from _each(Sense(WHAT, "channels", frozenset(("web",))), pledges.OWN_SITE)


def _rest() -> Iterator[tuple[str, Sense]]:
    tables: Iterable[tuple[str, str]] = (
        ("noun", messages.NOUNS),
        ("offer", offers.OFFER),
        ("discount", offers.DISCOUNT),
        ("margin", offers.MARGIN),
        ("price", offers.PRICE),
        ("brand", offers.BRAND),
        ("off", offers.OFF),
        ("glue", glue.GLUE),
        ("and", glue.CONJ_JA),
        ("and", glue.CONJ_EN),
        ("topic", glue.TOPIC_JA),
        ("advert", messages.ADVERTS),
        ("vague", unclear.VAGUE),
        ("vague", unclear.SAME),
        ("verb_channel", messages.SPOKEN_VERBS),
        ("courtesy", courtesies.PHRASES),
    )
    for kind, table in tables:
        yield from _each(Sense(kind), table)
    for name, table in occasions.OCCASIONS.items():
        yield from _each(Sense("occasion", name), table)
    yield from _each(Sense("noun"), occasions.LETTERS)
    for name, table in matters.MARKS.items():
        yield from _each(Sense("marked", name), table)
    for name, table in matters.SENSITIVE.items():
        yield from _each(Sense("sensitive", name), table)
    for kind, table in (
        ("topic_noun", matters.TOPIC_NOUNS),
        ("budget", matters.BUDGET),
        ("approval", matters.APPROVAL),
        ("volume", matters.VOLUME),
        ("team", matters.TEAM),
        ("glue", matters.TEAM),
        ("amend", matters.AMENDING),
    ):
        yield from _each(Sense(kind), table)
    yield from _each(Sense("stock", "out"), offers.OUT_OF_STOCK)
    yield from _each(Sense("stock", "in"), offers.IN_STOCK)
    for name, table in unclear.UNDEFINED.items():
        yield from _each(Sense("undefined", name), table)
