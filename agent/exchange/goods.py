"""Offers from files: price, dates, tax, stock with its time, names in both languages; what a row does not say stays."""

from collections.abc import Collection, Mapping, Sequence

from pydantic import JsonValue, ValidationError

from agent.exchange.writer import Counts, Means, dumped, nested, note_misfits
from domain.offer import Offer
from domain.told import ToldOffer
from records import catalogue
from records.connection import Connection
from tools.exchange.rows import Row


class OfferWriter:
    """Rows of which each is one offer."""

    def __init__(self, means: Means) -> None:
        self.means = means

    def write(self, c: Connection, rows: Sequence[Row]) -> Counts:
        """Writes what changed; offers that stay as they were do not move the catalogue's version."""
        counts, offers = Counts(), dict[str, Offer]()
        for row in rows:
            id = str(row.values.get("id", ""))
            if not id:
                row.fault("id", ja="商品の番号が空です。", en="the offer has no id.")
                continue
            before = offers.get(id) or catalogue.offer(c, id)
            made = self._offer(row, before)
            if made is None:
                continue
            counts["new" if before is None else "changed" if made != before else "unchanged"] += 1
            if made != before:
                offers[id] = made
        catalogue.upsert(c, offers.values(), self.means.now)
        return counts

    def _offer(self, row: Row, before: Offer | None) -> Offer | None:
        told = nested(row.values)
        said = frozenset(told)
        if isinstance(stock := told.get("stock"), int):
            told.setdefault("in_stock", stock > 0)
        if before is not None and self.means.mapping.mode == "merge":
            told = _laid_over(dumped(before), told)
        told.setdefault("kind", "product")
        if not told.get("name"):
            row.fault("name.ja", ja="名称が空です。", en="the offer has no name.")
            return None
        image = told.get("image")
        if isinstance(image, dict) and not image.get("url"):
            del told["image"]
        elif isinstance(image, dict):
            image.setdefault("alt", told["name"])
        try:
            ToldOffer.model_validate(told if before is None else _of_the_row(told, said))
            return Offer.model_validate(told)
        except ValidationError as error:
            note_misfits(row, error)
            return None


def _of_the_row(told: Mapping[str, JsonValue], said: Collection[str]) -> dict[str, JsonValue]:
    """What the row itself says: what was there before may be older than today's demands on what is told."""
    beside: dict[str, JsonValue] = {"name": {"en": "-"}, "kind": told["kind"]}
    if "valid_until" in said and "valid_from" in told:
        beside["valid_from"] = told["valid_from"]
    return {**beside, **{name: value for name, value in told.items() if name in said}}


def _laid_over(old: Mapping[str, JsonValue], new: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """The new document over the old one; what only the old one says stays."""
    found = dict(old)
    for name, value in new.items():
        before = found.get(name)
        found[name] = _laid_over(before, value) if isinstance(before, dict) and isinstance(value, dict) else value
    return found
