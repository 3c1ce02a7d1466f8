"""Backup: one consistent copy of everything in SQL and of the master secret, taken while others go on writing.

The context store is not in it: it is rebuilt. Whoever holds a backup can read every customer: keep it as safe as the
service itself, and remember that it still has the keys of customers who were erased after it was taken.
"""

import hashlib
import os
import shutil
from datetime import datetime
from pathlib import Path

from domain.errors import Malformed, Refused, Unavailable, Unreadable
from domain.frozen import Frozen
from records import schema
from records.database import Database, open_database
from records.secret import load_secret
from records.statement import counting

MANIFEST, SECRET = "manifest.json", "secret"
TABLES = tuple(schema.metadata.sorted_tables)
COUNTS = {table.name: counting(table) for table in TABLES}


class Manifest(Frozen):
    """What a backup holds: rows by table, and the SHA-256 of every file."""

    made_at: datetime
    dialect: str
    revision: str
    rows: dict[str, int]
    files: dict[str, str]


def backup(database: Database, folder: Path, secret: Path, now: datetime) -> Manifest:
    """Writes a backup into a folder that is new or empty; the manifest comes last and makes it whole."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        taken = any(folder.iterdir())
    except OSError as error:
        why = f"it cannot be written into ({error.strerror}). Name a new folder."
        raise Malformed("FOLDER", str(folder), why) from error
    if taken:
        raise Refused(f"{folder} is not empty. Give a new folder for the backup.")
    revision = database.revision()
    if revision is None:
        raise Unavailable("The database", "it is empty: there is nothing to back up", mends_itself=False)
    rows = database.engine.copy_out(folder, TABLES)
    hand_over(secret, folder / SECRET)
    files = {path.name: digest(path) for path in sorted(folder.iterdir())}
    manifest = Manifest(made_at=now, dialect=database.dialect, revision=revision, rows=rows, files=files)
    write_durably(folder / MANIFEST, manifest.model_dump_json(indent=2))
    return manifest


def verify(folder: Path) -> Manifest:
    """What the backup holds, once every file in it is found unharmed."""
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "its manifest is damaged"
        told = (
            f"{folder}: this is no backup, or one that never ended ({why}). Name the folder that ./tact backup wrote."
        )
        raise Unreadable([told]) from error
    wrong = [name for name, expected in manifest.files.items() if digest(folder / name) != expected]
    if wrong:
        raise Unreadable([f"{folder / name}: the file is missing or altered. Use another backup." for name in wrong])
    return manifest


def restore(folder: Path, url: str, secret: Path) -> Manifest:
    """Brings a backup back into a database without rows and puts the master secret in its place."""
    manifest = verify(folder)
    if secret.exists() and secret.read_bytes() != (folder / SECRET).read_bytes():
        raise Refused(f"{secret} holds another master secret. Restore into an empty TACT_HOME.")
    database = open_database(url)
    try:
        if database.dialect != manifest.dialect:
            raise Refused(f"The backup is one of {manifest.dialect}: restore it into such a database.")
        database.engine.copy_in(folder, TABLES, manifest.revision)
        database.migrate()
        found = rows_of(database)
        if any(found[name] != count for name, count in manifest.rows.items()):
            raise Unavailable(
                "The restored database",
                f"it holds {found}, the backup {manifest.rows}; do not use it",
                mends_itself=False,
            )
    finally:
        database.close()
    if not secret.exists():
        hand_over(folder / SECRET, secret)
    return manifest


def rows_of(database: Database) -> dict[str, int]:
    """How many rows each table has, at one instant."""
    return database.read(lambda c: {name: int((c.one(count) or (0,))[0]) for name, count in COUNTS.items()})


def hand_over(secret: Path, to: Path) -> None:
    """Copies a master secret so that only its owner can read it."""
    load_secret(secret)
    to.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with secret.open("rb") as source, os.fdopen(handle, "wb") as target:
        shutil.copyfileobj(source, target)
        target.flush()
        os.fsync(target.fileno())


def write_durably(path: Path, text: str) -> None:
    """Writes a file that is there whole even if the machine stops now."""
    with path.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def digest(path: Path) -> str:
    """SHA-256 of the file in hex; of a file that is missing, nothing."""
    if not path.exists():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
