"""Priorities: which scenes or kinds of offer come first where several are open."""

from collections.abc import Sequence
from typing import Literal, Self

from pydantic import Field, model_validator

from domain.language import phrase
from domain.offer import OfferKind
from policies import predicate as fact
from policies.predicate import KIND, OFFER, SCENE, Known, Not, OneOf, Predicate, all_of
from policies.readback.scenes import called
from policies.rule import Rule, Severity
from policies.slip import Slip

KINDS_JA: dict[OfferKind, str] = {
    "product": "商品",
    "coupon": "クーポン",
    "article": "読みもの",
    "case_study": "事例",
    "tutorial": "使い方",
    "event": "催し",
    "service": "サービス",
}


class Priority(Rule):
    """Prefers scenes, or kinds of offer, in their order, those not named last; a wish that keeps nothing back.

    The first costs nothing, whatever comes after the last named one the whole weight, the others a share of it.
    """

    type: Literal["priority"] = "priority"
    scenes: tuple[str, ...] | None = Field(None, min_length=1)
    kinds: tuple[OfferKind, ...] | None = Field(None, min_length=1)
    severity: Severity = "soft"

    @model_validator(mode="after")
    def _orders_one_thing(self) -> Self:
        if (self.scenes is None) == (self.kinds is None):
            raise Slip(
                ja="scenes（施策の順）か kinds（オファーの種類の順）の、どちらかひとつを書きます。",
                en="give the order of either scenes or kinds",
            )
        wishes_only(self.severity)
        each_once(self.scenes or self.kinds or (), "scenes" if self.scenes else "kinds")
        return self

    def forbidden(self) -> Predicate:
        return self._ranked()[0]

    def wishes(self) -> tuple[tuple[Predicate, float], ...]:
        return steps(self, self._ranked())

    def _ranked(self) -> tuple[Predicate, ...]:
        if self.scenes is not None:
            return ranked(SCENE, self.scenes)
        return tuple(all_of(Known(OFFER), later) for later in ranked(KIND, self.kinds or ()))

    def say(self, language: str) -> str:
        if self.scenes is not None:
            ja, en = ([called(scene, one) for scene in self.scenes] for one in ("ja", "en"))
        else:
            ja = [KINDS_JA[kind] for kind in self.kinds or ()]
            en = [kind.replace("_", " ") for kind in self.kinds or ()]
        noun = "施策" if self.scenes is not None else "オファー"
        return phrase(
            language,
            ja=f"{noun}の優先順位：{in_order(ja)}。",
            en=f"Priority: {', then '.join([f'{en[0]} first', *en[1:]])}.",
        )


def ranked(field: fact.Field, order: Sequence[str]) -> tuple[Predicate, ...]:
    """For each place in the order: the fact comes later than that place."""
    return tuple(Not(OneOf(field, frozenset(order[: place + 1]))) for place in range(len(order)))


def steps(rule: Rule, later: Sequence[Predicate]) -> tuple[tuple[Predicate, float], ...]:
    """The weight of an order, shared evenly among its places."""
    return tuple((all_of(rule.applies(), one), rule.weight / len(later)) for one in later)


def in_order(names: Sequence[str]) -> str:
    """An order as it is spoken of in Japanese."""
    return f"{'、'.join(names)}の順に選びます" if len(names) > 1 else f"まず{names[0]}を選びます"


def wishes_only(severity: str) -> None:
    """A priority is a wish."""
    if severity != "soft":
        raise Slip(
            ja="優先順位は希望（severity: soft）です。使えるチャネルを限るには channel_permit を書きます。",
            en="a priority is soft. To restrict what may be used, write a hard rule such as channel_permit.",
        )


def each_once(order: Sequence[str], name: str) -> None:
    """Nothing stands in two places of an order."""
    if len(set(order)) < len(order):
        raise Slip(ja=f"{name} に同じものが二度あります。", en=f"{name} names something twice")
