"""Limits: how large a body may be, also after gunzip, how long it may take, and how many asks may wait."""

import asyncio
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import Problem
from domain.errors import Busy

DEFAULT_BYTES = 256 * 1024
BULK_BYTES = 4 * 1024 * 1024
EVENT_BYTES, BATCH_BYTES = 32 * 1024, 500 * 1024
EVENTS = ("track", "identify", "page", "screen", "group", "alias", "t", "i", "p", "s", "g", "a")
BATCHES = ("batch", "import", "b")
BODY_BYTES: Mapping[str, int] = {
    "/v1/customers": BULK_BYTES,
    "/v1/offers": BULK_BYTES,
    **{f"/v1/{call}": EVENT_BYTES for call in EVENTS},
    **{f"/v1/{call}": BATCH_BYTES for call in BATCHES},
}
BODY_SECONDS = 30.0
POLITE_BYTES = 64 * 1024 * 1024
"""Up to here a refused upload is drained by the server, so that every client reads the answer instead of a reset."""

GZIP_WINDOW = 16 + zlib.MAX_WBITS


def too_large(limit: int, close: bool) -> Problem:
    """The refusal of a body over `limit`."""
    detail = f"The body may have at most {limit} bytes, counted after decompression. Send less, or in several requests."
    return Problem(413, "body-too-large", detail, headers={"Connection": "close"} if close else None)


class BodyLimit:
    """Counts and unpacks the body while it is read, and refuses it as soon as it is over the limit."""

    def __init__(self, app: ASGIApp, limits: Mapping[str, int] = BODY_BYTES, seconds: float = BODY_SECONDS) -> None:
        self._app, self._limits, self._seconds = app, limits, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on with a limited `receive`."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        limit = self._limits.get(scope["path"], DEFAULT_BYTES)
        try:
            body = Body(Headers(scope=scope), receive, limit, self._seconds)
        except Problem as problem:
            await problem.response()(scope, receive, send)
            return
        await self._app(scope, body.receive, send)


class Body:
    """The body of one request on its way in."""

    def __init__(self, headers: Headers, receive: Receive, limit: int, seconds: float) -> None:
        self._receive, self._limit, self._seconds = receive, limit, seconds
        self._deadline = asyncio.get_running_loop().time() + seconds
        self._arrived = self._unpacked = 0
        self._complete = False
        self._unzip = unzipper(headers.get("content-encoding", "identity").strip().lower())
        refuse_declared(headers.get("content-length", "0"), limit)

    async def receive(self) -> Message:
        """The next message of the connection, unpacked and counted."""
        if self._complete:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._deadline):
                message = await self._receive()
        except TimeoutError as error:
            detail = f"The body has to arrive within {self._seconds:g} s. Send it again."
            raise Problem(408, "body-timeout", detail, headers={"Connection": "close"}) from error
        if message["type"] != "http.request":
            return message
        self._complete = not message.get("more_body", False)
        return {**message, "body": self._unpack(message.get("body", b""))}

    def _unpack(self, packed: bytes) -> bytes:
        self._arrived += len(packed)
        if self._arrived > self._limit:
            raise too_large(self._limit, close=True)
        if self._unzip is None:
            return packed
        try:
            plain = self._unzip.decompress(packed, self._limit - self._unpacked + 1)
        except zlib.error as error:
            raise Problem(400, "encoding", f"The body is not gzip: {error}. Send it again, or unpacked.") from error
        self._unpacked += len(plain)
        if self._unpacked > self._limit:
            raise too_large(self._limit, close=not self._complete)
        if self._unzip.unused_data or (self._complete and not self._unzip.eof):
            raise Problem(400, "encoding", "The body is not one whole gzip stream. Send it again, or unpacked.")
        return plain


def unzipper(encoding: str) -> "zlib._Decompress | None":
    """The decompressor for a Content-Encoding, None where there is nothing to unpack."""
    if encoding in ("gzip", "x-gzip"):
        return zlib.decompressobj(GZIP_WINDOW)
    if encoding in ("", "identity"):
        return None
    raise Problem(415, "encoding", f"Content-Encoding {encoding!r} is not known here. Send gzip, or none.")


def refuse_declared(declared: str, limit: int) -> None:
    """Refuses a body by its Content-Length alone, before a byte of it is read."""
    if declared.isascii() and declared.isdigit() and int(declared[:19]) > limit:
        raise too_large(limit, close=int(declared[:19]) > POLITE_BYTES)


class Admission:
    """How many asks may be under way at once."""

    def __init__(self, limit: int) -> None:
        self.limit, self.inside = limit, 0

    @contextmanager
    def enter(self) -> Iterator[None]:
        """Counts one ask while it runs; raises Busy when the house is full."""
        if self.inside >= self.limit:
            raise Busy(self.inside)
        self.inside += 1
        try:
            yield
        finally:
            self.inside -= 1
