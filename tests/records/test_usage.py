"""Usage: what processes add at the same time is all there afterwards."""

from concurrent.futures import ThreadPoolExecutor

from records import usage
from records.database import Database
from records.usage import Used

ONE = Used("2026-11-24", "season", "draft", "stub", 1, 1, 10, 5, 7)


def test_nothing_is_lost_where_many_add(database: Database) -> None:
    rows = [ONE, Used("2026-11-24", "", "desk", "stub", 2), Used("2026-11-23", "season", "draft", "stub", 3)]
    with ThreadPoolExecutor(8) as pool:
        done = [pool.submit(database.write, lambda c: usage.add(c, rows)) for _ in range(40)]
    assert all(one.exception() is None for one in done)
    assert database.read(lambda c: usage.since(c, "2026-11-24")) == [
        Used("2026-11-24", "", "desk", "stub", 80),
        Used("2026-11-24", "season", "draft", "stub", 40, 40, 400, 200, 280),
    ]
    assert len(database.read(lambda c: usage.since(c, "2026-11-01"))) == 3
