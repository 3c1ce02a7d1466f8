"""Orders from files: each its own customer's, whole or not at all, and no line is lost without a word."""

from pathlib import Path

import pytest

from agent.exchange import loading
from agent.stores import Stores
from records import profiles
from tests.agent.exchange.conftest import loaded
from tests.agent.exchange.test_load import table

HEADER = "who,no,when,sku,amt"
COLUMNS = "columns: {who: id, 'no': order_id, when: at, sku: product_id, amt: amount}"


def spent(stores: Stores, *ids: str) -> list[tuple[int, float]]:
    """Orders and spend of each."""
    found = [stores.read(lambda c, id=id: profiles.features(c, id)) for id in ids]  # type: ignore[misc]  # bound now
    return [(one.orders, one.spend) for one in found]


def test_numbers_that_begin_anew_belong_to_each_customer(stores: Stores, tmp_path: Path) -> None:
    path = table(tmp_path, HEADER, "k1,1,2026-11-01,a,1000", "k2,1,2026-11-01,b,5000", "k2,1,2026-11-01,c,200")
    report = loaded(stores, path, "purchases", COLUMNS)
    assert (report.counts["orders"], report.counts["failed"]) == (2, 0)
    assert spent(stores, "k1", "k2") == [(1, 1000.0), (1, 5200.0)]


@pytest.mark.parametrize("at_once", [1, 500])
def test_lines_that_do_not_stand_together_are_said(
    stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(loading, "AT_ONCE", at_once)
    rows = ("k1,2,2026-11-02,a,1000", "k1,3,2026-11-03,a,1000", "k1,2,2026-11-02,b,7000")
    path = table(tmp_path, HEADER, *rows)
    for check in (True, False, False):
        report = loaded(stores, path, "purchases", COLUMNS, check=check)
        (fault,) = report.faults
        assert (fault.line, fault.column, fault.value) == (4, "no", "2")
        assert "one behind the other" in fault.en and "続けて並べ" in fault.ja
        assert report.counts["orders"] + report.counts["known events"] == 2
    assert spent(stores, "k1") == [(2, 2000.0)]


def test_a_number_that_came_in_another_file_for_something_else_is_said(stores: Stores, tmp_path: Path) -> None:
    loaded(stores, table(tmp_path, HEADER, "k1,1,2026-10-01,a,1000"), "purchases", COLUMNS)
    report = loaded(stores, table(tmp_path, HEADER, "k1,1,2026-11-01,a,1000"), "purchases", COLUMNS)
    assert (report.counts["orders"], report.counts["failed"]) == (0, 1)
    joined = "columns: {who: id, sku: product_id, amt: amount, when: at}\njoined: {order_id: {columns: ['no', when]}}"
    report = loaded(stores, table(tmp_path, HEADER, "k1,1,2026-11-01,a,1000"), "purchases", joined)
    assert (report.counts["orders"], report.counts["failed"]) == (1, 0), report.faults


@pytest.mark.parametrize(
    ("one", "other", "column"),
    [
        ("k1,1,2026-11-01,a,1000,JPY,ginza", "k1,1,2026-11-02,b,1000,JPY,ginza", "when"),
        ("k1,1,2026-11-01,a,1000,JPY,ginza", "k1,1,2026-11-01,b,1000,USD,ginza", "cur"),
        ("k1,1,2026-11-01,a,1000,JPY,ginza", "k1,1,2026-11-01,b,1000,JPY,umeda", "shop"),
    ],
)
def test_lines_that_contradict_each_other_stop_their_order(
    lite: Stores, tmp_path: Path, one: str, other: str, column: str
) -> None:
    path = table(tmp_path, f"{HEADER},cur,shop", one, other, "k2,1,2026-11-05,a,300,JPY,ginza")
    report = loaded(lite, path, "purchases", COLUMNS.replace("}", ", cur: currency, shop: store}"))
    assert [(fault.line, fault.column) for fault in report.faults] == [(2, "no"), (3, column)]
    assert "make order_id unique" in report.faults[1].en and "not written" in report.faults[0].en
    assert report.counts["orders"] == 1


def test_a_line_that_names_nobody_stops_every_order_it_may_belong_to(lite: Stores, tmp_path: Path) -> None:
    rows = ("k1,1,2026-11-01,a,1000", "NULL,1,2026-11-01,b,500", "k2,1,2026-11-01,c,300", "k3,2,2026-11-01,c,300")
    report = loaded(lite, table(tmp_path, HEADER, *rows), "purchases", COLUMNS)
    assert sorted(fault.line for fault in report.faults) == [2, 3, 4]
    assert report.counts["orders"] == 1 and lite.read(profiles.ids) == ["k3"]


def test_a_line_may_leave_out_what_another_says_of_the_customer(lite: Stores, tmp_path: Path) -> None:
    rows = ("who,mail,no,when,sku,amt", "k1,a@example.com,1,2026-11-01 10:00,a,10", "k1,,1,2026-11-01 10:02,b,20")
    columns = COLUMNS.replace("who: id", "who: id, mail: email")
    report = loaded(lite, table(tmp_path, *rows), "purchases", columns)
    assert (report.counts["orders"], report.counts["failed"]) == (1, 0)
    assert spent(lite, "k1") == [(1, 30.0)]
