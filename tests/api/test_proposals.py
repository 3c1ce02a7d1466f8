"""How rules come into force: proposed, compared, approved by somebody else where they can loosen, rolled back."""

from pathlib import Path
from typing import Any

import pytest

from policies.document import PLAYBOOK
from tests.api.house import House

SHIPPED = (PLAYBOOK / "house.yaml").read_text(encoding="utf-8")
CAP = "max: 3\n    window: {kind: rolling, unit: week}"
TIGHTER, LOOSER = SHIPPED.replace(CAP, CAP.replace("3", "2")), SHIPPED.replace(CAP, CAP.replace("3", "9"))
VIP = """
exceptions:
  - id: vip_email
    rule: cap_email_week
    scope: {audience: {tags: [vip]}}
    instead: {max: 5}
    until: 2026-12-31
"""


def propose(house: House, text: str, role: str = "marketer", **more: Any) -> Any:
    """The proposal of a house.yaml."""
    answered = house.post("/v1/policies/proposals", role, {"house": text, "note": "a trial", **more})
    assert answered.status_code == 201, answered.text
    return answered.json()


def approve(house: House, proposal: Any, status: int = 200, **who: Any) -> Any:
    """The answer to an approval."""
    role = None if "key" in who else "approver"
    answered = house.post(f"/v1/policies/proposals/{proposal['id']}/approve", role, **who)
    assert answered.status_code == status, answered.text
    return answered.json()


def version(house: House) -> int:
    """The version in force."""
    number: int = house.get("/v1/policies", "marketer").json()["version"]
    return number


def test_what_changes_is_told_in_the_readers_language(house: House) -> None:
    assert TIGHTER != SHIPPED != LOOSER
    made = propose(house, TIGHTER)
    (change,) = made["changes"]
    assert (change["kind"], change["noun"], change["id"], change["fields"]) == (
        "changed",
        "rule",
        "cap_email_week",
        ["max"],
    )
    assert not change["loosens"] and not made["loosens"] and made["status"] == "waiting"
    assert "3通" in change["says"] and "2通" in change["says"]
    path = f"/v1/policies/proposals/{made['id']}"
    english = house.get(path, "analyst", headers={"Accept-Language": "en"}).json()
    assert "at most 3 emails" in english["changes"][0]["says"]


def test_nothing_changes_until_it_is_approved(house: House) -> None:
    before = version(house)
    made = propose(house, TIGHTER)
    assert version(house) == before
    assert approve(house, made)["policy_version"] == before + 1 == version(house)
    again = approve(house, made, 403)
    assert "approved already" in again["detail"]


def test_what_only_tightens_takes_one_person(house: House) -> None:
    made = propose(house, TIGHTER, "approver")
    assert approve(house, made)["status"] == "approved"


@pytest.mark.parametrize(
    "text",
    [
        LOOSER,
        SHIPPED + VIP,
        SHIPPED.replace('start: "21:00"', 'start: "22:00"'),
        SHIPPED.replace("id: gap_any", "id: another_gap"),
        SHIPPED.replace("tags: [complained]", "tags: [complained_twice]"),
        SHIPPED.replace("phone: ", "phone: '0' # "),
    ],
)
def test_what_can_loosen_takes_a_second_person(house: House, text: str) -> None:
    made = propose(house, text, "approver")
    assert made["loosens"]
    assert any(change["loosens"] for change in made["changes"])
    refused = approve(house, made, 403)
    assert refused["type"] == "urn:tact:problem:second-person"
    second = house.key("approver", "somebody else")
    assert approve(house, made, key=second)["decided_by"] == "somebody else"
    written = house.get("/v1/policies/versions", "marketer").json()["items"][0]
    assert (written["author"], written["approver"]) == ("approver", "somebody else")


def test_a_person_has_one_name_however_it_is_written(house: House) -> None:
    made = propose(house, LOOSER, "approver")
    assert approve(house, made, 403, key=house.key("approver", "  ＡＰＰＲＯＶＥＲ "))


def test_a_pack_is_switched_off_whole_and_never_loosened(house: House) -> None:
    approve(house, propose(house, SHIPPED.replace("packs: []", "packs: [jp]"), "approver"))
    made = propose(house, SHIPPED.replace("packs: []", "packs: [us]"))
    assert [(one["kind"], one["id"], one["loosens"]) for one in made["changes"]] == [
        ("removed", "jp", True),
        ("added", "us", False),
    ]
    exception = VIP.replace("cap_email_week", "jp.alcohol").replace("    instead: {max: 5}\n", "")
    lawful = SHIPPED.replace("packs: []", "packs: [jp]")
    refused = house.post("/v1/policies/proposals", "marketer", {"house": lawful + exception})
    assert refused.status_code == 422
    assert "jp.alcohol" in refused.json()["errors"][0]["detail"]
    assert house.post("/v1/policies/rules/jp.alcohol/retire", "marketer", {}).status_code == 403


def test_mistakes_are_named_with_file_line_and_suggestion(house: House) -> None:
    wrong = SHIPPED.replace("needs: no_refusal", "neds: no_refusal", 1)
    answered = house.post("/v1/policies/proposals", "marketer", {"house": wrong, "scenes": {"x.yaml": "id: x"}})
    problem = answered.json()
    assert (answered.status_code, problem["type"]) == (422, "urn:tact:problem:unreadable")
    told = [error["detail"] for error in problem["errors"]]
    assert any("house.yaml" in one and "needs" in one for one in told)
    assert any("x.yaml" in one for one in told)


