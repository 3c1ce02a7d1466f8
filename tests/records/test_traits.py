"""Traits: what an identify call says, in the profile, each in its one form."""

from datetime import timedelta

import pytest
from pydantic import JsonValue

from domain.customer import Customer, Tier
from records import identity, merging, profiles, sharing, traits
from records.cleansing import values
from records.database import Database
from tests.clock import START

SAID: dict[str, JsonValue] = {
    "firstName": "花子",
    "lastName": "髙橋",
    "lastNameKana": "ﾀｶﾊｼ",
    "email": "Hanako@Example.com",
    "phone": "090-1234-5678",
    "birthday": "昭和60年4月1日",
    "gender": "女性",
    "locale": "ja-JP",
    "timezone": "Asia/Tokyo",
    "rank": "gold",
    "address": {
        "country": "日本",
        "postalCode": "〒100-0005",
        "city": "千代田区",
        "state": "東京都",
        "street": "丸の内一丁目9番2号",
    },
    "points": 120,
    "tags": ["tea"],
}


def test_traits_become_a_profile(database: Database) -> None:
    database.write(lambda c: profiles.upsert(c, [Customer(id="anna", attributes={"plan": "a"})], START))
    assert database.write(lambda c: traits.apply(c, "anna", SAID, START)) == ()
    found = database.read(lambda c: profiles.customer(c, "anna"))
    assert found is not None
    assert (found.display_name, found.language, found.timezone, found.tier) == (
        "髙橋 花子",
        "ja",
        "Asia/Tokyo",
        Tier.GOLD,
    )
    assert (found.country, found.region, found.age, found.gender) == ("JP", "東京都", 41, "female")
    assert found.tags == {"tea"}
    assert found.identifiers == {"email": "hanako@example.com", "phone": "+819012345678"}
    assert found.attributes == {
        "plan": "a",
        "given_name": "花子",
        "family_name": "髙橋",
        "family_kana": "タカハシ",
        "birth_date": "1985-04-01",
        "postal_code": "1000005",
        "address": "東京都千代田区丸の内1-9-2",
        "city": "千代田区",
        "points": 120,
        "points_at": START.isoformat(),
    }


@pytest.mark.parametrize(
    "trait",
    [
        {"email": "unknown"},
        {"phone": "000-0000-0000"},
        {"birthday": "03/04/1985"},
        {"gender": "?"},
        {"timezone": "Moon/Sea"},
        {"country": "Atlantis"},
        {"age": 999},
        {"rank": "emperor"},
        {"friends": ["a"]},
        {"company": {"name": "x"}},
        {"note": "x" * 501},
        {"name": " "},
        {"points": 10**400},
        {"balance": float("inf")},
        {"score": float("nan")},
        {"half": "\ud800"},
    ],
)
def test_what_cannot_be_used_is_named_and_changes_nothing(trait: dict[str, object]) -> None:
    before = Customer(id="anna")
    assert traits.told(before, trait, START) == (before, tuple(trait))  # type: ignore[arg-type]


def test_null_takes_an_attribute_away_and_nobody_gets_traits_who_is_not_there(database: Database) -> None:
    before = Customer(id="anna", attributes={"plan": "a"})
    assert traits.told(before, {"plan": None}, START)[0].attributes == {}
    assert database.write(lambda c: traits.apply(c, "nobody", {"plan": "a"}, START)) == ("plan",)


LONG: list[dict[str, JsonValue]] = [
    {"firstName": "a" * 150, "lastName": "b" * 150},
    {"firstName": "花" * 150, "lastName": "子" * 150},
    {"address": {"state": "x" * 300, "city": "とある市"}},
    {"address": {"state": "x" * 300, "city": "y" * 300, "street": "z" * 300}},
    {"name": "n" * 500, "region": "r" * 500, "timezone": "Asia/Tokyo"},
    {"language": "jpn-" + "x" * 400},
    {"tags": ["t" * 500, "tea", 7]},
    {"half": "\ud800", "points": -(2**62), "ratio": 1e300, "x" * 400: 1},
]


