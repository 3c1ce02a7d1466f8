"""SDKs: Segment's own, as they are published, deliver every event exactly once, whatever happens to the service."""

import json
import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path
from time import monotonic, sleep

from evals.proofs.sdk_sender import CALLS
from evals.proofs.stage import environment_of, opened
from evals.service import ROOT, Service, free_port
from records import intake, keys, profiles

NODE = ROOT / "tests" / "api" / "node"
PATIENCE = 300.0
NEW = re.compile(r'^tact_events_total\{outcome="new"\} (\S+)$', re.MULTILINE)


def deliver(home: Path, each: int, kills: int, pause_ms: int) -> dict[str, int]:
    """Two SDKs send `each` events; the service is killed in between and started again. Counts what is there."""
    commands = PYTHON, node()
    with opened(home) as stores:
        token = stores.write(lambda c: keys.add(c, "ingest", "sdk", (), stores.clock.now()))
    port = free_port()
    service = Service("serve", environment_of(home), port)
    senders = [sender(command, port, token, each, pause_ms) for command in commands]
    try:
        for kill in range(kills):
            wait_for(port, each // (2 * kills + 1) if kill == 0 else each // (4 * kills))
            service.kill()
            service = Service("serve", environment_of(home), port)
        said = [json.loads(one.communicate(timeout=PATIENCE)[0] or "{}") for one in senders]
    finally:
        for one in senders:
            one.kill()
        service.stop()
    with opened(home) as stores:
        found = stores.read(intake.message_ids)
    wanted = {f"{name}-{number}" for name in ("py", "js") for number in range(each)}
    return {
        "kills": kills,
        "sent": len(wanted),
        "given up by an SDK": sum(int(one.get("failed", each)) for one in said),
        "missing": len(wanted - found),
        "not sent by anybody": len(found - wanted),
        "orders sent": sum(1 for number in range(each) if number % CALLS == 0) * 2,
        "orders counted": orders(home),
    }


PYTHON = (sys.executable, "-m", "evals.proofs.sdk_sender")


def node() -> tuple[str, ...]:
    """The command that sends with the SDK for Node; says what is missing where it cannot run."""
    program = shutil.which("node")
    if program is None:
        raise RuntimeError("node is not here: install Node 18 or later with npm, then run make test again")
    if not (NODE / "node_modules").exists():
        raise RuntimeError(f"the SDK for Node is not here: run npm ci in {NODE.relative_to(ROOT)}, or make test")
    return (program, str(NODE / "send.js"))


def sender(command: tuple[str, ...], port: int, token: str, each: int, pause_ms: int) -> "subprocess.Popen[str]":
    """An SDK in a process of its own."""
    arguments = (*command, str(port), token, str(each), str(pause_ms))
    return subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def wait_for(port: int, events: int) -> None:
    """Returns when the service that runs has taken so many events."""
    end = monotonic() + PATIENCE
    while monotonic() < end:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as page:
            found = NEW.search(page.read().decode())
        if found and float(found[1]) >= events:
            return
        sleep(0.02)
    raise RuntimeError(f"{events} events did not come in within {PATIENCE:g} s")


def orders(home: Path) -> int:
    """How many orders all customers together have placed, as decisions see it."""
    with opened(home) as stores:
        return stores.read(lambda c: sum(profiles.features(c, one).orders for one in profiles.ids(c)))
