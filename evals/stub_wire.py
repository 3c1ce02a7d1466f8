"""What the stand-in for a model reads and writes: requests, whole answers, streams and vectors, as on the wire."""

import asyncio
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pydantic import JsonValue

from evals.stub_scripts import Answer, Body

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
