"""The service in a process of its own, started for a measurement or a proof, and ended gently or not."""

import os
import signal
import socket
import subprocess
import tempfile
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from time import monotonic, sleep

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 90.0


class Service:
    """`./tact serve`, or another command that serves, on a port of this machine, a free one where none is named."""

    def __init__(self, command: str, settings: Mapping[str, str], port: int | None = None) -> None:
        self.port = port or free_port()
        # A file, not a pipe: nobody reads a pipe while the service runs, and a full one would stop it.
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  # it lives as long as the process does
        self._process = subprocess.Popen(
            [str(ROOT / "tact"), command, "--port", str(self.port)],
            env={**os.environ, **settings},
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=self._said,
        )
        self._wait()

    def kill(self) -> None:
        """Ends it at once, with no chance to tidy up."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self._said.close()

    def stop(self) -> None:
        """Ends it as an operator would."""
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(timeout=30)
        self._said.close()

    def said(self) -> str:
        """What it wrote to its log until now."""
        self._said.seek(0)
        return self._said.read().decode(errors="replace")

    def _wait(self) -> None:
        """Returns when the port answers; raises with what the process said if it ended."""
        end = monotonic() + PATIENCE
        while monotonic() < end:
            if self._process.poll() is not None:
                raise RuntimeError(f"the service ended with {self._process.returncode}: {self.said()[-2000:]}")
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=1).close()
                return
            except OSError:
                sleep(0.1)
        self.kill()
        raise RuntimeError(f"no answer on port {self.port} within {PATIENCE:g} s")


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
