"""Segment's SDKs for Python and Node, as they are published, against a service in a process of its own."""

import json
from pathlib import Path

import pytest

from evals.proofs import sdks
from evals.proofs.sdks import deliver


def test_every_event_arrives_once_though_the_service_is_killed(tmp_path: Path) -> None:
    found = deliver(tmp_path / "home", each=210, kills=1, pause_ms=150)
    assert found == {
        "kills": 1,
        "sent": 420,
        "given up by an SDK": 0,
        "missing": 0,
        "not sent by anybody": 0,
        "orders sent": 60,
        "orders counted": 60,
    }


def test_without_node_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda program: None)
    with pytest.raises(RuntimeError, match="install Node 18"):
        sdks.node()


def test_the_lock_of_the_sdk_names_no_registry() -> None:
    lock = (sdks.NODE / "package-lock.json").read_text("utf-8")
    assert "://" not in lock
    assert all("integrity" in one for path, one in json.loads(lock)["packages"].items() if path)
