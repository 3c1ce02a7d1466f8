"""Erasing: one person is taken out of everything that this deployment holds, and stays out.

SQL first, in one transaction, with the tombstones that keep them from coming back; then what lies outside of it:
rows that only name them, checkpoints of reviews, the context record. Each of these can be done again, and what the
first transaction wrote down as unfinished is done again: by the next erasure, each hour, and when a service starts.
"""

import json
import logging
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from agent import review
from agent.forgetting import forget_everything
from agent.stores import Stores
from domain.errors import NotFound, TactError, Unreadable
from records import erasure, profiles, tombstones, traces, unfinished
from records.connection import Connection
from records.context import ContextStore
from records.erasure import Erased
from records.identifiers import owner
from records.mentions import Mentions
from records.unfinished import Rest

log = logging.getLogger("tact.agent")

LIST = "erasures.jsonl"
"""Beside the database: every hash that was forbidden or allowed again, for a backup that is older than the erasure."""
PIECE = 5000


@dataclass(frozen=True, slots=True)
class Gone:
    """What an erasure came to; `rows` by table, `left` what could not be reached and has to be done again."""

    already: bool
    members: int = 0
    rows: Mapping[str, int] | None = None
    left: tuple[str, ...] = ()


def erase(
    stores: Stores,
    customer_id: str,
    *,
    by: str | None = None,
    role: str | None = None,
    context: ContextStore | None = None,
    encode: Callable[..., object] | None = None,
) -> Gone:
    """Erases the person whom any of their ids names; twice is once, and raises NotFound for somebody never known."""
    now = stores.clock.now()

    def work(c: Connection) -> Erased | None:
        return erasure.erase(c, stores.vault, stores.suppression, customer_id, now, by=by, role=role)

    erased = stores.write(work)
    if erased is None:
        return _again(stores, customer_id, context)
    rows = Counter(erased.rows)
    left = finish(stores, context, rows)
    forget_everything(encode)
    return Gone(False, len(erased.members), {name: n for name, n in sorted(rows.items()) if n}, left)


def finish(stores: Stores, context: ContextStore | None, rows: Counter[str] | None = None) -> tuple[str, ...]:
    """Does what erasures have left to do, adds to `rows` what that deleted, and names what is still out of reach."""
    waiting = stores.read(lambda c: unfinished.all_of(c, stores.suppression))
    left: list[str] = []
    for name, rest in waiting.items():
        missed = list(_outside(stores, rest, context, rows if rows is not None else Counter()))
        if not missed:
            stores.write(partial(unfinished.done, name=name))
        left += missed
    return tuple(dict.fromkeys(left))


def _again(stores: Stores, customer_id: str, context: ContextStore | None) -> Gone:
    """The answer about somebody who is not here: erased before, or never known."""
    mark = tombstones.hash_of(stores.suppression, "id", customer_id)
    if not stores.read(lambda c: tombstones.known(c, mark)):
        raise NotFound("customer", customer_id)
    left = finish(stores, context)
    if context is not None:
        context.remove([customer_id])
    return Gone(True, left=left)


def _outside(stores: Stores, rest: Rest, context: ContextStore | None, rows: Counter[str]) -> Iterator[str]:
    """Removes what the first transaction did not, and names what could not be reached."""

    def searched() -> None:
        mentions = Mentions(rest.names)
        found = stores.read(lambda c: traces.find(c, mentions))
        stores.write(lambda c: traces.drop(c, found))
        rows.update(found.rows)

    def listed() -> None:
        _keep(stores.settings.home / LIST, [{"forbid": mark, "at": rest.at.isoformat()} for mark in rest.hashes])

    steps: list[tuple[str, Callable[[], None]]] = [
        ("list of erasures", listed),
        ("rows that name them", searched),
        ("checkpoints of reviews", lambda: review.forget(stores, rest.reviews)),
    ]
    if context is not None:
        steps.append(("vector store", lambda: context.remove(rest.members)))
    for name, step in steps:
        try:
            step()
        except (TactError, OSError) as error:
            log.warning("an erasure did not reach the %s: %s", name, error)
            yield name


def readmit(stores: Stores, names: Mapping[str, str], *, by: str | None, role: str | None) -> int:
    """Lets somebody come in again who asked to, by everything that they name; says how many hashes were lifted."""
    now = stores.clock.now()
    marks = [tombstones.hash_of(stores.suppression, kind, value) for kind, value in names.items()]
    lifted = stores.write(lambda c: tombstones.readmit(c, marks, person=by, role=role, now=now))
    if lifted:
        _keep(stores.settings.home / LIST, [{"allow": mark, "at": now.isoformat()} for mark in marks])
    return lifted


def reapply(stores: Stores, listed: Path, context: ContextStore | None = None) -> tuple[int, int]:
    """Erases again whoever is on a list of hashes and came back with a backup; says how many, and how long it is."""
    marks = read_list(listed)
    stores.write(lambda c: tombstones.put(c, marks, stores.clock.now()))
    found = sorted(set(stores.read(lambda c: list(_marked(c, stores.suppression, marks)))))
    gone = [erase(stores, one, by="reapply", context=context) for one in found]
    return sum(not one.already for one in gone), len(marks)


def read_list(listed: Path) -> frozenset[str]:
    """The hashes that are forbidden at the end of a list."""
    marks: set[str] = set()
    for number, line in enumerate(listed.read_text("utf-8").splitlines(), 1):
        try:
            entry = json.loads(line)
            if "forbid" in entry:
                marks.add(str(entry["forbid"]))
            else:
                marks.discard(str(entry["allow"]))
        except (ValueError, TypeError, KeyError) as error:
            raise Unreadable([f"{listed}:{number}: this is no line of a list of erasures."]) from error
    return frozenset(marks)


def write_list(stores: Stores, listed: Path) -> int:
    """Writes every hash in force into a file, to be kept apart from the backups."""
    after, written = "", 0
    while page := stores.read(partial(tombstones.page, most=PIECE, after=after)):
        _keep(listed, [{"forbid": one.hash, "at": one.at.isoformat()} for one in page])
        after, written = page[-1].hash, written + len(page)
    return written


def _marked(c: Connection, key: bytes, marks: frozenset[str]) -> Iterator[str]:
    """The customers whose id or identifier bears one of the hashes."""
    after = ""
    while page := profiles.page(c, PIECE, after):
        for one in page:
            if tombstones.hash_of(key, "id", one.id) in marks:
                yield one.id
                continue
            for kind, value in one.identifiers.items():
                if tombstones.hash_of(key, kind, value) in marks and owner(c, kind, value) == one.id:
                    yield one.id
                    break
        after = page[-1].id


def _keep(listed: Path, entries: Iterable[Mapping[str, str]]) -> None:
    """Appends to a list, so that it is on the disk."""
    text = "".join(json.dumps(entry) + "\n" for entry in entries)
    handle = os.open(listed, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
