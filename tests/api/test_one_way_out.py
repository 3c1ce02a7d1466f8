"""One way out: every route and command that shows a message is known, and none hands one out that was not sealed."""

import ast
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from agent.evidence import unpack
from agent.verification import verify
from api.cli import ENTRIES
from domain.message import Message
from policies.book import Book
from policies.document import read_playbook
from records import book as versions
from records import catalogue, profiles
from tests.agent.stage import ANNA, COAT, COFFEE, FAIR
from tests.api.house import ASK, House
from tests.clock import START
from tests.policies.examples import rules_of

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("agent", "api", "records", "tools", "policies", "evals")
HANDED_OUT = {("POST", "/v1/next-message"), ("POST", "/v1/decisions/{id}/deliver")}
"""What a sending system asks: answered only with what was judged a moment ago."""
ON_RECORD = {("GET", "/v1/decisions/{id}"), ("POST", "/v1/decisions/{id}/replay")}
"""What people look up afterwards; no key of a sending system opens it."""
IN_REVIEW = {("GET", "/v1/reviews"), ("GET", "/v1/reviews/{id}"), ("POST", "/v1/reviews/{id}")}
"""What people look at before: a draft without a seal, which no sender takes."""
SPEAKING_COMMANDS = {"ask", "demo"}
SPOKEN_BY: dict[str, set[str]] = {
    "copywriter": {"agent/drafting.py", "agent/rendering.py", "agent/parts.py", "agent/rewording.py"},
    "message=": {"agent/commitment.py", "agent/delivery.py", "policies/seal.py", "agent/waiting.py", "api/reviews.py"},
    "seal.close": {"agent/commitment.py"},
}
NIGHTLY = {**ASK, "channels": ["email"], "scene": "replenishment"}
House_ = Callable[[House], object]


def test_every_route_that_shows_a_message_is_known(shared: House) -> None:
    schema = shared.app.openapi()
    showing = {
        (method.upper(), path)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        if "Message" in reached(schema, operation.get("responses", {}))
    }
    assert showing == HANDED_OUT | ON_RECORD | IN_REVIEW


def reached(schema: dict[str, Any], part: Any) -> frozenset[str]:
    """The names of all models that a part of the schema leads to."""
    names: set[str] = set()
    waiting = [part]
    while waiting:
        for name in referred(waiting.pop()) - names:
            names.add(name)
            waiting.append(schema["components"]["schemas"][name])
    return frozenset(names)


def referred(part: Any) -> set[str]:
    """The names of the models that a part of the schema names itself."""
    found = json.dumps(part)
    return {piece.split('"', 1)[0] for piece in found.split("#/components/schemas/")[1:]}


def test_only_people_look_at_the_record(shared: House) -> None:
    paths = shared.app.openapi()["paths"]
    shown = HANDED_OUT | ON_RECORD | IN_REVIEW
    routes = {(method, path): set(paths[path][method.lower()]["x-roles"]) for method, path in shown}
    assert all(routes[one] == {"channel"} for one in HANDED_OUT)
    assert all("channel" not in routes[one] for one in ON_RECORD | IN_REVIEW)


def test_every_command_that_shows_a_message_asks_like_everybody() -> None:
    for name, entry in ENTRIES.items():
        text = (ROOT / "api" / "commands" / f"{entry.module}.py").read_text(encoding="utf-8")
        assert ("conductor.next_message" in text) == (name in SPEAKING_COMMANDS), name
        assert "delivery." not in text and "copywriter" not in text and "drafting" not in text, name


@pytest.mark.parametrize("what", SPOKEN_BY)
def test_words_are_written_and_sealed_in_one_place(what: str) -> None:
    users = {str(path.relative_to(ROOT)) for path in sources() if says(path, what)}
    assert users == SPOKEN_BY[what]


def sources() -> Iterator[Path]:
    """Every file of the product; the proof that puts a model in the copywriter's place stands outside."""
    for package in PACKAGES:
        yield from (
            path for path in (ROOT / package).rglob("*.py") if not path.is_relative_to(ROOT / "evals" / "proofs")
        )


def says(path: Path, what: str) -> bool:
    """Whether a file uses the copywriter, puts a message into a walk or a decision, or closes a seal."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match what, node:
            case "copywriter", ast.Attribute(attr="copywriter") | ast.keyword(arg="copywriter"):
                return True
            case "seal.close", ast.Attribute(attr="close", value=ast.Attribute(attr="seal")):
                return True
            case "message=", ast.keyword(arg="message"):
                return True
    return False


def test_every_answer_is_the_sealed_message_and_is_verified(house: House) -> None:
    for channel in ("email", "web", "app", "line", "push", "sms"):
        answered = house.post(
            "/v1/next-message", "channel", {**ASK, "channels": [channel], "customer": {"id": "hana"}}
        ).json()
        if answered["outcome"] == "message":
            assert sealed(house, answered["decision_id"]) == answered["message"]
            handed = house.post(f"/v1/decisions/{answered['decision_id']}/deliver", "channel").json()
            assert handed["message"] == answered["message"]
            assert verify(house.parts.stores, answered["decision_id"]).ok


def sealed(house: House, decision_id: str) -> dict[str, Any]:
    """The message in the envelope of a stored decision, as a channel sees it."""
    stored = house.parts.stores.read(lambda c: house.parts.stores.decisions.get(c, decision_id))
    assert stored.personal is not None
    envelope = unpack(stored.personal).envelope
    assert envelope is not None and isinstance(envelope.message, Message)
    shown: dict[str, Any] = json.loads(envelope.message.model_dump_json(by_alias=True, exclude={"cites"}))
    return shown


def forbid(house: House) -> None:
    """A phrase of the message comes to be forbidden."""
    book = read_playbook()
    rules = (*book.rules, *rules_of({"id": "new", "type": "forbidden_phrase", "phrases": ["coffee"]}))
    document = Book(2, book.model_copy(update={"rules": rules})).to_document()
    house.scenery.write(lambda c: versions.add(c, document, "a", "b", "", START))


def sell_out(house: House) -> None:
    """There is nothing left of what the words are about."""
    offers = [one.model_copy(update={"in_stock": False}) for one in (COFFEE, COAT, FAIR)]
    house.scenery.write(lambda c: catalogue.upsert(c, offers, START))


def withdraw(house: House) -> None:
    """The customer takes the consent back."""
    house.scenery.consent("anna", "email", granted=False)


def bereave(house: House) -> None:
    """The customer is to be left in peace."""
    mourning = ANNA.model_copy(update={"tags": frozenset({"bereaved"})})
    house.scenery.write(lambda c: profiles.upsert(c, [mourning], START))


def stop(house: House) -> None:
    """Somebody pulls the switch."""
    house.post("/v1/stop", "marketer", {"reason": "a wrong price"})


@pytest.mark.parametrize("change", [forbid, sell_out, withdraw, bereave, stop])
@pytest.mark.parametrize("way", ["deliver", "replayed"])
def test_what_changed_since_the_seal_counts_on_every_way_out(house: House, change: House_, way: str) -> None:
    key = {"Idempotency-Key": "one"}
    first = house.post("/v1/next-message", "channel", NIGHTLY, headers=key).json()
    assert first["outcome"] == "message" and "coffee" in json.dumps(first["message"]).lower()
    change(house)
    if way == "deliver":
        again = house.post(f"/v1/decisions/{first['decision_id']}/deliver", "channel").json()
    else:
        again = house.post("/v1/next-message", "channel", NIGHTLY, headers=key).json()
    assert again.get("message") != first["message"], again
    assert again["outcome"] == "hold" or verify(house.parts.stores, again["decision_id"]).ok
