"""A flaw: something in a set of rules that its author probably did not mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from domain.language import Text
from policies.predicate import TRUE, Predicate

FlawKind = Literal[
    "never_fires",
    "expired",
    "shadowed",
    "cap_zero",
    "no_time",
    "no_offer",
    "channel_closed",
    "no_channel",
    "phrase_conflict",
    "too_short",
    "exception_without_effect",
    "dead_pack",
]


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong, in which rules, and whom it touches; `witness` is an example customer as a profile says it."""

    kind: FlawKind
    rules: tuple[str, ...]
    text: Text
    witness: Mapping[str, object] | None = None
    audience: Predicate = field(default=TRUE, repr=False)
    """Holds for the customers whom it touches."""
    customers: int | None = None
    """How many those are; None where no base was asked."""
