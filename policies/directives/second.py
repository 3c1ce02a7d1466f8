"""Second readings: rules that somebody else read out of a clause, believed only as far as the clause itself bears.

Everything in the clause has to be in the rules, and everything in the rules in the clause. What is not can still be
offered as other words for the clause, never as its reading.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import JsonValue, TypeAdapter, ValidationError

from domain.language import Language, Text
from policies.analysis.equivalence import equivalent
from policies.boundary.reach import said_whole
from policies.directives.bearing import borne_out
from policies.directives.clause import Glossary
from policies.directives.compiler import compile_directives
from policies.directives.fillers import without_fillers
from policies.directives.frame import Said
from policies.directives.joins import joined
from policies.directives.lexer import atoms_of
from policies.directives.shapes import GIVEN, TYPES
from policies.directives.text import is_japanese, written
from policies.directives.verify import unverified
from policies.rules import AnyRule

RULES: TypeAdapter[AnyRule] = TypeAdapter(AnyRule)
MOST = 12
"""Rules that one clause may become."""
OPEN: Said = ("文の言葉だけでは確かめられません。", "Its words alone do not bear this out.")


@dataclass(frozen=True, slots=True)
class Account:
    """What becomes of rules that were read elsewhere: believed, or not, and why."""

    rules: tuple[AnyRule, ...]
    doubt: Said | None


def accounted(given: Sequence[Mapping[str, JsonValue]], text: str, today: date, glossary: Glossary) -> Account | None:
    """The rules in JSON held against the words of their clause; None where they are no rules of a directive."""
    rules = _rules(given, text)
    if rules is None:
        return None
    source = written(text)
    atoms = joined(atoms_of(source.read, source.low, today, glossary), source.read)
    doubt, saying = unverified(rules, atoms, source.low), without_fillers(atoms, source.read)
    whole = None
    if doubt is None and saying is not None and len(rules) == 1:
        whole = borne_out(rules[0].kind, saying, text, is_japanese(source.read))
    if whole is None or equivalent([_of_like_purpose(rules[0], whole)], [whole]) is not True:
        return Account(rules, doubt or OPEN)
    return Account((whole,), None)


def in_other_words(rules: Sequence[AnyRule], language: Language, today: date, glossary: Glossary) -> tuple[str, ...]:
    """The rules as sentences that the grammar reads as the very same rules; none where it does not."""
    said = tuple(said_whole(rule, language) for rule in rules)
    read = compile_directives(["\n".join(said)], language, glossary, today)
    if any(clause.status != "understood" for clause in read):
        return ()
    return said if equivalent(rules, [rule for clause in read for rule in clause.rules]) else ()


def _of_like_purpose(rule: AnyRule, like: AnyRule) -> AnyRule:
    """The rule with the purposes of another: where nobody speaks of them, the type says which they are."""
    if "purposes" in rule.scope.model_fields_set:
        return rule
    return rule.model_copy(update={"scope": rule.scope.model_copy(update={"purposes": like.scope.purposes})})


def _rules(given: Sequence[Mapping[str, JsonValue]], text: str) -> tuple[AnyRule, ...] | None:
    if not 0 < len(given) <= MOST:
        return None
    shown = text if len(text) <= 80 else f"{text[:79]}…"
    found = []
    for number, one in enumerate(given, 1):
        if one.get("type") not in TYPES or not GIVEN.isdisjoint(one):
            return None
        own = {"id": f"second-{number}", "name": Text(ja=shown, en=shown), "layer": "directive"}
        try:
            found.append(RULES.validate_python({**one, **own}))
        except ValidationError:
            return None
    return tuple(found)
