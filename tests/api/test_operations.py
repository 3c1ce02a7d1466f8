"""For operators: health, figures, the reference, and what happens when something unforeseen does."""

import json
import re
from types import SimpleNamespace

import pytest
from sqlalchemy import bindparam, update

from api import checkup
from domain.errors import TactError, Unavailable
from records import schema
from records.statement import prepare
from tests.api.house import ASK, House

ANOTHER = prepare(update(schema.marks).values(value=bindparam("mark")))


def test_alive_and_ready(shared: House) -> None:
    assert shared.get("/healthz").json() == {"status": "ok"}
    ready = shared.get("/readyz").json()
    assert ready["ready"] is True
    assert {check["name"] for check in ready["checks"]} == {"database", "policies", "secret", "disk", "context"}
    assert all(bool(check["advice"]) is not check["ok"] for check in ready["checks"])


def test_a_full_disk_is_not_ready(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    free = 5 * checkup.MEBIBYTE
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=free))
    answered = house.get("/readyz")
    assert (answered.status_code, [one["field"] for one in answered.json()["errors"]]) == (503, ["disk"])
    assert "5 MiB free" in answered.text
    free = 500 * checkup.MEBIBYTE
    tight = house.get("/readyz")
    assert (tight.status_code, [one["name"] for one in tight.json()["checks"] if not one["ok"]]) == (200, ["disk"])


def test_a_secret_that_is_gone_is_said_and_another_one_is_not_ready(house: House) -> None:
    path = house.parts.settings.secret
    path.rename(path.with_name("old"))
    gone = house.get("/readyz")
    assert (gone.status_code, "is missing" in gone.text, str(path) in gone.text) == (200, True, True)
    path.with_name("old").rename(path)
    house.parts.stores.write(lambda c: c.run(ANOTHER, mark="another"))
    other = house.get("/readyz")
    assert (other.status_code, [one["field"] for one in other.json()["errors"]]) == (503, ["secret"])


def test_head_is_get_without_its_body(shared: House) -> None:
    for path, role in (("/healthz", None), ("/docs", None), ("/v1/customers/anna", "marketer"), ("/v1/no", None)):
        asked, headed = shared.get(path, role), shared.request("HEAD", path, role)
        assert (headed.status_code, headed.content) == (asked.status_code, b"")
        assert headed.headers["Content-Type"] == asked.headers["Content-Type"]
    assert shared.request("HEAD", "/v1/next-message", "channel").status_code == 405
    assert 'method="HEAD",route="/healthz"' in shared.get("/metrics").text


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


def test_the_log_of_the_unforeseen_names_nobody(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("api.routes.customers.profile_of", lambda *_: 1 / 0)
    assert house.get("/v1/customers/anna", "marketer").status_code == 500
    said = [record.getMessage() for record in caplog.records if record.exc_info]
    assert [("anna" in one, "GET /v1/customers/{id}" in one) for one in said] == [(False, True)]


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
