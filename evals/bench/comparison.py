"""The comparison: an agent that calls tools against our own walk with one model call, with several, and with none.

All of them answer in one process behind the same door, on the same customers and with the same stand-in model in a
process of its own. Ratios come from one run: absolute figures are those of the machine.
"""

import asyncio
import json
import random
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from time import monotonic, sleep

from agent import rulebook
from agent.settings import Settings
from agent.stores import open_stores
from domain.scene import Scene
from evals.bench.load import Load, is_message, press
from evals.bench.ratios import AT_ONCE, PEERS, Side
from evals.bench.stock import reset
from evals.service import ROOT, Service, free_port
from records import keys, profiles

BASE = "replenishment"
MODES = ("prepared", "live", "deliberate")
KINDS = (*PEERS, *MODES)
LATENCIES = (50, 800)
"""Milliseconds that the stand-in takes for every answer."""

ROUNDS, DEADLINE = 3, 30_000
ALONE: Mapping[int, Mapping[str, int]] = {
    50: {"sequential": 12, "parallel": 20, "deliberate": 20, "live": 60, "prepared": 150},
    800: {"sequential": 2, "parallel": 3, "deliberate": 3, "live": 10, "prepared": 150},
}
"""Asks one after another in a round."""
TOGETHER: Mapping[int, Mapping[str, int]] = {
    50: {"sequential": 160, "parallel": 256, "deliberate": 256, "live": 480, "prepared": 960},
    800: {"sequential": 64, "parallel": 96, "deliberate": 96, "live": 192, "prepared": 960},
}
"""Asks in a round with AT_ONCE under way."""


def compare(home: Path) -> list[Side]:
    """Every kind at every latency, in turns."""
    ids, token = furnish(home)
    sides: list[Side] = []
    for latency in LATENCIES:
        reset(home)
        with model(latency) as url, service(home, url) as port:
            sides += measure(port, token, ids, latency)
    return sides


def furnish(home: Path) -> tuple[list[str], str]:
    """Puts the scene in force once for each mode; answers with all customers and a new key."""
    stores = open_stores(Settings(home=home))
    try:
        playbook = rulebook.playbook_of(stores.read(rulebook.in_force).document)
        base = next(scene for scene in playbook.scenes if scene.id == BASE)
        scenes = {scene.id: scene for scene in playbook.scenes} | {name(mode): in_mode(base, mode) for mode in MODES}
        if len(scenes) > len(playbook.scenes):
            changed = playbook.model_copy(update={"scenes": tuple(scenes.values())})
            rulebook.put_in_force(stores, changed, "bench", "another", "scenes of the benchmark", stores.clock.now())
        token = stores.write(lambda c: keys.add(c, "channel", "benchmark", (), stores.clock.now()))
        return stores.read(profiles.ids), token
    finally:
        stores.close()


def name(mode: str) -> str:
    """The scene in one mode; peers are asked about the scene in which a model writes."""
    return f"{BASE}_{mode}" if mode in MODES else f"{BASE}_live"


def in_mode(scene: Scene, mode: str) -> Scene:
    """The same scene in another mode, to be said now: what is planned for later is worded later."""
    return scene.model_copy(update={"id": name(mode), "mode": mode, "send_time": "now"})


@contextmanager
def model(latency: int) -> Iterator[str]:
    """The stand-in in a process of its own."""
    port = free_port()
    command = ["-m", "evals.stub_model", "--port", str(port), "--latency-ms", str(latency)]
    process = subprocess.Popen(
        [sys.executable, *command, "--script", "evals.bench.scripts:plays"], cwd=ROOT, stdout=subprocess.DEVNULL
    )
    try:
        url = f"http://127.0.0.1:{port}/v1"
        awake(f"{url}/models")
        yield url
    finally:
        process.terminate()
        process.wait()


def awake(url: str, patience: float = 30.0) -> None:
    """Waits until something answers there."""
    end = monotonic() + patience
    while monotonic() < end:
        try:
            urllib.request.urlopen(url, timeout=1).close()
            return
        except OSError:
            sleep(0.1)
    raise RuntimeError(f"nothing answers at {url} within {patience:g} s")


@contextmanager
def service(home: Path, url: str) -> Iterator[int]:
    """The service with that model behind it, and no limit of its own on how many answers it waits for."""
    settings = {
        "TACT_HOME": str(home),
        "TACT_CORE": "0",
        "TACT_LLM_BASE_URL": url,
        "TACT_LLM_MODEL": "stub",
        "TACT_LLM_CONCURRENCY": str(2 * AT_ONCE),
    }
    started = Service("rehearse", settings)
    try:
        yield started.port
    finally:
        started.stop()


def measure(port: int, token: str, ids: Sequence[str], latency: int) -> list[Side]:
    """One latency: every kind in short rounds by turns, alone and then in a crowd."""
    bodies = {kind: questions(ids, kind) for kind in KINDS}
    alone: dict[str, list[Load]] = {kind: [] for kind in KINDS}
    crowd: dict[str, list[Load]] = {kind: [] for kind in KINDS}
    for kind in KINDS:
        turn(port, token, kind, bodies[kind], AT_ONCE, AT_ONCE)
    for _ in range(ROUNDS):
        for kind in KINDS:
            alone[kind].append(turn(port, token, kind, bodies[kind], ALONE[latency][kind], 1))
    for _ in range(ROUNDS):
        for kind in KINDS:
            crowd[kind].append(turn(port, token, kind, bodies[kind], TOGETHER[latency][kind], AT_ONCE))
    return [Side(kind, latency, Load.of(alone[kind]), Load.of(crowd[kind])) for kind in KINDS]


def turn(port: int, token: str, kind: str, bodies: Iterator[bytes], count: int, at_once: int) -> Load:
    """One round of one kind."""
    walk = kind if kind in PEERS else "graph"
    urllib.request.urlopen(f"http://127.0.0.1:{port}/rehearse/{walk}", data=b"", timeout=10).close()
    pleases = is_message if kind == "prepared" else is_written
    return asyncio.run(press(port, "/v1/next-message", token, list(islice(bodies, count)), at_once, pleases))


def questions(ids: Sequence[str], kind: str) -> Iterator[bytes]:
    """Asks without end about customers drawn with a fixed seed, the same for every kind."""
    chance = random.Random(20261122)
    while True:
        asked = {
            "customer": {"id": chance.choice(ids)},
            "channels": ["email", "push", "app"],
            "scene": name(kind),
            "deadline_ms": DEADLINE,
        }
        yield json.dumps(asked).encode()


def is_written(body: bytes) -> bool:
    """Whether a decision says something in a model's words."""
    decision = json.loads(body)
    return bool(decision["outcome"] == "message" and decision["copy"]["origin"] == "model")
