"""A base: every customer of a house in columns, with what was allowed by and sent to each of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from domain.channel import Channel, Purpose
from domain.clock import from_micros
from domain.contact import Contact
from domain.customer import Customer, Record
from policies.facts import HERE, Home, Situation, situation_of

Rows = NDArray[np.intp]
Flags = NDArray[np.bool_]
Codes = NDArray[np.intp]

PLACE = ("timezone", "country")
KIND = ("channel", "purpose", "scene", "offer_kind", "offer_category", "offer_id", "pushed", "state")
"""What tells contacts apart for a cap, beside their time and their customer."""

NO_ATTRIBUTES = pl.DataFrame(
    schema={"row": pl.UInt32, "name": pl.String, "number": pl.Float64, "text": pl.String, "truth": pl.Boolean}
)
NO_CONSENTS = pl.DataFrame(schema={"row": pl.UInt32, "topic": pl.String, "purpose": pl.String, "granted": pl.Boolean})
NO_CONTACTS = pl.DataFrame(
    schema={"row": pl.UInt32, "at": pl.Int64, **dict.fromkeys(KIND, pl.String), "pushed": pl.Boolean}
)


@dataclass(eq=False)
class Base:
    """Frames, one row a customer; the longer ones name the customer by the number of its row.

    `customers`: id, stage, tier, gender, country, region, language, timezone, age, ordered_at in
    microseconds (LONG_AGO for never, null for unknown), and the lists tags and segments.
    `attributes`: row, name and the value as number, text or truth. `consents`: row, topic, purpose and the latest word.
    `contacts`: row, at in microseconds, and the fields of KIND. Nothing here is ever changed, so that what one rule
    asked is there for the next.
    """

    customers: pl.DataFrame
    attributes: pl.DataFrame = field(default_factory=lambda: NO_ATTRIBUTES)
    consents: pl.DataFrame = field(default_factory=lambda: NO_CONSENTS)
    contacts: pl.DataFrame = field(default_factory=lambda: NO_CONTACTS)
    home: Home = HERE
    tallies: Mapping[str, Decimal] | None = None
    kept: dict[object, pl.Series] = field(default_factory=dict, repr=False)
    """Answers that hold at any time."""
    _moment: tuple[int, dict[object, pl.Series]] = field(default_factory=lambda: (0, {}), repr=False)

    def __post_init__(self) -> None:
        self.size = self.customers.height
        self.anybody = self.stand_in(None, None)
        self.places, self.place = self._places()
        self.kinds, self.kind = self._kinds()
        self.contact_row: Rows = self.contacts["row"].to_numpy().astype(np.intp)
        self.contact_at: NDArray[np.int64] = self.contacts["at"].to_numpy().astype(np.int64)
        self._marks: dict[str, tuple[Rows, pl.Series]] = {}

    def stand_in(self, timezone: str | None, country: str | None) -> Situation:
        """Somebody of whom nothing is known but the place, under the counters of the house."""
        customer = Customer.model_construct(id="anybody", timezone=timezone, country=country)
        return situation_of(Record.model_construct(customer=customer), self.home, tallies=self.tallies)

    def marks(self, name: str) -> tuple[Rows, pl.Series]:
        """Tags or segments one by one: whose, and which."""
        if name not in self._marks:
            pairs = self.customers.select(name).with_row_index("row").explode(name).drop_nulls()
            self._marks[name] = (pairs["row"].to_numpy().astype(np.intp), pairs[name])
        return self._marks[name]

    def kept_at(self, micros: int) -> dict[object, pl.Series]:
        """Answers that hold at one instant; those of the instant before are forgotten, since they are many."""
        if self._moment[0] != micros:
            self._moment = (micros, {})
        return self._moment[1]

    def spread(self, rows: Rows, values: Flags | bool = True) -> pl.Series:
        """A column that is false but where `rows` say otherwise."""
        column = np.zeros(self.size, dtype=np.bool_)
        column[rows] = values
        return pl.Series(column)

    def words(self, name: str) -> list[str | None]:
        """A column of words."""
        return self.customers[name].cast(pl.String).to_list()

    def may_be(self, name: str, value: str) -> Flags:
        """Who has the value, or of whom it is not known."""
        found: Flags = (self.customers[name].cast(pl.String) == value).fill_null(True).to_numpy()
        return found

    def by_place_and_tags(self, prefix: str) -> tuple[list[tuple[str | None, frozenset[str]]], Codes]:
        """Each different time zone with tags of a prefix, and the number of every customer's."""
        mine = pl.element().filter(pl.element().str.starts_with(prefix))
        tags = pl.col("tags").cast(pl.List(pl.String)).list.eval(mine).list.sort().list.join("\n")
        found, codes = coded(self.customers.select(pl.col("timezone").cast(pl.String), tags))
        named = [(None if zone is None else str(zone), frozenset(str(held).split("\n")) - {""}) for zone, held in found]
        return named, codes

    def _places(self) -> tuple[tuple[Situation, ...], Codes]:
        """A stand-in for each different place, and the number of every customer's."""
        found, codes = coded(self.customers.select(PLACE))
        known = ((None if name is None else str(name) for name in pair) for pair in found)
        return tuple(self.stand_in(timezone, country) for timezone, country in known), codes

    def _kinds(self) -> tuple[tuple[Contact, ...], Codes]:
        """An example of each different kind of contact, and the number of every contact's."""
        found, codes = coded(self.contacts.select(KIND))
        return tuple(contact_of(dict(zip(KIND, values, strict=True)), from_micros(0)) for values in found), codes


def coded(frame: pl.DataFrame) -> tuple[list[tuple[object, ...]], Codes]:
    """The different rows of a frame, and for each row the number of its like."""
    different = frame.unique(maintain_order=True).with_row_index("code")
    codes = frame.join(different, on=frame.columns, how="left", nulls_equal=True, maintain_order="left")["code"]
    return different.drop("code").rows(), codes.to_numpy().astype(np.intp)


def contact_of(kind: Mapping[str, object], at: datetime) -> Contact:
    """A contact of that kind."""
    named = {name: value for name, value in kind.items() if name in Contact.model_fields}
    named |= {"channel": Channel(str(kind["channel"])), "purpose": Purpose(str(kind["purpose"])), "at": at}
    return Contact.model_construct(**named)  # type: ignore[arg-type]  # the frame holds what a Contact was stored as
