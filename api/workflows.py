"""Workflows: each is one wake-up of a run, waits durably and takes the run through its three steps; DBOS keeps them.

A workflow stands under the id of its run's cause. Steps run at least once and do their work once.
"""

from collections.abc import Coroutine, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol, TypeVar

from dbos import DBOS, DBOSConfig, EnqueueOptions

from agent.journeys import Journeys
from agent.settling import Came
from domain.clock import from_micros, to_micros
from domain.errors import Refused

T = TypeVar("T")

CARRY_OUT = "carry_out"
EXECUTOR = "tact"
"""One name for every worker: whoever starts next takes up what another left when it was killed."""
SCHEMA, FILE = "tact_journeys", "journeys.db"
ENDED = ("SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED")
OVER = (*ENDED, None)
"""Such a workflow does nothing any more, or there is none."""
KEPT_FOR, MOST_FORGOTTEN = timedelta(days=7), 500


class Carrier(Protocol):
    """Whose steps the workflows of this process run."""

    journeys: Journeys

    def step(self, work: Coroutine[Any, Any, T]) -> T:
        """Runs a step, for a thread of DBOS."""

    def let_go(self, id: str, said: str) -> None:
        """Is told how a wake-up of a run ended."""


_current: Carrier | None = None


def appoint(carrier: Carrier) -> None:
    """Makes it the one carrier of this process."""
    global _current
    if _current is not None:
        raise Refused("This process has a worker already. Stop it first.")
    _current = carrier


def dismiss(carrier: Carrier) -> None:
    """Stops every workflow of this process; what is under way is taken up by the next start.

    A carrier that was never appointed stops nothing: the workflows are another's.
    """
    global _current
    if _current is not carrier:
        return
    DBOS.destroy()
    _current = None


def carrier() -> Carrier:
    """The carrier of this process."""
    if _current is None:
        raise Refused("This process has no worker. Start it with ./tact serve or ./tact worker.")
    return _current


@DBOS.step()
def check(id: str) -> str:
    """Looks at the run again and takes it."""
    return carrier().step(carrier().journeys.check(id))


@DBOS.step()
def conduct(id: str) -> list[str | int | None]:
    """Asks for its message."""
    came = carrier().step(carrier().journeys.conduct(id))
    return [came.decision_id, came.reason, None if came.retry_at is None else to_micros(came.retry_at)]


@DBOS.step()
def settle(id: str, decision_id: str | None, reason: str | None, retry_at: int | None) -> str:
    """Writes what came of it."""
    came = Came(decision_id, reason, None if retry_at is None else from_micros(retry_at))
    return carrier().step(carrier().journeys.settle(id, came))


@DBOS.workflow(name=CARRY_OUT)
def carry_out(id: str) -> str:
    """One wake-up of a run; inputs and results are ids and words of ours, and name nobody."""
    said = check(id)
    if said == "go":
        said = settle(id, *conduct(id))  # type: ignore[arg-type]  # what a step returned before comes back as JSON
    carrier().let_go(id, said)
    return said


def launch(database: str, version: str, queues: Mapping[str, int], polling: float) -> None:
    """Begins to carry out what is in the queues, so many of each at once."""
    DBOS(config=config_of(database, version))
    DBOS.launch()
    DBOS.set_latest_application_version(version)
    for queue, at_once in queues.items():
        DBOS.register_queue(
            queue, worker_concurrency=at_once, polling_interval_sec=polling, on_conflict="always_update"
        )


def config_of(database: str, version: str) -> DBOSConfig:
    """Where DBOS keeps its books: beside the records, in a schema or a file of its own."""
    if database.startswith("sqlite:///"):
        database = f"sqlite:///{Path(database.removeprefix('sqlite:///')).absolute().parent / FILE}"
    return {
        "name": "tact",
        "system_database_url": database,
        "dbos_system_schema": SCHEMA,
        "application_version": version,
        "executor_id": EXECUTOR,
        "log_level": "ERROR",
        "max_executor_threads": 32,
    }


def hand_over(id: str, name: str, queue: str, delay: float) -> None:
    """Has a run woken under that name in so many seconds; a name that is known is not given twice."""
    wish: EnqueueOptions = {"workflow_name": CARRY_OUT, "queue_name": queue, "workflow_id": name}
    if delay > 0:
        wish["delay_seconds"] = delay
    DBOS.enqueue_workflow_with_options(wish, id)


def state_of(name: str) -> str | None:
    """How the workflow of that name stands; None where there is none."""
    status = DBOS.get_workflow_status(name)
    return None if status is None else status.status


def resume(name: str) -> None:
    """Lets a workflow go on that somebody began and left."""
    DBOS.resume_workflow(name)


def cancel_others(version: str) -> list[str]:
    """Cancels what another version of the application had begun, whose steps may have been others; names it."""
    begun = DBOS.list_workflows(status=["PENDING", "ENQUEUED", "DELAYED"], load_input=False, load_output=False)
    others = [one.workflow_id for one in begun if one.app_version not in (None, version)]
    for name in others:
        DBOS.cancel_workflow(name)
    return others


def forget() -> None:
    """Deletes workflows that ended a week ago."""
    before = (datetime.now().astimezone() - KEPT_FOR).isoformat()
    old = DBOS.list_workflows(
        status=list(ENDED), end_time=before, limit=MOST_FORGOTTEN, load_input=False, load_output=False
    )
    if old:
        DBOS.delete_workflows([one.workflow_id for one in old])
