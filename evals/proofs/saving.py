"""Saving: a backup that is taken under load is whole, and everything acknowledged before it is in it."""

import asyncio
import json
import threading
from pathlib import Path

from agent.verification import verify
from evals.bench.load import exchange
from evals.proofs.kills import questions
from evals.proofs.stage import Server, key_for, opened, people
from records.backup import backup, restore


def backup_under_load(home: Path, copy: Path, customers: int, seconds: float) -> dict[str, int]:
    """Backs up while asks come in, restores elsewhere and verifies what was acknowledged before the backup began."""
    with opened(home) as stores:
        ids, token = people(stores, customers), key_for(stores)
    server = Server(home)
    answered: list[str] = []
    ending = threading.Event()
    load = threading.Thread(target=lambda: asyncio.run(_load(server.port, token, ids, answered, ending)))
    load.start()
    try:
        ending.wait(seconds)
        # A machine that stood still meanwhile has answered nobody, and a backup would prove nothing.
        while not answered and load.is_alive():
            ending.wait(0.05)
        before = len(answered)
        with opened(home) as stores:
            backup(stores.database, copy / "backup", home.parent / "secret", stores.clock.now())
        ending.wait(seconds / 2)
    finally:
        ending.set()
        load.join()
        server.stop()
    restored = copy / "elsewhere" / "restored"
    restored.mkdir(parents=True)
    restore(copy / "backup", f"sqlite:///{restored / 'tact.db'}", restored.parent / "secret")
    with opened(restored) as stores:
        broken = sum(not verify(stores, decision).ok for decision in answered[:before])
    return {
        "acknowledged before the backup": before,
        "missing or broken in it": broken,
        "answered in all": len(answered),
    }


async def _load(port: int, token: str, ids: list[str], answered: list[str], ending: threading.Event) -> None:
    async def caller(seed: int) -> None:
        async for body in exchange(port, "/v1/next-message", token, questions(ids, seed)):
            answered.append(json.loads(body)["decision_id"])
            if ending.is_set():
                return

    await asyncio.gather(*(caller(seed) for seed in range(8)))
