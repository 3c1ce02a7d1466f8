"""An asker: one process of a crowd, which asks in many threads and says line by line what it was acknowledged."""

import asyncio
import random
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from agent.parts import Parts, build_parts
from domain.decision import Ask
from domain.errors import Unavailable
from evals.proofs.stage import settings_for
from records import profiles


def work(home: Path, url: str | None, threads: int, asks: int, seed: int) -> None:
    """Asks, hands over and gives back from as many threads, each with an event loop of its own."""
    parts = build_parts(settings_for(home, url))
    customers = parts.stores.read(profiles.count)
    share = [asks // threads + (number < asks % threads) for number in range(threads)]
    try:
        with ThreadPoolExecutor(threads) as pool:
            jobs = [
                pool.submit(asyncio.run, one_after_another(parts, customers, n, seed * 1000 + i))
                for i, n in enumerate(share)
            ]
            for job in jobs:
                job.result()
    finally:
        parts.close()


async def one_after_another(parts: Parts, customers: int, asks: int, seed: int) -> None:
    """One thread's asks; some messages are handed over, and some are reported as not sent."""
    chance = random.Random(seed)
    for _ in range(asks):
        try:
            await once(parts, f"proof-{chance.randrange(customers)}", chance)
        except Unavailable as error:
            say("refused", error.code)


async def once(parts: Parts, customer: str, chance: random.Random) -> None:
    """One ask and what becomes of its message."""
    channels = chance.sample(["push", "line", "email", "sms", "app"], k=2)
    scene = "newsletter" if "email" in channels and chance.random() < 0.2 else None
    ask = Ask.model_validate(
        {"customer": {"id": customer}, "channels": channels, "scene": scene, "deadline_ms": 60_000}
    )
    decision = (await parts.conductor.next_message(ask, language="en")).decision
    say("asked", decision.decision_id)
    if decision.outcome == "hold":
        return
    fate = chance.random()
    if fate < 0.3:
        await parts.delivery.deliver(decision.decision_id, language="en")
    if 0.2 < fate < 0.4 and await parts.delivery.release(decision.decision_id, "proof"):
        say("released", decision.decision_id)


def say(what: str, id: str) -> None:
    """Tells the parent, in one piece whoever else is talking."""
    sys.stdout.write(f"{what} {id}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    work(Path(sys.argv[1]), sys.argv[2] or None, int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
