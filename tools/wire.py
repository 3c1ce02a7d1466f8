"""A wire: connections to the model over asyncio itself, below the HTTP client.

What a request writes goes out together when its answer is waited for: head and body in one packet, by one call of the
system instead of two, which is where a short request spends its time.
"""

import asyncio
import ssl
from collections.abc import Iterable
from ipaddress import ip_address
from typing import Any
from urllib.request import getproxies

import httpcore2
import httpx2

MOST, MOST_IDLE = 1000, 100
IDLE_SECONDS = 5.0
"""Servers close connections that nobody uses; one that we close ourselves is never written to."""
MOST_UNREAD = 1 << 20
"""Bytes of an answer that wait to be read before the other side is made to wait."""


class Wire(asyncio.Protocol):
    """The bytes that came in and were not read yet, and whoever waits for them."""

    def __init__(self) -> None:
        self.ended = False
        self.broke: Exception | None = None
        self._came = bytearray()
        self._transport: asyncio.Transport | None = None
        self._is_full = False
        self._waiting: asyncio.Future[None] | None = None
        self._room = asyncio.Event()
        self._room.set()

    @property
    def readable(self) -> bool:
        """Whether something came unasked, or the other side has left."""
        return self.ended or bool(self._came)

    def over(self, transport: asyncio.Transport) -> None:
        """Is told which connection it reads: the encrypted one, once there is one."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Keeps what came."""
        self._came += data
        if len(self._came) > MOST_UNREAD and self._transport is not None and not self._is_full:
            self._is_full = True
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        """The other side says no more."""
        self.ended = True
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing comes any more, and nothing can be sent."""
        self.ended, self.broke = True, exc
        self._room.set()
        self._wake()

    def pause_writing(self) -> None:
        """More was written than goes out at once."""
        self._room.clear()

    def resume_writing(self) -> None:
        """It went out."""
        self._room.set()

    async def room(self) -> None:
        """Waits until what was written is on its way."""
        await self._room.wait()

    async def read(self, most: int) -> bytes:
        """What came, as soon as there is any; nothing once the other side has left."""
        while not self._came and not self.ended:
            self._waiting = asyncio.get_running_loop().create_future()
            try:
                await self._waiting
            finally:
                self._waiting = None
        if self.broke is not None and not self._came:
            raise self.broke
        taken = bytes(self._came[:most])
        del self._came[:most]
        if self._is_full and len(self._came) <= MOST_UNREAD and self._transport is not None:
            self._is_full = False
            if not self._transport.is_closing():
                self._transport.resume_reading()
        return taken

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)


class Stream(httpcore2.AsyncNetworkStream):
    """One connection as the HTTP client sees it."""

    def __init__(self, transport: asyncio.Transport, wire: Wire) -> None:
        self._transport, self._wire = transport, wire
        self._unsent: list[bytes] = []
        wire.over(transport)

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Sends what was written and waits for an answer."""
        if self._unsent:
            await self._send(timeout)
        try:
            if self._wire.readable:
                return await self._wire.read(max_bytes)
            async with asyncio.timeout(timeout):
                return await self._wire.read(max_bytes)
        except TimeoutError as error:
            raise httpcore2.ReadTimeout(str(error)) from error
        except OSError as error:
            raise httpcore2.ReadError(str(error)) from error

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Keeps it until somebody reads."""
        if self._wire.ended:
            raise httpcore2.WriteError("the other side has closed the connection")
        self._unsent.append(buffer)

    async def aclose(self) -> None:
        """Lets go of the connection."""
        self._transport.abort() if self._wire.ended else self._transport.close()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.AsyncNetworkStream:
        """The same connection, encrypted from here on."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(timeout):
                safe = await loop.start_tls(self._transport, self._wire, ssl_context, server_hostname=server_hostname)
        except TimeoutError as error:
            self._transport.abort()
            raise httpcore2.ConnectTimeout(str(error)) from error
        except OSError as error:
            self._transport.abort()
            raise httpcore2.ConnectError(str(error)) from error
        if safe is None:
            raise httpcore2.ConnectError("the connection ended while it was being encrypted")
        return Stream(safe, self._wire)

    def get_extra_info(self, info: str) -> Any:
        """What the client asks of a connection."""
        if info == "is_readable":
            return self._wire.readable
        known = {"ssl_object": "ssl_object", "client_addr": "sockname", "server_addr": "peername", "socket": "socket"}
        return self._transport.get_extra_info(known[info]) if info in known else None

    async def _send(self, timeout: float | None) -> None:
        self._transport.write(b"".join(self._unsent))
        self._unsent.clear()
        try:
            async with asyncio.timeout(timeout):
                await self._wire.room()
        except TimeoutError as error:
            raise httpcore2.WriteTimeout(str(error)) from error


RACING = 0.25
"""Seconds after which a second address of a server is tried beside the first."""


class Backend(httpcore2.AsyncNetworkBackend):
    """Opens connections."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """A connection to a server."""
        local, loop = None if local_address is None else (local_address, 0), asyncio.get_running_loop()
        # uvloop, which the service runs on, tries one address after the other and knows no other way. Only a name may
        # have several, and asyncio's race forgets the socket of a winner whose caller leaves in that moment.
        races = isinstance(loop, asyncio.BaseEventLoop) and not is_address(host)
        racing: dict[str, Any] = {"happy_eyeballs_delay": RACING} if races else {}
        try:
            async with asyncio.timeout(timeout):
                transport, wire = await loop.create_connection(Wire, host, port, local_addr=local, **racing)
        except TimeoutError as error:
            raise httpcore2.ConnectTimeout(str(error)) from error
        except OSError as error:
            raise httpcore2.ConnectError(str(error)) from error
        for option in socket_options or ():
            transport.get_extra_info("socket").setsockopt(*option)
        return Stream(transport, wire)

    async def sleep(self, seconds: float) -> None:
        """Waits between two attempts to connect."""
        await asyncio.sleep(seconds)


def is_address(host: str) -> bool:
    """Whether a host is written as an address."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def over_wires(trusted: ssl.SSLContext) -> httpx2.AsyncHTTPTransport | None:
    """The client's transport over such connections; None where the environment names a proxy, which it knows better."""
    if {"http", "https", "all"} & getproxies().keys():
        return None
    transport = httpx2.AsyncHTTPTransport(verify=trusted)
    transport._pool = httpcore2.AsyncConnectionPool(
        ssl_context=trusted,
        max_connections=MOST,
        max_keepalive_connections=MOST_IDLE,
        keepalive_expiry=IDLE_SECONDS,
        network_backend=Backend(),
    )
    return transport