def test_a_proposal_that_was_overtaken_is_loaded_again(house: House) -> None:
    first, second = propose(house, TIGHTER), propose(house, LOOSER)
    approve(house, first)
    refused = approve(house, second, 403)
    assert "Do it again" in refused["detail"]
    assert version(house) == first["base"] + 1


def test_a_rejected_proposal_stays_without_effect(house: House) -> None:
    made = propose(house, LOOSER)
    path = f"/v1/policies/proposals/{made['id']}/reject"
    rejected = house.post(path, "marketer", {"reason": "too many"}).json()
    assert (rejected["status"], rejected["reason"]) == ("rejected", "too many")
    assert "rejected already" in approve(house, made, 403)["detail"]
    listed = house.get("/v1/policies/proposals", "analyst").json()["items"]
    assert [one["status"] for one in listed] == ["rejected"]


def test_going_back_takes_another_person_where_it_can_loosen(house: House) -> None:
    tightened = approve(house, propose(house, TIGHTER, "approver"))["policy_version"]
    refused = house.post("/v1/policies/rollback", "approver", {"to": tightened - 1})
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:tact:problem:second-person")
    second = house.key("approver", "Second")
    back = house.post("/v1/policies/rollback", key=second, json={"to": tightened - 1}).json()
    assert (back["status"], back["loosens"], back["policy_version"]) == ("approved", True, tightened + 1)
    again = house.post("/v1/policies/rollback", key=second, json={"to": tightened}).json()
    assert (again["status"], again["policy_version"]) == ("approved", tightened + 2)
    assert house.post("/v1/policies/rollback", "approver", {"to": 99}).status_code == 404


def test_two_versions_are_compared_both_ways(house: House) -> None:
    after = approve(house, propose(house, TIGHTER))["policy_version"]
    path = "/v1/policies/versions/{}/diff/{}"
    assert not house.get(path.format(after - 1, after), "analyst").json()["loosens"]
    back = house.get(path.format(after, after - 1), "analyst").json()
    assert back["loosens"] and [one["id"] for one in back["changes"]] == ["cap_email_week"]
    assert house.get(path.format(after, after), "analyst").json()["changes"] == []
    assert house.get(path.format(after, 99), "analyst").status_code == 404


def test_a_rule_is_retired_by_two(house: House) -> None:
    made = house.post("/v1/policies/rules/gap_any/retire", "marketer", {"reason": "too long"}).json()
    assert made["loosens"] and made["note"] == "too long"
    approve(house, made)
    ids = [rule["id"] for rule in house.get("/v1/policies", "marketer").json()["rules"]]
    assert "gap_any" not in ids and "consent_marketing" in ids
    assert house.post("/v1/policies/rules/gap_any/retire", "marketer", {}).status_code == 404


def test_an_exception_holds_until_its_last_day(house: House) -> None:
    approve(house, propose(house, SHIPPED + VIP))
    book = house.get("/v1/policies", "marketer").json()
    assert [(one["id"], one["rule"], one["until"]) for one in book["exceptions"]] == [
        ("vip_email", "cap_email_week", "2026-12-31")
    ]
    rules = {rule["id"]: rule for rule in book["rules"]}
    assert rules["vip_email"]["parameters"]["max"] == 5
    assert rules["cap_email_week"]["parameters"]["scope"]["except"]


def test_scenes_that_are_left_out_stay(house: House) -> None:
    assert propose(house, TIGHTER)["changes"][0]["noun"] == "rule"
    fewer = {path.name: path.read_text("utf-8") for path in Path(PLAYBOOK / "scenes").glob("w*.yaml")}
    made = propose(house, SHIPPED, scenes=fewer)
    assert {one["kind"] for one in made["changes"]} == {"removed"} and not made["loosens"]


def test_findings_stand_beside_a_proposal(house: House) -> None:
    never = """
  - id: nobody_ever
    type: quiet_hours
    name: {ja: なし, en: Nobody}
    scope: {audience: {age: {at_least: 30, below: 20}}}
    start: "01:00"
    end: "02:00"
"""
    made = propose(house, SHIPPED + never)
    assert any("nobody_ever" in one["rules"] for one in made["findings"])
    assert house.get("/v1/policies/findings", "analyst").json() == {"version": version(house), "findings": []}


def test_with_keys_switched_off_nobody_approves(house: House) -> None:
    made = propose(house, TIGHTER)
    house.app.state.guard._auth = "off"
    assert house.post(f"/v1/policies/proposals/{made['id']}/approve").status_code == 403
    assert house.post("/v1/policies/proposals", json={"house": TIGHTER}).status_code == 403


def test_the_schema_is_served(shared: House) -> None:
    assert "frequency_cap" in str(shared.get("/v1/policies/schema", "marketer").json())
    assert "card" in shared.get("/v1/policies/schema?document=scene", "marketer").json()["properties"]
    assert shared.get("/v1/policies/schema?document=dream", "marketer").status_code == 422