@pytest.mark.parametrize("said", LONG)
def test_what_is_written_can_always_be_read_and_the_rest_is_kept(
    database: Database, said: dict[str, JsonValue]
) -> None:
    database.write(lambda c: profiles.upsert(c, [Customer(id="anna")], START))
    database.write(lambda c: traits.apply(c, "anna", {**said, "plan": "a"}, START))
    found = database.read(lambda c: profiles.customer(c, "anna"))
    assert found is not None and found.attributes["plan"] == "a"
    assert len(found.display_name or "") <= 200 and len(found.region or "") <= 100


def test_a_trait_that_spoils_the_profile_is_named_and_the_rest_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(values.FIELDS, "region", ("region", str))  # a reader that cuts nothing
    after, refused = traits.told(Customer(id="anna"), {"region": "r" * 300, "plan": "a"}, START)
    assert refused == ("region",) and after == Customer(id="anna", attributes={"plan": "a"})


def test_tags_have_a_bound() -> None:
    before = Customer(id="anna", tags=frozenset({"tea"}))
    after, refused = traits.told(before, {"tags": [f"t{number}" for number in range(1000)], "plan": "a"}, START)
    assert (len(after.tags), refused, after.attributes) == (traits.MOST_TAGS, ("tags",), {"plan": "a"})
    assert "tea" in after.tags and traits.told(after, {"tags": ["t0", "tea"]}, START) == (after, ())


def test_nobody_takes_the_address_of_another_person_or_of_a_household(database: Database) -> None:
    people = [Customer(id=id, identifiers={"email": f"{id}@example.com"}) for id in ("anna", "ben", "cleo")]
    database.write(lambda c: profiles.upsert(c, people, START))
    database.write(lambda c: sharing.share(c, "phone", "090-1234-5678", "mika", START))
    said: dict[str, JsonValue] = {"mail": "Ben@example.com", "tel": "09012345678", "plan": "a"}
    assert database.write(lambda c: traits.apply(c, "anna", said, START)) == ("mail", "tel")
    found = database.read(lambda c: profiles.customer(c, "anna"))
    assert (
        found is not None and found.identifiers == {"email": "anna@example.com"} and found.attributes == {"plan": "a"}
    )
    database.write(lambda c: merging.merge(c, "anna", "cleo", kind="person", by="mika", now=START))
    assert database.write(lambda c: traits.apply(c, "anna", {"email": "cleo@example.com"}, START)) == ()


def test_what_was_told_later_stands_and_an_age_is_that_of_today(database: Database) -> None:
    old = START.replace(year=START.year - 10)
    database.write(lambda c: identity.resolve(c, identity.Claim("anna", None), START))
    newer: dict[str, JsonValue] = {"name": "New", "points": 500, "city": "new"}
    older: dict[str, JsonValue] = {"name": "Old", "points": 100, "city": "old", "plan": "a", "birthday": "2000-01-01"}
    yesterday = START - timedelta(days=1)
    database.write(lambda c: traits.apply(c, "anna", newer, START, yesterday))
    assert database.write(lambda c: traits.apply(c, "anna", {**older, "firstName": None}, START, old)) == ()
    found = database.read(lambda c: profiles.customer(c, "anna"))
    assert found is not None and (found.display_name, found.age) == ("New", START.year - 2000)
    assert found.attributes == {
        "points": 500,
        "points_at": yesterday.isoformat(),
        "city": "new",
        "plan": "a",
        "birth_date": "2000-01-01",
    }
    database.write(lambda c: traits.apply(c, "anna", {"city": "newest", "plan": None}, START))
    found = database.read(lambda c: profiles.customer(c, "anna"))
    assert found is not None and found.attributes["city"] == "newest" and "plan" not in found.attributes
    database.write(lambda c: profiles.upsert(c, [Customer(id="anna", display_name="Written")], START))
    database.write(lambda c: traits.apply(c, "anna", newer, START, yesterday))
    found = database.read(lambda c: profiles.customer(c, "anna"))
    assert found is not None and (found.display_name, found.attributes["points"]) == ("Written", 500)


@pytest.mark.parametrize("value", ["null", "Undefined", "", " ", "x" * 321, None, ["anna@example.com"]], ids=str)
def test_what_names_nobody_is_no_identifier(value: JsonValue) -> None:
    before = Customer(id="anna", identifiers={"loyalty_id": "L-1"})
    assert traits.told(before, {"loyaltyId": value}, START)[0] == before
