"""Compaction: the embedded context store made anew from what it holds, without what was deleted.

Chroma keeps deleted records in its log, and their ids in the files of its index; nothing but a new store lacks them.
Its index also writes memory that it never filled. So the new store is made by a process of its own, which has never
seen what was deleted.
"""

import pickle
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from domain.errors import Unavailable
from records.context import BATCH, ContextRecord, ContextStore, open_context
from records.embedding import Encoder, FloatMatrix
from records.ownership import Ownership

ROOT = Path(__file__).resolve().parents[1]


class NamedEncoder:
    """An encoder of which only the name and the length of its vectors are known: nothing is encoded here."""

    def __init__(self, name: str, dimensions: int) -> None:
        self.name, self.dimensions = name, dimensions

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        """Never called: vectors come with the records."""
        raise ValueError(f"{len(texts)} texts were to be encoded while a store is copied")


def compact(folder: Path, encoder: Encoder, keep: Collection[str]) -> int:
    """Makes the store in `folder` anew with those customers alone that are in `keep`, and says how many it left out.

    Raises StoreOwned while another process uses it. A crash leaves the old store, or a new one that lacks nothing.
    """
    fresh, old, copy = (folder.with_name(f"{folder.name}.{ending}") for ending in ("new", "old", "copy"))
    for rest in (fresh, old):
        shutil.rmtree(rest, ignore_errors=True)
    copy.unlink(missing_ok=True)
    copy.touch(mode=0o600)
    try:
        with closing(open_context(folder, None, encoder)) as source, copy.open("wb") as file:
            left = write(source, file, keep)
        command = [
            sys.executable,
            "-m",
            "records.compaction",
            str(copy),
            str(fresh),
            encoder.name,
            str(encoder.dimensions),
        ]
        made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    finally:
        copy.unlink(missing_ok=True)
    if made.returncode:
        raise Unavailable("The context store", f"it could not be made anew: {made.stderr.strip()[-300:]}")
    owned = Ownership(folder)
    try:
        folder.rename(old)
        fresh.rename(folder)
    finally:
        owned.release()
    shutil.rmtree(old)
    return left


def write(source: ContextStore, file: Any, keep: Collection[str]) -> int:
    """Writes offers, and the customers in `keep`, a piece at a time; says how many customers were left out."""
    customers, _ = source.ids()
    wanted = [one for one in customers if one in keep]
    for begin in range(0, len(wanted), BATCH):
        rows = source.get_many(wanted[begin : begin + BATCH])
        pickle.dump([(one.customer_id, one.digest, dict(one.facts), one.vector) for one in rows], file)
    pickle.dump(source.offer_vectors(), file)
    return len(customers) - len(wanted)


def build(copy: Path, fresh: Path, encoder: Encoder) -> None:
    """Fills a new store from what was written."""
    with closing(open_context(fresh, None, encoder)) as target:
        for piece in pieces(copy):
            if isinstance(piece, list):
                target.put([ContextRecord(*one) for one in piece])
            elif piece:
                texts, rows = zip(*piece.values(), strict=True)
                target.put_offers(list(piece), list(texts), np.stack(rows))


def pieces(copy: Path) -> Iterator[Any]:
    """What was written, piece by piece; the file is our own and a moment old."""
    with copy.open("rb") as file:
        while True:
            try:
                yield pickle.load(file)
            except EOFError:
                return


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]), NamedEncoder(sys.argv[3], int(sys.argv[4])))
