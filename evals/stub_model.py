"""A stand-in for a model: an OpenAI-compatible server on this machine whose answers, and troubles, are scripted.

In a test or a proof: `with StubModel(writes({"body": "…"})) as stub:` and then `stub.base_url` and `stub.requests`.
By itself: `python -m evals.stub_model --port 8081 --latency-ms 800 --script evals.somewhere:script`.
"""

import argparse
import asyncio
import hashlib
import importlib
import json
import threading
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import TypeVar

from pydantic import JsonValue

from evals.stub_scripts import (
    FAILING,
    LYING,
    TROUBLES,
    Answer,
    Body,
    Script,
    answers,
    plays,
    properties_of,
    slow,
    trouble,
    words_of,
    writes,
)

__all__ = [
    "FAILING",
    "LYING",
    "TROUBLES",
    "Answer",
    "Body",
    "Script",
    "Seen",
    "Server",
    "StubModel",
    "answers",
    "plays",
    "properties_of",
    "slow",
    "trouble",
    "words_of",
    "writes",
]

T = TypeVar("T")
NAME = "stub"
DIMENSIONS = 8
LETTERS_A_TOKEN = 4


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as it came in."""

    path: str
    headers: Mapping[str, str]
    body: Body
    raw: str


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
        if answer.hang:
            await reader.read(1)  # Nothing more is said until the other side leaves.
            return False
        if answer.reset:
            writer.transport.abort()
            return False
        if body.get("stream") and answer.status == 200 and answer.raw is None:
            await stream(answer, body, writer)
            return False
        whole = response(answer.status, spoken(answer, body), self.keep_alive, answer.retry_after, answer.raw)
        writer.write(whole[: -len(whole) // 3] if answer.truncate else whole)
        await writer.drain()
        return self.keep_alive and not answer.truncate


async def read_request(reader: asyncio.StreamReader) -> Seen:
    """The next request on a connection."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
    raw = (await reader.readexactly(int(headers.get("content-length", "0")))).decode()
    body = json.loads(raw) if raw else {}
    return Seen(head[0].split(" ")[1], headers, body, raw)


def response(
    status: int, body: JsonValue, keep_alive: bool, retry_after: float | None = None, raw: bytes | None = None
) -> bytes:
    """A whole HTTP answer."""
    content = json.dumps(body).encode() if raw is None else raw  # Escaped: half a surrogate pair is no UTF-8.
    more = "" if retry_after is None else f"Retry-After: {retry_after:g}\r\n"
    kept = "keep-alive" if keep_alive else "close"
    head = (
        f"HTTP/1.1 {status} Scripted\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(content)}\r\nConnection: {kept}\r\n{more}\r\n"
    )
    return head.encode() + content


def spoken(answer: Answer, body: Body) -> JsonValue:
    """The body of an answer that is not streamed."""
    if answer.status != 200:
        return {"error": {"message": f"scripted {answer.status}", "type": "scripted", "param": None, "code": None}}
    message: dict[str, JsonValue] = {"role": "assistant", "content": answer.words or None, "refusal": answer.refusal}
    if answer.tool_calls:
        message["tool_calls"] = [called(place, *call) for place, call in enumerate(answer.tool_calls)]
    finish = answer.finish or ("tool_calls" if answer.tool_calls else "stop")
    choice: JsonValue = {"index": 0, "message": message, "finish_reason": finish}
    return {**envelope("chat.completion", body), "choices": [choice], "usage": usage(answer, body)}


def envelope(kind: str, body: Body) -> dict[str, JsonValue]:
    """What every answer says of itself."""
    return {"id": "chatcmpl-stub", "object": kind, "created": 1, "model": body.get("model") or NAME}


def called(place: int, name: str, arguments: str) -> JsonValue:
    """A call of a tool."""
    return {
        "index": place,
        "id": f"call-{place}",
        "type": "function",
        "function": {"name": name, "arguments": arguments},
    }


def usage(answer: Answer, body: Body) -> JsonValue:
    """Tokens, counted as four letters each."""
    asked = len(json.dumps(body.get("messages"), ensure_ascii=False)) // LETTERS_A_TOKEN
    said = len(answer.words + "".join(arguments for _, arguments in answer.tool_calls)) // LETTERS_A_TOKEN + 1
    return {"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said}


async def stream(answer: Answer, body: Body, writer: asyncio.StreamWriter) -> None:
    """The answer as server-sent events; a truncated one ends in the middle of an event."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n")
    pieces = answer.pieces or tuple(answer.words.replace(" ", " \0").split("\0"))
    for piece in pieces[: len(pieces) // 2] if answer.truncate else pieces:
        writer.write(event(body, {"role": "assistant", "content": piece}))
        await writer.drain()
    if answer.truncate:
        writer.write(b'data: {"id": "chatcmpl-')
        return
    if answer.tool_calls:
        calls: list[JsonValue] = [called(place, *call) for place, call in enumerate(answer.tool_calls)]
        writer.write(event(body, {"tool_calls": calls}))
    writer.write(event(body, {}, answer.finish or ("tool_calls" if answer.tool_calls else "stop")))
    counted: JsonValue = {
        **envelope("chat.completion.chunk", body),
        "choices": [],
        "usage": usage(replace(answer, text="".join(pieces)), body),
    }
    writer.write(b"data: " + json.dumps(counted).encode() + b"\n\ndata: [DONE]\n\n")
    await writer.drain()


def event(body: Body, delta: JsonValue, finish: str | None = None) -> bytes:
    """One server-sent event."""
    choice: JsonValue = {"index": 0, "delta": delta, "finish_reason": finish}
    said: JsonValue = {**envelope("chat.completion.chunk", body), "choices": [choice]}
    return b"data: " + json.dumps(said).encode() + b"\n\n"


def embedded(body: Body) -> JsonValue:
    """A vector for each text, the same for the same text."""
    given = body.get("input")
    texts = given if isinstance(given, list) else [given]
    rows: list[JsonValue] = [
        {
            "object": "embedding",
            "index": place,
            "embedding": [(byte - 127) / 128 for byte in hashlib.sha256(str(text).encode()).digest()[:DIMENSIONS]],
        }
        for place, text in enumerate(texts)
    ]
    return {"object": "list", "data": rows, "model": NAME, "usage": {"prompt_tokens": 1, "total_tokens": 1}}


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
