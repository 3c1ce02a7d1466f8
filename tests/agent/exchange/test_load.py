"""Loading: good rows are written, bad ones are told, and the same file twice changes nothing."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter  # type: ignore[import-untyped]  # it ships no types

from agent.exchange import loading
from agent.stores import Stores
from domain.channel import Purpose
from domain.consent import Consent, Evidence
from domain.customer import Tier
from domain.errors import Malformed, Unreadable
from records import catalogue, consents, holdings, profiles, tombstones
from records.identity import Claim
from tests.agent.exchange.conftest import loaded
from tests.agent.exchange.sheets import as_csv
from tests.clock import START

SAMPLES = Path(__file__).parents[3] / "samples" / "bulk"
PEOPLE = "columns: {id: id, name: display_name, mail: email, tier: tier, tags: tags}"
EVIDENCE = "constants: {evidence.method: form, evidence.source: shop, evidence.at: 2026-01-01}"


def told(path: Path) -> list[dict[str, str]]:
    """The rows of an error report."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def mapping(name: str) -> str:
    """A mapping of the samples."""
    return (SAMPLES / name).read_text(encoding="utf-8")


def table(folder: Path, *rows: str) -> Path:
    """A CSV file of these lines."""
    path = folder / "t.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_members_of_a_shop_in_shift_jis(stores: Stores, tmp_path: Path) -> None:
    errors = tmp_path / "errors.csv"
    report = loaded(stores, SAMPLES / "members_sjis.csv", "customers", mapping("members.yaml"), errors=errors)
    assert report.told == "Shift_JIS (CP932), comma"
    assert (report.counts["new"], report.counts["failed"], report.counts["notices"]) == (12, 0, 2)
    assert [(row["line"], row["column"], row["grade"]) for row in told(errors)] == [
        ("10", "メールアドレス", "notice"),
        ("12", "生年月日", "notice"),
    ]
    people = {one.identifiers["loyalty_id"]: one for one in stores.read(lambda c: profiles.page(c, 50))}
    first = people["00000001"]
    assert (first.display_name, first.region, first.gender, first.tier) == ("見本 花子", "東京都", "female", "gold")
    assert first.identifiers["phone"] == "+819000001200"
    facts = {"birth_date": "1980-04-01", "birth_month": 4, "postal_code": "1000000", "name_kana": "ミホン ハナコ"}
    assert first.attributes.items() >= {**facts, "points": 0, "points_expire": "2027-03-31"}.items()
    assert people["00000005"].display_name == "﨑本 葵" and people["00000002"].region == "神奈川県"
    held = stores.read(lambda c: consents.ledger(c, first.id))
    assert [(one.topic, str(one.purpose), one.granted, one.evidence.method) for one in held] == [
        ("email", "marketing", True, "入会申込書のチェック欄")
    ]


def test_the_same_file_twice_is_the_same(stores: Stores) -> None:
    for name, kind in (("offers", "offers"), ("purchases", "purchases")):
        loaded(stores, SAMPLES / f"{name}.csv", kind, mapping(f"{name}.yaml"))  # type: ignore[arg-type]  # two kinds
    before = everything(stores)
    again = loaded(stores, SAMPLES / "offers.csv", "offers", mapping("offers.yaml"))
    assert (again.counts["unchanged"], again.counts["changed"], again.counts["new"]) == (3, 0, 0)
    again = loaded(stores, SAMPLES / "purchases.csv", "purchases", mapping("purchases.yaml"))
    assert (again.counts["orders"], again.counts["known events"], again.counts["failed"]) == (0, 2, 1)
    assert everything(stores) == before


def everything(stores: Stores) -> tuple[Any, ...]:
    """What a load may have written."""
    return stores.read(
        lambda c: (
            profiles.page(c, 1000),
            catalogue.all_offers(c),
            {name: one.times for name, one in holdings.lately(c, datetime(2020, 1, 1, tzinfo=UTC)).items()},
            [consents.ledger(c, id) for id in profiles.ids(c)],
        )
    )


