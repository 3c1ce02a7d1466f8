"""The check-up: every part that an ask needs, each with what to do when it fails; for /readyz and ./tact doctor."""

import shutil
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from agent.settings import Settings
from agent.stores import Stores
from domain.errors import TactError
from domain.frozen import Frozen
from domain.language import counted
from records import book, catalogue, keys, profiles, stops
from records.connection import Connection
from records.context import ContextStore
from records.rebuild import missing
from records.schema import REVISION
from records.secret import mark

GIBIBYTE, MEBIBYTE = 1 << 30, 1 << 20
LEAST_FREE = GIBIBYTE
LEAST_WRITTEN = 16 * MEBIBYTE
"""With less room than this a commit may fail, so that others should be asked."""
EARLIEST = datetime(2025, 1, 1, tzinfo=UTC)


class Check(Frozen):
    """One thing looked at; `advice` says what to do where it is not well."""

    name: str
    ok: bool
    found: str
    advice: str = ""
    needed: bool = True
    """Whether an ask cannot be answered without it."""


class Readiness(Frozen):
    """Whether asks can be answered, and what was looked at."""

    ready: bool
    checks: tuple[Check, ...]


def of(checks: tuple[Check, ...]) -> Readiness:
    """Ready when everything needed is well."""
    shown = tuple(check.model_copy(update={"advice": ""}) if check.ok else check for check in checks)
    return Readiness(ready=all(check.ok for check in checks if check.needed), checks=shown)


def attempt(name: str, look: Callable[[], Check]) -> Check:
    """The check, or a failed one that says what the store said."""
    try:
        return look()
    except TactError as error:
        return Check(name=name, ok=False, found=str(error), advice="Do what the sentence says, then try again.")


def schema(stores: Stores) -> Check:
    """Whether the database answers with the tables that this program needs."""
    reached = stores.database.revision()
    return Check(
        name="database",
        ok=reached == REVISION,
        found=f"{stores.database.dialect}, schema {reached or 'empty'}",
        advice=f"This program needs schema {REVISION}: start it once with ./tact serve, or install the newer program.",
    )


def policies(c: Connection) -> Check:
    """Whether there is a book of rules in force."""
    latest = book.latest(c)
    return Check(
        name="policies",
        ok=latest is not None,
        found=f"version {latest.version} in force" if latest else "no version",
        advice="Put one in force with ./tact policies load.",
    )


def key_ring(c: Connection) -> Check:
    """Whether anybody could ask or approve."""
    valid = [key for key in keys.list_all(c) if key.revoked_at is None]
    missing = [role for role in ("channel", "marketer", "approver") if role not in {key.role for key in valid}]
    approvers = {key.person for key in valid if key.role == "approver"}
    people = {key.person for key in valid if key.role in ("marketer", "approver")}
    alone = bool(approvers) and len(people) < 2
    enough = f"{len(people)} people may stop and approve"
    lacking = f"no key with the role {', '.join(missing)}" if missing else "only one person may stop and approve"
    return Check(
        name="keys",
        ok=not missing and not alone,
        found=f"{len(valid)} valid, {lacking}" if missing or alone else f"{len(valid)} valid; {enough}",
        advice="Make keys with ./tact keys add --role ROLE --person NAME; approval takes two persons.",
        needed=False,
    )


def data(c: Connection) -> Check:
    """Whether there is anybody to talk to about anything."""
    people, offers = profiles.count(c), len(catalogue.ids(c))
    return Check(
        name="data",
        ok=bool(people and offers),
        found=f"{counted(people, 'customer')}, {counted(offers, 'offer')}",
        advice="Load the sample with ./tact import sample, or real data with ./tact import completejourney.",
        needed=False,
    )


def stopped(c: Connection) -> Check:
    """Whether a stop is in force: not a fault, but a reason for silence."""
    active = stops.active(c)
    return Check(
        name="stops",
        ok=not active,
        found="; ".join(f"{stop.id} by {stop.by}: {stop.reason}" for stop in active) or "none in force",
        advice="Another person lifts a stop with ./tact lift ID.",
        needed=False,
    )


