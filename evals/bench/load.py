"""Load: many keep-alive connections that ask as fast as they are answered, with little cost of their own."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Load:
    """What came back: seconds for each request in order of completion, wall time, and how many bodies pleased."""

    seconds: tuple[float, ...]
    wall: float
    pleasing: int

    def quantile(self, share: float) -> float:
        """Seconds below which `share` of the requests were answered."""
        ordered = sorted(self.seconds)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)]

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.seconds) / self.wall

    @staticmethod
    def of(loads: Sequence["Load"]) -> "Load":
        """Several rounds as one."""
        seconds = tuple(second for load in loads for second in load.seconds)
        return Load(seconds, sum(load.wall for load in loads), sum(load.pleasing for load in loads))


async def press(
    port: int, path: str, token: str, bodies: Sequence[bytes], at_once: int, pleases: Callable[[bytes], bool]
) -> Load:
    """Posts every body once over `at_once` connections; a status other than 200 ends the run with its body."""
    queue = iter(bodies)
    seconds: list[float] = []
    pleasing = 0

    async def caller() -> None:
        nonlocal pleasing
        begun = perf_counter()
        async for answer in exchange(port, path, token, queue):
            seconds.append(perf_counter() - begun)
            pleasing += pleases(answer)
            begun = perf_counter()

    begun = perf_counter()
    await asyncio.gather(*(caller() for _ in range(at_once)))
    return Load(tuple(seconds), perf_counter() - begun, pleasing)


async def exchange(port: int, path: str, token: str, bodies: Iterator[bytes]) -> AsyncGenerator[bytes, None]:
    """Posts one body after another over one connection and yields the answers."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for body in bodies:
            writer.write(_request(path, token, body))
            yield await _answer(reader)
    finally:
        writer.close()


def _request(path: str, token: str, body: bytes) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def _answer(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")
    )
    body = await reader.readexactly(length)
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(f"{head.splitlines()[0].decode()}: {body[:500].decode(errors='replace')}")
    return body


def is_message(body: bytes) -> bool:
    """Whether a decision says something."""
    return bool(json.loads(body)["outcome"] == "message")
