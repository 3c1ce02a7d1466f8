"""Measures: currencies, countries and shares as they are written in rules, with what to write instead."""

import re
from typing import Annotated

from pydantic import AfterValidator

from policies.holidays_of import holidays_in
from policies.slip import Slip

CODE = re.compile("[A-Z]{3}")
ANY_YEAR = 2026


def _code(given: str) -> str:
    if not CODE.fullmatch(given):
        raise Slip(
            ja=f"{given!r} は通貨ではありません。JPY や USD のように大文字3文字で書きます。",
            en=f"{given!r} is no currency. Write three capital letters, such as JPY or USD",
        )
    return given


def _portion(given: float) -> float:
    if 0 < given < 1:
        return given
    percent = f"{given:g}%" if 1 <= given < 100 else "10%"
    portion = f"{given / 100:g}" if 1 <= given < 100 else "0.1"
    raise Slip(
        ja=f"割合は0より大きく1より小さい数で書きます。{percent}なら {portion} です。",
        en=f"a share lies between 0 and 1: {percent} is {portion}",
    )


def _calendar(given: str) -> str:
    if holidays_in(given, ANY_YEAR) is None:
        raise Slip(
            ja=f"{given!r} の祝日はわかりません。JP や US のように国を大文字2文字で書きます。",
            en=f"the national holidays of {given!r} are not known. Write a country such as JP or US",
        )
    return given


Currency = Annotated[str, AfterValidator(_code)]
Portion = Annotated[float, AfterValidator(_portion)]
"""A share of all, neither nothing nor everything."""
HolidayCalendar = Annotated[str, AfterValidator(_calendar)]
"""A country whose national holidays are known."""
