"""Views that several routes share: changes of the rules and what is wrong with them, in the reader's language."""

from collections.abc import Sequence
from typing import Any

from domain.frozen import Frozen
from policies.analysis.flaw import Flaw
from policies.change import Change


class ChangeView(Frozen):
    """One difference between two books; `loosens` says that something may leave that could not before."""

    kind: str
    noun: str
    id: str
    loosens: bool
    says: str
    fields: tuple[str, ...]


def change_views(changes: Sequence[Change], language: str) -> tuple[ChangeView, ...]:
    """Changes in words."""
    return tuple(
        ChangeView(
            kind=change.kind,
            noun=change.noun,
            id=change.id,
            loosens=change.loosens,
            says=change.text.either(language),
            fields=change.fields,
        )
        for change in changes
    )


class FindingView(Frozen):
    """Something in the rules that was probably not meant: which rules, an example customer, how many it touches."""

    kind: str
    rules: tuple[str, ...]
    says: str
    example: dict[str, Any] | None
    customers: int | None


def finding_views(flaws: Sequence[Flaw], language: str) -> tuple[FindingView, ...]:
    """Findings in words."""
    return tuple(
        FindingView(
            kind=flaw.kind,
            rules=flaw.rules,
            says=flaw.text.either(language),
            example=None if flaw.witness is None else dict(flaw.witness),
            customers=flaw.customers,
        )
        for flaw in flaws
    )
