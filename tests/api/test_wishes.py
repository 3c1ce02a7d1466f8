"""Wishes: drafts in a directive are shown, kept, in force never, and turned into proposals by whoever wants them."""

from typing import Any

from agent.given import ReadClause, Reading, Start, Wished
from domain.language import Text
from policies.audience import Audience
from policies.canonical import canonical
from policies.scope import Offers, Scope
from records import directives
from records.connection import Connection
from records.directives import Directive
from tests.api.house import House

GOAL = Wished(
    kind="goal",
    text="ニュースレターの開封率を30%に",
    name=Text(ja="開封率30%", en="30 % opened"),
    scope=Scope(scenes=frozenset({"newsletter"})),
    kpi="open_rate",
    target=0.3,
)
SCENE = Wished(
    kind="scene",
    text="3日買っていない休眠の方に翌朝メール",
    name=Text(ja="3日買っていない方へ", en="Three days without a purchase"),
    scope=Scope.model_validate({"audience": Audience.model_validate({"stages": ["dormant"]}), "channels": ["email"]}),
    trigger=Start(event="no_purchase", days=3),
)
FIRST = Wished(
    kind="priority",
    text="商品を優先",
    name=Text(ja="商品を優先", en="Products first"),
    scope=Scope(offers=Offers(kinds=frozenset({"product"}))),
)
STOP = Wished(kind="stop", text="至急、全部止めて", name=Text(ja="すべて停止", en="Stop everything"))
COAT = Wished(
    kind="priority",
    text="コートを優先",
    name=Text(ja="コートを優先", en="Coats first"),
    scope=Scope(offers=Offers(categories=frozenset({"coat"}))),
)


def kept(house: House, *wishes: Wished) -> str:
    """A directive that drafts these."""

    def write(c: Connection) -> int:
        number = directives.number(c)
        clause = ReadClause(text="…", start=0, end=1, status="understood", wishes=wishes)
        reading = canonical(Reading(clauses=(clause,)))
        directives.add(c, Directive(number, "…", "ja", reading, "marketer", house.clock.now()))
        return number

    return f"dir-{house.parts.stores.write(write)}"


def proposed(house: House, name: str) -> dict[str, Any]:
    """The proposal of its drafts."""
    answer = house.post(f"/v1/directives/{name}/propose", "marketer")
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_draft_is_shown_and_says_that_nothing_is_in_force(shared: House) -> None:
    name = kept(shared, GOAL)
    directive = shared.get(f"/v1/directives/{name}", "analyst", headers={"accept-language": "ja"}).json()
    wish = directive["clauses"][0]["wishes"][0]
    assert (wish["kind"], wish["kpi"], wish["target"]) == ("goal", "open_rate", 0.3)
    assert "目標の下書き" in directive["explanation"] and "まだ何も変わりません" in directive["explanation"]
    assert (
        "目標の下書き" in shared.get(f"/v1/directives/{name}/sheet", "analyst", headers={"accept-language": "ja"}).text
    )
    refused = shared.post(f"/v1/directives/{name}/approve", "approver")
    assert refused.status_code == 403 and "propose" in refused.json()["detail"]


def test_drafts_become_one_proposal_which_another_person_approves(house: House) -> None:
    made = proposed(house, kept(house, GOAL, SCENE, FIRST))
    changed = {(change["noun"], change["id"], change["kind"]) for change in made["changes"]}
    assert ("scene", "newsletter", "changed") in changed
    assert ("scene", "dir_1_2", "added") in changed
    assert ("rule", "wish-1.3", "added") in changed
    assert made["loosens"] is True
    assert house.get("/v1/scenes/dir_1_2", "marketer").status_code == 404
    own = house.key("approver", "marketer")
    assert house.post(f"/v1/policies/proposals/{made['id']}/approve", key=own).status_code == 403
    assert house.post(f"/v1/policies/proposals/{made['id']}/approve", "approver").status_code == 200
    scene = house.get("/v1/scenes/dir_1_2", "marketer").json()
    assert scene["review"] is True and "3日" in str(scene["card"])
    assert "。。" not in scene["card"]["ja"] and scene["card"]["ja"].endswith("。")


def test_wishes_beside_rules_are_proposed_first_and_then_the_rules_can_be_approved(house: House) -> None:
    text = "ニュースレターの開封率を30%に上げたい。SMSは使わない。"
    given = house.post("/v1/directives", "marketer", {"text": text}).json()
    assert [clause["status"] for clause in given["clauses"]] == ["ask", "understood"]
    assert given["clauses"][0]["wishes"][0]["kind"] == "goal"
    assert house.post(f"/v1/directives/{given['id']}/approve", "approver").status_code == 403
    made = proposed(house, given["id"])
    assert [change["id"] for change in made["changes"]] == ["newsletter"]
    now = house.post(f"/v1/directives/{given['id']}/approve", "approver").json()
    assert (now["status"], now["in_force"], now["proposal"]) == ("approved", True, made["id"])
    assert house.post(f"/v1/directives/{given['id']}/propose", "marketer").status_code == 403


def test_a_drafted_use_case_reaches_its_own_customers_alone(house: House) -> None:
    made = proposed(house, kept(house, SCENE))
    house.post(f"/v1/policies/proposals/{made['id']}/approve", "approver")
    asked = {"customer": {"id": "anna"}, "channels": ["email"], "scene": "dir_1_1", "deadline_ms": 10_000}
    held = house.post("/v1/next-message", "channel", asked).json()
    assert "wish-1.1" in {reason["rule"] for reason in held["hold"]["reasons"]}


def test_what_cannot_be_proposed_says_what_to_do_instead(shared: House) -> None:
    for wish, words in (
        (STOP, "./tact stop"),
        (COAT, "/v1/offers"),
        (GOAL.model_copy(update={"scope": Scope()}), "use case"),
    ):
        refused = shared.post(f"/v1/directives/{kept(shared, wish)}/propose", "marketer")
        assert refused.status_code == 403 and words in refused.json()["detail"], refused.text
    assert shared.post(f"/v1/directives/{kept(shared)}/propose", "marketer").status_code == 403
    assert shared.post("/v1/directives/dir-999/propose", "marketer").status_code == 404
    assert "/v1/stop" in shared.post(f"/v1/directives/{kept(shared, STOP)}/approve", "approver").json()["detail"]
