"""The master secret: one file beside one database, and the mark in the database by which it is known again.

Every key of a customer is wrapped under it: with another one the database cannot be read, and what would be written
under another one could not be read later. So it is made once, with the database, and never a second time.
"""

import os
import secrets
from pathlib import Path

from sqlalchemy import bindparam, select, update

from domain.errors import SecretLost, Unreadable
from records import schema
from records.connection import Connection
from records.database import Database
from records.statement import insert_new, prepare
from records.vault import KEY, Vault, derive, mark_of

MASTER = "master"
"""Under which name the mark of the master secret is kept."""
ADD = insert_new(schema.marks)
GET = prepare(select(schema.marks.c.value).where(schema.marks.c.name == bindparam("name")))
SET = prepare(update(schema.marks).where(schema.marks.c.name == bindparam("key")).values(value=bindparam("mark")))
TOMBSTONE = prepare(select(schema.tombstones.c.hash).limit(1))


def open_secret(database: Database, path: Path) -> bytes:
    """The secret of this database; raises SecretLost where the file is missing, or is that of another database."""
    kept = database.read(mark)
    if kept:
        secret = load_secret(path) if path.exists() else None
        if secret is None or mark_of(secret) != kept:
            raise SecretLost(str(path), missing=secret is None)
        return secret
    return database.write(lambda c: settle(c, path))


def settle(c: Connection, path: Path) -> bytes:
    """Writes down which secret is the one: that of the keys there are, or else the file's, made where there is none."""
    # Whoever comes second waits here until the first has written; on SQLite there is one writer anyway.
    c.run(ADD, name=MASTER, value="")
    kept = mark(c)
    if not path.exists() and (kept or is_used(c)):
        raise SecretLost(str(path), missing=True)
    secret = load_secret(path) if path.exists() else make_secret(path)
    if not (mark_of(secret) == kept if kept else Vault(derive(secret, "vault")).fits(c)):
        raise SecretLost(str(path), missing=False)
    c.run(SET, key=MASTER, mark=mark_of(secret))
    return secret


def mark(c: Connection) -> str:
    """The mark of the secret that this database belongs to; empty where none was written down yet."""
    row = c.one(GET, name=MASTER)
    return str(row[0]) if row else ""


def is_used(c: Connection) -> bool:
    """Whether anything here was made with a secret."""
    return Vault.holds_keys(c) or c.one(TOMBSTONE) is not None


def load_secret(path: Path) -> bytes:
    """The secret in the file; raises where others may read it, or it is none."""
    if path.stat().st_mode & 0o077:
        raise Unreadable([f"{path}: others may read the master secret. Run: chmod 600 {path}"])
    text = path.read_text("ascii", "replace").strip()
    if len(text) != 2 * KEY or not all(digit in "0123456789abcdef" for digit in text):
        raise Unreadable([f"{path}: this is not a master secret of {2 * KEY} hex digits. Restore it from a backup."])
    return bytes.fromhex(text)


def make_secret(path: Path) -> bytes:
    """A new secret, or the one that another process made meanwhile; only its owner may read the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(KEY) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        # A link appears whole or not at all, and never over a secret that another process made meanwhile.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return load_secret(path)
