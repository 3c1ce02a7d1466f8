"""A stand-in for a model: an OpenAI-compatible server on this machine whose answers, and troubles, are scripted.

In a test or a proof: `with StubModel(writes({"body": "…"})) as stub:` and then `stub.base_url` and `stub.requests`.
By itself: `python -m evals.stub_model --port 8081 --latency-ms 800 --script evals.somewhere:script`.
"""

import argparse
import asyncio
import importlib
import json
import threading
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import TypeVar

from evals.stub_scripts import Answer, Body, Script, slow, trouble, writes
from evals.stub_wire import NAME, Seen, embedded, read_request, response, spoken, stream

T = TypeVar("T")


@dataclass
class Server:
    """Listens on this machine and plays a script, request after request."""

    script: Script
    keep_alive: bool = True
    requests: list[Seen] = field(default_factory=list)
    remember: bool = True
    _asked: int = 0
    _server: asyncio.Server | None = None
    _open: set[asyncio.StreamWriter] = field(default_factory=set)

    async def start(self, port: int = 0) -> int:
        """Begins to listen; answers with the port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port, limit=1 << 24)
        found: int = self._server.sockets[0].getsockname()[1]
        return found

    async def stop(self) -> None:
        """Listens no more, and drops whoever still waits."""
        if self._server is not None:
            self._server.close()
        for writer in tuple(self._open):
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            # Cancelled only when everything ends; asyncio would report a cancelled task of its own making.
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                while await self._exchange(reader, writer):
                    pass
        finally:
            self._open.discard(writer)
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request and what is done with it; answers whether the connection lives on."""
        seen = await read_request(reader)
        if seen.path.endswith("/models"):
            writer.write(response(200, {"object": "list", "data": [{"id": NAME, "object": "model"}]}, self.keep_alive))
            return self.keep_alive
        if self.remember:
            self.requests.append(seen)
        if seen.path.endswith("/embeddings"):
            writer.write(response(200, embedded(seen.body), self.keep_alive))
            return self.keep_alive
        number, self._asked = self._asked, self._asked + 1
        return await self._perform(self.script(seen.body, number), seen.body, reader, writer)

    async def _perform(
        self, answer: Answer, body: Body, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        if answer.delay:
            await asyncio.sleep(answer.delay)
        if answer.reset:
            writer.transport.abort()
            return False
        if answer.wire is not None:
            writer.write(answer.wire)
            await writer.drain()
        if answer.hang:
            await reader.read(1)  # Nothing more is said until the other side leaves.
        if answer.hang or answer.wire is not None:
            return False
        if body.get("stream") and answer.status == 200 and answer.raw is None:
            await stream(answer, body, writer)
            return False
        whole = response(answer.status, spoken(answer, body), self.keep_alive, answer.retry_after, answer.raw)
        writer.write(whole[: -len(whole) // 3] if answer.truncate else whole)
        await writer.drain()
        return self.keep_alive and not answer.truncate


class StubModel:
    """The server in a thread of its own, for as long as a `with` lasts.

    It closes a connection after each answer unless told otherwise: tests run one event loop after another, and a
    connection that outlives its loop cannot be closed any more.
    """

    def __init__(self, script: Script, *, keep_alive: bool = False) -> None:
        self._server = Server(script, keep_alive)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="tact-stub-model", daemon=True)
        self.port = 0

    @property
    def base_url(self) -> str:
        """What TACT_LLM_BASE_URL has to be."""
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def requests(self) -> list[Seen]:
        """Every request so far, but questions for the list of models."""
        return self._server.requests

    def play(self, script: Script) -> None:
        """Goes on with another script, which counts the requests from 0 again."""
        self._server.script, self._server._asked = script, 0

    def __enter__(self) -> "StubModel":
        self._thread.start()
        self.port = self._run(self._server.start())
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _end(self) -> None:
        await self._server.stop()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _run(self, work: Coroutine[None, None, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)


async def serve(port: int, script: Script) -> None:
    """Listens until the process ends, remembering nothing."""
    server = Server(script, remember=False)
    print(f"http://127.0.0.1:{await server.start(port)}/v1", flush=True)
    await asyncio.Event().wait()


def found(place: str) -> Script:
    """The script at `module:name`."""
    module, _, name = place.partition(":")
    script: Script = getattr(importlib.import_module(module), name)
    return script


def main() -> None:
    """A server by itself: the same words for every request, after a wait, or trouble."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--latency-ms", type=float, default=0.0)
    parser.add_argument("--copy", default="{}", help="what it writes, as a JSON object of the parts of a message")
    parser.add_argument("--script", help="a script to play, as module:name")
    parser.add_argument("--trouble", type=int, help="play every trouble, drawn with this seed")
    chosen = parser.parse_args()
    script = slow(chosen.latency_ms, found(chosen.script) if chosen.script else writes(json.loads(chosen.copy)))
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(chosen.port, script if chosen.trouble is None else trouble(chosen.trouble, script)))


if __name__ == "__main__":
    main()
