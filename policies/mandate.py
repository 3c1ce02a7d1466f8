"""A mandate: for whom somebody speaks, and about which customers, channels, use cases and offers they may decide."""

from collections.abc import Sequence
from typing import Literal

from pydantic import Field, ValidationError

from domain.channel import Channel
from domain.frozen import Frozen
from domain.language import Text, phrase
from policies.analysis.box import Box, TooMany, boxes
from policies.audience import Audience
from policies.boundary.reach import about, people
from policies.exception import meet
from policies.predicate import CHANNEL, SCENE, TRUE, Predicate, all_of, one_of
from policies.rules import AnyRule
from policies.scope import Except, Offers, Scope
from policies.slip import Slip
from policies.wording import channel_names

Office = Literal["headquarters", "store", "agency"]
OFFICES = {
    "headquarters": Text(ja="本部", en="headquarters"),
    "store": Text(ja="店舗", en="store"),
    "agency": Text(ja="代理店", en="agency"),
}
MARKS = (("tags", "without_tags"), ("segments", "without_segments"))
"""Marks of which a customer may hold several: two demands on them are not one line of an audience."""


class Permit(Frozen):
    """What somebody may give instructions about; what is left out is not restricted."""

    audience: Audience | None = None
    channels: frozenset[Channel] | None = Field(None, min_length=1)
    scenes: frozenset[str] | None = Field(None, min_length=1)
    offers: Offers | None = None

    @property
    def everything(self) -> bool:
        """Whether nothing is restricted."""
        return self == Permit()

    def predicate(self) -> Predicate:
        """The customer and the message lie within."""
        return all_of(
            self.audience.predicate() if self.audience else TRUE,
            one_of(CHANNEL, self.channels),
            one_of(SCENE, self.scenes),
            self.offers.predicate() if self.offers else TRUE,
        )


class Mandate(Frozen):
    """The office that somebody speaks for, its name, and what they may give instructions about."""

    office: Office = "headquarters"
    name: Text | None = None
    may: Permit = Permit()

    def called(self, language: str) -> str:
        """The office as it is spoken of: 「銀座店」, else 「店舗」."""
        return (self.name or OFFICES[self.office]).either(language)

    def said(self, language: str) -> str:
        """What it covers in words: 「タグshop:ginzaのあるお客様、LINE」."""
        told = [people(self.may.audience, language)]
        told += [channel_names(self.may.channels, language)] if self.may.channels else []
        scenes, offers = self.may.scenes, self.may.offers
        told += [phrase(language, ja="施策", en="use cases ") + "・".join(sorted(scenes))] if scenes else []
        told += about(offers, language) if offers else []
        return phrase(language, ja="、", en=", ").join(told)


HEADQUARTERS = Mandate()
"""Whoever has no mandate of their own, unless they work in a store."""
NOWHERE = Mandate(office="store", may=Permit(audience=Audience(tags=frozenset({"shop:none"}))))
"""A store of which nobody said which one it is."""


def within(rule: AnyRule, permit: Permit) -> bool:
    """Whether the rule touches nothing outside; what cannot be decided counts as outside."""
    if permit.everything:
        return True
    try:
        mine, allowed = boxes(rule.violation(), may=True), boxes(permit.predicate(), may=True)
    except TooMany:
        return False
    return bool(mine) and all(_inside(box, allowed) for box in mine)


def fitted(rule: AnyRule, permit: Permit) -> AnyRule | None:
    """The rule within the permit: what it leaves open is filled in; None where it names something outside."""
    if within(rule, permit):
        return rule
    try:
        scope = _narrowed(rule.scope, permit)
    except (Slip, ValidationError):
        return None
    if scope is None:
        return None
    narrow = rule.model_copy(update={"scope": scope})
    return narrow if within(narrow, permit) else None


def _inside(box: Box, allowed: Sequence[Box]) -> bool:
    return any(box.within(one) for one in allowed)


def _narrowed(scope: Scope, permit: Permit) -> Scope | None:
    """The scope within the permit; None where something that it names would be cut."""
    audience, excepted = _apart(scope.audience, permit.audience)
    given = {"audience": audience, "channels": permit.channels, "scenes": permit.scenes, "offers": permit.offers}
    whole = meet(scope, Scope.model_validate({name: value for name, value in given.items() if value is not None}))
    if _cut(scope, whole):
        return None
    return whole.model_copy(update={"excepted": (*whole.excepted, *excepted)})


def _apart(mine: Audience | None, allowed: Audience | None) -> tuple[Audience | None, tuple[Except, ...]]:
    """The audience to meet, less the marks that the scope asks for itself; those without them are excepted."""
    if mine is None or allowed is None:
        return allowed, ()
    left, excepted = allowed, list[Except]()
    for name, without in MARKS:
        wanted = getattr(allowed, name)
        if wanted is not None and getattr(mine, name) is not None:
            left = left.model_copy(update={name: None})
            excepted.append(Except.model_validate({without: wanted}))
    return (None if left == Audience() else left), tuple(excepted)


def _cut(named: Scope, whole: Scope) -> bool:
    """Whether something that the scope named itself is smaller now."""
    if any(before is not None and before != after for before, after in _lines(named, whole, ("channels", "scenes"))):
        return True
    people = _lines(named.audience, whole.audience, tuple(Audience.model_fields))
    offers = _lines(named.offers, whole.offers, tuple(Offers.model_fields))
    return any(before not in (None, {}) and before != after for before, after in (*people, *offers))


def _lines(one: Frozen | None, other: Frozen | None, names: Sequence[str]) -> list[tuple[object, object]]:
    if one is None:
        return []
    return [(getattr(one, name), getattr(other, name, None)) for name in names]
