"""A real small model: SmolLM2 over real HTTP, with real constrained decoding, writes for a scene in earnest.

It is weak, and hardly knows any Japanese: what counts is that nothing it writes leaves against a rule.
"""

import asyncio
import json
import os
import random
import subprocess
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import monotonic, sleep

from agent.evidence import Public
from agent.stores import Stores
from agent.verification import verify
from evals.bench.load import exchange
from evals.proofs.model_trouble import SCENE, fate, make_live
from evals.proofs.stage import environment_of, key_for, opened, people
from evals.service import ROOT, Service, free_port

NAME = "smollm2-135m-instruct"
PATIENCE = 60.0
THREADS = min(os.cpu_count() or 1, 2)
"""The service waits while the model computes: they share the processor in turns."""
CHANNELS = ("web", "app", "email", "push", "line", "sms")


def small_model(home: Path, asks: int, seed: int, deadline_ms: int = 20_000) -> dict[str, int]:
    """Asks in both languages by turns, one at a time; answers with what became of the model's drafts."""
    with opened(home) as stores:
        ids, token = people(stores, asks), key_for(stores)
        make_live(stores)
    with local_model() as base_url:
        named = {"TACT_LLM_BASE_URL": base_url, "TACT_LLM_MODEL": NAME, "TACT_LLM_CONCURRENCY": "1"}
        service = Service("serve", {**environment_of(home), **named})
        try:
            decisions = asyncio.run(answers(service.port, token, questions(ids, seed, deadline_ms)))
        finally:
            service.stop()
    with opened(home) as stores:
        return counted(stores, decisions)


@contextmanager
def local_model() -> Iterator[str]:
    """`./tact llm serve-local` in a process of its own; gives its address."""
    port = free_port()
    process = subprocess.Popen(
        [str(ROOT / "tact"), "llm", "serve-local", "--port", str(port), "--threads", str(THREADS)],
        env=dict(os.environ),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/v1/models", process)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        process.wait(30)


def wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    """Returns when the model answers."""
    end = monotonic() + PATIENCE
    while monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=1).close()
            return
        except OSError:
            sleep(0.1)
    raise RuntimeError("the local model did not start; run `make llm`")


def questions(ids: Sequence[str], seed: int, deadline_ms: int) -> Iterator[bytes]:
    """One ask for each customer, in Japanese and in English by turns."""
    chance = random.Random(seed)
    for place, customer in enumerate(ids):
        asked = {
            "customer": {"id": customer},
            "channels": [chance.choice(CHANNELS)],
            "scene": SCENE.id,
            "language": ("ja", "en")[place % 2],
            "deadline_ms": deadline_ms,
        }
        yield json.dumps(asked).encode()


async def answers(port: int, token: str, bodies: Iterator[bytes]) -> list[dict[str, object]]:
    """The decisions, one after another."""
    return [json.loads(body) async for body in exchange(port, "/v1/next-message", token, bodies)]


def counted(stores: Stores, decisions: Sequence[dict[str, object]]) -> dict[str, int]:
    """What became of the drafts, by language, and whether anything left against a rule."""
    counts: Counter[str] = Counter({"asks": len(decisions), "violations": 0})
    for place, decision in enumerate(decisions):
        name, language = str(decision["decision_id"]), ("ja", "en")[place % 2]
        stored = stores.read(partial(stores.decisions.get, decision_id=name))
        penned = Public.model_validate_json(stored.public).penned
        counts[f"{language}: {became(fate(decision), penned.revisions if penned else 0)}"] += 1
        if penned is not None:
            counts["model calls"] += penned.calls
            counts["tokens"] += penned.prompt_tokens + penned.completion_tokens
            counts[f"{language}: not taken, {penned.failed}"] += int(penned.failed is not None)
        if decision["message"] is not None and not (found := verify(stores, name)).ok:
            counts["violations"] += 1
            print(language, *found.findings, json.dumps(decision["message"], ensure_ascii=False))
    return {name: count for name, count in sorted(counts.items()) if count or name == "violations"}


def became(fate: str, revisions: int) -> str:
    """Passed as it was, passed after a revision, replaced by approved copy, or nothing was said."""
    if fate != "model":
        return "held" if fate == "hold" else "replaced by approved copy"
    return "passed after a revision" if revisions else "passed as written"
