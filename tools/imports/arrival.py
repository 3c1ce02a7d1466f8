"""What one import of the Complete Journey brings, step by step."""

from dataclasses import dataclass
from functools import cached_property
from typing import cast

import polars as pl

from domain.memory import Memory
from domain.offer import Offer
from records import catalogue, consents, memories, profiles, purchases
from records.connection import Connection
from records.imports import Import
from records.tombstones import OPEN, Gate
from tools.distill.habits import distill
from tools.imports.consents import sample_consents
from tools.imports.frames import SOURCE, Journey
from tools.imports.households import Household, customer_id, read_households
from tools.imports.offers import coupon_id, read_offers
from tools.imports.steps import Step, Write, nothing
from tools.imports.together import bought_together
from tools.imports.vectors import Vectors

LANGUAGE = "en"
HOUSEHOLDS_AT_ONCE = 250
LINES_AT_ONCE = 50_000
OFFERS_AT_ONCE = 500


@dataclass(frozen=True)
class Arrival:
    """Everything that one import brings, worked out when its step begins; steps that are done cost nothing."""

    journey: Journey
    run: Import
    vectors: Vectors
    gate: Gate = OPEN

    @cached_property
    def households(self) -> list[Household]:
        """Every household as it was at the moment of the import."""
        return list(read_households(self.journey, self.run.started_at))

    @cached_property
    def offers(self) -> list[Offer]:
        """Every offer, product offers first."""
        return read_offers(self.journey)

    def memories(self, start: int, stop: int) -> list[tuple[Memory, ...]]:
        """What the habits of households from start to stop leave, without vectors."""
        chosen = self.households[start:stop]
        return [distill(one.customer.id, one.rhythms, LANGUAGE, self.run.started_at) for one in chosen]

    def steps(self) -> tuple[Step, ...]:
        """The whole import, in the order in which it is done."""
        everybody = self.journey.lines["household_id"].n_unique()
        return (
            Step("offers", len(self.offers), len(self.offers), self._offers),
            Step("customers", everybody, HOUSEHOLDS_AT_ONCE, self._customers),
            Step("purchases", self.journey.lines.height, LINES_AT_ONCE, self._purchases),
            Step("redemptions", self.journey.redemptions.height, LINES_AT_ONCE, self._redemptions),
            Step("neighbours", 1, 1, self._neighbours),
            Step("memories", everybody, HOUSEHOLDS_AT_ONCE, self._memories),
            Step("context", everybody, HOUSEHOLDS_AT_ONCE, self._context),
            Step("offer vectors", len(self.offers), OFFERS_AT_ONCE, self._offer_vectors),
        )

    def _offers(self, start: int, stop: int) -> Write:
        def write(c: Connection) -> None:
            catalogue.upsert(c, self.offers[start:stop], self.run.started_at)

        return write

    def _customers(self, start: int, stop: int) -> Write:
        chosen, now = self.households[start:stop], self.run.started_at
        given = [
            consent
            for one in chosen
            for consent in sample_consents(one.customer.id, SOURCE, one.features.first_at or now)
        ]

        def write(c: Connection) -> None:
            out = self.gate.customers(c, [one.customer for one in chosen])
            here = [one for one in chosen if one.customer.id not in out]
            profiles.upsert(c, [one.customer for one in here], now)
            profiles.save_features(c, [(one.customer.id, one.features) for one in here], now)
            consents.append(c, [one for one in given if one.customer_id not in out])

        return write

    def _purchases(self, start: int, stop: int) -> Write:
        rows = self.journey.lines.slice(start, stop - start).select(
            pl.col("basket_id").cast(pl.String),
            "line",
            pl.format("hh-{}", "household_id").alias("customer_id"),
            pl.col("product_id").cast(pl.String),
            "category",
            "at",
            "quantity",
            "amount_minor",
            "coupon_minor",
        )
        plain = cast(list[purchases.PurchaseRow], rows.to_dicts())

        def write(c: Connection) -> None:
            out = self.gate.ids(c, {row["customer_id"] for row in plain})
            purchases.put(c, [row for row in plain if row["customer_id"] not in out] if out else plain)

        return write

    def _redemptions(self, start: int, stop: int) -> Write:
        """A redemption names the coupon's offer and, behind a slash, the number printed on the coupon."""
        rows: list[purchases.RedemptionRow] = [
            {
                "customer_id": customer_id(row["household_id"]),
                "coupon_id": f"{coupon_id(row['campaign_id'], row['category'])}/{row['coupon_upc']}",
                "campaign_id": str(row["campaign_id"]),
                "at": row["at"],
            }
            for row in self.journey.redemptions.slice(start, stop - start).iter_rows(named=True)
        ]

        def write(c: Connection) -> None:
            out = self.gate.ids(c, {row["customer_id"] for row in rows})
            purchases.put_redemptions(c, [row for row in rows if row["customer_id"] not in out])

        return write

    def _neighbours(self, start: int, stop: int) -> Write:
        together = bought_together(self.journey, self.run.started_at)
        return lambda c: purchases.put_neighbours(c, together)

    def _memories(self, start: int, stop: int) -> Write:
        rows = self.vectors.memories(self.memories(start, stop))

        def write(c: Connection) -> None:
            out = self.gate.ids(c, {row.customer_id for row in rows})
            memories.put(c, [row for row in rows if row.customer_id not in out])

        return write

    def _context(self, start: int, stop: int) -> Write:
        """Context records lie outside the transaction: they are whole before the position moves, and written by id.

        Their vectors lie in it as well.
        """
        out = self.gate.kept_out
        chosen = [
            (one, found)
            for one, found in zip(self.households[start:stop], self.memories(start, stop), strict=True)
            if one.customer.id not in out
        ]
        return self.vectors.put_customers([(one.customer, one.features, found) for one, found in chosen])

    def _offer_vectors(self, start: int, stop: int) -> Write:
        self.vectors.put_offers(self.offers[start:stop])
        return nothing

    def counts(self) -> dict[str, int]:
        """What the import brought, by noun."""
        return {
            "customers": len(self.households),
            "purchases": self.journey.lines.height,
            "offers": len(self.offers),
            "redemptions": self.journey.redemptions.height,
            "memories": sum(map(len, self.memories(0, len(self.households)))),
            "consents": sum(
                len(sample_consents(one.customer.id, SOURCE, self.run.started_at)) for one in self.households
            ),
            "context records": len(self.households),
        }
