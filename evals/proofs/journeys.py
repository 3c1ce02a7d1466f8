"""Journeys: killed while they wait, cancelled while the service is down, upgraded; each fires once, or not at all.

Customers put something into carts that are due within seconds. The worker is killed with no chance to tidy up while
they wait; some order meanwhile; another version of the application takes over. At the end every cart that still stood
has one decision and one entry in the outbox, at its time, and no other has any.
"""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from zoneinfo import ZoneInfo

from agent.settings import Settings
from agent.stores import Stores, open_stores
from agent.triggers import Triggers
from domain.event import Event
from evals.proofs.stage import NOON, people
from evals.service import ROOT
from policies.document import read_playbook
from records import due, mooting, outbox
from records.connection import Connection
from records.run import Run

START = datetime.fromisoformat(NOON)
WAIT = timedelta(hours=1)
"""How long an abandoned cart waits, by the playbook."""


class Stage:
    """Stores and workers on one clock that runs on while nobody works."""

    def __init__(self, home: Path, database_url: str | None) -> None:
        self._home, self._database_url, self._began = home, database_url, monotonic()
        home.mkdir(parents=True, exist_ok=True)

    def now(self) -> datetime:
        """What the clock of the proof shows: the simulated noon, and what has passed since."""
        return START + timedelta(seconds=monotonic() - self._began)

    def environment(self, worker: int) -> dict[str, str]:
        """The settings of one worker; each has a vector store of its own, and all share records and secret."""
        database = self._database_url or f"sqlite:///{self._home / 'tact.db'}"
        return {
            "TACT_HOME": str(self._home / str(worker)),
            "TACT_SECRET_FILE": str(self._home / "secret"),
            "TACT_DATABASE_URL": database,
            "TACT_CLOCK": self.now().isoformat(),
            "TACT_JOURNEYS_GRACE": "2",
        }

    @contextmanager
    def opened(self) -> Iterator[Stores]:
        """The stores, as another process sees them."""
        settings = {name.removeprefix("TACT_").lower(): value for name, value in self.environment(9).items()}
        stores = open_stores(Settings.model_validate(settings))
        try:
            yield stores
        finally:
            stores.close()


class Hand:
    """`./tact worker` in a process of its own."""

    def __init__(self, stage: Stage, number: int, release: str) -> None:
        self._process = subprocess.Popen(
            [str(ROOT / "tact"), "worker", "--release", release],
            env={**os.environ, **stage.environment(number)},
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        """Ends it at once, with no chance to tidy up."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """Ends it as an operator would."""
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(timeout=60)


def journeys(
    home: Path, customers: int, database_url: str | None = None, *, seconds: float = 20.0, workers: int = 2
) -> dict[str, int]:
    """Counts what fired, what did not, and what should not have, over kills, an upgrade and orders meanwhile."""
    stage = Stage(home, database_url)
    with stage.opened() as stores:
        ids = people(stores, customers)
        carts(stores, ids, stage.now() + timedelta(seconds=seconds))
    first = Hand(stage, 1, "a")
    # Long enough to start and to hand over what is due soon; short enough that nothing is due.
    sleep(seconds / 2)
    first.kill()
    ordered = ids[::4]
    with stage.opened() as stores:
        orders(stores, ordered, stage.now())
    # Workers of another version, one of which is killed while what is due fires.
    others = [Hand(stage, number + 1, "b") for number in range(workers)]
    if workers > 1:
        _until(lambda: _some_done(stage), 90)
        others.pop(0).kill()
    _until(lambda: not _open(stage), 180)
    for one in others:
        one.stop()
    with stage.opened() as stores:
        return counted(stores, ids, ordered)


def carts(stores: Stores, ids: Sequence[str], at: datetime) -> None:
    """Something in every cart, due at that time."""
    effects = Triggers(read_playbook().scenes, ZoneInfo(stores.settings.home_timezone)).effects
    for id in ids:
        event = cart_of(id, at - WAIT)
        stores.write(partial(due.start, dues=effects(event).starts))


def cart_of(customer_id: str, at: datetime) -> Event:
    """One thing that is put into a cart."""
    said = {"cart_id": f"cart-{customer_id}", "product_id": "proof-1"}
    return event_of("Product Added", customer_id, at, said)


def orders(stores: Stores, ids: Sequence[str], at: datetime) -> None:
    """These customers order while nobody carries anything out."""
    effects = Triggers(read_playbook().scenes, ZoneInfo(stores.settings.home_timezone)).effects
    for id in ids:
        event = event_of("Order Completed", id, at, {"order_id": f"order-{id}"})
        ends = effects(event).cancels
        stores.write(partial(mooting.cancel, customer_id=id, cancels=ends, now=at))


def event_of(name: str, customer_id: str, at: datetime, said: Mapping[str, str]) -> Event:
    """An event as the intake hands it on."""
    return Event(
        message_id=f"{name}-{customer_id}",
        type="track",
        customer_id=customer_id,
        at=at,
        received_at=at,
        name=name,
        properties=dict(said),
    )


def counted(stores: Stores, ids: Sequence[str], ordered: Sequence[str]) -> dict[str, int]:
    """What became of every cart."""
    runs = stores.read(_all_runs)
    entries = stores.read(_all_entries)
    fired = [run for run in runs if run.state == "done"]
    decisions = stores.read(lambda c: [len(stores.decisions.of_customer(c, id, 20).items) for id in ids])
    waited = sorted(run.updated_at - run.due.at for run in fired) or [timedelta(0)]
    return {
        "carts": len(ids),
        "fired": len(fired),
        "ended by an order": sum(run.reason == "moot:ordered" for run in runs),
        "fired though ordered": sum(run.due.customer_id in set(ordered) for run in fired),
        "never ended": sum(run.state in ("waiting", "taken") for run in runs),
        "decided more than once": sum(number > 1 for number in decisions),
        "laid out more than once": len(entries) - len({entry.due_id for entry in entries}),
        "too early": sum(one < timedelta(0) for one in waited),
        "seconds late, the last": round(waited[-1].total_seconds()),
    }


def _all_runs(c: Connection) -> list[Run]:
    found: list[Run] = []
    cursor: str | None = None
    while True:
        page = due.page(c, 500, cursor, scene="cart_abandonment")
        found += page.items
        cursor = page.next
        if cursor is None:
            return found


def _all_entries(c: Connection) -> list[outbox.Entry]:
    return [one for state in outbox.STATES for one in outbox.page(c, 10_000, state=state).items]


def _some_done(stage: Stage) -> bool:
    with stage.opened() as stores:
        return any(run.state == "done" for run in stores.read(_all_runs))


def _open(stage: Stage) -> bool:
    with stage.opened() as stores:
        return any(run.state in ("waiting", "taken") for run in stores.read(_all_runs))


def _until(holds: Callable[[], bool], seconds: float) -> None:
    """Waits until it holds, or gives up and lets the counts tell."""
    end = monotonic() + seconds
    while not holds():
        if monotonic() > end:
            return
        sleep(0.3)
