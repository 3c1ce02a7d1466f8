"""Caps: many asks at once for one customer, in several processes; exactly as many messages as the cap allows."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

from agent.parts import build_parts
from domain.decision import Ask, Decision, Who
from evals.proofs.stage import NOON, opened, people, settings_for
from evals.service import ROOT
from records.recall import recall

CUSTOMER = "proof-0"


def race(home: Path, asks: int, processes: int, database_url: str | None = None) -> dict[str, int]:
    """`asks` text messages for one customer at once, spread over `processes`; counts messages and well-explained holds.

    The house allows one SMS a week. A hold is well explained if it names the cap or gap and a time after now.
    """
    home.mkdir(parents=True, exist_ok=True)
    with opened(home / "0", database_url) as stores:
        people(stores, 1)
    if processes == 1:
        answers = asyncio.run(ask_at_once(home / "0", asks, database_url))
    else:
        answers = _in_processes(home, asks // processes, processes, database_url)
    with opened(home / "0", database_url) as stores:
        now = stores.clock.now()
        found = stores.read(lambda c: recall(c, Who(id=CUSTOMER), now))
    holds = [answer.hold for answer in answers if answer.hold]
    explained = [
        hold
        for hold in holds
        if hold.retry_at and any(reason.type in {"frequency_cap", "min_gap"} for reason in hold.reasons)
    ]
    return {
        "asks": len(answers),
        "messages": len(answers) - len(holds),
        "holds": len(holds),
        "holds that name the rule and when": len(explained),
        "contacts recorded": len(found.record.contacts) if found else 0,
    }


async def ask_at_once(home: Path, asks: int, database_url: str | None) -> list[Decision]:
    """All asks at the same time in this process."""
    parts = build_parts(settings_for(home, database_url))
    ask = Ask.model_validate({"customer": {"id": CUSTOMER}, "channels": ["sms"], "deadline_ms": 60_000})
    try:
        await asyncio.sleep(0)
        answers = await asyncio.gather(*(parts.conductor.next_message(ask, language="en") for _ in range(asks)))
    finally:
        parts.close()
    return [answer.decision for answer in answers]


def _in_processes(home: Path, asks: int, processes: int, database_url: str | None) -> list[Decision]:
    """The same in several processes, which share the database and have a context store each."""
    command = [sys.executable, "-m", "evals.proofs.caps"]
    started = [
        subprocess.Popen(
            [*command, str(home / str(number)), str(asks), database_url or ""],
            cwd=ROOT,
            env={**os.environ, "TACT_CLOCK": NOON},
            stdout=subprocess.PIPE,
        )
        for number in range(processes)
    ]
    said = [process.communicate(timeout=120)[0].decode() for process in started]
    return [Decision.model_validate(json.loads(line)) for text in said for line in text.splitlines()]


if __name__ == "__main__":
    for one in asyncio.run(ask_at_once(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] or None)):
        print(one.model_dump_json(by_alias=True))
