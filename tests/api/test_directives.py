"""Directives over HTTP and at the command line: read back, approved by another person, in force for the next ask."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from tests.api.house import ASK, House

BAN_EN = 'Never use the phrase "just as you left it".'
BAN_JA = "「コーヒー」という言葉は使わない。"
ODD = "Please make everything nicer, with more sparkle."


def given(house: House, text: str, role: str = "marketer") -> dict[str, object]:
    """A new directive, as its author sees it."""
    answer = house.post("/v1/directives", role, {"text": text})
    assert answer.status_code == 201, answer.text
    body: dict[str, object] = answer.json()
    return body


def words(house: House) -> str:
    """The next message for Hana, who reads Japanese, or why there is none."""
    body = house.post("/v1/next-message", "channel", {**ASK, "customer": {"id": "hana"}, "dry_run": True}).json()
    return str(body["message"] or body["hold"])


def test_a_directive_is_read_back_and_changes_nothing_before_somebody_else_approves_it(house: House) -> None:
    assert "コーヒー" in words(house)
    directive = given(house, BAN_JA)
    assert (directive["status"], directive["understood"], directive["policy_version"]) == ("draft", True, None)
    assert "コーヒー" in str(directive["explanation"])
    assert [clause["status"] for clause in directive["clauses"]] == ["understood"]  # type: ignore[attr-defined]
    assert "コーヒー" in words(house)
    approved = house.post(f"/v1/directives/{directive['id']}/approve", "approver").json()
    assert (approved["status"], approved["decided_by"]) == ("approved", "approver")
    assert approved["policy_version"] > 1
    assert "forbidden_phrase" in words(house) or "コーヒー" not in words(house)


def test_retiring_takes_it_out_of_force_again(house: House) -> None:
    directive = given(house, BAN_JA)
    house.post(f"/v1/directives/{directive['id']}/approve", "approver")
    retired = house.post(f"/v1/directives/{directive['id']}/retire", "approver", {"reason": "a campaign is over"})
    assert (retired.json()["status"], retired.json()["reason"]) == ("retired", "a campaign is over")
    assert "コーヒー" in words(house)
    assert house.post(f"/v1/directives/{directive['id']}/retire", "approver").status_code == 403


@pytest.mark.parametrize("verb", ["approve", "reject", "retire"])
def test_nobody_decides_about_their_own_directive(house: House, verb: str) -> None:
    key = house.key("approver", "Mihon Hanako")
    directive = house.post("/v1/directives", key=key, json={"text": BAN_EN}).json()
    refused = house.post(f"/v1/directives/{directive['id']}/{verb}", key=key)
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:tact:problem:second-person")


def test_what_is_not_understood_whole_cannot_be_approved(house: House) -> None:
    directive = given(house, f"{BAN_EN} {ODD}")
    assert directive["understood"] is False
    asked = [clause for clause in directive["clauses"] if clause["status"] == "ask"]  # type: ignore[attr-defined]
    assert asked[0]["question"]
    refused = house.post(f"/v1/directives/{directive['id']}/approve", "approver")
    assert refused.status_code == 403
    assert "not understood whole" in refused.json()["detail"]
    closed = house.post(f"/v1/directives/{directive['id']}/reject", "approver", {"reason": "say it plainly"})
    assert closed.json()["status"] == "rejected"


def test_a_store_may_draft_and_not_decide(house: House) -> None:
    directive = given(house, BAN_EN, "store")
    assert directive["author"] == "store"
    assert house.post(f"/v1/directives/{directive['id']}/approve", "store").status_code == 403


def test_directives_are_listed_newest_first(house: House) -> None:
    first, second = given(house, BAN_EN), given(house, BAN_JA)
    page = house.get("/v1/directives?limit=1", "analyst").json()
    assert [one["id"] for one in page["items"]] == [second["id"]]
    rest = house.get(f"/v1/directives?limit=1&cursor={page['next']}", "analyst").json()
    assert [one["id"] for one in rest["items"]] == [first["id"]]
    assert house.get(f"/v1/directives/{first['id']}", "analyst").json()["text"] == BAN_EN


@pytest.mark.parametrize("name", ["dir-999", "999", "dir-x", "dir-", "dir-99999999999999999999"])
def test_what_is_no_directive_is_not_found(house: House, name: str) -> None:
    assert house.get(f"/v1/directives/{name}", "analyst").status_code == 404


def clauses_of(body: dict[str, object]) -> Iterator[tuple[int, int]]:
    """Where each clause begins and ends."""
    for clause in body["clauses"]:  # type: ignore[attr-defined]
        yield clause["start"], clause["end"]


def test_clauses_cover_every_letter_once(house: House) -> None:
    text = f"お疲れさまです。{BAN_JA}\n\n{ODD}"
    spans = sorted(clauses_of(given(house, text)))
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    covered = {place for start, end in spans for place in range(start, end)}
    assert all(place in covered for place, sign in enumerate(text) if sign.isalnum())


def test_a_what_if_says_who_would_lose_a_message(house: House) -> None:
    directive = given(house, BAN_JA)
    found = house.post(f"/v1/directives/{directive['id']}/simulate", "marketer").json()
    assert (found["customers"], found["gained"]) == (3, 0)
    assert house.get(f"/v1/directives/{directive['id']}", "analyst").json()["simulated_at"] is not None


def test_examples_stand_at_the_bounds_of_what_was_read(house: House) -> None:
    directive = given(house, "割引は10%まで。「絶対」という言葉は使わない。")
    assert directive["understood"] is True
    shown = {one["text"]: one for one in directive["boundary_examples"]}  # type: ignore[attr-defined]
    assert shown["10%割引のオファーのメール：送れます"]["verdict"] == "allow"
    assert shown["10.5%割引のオファーのメール：送りません"]["verdict"] == "deny"
    assert shown["「絶対」と書いたメール：送りません"]["verdict"] == "deny"
    rules = {rule["id"] for rule in directive["rules"]}  # type: ignore[attr-defined]
    assert {one["rule"] for one in shown.values()} == rules
    headers = {"accept-language": "en"}
    english = house.get(f"/v1/directives/{directive['id']}", "analyst", headers=headers).json()["boundary_examples"]
    assert "An email about an offer with a 10.5% discount: not sent" in {one["text"] for one in english}


def sheet_of(house: House, directive: dict[str, object], language: str = "ja", role: str = "approver") -> str:
    """The approval sheet, as it is printed."""
    answer = house.get(f"/v1/directives/{directive['id']}/sheet", role, headers={"accept-language": language})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    return answer.text


def test_the_sheet_shows_what_an_approver_has_to_see(house: House) -> None:
    directive = given(house, "割引は10%まで。")
    before = sheet_of(house, directive)
    for words in (
        "承認シート",
        "割引は10%まで。",
        "marketer",
        "10.5%割引のオファーのメール：送りません",
        "まだ試算していません",
        "氏名",
        "日付",
    ):
        assert words in before
    house.post(f"/v1/directives/{directive['id']}/simulate", "marketer")
    after = sheet_of(house, directive, role="analyst")
    assert "まだ試算していません" not in after
    assert "お客様3人" in after
    assert "<th>変更前</th>" in after
    english = sheet_of(house, directive, "en", "marketer")
    for words in ("Approval sheet", "An email about an offer with a 10.5% discount: not sent", "over 3 customers"):
        assert words in english


def test_nothing_on_the_sheet_runs_or_comes_from_elsewhere(house: House) -> None:
    attack = '<script src="https://evil.example/x.js"></script> <img src=x onerror=alert(1)> $title ${sections}'
    text = f'Never use the phrase "<b>sale</b>". {attack}'
    shown = sheet_of(house, given(house, text), "en")
    assert "<script" not in shown
    assert "<img" not in shown
    assert "<b>" not in shown
    assert "&lt;script src=&quot;https://evil.example/x.js&quot;&gt;" in shown
    assert "$title ${sections}" in shown
    assert 'src="' not in shown
    assert "href=" not in shown


def test_a_store_does_not_print_the_sheet(house: House) -> None:
    directive = given(house, BAN_EN)
    assert house.get(f"/v1/directives/{directive['id']}/sheet", "store").status_code == 403
    assert house.get("/v1/directives/dir-999/sheet", "analyst").status_code == 404
