"""A short body: what a model's server sends is read only as far as an answer may go, and never unpacked."""

from collections.abc import AsyncIterator

import httpx2

LONGEST_BODY = 2_000_000
"""Bytes; an answer comes to a small part of it."""
PLAIN = {"accept-encoding": "identity"}
"""A few bytes of a packed body can be hundreds of megabytes, unpacked before anybody could object."""


class NoAnswer(httpx2.DecodingError):
    """What comes cannot be an answer; the words say why."""


class ShortBody(httpx2.AsyncByteStream):
    """The bytes of a body as they come; raises NoAnswer where there are more than an answer has."""

    def __init__(self, body: httpx2.AsyncByteStream) -> None:
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        came = 0
        async for some in self._body:
            came += len(some)
            if came > LONGEST_BODY:
                raise NoAnswer(f"its server sent more than {LONGEST_BODY:,} bytes where a short answer was asked for")
            yield some

    async def aclose(self) -> None:
        """Lets go of the connection."""
        await self._body.aclose()


async def shorten(response: httpx2.Response) -> None:
    """Bounds a response before its body is read; raises NoAnswer for one that is packed."""
    packing = response.headers.get("content-encoding", "identity")
    if packing.lower() != "identity":
        raise NoAnswer(f"its server packs answers ({packing!r}) though it was asked not to")
    if isinstance(response.stream, httpx2.AsyncByteStream):
        response.stream = ShortBody(response.stream)
