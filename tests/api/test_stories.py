"""The five stories, told through the front door: everything known of a customer arrived as a profile, a word of
consent or an event, the directives as sentences that another person approved; then the channels ask."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from agent.parts import build_parts
from agent.settings import Settings
from api.app import create_app
from records.keys import ROLES
from tests.agent.stage import Scenery
from tests.api.house import House
from tests.clock import FrozenClock
from tests.records.encoders import WordEncoder

STORIES = Path(__file__).parent / "stories"
OFFERS = Path(__file__).parents[2] / "samples" / "department_store" / "offers.yaml"
PARTS = ("subject", "preheader", "text", "title", "body", "items")
TOLD = [(path, language) for path in sorted(STORIES.glob("*.yaml")) for language in ("ja", "en")]


@dataclass
class Telling:
    """A story while it is told: the store, and the answer to its latest ask."""

    house: House
    waiting: dict[str, Any] = field(default_factory=dict)


@pytest.fixture
def store(tmp_path: Path, clock: FrozenClock) -> Iterator[House]:
    """A department store with its offers, and no customer yet."""
    parts = build_parts(Settings(home=tmp_path / "home"), clock=clock, encoder=WordEncoder(), draw=lambda: 0.0)
    opened = House(Scenery(parts, clock), create_app(parts))
    opened.keys = {role: opened.key(role, role) for role in ROLES}
    yield opened
    opened.close()


@pytest.mark.parametrize(("path", "language"), TOLD, ids=[f"{path.stem}-{language}" for path, language in TOLD])
def test_a_story_comes_out_as_it_should(store: House, path: Path, language: str) -> None:
    offers = yaml.safe_load(OFFERS.read_text("utf-8"))
    assert store.post("/v1/offers", "admin", offers).status_code == 200
    story, telling = told(yaml.safe_load(path.read_text("utf-8")), language), Telling(store)
    missed = [f"{step.get('at')}: {one}" for step in story for one in tell(telling, step, language)]
    assert not missed, "\n".join(missed)


def told(value: Any, language: str) -> Any:
    """The story in one language: of every pair of texts that one; an offer keeps both."""
    if isinstance(value, dict):
        if value.keys() == {"ja", "en"}:
            return value[language]
        return {name: below if name == "offers" else told(below, language) for name, below in value.items()}
    return [told(one, language) for one in value] if isinstance(value, list) else value


def tell(told_here: Telling, step: dict[str, Any], language: str) -> list[str]:
    """Lets one step happen at its time; answers with what came out otherwise than it should."""
    house = told_here.house
    if "at" in step:
        house.clock.set(datetime.fromisoformat(step["at"]))
    bring(house, step)
    instruct(house, step.get("directives", ()))
    if step.get("send"):
        done(house.post("/v1/batch", "ingest", {"batch": step["send"]}))
        house.runner.run(house.parts.follower.catch_up())
    if "brief" in step:
        return briefed(house, step, language)
    if "ask" in step:
        asked = {"deadline_ms": 10_000, **step["ask"]}
        told_here.waiting = done(
            house.post("/v1/next-message", "channel", asked, headers={"Accept-Language": language})
        )
        if "waits_until" in step["expect"]:
            return put_off(told_here.waiting, step["expect"]["waits_until"])
    return answered(told_here, step, language) if "expect" in step else []


def put_off(answer: dict[str, Any], until: str) -> list[str]:
    """A message without words that goes out later, no earlier than `until`."""
    found = answer["send_at"] or ""
    late = answer["message"] is None and found and datetime.fromisoformat(found) >= datetime.fromisoformat(until)
    return [] if late else [f"it goes out {found!r}, not from {until}: {answer}"]


def bring(house: House, step: dict[str, Any]) -> None:
    """Offers, customers and their consents."""
    if step.get("offers"):
        done(house.post("/v1/offers", "marketer", step["offers"]))
    if step.get("customers"):
        done(house.post("/v1/customers", "ingest", step["customers"]))
    for consent in step.get("consents", ()):
        for channel in consent["channels"]:
            evidence = {"method": "form", "at": step["at"], "source": consent.get("source", "membership")}
            said = {"customer": consent["customer"], "channel": channel, "granted": True, "evidence": evidence}
            done(house.post("/v1/consents", "ingest", said))


def instruct(house: House, directives: Any) -> None:
    """A marketer says it, somebody else approves."""
    for text in directives:
        draft = done(house.post("/v1/directives", "marketer", {"text": text}))
        assert draft["understood"], (text, draft["clauses"])
        done(house.post(f"/v1/directives/{draft['id']}/approve", "approver"))


def answered(told_here: Telling, step: dict[str, Any], language: str) -> list[str]:
    """What the answer lacks or says too much; one that goes out later is fetched at its time, as a channel does."""
    house, answer = told_here.house, told_here.waiting
    if answer["outcome"] == "message" and answer["message"] is None:
        house.clock.set(datetime.fromisoformat(answer["send_at"]))
        path = f"/v1/decisions/{answer['decision_id']}/deliver"
        answer = done(house.post(path, "channel", headers={"Accept-Language": language}))
    expected, message, hold = step["expect"], answer["message"] or {}, answer["hold"] or {}
    offer = (message.get("offer") or {}).get("id")
    found = {"outcome": answer["outcome"], "channel": message.get("channel"), "offer": offer}
    missed = [
        f"{name} is {found[name]!r}, not {expected[name]!r}"
        for name in found
        if expected.get(name) not in (None, found[name])
    ]
    missed += [f"offer {offer!r} must not be made" for one in expected.get("not_offers", ()) if one == offer]
    types = [reason["type"] for reason in hold.get("reasons", ())]
    if expected.get("hold") not in (None, *types):
        missed.append(f"no {expected['hold']!r} among {types}")
    words = "\n".join(str(message[name]) for name in PARTS if message.get(name))
    missed += [f"{phrase!r} is not said" for phrase in expected.get("says", ()) if phrase not in words]
    missed += [f"{phrase!r} is said" for phrase in expected.get("never", ()) if phrase in words]
    reasons = str(answer["explanation"])
    missed += [f"{phrase!r} is not explained" for phrase in expected.get("explains", ()) if phrase not in reasons]
    if "why" in expected:
        missed += asked_why(house, words, expected["why"], language)
    return [f"{one}\n    {answer['explanation']} {hold}\n{words}" for one in missed]


def asked_why(house: House, words: str, expected: dict[str, Any], language: str) -> list[str]:
    """The customer follows the link in the mail: what the page lacks or says too much."""
    found = re.search(r"/why/[\w.=-]+", words)
    page = house.get(found.group() if found else "/why/none", headers={"Accept-Language": language})
    missed = [f"{phrase!r} is not on the page" for phrase in expected["says"] if phrase not in page.text]
    missed += [f"{phrase!r} is on the page" for phrase in expected["never"] if phrase in page.text]
    return [f"{one}: {page.text}" for one in missed]


def briefed(house: House, step: dict[str, Any], language: str) -> list[str]:
    """The brief, and what stands in the wrong place of it."""
    answer = house.get(f"/v1/customers/{step['brief']}/brief", "store", headers={"Accept-Language": language})
    brief, expected = done(answer), step["expect_brief"]
    missed = [
        f"{phrase!r} is not among {part}: {brief.get(part)}"
        for part in ("said", "did", "guessed", "avoid")
        for phrase in expected.get(part, ())
        if phrase not in str(brief.get(part))
    ]
    return missed + [
        f"{phrase!r} is among said" for phrase in expected.get("not_said", ()) if phrase in str(brief["said"])
    ]


def done(answer: Any) -> Any:
    """What was answered; fails with it where it is a refusal."""
    assert answer.status_code < 300, answer.text
    return answer.json()
