"""The stage of a proof: customers who agreed to everything, a few offers, and a server that can be killed."""

import os
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from agent.settings import Settings
from agent.stores import Stores, open_stores
from domain.consent import Consent, Evidence
from domain.customer import Customer, Stage
from domain.language import Text
from domain.offer import Offer
from records import catalogue, consents, keys, profiles
from records.connection import Connection

ROOT = Path(__file__).resolve().parents[2]
NOON = "2026-11-24T03:00:00+00:00"
"""Tuesday noon in Tokyo: no quiet hours are near, whenever the proof runs."""

OFFERS = tuple(
    Offer(
        id=f"proof-{number}",
        kind="product",
        name=Text(ja=f"見本の品{'甲乙丙丁'[number]}", en=f"Sample piece {'ABCD'[number]}"),
        url=f"https://shop.example.com/items/{number}",
        facts={"word": Text(ja="見本の品", en="sample piece")},
    )
    for number in range(4)
)


def settings_for(home: Path, database_url: str | None = None) -> Settings:
    """Settings of a proof, at noon; homes beside each other share one secret."""
    secret = home.parent / "secret"
    return Settings.model_validate({"home": home, "database_url": database_url, "clock": NOON, "secret_file": secret})


def environment_of(home: Path) -> dict[str, str]:
    """The same settings for a process of its own."""
    return {"TACT_HOME": str(home), "TACT_SECRET_FILE": str(home.parent / "secret"), "TACT_CLOCK": NOON}


def people(stores: Stores, count: int) -> list[str]:
    """As many customers who agreed to every channel, and the offers; answers with the ids."""
    ids, now = [f"proof-{number}" for number in range(count)], stores.clock.now()
    evidence = Evidence(method="proof")

    def write(c: Connection) -> None:
        known = [
            Customer(id=one, language="en", country="JP", timezone="Asia/Tokyo", stage=Stage.ACTIVE) for one in ids
        ]
        profiles.upsert(c, known, now)
        consents.append(
            c,
            [
                Consent(customer_id=one, topic=topic, granted=True, evidence=evidence, at=now)
                for one in ids
                for topic in ("email", "push", "line")
            ],
        )
        catalogue.upsert(c, OFFERS, now)

    stores.write(write)
    return ids


def key_for(stores: Stores) -> str:
    """A key that may ask."""
    return stores.write(lambda c: keys.add(c, "channel", "proof", (), stores.clock.now()))


@contextmanager
def opened(home: Path, database_url: str | None = None) -> Iterator[Stores]:
    """The stores of a proof."""
    stores = open_stores(settings_for(home, database_url))
    try:
        yield stores
    finally:
        stores.close()


class Server:
    """`./tact serve` in a process of its own."""

    def __init__(self, home: Path) -> None:
        self.port = free_port()
        environment = {**os.environ, **environment_of(home)}
        command = [str(ROOT / "tact"), "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        self._wait()

    def kill(self) -> None:
        """Ends it at once, with no chance to tidy up."""
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()

    def stop(self) -> None:
        """Ends it as an operator would."""
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=30)

    def _wait(self, seconds: float = 90) -> None:
        end = monotonic() + seconds
        while monotonic() < end:
            if self.process.poll() is not None:
                said = self.process.stderr.read().decode() if self.process.stderr else ""
                raise RuntimeError(f"the server ended with {self.process.returncode}: {said[-2000:]}")
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=1).close()
                return
            except OSError:
                sleep(0.1)
        self.kill()
        raise RuntimeError(f"no answer on port {self.port} within {seconds:g} s")


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
