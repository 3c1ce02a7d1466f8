"""The ledger: every figure that the record knows to be true about offer, customer, sender and day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from domain.customer import Scalar
from domain.language import Text
from domain.offer import Offer
from domain.sender import Sender
from policies.checking.addresses import without_addresses
from policies.checking.claim import Claim
from policies.checking.figures import claims
from policies.checking.letters import plain
from policies.facts import Action, Situation

ENDING = re.compile(r"until|end|expir|deadline|close|last|hold|arrive|due|by\b")
UNITS = (
    *(("週", "7"), ("we", "7"), ("年", "12"), ("ye", "12")),
    *(("リ", "1000"), ("l", "1000"), ("kg", "1000"), ("キ", "1000"), ("g", ".001"), ("グ", ".001")),
)
FACTORS = {unit: Decimal(factor) for unit, factor in UNITS}
"""A number may be told in another unit than its fact: weeks for days, years for months, kilograms for grams."""
WEEK = timedelta(days=7)
NEAR = Decimal("0.5")
FAR, CLOSE = Decimal("0.5"), Decimal("0.9")
"""How much lower a price may be than what it is said to be under, or about."""
CENT, MOST_TOGETHER, LAST_MINUTE = Decimal("0.01"), 6, 24 * 60 - 1
SHARE = re.compile(r"percent|pct|rate$|share|ratio")
STOCK = re.compile(r"stock|remain|left|seats|places")
MULTIPLE = re.compile(r"times$|multipl|double")
PROMISES = frozenset(("off", "cut", "deal", "times"))
SHORTEST_QUOTE = 4


@dataclass(slots=True)
class Ledger:
    """What may be stated; built for one message."""

    today: date
    currency: str | None
    zones: tuple[str, ...] = ()
    known: set[tuple[str, Decimal, str]] = field(default_factory=set)
    """Kind, number and unit of every figure but days."""
    days: set[date] = field(default_factory=set)
    ends: set[date] = field(default_factory=set)
    written: set[tuple[int | None, int | None]] = field(default_factory=set)
    """Month and day of dates whose year no fact tells."""
    quotes: set[str] = field(default_factory=set)

    def knows(self, claim: Claim) -> bool:
        """Whether the figure follows from the facts."""
        if claim.kind in ("date", "relative"):
            return self._on_a_known_day(claim)
        if claim.kind in ("about", "under", "roughly"):
            return self._near(claim)
        return (claim.kind, claim.value, claim.unit) in self.known or self._follows(claim)

    def _follows(self, claim: Claim) -> bool:
        """Whether the figure is worked out of facts."""
        match claim.kind:
            case "number":
                return self._counted(claim)
            case "money":
                return self._several(claim.value)
            case "each":
                return ("money", claim.value, claim.unit) in self.known or self._each(claim.value)
            case "time":
                return claim.value == LAST_MINUTE and bool(self.ends)
            case "left":
                return any((day - self.today).days + more == claim.value for day in self.ends for more in (0, 1))
            case "was":
                return not any(self._all("was")) and ("money", claim.value, claim.unit) in self.known
            case "off":
                return any(abs(claim.value - off) < NEAR or claim.value == int(off) for off in self._all("off"))
            case _:
                return False

    def _near(self, claim: Claim) -> bool:
        """Whether some price lies where the words say: 2,000円台, under $100, about ¥2,000."""
        low, high = {
            "under": (FAR, Decimal(1)),
            "roughly": (CLOSE, 2 - CLOSE),
            "about": (Decimal(1), 1 + Decimal(10) ** claim.value.adjusted() / (claim.value or Decimal(1)) - CENT / 100),
        }[claim.kind]
        return any(claim.value * low <= known <= claim.value * high for known in self._all("money"))

    def _several(self, value: Decimal) -> bool:
        """The price of a few together."""
        return any(value == price * count for price in self._all("price") for count in range(2, MOST_TOGETHER))

    def _each(self, value: Decimal) -> bool:
        """The price of one in a pack."""
        packs = [number for number in self._all("number") if number > 1]
        return any(
            value in (price / one, (price / one).quantize(CENT)) for price in self._all("price") for one in packs
        )

    def _all(self, kind: str) -> Iterator[Decimal]:
        return (value for one, value, _ in self.known if one == kind)

    def _on_a_known_day(self, claim: Claim) -> bool:
        if claim.kind == "relative":
            return self.today + timedelta(days=int(claim.value)) in self.ends
        known = self.ends if claim.until else self.days | {self.today}
        if claim.day is None and claim.until:
            known = {day for day in known if timedelta(0) <= day - self.today < WEEK}
        if any(_is(claim, day) for day in known):
            return True
        return claim.weekday is None and (claim.month, claim.day) in self.written

    def _counted(self, claim: Claim) -> bool:
        if claim.unit in ("日間", "days", "day") and self._lasts(int(claim.value)):
            return True
        if claim.unit.startswith(("か月", "month")) and ("number", claim.value / 12, "") in self.known:
            return True
        left = {(day - self.today).days + more for day in self.ends for more in (0, 1)}
        years = {day.year for day in self.days} | {self.today.year, self.today.year + 1}
        months = {day.month for day in self.days} | {self.today.month, self.today.month % 12 + 1}
        numbers = {scaled for kind, value, unit in self.known if kind == "number" for scaled in _scaled(value, unit)}
        return claim.value in left | years | months or not numbers.isdisjoint(_scaled(claim.value, claim.unit))

    def _lasts(self, days: int) -> bool:
        """Whether two known days lie so far apart, both counted."""
        return any((last - first).days + 1 == days for first in self.days for last in self.days)

    def take(self, name: str, value: Scalar | Text, *, ours: bool) -> None:
        """Takes in a fact; only `ours` may be quoted, or promise a discount."""
        if isinstance(value, Text):
            for words in (value.ja, value.en):
                self.take(name, words, ours=ours)
        elif isinstance(value, str):
            self._words(name, value, ours)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            number, low = Decimal(str(value)), name.lower()
            kind = "share" if SHARE.search(low) else "times" if MULTIPLE.search(low) else "number"
            self.known |= {(kind, number, ""), ("money", number, self.currency or "")}
            self.known |= {("stock", number, "")} if STOCK.search(low) else set()

    def _words(self, name: str, value: str, ours: bool) -> None:
        if ours and len(value) >= SHORTEST_QUOTE and re.search(r"[^\W\d_]", value):
            self.quotes.add(plain(value))
        moment = _moment(value)
        if moment is not None:
            self._moment(name, moment, timed=len(value) > len("2026-12-31"))
            return
        for claim in claims(without_addresses(plain(value))):
            if claim.kind == "date":
                self._written_day(claim)
            elif ours or claim.kind not in PROMISES:
                self.known.add((claim.kind, claim.value, claim.unit))

    def _moment(self, name: str, moment: datetime, *, timed: bool) -> None:
        for one in {moment, *(moment.astimezone(ZoneInfo(zone)) for zone in self.zones if moment.tzinfo)}:
            self.day(one.date(), end=bool(ENDING.search(name.lower().replace("_", " "))))
            if timed:
                self.known.add(("time", Decimal(one.hour * 60 + one.minute), ""))

    def _written_day(self, claim: Claim) -> None:
        if claim.year is None or claim.month is None or claim.day is None:
            self.written.add((claim.month, claim.day))
        elif (day := _date(claim.year, claim.month, claim.day)) is not None:
            self.day(day, end=claim.until)

    def day(self, day: date, *, end: bool) -> None:
        """Takes in a date."""
        self.days.add(day)
        self.ends |= {day} if end else set()

    def offer(self, offer: Offer) -> None:
        """Takes in everything an offer states, and what its prices imply."""
        self._prices(offer, offer.currency or self.currency or "")
        for day, end in ((offer.valid_from, False), (offer.valid_until, True)):
            if day is not None:
                self.day(day, end=end)
        if offer.stock is not None:
            self.known |= {(kind, Decimal(offer.stock), "") for kind in ("number", "stock")}
        if offer.stock_at is not None:
            self._moment("stock_at", offer.stock_at, timed=True)
        alt = offer.image.alt if offer.image else None
        named = (("name", offer.name), ("brand", offer.brand), ("category", offer.category), ("alt", alt))
        for name, value in (*named, *offer.facts.items()):
            self.take(name, value, ours=True)

    def _prices(self, offer: Offer, currency: str) -> None:
        stated = [("price", offer.price, ""), ("money", offer.price, currency), ("money", offer.list_price, currency)]
        stated += [("cut", offer.discount_amount, currency), ("off", offer.discount_percent, "")]
        stated += [("was", offer.list_price, currency), ("share", offer.discount_percent, "")]
        if offer.price is not None and offer.list_price and offer.list_price > offer.price:
            cut = offer.list_price - offer.price
            stated += [("cut", cut, currency), ("off", cut * 100 / offer.list_price, "")]
        self.known |= {(kind, value, unit) for kind, value, unit in stated if value is not None}


def ledger_of(sender: Sender, s: Situation, a: Action) -> Ledger:
    """Everything that is known around one message."""
    offers = [offer for offer in (a.offer, *a.items) if offer is not None]
    currency = next((offer.currency for offer in offers if offer.currency), None) or _at_home(s.home.country)
    ledger = Ledger(date.fromordinal(a.locals[0].ordinal), currency, tuple(dict.fromkeys((*a.zones, s.home.timezone))))
    for offer in offers:
        ledger.offer(offer)
    for name, value in (*s.attributes.items(), *a.facts.items()):
        ledger.take(name, value, ours=False)
    ledger.take("hours", sender.hours, ours=True)
    for words in (sender.name, sender.legal_name, sender.address):
        ledger.quotes |= {plain(text) for text in (words.ja, words.en) if text}
    ledger.quotes.add(plain(sender.phone))
    return ledger


def _scaled(value: Decimal, unit: str) -> set[Decimal]:
    """A number as it is written, and in the smaller unit that a fact may be told in."""
    return {value, value * (FACTORS.get(unit[:2]) or FACTORS.get(unit[:1], Decimal(1)))}


def _at_home(country: str) -> str | None:
    return {"JP": "JPY", "US": "USD", "GB": "GBP", "DE": "EUR", "FR": "EUR", "IT": "EUR", "ES": "EUR"}.get(country)


def _is(claim: Claim, day: date) -> bool:
    said = (claim.year, claim.month, claim.day, claim.weekday)
    return all(one in (None, own) for one, own in zip(said, (day.year, day.month, day.day, day.weekday()), strict=True))


def _moment(value: str) -> datetime | None:
    if not re.match(r"\d{4}-\d{2}-\d{2}(?:$|[T ]\d)", value):
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return datetime(year, month, day, tzinfo=UTC).date()
    except ValueError:
        return None
