"""Stopped anywhere, and started again: nothing is lost and nothing is there twice."""

import sys
from pathlib import Path

import pytest

from agent.exchange import loading
from agent.exchange.loading import Request, load
from agent.stores import Stores
from evals.proofs.bulk import BROKEN, MAPPING, kill_during_bulk, members
from records import profiles
from tests.agent.exchange.test_load import everything, told

ROWS = 10_000


class Stopped(Exception):
    """Stands for a Ctrl-C."""


def test_a_load_goes_on_where_it_stopped(stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "AT_ONCE", 7)
    path, errors = members(tmp_path, 120), tmp_path / "errors.csv"
    request = Request(path, "customers", MAPPING, errors=errors)

    def stop(done: int, total: int) -> None:
        if done in (28, 84):
            raise Stopped

    for _ in range(2):
        with pytest.raises(Stopped):
            load(stores, request, "en", stop)
        # What a crash between the report and the commit leaves behind.
        with errors.open("a", encoding="utf-8") as file:
            file.write('members.csv,9999,mail,x,error,"from a chunk that was not committed"\n')
    report = load(stores, request, "en", lambda done, total: None)
    assert (report.resumed_at, report.counts["rows"], report.counts["failed"]) == (84, 120, 2)
    assert [row["line"] for row in told(errors)] == ["2", "202"]
    assert stores.read(profiles.count) == 118
    before = everything(stores)
    again = load(stores, request, "en", lambda done, total: None)
    assert (again.resumed_at, again.counts["unchanged"], again.counts["known consents"]) == (0, 118, 118)
    assert everything(stores) == before


def test_orders_are_not_parted_by_a_stop(stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "AT_ONCE", 2)
    path = tmp_path / "orders.csv"
    lines = [f"{order},{order},2026-11-0{order} 10:00,item-{line},100" for order in range(1, 8) for line in range(3)]
    path.write_text("order,who,at,item,amount\n" + "\n".join(lines) + "\n", encoding="utf-8")
    columns = "columns: {order: order_id, who: id, at: at, item: product_id, amount: amount}"
    request = Request(path, "purchases", columns)

    def stop(done: int, total: int) -> None:
        if done == 9:
            raise Stopped

    with pytest.raises(Stopped):
        load(stores, request, "en", stop)
    report = load(stores, request, "en", lambda done, total: None)
    assert report.counts["orders"] == 7
    spent = stores.read(lambda c: [profiles.features(c, str(number)).spend for number in range(1, 8)])
    assert spent == [300.0] * 7


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_ten_thousand_rows_survive_kill_9(tmp_path: Path) -> None:
    found = kill_during_bulk(tmp_path, ROWS, kills=1)
    assert found.pop("megabytes at most") < 1000
    assert found == {
        "rows": ROWS,
        "kills": 1,
        "customers": ROWS - ROWS // BROKEN,
        "addresses": ROWS - ROWS // BROKEN,
        "rows in the error report": ROWS // BROKEN,
        "customers with a consent too many or too few": 0,
        "changed by the same file again": 0,
    }
