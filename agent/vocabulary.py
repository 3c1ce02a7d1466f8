"""Vocabulary: words that this company gave a meaning, and how they come to it: defined, approved by somebody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from agent.heads import Heads
from agent.mandates import must_be_free
from agent.stores import Stores
from domain.errors import Malformed, NotFound, SecondPerson
from domain.language import Language
from domain.person import same_person
from policies.audience import Audience
from policies.canonical import canonical
from policies.directives.clause import Clause, Glossary
from policies.directives.compiler import compile_directives
from policies.directives.lexer import atoms_of
from policies.directives.text import written
from policies.rules.audience_exclusion import AudienceExclusion
from policies.rules.channel_permit import ChannelPermit
from policies.scope import Scope
from policies.zones import known_zone
from records import segments
from records.connection import Connection
from records.segments import Segment

PREFIX = "seg-"
LONGEST = 60
FREE = frozenset(("undefined", "vague", "glue", "people", "mark", "topic"))
"""What a word may mean already and still be defined."""
Words = tuple[tuple[str, str], ...]
"""Terms, and the customers they stand for as JSON: can be compared and remembered."""


@dataclass(frozen=True, slots=True)
class Defined:
    """A definition, whom it means, and how many that are now."""

    segment: Segment
    audience: Audience
    customers: int

    @property
    def id(self) -> str:
        """How people name it."""
        return f"{PREFIX}{self.segment.number}"


def words_of(c: Connection) -> Words:
    """The words in force, longest first, so that a word inside another does not win."""
    latest = {one.term: one.document for one in segments.in_force(c)}
    return tuple(sorted(latest.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def glossary_of(words: Words) -> Glossary:
    """The words as the compiler takes them."""
    return Glossary({term: Audience.model_validate_json(document) for term, document in words})


def define(
    stores: Stores, term: str, meant: str | Audience, language: Language | None, author: str, now: datetime
) -> Defined:
    """Keeps a definition as a draft: by an audience, or in words that are read as one."""
    word = _term(term, _today(stores))
    must_be_free(stores, author, "A defined word")
    words = stores.read(words_of)
    glossary = Glossary({name: one for name, one in glossary_of(words).segments.items() if name != word})
    spoken: Language = language or ("en" if word.isascii() else "ja")
    audience = meant if isinstance(meant, Audience) else audience_in(meant, spoken, glossary, _today(stores))
    if audience == Audience():
        raise Malformed("audience", None, "it names no customers in particular. Say who is meant.")
    said = meant if isinstance(meant, str) else None
    return told(stores, stores.write(lambda c: segments.add(c, word, canonical(audience), said, author, now)))


def audience_in(said: str, language: Language, glossary: Glossary, today: date) -> Audience:
    """The customers that words mean, read as in a directive; raises Malformed where they are not clear."""
    tried = f"{said}には電話しない。" if language == "ja" else f"No calls to {said}."
    clauses = compile_directives([tried], language, glossary, today)
    found = _one_audience(clauses)
    if found is None:
        asked = next((clause.question for clause in clauses if clause.question), "")
        raise Malformed("as", said, f"name customers in words that rules know, such as gold members. {asked}".strip())
    return found


def _one_audience(clauses: Sequence[Clause]) -> Audience | None:
    rules = [rule for clause in clauses for rule in clause.rules]
    if any(clause.status != "understood" for clause in clauses) or len(rules) != 1:
        return None
    rule = rules[0]
    if isinstance(rule, AudienceExclusion):
        return rule.audience if rule.scope == Scope() else None
    if not isinstance(rule, ChannelPermit) or rule.scope.audience is None:
        return None
    return rule.scope.audience if rule.scope == Scope(audience=rule.scope.audience) else None


def _term(term: str, today: date) -> str:
    """The word in one form; raises Malformed for what is no word, or means something already."""
    word = " ".join(written(term).read.split()) if term.strip() else ""
    if not 2 <= len(word) <= LONGEST or not any(sign.isalnum() for sign in word):
        raise Malformed("term", term, f"give a word of 2 to {LONGEST} characters.")
    source = written(word)
    atoms = atoms_of(source.read, source.low, today, Glossary())
    if len(atoms) == 1 and any(sense.kind not in FREE for sense in atoms[0].senses):
        raise Malformed("term", term, "it has a meaning already. Choose a word of your own.")
    return word


def found(stores: Stores, identifier: str) -> Defined:
    """The definition under that id, with its head-count."""
    number = number_of(identifier)
    return told(stores, stores.read(lambda c: segments.get(c, number)))


def all_told(stores: Stores, many: Sequence[Segment], heads: Heads) -> tuple[Defined, ...]:
    """Definitions with their head-counts, all counted in one pass over the customers."""
    heads.count([Audience.model_validate_json(one.document) for one in many])
    return tuple(told(stores, one, heads) for one in many)


def told(stores: Stores, segment: Segment, heads: Heads | None = None) -> Defined:
    """A definition with its head-count."""
    audience = Audience.model_validate_json(segment.document)
    return Defined(segment, audience, (heads or Heads(stores)).count([audience])[0])


def approve(stores: Stores, identifier: str, by: str, now: datetime) -> None:
    """Puts a definition in force in the place of an earlier one of the same word; takes another person."""
    number = number_of(identifier)
    must_be_free(stores, by, "A defined word")

    def write(c: Connection) -> None:
        mine = _of_another_person(c, number, by)
        segments.decide(c, number, "approved", by, now)
        for other in segments.in_force(c):
            if other.term == mine.term and other.number != number:
                segments.decide(c, other.number, "retired", by, now, f"defined anew by {PREFIX}{number}")

    stores.write(write)


def close(
    stores: Stores, identifier: str, turn: Literal["rejected", "retired"], by: str, now: datetime, reason: str
) -> None:
    """Rejects a draft, or retires a definition: rules that were read with it stay as they are."""
    number = number_of(identifier)
    must_be_free(stores, by, "A defined word")

    def write(c: Connection) -> None:
        _of_another_person(c, number, by)
        segments.decide(c, number, turn, by, now, reason)

    stores.write(write)


def _of_another_person(c: Connection, number: int, by: str) -> Segment:
    segment = segments.get(c, number)
    if same_person(segment.author, by):
        raise SecondPerson(f"the definition {PREFIX}{number}", segment.author)
    return segment


def number_of(identifier: str) -> int:
    """The number in the id of a definition; raises NotFound for what is none."""
    digits = identifier.removeprefix(PREFIX)
    if digits == identifier or not (digits.isascii() and digits.isdigit() and len(digits) < 16):
        raise NotFound("segment", identifier)
    return int(digits)


def _today(stores: Stores) -> date:
    return stores.clock.now().astimezone(known_zone(stores.settings.home_timezone)).date()
