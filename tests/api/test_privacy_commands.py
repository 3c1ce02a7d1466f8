"""`./tact privacy`: export, erase, come back with a backup, and be erased again."""

import json
from pathlib import Path

import pytest

from agent.erasing import LIST
from records import accesses, profiles
from tests.agent.stage import ANNA
from tests.api.test_commands import home, stores, tact
from tests.clock import START
from tests.records.encoders import WordEncoder

__all__ = ["home"]


@pytest.fixture(autouse=True)
def encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    """An encoder that needs no model."""
    monkeypatch.setattr("api.commands.privacy.SentenceEncoder", WordEncoder)


def arrive(folder: Path) -> None:
    """Anna is known."""
    opened = stores(folder)
    anna = ANNA.model_copy(update={"identifiers": {"email": "anna.planted@example.com"}})
    opened.write(lambda c: profiles.upsert(c, [anna], START))
    opened.close()


def test_a_customer_is_exported_and_erased(home: Path, tmp_path: Path) -> None:
    arrive(home)
    out = tmp_path / "anna.json"
    assert "Hand it over safely" in tact("privacy", "export", "anna", "--out", str(out))
    assert json.loads(out.read_text("utf-8"))["customers"][0]["profile"]["display_name"] == "Anna"
    assert out.stat().st_mode & 0o077 == 0
    opened = stores(home)
    looks = opened.read(lambda c: accesses.of_customer(c, "anna", "", 10).items)
    opened.close()
    assert [(one.role, one.what) for one in looks] == [("operator", "export")]
    assert "anna is erased (1 id;" in tact("privacy", "erase", "anna", "--by", "pat")
    assert "was erased before" in tact("privacy", "erase", "anna")
    assert "There is no customer 'nobody'" in tact("privacy", "erase", "nobody", code=1)
    assert "There is no customer 'anna'" in tact("privacy", "export", "anna", "--out", str(tmp_path / "x"), code=1)
    said = tact("privacy", "vacuum")
    assert "tact.db" in said and "context" in said
    found = [path for path in home.rglob("*") if path.is_file() and b"anna.planted" in path.read_bytes()]
    assert not found


def test_a_backup_from_before_does_not_bring_anybody_back(home: Path, tmp_path: Path) -> None:
    arrive(home)
    tact("backup", str(tmp_path / "backup"))
    tact("privacy", "erase", "anna")
    tact("privacy", "erasures", "--out", str(tmp_path / "list.jsonl"))
    (home / "tact.db").unlink()
    assert "Erased again, as they were after it was made: 1 customer (2 hashes)." in tact(
        "restore", str(tmp_path / "backup")
    )
    (home / "tact.db").unlink()
    (home / LIST).unlink()
    assert "privacy reapply --from LIST" in tact("restore", str(tmp_path / "backup"))
    assert "1 customer erased again; 2 hashes" in tact("privacy", "reapply", "--from", str(tmp_path / "list.jsonl"))
    assert "was erased before" in tact("privacy", "erase", "anna")


def test_readmitting_and_retaining(home: Path) -> None:
    arrive(home)
    assert "None of these was kept out" in tact("privacy", "readmit", "--id", "anna")
    tact("privacy", "erase", "anna")
    said = tact("privacy", "readmit", "--id", "anna", "--email", "ANNA.planted@example.com", "--by", "pat")
    assert "2 of 2 may come in again" in said
    assert "name the person by --id" in tact("privacy", "readmit", code=1)
    assert "Nothing is older than it may be" in tact("privacy", "retain")
