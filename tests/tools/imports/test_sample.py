"""The hand-written sample: what we ship, and what happens to mistakes in it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from domain.decision import Who
from domain.errors import Refused, Unreadable
from records import catalogue, profiles
from records.context import ContextStore
from records.database import Database
from records.recall import recall
from tests.clock import START, FrozenClock
from tests.tools.imports.everything import all_memories, everything, ledgers, people, remembered
from tests.tools.imports.fakes import HashEncoder
from tools.imports.sample import import_sample, load_asks

TOKYO = timezone(timedelta(hours=9))

OFFERS = """
- id: boots
  kind: product
  name: {ja: ブーツ, en: Boots}
  price: 9900
  currency: JPY
  valid_until: 2026-11-29
  facts: {word: {ja: ブーツ, en: boots}, hold_until: "2026-11-29", closes_at: "20:00"}
  applies_to: [shoes]
- id: tea
  kind: product
  name: {ja: お茶, en: Tea}
"""
CUSTOMERS = """
- note: Somebody with everything.
  customer: {id: s-1, display_name: 見本, language: ja, stage: active, attributes: {points_at: "2026-11-24"}}
  consents:
    - {customer_id: s-1, topic: email, granted: true, at: "2026-04-01T10:00:00+09:00", evidence: {method: sample}}
  memories:
    - {id: m-1, customer_id: s-1, text: ブーツが好き, distance: told_us, source: survey, at: 2026-11-21T20:10:00+09:00}
  features: {orders: 2, last_at: "2026-11-08T18:20:00+09:00"}
  contacts:
    - {channel: line, at: "2026-11-23T12:00:00+09:00", state: delivered, decision_id: sample-1}
- customer: {id: s-2}
"""
ASKS = """
- name: A rainy evening
  story: 1
  ask: {customer: {id: s-1}, channels: [push], moment: {at: "2026-11-24T17:40:00+09:00"}}
  directives: [プッシュは週2通まで。]
  expect: {outcome: message, channel: push, offer: boots, says: [ブーツ], never: [銀座店の前]}
