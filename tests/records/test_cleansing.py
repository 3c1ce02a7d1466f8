"""Cleansing: what people type, and the one form of it, as examples."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.errors import Malformed
from records.cleansing import addresses, dates, emails, names, phones
from tests.clock import START

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "cleansing.yaml").read_text(encoding="utf-8"))


def street(value: str) -> str:
    """House number and street in a line."""
    number, words = addresses.western(value)
    return " ".join([number or "", *words]).strip()


FORMS: Mapping[str, Callable[[str], str]] = {
    "email": emails.email,
    "phone": phones.phone,
    "date": lambda value: dates.calendar_date(value).isoformat(),
    "name": names.folded,
    "kana": names.kana,
    "address": lambda value: addresses.address(value).text,
    "street": street,
    "company": lambda value: " ".join(names.words(value)),
}


@pytest.mark.parametrize(("kind", "case"), [(kind, case) for kind, cases in CASES.items() for case in cases])
def test_one_form(kind: str, case: Mapping[str, Any]) -> None:
    given = str(case["given"])
    if "refused" in case:
        with pytest.raises(Malformed, match=case["refused"]):
            FORMS[kind](given)
    else:
        found = FORMS[kind](given)
        assert found == case["is"]
        assert FORMS[kind](found) == found or kind in ("street", "company")


def test_a_number_without_a_country_is_one_of_the_deployments_country(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phones.Home, "country", "GB")
    assert phones.phone("020 7946 0123") == "+442079460123"
    assert phones.phone("+81 90 1234 5678") == "+819012345678"


def test_nobody_alive_was_born_tomorrow_or_in_the_year_1800() -> None:
    today = START.date()
    assert dates.birth_date("昭和60年4月1日", today) == date(1985, 4, 1)
    for day in ((today + timedelta(days=1)).isoformat(), "1800-01-01"):
        with pytest.raises(Malformed, match="nobody alive"):
            dates.birth_date(day, today)


def test_an_age_changes_on_the_birthday() -> None:
    assert dates.age_on(date(1985, 11, 24), date(2026, 11, 23)) == 40
    assert dates.age_on(date(1985, 11, 24), date(2026, 11, 24)) == 41


@pytest.mark.parametrize(
    ("whole", "family", "given"),
    [("髙橋 花子", "髙橋", "花子"), ("Hanako Takahashi", "Takahashi", "Hanako"), ("高橋花子", None, None)],
)
def test_a_whole_name_is_parted_where_that_is_certain(whole: str, family: str | None, given: str | None) -> None:
    assert names.parted(whole) == (family, given)
