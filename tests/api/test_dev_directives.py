"""The examples of the contract, through the front door: every expectation and every probe."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.api.house import House

FILE = Path(__file__).parents[1] / "policies" / "directives" / "cases" / "dev.jsonl"
CASES = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
SITUATION = ("customer", "action", "history", "copy")


def tried(house: House, case: dict[str, Any], situation: dict[str, Any]) -> Any:
    request = {"directives": [case["directive"]], "language": case["language"], **situation}
    answered = house.post("/v1/policies/try", "marketer", request)
    assert answered.status_code == 200, answered.text
    return answered.json()


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_an_example_of_the_contract_is_read_as_it_says(shared: House, case: dict[str, Any]) -> None:
    read = tried(shared, case, {})
    statuses = {clause["status"] for clause in read["clauses"]}
    got = "refuse" if "refuse" in statuses else "ask" if "ask" in statuses else "understood"
    assert (got, read["understood"]) == (case["expect"], case["expect"] == "understood")
    for probe in case["probes"]:
        assert (
            tried(shared, case, {key: probe[key] for key in SITUATION if key in probe})["verdict"] == probe["verdict"]
        )