def secret(stores: Stores) -> Check:
    """Whether the master secret in use is that of the database, and its file is there, which nobody else may read."""
    path, fits = stores.settings.secret, stores.read(mark) == stores.mark
    mode = path.stat().st_mode & 0o777 if path.exists() else None
    found = f"{path} with rights {mode:o}" if mode is not None else f"{path} is missing"
    restore = f"Put the secret file of this database back: {path}, from a backup or another process on this database."
    return Check(
        name="secret",
        ok=fits and mode == 0o600,
        found=found if fits else "the one in use is not that of the database",
        advice=f"Run: chmod 600 {path}" if fits and mode is not None else restore,
        # A process that has read the file goes on without it; only the next start does not.
        needed=not fits,
    )


def shared_secret(path: Path) -> Check | None:
    """What is wrong with the rights of the secret's file; None where nobody else may read it, or it is not there."""
    mode = path.stat().st_mode & 0o777 if path.is_file() else 0o600
    if mode == 0o600:
        return None
    return Check(name="secret", ok=False, found=f"{path} with rights {mode:o}", advice=f"Run: chmod 600 {path}")


def clock(settings: Settings, now: datetime) -> Check:
    """Whether the clock can be right, and whether it is a simulated one."""
    simulated = settings.clock is not None
    return Check(
        name="clock",
        ok=now > EARLIEST and not simulated,
        found=f"{now.isoformat(timespec='seconds')}{' (simulated)' if simulated else ''}",
        advice="Unset TACT_CLOCK, which is for evaluations." if simulated else "Set the machine's clock.",
        needed=False,
    )


def model(settings: Settings) -> Check:
    """Whether a model is set, and wholly; none is no fault."""
    named = settings.llm_model is not None or settings.llm_base_url is None
    return Check(
        name="model",
        ok=named,
        found=f"{settings.llm_model or 'no name'} at {settings.llm_base_url}" if settings.llm_base_url else "none set",
        advice="Name it in TACT_LLM_MODEL; ./tact llm try says whether it answers.",
    )


def environment(unknown: Iterable[str]) -> Check:
    """Whether every variable that is set in our name is read."""
    told = "; ".join(unknown)
    return Check(
        name="settings",
        ok=not told,
        found=told or "every TACT_ variable is known",
        advice="Correct the name: as it is, nobody reads it. The names are in docs/operations.md.",
        needed=False,
    )


def disk(settings: Settings) -> Check:
    """Whether there is room for decisions: where the database is a file, none is made without."""
    folder = settings.folder
    free = shutil.disk_usage(folder).free
    return Check(
        name="disk",
        ok=free > LEAST_FREE,
        found=f"{free / GIBIBYTE:.1f} GiB free" if free > MEBIBYTE * 100 else f"{free // MEBIBYTE} MiB free",
        advice=f"Free at least {LEAST_FREE / GIBIBYTE:.0f} GiB on the disk of {folder}.",
        needed=free < LEAST_WRITTEN and settings.database.startswith("sqlite:"),
    )


def context(store: ContextStore) -> Check:
    """Whether the vector store answers."""
    store.counts()
    return Check(name="context", ok=True, found="answers")


def context_whole(store: ContextStore, stores: Stores) -> Check:
    """Whether the vector store holds what SQL says it should."""
    lacking = missing(store, stores.database)
    customers, offers, strangers = len(lacking.customers), len(lacking.offers), len(lacking.strangers)
    return Check(
        name="context",
        ok=lacking.whole,
        found="whole"
        if lacking.whole
        else f"missing: {counted(customers, 'customer')} and {counted(offers, 'offer')}; left over: {strangers:,}",
        advice="Make it whole with ./tact index rebuild.",
        needed=False,
    )
