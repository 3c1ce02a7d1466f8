"""The inventory: what runs today, for how many, and what is missing, from what there really is."""

from pathlib import Path

from agent.exchange.loading import Request, load
from agent.inventory.inventory import Inventory, inventory
from agent.rulebook import ensure_book, in_force
from agent.stores import Stores
from domain.channel import Channel
from policies.book import Book
from tests.agent.exchange.conftest import stores as stores
from tests.agent.exchange.test_load import SAMPLES, mapping, table


def taken(stores: Stores) -> Inventory:
    """The inventory now."""
    ensure_book(stores)
    kept = stores.read(in_force)
    return inventory(stores, Book.from_document(kept.version, kept.document), stores.clock.now())


def test_an_empty_house_needs_customers_first(stores: Stores) -> None:
    found = taken(stores)
    assert found.customers == 0 and len(found.scenes) > 12
    assert not any(one.runs for one in found.scenes)
    assert all("--as customers" in (one.verdict.en or "") for one in found.scenes)
    assert all("顧客を読み込んで" in (one.verdict.ja or "") for one in found.scenes)


def test_each_load_takes_scenes_further(stores: Stores, tmp_path: Path) -> None:
    members = Request(SAMPLES / "members_sjis.csv", "customers", mapping("members.yaml"))
    load(stores, members, "en", lambda done, total: None)
    scenes = {one.scene.id: one for one in taken(stores).scenes}
    assert "--as offers" in (scenes["newsletter"].verdict.en or "")
    assert "Product Added" in (scenes["cart_abandonment"].verdict.en or "")
    load(stores, Request(SAMPLES / "offers.csv", "offers", mapping("offers.yaml")), "en", lambda done, total: None)
    rows = ("who,what,when,sku", "00000001,Product Added,2026-11-24 00:00:00Z,coat-01")
    columns = "columns: {who: loyalty_id, what: event, when: at, sku: properties.product_id}\nidentify: loyalty_id"
    carted = Request(table(tmp_path, *rows), "events", columns)
    assert load(stores, carted, "en", lambda done, total: None).counts["events"] == 1
    found = taken(stores)
    scenes = {one.scene.id: one for one in found.scenes}
    newsletter, cart = scenes["newsletter"], scenes["cart_abandonment"]
    assert newsletter.runs and newsletter.by_channel[Channel.EMAIL] == 9
    assert newsletter.verdict.ja == f"今日から{newsletter.customers}人に動きます。"
    assert cart.customers == 1 and cart.runs
    assert {need.what: need.have for need in newsletter.needs if need.what in ("offers", "stock")} == {
        "offers": 2,
        "stock": 2,
    }
    assert found.events == {"carted": 1} and found.offers == {"product": 3}
    assert found.identifiers == {"email": 11, "loyalty_id": 12, "phone": 12}
    birthday = {need.what: need for need in scenes["birthday"].needs}
    assert birthday["trigger"].have == 11
