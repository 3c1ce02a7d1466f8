"""`./tact llm`: which model is set, what it was asked, whether it answers, and what is missing for a local one."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from typer.testing import CliRunner

from api.cli import app
from api.limits import Admission
from api.metrics import Metrics
from api.model_metrics import ModelMetrics
from domain.errors import Refused
from evals.stub_model import StubModel
from evals.stub_scripts import Answer, plays
from records.database import Database
from records.usage import Used
from tests.clock import FrozenClock
from tests.tools.models import TOKYO
from tools import local
from tools.meter import Meter, Tariff


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A TACT_HOME of the test's own."""
    monkeypatch.setenv("TACT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TACT_CLOCK", "2026-11-24T10:00:00+09:00")
    monkeypatch.setenv("COLUMNS", "160")


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[StubModel]:
    """A model that answers in all three ways."""
    with StubModel(plays(Answer(text="One two."), Answer(text="One two."), Answer(json={"body": "One."}))) as opened:
        monkeypatch.setenv("TACT_LLM_BASE_URL", opened.base_url)
        monkeypatch.setenv("TACT_LLM_MODEL", "stub")
        monkeypatch.setenv("TACT_LLM_API_KEY", "sk-very-secret")
        yield opened


def tact(*words: str, code: int = 0, **more: Any) -> str:
    """What `./tact llm …` prints."""
    done = CliRunner().invoke(app, ["llm", *words], prog_name="tact", **more)
    assert done.exit_code == code, (done.output, done.exception)
    assert "sk-very-secret" not in done.output
    return done.output


def test_without_a_model_it_says_how_to_set_one() -> None:
    assert "TACT_LLM_BASE_URL" in tact("status")
    assert "TACT_LLM_BASE_URL" in tact("try", code=1)


def test_a_model_without_a_name_is_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TACT_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    assert "TACT_LLM_MODEL" in tact("try", code=1)


def test_a_model_is_asked_in_three_ways_and_its_cost_is_kept(stub: StubModel) -> None:
    said = tact("try", "Anything?")
    assert said.count("✓") == 3 and "'One two.' in 2 pieces" in said
    assert stub.requests[0].headers["authorization"] == "Bearer sk-very-secret"
    shown = tact("status")
    assert "stub at http://127.0.0.1" in shown and "with a key" in shown and "desk" in shown


def test_a_model_that_fails_is_said_to(stub: StubModel) -> None:
    stub.play(plays(Answer(status=401)))
    assert "check TACT_LLM_API_KEY" in tact("try", code=1)


def test_a_local_model_that_is_not_installed_says_what_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tools.local", None)
    assert "make llm" in tact("serve-local", code=1)


def test_weights_that_are_not_installed_are_said_to_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "PACKAGE", "no_such_weights")
    with pytest.raises(Refused, match="make llm"):
        local.weights()


def test_a_spent_budget_and_a_resting_model_are_visible(database: Database, clock: FrozenClock) -> None:
    meter = Meter(database, clock, TOKYO, Tariff(tokens_per_day=1000))
    meter.note(Used("", "season", "draft", "stub", 2, 1, 900, 90))
    meter.ended("draft", "budget-spent", 0.03)
    meter.rests("draft", "season", True)
    page = Metrics(Admission(1), ModelMetrics(meter)).page().decode()
    found = {
        (one.name, *sorted(one.labels.values())): one.value
        for family in text_string_to_metric_families(page)
        for one in family.samples
    }
    assert found["tact_model_requests_total", "budget-spent", "draft"] == 1
    assert found["tact_model_tokens_today", "season"] == 990
    assert found["tact_model_limit", "tokens"] == 1000
    assert found["tact_model_left_alone",] == 1
    assert found["tact_model_seconds_bucket", "0.05", "draft"] == 1
    assert found["tact_model_seconds_bucket", "0.025", "draft"] == 0
    meter.close()
