"""For operators: health, figures, the reference, and what happens when something unforeseen does."""

import json
import re

import pytest

from domain.errors import TactError, Unavailable
from tests.api.house import ASK, House


def test_alive_and_ready(shared: House) -> None:
    assert shared.get("/healthz").json() == {"status": "ok"}
    ready = shared.get("/readyz").json()
    assert ready["ready"] is True
    assert {check["name"] for check in ready["checks"]} == {"database", "policies", "context"}


def test_not_ready_says_which_part_and_what_to_do(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost() -> None:
        raise Unavailable("The context store", "its disk is gone")

    monkeypatch.setattr(type(house.parts.context), "counts", lambda _: lost())
    answered = house.get("/readyz")
    problem = answered.json()
    assert (answered.status_code, problem["type"]) == (503, "urn:tact:problem:not-ready")
    assert [error["field"] for error in problem["errors"]] == ["context"]
    assert "its disk is gone" in problem["errors"][0]["detail"]
    assert answered.headers["Retry-After"] == "5"


def test_figures_count_routes_and_decisions_but_no_customers(house: House) -> None:
    house.post("/v1/next-message", "channel", ASK)
    house.get("/v1/customers/anna", "marketer")
    house.request("BREW", "/v1/secret-path")
    figures = house.get("/metrics").text
    assert 'tact_requests_total{method="POST",route="/v1/next-message",status="200"} 1.0' in figures
    assert 'tact_decisions_total{channel="email",outcome="message"} 1.0' in figures
    assert 'tact_requests_total{method="other",route="unknown",status="404"} 1.0' in figures
    assert "tact_asks_in_flight 0.0" in figures
    assert "anna" not in figures and "secret" not in figures


def test_the_reference_needs_no_network(shared: House) -> None:
    page = shared.get("/docs")
    assert page.headers["Content-Type"].startswith("text/html")
    assert not re.search(r"<script|(src|href)=|url\(|@import", page.text)
    for path in shared.get("/openapi.json").json()["paths"]:
        assert f"<code>{path}</code>" in page.text


def test_the_document_declares_decisions_and_problems(shared: House) -> None:
    document = shared.get("/openapi.json").json()
    operation = document["paths"]["/v1/next-message"]["post"]
    answers = operation["responses"]
    assert answers["200"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Decision"}
    assert list(answers["422"]["content"]) == ["application/problem+json"]
    assert operation["security"] == [{"key": []}]
    assert "copy" in document["components"]["schemas"]["Decision"]["properties"]
    names = set(re.findall(r"#/components/schemas/([^\"]+)", json.dumps(document)))
    assert names <= set(document["components"]["schemas"])


def test_the_unforeseen_has_an_id_in_answer_and_log(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("nobody thought of this")

    monkeypatch.setattr(type(house.parts.conductor), "next_message", fail)
    answered = house.post("/v1/next-message", "channel", ASK)
    problem = answered.json()
    assert (answered.status_code, problem["type"]) == (500, "urn:tact:problem:unexpected")
    assert answered.headers["Content-Type"] == "application/problem+json"
    assert "nobody thought" not in answered.text
    instance = problem["instance"].removeprefix("urn:uuid:")
    assert any(instance in record.getMessage() and record.exc_info for record in caplog.records)
    assert house.app.state.admission.inside == 0


def test_a_store_that_is_away_asks_to_come_back(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> None:
        raise Unavailable("The database", "the connection is lost", 2.5)

    monkeypatch.setattr(type(house.parts.conductor), "next_message", away)
    answered = house.post("/v1/next-message", "channel", ASK)
    assert (answered.status_code, answered.headers["Retry-After"]) == (503, "3")


def test_an_error_without_a_row_of_its_own_is_answered_like_its_ancestor(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise TactError("Something foreseen. Look elsewhere.")

    monkeypatch.setattr(type(house.parts.conductor), "next_message", fail)
    assert house.post("/v1/next-message", "channel", ASK).status_code == 500
