"""Mandates: for whom each person speaks; kept for persons, never for keys."""

from datetime import datetime

from agent.given import ReadClause
from agent.stores import Stores
from domain.errors import NotFound, Refused
from domain.language import Language, phrase
from domain.person import same_person
from policies.canonical import canonical
from policies.mandate import HEADQUARTERS, NOWHERE, Mandate, fitted, within
from policies.rules import AnyRule
from records import keys
from records import mandates as kept
from records.connection import Connection


def mandate_of(c: Connection, person: str) -> Mandate:
    """The person's mandate; without one, somebody who holds keys of a store alone speaks for no store yet."""
    document = kept.get(c, person)
    if document is not None:
        return Mandate.model_validate_json(document)
    roles = {key.role for key in keys.list_all(c) if key.revoked_at is None and same_person(key.person, person)}
    return NOWHERE if roles == {"store"} else HEADQUARTERS


def give_mandate(stores: Stores, person: str, mandate: Mandate, now: datetime) -> None:
    """From now on the person speaks for that office."""
    stores.write(lambda c: kept.put(c, person, canonical(mandate), now))


def end_mandate(stores: Stores, person: str) -> None:
    """Takes a mandate away; raises NotFound where there is none."""
    if not stores.write(lambda c: kept.end(c, person)):
        raise NotFound("mandate of", person)


def all_mandates(stores: Stores) -> list[tuple[str, Mandate]]:
    """Every person with a mandate."""
    found = stores.read(kept.list_all)
    return [(person, Mandate.model_validate_json(document)) for person, document in found]


def must_reach(stores: Stores, person: str, rules: tuple[AnyRule, ...], what: str) -> None:
    """Raises Refused where the person may not decide about all that these rules touch."""
    mandate = stores.read(lambda c: mandate_of(c, person))
    if not all(within(rule, mandate.may) for rule in rules):
        raise Refused(
            f"{what} reaches further than {person!r} may decide: {mandate.called('en')} decides about "
            f"{mandate.said('en')} alone. Ask headquarters."
        )


def must_be_free(stores: Stores, person: str, what: str) -> None:
    """Raises Refused where the person decides about a part of the company alone, and this is about all of it."""
    mandate = stores.read(lambda c: mandate_of(c, person))
    if not mandate.may.everything:
        raise Refused(f"{what} is about the whole company, and {mandate.called('en')} is not. Ask headquarters.")


def kept_within(clause: ReadClause, mandate: Mandate, language: Language) -> ReadClause:
    """The clause within what its author may decide about, or asked about where it names something outside."""
    if mandate.may.everything:
        return clause
    if mandate == NOWHERE:
        return clause.model_copy(update={"status": "ask", "rules": (), "question": _nowhere(language)})
    rules = [fitted(rule, mandate.may) for rule in clause.rules]
    if any(rule is None for rule in rules):
        return clause.model_copy(update={"status": "ask", "rules": (), "question": _outside(mandate, language)})
    kept = tuple(rule for rule in rules if rule is not None)
    if kept == clause.rules:
        return clause
    assumed = phrase(
        language,
        ja=f"{mandate.called('ja')}からの指示なので、対象は{mandate.said('ja')}に限ります。",
        en=f"It comes from {mandate.called('en')}, so it is about {mandate.said('en')} alone.",
    )
    return clause.model_copy(update={"rules": kept, "assumptions": (*clause.assumptions, assumed)})


def _nowhere(language: Language) -> str:
    return phrase(
        language,
        ja="どの店舗からの指示かが登録されていません。管理者に店舗の登録（./tact mandates set）を依頼してください。",
        en="It is not known which store this comes from. Ask an administrator to say so (./tact mandates set).",
    )


def _outside(mandate: Mandate, language: Language) -> str:
    return phrase(
        language,
        ja=f"{mandate.called('ja')}が決められるのは{mandate.said('ja')}についてだけで、これはその外に及びます。"
        "範囲の中で書き直すか、本部に依頼してください。",
        en=f"{mandate.called('en')} decides about {mandate.said('en')} alone, and this reaches further. "
        "Write it within that, or ask headquarters.",
    )
