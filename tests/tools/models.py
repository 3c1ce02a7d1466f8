"""A model of our own for tests: the real client, a real connection, and a script at its other end."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from evals.stub_model import StubModel
from evals.stub_scripts import Script
from records.database import Database
from tests.clock import FrozenClock
from tools.effort import Endpoint
from tools.llm import OpenAIModel
from tools.meter import Meter, Tariff
from tools.model import Reply, Request, Said, Shape

T = TypeVar("T")
TOKYO = ZoneInfo("Asia/Tokyo")
LINE = Shape(
    "line",
    {
        "type": "object",
        "properties": {"body": {"type": "string", "maxLength": 100}},
        "required": ["body"],
        "additionalProperties": False,
    },
)
WORDS = Request("draft", (Said("system", "You write copy."), Said("user", "Write a line.")), scene="season")
SHAPED = replace(WORDS, shape=LINE)
PATIENCE = Endpoint(base_url="http://127.0.0.1:1/v1", model="stub", retries=0, failures=0)
FREE = Tariff()


@dataclass
class Desk:
    """A model, what it was asked, and what it cost."""

    model: OpenAIModel
    meter: Meter
    stub: StubModel

    def ask(self, request: Request = WORDS, within: float = 60.0) -> Reply:
        """One answer."""
        return self.run(lambda: self.model.ask(request, within))

    def words(self, request: Request = WORDS, within: float = 60.0) -> list[str]:
        """The pieces of a streamed answer."""

        async def pieces() -> list[str]:
            return [words async for words in self.model.stream(request, within)]

        return self.run(pieces)

    def run(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Runs something in an event loop of its own, and closes the connections of that loop."""

        async def whole() -> T:
            try:
                return await work()
            finally:
                await self.model.close()

        return asyncio.run(whole())


@contextmanager
def desk(
    database: Database,
    script: Script,
    patience: Endpoint = PATIENCE,
    tariff: Tariff = FREE,
    clock: FrozenClock | None = None,
    limit_of: Callable[[str], int | None] = lambda scene: None,
) -> Iterator[Desk]:
    """A model that plays a script."""
    with StubModel(script) as stub:
        meter = Meter(database, clock or FrozenClock(), TOKYO, tariff, limit_of)
        yield Desk(OpenAIModel(replace(patience, base_url=stub.base_url), meter), meter, stub)
        meter.close()
