"""./tact compose and ./tact variants: copy written ahead, from the command line."""

from pathlib import Path

import pytest

from evals.stub_model import StubModel
from evals.stub_scripts import Answer, answers
from records import catalogue
from tests.agent.stage import COFFEE
from tests.api.test_commands import home, key, stores, tact  # noqa: F401  # the fixture gives every test a home of its own
from tests.api.test_variants import writer
from tests.clock import START

NARROW = ("--scene", "newsletter", "--channel", "email", "--language", "en", "--placement", "whole", "--n", "2")


@pytest.fixture(autouse=True)
def english(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811  # pytest hands the fixture in by its name
    """One offer, and answers in English."""
    monkeypatch.setenv("TACT_LANGUAGE", "en")
    opened = stores(home)
    opened.write(lambda c: catalogue.upsert(c, [COFFEE], START))
    opened.close()


def test_copy_is_written_listed_shown_and_retired(monkeypatch: pytest.MonkeyPatch) -> None:
    with StubModel(writer) as stub:
        monkeypatch.setenv("TACT_LLM_BASE_URL", stub.base_url)
        monkeypatch.setenv("TACT_LLM_MODEL", "stub")
        said = tact("compose", *NARROW, "--key", key("marketer", "Mika"))
        assert "2 in use" in said and "2 requests" in said
    with StubModel(lambda body, _: writer(body, 0)) as stub:
        monkeypatch.setenv("TACT_LLM_BASE_URL", stub.base_url)
        assert "2 said what is there already" in tact("compose", *NARROW)
    assert "2 in use" not in tact("variants", "list", "--status", "waiting")
    listed = tact("variants", "list", "--scene", "newsletter")
    assert "A calm start: [[offer.word]]" in listed
    variant = next(word for word in listed.split() if word.startswith("v-"))
    shown = tact("variants", "show", variant)
    assert "asked for by Mika" in shown and "shown 0 times" in shown and "Mihon Department Store" in shown
    assert "is out of use" in tact("variants", "retire", variant, "--reason", "enough", "--key", key("marketer", "Rei"))
    assert "retired: Rei" in tact("variants", "show", variant)
    assert "retired already" in tact("variants", "retire", variant, code=1)


def test_what_cannot_be_done_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "TACT_LLM_BASE_URL" in tact("compose", "--scene", "newsletter", code=1)
    assert "no scene 'nothing'" in tact("compose", "--scene", "nothing", code=1)
    assert "choose from ja, en" in tact("compose", "--scene", "newsletter", "--language", "fr", code=1)
    assert "choose from waiting" in tact("variants", "list", "--status", "odd", code=1)
    assert "no copy version 'v-none'" in tact("variants", "show", "v-none", code=1)
    assert "no such copy version" in tact("variants", "list")
    assert "marketer" in tact("compose", *NARROW, "--key", key("analyst", "Ann"), code=1)
    with StubModel(answers("I cannot help with that.")) as stub:
        monkeypatch.setenv("TACT_LLM_BASE_URL", stub.base_url)
        monkeypatch.setenv("TACT_LLM_MODEL", "stub")
        monkeypatch.setenv("TACT_LLM_RETRIES", "0")
        assert "2 got no answer from the model" in tact("compose", *NARROW, code=1)
    with StubModel(lambda *_: Answer(status=500)) as stub:
        monkeypatch.setenv("TACT_LLM_BASE_URL", stub.base_url)
        assert "model cannot answer" in tact("compose", *NARROW, "--n", "9", code=1)
