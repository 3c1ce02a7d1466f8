"""Traits: what an identify call says, in the profile, each in its one form."""

import pytest
from pydantic import JsonValue

from domain.customer import Customer, Tier
from records import profiles, traits
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
    ],
)
def test_what_cannot_be_used_is_named_and_changes_nothing(trait: dict[str, object]) -> None:
    before = Customer(id="anna")
    assert traits.told(before, trait, START) == (before, tuple(trait))  # type: ignore[arg-type]


def test_null_takes_an_attribute_away_and_nobody_gets_traits_who_is_not_there(database: Database) -> None:
    before = Customer(id="anna", attributes={"plan": "a"})
    assert traits.told(before, {"plan": None}, START)[0].attributes == {}
    assert database.write(lambda c: traits.apply(c, "nobody", {"plan": "a"}, START)) == ("plan",)
