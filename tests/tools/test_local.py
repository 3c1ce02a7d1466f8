"""The small model on this machine, through the real client, real HTTP and real constrained decoding."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path

from evals.service import free_port
from records.database import open_database
from tests.clock import FrozenClock
from tests.tools.models import LINE, PATIENCE, TOKYO
from tools.llm import OpenAIModel
from tools.local import serve_local
from tools.meter import Meter, Tariff
from tools.model import Request, Said

ASKED = Request("draft", (Said("user", "Write one sentence about fresh coffee."),), max_tokens=60, seed=7)


def test_it_answers_in_words_in_shape_and_as_a_stream(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'tact.db'}")
    database.migrate()
    local = serve_local(free_port())
    model = OpenAIModel(replace(PATIENCE, base_url=local.base_url), Meter(database, FrozenClock(), TOKYO, Tariff()))

    async def asked() -> None:
        try:
            plain = await model.ask(ASKED, 60.0)
            assert plain.text and plain.usage.prompt_tokens > 5 and plain.usage.completion_tokens > 1
            shaped = await model.ask(replace(ASKED, shape=LINE, max_tokens=200), 60.0)
            assert set(json.loads(shaped.text)) == {"body"}
            pieces = [words async for words in model.stream(ASKED, 60.0)]
            assert len(pieces) > 1
        finally:
            await model.close()

    asyncio.run(asked())
    database.close()
