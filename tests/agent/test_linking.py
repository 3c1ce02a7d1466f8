"""Linking: which customers are joined by a comparison, which are shown to people, and what is left alone."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from agent import linking
from agent.linking import BY
from agent.settings import Settings
from agent.stores import Stores, open_stores
from domain.customer import Customer
from records import matching, merging, profiles, sharing
from records.connection import Connection
from records.members import members
from tests.clock import START, FrozenClock
from tools.linkage import CUSTOMERS, Field, Plan, Row, compared, one_to_one

CASES = yaml.safe_load((Path(__file__).parent / "linking.yaml").read_text(encoding="utf-8"))
OTHERS = [
    {"family_name": f"姓{letter}", "given_name": f"名{letter * 2}", "birth_date": f"19{place + 50}-01-02"}
    for place, letter in enumerate("甲乙丙丁戊己庚辛壬癸")
]


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    """An empty database."""
    opened = open_stores(Settings(home=tmp_path), FrozenClock(START))
    yield opened
    opened.close()


def person(id: str, told: Mapping[str, str]) -> Customer:
    """A customer of whom that is known; the identifiers as they were typed."""
    reach: Any = {kind: told[kind] for kind in ("email", "phone") if kind in told}
    facts: Any = {name: value for name, value in told.items() if name not in reach}
    return Customer(id=id, identifiers=reach, attributes=facts)


def write(stores: Stores, *people: Customer) -> None:
    """Writes profiles alone: two of them may have one address, as two systems may have written them."""

    def put(c: Connection) -> None:
        for one in people:
            profiles.put(c, one, START)

    stores.write(put)


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_what_becomes_of_a_pair(stores: Stores, case: Mapping[str, Any]) -> None:
    write(stores, person("a", case["left"]), person("b", case["right"]))
    write(stores, *(person(f"other-{place}", told) for place, told in enumerate(OTHERS)))
    if "shared" in case:
        kind, value = case["shared"]
        stores.write(lambda c: sharing.share(c, kind, value, "mika", START))
    looked = linking.link(stores, check=True)
    assert stores.read(lambda c: members(c, "a")) == ("a",)
    assert not stores.read(lambda c: matching.page(c, "open", 9)).items
    found = linking.link(stores)
    assert (looked.merged, looked.queued) == (found.merged, found.queued)
    joined = stores.read(lambda c: members(c, "b")) == ("a", "b")
    waiting = [(one.left, one.right) for one in stores.read(lambda c: matching.page(c, "open", 9)).items]
    assert joined == (case["verdict"] == "join")
    assert (waiting == [("a", "b")]) == (case["verdict"] == "look") or case["verdict"] == "not joined"
    assert set(waiting) <= {("a", "b")}


def test_what_people_decided_is_not_asked_again(stores: Stores) -> None:
    same = next(case for case in CASES if case["verdict"] == "join")
    write(stores, person("a", same["left"]), person("b", same["right"]))
    assert len(linking.link(stores).merged) == 1
    told = stores.read(lambda c: merging.history(c, "a"))
    assert [(one.kind, one.by, one.customer_id) for one in told] == [("link", BY, "b")]
    stores.write(lambda c: matching.keep_apart(c, merging.split(c, "b", "mika", START), "b", "mika", START))
    again = linking.link(stores)
    assert (again.merged, again.queued) == ((), ())
    assert stores.read(lambda c: members(c, "a")) == ("a",)


def test_a_chain_of_joins_brings_no_two_days_of_birth_together(stores: Stores) -> None:
    base = {"family_name": "高橋", "given_name": "花子", "phone": "090-1234-5678", "email": "h@example.com"}
    write(stores, person("a", {**base, "birth_date": "1985-04-01"}), person("c", {**base, "birth_date": "1959-12-24"}))
    write(stores, person("b", base))
    linking.link(stores)
    assert len({stores.read(lambda c, id=id: members(c, id))[0] for id in "ac"}) == 2  # type: ignore[misc]


def test_reasons_are_said_in_both_languages(stores: Stores) -> None:
    look = next(case for case in CASES if case["verdict"] == "look")
    write(stores, person("a", look["left"]), person("b", look["right"]))
    linking.link(stores)
    (match,) = stores.read(lambda c: matching.page(c, "open", 9)).items
    assert linking.reasons(match, "ja") == (
        "姓：不一致",
        "名：一致",
        "生年月日：一致",
        "電話番号：一致",
        "メールアドレス：一致",
    )
    assert linking.reasons(match, "en")[1:3] == ("given name: the same", "date of birth: the same")
    assert "misaki" not in match.evidence
    accepted = stores.write(lambda c: matching.accept(c, match.id, "mika", START))
    assert (accepted.status, accepted.decided_by) == ("accepted", "mika")
    assert stores.read(lambda c: members(c, "b")) == ("a", "b")


def test_rates_are_learned_from_the_records_alone() -> None:
    plan = Plan(
        (Field("name", "words"), Field("phone", "phone")), (("phone",), ("name",)), (("phone",),), (("phone",),)
    )
    left: list[Row] = [
        {"id": f"l{place}", "name": (f"shop{place}", "tea"), "phone": f"{place:07}"} for place in range(300)
    ]
    right: list[Row] = [{"id": f"r{place}", "name": (f"shop{place}",), "phone": f"{place:07}"} for place in range(300)]
    found = one_to_one(compared(plan, left, right))
    assert {(one.left, one.right) for one in found} == {(f"l{place}", f"r{place}") for place in range(300)}
    assert found[0].agreement == {"name": "close", "phone": "same"}
    assert compared(CUSTOMERS, []) == compared(CUSTOMERS, [{"id": "alone"}]) == []
