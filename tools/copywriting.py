"""Copywriting: picks approved copy whose facts are known, and fills it in.

Nothing is compiled and no pattern is built when a message is written: all templates are ready when the Copywriter is.
"""

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from domain.channel import Channel
from domain.language import LANGUAGES, Language
from domain.message import Message
from domain.offer import OfferKind
from domain.sender import Sender
from domain.variant import Copy, Variant
from tools.copy.distance import WORDABLE
from tools.copy.facts import Facts
from tools.copy.library import PLAIN, load_variants
from tools.copy.slots import Slots
from tools.copy.writers import WRITERS, spelled_out
from tools.copy.written import Framing, Written

__all__ = ["Copywriter", "Slots", "load_variants"]

Place = tuple[str, Channel, Language]
"""A scene, or PLAIN, where copy is at home; its channel and its language."""

MOST_AHEAD = 4096
"""Texts written ahead that are kept compiled."""


class Copywriter:
    """Holds every approved variant, compiled, and writes messages from them."""

    def __init__(self, variants: Sequence[Variant], sender: Sender) -> None:
        self._sender = sender
        self._written: dict[str, Written] = {}
        self._ahead: dict[str, Written] = {}
        self._index: dict[Place, list[Written]] = {}
        self._frames: dict[Language, Framing] = {language: Framing(language) for language in LANGUAGES}
        for variant in variants:
            written = self._written[variant.id] = Written(variant)
            if variant.personal <= WORDABLE[variant.channel]:
                self._index.setdefault((variant.scene, variant.channel, variant.language), []).append(written)
        self._turns = {place: self._in_turn(*place) for place in self._index}
        self._last: Facts | None = None

    def options(
        self, *, scene: str | None, channel: Channel, placement: str | None, language: Language, slots: Slots
    ) -> Iterator[Variant]:
        """The variants whose needs are met, best first; each is looked at when it is asked for, and often one will do.

        Copy for just this placement comes before copy for a whole message, then the scene's own before copy for any
        scene, then the order in which it was written.
        """
        turns = self._turns.get((scene or PLAIN, channel, language)) or self._turns.get((PLAIN, channel, language), ())
        facts, kind = self._facts(slots, channel), slots.offer.kind
        return (one.variant for one in turns if _fits(one, kind, placement, facts))

    def _in_turn(self, scene: str, channel: Channel, language: Language) -> tuple[Written, ...]:
        """Copy for the scene and copy for any, in the order in which it is tried."""
        own, plain = self._index[scene, channel, language], self._index.get((PLAIN, channel, language), [])
        return tuple(sorted(own if scene == PLAIN else own + plain, key=_is_whole))

    def _facts(self, slots: Slots, channel: Channel) -> Facts:
        """The facts of a message, which are asked for twice: where copy is chosen, and where it is written."""
        last = self._last
        if last is None or last.slots is not slots or last.channel is not channel:
            self._last = last = Facts(slots, channel)
        return last

    def write(self, variant: Variant, slots: Slots) -> Message:
        """The finished message; a fact that the copy states and nobody knows is a MissingFact."""
        written = self._written.get(variant.id) or self._ahead.get(variant.id)
        if written is None or (written.variant is not variant and written.variant != variant):
            written = self._compiled(variant)
        facts = self._facts(slots, variant.channel)
        frame = self._frames[variant.language]
        return WRITERS[variant.channel](written, slots, facts, frame)

    def _compiled(self, variant: Variant) -> Written:
        """The copy made ready: what is for many messages stays so, what was drafted a moment ago is for this one."""
        written = Written(variant)
        if variant.origin == "variant":
            if len(self._ahead) >= MOST_AHEAD:
                self._ahead.clear()
            self._ahead[variant.id] = written
        return written

    def spelled_out(self, variant: Variant, slots: Slots) -> Copy:
        """The parts of a variant with every fact filled in: what a person reads and changes."""
        return spelled_out(Written(variant), Facts(slots, variant.channel))


def _is_whole(written: Written) -> bool:
    return written.placement is None


def _fits(written: Written, kind: OfferKind, placement: str | None, facts: Facts) -> bool:
    """Whether kind, placement and every needed fact allow the copy; what it recalls is as near as it says."""
    if written.kinds and kind not in written.kinds:
        return False
    if written.placement is not None and not (placement and fnmatchcase(placement, written.placement)):
        return False
    if not all(map(facts.known, written.needs)):
        return False
    return not written.recalls or (facts.memory is not None and facts.memory.distance in written.personal)
