"""An offer in words: each of its facts in its surface form, worked out when a template asks for it."""

from collections.abc import Callable, Mapping
from datetime import date, tzinfo
from decimal import Decimal

from domain.customer import Scalar
from domain.language import Language, Text
from domain.offer import Offer
from tools import wording
from tools.copy.distance import reads_in

Fact = str | bool
TITLED = frozenset({"article", "case_study", "tutorial", "event"})


class Words:
    """A group of facts under one name; attributes are facts in words, a missing attribute is an unknown fact."""

    __slots__ = ("_language", "_today", "_zone")
    fact = "fact"

    def __init__(self, language: Language, today: date, zone: tzinfo) -> None:
        self._language, self._today, self._zone = language, today, zone

    def _scalar(self, name: str, value: Scalar | Text) -> Fact | None:
        """One named fact in words, None where it is unknown or belongs to another language."""
        if isinstance(value, Text):
            return value.get(self._language)
        if isinstance(value, bool):
            return value or None
        if isinstance(value, str):
            return self._string(value)
        return None if value is None else self._figure(name, value)

    def _figure(self, name: str, value: int | float) -> str | None:
        if name.endswith("minutes"):
            return wording.duration(int(value), self._language)
        return wording.number(value)

    def _string(self, value: str) -> str | None:
        """A date, time or instant in its surface form; any other string as it is, if it reads in this language."""
        if (day := wording.read_date(value)) is not None:
            return wording.day(day, self._language, self._today)
        if (time := wording.read_time(value)) is not None:
            return wording.clock(time, self._language)
        if (instant := wording.read_instant(value)) is not None:
            return wording.instant(instant, self._language, self._today, self._zone)
        return value if value and reads_in(value, self._language) else None


class OfferWords(Words):
    """Facts of an offer: its fields by name, and every further named fact."""

    __slots__ = ("_offer",)
    fact = "offer"

    def __init__(self, offer: Offer, language: Language, today: date, zone: tzinfo) -> None:
        super().__init__(language, today, zone)
        self._offer = offer

    def __getattr__(self, name: str) -> Fact:
        if name.startswith("_"):
            raise AttributeError(name)
        reader = _OFFER.get(name)
        value = reader(self) if reader else self._scalar(name, self._offer.facts.get(name))
        if value is None:
            raise AttributeError(name)
        return value

    def _figure(self, name: str, value: int | float) -> str | None:
        if name != "fee" and not name.endswith("_fee"):
            return super()._figure(name, value)
        offer = self._offer
        return wording.fee(value, offer.currency, self._language, tax_included=offer.tax_included)

    def _name(self) -> str | None:
        return self._offer.name.get(self._language)

    def _title(self) -> str | None:
        """The name as it begins a line."""
        name = self._word() if self._offer.kind == "coupon" else self._name()
        return name[0].upper() + name[1:] if name else None

    def _word(self) -> str | None:
        """The name as it stands inside a sentence; a coupon is called one: コーヒーのクーポン / coffee coupon."""
        word = self._plain_word()
        if word is None or self._offer.kind != "coupon":
            return word
        if self._language == "ja":
            return word if "クーポン" in word else f"{word}のクーポン"
        return word if "coupon" in word.lower() else f"{word} coupon"

    def _plain_word(self) -> str | None:
        """The fact `word`, else the name; an unbranded, unpriced English name is a plain word in small letters."""
        own = self._scalar("word", self._offer.facts.get("word"))
        name = self._name()
        if isinstance(own, str) or name is None or self._language == "ja":
            return own if isinstance(own, str) else name
        plain = self._offer.price is None and self._offer.brand is None and name[1:].islower()
        return f"{name[0].lower()}{name[1:]}" if plain and self._offer.kind in ("product", "coupon") else name

    def _called(self) -> str | None:
        """The offer inside a sentence: 「題」 / “a title”, our wool coat, your rainy-day coupon."""
        kind, word = self._offer.kind, self._word()
        if word is None:
            return None
        if self._language == "ja":
            return f"「{word}」" if kind in TITLED and "「" not in word else word
        if kind == "coupon":
            return f"your {word}"
        return f"“{word}”" if kind in TITLED - {"event"} else f"our {word}"

    def _money(self, amount: Decimal | None) -> str | None:
        currency = self._offer.currency
        if amount is None or currency is None:
            return None
        return wording.price(amount, currency, self._language, tax_included=self._offer.tax_included)

    def _discount(self) -> str | None:
        offer = self._offer
        if offer.discount_percent:
            return wording.percent_off(offer.discount_percent, self._language)
        if offer.discount_amount and offer.currency:
            return wording.amount_off(offer.discount_amount, offer.currency, self._language)
        return None

    def _stock(self) -> str | None:
        """在庫1点（11月26日 19時時点）: a stock figure never stands without its time."""
        offer = self._offer
        if not offer.stock or offer.stock_at is None or offer.in_stock is False:
            return None
        at = wording.instant(offer.stock_at, self._language, self._today, self._zone)
        figure = wording.number(offer.stock)
        return f"在庫{figure}点（{at}時点）" if self._language == "ja" else f"{figure} in stock as of {at}"

    def _ends(self) -> date | None:
        return self._offer.valid_until or self._date("ends")

    def _date(self, name: str) -> date | None:
        value = self._offer.facts.get(name)
        return wording.read_date(value) if isinstance(value, str) else None

    def _valid_until(self) -> str | None:
        ends = self._offer.valid_until
        return wording.day(ends, self._language, self._today) if ends else None

    def _until(self) -> str | None:
        """The end as near as it is true: 本日20時, or the date."""
        ends = self._ends()
        if ends is None:
            return None
        closes = self._offer.facts.get("closes_at")
        time = wording.read_time(closes) if isinstance(closes, str) else None
        return wording.until(ends, time, self._language, self._today)

    def _period(self) -> str | None:
        """12月4日（金）〜6日（日）: from the facts `starts` and `ends`."""
        starts, ends = self._date("starts"), self._date("ends")
        if starts is None:
            return None
        return wording.days(starts, ends or starts, self._language, self._today)

    def _dates(self) -> str | None:
        """The period as it is spoken: 12月4日（金）から6日（日）まで."""
        period = self._period()
        if period is None or self._language != "ja" or "〜" not in period:
            return period
        return period.replace("〜", "から") + "まで"


_OFFER: Mapping[str, Callable[[OfferWords], Fact | None]] = {
    "name": OfferWords._name,
    "title": OfferWords._title,
    "word": OfferWords._word,
    "called": OfferWords._called,
    "kind": lambda words: words._offer.kind,
    "brand": lambda words: words._offer.brand,
    "url": lambda words: words._offer.url,
    "price": lambda words: words._money(words._offer.price),
    "discount": OfferWords._discount,
    "stock": OfferWords._stock,
    "valid_until": OfferWords._valid_until,
    "until": OfferWords._until,
    "period": OfferWords._period,
    "dates": OfferWords._dates,
}
