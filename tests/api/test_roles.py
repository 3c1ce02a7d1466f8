"""Who may do what: every route with every role, as docs/routes.md says."""

import base64
from typing import Any

import pytest

from records import keys
from records.keys import ROLES
from tests.api.house import ASK, House
from tests.api.routes_page import Row, rows

CALLS = ("track", "identify", "page", "screen", "group", "alias", "t", "i", "p", "s", "g", "a")
BODIES: dict[str, Any] = {
    **{f"/v1/{call}": {"userId": "anna"} for call in CALLS},
    **{f"/v1/{call}": {"batch": []} for call in ("batch", "import", "b")},
    "/v1/dead-letters/replay": {},
    "/v1/dead-letters/{id}/replay": {},
    "/v1/next-message": {**ASK, "dry_run": True},
    "/v1/decisions/{id}/release": {"reason": "the gateway was down"},
    "/v1/customers": {"id": "new"},
    "/v1/consents": {"customer": "anna", "channel": "location", "granted": True, "evidence": {"method": "form"}},
    "/v1/identity/matches/{id}": {"verdict": "reject"},
    "/v1/identity/merge": {"survivor": "none", "absorbed": "nobody"},
    "/v1/identity/split": {"customer": "none"},
    "/v1/offers": {"id": "tea", "kind": "product", "name": {"en": "Tea"}},
    "/v1/variants/compose": {"scene": "none"},
    "/v1/variants/{id}/retire": {},
    "/v1/policies/try": {},
    "/v1/policies/simulate": {},
    "/v1/policies/proposals": {"house": "rules: none"},
    "/v1/policies/proposals/{id}/reject": {},
    "/v1/policies/rollback": {"to": 99},
    "/v1/policies/rules/{id}/retire": {},
    "/v1/reviews/{id}": {"verdict": "approve"},
    "/v1/desk": {"text": "help"},
    "/v1/stop": {"reason": "a trial", "region": "nowhere"},
}


@pytest.mark.parametrize("row", [row for row in rows() if row.roles], ids=lambda row: f"{row.method} {row.path}")
def test_a_route_is_for_its_roles_alone(shared: House, row: Row) -> None:
    for role in ROLES:
        answered = shared.request(
            row.method, row.path.replace("{id}", "none"), role, json=BODIES.get(row.path), params={"customer": "anna"}
        )
        assert answered.status_code < 500, answered.text
        assert (answered.status_code == 403) == (role not in row.roles), (role, answered.text)


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.method} {row.path}")
def test_without_a_key_only_open_routes_answer(shared: House, row: Row) -> None:
    answered = shared.request(row.method, row.path.replace("{id}", "none"), json=BODIES.get(row.path))
    assert (answered.status_code == 401) == bool(row.roles)
    assert ("WWW-Authenticate" in answered.headers) == bool(row.roles)


@pytest.mark.parametrize(
    "authorization",
    ["Bearer", "Bearer ", "Bearer nobody", "Basic bm9ib2R5Og==", "Token x", "Bearer é", "Bearer " + "x" * 300],
)
def test_a_wrong_key_is_401_before_the_body_is_looked_at(shared: House, authorization: str) -> None:
    refused = shared.post(
        "/v1/next-message", content=b"{broken", headers={"Authorization": authorization.encode("latin-1")}
    )
    assert (refused.status_code, refused.json()["type"]) == (401, "urn:tact:problem:key-missing")


def test_ingestion_takes_the_key_as_a_user_name(shared: House) -> None:
    for user, expected in ((shared.keys["ingest"], 200), ("nobody", 401)):
        credentials = base64.b64encode(f"{user}:".encode()).decode()
        answered = shared.post("/v1/customers", json={"id": "basic"}, headers={"Authorization": f"Basic {credentials}"})
        assert answered.status_code == expected
    broken = shared.post("/v1/customers", json={"id": "basic"}, headers={"Authorization": "Basic %%%"})
    assert broken.status_code == 401
    channel = base64.b64encode(f"{shared.keys['channel']}:".encode()).decode()
    refused = shared.post("/v1/next-message", json=ASK, headers={"Authorization": f"Basic {channel}"})
    assert refused.status_code == 401


def test_a_revoked_key_ends_within_two_seconds(house: House) -> None:
    seconds = [0.0]
    house.app.state.guard._now = lambda: seconds[0]
    assert house.get("/v1/policies", "analyst").status_code == 200
    found = [key for key in house.parts.stores.read(keys.list_all) if key.role == "analyst"]
    house.parts.stores.write(lambda c: keys.revoke(c, found[0].id, house.clock.now()))
    seconds[0] = 1.9
    assert house.get("/v1/policies", "analyst").status_code == 200
    seconds[0] = 2.1
    assert house.get("/v1/policies", "analyst").status_code == 401


def test_unknown_keys_do_not_fill_the_memory(house: House) -> None:
    guard = house.app.state.guard
    guard._known = {bytes([number % 256, number // 256]): (0.0, None) for number in range(4096)}
    house.get("/v1/policies", "analyst")
    assert len(guard._known) == 1
