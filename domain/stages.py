"""Stages: by which numbers a customer is new, loyal or leaving, as a marketer writes them; the first that fits."""

from collections.abc import Iterator
from typing import Literal, NamedTuple, Self

from pydantic import Field, model_validator

from domain.customer import Stage
from domain.frozen import Frozen
from domain.slip import Slip


class Standing(NamedTuple):
    """What the stages of one customer are judged by."""

    orders: int = 0
    order_days: int = 0
    order_days_90d: int = 0
    first_days: float | None = None
    """Days since the first order, None before it."""
    away_days: float | None = None
    """Days since the last order."""
    usual_gap: float | None = None
    """Median days between two days with an order; None below two such days."""


class StageRule(Frozen):
    """One stage with what must hold for it; what is left out may be anything."""

    stage: Stage
    most_orders: int | None = Field(None, ge=0)
    """At most so many orders altogether."""
    orders: int | None = Field(None, ge=1)
    """At least so many orders altogether."""
    order_days: int | None = Field(None, ge=1)
    """Orders on at least so many different days."""
    order_days_90d: int | None = Field(None, ge=1)
    """Orders on at least so many different days of the last 90."""
    first_within_days: float | None = Field(None, gt=0)
    """The first order is at most so many days ago."""
    away_days: float | None = Field(None, ge=0)
    """The last order is more than so many days ago."""
    away_gaps: float | None = Field(None, gt=0)
    """The last order is longer ago than so many of the customer's own usual gaps."""

    def fits(self, standing: Standing, usual_gap: float) -> bool:
        """Whether everything that the rule asks for holds."""
        return all(holds for _, holds in self.asked(standing, usual_gap))

    def asked(self, standing: Standing, usual_gap: float) -> Iterator[tuple[str, bool]]:
        """Each condition that the rule names, and whether it holds."""
        own = standing.usual_gap or usual_gap
        if self.most_orders is not None:
            yield "most_orders", standing.orders <= self.most_orders
        if self.orders is not None:
            yield "orders", standing.orders >= self.orders
        if self.order_days is not None:
            yield "order_days", standing.order_days >= self.order_days
        if self.order_days_90d is not None:
            yield "order_days_90d", standing.order_days_90d >= self.order_days_90d
        if self.first_within_days is not None:
            first = standing.first_days
            yield "first_within_days", first is not None and first <= self.first_within_days
        if self.away_days is not None:
            yield "away_days", standing.away_days is not None and standing.away_days > self.away_days
        if self.away_gaps is not None:
            yield "away_gaps", standing.away_days is not None and standing.away_days > self.away_gaps * own


DEFAULT = (
    StageRule(stage=Stage.PROSPECT, most_orders=0),
    StageRule(stage=Stage.CHURNED, away_days=180, away_gaps=12),
    StageRule(stage=Stage.DORMANT, away_days=60, away_gaps=6),
    StageRule(stage=Stage.AT_RISK, away_days=21, away_gaps=3),
    StageRule(stage=Stage.NEW, first_within_days=45),
    StageRule(stage=Stage.LOYAL, order_days=12, order_days_90d=12),
    StageRule(stage=Stage.ACTIVE),
)


class Stages(Frozen):
    """The definitions of all stages in the order in which they are tried; the last one asks for nothing."""

    usual_gap_days: float = Field(14.0, gt=0)
    """What counts as the usual gap of a customer who has ordered on a single day so far."""
    stages: tuple[StageRule, ...] = DEFAULT

    @model_validator(mode="after")
    def _somebody_always_fits(self) -> Self:
        if not self.stages or self.stages[-1] != StageRule(stage=self.stages[-1].stage):
            raise Slip(
                ja="最後のステージには条件を書きません。どのお客様もどれかに入るようにするためです",
                en="the last stage asks for nothing, so that every customer has one. Remove its conditions",
            )
        for place, rule in enumerate(self.stages[:-1]):
            if rule == StageRule(stage=rule.stage):
                raise Slip(
                    ja=f"{rule.stage} に条件がなく、その下には誰も入りません。条件を書くか、最後に置きます",
                    en=f"{rule.stage} asks for nothing, so that nobody gets below it. Add a condition or put it last",
                )
            if any(earlier.stage == rule.stage and earlier == rule for earlier in self.stages[:place]):
                raise Slip(ja=f"{rule.stage} の同じ条件が二度あります", en=f"{rule.stage} stands there twice")
        return self

    def turns(self, standing: Standing) -> Iterator[tuple[float, Literal["first", "last"]]]:
        """After how many days, since the first or the last order, a rule begins or ends to hold by time alone."""
        own = standing.usual_gap or self.usual_gap_days
        for rule in self.stages:
            if rule.first_within_days is not None:
                yield rule.first_within_days, "first"
            if rule.away_days is not None:
                yield rule.away_days, "last"
            if rule.away_gaps is not None:
                yield rule.away_gaps * own, "last"

    def of(self, standing: Standing) -> Stage:
        """The first stage that fits."""
        return self.rule_of(standing).stage

    def rule_of(self, standing: Standing) -> StageRule:
        """The first rule that fits."""
        return next(rule for rule in self.stages if rule.fits(standing, self.usual_gap_days))
