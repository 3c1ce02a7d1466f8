"""The inventory: for every scene of the book whether it runs today, for how many, and what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter

from agent.inventory.needs import Need, channels_of, needs_of, started
from agent.inventory.stocktaking import Stock, take_stock
from agent.stores import Stores
from domain.channel import Channel
from domain.language import Text
from domain.scene import Scene
from policies.book import Book


@dataclass(frozen=True, slots=True)
class Readiness:
    """One scene: the customers for whom it runs today, and its needs."""

    scene: Scene
    customers: int
    by_channel: Mapping[Channel, int]
    needs: tuple[Need, ...]

    @property
    def missing(self) -> tuple[Need, ...]:
        """What it cannot do without and is not there."""
        return tuple(need for need in self.needs if need.required and not need.met)

    @property
    def runs(self) -> bool:
        """Whether it reaches anybody today."""
        return not self.missing and self.customers > 0

    @property
    def verdict(self) -> Text:
        """One sentence: for how many it runs, or what to do."""
        if self.missing:
            first, more = self.missing[0].todo, len(self.missing) - 1
            and_ja, and_en = (f"（ほか{more}件）", f" (and {more} more)") if more else ("", "")
            return Text(ja=f"足りないもの：{first.ja}{and_ja}", en=f"Missing: {first.en}{and_en}.")
        if self.customers:
            some = next((need for need in self.needs if not need.met), None)
            more_ja = f" さらに：{some.todo.ja}" if some else ""
            more_en = f" To do better: {some.todo.en}." if some else ""
            return Text(
                ja=f"今日から{self.customers:,}人に動きます。{more_ja}",
                en=f"Runs today for {self.customers:,} customers.{more_en}",
            )
        return Text(
            ja="データは揃っていますが、いまはルールで届けられる方がいません。GET /v1/policies をご確認ください。",
            en="The data is there, but the rules let nobody be reached now. See which with GET /v1/policies.",
        )


@dataclass(frozen=True, slots=True)
class Inventory:
    """Every scene, and what there is altogether."""

    at: datetime
    customers: int
    identifiers: dict[str, int]
    events: dict[str, int]
    """How often each thing happened in 30 days."""
    offers: dict[str, int]
    scenes: tuple[Readiness, ...]
    seconds: float


def inventory(stores: Stores, book: Book, at: datetime) -> Inventory:
    """Looks at everything once and judges every scene by it."""
    begun = perf_counter()
    stock = take_stock(stores, book, at)
    kinds: dict[str, int] = {}
    for offer in stock.house.offers:
        kinds[offer.kind] = kinds.get(offer.kind, 0) + 1
    scenes = tuple(_readiness(book.scenes[id], stock) for id in sorted(book.scenes))
    return Inventory(
        at=at,
        customers=stock.base.size,
        identifiers=dict(stock.identifiers),
        events={str(name): one.times for name, one in sorted(stock.happened.items(), key=lambda pair: -pair[1].times)},
        offers=kinds,
        scenes=scenes,
        seconds=perf_counter() - begun,
    )


def _readiness(scene: Scene, stock: Stock) -> Readiness:
    needs = tuple(needs_of(scene, stock))
    channels = channels_of(scene)
    among = started(scene.trigger, stock) if scene.trigger is not None else stock.everybody
    by_channel = {channel: int((among & stock.may_get(scene.id, [channel])).sum()) for channel in channels}
    return Readiness(scene, int((among & stock.may_get(scene.id, channels)).sum()), by_channel, needs)
