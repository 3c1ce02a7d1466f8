"""Surface forms: how facts are written, in both languages."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from domain.language import Language
from domain.offer import Offer
from tools import wording
from tools.copy.offer_words import OfferWords

TODAY = date(2026, 11, 24)
TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(
    ("value", "ja", "en"),
    [
        (date(2026, 11, 29), "11月29日（日）", "Sunday 29 November"),
        (date(2027, 1, 8), "2027年1月8日（金）", "Friday 8 January 2027"),
    ],
)
def test_dates(value: date, ja: str, en: str) -> None:
    assert (wording.day(value, "ja", TODAY), wording.day(value, "en", TODAY)) == (ja, en)


@pytest.mark.parametrize(
    ("first", "last", "ja", "en"),
    [
        (date(2026, 12, 4), date(2026, 12, 6), "12月4日（金）〜6日（日）", "Friday 4 December to Sunday 6 December"),
        (
            date(2026, 11, 28),
            date(2026, 12, 6),
            "11月28日（土）〜12月6日（日）",
            "Saturday 28 November to Sunday 6 December",
        ),
        (date(2026, 12, 4), date(2026, 12, 4), "12月4日（金）", "Friday 4 December"),
    ],
)
def test_periods(first: date, last: date, ja: str, en: str) -> None:
    assert (wording.days(first, last, "ja", TODAY), wording.days(first, last, "en", TODAY)) == (ja, en)


@pytest.mark.parametrize(
    ("value", "ja", "en"),
    [
        (time(20), "20時", "8 pm"),
        (time(20, 30), "20時30分", "8:30 pm"),
        (time(0), "0時", "12 am"),
        (time(12), "12時", "12 pm"),
        (time(9, 5), "9時5分", "9:05 am"),
    ],
)
def test_times(value: time, ja: str, en: str) -> None:
    assert (wording.clock(value, "ja"), wording.clock(value, "en")) == (ja, en)


def test_an_instant_is_told_on_the_clock_of_its_zone() -> None:
    at = datetime(2026, 11, 26, 10, tzinfo=UTC)
    assert wording.instant(at, "ja", TODAY, TOKYO) == "11月26日 19時"
    assert wording.instant(at, "en", TODAY, ZoneInfo("America/New_York")) == "5 am on 26 November"
    assert wording.instant(at.replace(year=2025), "ja", TODAY, TOKYO) == "2025年11月26日 19時"
    assert wording.instant(at.replace(year=2025), "en", TODAY, TOKYO) == "7 pm on 26 November 2025"


@pytest.mark.parametrize(
    ("last", "closes", "ja", "en"),
    [
        (TODAY, time(20), "本日20時", "8 pm today"),
        (TODAY, None, "本日", "the end of today"),
        (date(2026, 11, 29), time(20), "11月29日（日）", "Sunday 29 November"),
    ],
)
def test_an_end_is_as_near_as_it_is_true(last: date, closes: time | None, ja: str, en: str) -> None:
    assert (wording.until(last, closes, "ja", TODAY), wording.until(last, closes, "en", TODAY)) == (ja, en)


@pytest.mark.parametrize(
    ("minutes", "ja", "en"),
    [
        (140, "2時間20分", "2 hours 20 minutes"),
        (2, "2分", "2 minutes"),
        (60, "1時間", "1 hour"),
        (1, "1分", "1 minute"),
        (0, "0分", "0 minutes"),
    ],
)
def test_durations(minutes: int, ja: str, en: str) -> None:
    assert (wording.duration(minutes, "ja"), wording.duration(minutes, "en")) == (ja, en)


@pytest.mark.parametrize(
    ("amount", "currency", "tax", "ja", "en"),
    [
        (9900, "JPY", True, "9,900円（税込）", "¥9,900 (tax included)"),
        (9900, "JPY", None, "9,900円", "¥9,900"),
        (30, "USD", None, "30ドル", "$30"),
        (Decimal("4.5"), "USD", None, "4.50ドル", "$4.50"),
        (Decimal("1234.00"), "EUR", True, "1,234ユーロ（税込）", "€1,234 (tax included)"),
        (30, "CHF", None, "30 CHF", "30 CHF"),
    ],
)
def test_prices(amount: Decimal | int, currency: str, tax: bool | None, ja: str, en: str) -> None:
    assert wording.price(amount, currency, "ja", tax_included=tax) == ja
    assert wording.price(amount, currency, "en", tax_included=tax) == en


def test_discounts_numbers_and_fees() -> None:
    assert (wording.percent_off(Decimal("10.0"), "ja"), wording.percent_off(12.5, "en")) == ("10%OFF", "12.5% off")
    assert (wording.amount_off(500, "JPY", "ja"), wording.amount_off(500, "JPY", "en")) == ("500円OFF", "¥500 off")
    assert (wording.number(1240), wording.number(2.50), wording.number(100)) == ("1,240", "2.5", "100")
    assert wording.fee(0, None, "ja", tax_included=True) == "無料"
    assert wording.fee(0, None, "en", tax_included=None) == "free"
    assert wording.fee(1100, "JPY", "ja", tax_included=True) == "1,100円（税込）"
    assert wording.fee(1100, None, "ja", tax_included=True) is None


@pytest.mark.parametrize("text", ["2026-13-01", "2026-11-2", "20261129xx", "銀座店の入口です。。。"])
def test_what_is_no_date_stays_a_word(text: str) -> None:
    assert wording.read_date(text) is None


@pytest.mark.parametrize("text", ["25:00", "1階の入口", "8 pm"])
def test_what_is_no_time_stays_a_word(text: str) -> None:
    assert wording.read_time(text) is None


@pytest.mark.parametrize(
    "text", ["2026-11-26", "2026-11-26T19:00:00", "2026-11-26T99:00:00+09:00", "not an instantT at all"]
)
def test_what_is_no_instant_stays_a_word(text: str) -> None:
    assert wording.read_instant(text) is None


def words(language: Language = "ja", /, **fields: object) -> OfferWords:
    offer = Offer.model_validate({"id": "x", "kind": "product", "name": {"ja": "豆", "en": "Beans"}, **fields})
    return OfferWords(offer, language, TODAY, TOKYO)


def test_named_facts_are_read_by_their_shape() -> None:
    facts = {
        "hold_until": "2026-11-29",
        "closes_at": "20:00",
        "stock_read": "2026-11-26T10:00:00+00:00",
        "minutes": 2,
        "service_fee": 0,
        "pieces": 1200,
        "fitting": True,
        "combinable": False,
        "nothing": None,
        "store": {"ja": "銀座店"},
        "size": "M",
    }
    ja, en = words(facts=facts), words("en", facts=facts)
    assert (ja.hold_until, ja.closes_at, ja.stock_read) == ("11月29日（日）", "20時", "11月26日 19時")
    assert (ja.minutes, ja.service_fee, ja.pieces, ja.fitting, ja.size) == ("2分", "無料", "1,200", True, "M")
    assert ja.store == "銀座店"
    for known, name in ((ja, "combinable"), (ja, "nothing"), (ja, "missing"), (en, "store"), (ja, "__call__")):
        assert not hasattr(known, name)


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"price": 100}, "price"),
        ({"stock": 3}, "stock"),
        ({"stock": 0, "stock_at": "2026-11-26T10:00:00+00:00"}, "stock"),
        ({"stock": 3, "stock_at": "2026-11-26T10:00:00+00:00", "in_stock": False}, "stock"),
        ({"discount_amount": 100}, "discount"),
        ({}, "period"),
        ({}, "until"),
        ({"facts": {"ends": 5}}, "until"),
    ],
)
def test_half_a_fact_is_unknown(fields: dict[str, object], missing: str) -> None:
    assert not hasattr(words("ja", **fields), missing)


@pytest.mark.parametrize(
    ("kind", "name", "extra", "ja", "en"),
    [
        ("product", "Frozen pizza", {}, "冷凍ピザ", "our frozen pizza"),
        ("product", "Frozen pizza", {"price": 5, "currency": "USD"}, "冷凍ピザ", "our Frozen pizza"),
        ("product", "BBQ sauce", {}, "冷凍ピザ", "our BBQ sauce"),
        ("coupon", "Frozen pizza", {}, "冷凍ピザのクーポン", "your frozen pizza coupon"),
        ("coupon", "Pizza coupon", {"facts": {"word": {"ja": "ピザクーポン"}}}, "ピザクーポン", "your pizza coupon"),
        ("event", "Pizza fair", {}, "「冷凍ピザ」", "our Pizza fair"),
        ("article", "About pizza", {}, "「冷凍ピザ」", "“About pizza”"),
    ],
)
def test_an_offer_is_called_by_what_it_is(kind: str, name: str, extra: dict[str, object], ja: str, en: str) -> None:
    fields: dict[str, object] = {"kind": kind, "name": {"ja": "冷凍ピザ", "en": name}, **extra}
    assert words("ja", **fields).called == ja
    assert words("en", **fields).called == en


def test_a_period_is_spoken_without_a_dash() -> None:
    facts = {"starts": "2026-12-04", "ends": "2026-12-06"}
    assert words(facts=facts).dates == "12月4日（金）から6日（日）まで"
    assert words("en", facts=facts).dates == "Friday 4 December to Sunday 6 December"
    assert words(facts={"starts": "2026-12-04"}).dates == "12月4日（金）"
