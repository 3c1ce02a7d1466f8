"""Features through the front door: events are sent, and the profile says in words and units what they come to."""

from datetime import timedelta
from typing import Any

from policies.document import PLAYBOOK
from tests.api.house import House
from tests.clock import START


def sent(house: House, name: str, id: str, user: str = "miki", days_ago: float = 0, **said: Any) -> None:
    """One event of the customer."""
    at = (START - timedelta(days=days_ago)).isoformat()
    body = {"event": name, "userId": user, "messageId": id, "timestamp": at, "properties": said}
    answer = house.post("/v1/track", "ingest", body)
    assert answer.status_code == 200, answer.text


def shown(house: House, user: str = "miki", language: str = "en") -> dict[str, str]:
    """What the profile says of the customer's behaviour."""
    profile = house.get(f"/v1/customers/{user}", "marketer", headers={"Accept-Language": language}).json()
    return {"stage": profile["behaviour"]["stage"], **{one["id"]: one["text"] for one in profile["behaviour"]["facts"]}}


def test_events_become_features_with_units(house: House) -> None:
    house.post("/v1/customers", "ingest", {"id": "miki", "timezone": "Asia/Tokyo", "stage": "prospect"})
    tea = {"product_id": "sencha", "category": "tea", "price": 1200, "quantity": 2}
    sent(house, "Order Completed", "m-1", order_id="o-1", total=2400, currency="JPY", products=[tea], days_ago=8)
    sent(house, "Order Completed", "m-1", order_id="o-1", total=2400, currency="JPY", products=[tea], days_ago=8)
    sent(house, "Order Completed", "m-2", order_id="o-2", total="¥1,200", currency="JPY", products=[tea], days_ago=1)
    sent(house, "Product Added", "m-3", product_id="teapot")
    profile = house.get("/v1/customers/miki", "marketer").json()
    assert (profile["features"]["orders"], profile["features"]["spend"]) == (2, 3600)
    assert profile["features"]["cart"] == ["teapot"] and profile["customer"]["stage"] == "new"
    said = shown(house)
    assert said["orders"] == "2 (2 in the last 90 days)"
    assert said["spend"] == "3,600 JPY (3,600 JPY in the last 90 days)"
    assert said["habits"] == "tea (2 days, last 2026-11-23)"
    assert said["stage"].startswith("new: 2 orders, 1 day since the last one, usually every 7 days")
    assert shown(house, language="ja")["orders"] == "2回（この90日に2回）"


def test_an_imported_customer_who_orders_has_one_order_more(house: House) -> None:
    before = house.get("/v1/customers/anna", "marketer").json()["features"]
    sent(house, "Order Completed", "m-9", "anna", order_id="o-9", total=10)
    after = house.get("/v1/customers/anna", "marketer").json()["features"]
    assert after["orders"] == before["orders"] + 1 == 13
    assert after["spend"] == before["spend"] + 10
    assert {**after["habits"], "last_at": 0} == {**before["habits"], "last_at": 0}


def test_a_marketer_changes_what_a_stage_is_and_another_person_approves(house: House) -> None:
    shipped = (PLAYBOOK / "house.yaml").read_text(encoding="utf-8")
    own = "stages:\n  - {stage: prospect, most_orders: 0}\n  - {stage: loyal, orders: 1}\n  - {stage: active}\n"
    made = house.post("/v1/policies/proposals", "marketer", {"house": shipped, "stages": own}).json()
    (change,) = [one for one in made["changes"] if one["noun"] == "stages"]
    assert change["loosens"] and "churned" in change["fields"]
    assert house.post(f"/v1/policies/proposals/{made['id']}/approve", "approver").status_code == 200
    again = house.post("/v1/policies/proposals", "marketer", {"house": shipped}).json()
    assert not [one for one in again["changes"] if one["noun"] == "stages"]
    house.post("/v1/customers", "ingest", {"id": "miki"})
    sent(house, "Order Completed", "m-1", order_id="o-1", total=2400, currency="JPY")
    assert house.get("/v1/customers/miki", "marketer").json()["customer"]["stage"] == "loyal"
    assert shown(house)["stage"].endswith("The stage is for 1 order or more.")
