"""A scene (施策): one use case that a marketer starts with."""

from typing import Literal

from pydantic import Field

from domain.channel import Channel, Purpose
from domain.frozen import Frozen
from domain.journey import Trigger
from domain.language import Text
from domain.offer import OfferKind


class Goal(Frozen):
    """What a scene is for, as a number that can be missed."""

    kpi: str
    baseline: float | None = None
    target: float | None = None


class Scene(Frozen):
    """Who gets what, where and why, as one plain card."""

    id: str = Field(pattern="^[a-z][a-z0-9_]*$")
    name: Text
    card: Text
    purpose: Purpose = Purpose.MARKETING
    channels: frozenset[Channel] = frozenset(Channel)
    kinds: frozenset[OfferKind] = frozenset(
        ("product", "coupon", "article", "case_study", "tutorial", "event", "service")
    )
    tags: frozenset[str] = frozenset()
    """Offers must carry one of these; empty means any."""
    send_time: Literal["now", "best"] = "now"
    mode: Literal["prepared", "live", "deliberate"] = "prepared"
    review: bool = False
    model_tokens_per_day: int | None = Field(None, ge=0)
    """How many tokens models may read and write for this scene in a day; None: only the deployment's own limit."""
    goal: Goal | None = None
    trigger: Trigger | None = None
    """What starts it by itself; without one it is said when a channel asks for it."""
