"""A connection to a model opens on every event loop that we run on: the service runs on uvloop, a command does not."""

import asyncio
import sys
from collections.abc import Callable

import httpcore2
import pytest

from tools.wire import Backend

LOOPS: list[Callable[[], asyncio.AbstractEventLoop]] = [asyncio.new_event_loop]
if sys.platform != "win32":
    import uvloop

    LOOPS.append(uvloop.new_event_loop)

NO_DELAY = [(6, 1, 1)]
"""TCP_NODELAY, as the client sets it."""


async def echoed() -> bytes:
    """What comes back through a connection to a server on this machine."""

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(await reader.read(5))
        writer.close()

    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    stream = await Backend().connect_tcp("127.0.0.1", server.sockets[0].getsockname()[1], 5.0, None, NO_DELAY)
    await stream.write(b"hello", 5.0)
    answered = await stream.read(5, 5.0)
    await stream.aclose()
    server.close()
    return answered


async def refused() -> None:
    """A connection to a port on which nobody listens."""
    await Backend().connect_tcp("127.0.0.1", 9, 5.0)


@pytest.mark.parametrize("loop", LOOPS, ids=lambda loop: loop.__module__)
def test_a_connection_opens_on_every_loop(loop: Callable[[], asyncio.AbstractEventLoop]) -> None:
    with asyncio.Runner(loop_factory=loop) as runner:
        assert runner.run(echoed()) == b"hello"


@pytest.mark.parametrize("loop", LOOPS, ids=lambda loop: loop.__module__)
def test_nobody_listening_is_a_failure_to_connect(loop: Callable[[], asyncio.AbstractEventLoop]) -> None:
    with asyncio.Runner(loop_factory=loop) as runner, pytest.raises(httpcore2.ConnectError):
        runner.run(refused())
