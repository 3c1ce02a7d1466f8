"""Reviews at the door: what a reviewer sees, that one verdict stands, and that an edit cannot break a rule."""

from typing import Any

import pytest

from records import reviews
from tests.agent.test_review import ALWAYS, NIGHTLY, in_review
from tests.api.house import ASK, House
from tests.api.test_commands import home, key, tact  # noqa: F401  # a home of its own for the commands

ASKED = {**ASK, "scene": NIGHTLY}
NO_SHOUTING = {"id": "no_shouting", "type": "forbidden_phrase", "phrases": ["unbeatable", "無敵"]}


@pytest.fixture
def waiting(house: House) -> dict[str, Any]:
    """One draft in the queue, as a reviewer sees it in the list."""
    in_review(house.scenery, ALWAYS, NO_SHOUTING, scene=True)
    held = house.post("/v1/next-message", "channel", ASKED).json()
    assert held["outcome"] == "hold" and held["hold"]["reasons"][0]["type"] == "approval"
    (item,) = house.get("/v1/reviews", "marketer", headers={"Accept-Language": "en"}).json()["items"]
    assert item["decision_id"] == held["decision_id"]
    found: dict[str, Any] = item
    return found


def decide(house: House, item: dict[str, Any], role: str = "marketer", **order: Any) -> Any:
    """A verdict."""
    return house.post(f"/v1/reviews/{item['id']}", role, order, headers={"Accept-Language": "en"})


def handed(house: House, item: dict[str, Any]) -> dict[str, Any]:
    """What the channel gets."""
    answered: dict[str, Any] = house.post(f"/v1/decisions/{item['decision_id']}/deliver", "channel").json()
    return answered


def test_a_reviewer_sees_the_words_why_and_what_wants_a_look(house: House, waiting: dict[str, Any]) -> None:
    assert waiting["message"]["subject"] and waiting["message"]["channel"] == "email"
    assert [one["rule"] for one in waiting["wanted"]] == [NIGHTLY, "look"]
    assert waiting["explanation"]["because"] and "Anna" not in str(waiting["explanation"])
    for language, word in (("ja", "担当者"), ("en", "person")):
        shown = house.get(f"/v1/reviews/{waiting['id']}", "marketer", headers={"Accept-Language": language}).json()
        assert word in shown["wanted"][0]["text"] and shown["status"] == "waiting" and shown["holds"] == []
        assert shown["copy"]["subject"] == waiting["message"]["subject"] and "[card]" in shown["copy"]["body"]


def test_what_would_hold_it_anyway_is_said_before_somebody_approves(house: House, waiting: dict[str, Any]) -> None:
    house.scenery.consent("anna", "email", granted=False)
    shown = house.get(f"/v1/reviews/{waiting['id']}", "marketer").json()
    assert [one["type"] for one in shown["holds"]] == ["consent"]


def test_an_edit_that_breaks_a_rule_is_refused_with_the_rule(house: House, waiting: dict[str, Any]) -> None:
    refused = decide(house, waiting, verdict="edit", copy={"body": "Our unbeatable coffee.\n\n[card]"})
    assert (refused.status_code, refused.json()["type"]) == (422, "urn:tact:problem:rule-broken")
    assert any("no_shouting" in error["detail"] for error in refused.json()["errors"])
    assert handed(house, waiting)["outcome"] == "hold"
    edited = decide(house, waiting, verdict="edit", copy={"subject": "Coffee, when you need it"}, reason="plainer")
    assert (edited.status_code, edited.json()["status"], edited.json()["decided_by"]) == (200, "edited", "marketer")
    message = handed(house, waiting)["message"]
    record = house.get(f"/v1/decisions/{waiting['decision_id']}", "analyst").json()
    assert [one["personal"]["decision"]["message"]["subject"] for one in record["handed"]] == [message["subject"]]
    assert message["subject"] == "Coffee, when you need it" and "unsubscribe" in str(message["headers"]).lower()


