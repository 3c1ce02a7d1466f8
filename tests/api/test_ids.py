"""Whatever id a customer or an offer came with, it can be looked up, exported and erased under it."""

import json
import string
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.api.house import House

JSON = {"Content-Type": "application/json"}
TRIES = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
ODD = ("shop/42", "../x", "%2F", "%252f", "a%2Fb", ".", "..", "a/", "/", "//", "a/consents", "_", "?", "#", "a?id=b")
IDS = st.one_of(
    st.sampled_from(ODD),
    st.text(st.sampled_from(string.ascii_letters + "/%2F._?#&=+ "), min_size=1, max_size=12),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12),
)


def address(pattern: str, id: str, beside: bool) -> str:
    """The address of something of this id."""
    encoded = quote(id, safe="")
    return f"{pattern.format(id='_')}?id={encoded}" if beside else pattern.format(id=encoded)


def reach(beside: bool, id: str) -> bool:
    """Whether the id can stand there: clients drop parts of a path that are only dots."""
    return beside or id not in (".", "..")


@TRIES
@pytest.mark.parametrize("beside", (False, True), ids=("in the path", "in the query"))
@example("..")
@given(id=IDS)
def test_a_customer_of_any_id_is_found_exported_and_erased(house: House, beside: bool, id: str) -> None:
    if not reach(beside, id):
        return
    written = house.post("/v1/customers", "ingest", content=json.dumps({"id": id}), headers=JSON)
    assert written.status_code == 200
    customer = "/v1/customers/{id}"
    if written.json()["written"]:
        shown = house.get(address(customer, id, beside), "marketer")
        assert (shown.status_code, shown.json()["customer"]["id"]) == (200, id)
        exported = house.get(address(customer + "/export", id, beside), "privacy")
        assert (exported.status_code, json.dumps(id) in json.dumps(exported.json())) == (200, True)
        for part in ("consents", "accesses", "brief"):
            role = "marketer" if part == "brief" else "privacy"
            assert house.get(address(f"{customer}/{part}", id, beside), role).status_code == 200, part
    erased = house.request("DELETE", address(customer, id, beside), "privacy")
    assert (erased.status_code, erased.json()["already"]) == (200, not written.json()["written"])
    assert house.get(address(customer, id, beside), "marketer").status_code == 404


@TRIES
@pytest.mark.parametrize("beside", (False, True), ids=("in the path", "in the query"))
@given(id=IDS)
def test_an_offer_of_any_id_can_be_taken_back(house: House, beside: bool, id: str) -> None:
    if not reach(beside, id):
        return
    offer = {"id": id, "kind": "product", "name": {"ja": "傘", "en": "Umbrella"}}
    assert house.post("/v1/offers", "admin", content=json.dumps(offer), headers=JSON).status_code == 200
    assert house.request("DELETE", address("/v1/offers/{id}", id, beside), "admin").status_code == 204
    assert house.request("DELETE", address("/v1/offers/{id}", id, beside), "admin").status_code == 404


def test_who_came_by_an_event_can_be_erased(house: House) -> None:
    for id in ODD:
        sent = {"userId": id, "event": "Product Viewed", "messageId": f"m-{id}"}
        assert house.post("/v1/track", "ingest", sent).status_code == 200
        assert house.request("DELETE", address("/v1/customers/{id}", id, True), "privacy").status_code == 200


def test_an_address_names_one_customer(house: House) -> None:
    twice = house.request("DELETE", "/v1/customers/anna?id=hana", "privacy")
    assert (twice.status_code, twice.json()["errors"][0]["field"]) == (422, "id")
    assert house.get("/v1/customers/anna", "marketer").status_code == 200


def test_a_slash_in_other_ids_is_part_of_them(house: House) -> None:
    unknown = house.get("/v1/decisions/a%2Fb", "marketer")
    assert (unknown.status_code, unknown.json()["type"], "'a/b'" in unknown.json()["detail"]) == (
        404,
        "urn:tact:problem:not-found",
        True,
    )
    nowhere = house.get("/v1/no%2fwhere", "marketer")
    assert (nowhere.status_code, "'/v1/no%2Fwhere'" in nowhere.json()["detail"]) == (404, True)
    assert house.get("/u/a%2Fb").status_code == 404
