"""Bad input gets a clear problem document, never a 500: one line of bad_input.yaml a case."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.api.house import ASK, House

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "bad_input.yaml").read_text("utf-8"))
PYTHON = re.compile(r"None|True|False|Input|dictionary|tuple|\bstr\b|\bint\b|\bvalid ")
"""Words that only somebody reads who programs this service."""
JSON = {"Content-Type": "application/json"}


def content(case: dict[str, Any]) -> bytes:
    """The body of a case."""
    if "body" in case:
        return json.dumps(case["body"]).encode()
    if "repeat" in case:
        return str(case["repeat"]["text"]).encode() * int(case["repeat"]["times"])
    return str(case.get("raw", "")).encode()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["wrong"])
def test_bad_input(shared: House, case: dict[str, Any]) -> None:
    role = case.get("role", None if case.get("path", "").startswith("/u/") else "channel")
    answered = shared.request(
        case.get("method", "POST"),
        case.get("path", "/v1/next-message"),
        role,
        content=content(case),
        headers={**JSON, **case.get("headers", {})},
    )
    problem = answered.json()
    assert (answered.status_code, problem["type"]) == (case["status"], f"urn:tact:problem:{case['type']}"), problem
    assert answered.headers["Content-Type"] == "application/problem+json"
    assert problem["status"] == answered.status_code
    assert problem["title"] and problem["detail"]
    fields = [error["field"] for error in problem.get("errors", ())]
    assert fields == ([case["field"]] if "field" in case else []), problem
    assert "says" not in case or problem["errors"][0]["detail"] == case["says"]
    assert not PYTHON.search(problem["detail"]), problem


def test_many_mistakes_are_all_named(shared: House) -> None:
    many = [{"id": f"c{number}", "age": -1} for number in range(7)]
    problem = shared.post("/v1/customers", "ingest", many).json()
    assert [error["field"] for error in problem["errors"]] == [f"[{number}].age" for number in range(7)]
    assert problem["detail"].endswith("; and 2 more")


def test_gzip_is_unpacked(shared: House) -> None:
    packed = gzip.compress(json.dumps({**ASK, "dry_run": True}).encode())
    answered = shared.post("/v1/next-message", "channel", content=packed, headers={**JSON, "Content-Encoding": "gzip"})
    assert answered.status_code == 200


@pytest.mark.parametrize(
    ("packed", "status", "problem"),
    [
        (gzip.compress(b" " * 50_000_000), 413, "body-too-large"),
        (gzip.compress(b"{}" * 1000)[:-9], 400, "encoding"),
        (gzip.compress(b"{}") + b"more", 400, "encoding"),
    ],
    ids=["a bomb", "cut off", "two streams"],
)
def test_gzip_that_is_not_what_it_seems(shared: House, packed: bytes, status: int, problem: str) -> None:
    answered = shared.post("/v1/next-message", "channel", content=packed, headers={**JSON, "Content-Encoding": "gzip"})
    assert (answered.status_code, answered.json()["type"]) == (status, f"urn:tact:problem:{problem}")


def test_a_vendor_json_type_is_json(shared: House) -> None:
    answered = shared.post(
        "/v1/next-message",
        "channel",
        content=json.dumps({**ASK, "dry_run": True}),
        headers={"Content-Type": "application/vnd.shop+json; charset=utf-8"},
    )
    assert answered.status_code == 200
