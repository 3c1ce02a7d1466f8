"""Content blocks of a mail: which of those that were written are for this customer."""

from collections.abc import Iterable

from domain.channel import Channel
from domain.variant import Passage, Variant
from prompts.render import Template
from tools.copy.distance import WORDABLE
from tools.copy.facts import Facts
from tools.copy.written import Written, words_memory

MOST = 2
"""Content blocks in one mail: more is a newsletter that nobody reads."""
OWN = ("memory.", "account.", "cart.")
"""Facts that only this customer has."""

Chosen = tuple[tuple[Passage, Template], ...]


def passages_for(written: Written, facts: Facts) -> Chosen:
    """The blocks whose facts are known, those that need most of them first, at most one of them personal.

    They come in the order in which they were written; copy that is personal itself takes no personal block.
    """
    fitting = [one for one in written.passages if fits(one[0], written.variant.channel, facts)]
    ranked = sorted(fitting, key=lambda one: -len(one[0].needs))
    taken: list[Passage] = []
    remarked = is_personal(written.variant)
    for passage, _ in ranked:
        if len(taken) < MOST and not (remarked and is_personal(passage)):
            taken.append(passage)
            remarked = remarked or is_personal(passage)
    return tuple(one for one in written.passages if one[0] in taken)


def fits(words: Variant | Passage, channel: Channel, facts: Facts) -> bool:
    """Whether every fact that the words need is known and may be worded on the channel."""
    if not words.personal <= WORDABLE[channel] or not all(facts.known(need) for need in words.needs):
        return False
    return not words_memory(words) or (facts.memory is not None and facts.memory.distance in words.personal)


def is_personal(words: Variant | Passage) -> bool:
    """Whether the words say something that is true of this customer alone."""
    return bool(words.personal) or _any_own(words.needs)


def _any_own(needs: Iterable[str]) -> bool:
    return any(need.startswith(OWN) for need in needs)
