"""Defined words: a word that the company gave a meaning stands in a rule by name until that meaning replaces it."""

from collections.abc import Iterator, Mapping, Sequence

from pydantic import ValidationError

from policies.audience import Audience
from policies.boundary.reach import people
from policies.directives.atom import Atom
from policies.directives.clause import Glossary, Status
from policies.directives.frame import Said
from policies.exception import meet
from policies.rules import AnyRule
from policies.rules.audience_exclusion import AudienceExclusion
from policies.scope import Except, Scope
from policies.slip import Slip

TOGETHER: Said = (
    "定義した言葉とほかの条件を、ひとつの対象にまとめられません。文を分けて書いてください。",
    "The defined word and the other conditions cannot be one audience. Write one sentence for each.",
)
Meanings = Mapping[str, Audience]
Judged = tuple[Status, tuple[AnyRule, ...], Said | None, tuple[Said, ...]]
"""Status, rules, question and assumptions of a clause."""


def spelled_out(judged: Judged, atoms: Sequence[Atom], glossary: Glossary) -> Judged:
    """What a clause was judged to be, with every defined word replaced by its customers, and what each was defined as.

    It is asked about where the rest of the clause leaves no room for them.
    """
    status, rules, asked, notes = judged
    if status != "understood" or not glossary.segments:
        return judged
    try:
        whole = tuple(_numbered([one for rule in rules for one in _expanded(rule, glossary.segments)]))
    except (Slip, ValidationError):
        return "ask", (), TOGETHER, ()
    return status, whole, asked, (*notes, *_meant(atoms, glossary))


def _meant(atoms: Sequence[Atom], glossary: Glossary) -> Iterator[Said]:
    """What each defined word of a clause was defined as."""
    for atom in atoms:
        sense = atom.sense("who")
        for term in sorted(sense.values) if sense is not None and sense.name == "segments" else ():
            audience = glossary.segments.get(term)
            if audience is not None and audience.segments != frozenset((term,)):
                ja, en = people(audience, "ja"), people(audience, "en")
                yield (f"「{term}」は、{ja}として定義されています。", f'"{term}" is defined as: {en}.')


def _expanded(rule: AnyRule, meanings: Meanings) -> Iterator[AnyRule]:
    """A rule for each word that its scope names; exceptions stay together."""
    excepted = tuple(one for other in rule.scope.excepted for one in _excepts(other, meanings))
    for audience in _audiences(rule.scope.audience, meanings):
        scope = rule.scope.model_copy(update={"audience": audience, "excepted": excepted})
        whole = rule.model_copy(update={"scope": scope})
        held = getattr(rule, "audience", None)
        if not isinstance(held, Audience):
            yield whole
            continue
        found = list(_audiences(held, meanings))
        if len(found) > 1 and not isinstance(rule, AudienceExclusion):
            raise Slip(ja=TOGETHER[0], en=TOGETHER[1])
        for one in found:
            yield whole.model_copy(update={"audience": one})


def _numbered(rules: Sequence[AnyRule]) -> Iterator[AnyRule]:
    """Rules that came of one under names of their own."""
    seen: dict[str, int] = {}
    for rule in rules:
        seen[rule.id] = seen.get(rule.id, 0) + 1
        yield rule if seen[rule.id] == 1 else rule.model_copy(update={"id": f"{rule.id}-d{seen[rule.id]}"})


def _audiences(audience: Audience | None, meanings: Meanings) -> Iterator[Audience | None]:
    """The audience once for each defined word among its segments, of which a customer needs one alone."""
    if audience is None or not _defined(audience, meanings):
        yield audience
        return
    for one in _each(audience, meanings):
        yield _plain(one)


def _excepts(excepted: Except, meanings: Meanings) -> Iterator[Except]:
    if not _defined(excepted, meanings):
        yield excepted
        return
    fields = Audience.model_fields
    message = {name: getattr(excepted, name) for name in Except.model_fields if name not in fields}
    people_of = Audience.model_validate({name: getattr(excepted, name) for name in fields})
    for one in _each(people_of, meanings):
        told = one.model_dump(exclude_unset=True, by_alias=True)
        yield Except.model_validate({**told, **{name: value for name, value in message.items() if value is not None}})


def _defined(audience: Audience, meanings: Meanings) -> bool:
    return bool(_terms(audience) & meanings.keys())


def _terms(audience: Audience) -> frozenset[str]:
    return audience.segments or frozenset()


def _each(audience: Audience, meanings: Meanings) -> Iterator[Audience]:
    """Each defined word's customers among the others; plain segments stay together."""
    rest = _plain(audience.model_copy(update={"segments": None}))
    plain = _terms(audience) - meanings.keys()
    choices = [meanings[term] for term in sorted(_terms(audience) & meanings.keys())]
    if plain:
        choices.append(Audience(segments=plain))
    for choice in choices:
        yield _both(rest, choice)


def _both(rest: Audience, choice: Audience) -> Audience:
    """The customers of both; raises Slip where they cannot be one audience, or nobody is left."""
    if rest == Audience():
        return choice
    whole = meet(Scope(audience=rest), Scope(audience=choice)).audience
    return whole if whole is not None else choice


def _plain(audience: Audience) -> Audience:
    """The audience with the lines that it sets, and no others."""
    told = {name: getattr(audience, name) for name in Audience.model_fields}
    return Audience.model_validate({name: value for name, value in told.items() if value not in (None, {})})
