"""What the steps know of a model: they ask within a time and get words, calls of tools, or one of a few failures."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from pydantic import JsonValue

Task = Literal["draft", "revise", "compose", "deliberate", "desk", "reading", "brief"]
"""What a request is for; usage is counted by it."""
Role = Literal["system", "user", "assistant", "tool"]


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A tool that the model wants called; `arguments` is JSON text as the model wrote it, and may be nonsense."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a conversation; a tool's answer names the call that it answers."""

    role: Role
    content: str
    calls: tuple[ToolCall, ...] = ()
    call_id: str | None = None


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool that the model may call, with the JSON schema of its arguments."""

    name: str
    description: str
    parameters: Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Shape:
    """The JSON schema that an answer must have."""

    name: str
    schema: Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Request:
    """One question to a model; `scene` is whose budget pays, `patient` whether nobody waits for the answer."""

    task: Task
    messages: tuple[Said, ...]
    scene: str | None = None
    shape: Shape | None = None
    tools: tuple[Tool, ...] = ()
    max_tokens: int = 800
    temperature: float = 0.7
    seed: int | None = None
    patient: bool = False
    attempts: int | None = None
    """The most times that it may be sent, where that is less than the endpoint is tried anyway."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What an answer cost; `calls` counts every attempt."""

    model: str
    prompt_tokens: int
    completion_tokens: int
    seconds: float
    calls: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model said: words, which are JSON of the shape where one was asked for, or calls of tools."""

    text: str
    calls: tuple[ToolCall, ...]
    usage: Usage
    is_cut: bool = False
    """Whether the words end at their limit, before they were done; those of a shape never do."""


class Model(Protocol):
    """Any model; raises ModelFailed and nothing else."""

    @property
    def name(self) -> str:
        """How records and figures call it."""
        ...

    async def ask(self, request: Request, within: float) -> Reply:
        """The answer within so many seconds, waiting and repeating included; raises ModelFailed."""
        ...

    def stream(self, request: Request, within: float) -> AsyncIterator[str]:
        """The words of the answer as they come; raises ModelFailed, also half-way."""
        ...

    async def close(self) -> None:
        """Lets go of every connection, and writes down what was used."""
        ...
