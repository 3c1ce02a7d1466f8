"""What names nobody: ids that tables write for everybody, and consents that nobody gave on that day."""

from datetime import timedelta
from pathlib import Path

import pytest

from agent.exchange.loading import Request, load
from agent.stores import Stores
from domain.channel import Purpose
from domain.consent import Consent, Evidence
from domain.errors import Unreadable
from records import consents, profiles
from tests.agent.exchange.conftest import loaded
from tests.agent.exchange.test_load import PEOPLE, table
from tests.clock import START
from tools.exchange.fields import Kind

EVENTS = "columns: {id: id, event: event, at: at}"
KINDS: list[tuple[Kind, str, str, str]] = [
    ("events", "id,event,at", "{},Product Viewed,2026-11-01", EVENTS),
    ("customers", "id,name", "{},Ann", "columns: {id: id, name: display_name}"),
    ("customers", "id,name", "{},Ann", "columns: {id: loyalty_id, name: display_name}\nidentify: loyalty_id"),
    ("customers", "id,name", "{},Ann", "columns: {id: {to: id, prefix: c-}, name: display_name}"),
    (
        "purchases",
        "id,no,at,sku,amt",
        "{0},no {0},2026-11-01,a,10",
        "columns: {id: id, 'no': order_id, at: at, sku: product_id, amt: amount}",
    ),
]


@pytest.mark.parametrize(("kind", "header", "row", "mapping"), KINDS)
@pytest.mark.parametrize("nobody", ["NULL", "undefined", " guest ", "NaN"])
def test_an_id_of_everybody_is_a_fault_of_its_row(
    lite: Stores, tmp_path: Path, kind: Kind, header: str, row: str, mapping: str, nobody: str
) -> None:
    path = table(tmp_path, header, row.format(nobody), row.format("k1"))
    report = loaded(lite, path, kind, mapping)
    (fault,) = report.faults
    assert (fault.line, fault.column) == (2, "id") and "stands for nobody" in fault.en and "values" in fault.ja
    assert len(lite.read(profiles.ids)) == 1


def test_a_mapping_says_that_such_a_cell_is_empty(lite: Stores, tmp_path: Path) -> None:
    path = table(tmp_path, "id,card", "k1,NULL", "k2,77")
    loaded(lite, path, "customers", 'columns: {id: id, card: {to: loyalty_id, values: {NULL: ""}}}')
    assert [one.identifiers for one in lite.read(lambda c: profiles.page(c, 9))] == [{}, {"loyalty_id": "77"}]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (f"{'x' * 201},Product Viewed,2026-11-01,", "id"),
        (f"k1,{'e' * 201},2026-11-01,", "event"),
        (f"k1,Product Viewed,2026-11-01,{'m' * 256}", "mid"),
    ],
)
def test_what_is_too_long_for_an_event_ends_no_load(lite: Stores, tmp_path: Path, row: str, column: str) -> None:
    path = table(tmp_path, "id,event,at,mid", row, "k2,Product Viewed,2026-11-01,undefined")
    report = loaded(lite, path, "events", EVENTS.replace("}", ", mid: message_id}"))
    assert [(fault.line, fault.column) for fault in report.faults] == [(2, column)]
    assert report.counts["events"] == 1


def test_message_ids_of_everybody_are_none(lite: Stores, tmp_path: Path) -> None:
    path = table(tmp_path, "id,event,at,mid", *(f"k1,Product Viewed,2026-11-0{day},undefined" for day in (1, 2, 3)))
    assert loaded(lite, path, "events", EVENTS.replace("}", ", mid: message_id}")).counts["events"] == 3


def test_now_is_no_day_on_which_a_customer_said_something(lite: Stores, tmp_path: Path) -> None:
    path = table(tmp_path, "id,ok,when", "k1,yes,now")
    columns = "columns: {id: id, ok: granted}\nignore: [when]"
    constants = "constants: {channel: email, evidence.method: form, evidence.source: crm"
    with pytest.raises(Unreadable, match="write the day on which the customer said it"):
        loaded(lite, path, "consents", f"{columns}\n{constants}, evidence.at: now}}")
    with pytest.raises(Unreadable, match="お客様が同意した日時"):
        text = f"{columns}\n{constants}, evidence.at: NOW}}"
        load(lite, Request(path, "consents", text, "m.yaml"), "ja", lambda done, total: None)
    report = loaded(lite, path, "consents", f"columns: {{id: id, ok: granted, when: evidence.at}}\n{constants}}}")
    assert [(fault.column, fault.value) for fault in report.faults] == [("when", "now")]
    with pytest.raises(Unreadable, match="at 'now'"):
        loaded(
            lite, table(tmp_path, "id,event", "k1,a"), "events", "columns: {id: id, event: event}\nconstants: {at: now}"
        )


def test_a_clock_that_is_a_little_ahead_is_believed(stores: Stores, tmp_path: Path) -> None:
    loaded(stores, table(tmp_path, "id,name,mail,tier,tags", "1,Ann,,,"), "customers", PEOPLE)
    columns = "columns: {id: id, ok: granted, when: evidence.at}"
    text = f"{columns}\nconstants: {{channel: email, evidence.method: form, evidence.source: shop}}"
    far, near = (START + timedelta(minutes=minutes) for minutes in (6, 4))
    path = table(tmp_path, "id,ok,when", f"1,yes,{far.isoformat()}", f"1,yes,{near.isoformat()}")
    report = loaded(stores, path, "consents", text)
    assert [(fault.line, fault.column) for fault in report.faults] == [(2, "when")]
    (line,) = stores.read(lambda c: consents.ledger(c, "1"))
    assert (line.at, line.evidence.at) == (START, near)
    no = Consent(
        customer_id="1",
        topic="email",
        purpose=Purpose.MARKETING,
        granted=False,
        evidence=Evidence(method="link"),
        at=START + timedelta(seconds=1),
    )
    stores.write(lambda c: consents.append(c, [no]))
    assert loaded(stores, path, "consents", text).counts["consents"] == 0
    assert stores.read(lambda c: consents.state(c, "1"))["email", "marketing"] is False
