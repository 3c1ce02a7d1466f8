"""An effort: one request on its way to a model, over as many attempts as there is time for."""

import asyncio
from dataclasses import dataclass, field
from time import perf_counter

from pydantic import SecretStr

from tools.model import Request


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model is, and how patient we are with it."""

    base_url: str
    model: str
    api_key: SecretStr | None = None
    connect_seconds: float = 2.0
    read_seconds: float = 30.0
    seconds: float = 60.0
    retries: int = 2
    concurrency: int = 64
    failures: int = 5
    """Failures in a row after which it is left alone; 0 is never."""


@dataclass(slots=True)
class Effort:
    """One request on its way: until when, and what it has cost so far."""

    request: Request
    asked: int
    """About how many tokens it is."""
    end: float
    """On the clock of the event loop."""
    began: float = field(default_factory=perf_counter)
    calls: int = 0
    tokens: tuple[int, int] = (0, 0)
    """Read and written, in all attempts."""
    insist: bool = False
    """Whether an answer came that ignored the shape."""

    def left(self) -> float:
        """Seconds until its end."""
        return self.end - asyncio.get_running_loop().time()