def test_a_check_writes_nothing_and_says_the_same(stores: Stores, tmp_path: Path) -> None:
    errors = tmp_path / "errors.csv"
    path = table(tmp_path, "id,name,mail,tier,tags", "1,Ann,ann@example.com,gold,a;b", "2,Bob,bob@example,gold,")
    before = everything(stores)
    checked = loaded(stores, path, "customers", PEOPLE, check=True, errors=errors)
    assert everything(stores) == before == ([], [], {}, [])
    assert checked.preview[0]["email"] == "ann@example.com" and checked.missing
    assert len(told(errors)) == 1
    real = loaded(stores, path, "customers", PEOPLE)
    assert real.counts == checked.counts and real.counts["new"] == 1


def test_merging_keeps_what_the_file_does_not_say(stores: Stores, tmp_path: Path) -> None:
    loaded(stores, table(tmp_path, "id,name,mail,tier,tags", "1,Ann,ann@example.com,gold,a"), "customers", PEOPLE)
    loaded(stores, table(tmp_path, "id,name,mail,tier,tags", "1,,,silver,b"), "customers", PEOPLE)
    (ann,) = stores.read(lambda c: profiles.page(c, 10))
    assert (ann.display_name, ann.tier, ann.tags) == ("Ann", Tier.SILVER, frozenset({"a", "b"}))
    assert ann.identifiers == {"email": "ann@example.com"}
    loaded(stores, table(tmp_path, "id,name,mail,tier,tags", "1,Anna,,,c"), "customers", f"mode: replace\n{PEOPLE}")
    (ann,) = stores.read(lambda c: profiles.page(c, 10))
    assert (ann.display_name, ann.tier, ann.tags) == ("Anna", None, frozenset({"c"})) and not ann.identifiers


def test_an_address_of_somebody_else_is_left_out_with_a_notice(stores: Stores, tmp_path: Path) -> None:
    errors = tmp_path / "errors.csv"
    path = table(tmp_path, "id,name,mail,tier,tags", "1,Ann,one@example.com,,", "2,Bob,one@example.com,,")
    report = loaded(stores, path, "customers", PEOPLE, errors=errors)
    assert (report.counts["new"], report.counts["notices"]) == (2, 1)
    assert told(errors)[0]["value"] == "one@example.com" and "'1'" in told(errors)[0]["what to do"]
    people = stores.read(lambda c: profiles.page(c, 10))
    assert [one.identifiers for one in people] == [{"email": "one@example.com"}, {}]


def test_people_whom_we_were_told_to_forget_stay_forgotten(stores: Stores, tmp_path: Path) -> None:
    marks = tombstones.hashes_of(stores.suppression, Claim(None, None, {"email": "gone@example.com"}))
    stores.write(lambda c: tombstones.put(c, marks, START))
    rows = ("id,name,mail,tier,tags", "1,Ann,Gone@Example.com,,", "2,Bob,bob@example.com,,")
    report = loaded(stores, table(tmp_path, *rows), "customers", PEOPLE)
    assert (report.counts["forgotten"], report.counts["new"]) == (1, 1)
    assert [one.id for one in stores.read(lambda c: profiles.page(c, 10))] == ["2"]


def test_consents_without_evidence_are_refused_with_the_reason(lite: Stores, tmp_path: Path) -> None:
    path = table(tmp_path, "id,channel,ok", "1,email,yes")
    with pytest.raises(Unreadable, match="a consent needs its evidence: evidence"):
        loaded(lite, path, "consents", "columns: {id: id, channel: channel, ok: granted}")
    with pytest.raises(Unreadable, match=r"needs its evidence: evidence\.source"):
        wanting = "columns: {id: id, ok: consent.email}\nconstants: {evidence.method: form, evidence.at: 2026-01-01}"
        loaded(lite, path, "customers", wanting + "\nignore: [channel]")


