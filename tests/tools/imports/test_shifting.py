"""Whole weeks."""

from datetime import date, datetime, timedelta, timezone

import pytest

from tools.imports.shifting import shifted, whole_weeks

TOKYO = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    ("reference", "today", "days"),
    [
        (date(2017, 12, 31), date(2026, 11, 24), 3255),
        (date(2017, 12, 31), date(2026, 11, 23), 3255),
        (date(2017, 12, 31), date(2026, 11, 29), 3255),
        (date(2017, 12, 31), date(2026, 11, 22), 3248),
        (date(2026, 11, 24), date(2026, 11, 24), 0),
        (date(2026, 11, 24), date(2026, 11, 23), 0),
        (date(2026, 11, 24), date(2026, 11, 22), -7),
    ],
)
def test_the_reference_falls_into_the_week_of_today(reference: date, today: date, days: int) -> None:
    assert whole_weeks(reference, today) == days
    moved = reference + timedelta(days=days)
    assert moved.isocalendar()[:2] == today.isocalendar()[:2]
    assert moved.weekday() == reference.weekday()


@pytest.mark.parametrize(
    ("value", "moved"),
    [
        (date(2026, 11, 24), date(2026, 12, 1)),
        (datetime(2026, 11, 24, 17, 40, tzinfo=TOKYO), datetime(2026, 12, 1, 17, 40, tzinfo=TOKYO)),
        ("2026-11-24", "2026-12-01"),
        ("2026-12-28", "2027-01-04"),
        ("2026-11-24T17:40:00+09:00", "2026-12-01T17:40:00+09:00"),
        ({"points_expire": "2026-12-31", "points": 1240}, {"points_expire": "2027-01-07", "points": 1240}),
        (["2026-11-24", {"at": date(2026, 11, 24)}], ["2026-12-01", {"at": date(2026, 12, 1)}]),
        (("2026-11-24",), ["2026-12-01"]),
        ("20:00", "20:00"),
        ("0120-000-000", "0120-000-000"),
        ("2026-13-45", "2026-13-45"),
        ("2026-11-24 is in the middle of a sentence", "2026-11-24 is in the middle of a sentence"),
        ("最後は11月24日", "最後は11月24日"),
        (12, 12),
        (None, None),
        (True, True),
    ],
)
def test_dates_move_wherever_they_stand_and_nothing_else_does(value: object, moved: object) -> None:
    assert shifted(value, 7) == moved
    assert shifted(shifted(value, 7), -7) == (list(value) if isinstance(value, tuple) else value)
