"""The master secret: one for one database, made once, and missed at once where it is lost."""

import math
import threading
from pathlib import Path

import pytest

from domain.errors import SecretLost
from records import schema
from records.database import Database, open_database
from records.secret import make_secret, mark, open_secret
from records.statement import prepare
from records.vault import Vault, derive

FORGET_THE_MARK = prepare(schema.marks.delete())


def use(database: Database, secret: bytes) -> None:
    """Seals something under the secret."""
    database.write(lambda c: Vault(derive(secret, "vault")).encrypt(c, "c-1", b"secret", "d-1"))


@pytest.mark.parametrize("marked", (True, False), ids=("with its mark", "from before there were marks"))
def test_a_lost_secret_is_not_replaced(database: Database, tmp_path: Path, marked: bool) -> None:
    path = tmp_path / "home" / "secret"
    first = open_secret(database, path)
    use(database, first)
    if not marked:
        database.write(lambda c: c.run(FORGET_THE_MARK))
    path.rename(tmp_path / "old")
    with pytest.raises(SecretLost, match=rf"{path}: The master secret is missing") as refused:
        open_secret(database, path)
    assert refused.value.retry_after == math.inf
    assert not path.exists()
    (tmp_path / "old").rename(path)
    assert open_secret(database, path) == first


@pytest.mark.parametrize("marked", (True, False), ids=("with its mark", "from before there were marks"))
def test_the_secret_of_another_database_is_refused(database: Database, tmp_path: Path, marked: bool) -> None:
    use(database, open_secret(database, tmp_path / "secret"))
    if not marked:
        database.write(lambda c: c.run(FORGET_THE_MARK))
    make_secret(tmp_path / "other")
    with pytest.raises(SecretLost, match="is not that of this database"):
        open_secret(database, tmp_path / "other")


def test_a_home_from_before_goes_on_and_gets_its_mark(database: Database, tmp_path: Path) -> None:
    secret = make_secret(tmp_path / "secret")
    use(database, secret)
    assert open_secret(database, tmp_path / "secret") == secret
    assert database.read(mark)


def test_a_folder_that_does_not_exist_is_not_made_for_a_secret_that_is_lost(database: Database, tmp_path: Path) -> None:
    open_secret(database, tmp_path / "secret")
    with pytest.raises(SecretLost, match="missing"):
        open_secret(database, tmp_path / "nowhere" / "secret")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("homes", (1, 8), ids=("one home", "eight homes"))
def test_processes_that_start_at_once_agree_on_one_secret(database_url: str, tmp_path: Path, homes: int) -> None:
    paths = [tmp_path / str(number % homes) / "secret" for number in range(8)]
    opened = [open_database(database_url, readers=1, writers=1) for _ in paths]
    found: list[bytes] = []
    refused: list[SecretLost] = []
    ready = threading.Barrier(len(paths))

    def start(database: Database, path: Path) -> None:
        ready.wait()
        try:
            found.append(open_secret(database, path))
        except SecretLost as error:
            refused.append(error)

    threads = [threading.Thread(target=start, args=pair) for pair in zip(opened, paths, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for database in opened:
        database.close()
    assert len(set(found)) == 1
    assert len(found) == 8 // homes
    assert len(refused) == 8 - 8 // homes
    assert [path.exists() for path in {*paths}].count(True) == 1