def test_a_load_never_overrides_a_later_word(stores: Stores, tmp_path: Path) -> None:
    loaded(stores, table(tmp_path, "id,name,mail,tier,tags", "1,Ann,,,"), "customers", PEOPLE)
    consent = f"columns: {{id: id, channel: channel, ok: granted}}\n{EVIDENCE}"
    path = table(tmp_path, "id,channel,ok", "1,メール,○", "1,LINE,×", "9,メール,○")
    first = loaded(stores, path, "consents", consent)
    assert (first.counts["consents"], first.counts["failed"]) == (2, 1)
    assert "Load the customers first" in first.faults[0].en
    no = Consent(
        customer_id="1",
        topic="email",
        purpose=Purpose.MARKETING,
        granted=False,
        evidence=Evidence(method="link"),
        at=START,
    )
    stores.write(lambda c: consents.append(c, [no]))
    again = loaded(stores, path, "consents", consent)
    assert (again.counts["consents"], again.counts["known consents"]) == (0, 2)
    older = consent.replace("2026-01-01", "2026-02-01")
    third = loaded(stores, path, "consents", older)
    assert third.counts["older consents"] == 1
    assert stores.read(lambda c: consents.state(c, "1"))["email", "marketing"] is False


def test_offers_with_prices_dates_stock_and_both_names(stores: Stores) -> None:
    loaded(stores, SAMPLES / "offers.csv", "offers", mapping("offers.yaml"))
    offers = {one.id: one for one in stores.read(catalogue.all_offers)}
    coat, boots = offers["coat-01"], offers["boots-01"]
    assert (coat.price, coat.tax_included, coat.currency, coat.stock) == (Decimal(59400), True, "JPY", 3)
    assert (coat.name.ja, coat.name.en) == ("ウールコート", "Wool coat")
    assert coat.stock_at == datetime(2026, 11, 20, tzinfo=UTC)
    assert (coat.in_stock, boots.in_stock) == (True, False)
    assert boots.valid_until is not None and boots.valid_until.isoformat() == "2027-02-28"


def test_stock_needs_its_time(lite: Stores, tmp_path: Path) -> None:
    path = table(tmp_path, "id,name,stock", "1,Tea,4")
    columns = "columns: {id: id, name: name.en, stock: stock}"
    with pytest.raises(Unreadable, match="stock needs its time"):
        loaded(lite, path, "offers", columns)
    loaded(lite, path, "offers", f"{columns}\nconstants: {{stock_at: now}}")
    (tea,) = lite.read(catalogue.all_offers)
    assert tea.stock_at == START


def test_an_order_is_one_event_and_never_half_of_it(stores: Stores, tmp_path: Path) -> None:
    rows = ("order,who,at,item,amount", "A,1,2026-11-01 10:00,tea,500", "A,1,2026-11-01 10:00,cup,800")
    more = ("B,1,2026-11-02 10:00,tea,500", "B,1,2026-11-02 10:00,cup,broken")
    columns = "columns: {order: order_id, who: id, at: at, item: product_id, amount: amount}"
    report = loaded(stores, table(tmp_path, *rows, *more), "purchases", columns)
    assert (report.counts["orders"], report.counts["failed"]) == (1, 2)
    mended = loaded(stores, table(tmp_path, *rows, more[0], more[1].replace("broken", "900")), "purchases", columns)
    assert (mended.counts["orders"], mended.counts["known events"]) == (1, 1)
    features = stores.read(lambda c: profiles.features(c, "1"))
    assert (features.orders, features.spend) == (2, 2700.0)


