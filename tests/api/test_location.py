"""A place decides only where its customer allowed it; a sign's place is its own."""

from typing import Any

import pytest

from tests.api.house import ASK, House

PLACE: dict[str, Any] = {"location": {"place": "store:ginza", "metres": 40}}


def seen(house: House, channel: str = "email") -> object:
    """What the record of a decision says of the place."""
    ask = {**ASK, "channels": [channel], "moment": PLACE}
    decided = house.post("/v1/next-message", "channel", ask).json()["decision_id"]
    return house.get(f"/v1/decisions/{decided}", "analyst").json()["personal"]["moment"]["location"]


@pytest.mark.parametrize(("word", "kept"), [(None, False), (False, False), (True, True)])
def test_a_place_is_used_and_kept_only_with_a_known_yes(house: House, word: bool | None, kept: bool) -> None:
    if word is not None:
        evidence = {"method": "app"}
        line = {"customer": "anna", "channel": "location", "granted": word, "evidence": evidence}
        house.post("/v1/consents", "ingest", line)
    assert (seen(house) is not None) == kept


def test_a_signs_place_is_its_own(house: House) -> None:
    assert seen(house, "signage") is not None
