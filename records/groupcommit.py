"""Group commit: one thread writes, and whatever waits shares one transaction and one fsync.

Each request runs under its own savepoint, so that one that fails takes nothing with it. A request is answered only
after the fsync, whatever its answer is.
"""

import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

from domain.errors import Busy, Unavailable
from records.connection import Connection
from records.sqlite_connection import SqliteConnection, explained

T = TypeVar("T")

LARGEST_BATCH = 256
BREATH = 0.0005
"""Seconds between two tries to become the one writer among several processes."""


class Lost(Exception):
    """The whole transaction is gone, and with it every request that it held."""

    def __init__(self, why: BaseException) -> None:
        super().__init__(str(why))
        self.why = why


class Request(Generic[T]):
    """One piece of work that waits for its commit."""

    __slots__ = ("error", "future", "value", "work")

    def __init__(self, work: Callable[[Connection], T]) -> None:
        self.work = work
        self.future: Future[T] = Future()
        self.value: T | None = None
        self.error: BaseException | None = None

    def answer(self) -> None:
        """Hands the result to whoever waits for it."""
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.value)  # type: ignore[arg-type]  # None only where T is None


class GroupCommit:
    """The one writer of this process; other processes may write to the same file in turns."""

    def __init__(self, connection: SqliteConnection, waiting: int, patience: float) -> None:
        self._connection, self._raw = connection, connection.raw
        self._patience = patience
        self._raw.execute("PRAGMA busy_timeout = 0")
        self._queue: SimpleQueue[Request[Any] | None] = SimpleQueue()
        self._waiting = waiting
        self._closed, self._door = False, threading.Lock()
        self._thread = threading.Thread(target=self._serve, name="tact-sqlite-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Connection], T]) -> Future[T]:
        """Queues `work` for the next commit."""
        request = Request(work)
        with self._door:  # Nothing may queue behind the end.
            if self._closed:
                raise Unavailable("The database", "it is closed")
            waiting = self._queue.qsize()
            if waiting >= self._waiting:
                raise Busy(waiting)
            self._queue.put(request)
        return request.future

    def close(self) -> None:
        """Commits what waits and ends the thread."""
        with self._door:
            self._closed = True
            self._queue.put(None)
        self._thread.join()
        self._raw.close()

    def _serve(self) -> None:
        going = True
        while going:
            batch = [self._queue.get()]
            while len(batch) < LARGEST_BATCH and not self._queue.empty():
                batch.append(self._queue.get())
            going = None not in batch
            requests = [request for request in batch if request is not None]
            self._commit([request for request in requests if request.future.set_running_or_notify_cancel()])

    def _commit(self, batch: Sequence[Request[Any]]) -> None:
        if not batch:
            return
        try:
            self._begin()
            for request in batch:
                self._attempt(request)
            self._raw.execute("COMMIT")
        except (sqlite3.Error, Lost) as error:
            if self._raw.in_transaction:
                with suppress(sqlite3.Error):  # A file that cannot even be rolled back fails the next batch too.
                    self._raw.execute("ROLLBACK")
            why = error.why if isinstance(error, Lost) else explained(error)
            for request in batch:
                request.error = why
        for request in batch:
            request.answer()

    def _begin(self) -> None:
        """Waits for other processes by asking often: SQLite's own waiting sleeps up to a tenth of a second."""
        until = time.monotonic() + self._patience
        while True:
            try:
                self._raw.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
            time.sleep(BREATH)

    def _attempt(self, request: Request[Any]) -> None:
        raw = self._raw
        raw.execute("SAVEPOINT request")
        try:
            request.value = request.work(self._connection)
        except BaseException as error:  # Whatever the work raises belongs to its caller; this thread goes on.
            request.error = explained(error)
            if not raw.in_transaction:
                # SQLite itself gave up the whole transaction, as it does on a full disk: nothing in it stands.
                raise Lost(request.error) from error
            raw.execute("ROLLBACK TO request")
        raw.execute("RELEASE request")
