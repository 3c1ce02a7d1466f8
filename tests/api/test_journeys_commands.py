"""./tact journeys and ./tact outbox: what waits, and what became of the rest, from the command line."""

from datetime import timedelta
from pathlib import Path

import pytest

from domain.channel import Channel
from domain.journey import Due, cause_id
from records import due, outbox
from records.connection import Connection
from records.outbox import Entry
from tests.api.test_commands import home, stores, tact  # noqa: F401  # the fixture gives every test a home of its own
from tests.clock import START

ID = cause_id("cart_abandonment", "anna", "cart_id:c1")


def waits(c: Connection) -> None:
    """A cart that waits, and one that was said an hour ago."""
    one = Due(ID, "anna", "cart_abandonment", "cart_id:c1", START, START + timedelta(days=1), START, START, ("coat",))
    said = one._replace(id="j-said", cause="cart_id:c0")
    due.start(c, [one, said])
    due.end(c, "j-said", "cancelled", "lost:winback", START)
    entry = Entry("d-1", "d-1", "anna", Channel.EMAIL, "winback", ID, "ready", START, START, 0, None, START, START)
    outbox.put(c, entry)


@pytest.fixture(autouse=True)
def english(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811  # pytest hands the fixture in by its name
    """Two runs, and answers in English."""
    monkeypatch.setenv("TACT_LANGUAGE", "en")
    opened = stores(home)
    opened.write(waits)
    opened.close()


def test_runs_are_listed_shown_and_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = tact("journeys", "list")
    assert ID in listed and "cart_id:c1" in listed and "j-said" not in listed
    assert "Lost to winback" in tact("journeys", "list", "--state", "cancelled", "--scene", "cart_abandonment")
    assert "d-1" in tact("outbox", "list")
    shown = tact("journeys", "show", ID)
    assert "about: coat" in shown and "state: waiting" in shown
    assert "Cancelled." in tact("journeys", "cancel", ID)
    assert "Cancelled by" in tact("journeys", "show", ID)
    assert "d-1" not in tact("outbox", "list") and "d-1" in tact("outbox", "list", "--state", "cancelled")
    assert "It has ended" in tact("journeys", "cancel", ID)
    monkeypatch.setenv("TACT_LANGUAGE", "ja")
    assert "「winback」を優先しました" in tact("journeys", "show", "j-said")


def test_what_cannot_be_done_is_one_sentence() -> None:
    assert "no journey 'j-none'" in tact("journeys", "show", "j-none", code=1)
    assert "no journey 'j-none'" in tact("journeys", "cancel", "j-none", code=1)
    assert "choose from waiting" in tact("journeys", "list", "--state", "odd", code=1)
    assert "choose from ready" in tact("outbox", "list", "--state", "odd", code=1)
