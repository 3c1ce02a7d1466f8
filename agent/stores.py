"""Stores: the records and their keys, without the vector store: what most commands need."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from agent.settings import Settings
from domain.clock import Clock
from domain.customer import Customer
from domain.errors import Malformed
from policies.seal import Seal
from records import tombstones
from records.cleansing import phones
from records.connection import Connection
from records.database import Database, open_database
from records.decisions import Decisions
from records.secret import open_secret
from records.vault import Vault, derive, mark_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stores:
    """Database, vault, seals and time, opened together and closed together."""

    settings: Settings
    clock: Clock
    database: Database
    vault: Vault
    decisions: Decisions
    seal: Seal
    links: Seal
    """Signs the tokens in links, under a key of its own."""
    suppression: bytes
    """The key of the hashes by which we know whom to forget."""
    mark: str
    """By what the master secret in use is known again."""

    def read(self, work: Callable[[Connection], T]) -> T:
        """Runs `work` on one consistent snapshot."""
        return self.database.read(work)

    def write(self, work: Callable[[Connection], T]) -> T:
        """Runs `work` in one transaction."""
        return self.database.write(work)

    def zone_of(self, customer: Customer) -> ZoneInfo:
        """The customer's zone, or the deployment's where theirs is unknown: for words and habits, never for rules."""
        return _zone(customer.timezone or self.settings.home_timezone) or ZoneInfo(self.settings.home_timezone)

    def close(self) -> None:
        """Finishes what is under way and lets go of the files."""
        self.database.close()


def open_stores(settings: Settings, clock: Clock | None = None) -> Stores:
    """Opens the database (bringing its schema up to date) and the keys derived from the master secret."""
    phones.at_home(settings.home_country)
    with named("TACT_HOME", settings.home):
        settings.home.mkdir(parents=True, exist_ok=True)
    database = open_database(settings.database, readers=settings.readers)
    try:
        database.migrate()
        with named("TACT_SECRET_FILE" if settings.secret_file else "TACT_HOME", settings.secret):
            secret = open_secret(database, settings.secret)
    except BaseException:
        database.close()
        raise
    vault = Vault(derive(secret, "vault"))
    return Stores(
        settings=settings,
        clock=clock or settings.make_clock(),
        database=database,
        vault=vault,
        decisions=Decisions(vault),
        seal=Seal(derive(secret, "seal")),
        links=Seal(derive(secret, "links")),
        suppression=derive(secret, tombstones.PURPOSE),
        mark=mark_of(secret),
    )


@contextmanager
def named(variable: str, path: Path) -> Iterator[None]:
    """Whoever set a path that cannot be used is told which variable holds it."""
    try:
        yield
    except OSError as error:
        why = f"{error.strerror}. Name a place that this program may write to."
        raise Malformed(variable, str(path), why) from error


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
