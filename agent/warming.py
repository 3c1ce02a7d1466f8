"""Warming up: a few imagined asks, so that the first real one does not wait for models and code to load."""

import importlib
from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import islice

from pydantic_core import to_json

from agent.conductor import Conductor
from agent.delivery import Delivery
from agent.graph import through_graph
from agent.parts import Parts
from agent.reserve import Reserve
from domain.decision import Ask
from domain.language import LANGUAGES
from tools.completion import answer_in, read_completion
from tools.model import Reply, Request, Usage

MOST_SCENES = 2
WORDS = "…"


class Echo:
    """A model that says nothing in every shape, at no cost: it stands in for the real one while nobody asks."""

    name = "echo"

    async def ask(self, request: Request, within: float) -> Reply:
        """The parts that were asked for, with hardly a letter in them."""
        properties = request.shape.schema.get("properties") if request.shape else None
        parts = dict.fromkeys(properties, WORDS) if isinstance(properties, dict) else {}
        message = {"role": "assistant", "content": to_json(parts).decode()}
        completion = read_completion(to_json({"choices": [{"message": message, "finish_reason": "stop"}]}))
        text, calls = answer_in(completion, request)
        return Reply(text, calls, Usage(self.name, 0, 0, 0.0, 1))

    async def stream(self, request: Request, within: float) -> AsyncIterator[str]:
        """The same as words."""
        yield (await self.ask(request, within)).text

    async def close(self) -> None:
        """Holds nothing."""


async def warm_up(parts: Parts) -> None:
    """Asks once about nothing in particular, and where a model may write, once for each language and a live scene."""
    await parts.conductor.next_message(imagined(None, None), language=parts.settings.language)
    if parts.instruments.model is None:
        return
    await importlib.import_module("tools.line").warm_up()
    instruments = replace(parts.instruments, model=Echo(), reserve=Reserve())
    conductor = Conductor(instruments, Delivery(instruments), through_graph(instruments))
    book, _ = parts.shelf.load()
    for scene in islice((one.id for one in book.scenes.values() if one.mode == "live"), MOST_SCENES):
        for language in LANGUAGES:
            await conductor.next_message(imagined(scene, language), language=parts.settings.language)


def imagined(scene: str | None, language: str | None) -> Ask:
    """An ask that leaves nothing behind."""
    return Ask.model_validate(
        {
            "customer": {"anonymous_id": "warm-up"},
            "channels": ["web"],
            "scene": scene,
            "language": language,
            "moment": {"page": {"title": "warm-up"}},
            "deadline_ms": 60_000,
            "dry_run": True,
        }
    )