- name: Nothing to say
  ask: {customer: {id: s-2}, channels: [email]}
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a sample, with single files replaced."""

    def write(**files: str) -> Path:
        folder = tmp_path / "sample"
        folder.mkdir()
        for name, text in {"offers": OFFERS, "customers": CUSTOMERS, "asks": ASKS, **files}.items():
            (folder / f"{name}.yaml").write_text(text, "utf-8")
        return folder

    return write


def test_everything_moves_by_the_same_weeks(
    database: Database, context: ContextStore, encoder: HashEncoder, write: Write
) -> None:
    folder, now = write(), datetime(2026, 12, 9, 3, tzinfo=TOKYO)
    report = import_sample(database, context, encoder, FrozenClock(now), folder=folder)
    known = database.read(lambda c: recall(c, Who(id="s-1"), now))
    boots = database.read(lambda c: catalogue.offer(c, "boots"))
    assert report.offset_days == 14
    assert known is not None and known.likeness is not None and known.likeness.by(encoder.name) is not None
    assert boots is not None
    record = known.record
    assert record.customer.attributes["points_at"] == "2026-12-08"
    assert record.features.last_at == datetime(2026, 11, 22, 18, 20, tzinfo=TOKYO)
    assert record.memories[0].at == datetime(2026, 12, 5, 20, 10, tzinfo=TOKYO)
    assert record.contacts[0].at == datetime(2026, 12, 7, 12, tzinfo=TOKYO)
    assert record.consents == {("email", "*"): True}
    assert (boots.valid_until, boots.facts["hold_until"]) == (date(2026, 12, 13), "2026-12-13")
    assert boots.facts["closes_at"] == "20:00"
    first, second = load_asks(report.offset_days, folder)
    assert first.ask.moment.at == datetime(2026, 12, 8, 17, 40, tzinfo=TOKYO)
    assert (first.story, first.expect.channel, first.expect.never) == (1, "push", ("銀座店の前",))
    assert (second.directives, second.expect.outcome) == ((), None)


def test_unshifted_it_stays_in_its_own_week(
    database: Database, context: ContextStore, encoder: HashEncoder, write: Write
) -> None:
    clock = FrozenClock(START + timedelta(days=400))
    report = import_sample(database, context, encoder, clock, unshifted=True, folder=write())
    boots = database.read(lambda c: catalogue.offer(c, "boots"))
    assert report.offset_days == 0
    assert boots is not None
    assert boots.valid_until == date(2026, 11, 29)


def test_moved_dates_do_not_pass_for_those_of_the_sample(
    database: Database, context: ContextStore, encoder: HashEncoder, write: Write
) -> None:
    folder, clock = write(), FrozenClock(START + timedelta(days=7))
    import_sample(database, context, encoder, clock, folder=folder)
    with pytest.raises(Refused, match="dates moved by 7 days"):
        import_sample(database, context, encoder, clock, unshifted=True, folder=folder)


def test_twice_is_the_same(database: Database, context: ContextStore, encoder: HashEncoder, write: Write) -> None:
    folder = write()
    first = import_sample(database, context, encoder, FrozenClock(), folder=folder)
    rows, texts = everything(database), remembered(context)
    customer_ids, offer_ids = context.ids()
    context.remove(customer_ids)
    context.remove_offers(offer_ids)
    again = import_sample(database, context, encoder, FrozenClock(START + timedelta(days=20)), folder=folder)
    assert (again.counts, again.offset_days) == (first.counts, 0)
    assert first.counts == {
        "customers": 2,
        "offers": 2,
        "memories": 1,
        "consents": 1,
        "contacts": 1,
        "context records": 2,
    }
    assert everything(database) == rows
    assert remembered(context) == texts
    assert texts[0]["s-1"].startswith("ブーツが好き")


def test_an_empty_sample_is_complete(
    database: Database, context: ContextStore, encoder: HashEncoder, write: Write
) -> None:
    report = import_sample(database, context, encoder, FrozenClock(), folder=write(offers="[]", customers="[]"))
    assert set(report.counts.values()) == {0}


@pytest.mark.parametrize(
    ("files", "sentences"),
    [
        (
            {"customers": CUSTOMERS.replace("stage: active", "stage: asleep")},
            ["customers.yaml, entry 1 (s-1): customer.stage 'asleep': Input should be 'prospect'"],
        ),
        (
            {"customers": CUSTOMERS.replace("customer: {id: s-2}", "customer: {id: s-2, agee: 30}")},
            ["customers.yaml, entry 2 (s-2): customer.agee 30: Extra inputs are not permitted"],
        ),
        (
            {"customers": CUSTOMERS.replace("id: s-2", "id: s-1")},
            ["customers.yaml, entry 2 (s-1): the id is taken by an earlier entry"],
        ),
        (
            {"customers": CUSTOMERS.replace("m-1, customer_id: s-1", "m-1, customer_id: s-2")},
            ["customers.yaml, entry 1 (s-1): a memory belongs to 's-2'. Write 's-1'."],
        ),
        (
            {"offers": OFFERS.replace("kind: product", "kind: gadget")},
            ["offers.yaml, entry 1 (boots): kind 'gadget'", "offers.yaml, entry 2 (tea): kind 'gadget'"],
        ),
        ({"offers": OFFERS.replace("id: tea", "id: boots")}, ["entry 2 (boots): the id is taken"]),
        ({"offers": "- just a word"}, ["offers.yaml, entry 1: the entry 'just a word'"]),
        ({"offers": "id: boots"}, ["offers.yaml holds no list"]),
        ({"offers": "- {id: boots"}, ["offers.yaml is not YAML"]),
    ],
)
def test_mistakes_name_file_and_entry(
    database: Database,
    context: ContextStore,
    encoder: HashEncoder,
    write: Write,
    files: dict[str, str],
    sentences: list[str],
) -> None:
    with pytest.raises(Unreadable) as caught:
        import_sample(database, context, encoder, FrozenClock(), folder=write(**files))
    for sentence in sentences:
        assert sentence in str(caught.value)
    assert database.read(profiles.count) == 0


def test_a_missing_file_and_a_wrong_ask_are_named(write: Write, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"asks\.yaml is not in"):
        load_asks(0, tmp_path)
    with pytest.raises(Unreadable, match=r"asks\.yaml, entry 1 \(A rainy evening\): ask\.channels\.0 'pigeon'"):
        load_asks(0, write(asks=ASKS.replace("[push]", "[pigeon]")))


def test_the_sample_that_we_ship(database: Database, context: ContextStore, encoder: HashEncoder) -> None:
    report = import_sample(database, context, encoder, FrozenClock())
    known = {one.id for one in people(database)}
    offers = set(database.read(catalogue.ids))
    assert report.counts["customers"] == len(known) >= 12
    assert report.counts["offers"] == len(offers) >= 40
    assert report.counts["memories"] == len(all_memories(database)) > 0
    assert {line.evidence.method for line in ledgers(database)} == {"sample"}
    for each in load_asks(report.offset_days):
        assert each.ask.customer.id is None or each.ask.customer.id in known, each.name
        assert each.expect.offer is None or each.expect.offer in offers, each.name
