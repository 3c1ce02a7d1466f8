"""Words that the company defines once: approved by another person, counted, and used by every directive after that."""

from typing import Any

import pytest

from agent.heads import MOST, Heads
from policies.audience import Audience, Bounds
from tests.api.house import House
from tests.clock import START

WORD = {"term": "上得意", "as": "ゴールド以上のVIP"}
AUDIENCE = {"tags": ["vip"], "tiers": ["gold", "premium"]}
DIRECTIVE = "上得意には電話しない。"


def defined(house: House, body: dict[str, Any], role: str = "marketer") -> dict[str, Any]:
    """A definition, as its author sees it."""
    answer = house.post("/v1/segments", role, body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def read(house: House, text: str = DIRECTIVE) -> dict[str, Any]:
    """The reading of a directive that is only tried out."""
    answered = house.post("/v1/policies/try", "marketer", {"directives": [text], "language": "ja"}).json()
    found: dict[str, Any] = answered["clauses"][0]
    return found


def test_a_word_is_defined_in_words_and_used_once_somebody_else_approved_it(house: House) -> None:
    assert read(house)["status"] == "ask"
    word = defined(house, WORD)
    assert (word["status"], word["audience"]) == ("draft", AUDIENCE)
    assert read(house)["status"] == "ask"
    approved = house.post(f"/v1/segments/{word['id']}/approve", "approver").json()
    assert (approved["status"], approved["decided_by"]) == ("approved", "approver")
    clause = read(house)
    assert clause["status"] == "understood"
    assert clause["rules"][0]["scope"]["audience"] == AUDIENCE
    assert any("上得意" in said and "ゴールド" in said for said in clause["assumptions"])
    given = house.post("/v1/directives", "marketer", {"text": f"{DIRECTIVE}割引は10%まで。ただし上得意は除く。"}).json()
    assert given["understood"] is True
    assert given["rules"][1]["scope"]["except"] == [AUDIENCE]


def test_a_definition_says_how_many_customers_it_means(house: House) -> None:
    everybody = defined(house, {"term": "our people", "audience": {"stages": ["active"]}})
    assert everybody["customers"] == 3
    assert defined(house, {"term": "elders", "audience": {"age": {"at_least": 60}}})["customers"] == 0
    assert [one["term"] for one in house.get("/v1/segments?limit=1", "store").json()["items"]] == ["elders"]
    assert house.get(f"/v1/segments/{everybody['id']}", "analyst").json()["customers"] == 3


def test_an_open_word_is_asked_about_with_the_heads_of_each_reading(house: House) -> None:
    house.post("/v1/customers", "admin", [{"id": f"v{n}", "tags": ["vip"], "stage": "loyal"} for n in range(3)])
    for clause in (
        read(house, "優良顧客にはメールを送らない。"),
        house.post("/v1/directives", "marketer", {"text": "優良顧客にはメールを送らない。"}).json()["clauses"][0],
    ):
        assert clause["status"] == "ask" and clause["rules"] == []
        assert clause["doubt"]["term"] == "優良顧客"
        counts = {one["name"]["ja"]: one["customers"] for one in clause["doubt"]["readings"]}
        assert counts["VIPタグのお客様"] == counts["ロイヤル段階のお客様"] == 3
        assert counts["ゴールド以上の会員"] == 0
        assert "VIPタグのお客様：3人" in clause["question"]
    english = house.post("/v1/policies/try", "marketer", {"directives": ["No emails to our best customers."]}).json()
    assert "customers tagged VIP: 3" in english["clauses"][0]["question"]


def test_a_word_defined_anew_takes_the_place_of_the_old_one_and_can_be_retired(house: House) -> None:
    first = defined(house, WORD)
    house.post(f"/v1/segments/{first['id']}/approve", "approver")
    second = defined(house, {"term": "上得意", "audience": {"stages": ["loyal"]}})
    house.post(f"/v1/segments/{second['id']}/approve", "approver")
    assert house.get(f"/v1/segments/{first['id']}", "analyst").json()["status"] == "retired"
    assert read(house)["rules"][0]["scope"]["audience"] == {"stages": ["loyal"]}
    house.post(f"/v1/segments/{second['id']}/retire", "approver", {"reason": "nobody uses it"})
    assert read(house)["status"] == "ask"
    assert house.post(f"/v1/segments/{second['id']}/retire", "approver").status_code == 403


def test_nobody_decides_about_their_own_word(shared: House) -> None:
    key = shared.key("approver", "Mihon Hanako")
    word = shared.post("/v1/segments", key=key, json=WORD).json()
    other = shared.key("approver", "ｍｉｈｏｎ  hanako")
    for verb in ("approve", "reject", "retire"):
        refused = shared.post(f"/v1/segments/{word['id']}/{verb}", key=other)
        assert (refused.status_code, refused.json()["type"]) == (403, "urn:tact:problem:second-person")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"term": "メール", "as": "ゴールド会員"}, "term"),
        ({"term": "VIP", "as": "ゴールド会員"}, "term"),
        ({"term": "x", "as": "ゴールド会員"}, "term"),
        ({"term": "。。", "as": "ゴールド会員"}, "term"),
        ({"term": "上得意", "as": "いい感じの人"}, "as"),
        ({"term": "上得意", "as": "VIP以外"}, "as"),
        ({"term": "上得意", "as": "メールを週2通まで"}, "as"),
        ({"term": "上得意", "audience": {}}, "audience"),
        ({"term": "上得意"}, "audience"),
        ({"term": "上得意", "as": "VIP", "audience": {"tags": ["vip"]}}, "audience"),
    ],
)
def test_what_is_no_definition_is_named(shared: House, body: dict[str, Any], field: str) -> None:
    refused = shared.post("/v1/segments", "marketer", body)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, field), refused.text


def test_words_are_for_the_company_and_not_for_one_store(shared: House) -> None:
    assert shared.post("/v1/segments", "store", WORD).status_code == 403
    assert shared.get("/v1/segments/seg-99", "analyst").status_code == 404
    assert shared.get("/v1/segments/99", "analyst").status_code == 404


def test_heads_are_counted_anew_once_too_many_are_remembered(house: House) -> None:
    heads, one, other = (
        Heads(house.scenery.parts.stores),
        Audience(age=Bounds(at_least=20)),
        Audience(age=Bounds(at_least=90)),
    )
    before = heads.count([one])
    heads.counted |= {str(number): (START, 0) for number in range(MOST)}
    assert heads.count([one, other]) == (*before, 0)
