"""Leads: a score that says what it is made of."""

from datetime import timedelta

from domain.features import Features
from domain.leads import lead
from tests.clock import START

DAY = timedelta(days=1)


def test_a_score_says_its_reasons() -> None:
    known = Features(downloads=2, webinars=1, pricing_views=1, lead_at=START - 3 * DAY)
    found = lead(known, {"role": "情報システム部長", "phase": "comparison"}, START)
    assert found is not None and found.score == 90
    assert found.said("en").startswith("90 of 100 (2 downloads, far into a decision, 1 webinars, 1 looks at prices")
    assert "料金ページ1回" in found.said("ja") and "決裁に関わる役職" in found.said("ja")


def test_old_signs_count_half_and_a_role_alone_is_no_lead() -> None:
    assert lead(Features(), {"role": "CEO"}, START) is None
    old = lead(Features(downloads=2, lead_at=START - 100 * DAY), {}, START)
    assert old is not None and old.score == 10 and "halves" in old.said("en")