def test_of_two_verdicts_at_once_one_stands(house: House, waiting: dict[str, Any]) -> None:
    answers = house.together(4, "POST", f"/v1/reviews/{waiting['id']}", "marketer", json={"verdict": "approve"})
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    late = decide(house, waiting, "approver", verdict="reject", reason="too late")
    assert (late.status_code, late.json()["type"]) == (409, "urn:tact:problem:already-decided")
    assert handed(house, waiting)["message"]["subject"] == waiting["message"]["subject"]


def test_what_was_decided_is_listed_apart_and_teaches(house: House, waiting: dict[str, Any]) -> None:
    assert decide(house, waiting, verdict="reject").status_code == 422
    rejected = decide(house, waiting, verdict="reject", reason="It says nothing about the beans.")
    assert rejected.json()["status"] == "rejected"
    assert house.get("/v1/reviews", "marketer").json()["items"] == []
    (kept,) = house.get("/v1/reviews", "marketer", params={"status": "rejected"}).json()["items"]
    assert kept["reason"] == "It says nothing about the beans."
    assert house.parts.stores.read(lambda c: reviews.lessons(c, NIGHTLY, 3)) == (kept["reason"],)
    stopped = handed(house, waiting)
    assert stopped["hold"]["reasons"][0]["type"] == "rejected"


def test_the_queue_comes_in_pages_the_longest_first(house: House) -> None:
    in_review(house.scenery, ALWAYS)
    asked = [
        house.post("/v1/next-message", "channel", {**ASK, "customer": {"id": who}, "channels": [channel]}).json()
        for who, channel in (("anna", "email"), ("anna", "line"), ("hana", "email"))
    ]
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = house.get("/v1/reviews", "marketer", params={"limit": 2, "cursor": cursor}).json()
        seen += [item["decision_id"] for item in page["items"]]
        cursor = page["next"]
    assert sorted(seen) == sorted(one["decision_id"] for one in asked)


MISFITS: tuple[dict[str, Any], ...] = (
    {"verdict": "perhaps"},
    {"verdict": "edit"},
    {"verdict": "edit", "copy": {}},
    {"verdict": "edit", "copy": {"html": "<p>"}},
    {"verdict": "approve", "copy": {"subject": "x"}},
    {"verdict": "reject", "reason": " "},
    {"verdict": "edit", "copy": {"title": "a mail has none"}},
)


def test_an_order_that_does_not_fit_is_refused_with_its_field(house: House, waiting: dict[str, Any]) -> None:
    for order in MISFITS:
        refused = decide(house, waiting, **order)
        assert refused.status_code == 422 and refused.json()["errors"], order


def test_nobody_decides_without_being_somebody(house: House, waiting: dict[str, Any]) -> None:
    assert decide(house, waiting, "analyst", verdict="approve").status_code == 403
    assert house.get("/v1/reviews", "channel").status_code == 403
    assert house.get("/v1/reviews/r-none", "marketer").status_code == 404


def test_the_commands_do_the_same_beside_the_service(
    house: House, waiting: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TACT_HOME", str(house.parts.settings.home))
    monkeypatch.setenv("TACT_LANGUAGE", "en")
    token = key("marketer", "Mika")
    assert waiting["id"] in tact("review", "list")
    shown = tact("review", "show", waiting["id"])
    assert waiting["message"]["subject"] in shown and "--subject" in shown
    refused = tact("review", "edit", waiting["id"], "--subject", "Unbeatable!", "--key", token, code=1)
    assert "no_shouting" in refused
    assert "edited and approved (Mika)" in tact("review", "edit", waiting["id"], "--subject", "Coffee", "--key", token)
    assert "was edited by 'Mika'" in tact("review", "reject", waiting["id"], "--reason", "x", "--key", token, code=1)
    assert handed(house, waiting)["message"]["subject"] == "Coffee"
