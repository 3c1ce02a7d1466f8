"""Ownership: one process at a time may hold an embedded vector store, and everybody else is told which one."""

import fcntl
import json
import os
import shlex
import sys
from datetime import UTC, datetime
from pathlib import Path

from domain.errors import StoreOwned, Unavailable

MOST_WORDS = 100


class Ownership:
    """A lock on a folder that ends with the process, however it ends."""

    def __init__(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = os.open(folder / "owner.lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise Unavailable(
                f"The context store in {str(folder)!r}", f"{error.strerror}. Check the folder", mends_itself=False
            ) from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            owner = described(os.pread(self._file, 1000, 0))
            os.close(self._file)
            raise StoreOwned(str(folder), owner) from error
        self._sign()

    def _sign(self) -> None:
        command = shlex.join(sys.orig_argv)[:MOST_WORDS]
        card = {"pid": os.getpid(), "command": command, "since": datetime.now(UTC).isoformat(timespec="seconds")}
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, json.dumps(card).encode(), 0)

    def release(self) -> None:
        """Lets the next process in."""
        os.close(self._file)


def described(card: bytes) -> str:
    """Who wrote the lock file, as part of a sentence."""
    try:
        owner = json.loads(card)
        return f"process {owner['pid']} ({owner['command']}), since {owner['since']}"
    except (ValueError, KeyError, TypeError):
        return "another process"
