"""`./tact memories` and `./tact brief`: following by hand, beside a service or without one, and what it came to."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from agent.parts import Parts, build_parts
from agent.settings import Settings
from api.cli import app
from domain.arrival import Arrival
from records import following
from tests.agent.stage import people
from tests.clock import START, FrozenClock
from tests.records.encoders import WordEncoder


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A TACT_HOME of the test's own, and an encoder that is quick to load."""
    monkeypatch.setenv("TACT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TACT_CLOCK", START.isoformat())
    monkeypatch.setenv("COLUMNS", "160")
    for place in ("api.commands.memories", "agent.parts"):
        monkeypatch.setattr(f"{place}.SentenceEncoder", WordEncoder)
    return tmp_path / "home"


def tact(*words: str, code: int = 0) -> str:
    """What `./tact …` prints."""
    done = CliRunner().invoke(app, words, prog_name="tact")
    assert done.exit_code == code, (done.output, done.exception)
    return done.output


def opened(home: Path) -> Parts:
    """The parts of a service in that home."""
    return build_parts(Settings(home=home), clock=FrozenClock(), encoder=WordEncoder())


def happen(parts: Parts) -> None:
    """Somebody does something that nobody follows yet."""
    parts.stores.write(people)
    saved: dict[str, Any] = {"product_id": "coat", "name": "Coat"}
    said: dict[str, Any] = {"said": "I no longer drink coffee", "place": "the booth"}
    arrivals = [
        Arrival("m-1", "track", START, "web", user_id="anna", name="Product Added to Wishlist", properties=saved),
        Arrival("m-2", "track", START, "booth", user_id="anna", name="Conversation Noted", properties=said),
    ]
    asyncio.run(parts.intake.take(arrivals, (), START))


def test_following_by_hand(home: Path) -> None:
    parts = opened(home)
    happen(parts)
    parts.close()
    assert tact("memories", "follow") == "1 customer followed.\n"
    assert tact("memories", "follow") == "0 customers followed.\n"
    shown = tact("memories", "show", "anna")
    assert "told_us     saved Wool coat" in shown
    assert "said in conversation (coffee) “I no longer drink coffee”  [against]" in shown
    assert "buys coffee about every 9 days  [ended: contradicted by anna:conversation:" in shown
    brief = tact("brief", "anna", "--language", "en")
    assert "“I no longer drink coffee” (24 November, the booth)" in brief and "saved Wool coat" in brief
    assert json.loads(tact("brief", "anna", "--reader", "store", "--json"))["reader"] == "store"


def test_beside_a_service_that_holds_the_vector_store(home: Path) -> None:
    service = opened(home)
    happen(service)
    said = tact("memories", "follow")
    assert "1 customer followed." in said and "belongs to" in said and "which follows it" in said
    assert "saved Wool coat" in tact("memories", "show", "anna")
    assert service.context.get("anna") is None
    assert asyncio.run(service.follower.catch_up()) == 1
    found = service.context.get("anna")
    assert found is not None and "saved Wool coat" in found.digest
    assert not service.stores.read(lambda c: following.waiting(c, 10))
    service.close()


def test_what_cannot_be_shown_says_why(home: Path) -> None:
    opened(home).close()
    assert "'nobody'" in tact("memories", "show", "nobody", code=1)
    assert "'nobody'" in tact("brief", "nobody", code=1)
    assert "sales, store, call" in tact("brief", "nobody", "--reader", "anybody", code=1)
    assert "ja or en" in tact("brief", "nobody", "--language", "fr", code=1)
