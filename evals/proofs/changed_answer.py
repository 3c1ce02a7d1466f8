"""A changed answer: how soon after an event was acknowledged an ask hears of it, over HTTP, beside other traffic."""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from evals.bench.load import exchange
from evals.proofs.stage import Server, opened, people
from records import keys

PROMISED = 0.05
"""Seconds after which an ask answers differently."""
ENOUGH = 30.0
"""Seconds after which an answer that has not changed counts as one that never does."""
Answer = Mapping[str, Any]


class Turn(NamedTuple):
    """An event that turns an answer: what is asked, what happens, and how the answer is told from the earlier one."""

    name: str
    ask: Mapping[str, Any]
    event: str
    properties: Mapping[str, Any]
    before: str
    after: str
    """`message`, the type of a rule that holds it, `*` for any hold, `cart` for words about the cart, or `no cart`."""
    first: str | None = None
    """What happens before the earlier answer, with the same properties."""


MAIL = {"channel": "email"}
CART = {"product_id": "proof-2", "products": [{"product_id": "proof-2", "price": 900, "quantity": 1}], "total": 900}
CARTS = {"channels": ["app"], "scene": "cart_abandonment"}
TURNS = (
    Turn("an enquiry is opened", {"channels": ["email", "app"]}, "Ticket Opened", {}, "message", "suppression"),
    Turn("mail is unsubscribed", {"channels": ["email"]}, "Unsubscribed", MAIL, "message", "consent"),
    Turn("a complaint about mail", {"channels": ["email"]}, "Complained", MAIL, "message", "*"),
    Turn("LINE is blocked", {"channels": ["line"]}, "Channel Blocked", {"channel": "line"}, "message", "consent"),
    Turn("something is put into the cart", CARTS, "Product Added", CART, "no cart", "cart"),
    Turn("the cart is ordered", CARTS, "Order Completed", CART, "cart", "no cart", "Product Added"),
)
ABOUT_THE_CART = "カートの中身に関わるご案内です。"


