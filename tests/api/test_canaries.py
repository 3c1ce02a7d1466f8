"""Canaries: things of customers stand wherever people write them; none is ever in a request to a model."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from api.app import create_app
from domain.customer import Customer, Tier
from domain.language import Text
from evals.stub_scripts import Answer, Body, Script, answers, plays, writes
from evals.thinkers import calls, honest, is_deliberation
from policies.rules.llm_data import LLM_PURPOSES
from records import catalogue, profiles
from records.keys import ROLES
from tests.agent.living import (
    ADDRESS,
    CANARIES,
    MAIL,
    MAILBOX,
    NAME,
    NOTE,
    PHONE,
    SCENE,
    TITLE,
    Living,
    in_force,
    living,
)
from tests.agent.stage import ANNA, COAT, COFFEE
from tests.api.house import House
from tests.clock import START
from tests.patience import soon
from tools.coarse import READERS

HURRY = json.dumps({**MAIL, "opening": "Hurry."})
MOMENT = {
    "page": {"title": TITLE, "url": "https://shop.example.com/account/annabel"},
    "weather": NAME,
    "device": f"phone of {NAME}",
    "location": {"place": f"home of {NAME}", "lat": 35.123456, "lon": 139.654321},
    "cart": {"items": [{"offer": NOTE}, {"offer": "coffee"}]},
}
EXACT = (*CANARIES, "35.123", "139.654", "/account/")


REASONS = (
    "She said on the phone: my husband left me in May and I cannot afford candy (call note 17). Tanaka Ichiro's words.",
    "He is diabetic; their church; her debts of 40000 yen; lives in Ginza, born 1960",
    "Annabel told Bob Jones that she is pregnant. Ask 090-1234-5678 or bob@mail.example",
    "田中一郎さんのご主人が五月に亡くなりました。もっと短くしてください。",
    "離婚されたばかりの方です、糖尿病、年収三百万、銀座にお住まい",
    f"{NOTE} {TITLE}",
)
"""Free text about somebody, of every kind, as a reviewer may write it who forgets who reads it."""
SECRETS = (
    *("husband", "afford", "candy", "Ichiro", "diabetic", "church", "debts", "40000", "Ginza", "1960", "Bob Jones"),
    *("pregnant", "090-1234", "bob@", "田中一郎", "主人", "亡くな", "離婚", "糖尿", "年収", "銀座"),
)


@dataclass
class Watched:
    """A service whose every word to a model is kept."""

    house: House
    play: Living

    def heard(self, path: str, script: Script, act: Callable[[], object]) -> None:
        """Something is done while the model plays a script; it is asked, and no canary is in what it is told."""
        self.play.play(script)
        act()
        told = [
            json.dumps([seen.path, dict(seen.headers), seen.body], ensure_ascii=False) for seen in self.play.requests
        ]
        assert told, f"{path}: the model was not asked"
        found = {canary for canary in EXACT for words in told if canary in words}
        assert not found, f"{path}: {found}"

    def ask(self, guest: str, **more: object) -> dict[str, object]:
        """One ask with everything planted in its moment."""
        body = {"customer": {"id": guest}, "channels": ["email", "line"], "scene": SCENE, "deadline_ms": 10_000}
        answered = self.house.post("/v1/next-message", "channel", {**body, "moment": MOMENT, **more})
        assert answered.status_code == 200, answered.text
        decided: dict[str, object] = answered.json()
        return decided


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """A service on whose rules a model may see every coarse fact there is, for every purpose."""
    with living(tmp_path_factory.mktemp("home")) as play:
        parts = play.scenery.parts
        house = House(play.scenery, create_app(parts))
        house.keys = {role: house.key(role, role) for role in ROLES}
        planted = {"review": Text(en=f"{NAME}: I love it", ja=f"{NAME}：よかった"), "customer_voice": NOTE, "beans": 3}
        offers = [one.model_copy(update={"facts": {**one.facts, **planted}}) for one in (COFFEE, COAT)]
        play.scenery.write(lambda c: catalogue.upsert(c, offers, START))
        with in_force(play.scenery, all_told(play)):
            yield Watched(house, play)
        house.runner.run(parts.instruments.model.close() if parts.instruments.model else nothing())
        house.runner.close()


async def nothing() -> None:
    """There is nothing to close."""


def all_told(play: Living) -> str:
    """The book in force with every rule about models wide open."""
    document = json.loads(play.scenery.parts.shelf.load()[0].to_document())
    for rule in document["rules"]:
        if rule["type"] == "llm_data":
            rule.update(fields=sorted((*READERS, "language")), purposes=sorted(LLM_PURPOSES))
    return json.dumps(document)


def both(body: Body, number: int) -> Answer:
    """Thinks where it is to choose, writes where it is to write."""
    return honest(body, number) if is_deliberation(body) else writes(MAIL)(body, number)


def test_live_drafts(watched: Watched) -> None:
    watched.heard("live", writes(MAIL), lambda: watched.ask(watched.play.guest()))


def test_live_drafts_in_japanese(watched: Watched) -> None:
    watched.heard("live, ja", writes(MAIL), lambda: watched.ask(watched.play.guest("ja")))


def test_revisions(watched: Watched) -> None:
    watched.heard("revision", answers(HURRY), lambda: watched.ask(watched.play.guest(), channels=["email"]))
    assert len(watched.play.requests) == 3


def test_revisions_of_what_only_the_filled_in_words_break(watched: Watched) -> None:
    """The name itself breaks a rule: the objection that goes back must not quote it."""
    document = json.loads(watched.play.scenery.parts.shelf.load()[0].to_document())
    rule = {"type": "length", "id": "short_line", "name": {"en": "short"}, "part": "body", "max": 60}
    document["rules"].append({**rule, "scope": {"channels": ["line"]}})
    wordy = writes(
        {"body": "More [[offer.word]] is here, whenever it suits you, and as long as you like.", "action": ""}
    )
    with in_force(watched.play.scenery, json.dumps(document)):
        watched.heard("name", wordy, lambda: watched.ask(watched.play.guest(), channels=["line"]))
    assert len(watched.play.requests) == 3


@pytest.mark.parametrize("trouble", [Answer(status=500), Answer(status=429), Answer(reset=True), Answer(text="{")])
def test_errors(watched: Watched, trouble: Answer) -> None:
    watched.heard("error", plays(trouble), lambda: watched.ask(watched.play.guest()))


def test_asks_by_identifier(watched: Watched) -> None:
    who = {"email": f"{watched.play.guest()}.{MAILBOX}"}
    watched.heard("identifier", writes(MAIL), lambda: watched.ask("", customer=who))


def test_prepared_words(watched: Watched) -> None:
    def prepare() -> None:
        body = {"customer": {"id": watched.play.guest()}, "channels": ["email"], "scene": SCENE, "moment": MOMENT}
        assert watched.house.post("/v1/prepare", "ingest", body).json() == {"accepted": True}
        watched.house.runner.run(watched.house.parts.conductor.rest())

    watched.heard("prepare", writes(MAIL), prepare)


def test_words_written_at_delivery(watched: Watched) -> None:
    guest = watched.play.guest()
    decided = watched.ask(guest, channels=["email"])
    id = decided["decision_id"]
    watched.play.scenery.clock.set(START.replace(hour=2))
    try:
        watched.heard(
            "deliver", writes(MAIL), lambda: watched.house.post(f"/v1/decisions/{id}/deliver", "channel").json()
        )
    finally:
        watched.play.scenery.clock.set(START)


@pytest.mark.parametrize("script", [both, plays(calls(recall={}, channels={}))])
def test_deliberations(watched: Watched, script: Script) -> None:
    guest = watched.play.guest()
    watched.play.scenery.write(lambda c: profiles.upsert(c, [gold(guest)], START))
    watched.heard("deliberate", script, lambda: watched.ask(guest, scene="concierge"))


def gold(guest: str) -> Customer:
    return ANNA.model_copy(update={"id": guest, "tier": Tier.GOLD, "display_name": NAME, "attributes": {"note": NOTE}})


EVERYWHERE = (
    "said",
    "note",
    "text",
    "comment",
    "answer",
    "question",
    "topic",
    "place",
    "store",
    "query",
    "title",
    "name",
)
HAPPENED = (
    "Conversation Noted",
    "Call Received",
    "Survey Answered",
    "Webinar Attended",
    "Product Reviewed",
    "Products Searched",
    "Order Completed",
    "Document Downloaded",
    "Store Visited",
    "Page Viewed",
)


def remember_everything(watched: Watched, guest: str) -> None:
    """Events with something planted in every field come in, and are followed."""
    words = f"{NAME} of {ADDRESS}, {PHONE}, {MAILBOX}: {NOTE}; {TITLE}"
    batch = []
    for number, name in enumerate(HAPPENED):
        given = {
            **dict.fromkeys(EVERYWHERE, words),
            "product_id": "coffee",
            "products": [{"product_id": NAME, "name": words}],
        }
        batch.append(
            {"type": "track", "event": name, "messageId": f"{guest}-{number}", "userId": guest, "properties": given}
        )
    assert watched.house.post("/v1/batch", "ingest", {"batch": batch}).status_code == 200
    watched.house.runner.run(watched.house.parts.follower.catch_up())
    kept = watched.house.get(f"/v1/customers/{guest}", "marketer").json()["memories"]
    assert sum(bool(one["quote"]) for one in kept) >= 8


@pytest.mark.parametrize("script", [both, plays(calls(recall={}, channels={}))])
def test_memories_from_events(watched: Watched, script: Script) -> None:
    guest = watched.play.guest()
    watched.play.scenery.write(lambda c: profiles.upsert(c, [gold(guest)], START))
    remember_everything(watched, guest)
    watched.heard("memories, deliberate", script, lambda: watched.ask(guest, scene="concierge"))


@pytest.mark.parametrize("language", ["en", "ja"])
def test_drafts_after_events(watched: Watched, language: str) -> None:
    guest = watched.play.guest(language)
    remember_everything(watched, guest)
    watched.heard("memories, live", writes(MAIL), lambda: watched.ask(guest))


def test_what_marketers_repeat_of_memories(watched: Watched) -> None:
    guest = watched.play.guest()
    remember_everything(watched, guest)
    watched.play.play(plays(Answer(text="{}")))
    watched.house.post("/v1/desk", "marketer", {"text": f"What do we know of {guest}? {NOTE}, somehow."})
    told = json.dumps([seen.body for seen in watched.play.requests], ensure_ascii=False)
    assert not [canary for canary in EXACT if canary in told]


def test_copy_written_ahead(watched: Watched) -> None:
    def compose() -> None:
        order = {"scene": SCENE, "n": 1, "channels": ["email"], "languages": ["en"]}
        begun = watched.house.post("/v1/variants/compose", "marketer", order)
        assert begun.status_code == 202, begun.text
        assert watched.house.runner.run(soon(lambda: watched.play.requests))

    watched.heard("compose", writes(MAIL), compose)


@pytest.mark.parametrize(
    "text",
    [
        f"{NAME} has asked about {PHONE} and {MAILBOX}, so be gentle somehow.",
        f"{NAME}さんには、やさしい感じでよろしく。",
    ],
)
def test_what_marketers_say_of_customers(watched: Watched, text: str) -> None:
    watched.play.guest()
    watched.play.play(plays(Answer(text="{}")))
    watched.house.post("/v1/directives", "marketer", {"text": text})
    watched.house.post("/v1/desk", "marketer", {"text": text})
    told = json.dumps([seen.body for seen in watched.play.requests], ensure_ascii=False)
    assert not [canary for canary in EXACT if canary in told]


def test_what_reviewers_said_of_customers(watched: Watched) -> None:
    """A reason that names somebody teaches the next draft nothing about them."""
    document = json.loads(watched.play.scenery.parts.shelf.load()[0].to_document())
    for scene in document["scenes"]:
        if scene["id"] == SCENE:
            scene["review"] = True
    with in_force(watched.play.scenery, json.dumps(document)):
        watched.play.play(writes(MAIL))
        watched.ask(watched.play.guest(), channels=["email"])
        for reason in (f"{NAME} at {ADDRESS} would not like this; shorter, please.", *REASONS):
            waiting = watched.house.get("/v1/reviews", "marketer").json()["items"]
            order = {"verdict": "reject", "reason": reason}
            assert watched.house.post(f"/v1/reviews/{waiting[0]['id']}", "marketer", order).status_code == 200
            watched.heard("lessons", writes(MAIL), lambda: watched.ask(watched.play.guest(), channels=["email"]))
            told = json.dumps([seen.body for seen in watched.play.requests], ensure_ascii=False)
            assert not [secret for secret in SECRETS if secret in told], reason
    assert "shorter, please" in told and "もっと短くしてください" in told
