"""Channel priorities: which channel is preferred where several are open."""

from typing import Literal, Self

from pydantic import Field, model_validator

from domain.channel import Channel
from domain.language import phrase
from policies.predicate import CHANNEL, Predicate
from policies.rule import Rule, Severity
from policies.rules.priority import each_once, in_order, ranked, steps, wishes_only
from policies.wording import channel_name


class ChannelPriority(Rule):
    """Prefers the channels in their order, those not named last; a wish that never keeps anything back.

    The first costs nothing, whatever comes after the last named one the whole weight, the others a share of it.
    """

    type: Literal["channel_priority"] = "channel_priority"
    order: tuple[Channel, ...] = Field(min_length=1)
    severity: Severity = "soft"

    @model_validator(mode="after")
    def _is_a_wish(self) -> Self:
        wishes_only(self.severity)
        each_once(self.order, "order")
        return self

    def forbidden(self) -> Predicate:
        return self._ranked()[0]

    def wishes(self) -> tuple[tuple[Predicate, float], ...]:
        return steps(self, self._ranked())

    def _ranked(self) -> tuple[Predicate, ...]:
        return ranked(CHANNEL, self.order)

    def say(self, language: str) -> str:
        names = [channel_name(channel, language) for channel in self.order]
        return phrase(
            language,
            ja=f"チャネルの優先順位：{in_order(names)}。",
            en=f"Channel priority: {', then '.join([f'{names[0]} first', *names[1:]])}.",
        )
