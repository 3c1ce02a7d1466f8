"""Amendments: a directive that meets one in force is asked about, replaces it, or is left behind with a version."""

from typing import Any

from tests.api.house import House


def given(house: House, text: str, **more: Any) -> dict[str, Any]:
    """A new directive, as its author sees it."""
    answer = house.post("/v1/directives", "marketer", {"text": text, **more})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def approved(house: House, text: str, **more: Any) -> str:
    """A directive in force."""
    identifier: str = given(house, text, **more)["id"]
    answer = house.post(f"/v1/directives/{identifier}/approve", "approver")
    assert answer.status_code == 200, answer.text
    return identifier


def shown(house: House, identifier: str) -> dict[str, Any]:
    """A directive as it stands now."""
    found: dict[str, Any] = house.get(f"/v1/directives/{identifier}", "analyst").json()
    return found


def rules(house: House) -> set[str]:
    """The ids of all rules in force that came of directives."""
    return {rule["id"] for rule in house.get("/v1/policies", "analyst").json()["rules"] if rule["layer"] == "directive"}


def test_what_loosens_a_directive_in_force_is_asked_about_and_says_which(house: House) -> None:
    first = approved(house, "全員週2通まで。")
    later = given(house, "VIPは週5通まで。SMSは使わない。")
    assert [clause["status"] for clause in later["clauses"]] == ["ask", "understood"]
    assert later["clauses"][0]["against"] == first
    assert "全員週2通まで" in later["clauses"][0]["question"] and "例外" in later["clauses"][0]["question"]
    assert later["clauses"][0]["rules"] == []
    assert house.post(f"/v1/directives/{later['id']}/approve", "approver").status_code == 403


def test_a_directive_takes_the_place_of_another_once_it_is_approved(house: House) -> None:
    first, other = approved(house, "割引は10%まで。"), approved(house, "SMSは使わない。")
    assert given(house, "割引は15%まで。")["understood"] is False
    later = given(house, "割引は15%まで。", replaces=first)
    assert (later["understood"], later["replaces"]) == (True, first)
    assert first in later["explanation"]
    assert rules(house) == {f"{first}.1", f"{other}.1"}
    simulated = house.post(f"/v1/directives/{later['id']}/simulate", "marketer").json()
    assert simulated["lost"] == 0
    house.post(f"/v1/directives/{later['id']}/approve", "approver")
    assert rules(house) == {f"{later['id']}.1", f"{other}.1"}
    old = shown(house, first)
    assert (old["status"], old["in_force"], old["reason"]) == ("retired", False, f"replaced by {later['id']}")
    assert old["policy_version"] == shown(house, later["id"])["policy_version"]
    refused = house.post("/v1/directives", "marketer", {"text": "割引は20%まで。", "replaces": first})
    assert refused.status_code == 403
    assert (
        house.post("/v1/directives", "marketer", {"text": "割引は20%まで。", "replaces": "dir-99"}).status_code == 404
    )


def test_a_sentence_with_another_figure_alone_says_what_it_would_change(house: House) -> None:
    first = approved(house, "割引は10%まで。21時以降はメールを送らない。")
    approved(house, "SMSは週1通まで。")
    (clause,) = given(house, "やっぱり15%で。")["clauses"]
    assert (clause["status"], clause["against"]) == ("ask", first)
    assert clause["suggestions"] == ["割引は15%まで。21時以降はメールを送らない。"]
    later = given(house, clause["suggestions"][0], replaces=first)
    assert later["understood"] is True
    assert later["rules"][0]["max_percent"] == "15"
    other = given(house, "Make it 50 characters.")["clauses"][0]
    assert (other["status"], other["suggestions"], other["against"]) == ("ask", [], None)


def test_going_back_leaves_a_directive_without_force_and_it_says_so(house: House) -> None:
    first = approved(house, "SMSは使わない。")
    assert shown(house, first)["in_force"] is True
    version = house.get("/v1/policies", "analyst").json()["version"]
    back = house.post("/v1/policies/rollback", "approver", {"to": version - 1})
    assert back.status_code == 201, back.text
    left = shown(house, first)
    assert (left["status"], left["in_force"]) == ("approved", False)
    assert [one["in_force"] for one in house.get("/v1/directives", "analyst").json()["items"]] == [False]
    assert approved(house, "SMSは使わない。") != first
    assert shown(house, first)["in_force"] is False


def test_many_directives_in_force_leave_room_for_a_new_one(house: House) -> None:
    for start in (0, 1):
        approved(house, "\n".join(f"「禁句{start}の{number}」は使わない。" for number in range(78)))
    later = given(house, "メールは週2通まで。")
    assert later["understood"] is True, later["clauses"]
    approved(house, "LINEは週2通まで。")
    assert given(house, "LINEは週3通まで。")["clauses"][0]["against"] == "dir-4"
