"""Settings: environment variables TACT_*, each with a default that works on a laptop."""

import re
from datetime import datetime
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import AfterValidator, AwareDatetime, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from domain.clock import EARLIEST, LATEST, SPAN, Clock, ShiftedClock, SystemClock
from domain.language import Language
from policies.zones import zone_named


def host_of(url: str, example: str) -> str:
    """The host in the address of a server; raises ValueError where nobody could connect to it."""
    parts = urlsplit(url)  # Its own words quote brackets that do not match.
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in url or set(url) & WHITE:
        raise ValueError(f"it is no address; write it like {example}")
    if parts.port == 0:
        raise ValueError("nobody listens on port 0")
    return parts.hostname


def reachable(url: str) -> str:
    """The address of a model's server."""
    host_of(url, "https://api.example.com/v1")
    if "?" in url or "#" in url:
        raise ValueError("leave out what begins with ? or #; for Azure write https://NAME.openai.azure.com/openai/v1")
    return url


def opened_by_customers(url: str) -> str:
    """The address at which links in messages begin."""
    host_of(url, "https://tact.example.com")
    if "?" in url or "#" in url:
        raise ValueError("leave out what begins with ? or #")
    return url.rstrip("/")


def of_chroma(url: str) -> str:
    """The address of a Chroma server."""
    host_of(url, "http://127.0.0.1:8001")
    return url


def on_the_map(zone: str) -> str:
    """The name of a time zone; raises ValueError where there is none of that name."""
    if zone_named(zone) is None:
        close = get_close_matches(zone, available_timezones(), 1)
        raise ValueError(f"there is no such zone; write it like {close[0] if close else 'Asia/Tokyo'}")
    return zone


def countable(at: datetime) -> datetime:
    """A time that every date and id can be made of."""
    if not EARLIEST <= at <= LATEST:
        raise ValueError(f"give a time {SPAN}")
    return at


def not_the_program(home: Path) -> Path:
    """A data folder that is not the repository's own, where the secret would lie beside the source."""
    if home.resolve() == REPOSITORY:
        raise ValueError("this is the program's own folder; name one of its own for the data, such as .tact")
    return home


def sendable(key: SecretStr) -> SecretStr:
    """A key that fits into a header; raises ValueError for one with a line break or a stray letter."""
    if not re.fullmatch(r"[!-~]+", key.get_secret_value()):
        raise ValueError("it holds a blank, a line break or a letter that no key has; copy it once more")
    return key


REPOSITORY = Path(__file__).resolve().parents[1]
WHITE = frozenset(" \t\r\n\v\f\u3000")
Address = Annotated[str, AfterValidator(reachable)]


class Settings(BaseSettings):
    """Where things are and how much of them there may be."""

    model_config = SettingsConfigDict(env_prefix="TACT_", frozen=True, extra="ignore", env_ignore_empty=True)

    home: Annotated[Path, AfterValidator(not_the_program)] = REPOSITORY / ".tact"
    """The data folder: database, vector store and secret."""
    database_url: str | None = None
    """sqlite:////path/file.db or postgresql://…; the default is tact.db in `home`."""
    chroma_url: Annotated[str, AfterValidator(of_chroma)] | None = None
    """A Chroma server shared by several processes; the default is an embedded store in `home`, owned by one process."""
    secret_file: Path | None = None
    """The master secret, shared by processes on one database; the default is `secret` in `home`, made on first use."""
    clock: Annotated[AwareDatetime, AfterValidator(countable)] | None = None
    """A simulated present that runs on from here, for evaluations."""
    auth: Literal["on", "off"] = "on"
    public_url: Annotated[str, AfterValidator(opened_by_customers)] = "http://127.0.0.1:8000"
    """Where customers reach this service: the base of unsubscribe links."""
    language: Language = "ja"
    home_country: str = Field("JP", pattern="^[A-Z]{2}$")
    home_timezone: Annotated[str, AfterValidator(on_the_map)] = "Asia/Tokyo"
    readers: int = Field(4, ge=1, le=64)
    """Threads that read the stores."""
    core: int | None = Field(None, ge=0)
    """The one processor core to run on: Python uses one at a time, and moving between them costs up to a quarter."""
    memories: int = Field(50, ge=1, le=50)
    """Memories kept for one person; an ask reads no more than 50."""
    max_waiting: int = Field(256, ge=1)
    """Asks under way at once; one more is answered with 429."""
    journeys: Literal["on", "off"] = "on"
    """Whether `./tact serve` carries out what starts by itself; `./tact worker` does it in a process of its own."""
    journeys_grace: float = Field(30.0, ge=0)
    """Seconds after a start during which nothing overdue goes out: events that waited outside arrive first."""
    intake_waiting: int = Field(32, ge=1)
    """Requests with events under way at once; one more is answered with 429."""
    keep_events_days: int = Field(760, ge=1)
    """How long events are kept, 25 months: what they add up to stays."""
    keep_dead_letters_days: int = Field(30, ge=1)
    keep_reviews_days: int = Field(400, ge=8)
    """Reviews that were decided, or waited too long, and orders for copy that were carried out."""
    keep_accesses_days: int = Field(1095, ge=1)
    """Who looked at whose data."""
    llm_base_url: Address | None = None
    """An OpenAI-compatible endpoint, such as https://api.example.com/v1; without it no model is asked."""
    llm_model: str | None = Field(None, min_length=1)
    """The model's name, as its server knows it."""
    llm_api_key: Annotated[SecretStr, AfterValidator(sendable)] | None = None
    llm_embed_model: str | None = None
    """A model for embeddings at the same endpoint; the default encodes on this machine."""
    llm_connect_seconds: float = Field(2.0, gt=0)
    """How long a connection may take."""
    llm_read_seconds: float = Field(30.0, gt=0)
    """How long the server may be silent."""
    llm_seconds: float = Field(60.0, gt=0)
    """How long one request may take, waiting and repeating included."""
    llm_retries: int = Field(2, ge=0, le=10)
    llm_concurrency: int = Field(64, ge=1)
    """Requests that may be with the model at once."""
    llm_failures: int = Field(5, ge=0)
    """Failures in a row after which the model is left alone for a while; 0 is never."""
    llm_tokens_per_day: int | None = Field(None, ge=0)
    llm_money_per_day: Decimal | None = Field(None, ge=0)
    llm_price_in: Decimal = Field(Decimal(0), ge=0)
    """What a million tokens cost that the model reads."""
    llm_price_out: Decimal = Field(Decimal(0), ge=0)
    """What a million tokens cost that the model writes."""
    llm_currency: str = Field("USD", pattern="^[A-Z]{3}$")

    @property
    def database(self) -> str:
        """The URL of the database in use."""
        return self.database_url or f"sqlite:///{(self.home / 'tact.db').absolute()}"

    @property
    def secret(self) -> Path:
        """The file of the master secret in use."""
        return self.secret_file or self.home / "secret"

    @property
    def folder(self) -> Path:
        """Where this machine writes most: the folder of the database where it is a file, else the home."""
        file = self.database.removeprefix("sqlite:///")
        return self.home if file == self.database else Path(file).parent

    def make_clock(self) -> Clock:
        """The clock that the service runs on."""
        start: datetime | None = self.clock
        return SystemClock() if start is None else ShiftedClock(start)
