"""A pen: a model whose answers a test writes down."""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue

from domain.errors import ModelFailed
from tools.model import Reply, Request, Usage

Writes = Callable[[Request, int], Mapping[str, JsonValue] | ModelFailed]


@dataclass
class Pen:
    """Answers with the parts that the request has room for, as the test's function writes them."""

    writes: Writes
    name: str = "pen"
    asked: list[Request] = field(default_factory=list)

    async def ask(self, request: Request, within: float) -> Reply:
        """The next answer."""
        self.asked.append(request)
        copy = self.writes(request, len(self.asked) - 1)
        if isinstance(copy, ModelFailed):
            raise copy
        wanted = request.shape.schema["properties"] if request.shape else {}
        text = json.dumps({part: said for part, said in copy.items() if isinstance(wanted, dict) and part in wanted})
        return Reply(text, (), Usage(self.name, 300, 80, 0.01, 1))

    async def stream(self, request: Request, within: float) -> AsyncIterator[str]:
        """One piece."""
        yield (await self.ask(request, within)).text

    async def close(self) -> None:
        """Nothing to let go of."""


PHRASES = (
    ("A calm start", "There is time for one quiet cup before the day begins.", "Whenever it suits you."),
    (
        "From the roastery",
        "Our roastery took its time with this one, and it shows in the cup.",
        "We are glad to tell you more.",
    ),
    ("For the weekend", "Saturday mornings are slower with something good on the table.", "It keeps well."),
    (
        "A small errand",
        "You may be passing the shop this week; we would put one aside.",
        "There is no need to decide today.",
    ),
    ("With something sweet", "It goes well beside a slice of plain cake in the afternoon.", "Simply try it."),
    ("Freshly in", "New sacks arrived with the lorry from the harbour a few days ago.", "Thank you for reading."),
)
"""Texts that have nothing in common."""


def plain(number: int) -> dict[str, JsonValue]:
    """A text like no other below six."""
    title, body, closing = PHRASES[number % len(PHRASES)]
    return {
        "subject": f"{title}: [[offer.word]]",
        "preheader": body,
        "opening": f"{body}\n\nThis is about [[offer.word]].",
        "closing": closing,
        "action": "See it",
        "title": title,
        "body": f"{body} [[offer.word]]".strip(),
        "blocks": [],
        "headlines": [],
        "question": "Do you like coffee?",
        "doubt": "There is no need to decide today.",
    }
