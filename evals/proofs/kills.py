"""Kills: `kill -9` in the middle of a load of asks; what was acknowledged is there, and no cap is exceeded."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from agent.stores import Stores
from agent.verification import verify
from domain.channel import Channel
from domain.contact import Contact
from domain.decision import Who
from evals.bench.load import exchange
from evals.proofs.stage import Server, key_for, opened, people
from records.recall import recall

MOST = {Channel.PUSH: 1, Channel.LINE: 2, Channel.EMAIL: 3}
"""What the house allows a customer in a day or a week; counted here by hand, not by the rules."""
IN_ALL = 4
AT_ONCE = 16
PATIENCE = 60.0


def kill_during_load(home: Path, customers: int, rounds: int, seconds: float) -> dict[str, int]:
    """Kills the service `rounds` times under load; counts acknowledged decisions that are missing or broken."""
    with opened(home) as stores:
        ids, token = people(stores, customers), key_for(stores)
    acknowledged: list[str] = []
    for turn in range(rounds):
        acknowledged += asyncio.run(until_killed(Server(home), token, ids, seconds, turn))
    Server(home).stop()
    with opened(home) as stores:
        broken = [decision for decision in acknowledged if not verify(stores, decision).ok]
        contacts = [contacts_of(stores, one) for one in ids]
    return {
        "kills": rounds,
        "acknowledged decisions": len(acknowledged),
        "missing or broken": len(broken),
        "messages counted": sum(map(len, contacts)),
        "customers over a cap": sum(map(over_a_cap, contacts)),
    }


async def until_killed(server: Server, token: str, ids: Sequence[str], seconds: float, seed: int) -> list[str]:
    """Ids of the decisions that were answered before the process died."""
    answered: list[str] = []
    asks, first = questions(ids, seed), asyncio.Event()

    def note(body: bytes) -> None:
        answered.append(json.loads(body)["decision_id"])
        first.set()

    async def caller() -> None:
        try:
            async for body in exchange(server.port, "/v1/next-message", token, asks):
                note(body)
        except (OSError, EOFError):
            return

    callers = [asyncio.create_task(caller()) for _ in range(AT_ONCE)]
    await asyncio.sleep(seconds)
    # A machine that stood still meanwhile has answered nobody, and a kill would prove nothing.
    await asyncio.wait_for(first.wait(), PATIENCE)
    await asyncio.to_thread(server.kill)
    await asyncio.gather(*callers)
    return answered


def questions(ids: Sequence[str], seed: int) -> Iterator[bytes]:
    """Asks without end, for customers and channels drawn with a fixed seed."""
    chance = random.Random(seed)
    while True:
        channels = chance.sample(["push", "line", "email", "app"], k=2)
        yield json.dumps({"customer": {"id": chance.choice(ids)}, "channels": channels, "deadline_ms": 10_000}).encode()


def contacts_of(stores: Stores, customer_id: str) -> tuple[Contact, ...]:
    """Everything promised to a customer."""
    now = stores.clock.now()
    found = stores.read(lambda c: recall(c, Who(id=customer_id), now))
    return tuple(one for one in found.record.contacts if one.pushed) if found else ()


def over_a_cap(contacts: Sequence[Contact]) -> bool:
    """Whether any channel, or all together, got more than the house allows; a proof fits in one window."""
    counted = Counter(contact.channel for contact in contacts)
    return len(contacts) > IN_ALL or any(counted[channel] > most for channel, most in MOST.items())
