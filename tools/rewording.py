"""Rewording: a text that a person changed, with what it needs worked out again from the slots that it now has."""

import re
from collections.abc import Iterable

from domain.memory import Distance
from domain.variant import Copy, Passage, Variant
from tools.copy.library import ALWAYS
from tools.drafts import NEAR

MARK, SLOT = re.compile(r"\[\[\s*([\w.]+)\s*\]\]"), re.compile(r"\{\{\s*(\w+\.\w+)\s*\}\}")
KEPT = ("cart.", "call.")
"""Needs that say when a text fits, whatever its words are."""


def reworded(variant: Variant, copy: Copy) -> Variant:
    """The variant with other words."""
    blocks = tuple(_passage(passage) for passage in copy.blocks)
    parts = {name: _slots(getattr(copy, name)) for name in ("subject", "preheader", "title", "body", "action")}
    headlines = tuple(_slots(line) or "" for line in copy.headlines)
    words = Copy.model_validate({**parts, "headlines": headlines, "blocks": blocks})
    said = needed((*parts.values(), *headlines))
    held = frozenset(need for need in variant.needs if need.startswith(KEPT))
    carted = {Distance.DID_WITH_US} if any(need.startswith("cart.") for need in held) else set[Distance]()
    return variant.model_copy(
        update={"copy_": words, "needs": said | held | {ALWAYS}, "personal": distances(said) | carted}
    )


def needed(texts: Iterable[str | None]) -> frozenset[str]:
    """The facts that texts state, those of the sender left out, which are always known."""
    found = (name for text in texts if text for name in SLOT.findall(text))
    return frozenset(name for name in found if not name.startswith("sender."))


def distances(needs: Iterable[str]) -> frozenset[Distance]:
    """How near to the customer the facts may lie."""
    return frozenset[Distance]().union(*(NEAR.get(need, frozenset()) for need in needs))


def _passage(passage: Passage) -> Passage:
    body = _slots(passage.body) or ""
    needs = needed([body])
    return passage.model_copy(update={"body": body, "needs": needs, "personal": distances(needs)})


def _slots(text: str | None) -> str | None:
    """Marks as a model writes them, as slots."""
    return None if text is None else MARK.sub(r"{{ \1 }}", text)
