"""Settings: environment variables TACT_*, each with a default that works on a laptop."""

from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from domain.clock import Clock, ShiftedClock, SystemClock
from domain.language import Language


class Settings(BaseSettings):
    """Where things are and how much of them there may be."""

    model_config = SettingsConfigDict(env_prefix="TACT_", frozen=True, extra="ignore")

    home: Path = Path(__file__).resolve().parents[1] / ".tact"
    """The data folder: database, vector store and secret."""
    database_url: str | None = None
    """sqlite:////path/file.db or postgresql://…; the default is tact.db in `home`."""
    chroma_url: str | None = None
    """A Chroma server shared by several processes; the default is an embedded store in `home`, owned by one process."""
    secret_file: Path | None = None
    """The master secret, shared by processes on one database; the default is `secret` in `home`, made on first use."""
    clock: AwareDatetime | None = None
    """A simulated present that runs on from here, for evaluations."""
    auth: Literal["on", "off"] = "on"
    public_url: str = "http://127.0.0.1:8000"
    """Where customers reach this service: the base of unsubscribe links."""
    language: Language = "ja"
    home_country: str = Field("JP", pattern="^[A-Z]{2}$")
    home_timezone: str = "Asia/Tokyo"
    readers: int = Field(4, ge=1, le=64)
    """Threads that read the stores."""
    core: int | None = Field(None, ge=0)
    """The one processor core to run on: Python uses one at a time, and moving between them costs up to a quarter."""
    max_waiting: int = Field(256, ge=1)
    """Asks under way at once; one more is answered with 429."""

    @property
    def database(self) -> str:
        """The URL of the database in use."""
        return self.database_url or f"sqlite:///{(self.home / 'tact.db').absolute()}"

    @property
    def secret(self) -> Path:
        """The file of the master secret in use."""
        return self.secret_file or self.home / "secret"

    def make_clock(self) -> Clock:
        """The clock that the service runs on."""
        start: datetime | None = self.clock
        return SystemClock() if start is None else ShiftedClock(start)
