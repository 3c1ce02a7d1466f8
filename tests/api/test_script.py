"""./tact itself: from any folder, as a process of its own."""

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from api import VERSION
from tests.api.house import ASK
from tests.patience import PATIENCE

SCRIPT = Path(__file__).parents[2] / "tact"
ADDRESS = re.compile(r"running on (http://[\d.:]+)")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with packages of its own under the names of ours."""
    for name in ("api", "domain", "tools"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit('the wrong package')")
    return tmp_path


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The machine's environment with a TACT_HOME in `folder`."""
    return {**os.environ, "TACT_HOME": str(folder / "home"), **more}


def tact(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Runs the script in `folder`."""
    return subprocess.run(
        [SCRIPT, *words], cwd=folder, env=environment(folder), capture_output=True, text=True, check=False, timeout=600
    )


@contextmanager
def serving(folder: Path, **more: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The service as a process, with its address."""
    command = [str(SCRIPT), "serve", "--port", "0"]
    with subprocess.Popen(
        command, cwd=folder, env=environment(folder, **more), stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        try:
            found = next(match for line in process.stderr if (match := ADDRESS.search(line)))
            yield found[1], process
        finally:
            process.send_signal(signal.SIGTERM)
            process.stderr.read()


def test_the_script_works_in_any_folder(folder: Path) -> None:
    assert tact(folder, "version").stdout == f"tact {VERSION}\n"
    (folder / "linked").symlink_to(SCRIPT)
    linked = subprocess.run([folder / "linked", "version"], cwd="/", capture_output=True, text=True, check=True)
    assert linked.stdout == f"tact {VERSION}\n"


def test_a_process_serves_while_commands_run_beside_it(folder: Path) -> None:
    added = tact(folder, "keys", "add", "--role", "channel", "--person", "mailer")
    token = added.stdout.splitlines()[-1]
    with serving(folder) as (address, process):
        with httpx.Client(base_url=address, headers={"Authorization": f"Bearer {token}"}, timeout=PATIENCE) as client:
            assert client.get("/readyz").json()["ready"] is True
            unknown = client.post("/v1/next-message", json=ASK)
            assert (unknown.status_code, unknown.json()["type"]) == (404, "urn:tact:problem:not-found")
            later = tact(folder, "keys", "add", "--role", "analyst", "--person", "reader").stdout.splitlines()[-1]
            assert client.get("/v1/policies", headers={"Authorization": f"Bearer {later}"}).status_code == 200
        refused = tact(folder, "ask", "anna")
        assert refused.returncode == 1
        assert f"process {process.pid}" in refused.stderr
        assert "Traceback" not in refused.stderr
    assert process.returncode in (0, -signal.SIGTERM)
