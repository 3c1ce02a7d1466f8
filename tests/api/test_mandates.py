"""Whose instruction it is: what a store or an agency may decide about, and which of two instructions wins."""

from typing import Any

from agent.mandates import give_mandate
from domain.channel import Channel
from domain.language import Text
from policies.audience import Audience
from policies.mandate import Mandate, Permit
from policies.scope import Offers
from tests.api.house import House

GINZA = Mandate(
    office="store", name=Text(ja="銀座店", en="Ginza"), may=Permit(audience=Audience(tags=frozenset({"shop:ginza"})))
)
AGENCY = Mandate(
    office="agency",
    name=Text(ja="見本代理店", en="Mihon Agency"),
    may=Permit(channels=frozenset({Channel.AD, Channel.WEB}), offers=Offers(categories=frozenset({"fashion"}))),
)


def speaks(house: House, person: str, mandate: Mandate) -> None:
    """From now on a person speaks for an office."""
    give_mandate(house.parts.stores, person, mandate, house.clock.now())


def given(house: House, text: str, role: str = "store", **more: Any) -> dict[str, Any]:
    """A new directive, as its author sees it."""
    answer = house.post("/v1/directives", role, {"text": text, **more})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_store_nobody_registered_is_asked_which_one_it_is(house: House) -> None:
    directive = given(house, "メールは週1通まで。")
    assert directive["understood"] is False
    assert "店舗" in directive["clauses"][0]["question"]
    assert house.post(f"/v1/directives/{directive['id']}/approve", "approver").status_code == 403


def test_a_store_speaks_of_its_own_customers_alone_and_the_reading_says_so(house: House) -> None:
    speaks(house, "store", GINZA)
    directive = given(house, "休眠顧客へのメールは週1通まで。")
    assert directive["understood"] is True
    audience = directive["rules"][0]["scope"]["audience"]
    assert audience == {"stages": ["dormant"], "tags": ["shop:ginza"]}
    assert any("銀座店" in said for said in directive["clauses"][0]["assumptions"])
    assert directive["owner"]["office"] == "store"
    assert directive["owner"]["name"] == "銀座店"
    assert "shop:ginza" in directive["owner"]["decides_about"]


def test_marks_that_a_store_asks_for_itself_stand_beside_its_own(house: House) -> None:
    speaks(house, "store", GINZA)
    scope = given(house, "VIPへの割引は15%まで。")["rules"][0]["scope"]
    assert scope["audience"] == {"tags": ["vip"]}
    assert scope["except"] == [{"without_tags": ["shop:ginza"]}]


def test_what_reaches_further_than_a_mandate_is_asked_about(house: House) -> None:
    speaks(house, "marketer", AGENCY)
    assert given(house, "広告のファッションの割引は10%まで。", "marketer")["understood"] is True
    for text in ("SMSは使わない。", "広告とメールは21時以降使わない。", "酒類のオファーを送らない。"):
        directive = given(house, text, "marketer")
        assert directive["understood"] is False and directive["rules"] == []
        assert "見本代理店" in directive["clauses"][0]["question"] and "本部" in directive["clauses"][0]["question"]


def test_who_approves_decides_no_further_than_their_own_mandate(house: House) -> None:
    speaks(house, "approver", GINZA)
    directive = given(house, "SMSは使わない。", "marketer")
    refused = house.post(f"/v1/directives/{directive['id']}/approve", "approver")
    assert refused.status_code == 403
    assert "headquarters" in refused.json()["detail"]
    speaks(house, "store", GINZA)
    own = given(house, "SMSは使わない。")
    assert house.post(f"/v1/directives/{own['id']}/approve", "approver").json()["status"] == "approved"


def approved(house: House, text: str, role: str = "marketer") -> str:
    """A directive in force."""
    identifier: str = given(house, text, role)["id"]
    answer = house.post(f"/v1/directives/{identifier}/approve", "approver")
    assert answer.json()["in_force"] is True, answer.text
    return identifier


def met(directive: dict[str, Any], other: str) -> dict[str, Any]:
    """What the reading says of the meeting with the first rule of another directive."""
    found: dict[str, Any] = next(one for one in directive["precedence"] if one["other"] == f"{other}.1")
    return found


def test_the_strictest_wins_whoever_it_comes_from_and_the_reading_says_whose_it_is(house: House) -> None:
    everybody = approved(house, "メールは週3通まで。")
    speaks(house, "store", GINZA)
    tighter = given(house, "メールは週1通まで。")
    meeting = met(tighter, everybody)
    assert (meeting["wins"], meeting["rule"]) == ("own", f"{tighter['id']}.1")
    assert "本部" in meeting["whose"] and "marketer" in meeting["whose"]
    store = tighter["id"]
    house.post(f"/v1/directives/{store}/approve", "approver")
    later = given(house, "休眠顧客へのメールは週1通まで。", "marketer")
    assert "銀座店" in met(later, store)["whose"]
    assert met(later, store)["wins"] == "both"


def test_a_looser_limit_for_some_says_that_the_stricter_one_stays(house: House) -> None:
    speaks(house, "store", GINZA)
    everybody = approved(house, "LINEは週2通まで。")
    looser = given(house, "LINEは週5通まで。")
    assert looser["understood"] is False
    assert looser["clauses"][0]["against"] == everybody
    assert everybody in looser["clauses"][0]["question"]


def test_the_rules_of_the_whole_company_are_not_one_stores_to_decide(house: House) -> None:
    speaks(house, "approver", GINZA)
    retiring = house.post("/v1/policies/rules/gap_any/retire", "marketer", {}).json()
    refused = house.post(f"/v1/policies/proposals/{retiring['id']}/approve", "approver")
    assert refused.status_code == 403 and "headquarters" in refused.json()["detail"]
    word = house.post("/v1/segments", "marketer", {"term": "上得意", "as": "VIPの方"}).json()
    assert house.post(f"/v1/segments/{word['id']}/approve", "approver").status_code == 403
    assert house.post("/v1/segments", "approver", {"term": "お得意", "as": "VIPの方"}).status_code == 403
