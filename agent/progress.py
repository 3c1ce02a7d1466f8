"""Progress: how far a composition is, in counts that a marketer can follow."""

from collections import Counter
from dataclasses import dataclass, field

from pydantic import Field

from domain.frozen import Frozen
from records.variants import Kept
from tools.model import Usage


class Progress(Frozen):
    """What was wanted, and what became of it so far."""

    wanted: int = 0
    finished: int = 0
    """Texts that nothing more is done about."""
    approved: int = 0
    waiting: int = 0
    """Texts that a person has to look at first."""
    alike: int = 0
    """Texts that said what another says already."""
    refused: int = 0
    """Texts that a rule did not let through."""
    unreadable: int = 0
    failed: int = 0
    """Texts for which the model gave no answer."""
    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    rules: dict[str, int] = Field(default_factory=dict)
    """How often each rule objected, answers that were put right included."""
    failures: dict[str, int] = Field(default_factory=dict)
    variants: tuple[str, ...] = ()
    error: str | None = None
    """Why it ended early."""


@dataclass
class Count:
    """Counts while a composition runs."""

    wanted: int
    ended: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    variants: list[str] = field(default_factory=list)
    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    in_a_row: int = 0
    """Failures of the model since its last answer."""
    error: str | None = None

    def spent(self, usage: Usage) -> None:
        """Counts an answer."""
        self.requests += usage.calls
        self.prompt_tokens += usage.prompt_tokens
        self.completion_tokens += usage.completion_tokens
        self.in_a_row = 0

    def kept(self, one: Kept) -> None:
        """Counts a text that is kept."""
        self.ended["approved" if one.status == "approved" else "waiting"] += 1
        self.variants.append(one.variant.id)

    def failed(self, code: str) -> None:
        """Counts a text without an answer."""
        self.ended["failed"] += 1
        self.failures[code] += 1
        self.in_a_row += 1

    def snapshot(self) -> Progress:
        """How far it is."""
        return Progress(
            wanted=self.wanted,
            finished=self.ended.total(),
            requests=self.requests,
            prompt_tokens=self.prompt_tokens,
            completion_tokens=self.completion_tokens,
            rules=dict(self.rules.most_common()),
            failures=dict(self.failures),
            variants=tuple(self.variants),
            error=self.error,
            **{name: self.ended[name] for name in ENDS},
        )


ENDS = ("approved", "waiting", "alike", "refused", "unreadable", "failed")
