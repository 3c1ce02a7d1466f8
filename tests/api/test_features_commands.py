"""./tact features: shows what behaviour comes to, and rebuilds it from the events."""

from datetime import timedelta

import pytest

from agent.settings import Settings
from agent.stores import open_stores
from domain.customer import Customer
from domain.features import Features
from domain.stages import Stages
from records import behaviour, profiles
from records.connection import Connection
from records.intake import row
from records.recount import events
from records.statement import insert_new
from tests.api.test_commands import home, tact
from tests.clock import START
from tests.domain.streams import event

__all__ = ["home"]
DAY = timedelta(days=1)
LONG_AGO = Features(first_at=START - 300 * DAY, last_at=START - 100 * DAY, orders=9, spend=900.0)


@pytest.fixture
def shop(home: object) -> None:
    """Two customers: miki has an order that was taken in, ren was imported."""
    stores = open_stores(Settings())
    order = event("Order Completed", START - DAY, "m-1", order_id="o-1", total=1200, currency="JPY")
    mine = order.model_copy(update={"customer_id": "miki"})

    def write(c: Connection) -> None:
        profiles.upsert(c, [Customer(id="miki"), Customer.model_validate({"id": "ren", "stage": "active"})], START)
        profiles.save_features(c, [("ren", LONG_AGO)], START)
        c.many(insert_new(events), [row(mine)])
        behaviour.fold(c, {"miki": [mine]}, Stages(), START)

    stores.write(write)
    stores.close()


@pytest.mark.usefixtures("shop")
def test_rebuilding_changes_nothing_that_was_right() -> None:
    assert tact("features", "rebuild", "--customer", "miki").endswith("1 customer recounted, 0 with another sum.\n")
    assert "2 customers recounted, 0 with another sum." in tact("features", "rebuild")
    assert "離反予兆：ご注文9回" in tact("features", "show", "ren")
    assert "In another stage: 0 customers." in tact("features", "refresh")


@pytest.mark.usefixtures("shop")
def test_what_is_shown_has_units() -> None:
    shown = tact("features", "show", "miki")
    assert "新規：ご注文1回、最後のご注文から1日" in shown and "1,200 JPY" in shown
    assert "'nobody'" in tact("features", "show", "nobody", code=1)
    assert "'nobody'" in tact("features", "rebuild", "--customer", "nobody", code=1)


@pytest.mark.usefixtures("shop")
def test_time_alone_moves_a_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TACT_CLOCK", "2027-01-20T10:00:00+09:00")
    refreshed = tact("features", "refresh")
    assert "miki: new → at_risk" in refreshed and "In another stage: 1 customer." in refreshed
