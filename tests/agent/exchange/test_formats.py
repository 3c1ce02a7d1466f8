"""Any table is the same table in every format: same rows, same values, same customers."""

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.exchange.mappings import read_mapping
from agent.stores import Stores
from records import profiles
from tests.agent.exchange.conftest import loaded
from tests.agent.exchange.sheets import FORMATS, Rows
from tools.exchange.cells import Value
from tools.exchange.rows import RowReader
from tools.exchange.tables import FileFormat, open_table

HEADER = ("会員番号", "氏名", "メモ", "ポイント", "登録日")
MAPPING = """
as: customers
identify: loyalty_id
columns:
  会員番号: loyalty_id
  氏名: display_name
  メモ: attributes.memo
  ポイント: points
  登録日: joined_at
"""
LETTERS = "abcXYZ019 ,;\t\"'\n|=+-@。、山田髙﨑①ーｱｲ￥（）"
NAMES = st.text("山田花子髙﨑abc XYZ", min_size=1, max_size=8).filter(lambda text: bool(text.strip()))
MEMOS = st.text(LETTERS, max_size=12)
ROWS = st.lists(
    st.tuples(
        NAMES,
        MEMOS,
        st.integers(0, 10**9).map(lambda number: f"{number:,}"),
        st.dates(date(1950, 1, 1), date(2026, 1, 1)).map(lambda day: f"{day:%Y/%m/%d}"),
    ),
    min_size=1,
    max_size=6,
)


def values(path: Path) -> list[dict[str, Value]]:
    """What the rows of a file say."""
    mapping, page = read_mapping(MAPPING, "m.yaml", "en")
    table = open_table(path, FileFormat())
    page.fits(mapping, "customers", table.header)
    reader = RowReader(mapping, "customers", table.header, ZoneInfo("Asia/Tokyo"), "JP", datetime.now(UTC))
    read = [reader.read(line) for line in table.lines()]
    assert not [fault for row in read for fault in row.faults]
    return [row.values for row in read]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS)
def test_a_table_says_the_same_in_every_format(rows: list[tuple[str, str, str, str]]) -> None:
    table: Rows = [HEADER, *((f"{number:06d}", *row) for number, row in enumerate(rows, 1))]
    with tempfile.TemporaryDirectory() as folder:
        said = {name: values(write(Path(folder), table)) for name, write in FORMATS.items()}
    first = said["utf-8"]
    assert len(first) == len(rows)
    assert [row["loyalty_id"] for row in first] == [f"{number:06d}" for number in range(1, len(rows) + 1)]
    for name, read in said.items():
        assert read == first, name


def test_the_same_customers_come_from_every_format(lite: Stores, tmp_path: Path) -> None:
    table: Rows = [
        HEADER,
        ("000012", "髙﨑 花子", "=1+1", "1,200", "2024/02/29"),
        ("000013", "Ann", "a\nb", "0", "H1.1.8"),
    ]
    written = []
    for write in FORMATS.values():
        report = loaded(lite, write(tmp_path, table), "customers", MAPPING)
        assert (report.counts["rows"], report.counts["failed"]) == (2, 0)
        written.append(lite.read(lambda c: profiles.page(c, 10)))
    assert all(one == written[0] for one in written)
    found = {one.identifiers["loyalty_id"]: one for one in written[0]}
    assert found["000012"].display_name == "髙﨑 花子"
    assert found["000012"].attributes["memo"] == "=1+1"
    assert found["000013"].attributes["joined_at"] == "1989-01-08"
