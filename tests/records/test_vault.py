"""The vault: what is encrypted stays so, and a destroyed key is gone everywhere."""

import threading
from pathlib import Path

import pytest

from domain.errors import Unavailable, Unreadable
from records import vault
from records.database import Database, open_database
from records.secret import load_secret, make_secret
from records.vault import Vault, derive

MASTER = b"m" * 32


def test_what_is_locked_opens_again_and_only_for_what_it_is_about(database: Database) -> None:
    safe = Vault(MASTER)
    locked = database.write(lambda c: safe.encrypt(c, "c-1", "秘密".encode(), "d-1"))
    assert "秘密".encode() not in locked
    assert database.read(lambda c: safe.decrypt(c, "c-1", locked, "d-1")) == "秘密".encode()
    with pytest.raises(Unavailable, match=r"'d-2'.*altered"):
        database.read(lambda c: safe.decrypt(c, "c-1", locked, "d-2"))


def test_one_altered_byte_is_noticed(database: Database) -> None:
    safe = Vault(MASTER)
    locked = database.write(lambda c: safe.encrypt(c, "c-1", b"secret", "d-1"))
    forged = locked[:-1] + bytes([locked[-1] ^ 1])
    with pytest.raises(Unavailable, match="altered"):
        database.read(lambda c: safe.decrypt(c, "c-1", forged, "d-1"))


def test_each_customer_has_a_key_of_their_own(database: Database) -> None:
    safe = Vault(MASTER)
    locked = database.write(lambda c: safe.encrypt(c, "c-1", b"secret", "d-1"))
    database.write(lambda c: safe.key_for(c, "c-2"))
    assert database.read(lambda c: safe.decrypt(c, "c-2", locked, "d-1")) is None


def test_a_destroyed_key_is_gone_for_every_process_at_once_and_for_ever(database_url: str) -> None:
    here, there = open_database(database_url), open_database(database_url)
    safe, other = Vault(MASTER), Vault(MASTER)
    locked = here.write(lambda c: safe.encrypt(c, "c-1", b"secret", "d-1"))
    assert there.read(lambda c: other.decrypt(c, "c-1", locked, "d-1")) == b"secret"
    assert here.write(lambda c: safe.destroy(c, "c-1")) is True
    assert here.write(lambda c: safe.destroy(c, "c-1")) is False
    assert there.read(lambda c: other.decrypt(c, "c-1", locked, "d-1")) is None
    there.write(lambda c: other.encrypt(c, "c-1", b"new life", "d-2"))
    assert here.read(lambda c: safe.decrypt(c, "c-1", locked, "d-1")) is None
    here.close()
    there.close()


def test_a_destroyed_key_does_not_linger_in_the_file_of_sqlite(tmp_path: Path) -> None:
    path = tmp_path / "tact.db"
    database = open_database(f"sqlite:///{path}")
    database.migrate()
    safe = Vault(MASTER)
    database.write(lambda c: safe.key_for(c, "c-1"))
    wrapped = database.read(lambda c: c.one(vault.GET, id="c-1"))
    assert wrapped is not None
    database.write(lambda c: safe.destroy(c, "c-1"))
    database.close()
    assert bytes(wrapped[0]) not in path.read_bytes()


def test_another_master_secret_opens_nothing_and_says_why(database: Database) -> None:
    locked = database.write(lambda c: Vault(MASTER).encrypt(c, "c-1", b"secret", "d-1"))
    with pytest.raises(Unavailable, match="Put the secret file of this database back"):
        database.read(lambda c: Vault(b"x" * 32).decrypt(c, "c-1", locked, "d-1"))


def test_keys_for_different_purposes_differ() -> None:
    assert len({derive(MASTER, purpose) for purpose in ("vault", "seal", "links")}) == 3
    assert derive(MASTER, "seal") == derive(MASTER, "seal") != derive(b"x" * 32, "seal")


def test_the_master_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "home" / "secret"
    found: list[bytes] = []
    starts = [threading.Thread(target=lambda: found.append(make_secret(path))) for _ in range(8)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert len(set(found)) == 1
    assert len(found[0]) == 32
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["secret"]


def test_a_master_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    make_secret(path)
    path.chmod(0o644)
    with pytest.raises(Unreadable, match="chmod 600"):
        load_secret(path)


def test_a_broken_master_secret_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("half of i")
    path.chmod(0o600)
    with pytest.raises(Unreadable, match="Restore it from a backup"):
        load_secret(path)
    assert path.read_text() == "half of i"
