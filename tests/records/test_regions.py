"""Regions: a name that is nearly one that profiles use is refused, with those that were meant."""

import pytest

from domain.customer import Customer
from domain.errors import Malformed
from records import profiles, regions
from records.database import Database
from tests.clock import START

PEOPLE = (("a", "東京都"), ("b", "Île-de-France"), ("c", '50% "x"'), ("d", None))


def refuse(database: Database, region: str) -> None:
    """Refuses a name that is misspelt."""
    database.read(lambda c: regions.refuse_misspelt(c, region))


def test_names_that_are_nearly_those_of_profiles(database: Database) -> None:
    people = [Customer(id=id, region=region) for id, region in PEOPLE]
    database.write(lambda c: profiles.upsert(c, people, START))
    for _, name in PEOPLE:
        if name is not None:
            refuse(database, name)
    misspelt = (("東京", "東京都"), ("île-de-france", "Île-de-France"), ("50%", "50%"), ("東京都内", "東京都"))
    for wrong, meant in misspelt:
        with pytest.raises(Malformed, match=meant):
            refuse(database, wrong)
    for elsewhere in ("京都府", "Bretagne"):
        refuse(database, elsewhere)


def test_where_no_region_is_known_each_holds_for_everybody(database: Database) -> None:
    database.write(lambda c: profiles.upsert(c, [Customer(id="d")], START))
    refuse(database, "東京都")
