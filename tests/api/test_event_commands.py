"""./tact events: the events that could not be used, from the command line and beside the service."""

from contextlib import closing
from pathlib import Path

import pytest

from agent.parts import build_parts
from agent.settings import Settings
from domain.arrival import Refusal
from records import dead_letters, intake
from tests.api.test_commands import home, key, stores, tact  # noqa: F401  # the fixture gives every test a home of its own


@pytest.fixture(autouse=True)
def letters(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811  # pytest hands the fixture in by its name
    """Three events that could not be used when they came in, one of which can be used by now."""
    monkeypatch.setenv("TACT_LANGUAGE", "en")
    build_parts(Settings()).close()
    good = '{"type": "track", "userId": "anna", "event": "Viewed", "messageId": "m1"}'
    refusals = [
        Refusal("event", "it was not known yet", good, "shop", "track", "m1"),
        Refusal("event", "no name", '{"type": "track", "userId": "anna"}', "shop", "track"),
        Refusal("userId", "nobody", '{"type": "track", "event": "Viewed"}', "till [3]", "track"),
    ]
    with closing(stores(home)) as opened:
        now = opened.clock.now()
        opened.write(lambda c: dead_letters.keep(c, refusals, now))


def test_they_are_listed_replayed_and_dropped(home: Path) -> None:  # noqa: F811  # as above
    listed = tact("events", "dead-letters")
    assert "it was not known yet" in listed and "till [3]" in listed
    said = tact("events", "replay", "--all", "--key", key("admin", "Mika"))
    assert "1 replayed; 2 wait on." in said and "2  event: None is no name of an event" in said
    assert "m1" not in tact("events", "dead-letters")
    assert "was replayed by 'Mika'" in tact("events", "replay", "1", code=1)
    assert "1 dropped." in tact("events", "drop", "3")
    assert "1 dropped." in tact("events", "drop", "--all", "--field", "event")
    assert "There are no such events." in tact("events", "dead-letters")
    assert "dropped" in tact("events", "dead-letters", "--status", "all")
    with closing(stores(home)) as opened:
        assert opened.read(intake.message_ids) == {"m1"}


def test_what_cannot_be_done_is_one_sentence() -> None:
    assert "name the events by number, or say --all" in tact("events", "replay", code=1)
    assert "name the events by number, or say --all" in tact("events", "drop", "1", "--all", code=1)
    assert "no dead letter '99'" in tact("events", "replay", "99", code=1)
    assert "choose from waiting" in tact("events", "dead-letters", "--status", "odd", code=1)
    assert "may not decide about events" in tact("events", "drop", "1", "--key", key("marketer", "Rei"), code=1)
