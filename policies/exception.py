"""Exceptions: a rule does not hold, or holds otherwise, inside a scope; the one way in which anything is loosened."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import Field, JsonValue

from domain.frozen import Frozen
from domain.language import Text
from policies.audience import Audience
from policies.rule import Rule
from policies.rules import AnyRule
from policies.scope import DateRange, Except, Offers, Scope
from policies.slip import Slip


class RuleException(Frozen):
    """Inside `scope` the rule gives way; `instead` are the parameters that hold there, none where nothing holds.

    `until` is the last day of the exception: from the next day on the rule holds again as it stands.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_.-]*$", max_length=100)
    rule: str
    scope: Scope
    instead: Mapping[str, JsonValue] | None = None
    name: Text | None = None
    note: Text | None = None
    until: date | None = None


def loosen(rules: Sequence[AnyRule], exceptions: Sequence[RuleException]) -> tuple[AnyRule, ...]:
    """The rules with every exception worked in: plain rules again, so that one meaning holds for all.

    Raises Slip for an exception that names no rule, a rule of law, or a scope that the rule does not reach.
    """
    found = list(rules)
    for exception in exceptions:
        place = _place(found, exception)
        rule = found[place]
        found[place] = _narrowed(rule, exception)
        if exception.instead is not None:
            found.insert(place + 1, _instead(rule, exception, exception.instead))
    return tuple(found)


def _place(rules: Sequence[AnyRule], exception: RuleException) -> int:
    for place, rule in enumerate(rules):
        if rule.id == exception.id:
            raise Slip(
                ja=f"id {exception.id!r} はルールが使っています。別の名前にしてください。",
                en=f"the id {exception.id!r} belongs to a rule. Choose another",
            )
        if rule.id == exception.rule:
            if rule.layer == "law":
                raise Slip(
                    ja=f"{rule.id!r} は法令のルールなので、例外を作れません。法務にご相談ください。",
                    en=f"{rule.id!r} is a rule of law and has no exceptions. Ask your counsel what is possible",
                )
            return place
    raise Slip(
        ja=f"{exception.rule!r} というルールはありません。rules にある id を書いてください。",
        en=f"there is no rule {exception.rule!r}. Write the id of one under rules",
    )


def _narrowed(rule: AnyRule, exception: RuleException) -> AnyRule:
    """The rule outside the exception."""
    covered = Except.of(_dated(exception))
    scope = rule.scope.model_copy(update={"excepted": (*rule.scope.excepted, covered)})
    return rule.model_copy(update={"scope": scope})


def _instead(rule: AnyRule, exception: RuleException, instead: Mapping[str, JsonValue]) -> AnyRule:
    """The rule that holds inside the exception; raises ValidationError for parameters that it does not have."""
    fixed = sorted(name for name in instead if name in Rule.model_fields or name in ("from", "until", "type"))
    if fixed:
        raise Slip(
            ja=f"instead には {fixed[0]!r} を書けません。書けるのは {rule.kind} の項目だけです。",
            en=f"instead cannot change {fixed[0]!r}, only what a {rule.kind} says",
        )
    given: dict[str, Any] = rule.model_dump(by_alias=True, exclude_unset=True, exclude={"scope"})
    given |= {"type": rule.kind, **instead, "id": exception.id, "scope": meet(rule.scope, _dated(exception))}
    if exception.name is not None:
        given["name"] = exception.name
    return type(rule).model_validate(given)


def _dated(exception: RuleException) -> Scope:
    """The scope of the exception, which ends with it."""
    if exception.until is None:
        return exception.scope
    dates = _meet_dates(exception.scope.dates, DateRange.model_validate({"until": exception.until}))
    return exception.scope.model_copy(update={"dates": dates})


def meet(one: Scope, other: Scope) -> Scope:
    """What lies in both scopes; raises Slip where nothing does, or where one scope cannot say it."""
    purposes = _both(one.purposes, other.purposes if "purposes" in other.model_fields_set else None, "purposes")
    told = {
        "audience": _meet_audience(one.audience, other.audience),
        "except": (*one.excepted, *other.excepted),
        "channels": _both(one.channels, other.channels, "channels"),
        "purposes": purposes,
        "scenes": _both(one.scenes, other.scenes, "scenes"),
        "offers": _meet_offers(one.offers, other.offers),
        "languages": _both(one.languages, other.languages, "languages"),
        "dates": _meet_dates(one.dates, other.dates),
    }
    return Scope.model_validate({name: value for name, value in told.items() if value not in (None, ())})


def _both(one: frozenset[Any] | None, other: frozenset[Any] | None, field: str) -> frozenset[Any] | None:
    if one is None or other is None:
        return other if one is None else one
    shared = one & other
    if not shared:
        raise Slip(
            ja=f"例外の {field} は、もとのルールの {field} と重なりません。この例外は何も変えません。",
            en=f"the {field} of the exception and of the rule have nothing in common, so the exception changes nothing",
        )
    return shared


def _meet_audience(one: Audience | None, other: Audience | None) -> Audience | None:
    if one is None or other is None:
        return other if one is None else one
    return Audience.model_validate(_joined(one, other, ("tags", "segments"), "audience"))


def _meet_offers(one: Offers | None, other: Offers | None) -> Offers | None:
    if one is None or other is None:
        return other if one is None else one
    return Offers.model_validate(_joined(one, other, (), "offers"))


def _joined(one: Frozen, other: Frozen, alternatives: tuple[str, ...], where: str) -> dict[str, Any]:
    """The lines of both: sets by what they share, refusals together; two that cannot be one line are a Slip."""
    told: dict[str, Any] = {}
    for name in type(one).model_fields:
        first, second = getattr(one, name), getattr(other, name)
        if second is None or second == {} or first == second:
            value = first
        elif first is None or first == {}:
            value = second
        elif name.startswith("without_"):
            value = first | second
        elif isinstance(first, frozenset) and name not in alternatives:
            value = _both(first, second, f"{where}.{name}")
        else:
            raise Slip(
                ja=f"{where}.{name} がルールと例外の両方にあり、1つにできません。例外の {name} を消してください。",
                en=f"{where}.{name} of rule and exception cannot be one line. Leave {name} out of the exception",
            )
        if value is not None and value != {}:
            told[name] = value
    return told


def _meet_dates(one: DateRange | None, other: DateRange | None) -> DateRange | None:
    if one is None or other is None:
        return other if one is None else one
    first = max((day for day in (one.first, other.first) if day), default=None)
    last = min((day for day in (one.last, other.last) if day), default=None)
    return DateRange.model_validate({"from": first, "until": last})
