"""A line: the connections of one event loop to the model's server, and what is sent over them."""

import asyncio
import secrets
import socket
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from weakref import WeakKeyDictionary

import httpx2
import openai
from openai import AsyncOpenAI, AsyncStream, DefaultAsyncHttpxClient, OpenAI, RequestOptions, Timeout
from pydantic import SecretStr

from domain.errors import ModelRefused, Unavailable
from tools.dialect import Body
from tools.effort import Endpoint
from tools.embeddings import Embed
from tools.places import Places
from tools.short_body import PLAIN, shorten
from tools.wire import over_wires

Events = AsyncStream[object]
PATH = "/chat/completions"
BROKEN_OFF = (openai.APIError, httpx2.HTTPError, ValueError)
"""Whatever the client raises when a connection or its content breaks, JSON that is none included."""

EMBED_RETRIES = 2
NO_KEY = "none"
"""Sent to servers that ask for no key: the client insists on one."""


@dataclass(frozen=True, slots=True)
class Line:
    """The connections and places of one event loop."""

    client: AsyncOpenAI
    places: Places
    _series: str = field(default_factory=lambda: secrets.token_hex(8))
    _count: "count[int]" = field(default_factory=count)

    async def post(self, body: Body) -> httpx2.Response:
        """One whole answer."""
        # The client would draw a key from the system for every request, which costs a tenth of a millisecond.
        named: RequestOptions = {"idempotency_key": f"{self._series}-{next(self._count)}"}
        return await self.client.post(PATH, cast_to=httpx2.Response, body=body, options=named)

    async def stream(self, body: Body) -> Events:
        """An answer as it comes."""
        return await self.client.post(PATH, cast_to=object, body=body, stream=True, stream_cls=Events)


class Lines:
    """A line for each event loop: a connection cannot be used in another."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._lines: WeakKeyDictionary[asyncio.AbstractEventLoop, Line] = WeakKeyDictionary()
        self._trusted = httpx2.create_ssl_context()
        """Read from the disk once, and not when the first customer waits."""

    def here(self) -> Line:
        """That of this event loop; raises ModelRefused for an address that is none."""
        loop = asyncio.get_running_loop()
        if loop not in self._lines:
            self._lines[loop] = Line(self._client(), Places(self._endpoint.concurrency))
        return self._lines[loop]

    async def close(self) -> None:
        """Closes the connections of this event loop."""
        line = self._lines.pop(asyncio.get_running_loop(), None)
        if line is not None:
            await line.client.close()

    def _client(self) -> AsyncOpenAI:
        endpoint = self._endpoint
        try:
            return AsyncOpenAI(
                base_url=endpoint.base_url,
                api_key=endpoint.api_key.get_secret_value() if endpoint.api_key else NO_KEY,
                max_retries=0,
                timeout=Timeout(endpoint.read_seconds, connect=endpoint.connect_seconds),
                http_client=DefaultAsyncHttpxClient(
                    verify=self._trusted,
                    transport=over_wires(self._trusted),
                    headers=PLAIN,
                    follow_redirects=False,
                    event_hooks={"response": [shorten]},
                ),
            )
        except httpx2.InvalidURL as error:
            raise ModelRefused(f"its address {endpoint.base_url!r} cannot be used ({error})") from error


def embedder(base_url: str, api_key: SecretStr | None, model: str, seconds: float) -> Embed:
    """Vectors of texts from an endpoint, one call after another; raises Unavailable."""
    key = api_key.get_secret_value() if api_key else NO_KEY
    client = OpenAI(base_url=base_url, api_key=key, max_retries=EMBED_RETRIES, timeout=seconds)

    def embed(texts: Sequence[str]) -> bytes:
        body: Body = {"model": model, "input": list(texts)}
        try:
            return client.post("/embeddings", cast_to=httpx2.Response, body=body).content
        except BROKEN_OFF as error:
            raise Unavailable("The embedding model", f"{type(error).__name__} from {base_url}", 5.0) from error

    return embed


async def warm_up() -> None:
    """Loads what a first request would wait for; it goes to a port where nobody listens."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{silent.getsockname()[1]}"
        async with AsyncOpenAI(base_url=nowhere, api_key=NO_KEY, max_retries=0) as client:
            with suppress(openai.APIError):
                await client.post(PATH, cast_to=httpx2.Response, body={})


def complaint_in(error: openai.APIStatusError) -> str:
    """What a server says is wrong with a request, in its own words."""
    said = error.body if error.body is not None else error.response.text
    return str(said)[:2000]
