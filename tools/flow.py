"""A flow: a streamed answer on its way, what it said so far and what that cost."""

from dataclasses import dataclass
from typing import Protocol

from pydantic import JsonValue

from domain.errors import ModelBroken, ModelCut, ModelRefused
from tools.completion import CUT, DECLINED, FILTERED, read_piece, tokens_of
from tools.model import Request
from tools.shaping import LONGEST


class Events(Protocol):
    """What a server sends, piece by piece, over a connection that has to be closed."""

    async def __anext__(self) -> object:
        """The next event."""
        ...

    async def close(self) -> None:
        """Lets go of the connection."""
        ...


@dataclass(slots=True)
class Flow:
    """One streamed answer; whoever reads it closes it."""

    events: Events
    request: Request
    asked: int
    """About how many tokens the request is."""
    said: str = ""
    usage: JsonValue = None
    ended: str | None = None
    """Why it ended, as the server says."""

    @property
    def is_whole(self) -> bool:
        """Whether all of it came."""
        return bool(self.said) and self.ended not in (None, CUT, FILTERED)

    @property
    def tokens(self) -> tuple[int, int]:
        """Read and written."""
        return tokens_of(self.usage, self.asked, self.said)

    async def first(self) -> str:
        """The first words; raises ModelBroken or ModelRefused where none come."""
        words = await self.next()
        if words is None:
            raise ModelBroken("it said nothing")
        return words

    async def next(self) -> str | None:
        """The next words, None after the last; raises ModelBroken or ModelRefused where it ends before it is done."""
        while True:
            try:
                piece = read_piece(await self.events.__anext__())
            except StopAsyncIteration:
                break
            self.usage, self.ended = piece.usage or self.usage, piece.ends or self.ended
            if piece.words:
                self.said += piece.words
                if len(self.said) > LONGEST:
                    raise ModelBroken(f"it wrote more than {LONGEST:,} letters")
                return piece.words
        if self.ended == FILTERED:
            raise ModelRefused(DECLINED)
        if self.ended == CUT:
            raise ModelCut(self.request.max_tokens)
        if self.ended is None:
            raise ModelBroken("its answer broke off, or was empty")
        return None

    async def aclose(self) -> None:
        """Lets go of the connection."""
        await self.events.close()
