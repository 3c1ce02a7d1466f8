"""Backups: taken under load, checked, brought back."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.decision import Who
from domain.errors import Refused, Unavailable, Unreadable
from records import consents, profiles
from records.backup import backup, restore, rows_of, verify
from records.database import Database, open_database
from records.decisions import Decisions
from records.recall import recall
from records.secret import load_secret, make_secret
from records.vault import Vault
from tests.clock import START
from tests.records.databases import fresh
from tests.records.people import always, consent, customer, signed


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A master secret."""
    make_secret(tmp_path / "home" / "secret")
    return tmp_path / "home" / "secret"


@pytest.fixture
def empty_url(database: Database, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a place without tables, of the same kind as the database."""
    if database.dialect == "sqlite":
        yield f"sqlite:///{tmp_path / 'restored' / 'tact.db'}"
    else:
        yield from fresh(request.getfixturevalue("postgresql_server"), "template0")


@pytest.fixture
def shop(database: Database) -> Database:
    """A database with a customer who consented."""
    database.write(lambda c: profiles.upsert(c, [customer()], START))
    database.write(lambda c: consents.append(c, [consent("c-1", "email", True)]))
    return database


def test_a_backup_under_load_comes_back_as_one_instant(
    shop: Database, secret: Path, tmp_path: Path, empty_url: str
) -> None:
    decisions, ended = Decisions(Vault(load_secret(secret))), threading.Event()

    def decide(thread: int) -> None:
        number = 0
        while not ended.is_set():
            id = f"d-{thread}-{number}"
            shop.write(lambda c, id=id: decisions.commit(c, "c-1", START, always(id), signed))  # type: ignore[misc]  # mypy cannot type a default
            number += 1

    threads = [threading.Thread(target=decide, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    while rows_of(shop)["decisions"] < 20:
        pass
    written = backup(shop, tmp_path / "backup", secret, START)
    ended.set()
    for thread in threads:
        thread.join()
    assert verify(tmp_path / "backup") == written
    new_secret = tmp_path / "elsewhere" / "secret"
    assert restore(tmp_path / "backup", empty_url, new_secret) == written
    again = open_database(empty_url)
    assert rows_of(again) == written.rows
    assert written.rows["decisions"] == written.rows["contacts"] >= 20
    known = Decisions(Vault(load_secret(new_secret)))
    assert again.read(lambda c: known.get(c, "d-0-0")).personal == "秘密".encode()
    again.write(lambda c: consents.append(c, [consent("c-1", "email", False)]))
    seen = again.read(lambda c: recall(c, Who(id="c-1"), START))
    assert seen is not None
    assert seen.record.consents == {("email", "*"): False}
    again.close()


def test_a_backup_goes_into_an_empty_folder_only(shop: Database, secret: Path, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "letter").write_text("dear")
    with pytest.raises(Refused, match="is not empty"):
        backup(shop, tmp_path / "notes", secret, START)


def test_nothing_is_restored_over_anything(shop: Database, database_url: str, secret: Path, tmp_path: Path) -> None:
    backup(shop, tmp_path / "backup", secret, START)
    with pytest.raises(Refused, match="not empty"):
        restore(tmp_path / "backup", database_url, secret)


def test_nothing_is_restored_beside_another_secret(
    shop: Database, empty_url: str, secret: Path, tmp_path: Path
) -> None:
    backup(shop, tmp_path / "backup", secret, START)
    make_secret(tmp_path / "other")
    with pytest.raises(Refused, match="another master secret"):
        restore(tmp_path / "backup", empty_url, tmp_path / "other")


def test_a_backup_of_one_kind_is_not_restored_into_the_other(
    tmp_path: Path, empty_postgresql: str, secret: Path
) -> None:
    small = open_database(f"sqlite:///{tmp_path / 'tact.db'}")
    with pytest.raises(Unavailable, match="nothing to back up"):
        backup(small, tmp_path / "none", secret, START)
    small.migrate()
    backup(small, tmp_path / "backup", secret, START)
    small.close()
    with pytest.raises(Refused, match="one of sqlite"):
        restore(tmp_path / "backup", empty_postgresql, secret)


def test_an_altered_or_unfinished_backup_is_refused(shop: Database, secret: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    manifest = backup(shop, folder, secret, START)
    name = next(name for name in manifest.files if name != "secret")
    (folder / name).write_bytes(b"altered")
    (folder / "secret").unlink()
    with pytest.raises(Unreadable) as caught:
        verify(folder)
    assert len(caught.value.problems) == 2
    (folder / "manifest.json").unlink()
    with pytest.raises(Unreadable, match="never ended"):
        verify(folder)