def test_events_go_through_the_intake_once(stores: Stores, tmp_path: Path) -> None:
    rows = (
        "who,what,when,sku",
        "ann@example.com,Product Viewed,2026-11-20 10:00,tea",
        "ann@example.com,Product Viewed,,x",
    )
    columns = "columns: {who: email, what: event, when: at, sku: properties.product_id}\nidentify: email"
    report = loaded(stores, table(tmp_path, *rows), "events", columns)
    assert (report.counts["events"], report.counts["failed"]) == (1, 1)
    again = loaded(stores, table(tmp_path, *rows, "ann@example.com,Product Viewed,2026-11-21,tea"), "events", columns)
    assert (again.counts["events"], again.counts["known events"]) == (1, 1)
    assert stores.read(lambda c: profiles.count(c)) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("columns: {id: idd, name: display_name}", "line 1: customers have no field 'idd'. Did you mean 'id'?"),
        ("columns:\n  id: id\n  nam: display_name", "line 3: the file has no column 'nam'. Did you mean 'name'?"),
        ("columns: {id: id, mail: {to: email, vals: {}}}", "'vals' is not a field of mail. Did you mean 'values'?"),
        ("columns: {id: id, mail: email, name: email}", "email is filled from 'mail' too"),
        ("columns: {name: display_name}", "one of id, email, phone"),
        ("as: offers\ncolumns: {id: id}", "this mapping is for offers"),
        ("columns: {id: id, tier: {to: tier, values: {G: golden}}}", "G -> 'golden': it is not clear what this means"),
        ("columns: {id: id}\nconstants: {age: old}", "age 'old': this is no number"),
        ("columns: {id: id}\nmode: overwrite", "mode cannot be 'overwrite'. Known are merge, replace."),
        ("columns: {id: id}\nidentify: mail", "identify is one of id, email"),
        ("columns: {id: id, name: {into: [display_name]}}", "into with several fields and split"),
        ("columns: {id: id", "m.yaml, line"),
    ],
)
def test_a_mistake_in_a_mapping_is_named_with_its_line(lite: Stores, tmp_path: Path, text: str, said: str) -> None:
    path = table(tmp_path, "id,name,mail,tier,tags", "1,Ann,,,")
    with pytest.raises(Unreadable) as caught:
        loading.load(lite, loading.Request(path, "customers", text, "m.yaml"), "en", lambda done, total: None)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("content", "failed", "said"),
    [
        (b"id,name\n1,Ann\xff\xfe\n2,Bob\n", 1, "some bytes are not"),
        (b'id,name\n1,Ann\n2,"Bob\n3,Cyd', 1, "cannot be read"),
        (b"id,name\n1,Ann,more\n2\n3,Cyd\n", 2, "the header has 2"),
        (b"id,name\n1,A\x00n\n2,Bob\n", 1, "NUL"),
        (b"id,name\r\n1,Ann\r\n\r\n,,\r\n,,x\r\n2,Bob\r\n", 1, "the header has 2"),
        (b"id,name\n,Ann\n2,Bob\n", 1, "is empty"),
    ],
)
def test_a_bad_row_stops_nothing(lite: Stores, tmp_path: Path, content: bytes, failed: int, said: str) -> None:
    path, errors = tmp_path / "bad.csv", tmp_path / "errors.csv"
    path.write_bytes(content)
    report = loaded(lite, path, "customers", "columns: {id: id, name: display_name}", errors=errors)
    assert report.counts["failed"] == failed and any(said in one["what to do"] for one in told(errors))
    assert report.counts["new"] == report.counts["rows"] - failed >= 1


def test_a_wrong_encoding_ends_before_the_first_row(lite: Stores, tmp_path: Path) -> None:
    path = as_csv(tmp_path / "t.csv", [("会員番号", "氏名"), ("1", "花子")])
    request = loading.Request(path, "customers", "columns: {会員番号: id, 氏名: display_name}", encoding="cp932")
    with pytest.raises(Unreadable, match="the file has no column '会員番号'"):
        loading.load(lite, request, "en", lambda done, total: None)


@pytest.mark.parametrize("name", ["t.xlsx", "t.parquet", "t.pdf", "none.csv"])
def test_what_is_no_table_is_refused_in_a_sentence(lite: Stores, tmp_path: Path, name: str) -> None:
    if name != "none.csv":
        (tmp_path / name).write_bytes(b"PK\x03\x04 this is cut off")
    with pytest.raises(Malformed, match="FILE"):
        loaded(lite, tmp_path / name, "customers", PEOPLE)


