"""Dialect: how one server is spoken to; what it turns out not to understand is left out from then on."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pydantic import JsonValue

from tools.model import Request, Said, Shape, Tool
from tools.shaping import instruction

Body = dict[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Dialect:
    """What the server understands, as far as is known; at first everything is tried."""

    in_words: frozenset[str] = frozenset()
    """The names of shapes that it takes no JSON schema for; the prompt asks for them."""
    strict: bool = True
    new_limit: bool = False
    """Whether the limit on the answer is called `max_completion_tokens`."""
    temperature: bool = True
    seed: bool = True
    stream_options: bool = True

    def without(self, complaint: str, shape: Shape | None, *, broke: bool = False) -> "Dialect | None":
        """The dialect without what a server complains about, None where it names nothing of ours.

        A server that `broke` over a request, instead of refusing it, may have met a shape that it cannot read; what
        else it says then is about itself.
        """
        words = complaint.lower()
        if not broke and "max_completion_tokens" in words and not self.new_limit:
            return replace(self, new_limit=True)
        for word, known, without in () if broke else self._named():
            if known and re.search(rf"\b{word}\b", words):
                return without
        if shape is not None and shape.name not in self.in_words and any(word in words for word in ABOUT_SHAPES):
            return replace(self, in_words=self.in_words | {shape.name})
        return None

    def _named(self) -> tuple[tuple[str, bool, "Dialect"], ...]:
        """Words in a complaint, whether we say what they are about, and how we speak without it."""
        return (
            ("stream_options", self.stream_options, replace(self, stream_options=False)),
            ("strict", self.strict, replace(self, strict=False)),
            ("additionalproperties", self.strict, replace(self, strict=False)),
            ("temperature", self.temperature, replace(self, temperature=False)),
            ("seed", self.seed, replace(self, seed=False)),
        )


ABOUT_SHAPES = ("response_format", "schema", "grammar", "structured", "peg-")


def body_of(request: Request, model: str, dialect: Dialect, *, insist: bool = False, streamed: bool = False) -> Body:
    """The request as the server takes it; `insist` spells the shape out in words too, for one that ignores it."""
    messages = [message_of(said) for said in request.messages]
    body: Body = {"model": model}
    takes_schema = request.shape is not None and request.shape.name not in dialect.in_words
    if request.shape is not None and takes_schema:
        body["response_format"] = {"type": "json_schema", "json_schema": named(request.shape, dialect)}
    if request.shape is not None and (insist or not takes_schema):
        messages = with_instruction(messages, instruction(request.shape))
    if request.tools:
        body["tools"] = [described(tool) for tool in request.tools]
    body["messages"] = list(messages)
    body["max_completion_tokens" if dialect.new_limit else "max_tokens"] = request.max_tokens
    if dialect.temperature:
        body["temperature"] = request.temperature
    if dialect.seed and request.seed is not None:
        body["seed"] = request.seed
    if streamed:
        body["stream"] = True
        if dialect.stream_options:
            body["stream_options"] = {"include_usage": True}
    return body


def with_instruction(messages: list[Body], text: str) -> list[Body]:
    """The messages with more said by the system: in its first words, since some servers take only one such message."""
    if messages and messages[0]["role"] == "system":
        return [{**messages[0], "content": f"{messages[0]['content']}\n\n{text}"}, *messages[1:]]
    return [{"role": "system", "content": text}, *messages]


def message_of(said: Said) -> Body:
    """One message of the conversation."""
    # Half of a surrogate pair is no text, and no connection takes it.
    message: Body = {"role": said.role, "content": said.content.encode("utf-8", "replace").decode()}
    if said.calls:
        message["tool_calls"] = [
            {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
            for call in said.calls
        ]
    if said.call_id is not None:
        message["tool_call_id"] = said.call_id
    return message


def described(tool: Tool) -> JsonValue:
    """A tool as the server takes it."""
    parameters = dict(tool.parameters)
    return {
        "type": "function",
        "function": {"name": tool.name, "description": tool.description, "parameters": parameters},
    }


def named(shape: Shape, dialect: Dialect) -> JsonValue:
    """A shape as the server takes it; strict where it is written as strict servers want it."""
    schema = dict(shape.schema)
    return {"name": shape.name, "schema": schema, "strict": dialect.strict and is_strict(schema)}


def is_strict(schema: JsonValue) -> bool:
    """Whether every object in the schema closes itself and requires all it names, as strict servers demand."""
    if isinstance(schema, list):
        return all(is_strict(one) for one in schema)
    if not isinstance(schema, Mapping):
        return True
    properties = schema.get("properties")
    if isinstance(properties, Mapping):
        required = schema.get("required")
        closed = schema.get("additionalProperties") is False
        if not closed or not isinstance(required, list) or set(map(str, required)) != set(properties):
            return False
    return all(is_strict(value) for value in schema.values())
