"""The stage of a proof: customers who agreed to everything, a few offers, and a server that can be killed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from agent.settings import Settings
from agent.stores import Stores, open_stores
from domain.consent import Consent, Evidence
from domain.customer import Customer, Stage
from domain.language import Text
from domain.offer import Offer
from evals.service import Service
from records import catalogue, consents, keys, profiles
from records.connection import Connection

ROOT = Path(__file__).resolve().parents[2]
NOON = "2026-11-24T03:00:00+00:00"
"""Tuesday noon in Tokyo: no quiet hours are near, whenever the proof runs."""

OFFERS = tuple(
    Offer(
        id=f"proof-{number}",
        kind="product",
        name=Text(ja=f"見本の品{'甲乙丙丁'[number]}", en=f"Sample piece {'ABCD'[number]}"),
        category="fashion",
        url=f"https://shop.example.com/items/{number}",
        facts={"word": Text(ja="見本の品", en="sample piece")},
    )
    for number in range(4)
)


def settings_for(home: Path, database_url: str | None = None) -> Settings:
    """Settings of a proof, at noon; homes beside each other share one secret."""
    secret = home.parent / "secret"
    return Settings.model_validate({"home": home, "database_url": database_url, "clock": NOON, "secret_file": secret})


def environment_of(home: Path) -> dict[str, str]:
    """The same settings for a process of its own."""
    return {"TACT_HOME": str(home), "TACT_SECRET_FILE": str(home.parent / "secret"), "TACT_CLOCK": NOON}


def people(stores: Stores, count: int) -> list[str]:
    """As many customers who agreed to every channel, and the offers; answers with the ids."""
    ids, now = [f"proof-{number}" for number in range(count)], stores.clock.now()
    evidence = Evidence(method="proof")

    def write(c: Connection) -> None:
        known = [
            Customer(id=one, language="en", country="JP", timezone="Asia/Tokyo", stage=Stage.ACTIVE) for one in ids
        ]
        profiles.upsert(c, known, now)
        consents.append(
            c,
            [
                Consent(customer_id=one, topic=topic, granted=True, evidence=evidence, at=now)
                for one in ids
                for topic in ("email", "push", "line", "sms")
            ],
        )
        catalogue.upsert(c, OFFERS, now)

    stores.write(write)
    return ids


def key_for(stores: Stores) -> str:
    """A key that may ask."""
    return stores.write(lambda c: keys.add(c, "channel", "proof", (), stores.clock.now()))


@contextmanager
def opened(home: Path, database_url: str | None = None) -> Iterator[Stores]:
    """The stores of a proof."""
    stores = open_stores(settings_for(home, database_url))
    try:
        yield stores
    finally:
        stores.close()


class Server(Service):
    """The service on the home of a proof."""

    def __init__(self, home: Path) -> None:
        super().__init__("serve", environment_of(home))