@dataclass
class Found:
    """Seconds from the acknowledgement of each event until an ask was sent that heard of it, and until its answer."""

    heard: list[float] = field(default_factory=list)
    known: list[float] = field(default_factory=list)
    never: list[str] = field(default_factory=list)

    def table(self) -> dict[str, int]:
        """The counts; times in microseconds."""
        late = sum(one > PROMISED for one in self.heard) + len(self.never)
        trials = len(self.heard) + len(self.never)
        return {
            "events": trials,
            "answers that never changed": len(self.never),
            "asks sent 50 ms later that did not know, beyond one in twenty": max(0, late - trials // 20),
            "asks sent 50 ms later that did not know": late,
            "heard of at once": sum(one == 0 for one in self.heard),
            "median until the changed answer, µs": micros(self.known, 0.5),
            "95 of 100 have the changed answer, µs": micros(self.known, 0.95),
            "slowest changed answer, µs": micros(self.known, 1),
        }


def micros(seconds: list[float], share: float) -> int:
    """A quantile in microseconds."""
    ordered = sorted(seconds) or [0.0]
    return round(ordered[min(int(share * len(ordered)), len(ordered) - 1)] * 1e6)


def changed_answer(home: Path, *, customers: int, trials: int, others: int, seed: int) -> Found:
    """Tries every turn in turn, on customers drawn from so many, while `others` connections ask and send events."""
    with opened(home) as stores:
        ids = people(stores, customers)
        now = stores.clock.now()
        asks = stores.write(lambda c: keys.add(c, "channel", "proof", (), now))
        sends = stores.write(lambda c: keys.add(c, "ingest", "proof", (), now))
    chosen = random.Random(seed).sample(ids, min(trials * 2, len(ids)))
    server = Server(home)
    try:
        return asyncio.run(watch(server.port, asks, sends, chosen[:trials], chosen[trials:] or ids, others))
    finally:
        server.stop()


async def watch(port: int, asks: str, sends: str, chosen: list[str], rest: list[str], others: int) -> Found:
    """Runs every trial, beside the traffic of the others."""
    found = Found()
    async with (
        traffic(port, asks, sends, rest, others),
        line(port, "/v1/next-message", asks) as ask,
        line(port, "/v1/track", sends) as send,
    ):
        for number, customer in enumerate(chosen):
            await trial(TURNS[number % len(TURNS)], customer, ask, send, found)
    return found


async def trial(turn: Turn, customer: str, ask: "Line", send: "Line", found: Found) -> None:
    """One event, and asks one after the other until the answer has changed."""
    asked = {"customer": {"id": customer}, "dry_run": True, "deadline_ms": 10_000, **turn.ask}
    if turn.first is not None:
        await send.say({"userId": customer, "event": turn.first, "properties": dict(turn.properties)})
    if await until(turn.before, asked, ask) is None:
        found.never.append(f"{turn.name}: {customer} was not answered with {turn.before!r} before it happened")
        return
    await send.say({"userId": customer, "event": turn.event, "properties": dict(turn.properties)})
    took = await until(turn.after, asked, ask)
    if took is None:
        found.never.append(f"{turn.name}: {customer}")
        return
    found.heard.append(took[0])
    found.known.append(took[1])


async def until(wanted: str, asked: Mapping[str, Any], ask: "Line") -> tuple[float, float] | None:
    """Seconds until the ask was sent that is answered so, 0 for the first, and until its answer; None for never."""
    begun, first = perf_counter(), True
    while (sent := perf_counter()) - begun < ENOUGH:
        if answers(await ask.say(asked), wanted):
            return 0.0 if first else sent - begun, perf_counter() - begun
        first = False
    return None


def answers(answer: Answer, wanted: str) -> bool:
    """Whether an answer is of the kind wanted."""
    if answer["outcome"] == "message":
        about = ABOUT_THE_CART in answer["explanation"]["because"]
        return wanted == "message" or wanted == ("cart" if about else "no cart")
    types = [reason["type"] for reason in answer["hold"]["reasons"]]
    return wanted in ("*", "no cart", *types)


class Line:
    """One keep-alive connection on which one thing after the other is said."""

    def __init__(self, port: int, path: str, token: str) -> None:
        self._next: list[bytes] = []
        self._answers = exchange(port, path, token, iter(self._bodies()))

    def _bodies(self) -> Iterator[bytes]:
        while self._next:
            yield self._next.pop()

    async def say(self, what: Mapping[str, Any]) -> Answer:
        """Sends one body and waits for its answer."""
        self._next.append(json.dumps(what).encode())
        answer: Answer = json.loads(await anext(self._answers))
        return answer

    async def end(self) -> None:
        """Closes the connection."""
        await self._answers.aclose()


@asynccontextmanager
async def line(port: int, path: str, token: str) -> AsyncIterator[Line]:
    """An open line."""
    opened_line = Line(port, path, token)
    try:
        yield opened_line
    finally:
        await opened_line.end()


@asynccontextmanager
async def traffic(port: int, asks: str, sends: str, ids: list[str], others: int) -> AsyncIterator[None]:
    """Other customers meanwhile: half of the connections ask, half send events, each ten times a second."""

    async def caller(number: int) -> None:
        chance = random.Random(number)
        sending = number % 2
        async with line(port, "/v1/track" if sending else "/v1/next-message", sends if sending else asks) as own:
            while True:
                who = chance.choice(ids)
                event = {"userId": who, "event": "Product Viewed", "properties": {"product_id": "proof-1"}}
                ask = {"customer": {"id": who}, "channels": ["app"], "deadline_ms": 10_000}
                await own.say(event if sending else ask)
                await asyncio.sleep(0.1)

    callers = [asyncio.create_task(caller(number)) for number in range(others)]
    try:
        yield
    finally:
        for one in callers:
            one.cancel()
            with suppress(asyncio.CancelledError):
                await one
