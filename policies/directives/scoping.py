"""Scoping: the scope of a rule, its audience and its exceptions, out of what a clause takes."""

from collections.abc import Mapping
from typing import cast

from domain.channel import Purpose
from policies.audience import Audience
from policies.directives.atom import AUDIENCE
from policies.directives.frame import Days, Frame, Pick
from policies.directives.lexicon.occasions import SERVING
from policies.scope import Except, Offers, Scope

Common = dict[str, object]
"""The fields that every rule of a clause has, by name."""
OFFER_DIMENSIONS = {"kinds": "kinds", "categories": "categories", "brands": "brands"}
EVERY = frozenset(Purpose)


def scope_of(frame: Frame, pick: Pick, *, without: frozenset[str] = frozenset(), every_purpose: bool = False) -> Scope:
    """The scope of one alternative; dimensions that the rule itself holds are left out of it."""
    excepted = tuple(one for one in map(except_of, frame.scopes.excepted) if one is not None)
    fields: dict[str, object] = {
        "audience": audience_of(pick),
        "offers": _offers(pick) or (Offers() if "offers" in pick else None),
        "channels": pick.get("channels"),
        "scenes": pick.get("scenes"),
        "purposes": pick.get("purposes") or (EVERY if every_purpose else _serving(pick)),
        "dates": _dates(frame),
        "except": excepted if "excepted" not in without else None,
    }
    return Scope.model_validate({name: value for name, value in fields.items() if value and name not in without})


def _serving(pick: Pick) -> frozenset[str] | None:
    """The purpose of scenes that are no marketing; a rule about them would never meet one of their messages else."""
    scenes = cast("frozenset[str]", pick.get("scenes") or frozenset())
    return frozenset((Purpose.SERVICE,)) if scenes and scenes <= SERVING else None


def _offers(pick: Pick) -> Mapping[str, object]:
    fields: dict[str, object] = {name: pick[name] for name in OFFER_DIMENSIONS if name in pick}
    if "discounted" in pick:
        fields["discounted"] = _is_discounted(pick)
    return fields


def _is_discounted(pick: Pick) -> bool:
    return next(iter(cast("frozenset[str]", pick["discounted"]))) == "true"


def _dates(frame: Frame) -> Mapping[str, object] | None:
    dates = cast("Days | None", frame.values.get("dates"))
    if dates is None:
        return None
    return {name: day for name, day in zip(("from", "until"), dates, strict=True) if day is not None}


def audience_of(pick: Pick) -> Audience | None:
    """The customers of one alternative, None for all of them."""
    fields = {name: value for name, value in pick.items() if name in AUDIENCE}
    return Audience.model_validate(fields) if fields else None


def except_of(pick: Pick) -> Except | None:
    """One exception."""
    fields: dict[str, object] = {name: value for name, value in pick.items() if name != "discounted"}
    if "discounted" in pick:
        fields["discounted"] = _is_discounted(pick)
    return Except.model_validate(fields) if fields else None
