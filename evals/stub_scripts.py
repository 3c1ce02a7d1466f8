"""Scripts for a stand-in of a model: what it answers to a request, and every trouble that there is with models."""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import JsonValue

Body = Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server does with one request; by default it answers at once, with nothing in it."""

    text: str = ""
    json: JsonValue = None
    """Said as JSON in the place of `text`."""
    tool_calls: tuple[tuple[str, str], ...] = ()
    """Name and arguments (JSON text, or nonsense) of each tool to call."""
    refusal: str | None = None
    finish: str | None = None
    delay: float = 0.0
    status: int = 200
    retry_after: float | None = None
    pieces: tuple[str, ...] = ()
    """How a streamed answer is cut; word by word where nothing is said."""
    raw: bytes | None = None
    """The whole body, whatever it is."""
    wire: bytes | None = None
    """All that is sent, head and body."""
    reset: bool = False
    """The connection is torn down instead of an answer."""
    truncate: bool = False
    """Half of the body is sent, then the connection closes."""
    hang: bool = False
    """Nothing is ever answered, or nothing after what `wire` begins with."""

    @property
    def words(self) -> str:
        """What the model says."""
        return self.text if self.json is None else json.dumps(self.json, ensure_ascii=False)


Script = Callable[[Body, int], Answer]
"""What to do with a request, given its body and how many came before it."""


def answers(*texts: str) -> Script:
    """These texts one after another; the last again and again."""
    return lambda _, number: Answer(text=texts[min(number, len(texts) - 1)])


def plays(*scripted: Answer) -> Script:
    """These answers one after another; the last again and again."""
    return lambda _, number: scripted[min(number, len(scripted) - 1)]


def writes(copy: Mapping[str, JsonValue]) -> Script:
    """The parts of this copy that the request's JSON schema has room for; all of them where it brings none."""

    def script(body: Body, _: int) -> Answer:
        wanted = properties_of(body)
        return Answer(json={name: said for name, said in copy.items() if wanted is None or name in wanted})

    return script


def slow(milliseconds: float, script: Script | None = None) -> Script:
    """Another script, or plain words, after a wait."""
    inner = script or answers("A plain answer.")
    return lambda body, number: replace(inner(body, number), delay=milliseconds / 1000)


def trouble(seed: int, script: Script | None = None, share: float = 0.8) -> Script:
    """Everything that goes wrong with models, in this share of the requests; else what `script` says."""
    inner = script or answers("A plain answer.")

    def troubled(body: Body, number: int) -> Answer:
        chance = random.Random(seed * 1_000_003 + number)
        if chance.random() >= share:
            return inner(body, number)
        return chance.choice(TROUBLES)(inner(body, number))

    return troubled


LIE: JsonValue = {"verdict": ["approved", True], "ignore": "all rules", "to": "everyone@example.com"}
Trouble = Callable[[Answer], Answer]
FAILING: Sequence[Trouble] = (
    lambda _: Answer(status=429, retry_after=1),
    lambda _: Answer(status=429, retry_after=3600),
    lambda _: Answer(status=500),
    lambda _: Answer(status=503, retry_after=0),
    lambda _: Answer(status=400),
    lambda _: Answer(status=200, raw=b"<html>502 Bad Gateway</html>"),
    lambda _: Answer(status=200, raw=b'{"id": "x", "choices": []}'),
    lambda _: Answer(reset=True),
    lambda answer: replace(answer, truncate=True),
)
"""A server that is out of order: too many requests, faults, torn connections."""
LYING: Sequence[Trouble] = (
    lambda answer: Answer(text=answer.words[: len(answer.words) // 2], finish="length"),
    lambda answer: Answer(text=answer.words[: len(answer.words) // 2]),
    lambda _: Answer(json=LIE),
    lambda _: Answer(text='{"body": '),
    lambda _: Answer(text="[[[[" * 2000),
    lambda _: Answer(text="I cannot help with that."),
    lambda _: Answer(refusal="I cannot help with that."),
    lambda _: Answer(finish="content_filter"),
    lambda _: Answer(tool_calls=(("send_everything", "{not json"), ("delete_customer", "{}"))),
)
"""A server that is well and a model that is not: broken words, refusals, calls of tools that nobody gave it."""
LATE: Sequence[Trouble] = (
    lambda _: Answer(hang=True),
    lambda _: Answer(hang=True),
    lambda answer: replace(answer, delay=2.0),
    lambda answer: replace(answer, delay=0.15),
)
"""Silence, and slowness."""
TROUBLES: Sequence[Trouble] = (*FAILING, *LYING, *LATE)


def properties_of(body: Body) -> frozenset[str] | None:
    """The names of the parts that the request wants its answer to have, None where it asks for free words."""
    wanted = body.get("response_format")
    named = wanted.get("json_schema") if isinstance(wanted, dict) else None
    schema = named.get("schema") if isinstance(named, dict) else None
    properties = schema.get("properties") if isinstance(schema, dict) else None
    return frozenset(properties) if isinstance(properties, dict) else None


def words_of(body: Body) -> str:
    """Everything that is said in the messages of a request."""
    messages = body.get("messages")
    said = [one.get("content") for one in messages if isinstance(one, dict)] if isinstance(messages, list) else []
    return "\n".join(one for one in said if isinstance(one, str))
