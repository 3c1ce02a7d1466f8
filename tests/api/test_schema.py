"""The OpenAPI document holds: schemathesis asks every route as every role, and no answer is a surprise."""

from collections.abc import Mapping

import httpx
import pytest

from evals.proofs.doors import knock_everywhere
from evals.proofs.known import what_exists
from tests.api.house import House

SEED = 20261122


@pytest.mark.no_cover
def test_every_answer_is_one_that_the_document_promises(house: House) -> None:
    def send(
        role: str | None, method: str, url: str, headers: Mapping[str, str], content: bytes | None
    ) -> httpx.Response:
        return house.request(method, url, role, headers=dict(headers), content=content)

    document = house.get("/openapi.json").json()
    known = what_exists(["anna", "hana", "silent"], ["coffee", "coat", "fair"])
    found = knock_everywhere(document, send, known, rounds=1, examples=3, seed=SEED)
    assert not list(found.told()), "\n".join(found.told())
    assert found.table()["operations"] == sum(len(methods) for methods in document["paths"].values())


def test_an_age_without_a_limit_is_no_audience(house: House) -> None:
    told = {"term": "見本", "audience": {"age": {"above": None}}}
    refused = house.post("/v1/segments", "marketer", told)
    assert (refused.status_code, "at_least" in refused.json()["detail"]) == (422, True)
    assert house.get("/v1/segments", "marketer").status_code == 200


def test_a_refused_method_is_told_every_method_of_the_path(house: House) -> None:
    refused = house.request("PUT", "/v1/variants/compose", "marketer")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, POST")
    assert "Use GET, POST." in refused.json()["detail"]
