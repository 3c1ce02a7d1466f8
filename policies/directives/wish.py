"""A wish: an instruction to do something, which no rule can hold; it becomes a draft, and says so."""

from dataclasses import dataclass, field
from datetime import time
from typing import Literal

from domain.language import Text
from policies.scope import Scope

WishKind = Literal["goal", "priority", "scene", "stop"]
Event = Literal["no_purchase", "no_visit", "purchase", "visit", "signup", "cart", "view", "birthday", "rain", "restock"]


@dataclass(frozen=True, slots=True)
class Trigger:
    """What sets a scene off, and how long after it; `days` without the event where it is one that did not happen."""

    event: Event
    days: float | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """A draft of a goal, a priority, a scene or a stop: what was written, for whom, where and about what.

    A `goal` may name its figure and target; a `scene` its trigger and its time of day; a `stop` stops what its
    scope names, everything where that is empty. Nothing of it is in force until somebody makes it so.
    """

    kind: WishKind
    text: str
    name: Text
    scope: Scope = field(default_factory=Scope)
    kpi: str | None = None
    target: float | None = None
    trigger: Trigger | None = None
    at: time | None = None