def test_numbers_that_a_spreadsheet_shortened(lite: Stores, tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("empty")
        sheet, day = book.add_worksheet("people"), book.add_format({"num_format": "yyyy/mm/dd"})
        for place, name in enumerate(("no", "zip", "tel", "born", "sum")):
            sheet.write_string(0, place, name)
        sheet.write_number(1, 0, 12)
        sheet.write_number(1, 1, 600001)
        sheet.write_number(1, 2, 9012345678)
        sheet.write_datetime(1, 3, datetime(1980, 1, 2), day)  # noqa: DTZ001  # a workbook knows no zones
        sheet.write_formula(1, 4, "=1+1", None, 2)
    columns = "'no': {to: id, pad: 8}, zip: postal_code, tel: phone, born: birth_date, sum: points"
    loaded(lite, path, "customers", f"file: {{sheet: people}}\ncolumns: {{{columns}}}")
    (one,) = lite.read(lambda c: profiles.page(c, 10))
    assert (one.id, one.identifiers["phone"], one.attributes["postal_code"]) == ("00000012", "+819012345678", "0600001")
    assert (one.attributes["birth_date"], one.attributes["points"]) == ("1980-01-02", 2)
    with pytest.raises(Malformed, match="sheets 'empty', 'people'"):
        loaded(lite, path, "customers", f"file: {{sheet: People}}\ncolumns: {{{columns}}}")


def test_values_of_parquet_become_what_they_are(lite: Stores, tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "id": [12, 13],
            "born": [date(1980, 1, 2), None],
            "tags": [["a", "b"], []],
            "ok": [True, False],
            "at": [datetime(2026, 1, 2, 3, 4, tzinfo=UTC), datetime(2026, 1, 2, 3, 4, tzinfo=UTC)],
            "points": [1200.0, 7.0],
        }
    )
    frame.write_parquet(tmp_path / "t.parquet")
    columns = "id: id, born: birth_date, tags: tags, ok: consent.email, at: evidence.at, points: points"
    text = f"columns: {{{columns}}}\nconstants: {{evidence.method: form, evidence.source: shop}}"
    report = loaded(lite, tmp_path / "t.parquet", "customers", text)
    assert (report.told, report.counts["new"], report.counts["consents"]) == ("Parquet", 2, 2)
    first, second = lite.read(lambda c: profiles.page(c, 10))
    assert (first.id, first.tags, first.attributes["birth_date"]) == ("12", frozenset({"a", "b"}), "1980-01-02")
    assert (first.attributes["points"], second.tags) == (1200, frozenset())
    assert lite.read(lambda c: consents.state(c, "13")) == {("email", "marketing"): False}


def test_a_report_that_cannot_be_written_is_said_before_the_first_row(lite: Stores, tmp_path: Path) -> None:
    with pytest.raises(Malformed, match="--errors"):
        loaded(lite, table(tmp_path, "id,name,mail,tier,tags", "1,,,,"), "customers", PEOPLE, errors=tmp_path)
    assert not lite.read(profiles.ids)


def test_a_row_whose_consent_has_no_evidence_is_not_written_by_half(stores: Stores, tmp_path: Path) -> None:
    rows = ("id,name,ok,when", "1,Ann,yes,", "2,Bob,yes,2026-01-01", "3,Cyd,no,", f"4,{'x' * 300},,")
    columns = "columns: {id: id, name: display_name, ok: consent.email, when: evidence.at}"
    text = f"{columns}\nconstants: {{evidence.method: form, evidence.source: shop}}"
    report = loaded(stores, table(tmp_path, *rows), "customers", text)
    assert [(one.line, one.column) for one in report.faults] == [(2, "when"), (5, "name")]
    assert stores.read(profiles.ids) == ["2", "3"]
    assert stores.read(lambda c: [consents.state(c, id)["email", "marketing"] for id in ("2", "3")]) == [True, False]
