"""Vectors of memories: what may be encoded is, once, and only where its words may be read."""

from collections.abc import Sequence

from domain.errors import TactError
from domain.memory import Memory
from records.digest import worded_by_us
from records.embedding import Encoder, is_here
from records.memories import packed
from tools.topics import usable

BATCH = 16
"""Texts at once: between batches others get their turn."""
MOST_KEPT = 4096
"""Texts of our own whose vectors are remembered: customers do the same things."""


class Vectors:
    """Encodes the memories that may speak for an offer; a quotation only where no text leaves this machine."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder, self._here = encoder, is_here(encoder)
        self._found: dict[str, bytes] = {}
        self._written: set[str] = set()
        """Texts with somebody's own words in them: forgotten with the next step."""

    def lacks(self, memory: Memory) -> bool:
        """Whether it should have a vector and has none."""
        return memory.vector is None and self._text(memory) is not None

    def kept(self, memory: Memory, before: Memory | None) -> Memory:
        """The memory with the vector that it had before, where it says the same."""
        if before is None or before.vector is None or self._text(memory) is None:
            return memory
        same = (before.text, before.quote) == (memory.text, memory.quote)
        return memory.model_copy(update={"vector": before.vector}) if same else memory

    def fill(self, many: Sequence[Memory]) -> TactError | None:
        """Encodes what lacks a vector; answers with what went wrong, since memories count without one too."""
        for text in self._written:
            self._found.pop(text, None)
        lacking = [(one.quote is not None, words) for one in many if self.lacks(one) and (words := self._text(one))]
        self._written = {text for quoted, text in lacking if quoted}
        if len(self._found) + len(lacking) > MOST_KEPT:
            self._found = {}
        texts = [text for text in dict.fromkeys(text for _, text in lacking) if text not in self._found]
        try:
            for start in range(0, len(texts), BATCH):
                some = texts[start : start + BATCH]
                self._found.update(zip(some, map(packed, self._encoder.encode(some)), strict=True))
        except TactError as error:
            return error
        return None

    def filled(self, memory: Memory) -> Memory:
        """The memory with its vector, as far as there is one."""
        text = self._text(memory)
        if memory.vector is not None or text is None or text not in self._found:
            return memory
        return memory.model_copy(update={"vector": self._found[text]})

    def _text(self, memory: Memory) -> str | None:
        """What is encoded of a memory, None where nothing is."""
        if not usable(memory) or memory.ended is not None:
            return None
        if not self._here:
            return memory.text if worded_by_us(memory) else None
        return f"{memory.text} {memory.quote}" if memory.quote else memory.text
