"""Acts: what a customer did with us on purpose, and took back: buying, saving, downloading, coming, asking for help."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from domain.event import Event
from domain.happening import Happening, plain
from domain.language import Text
from domain.memory import Ended, Memory
from tools.distill import telling
from tools.distill.properties import Item, items, moment, text
from tools.distill.telling import Kind, Teller, key_of, short

EMPTIED = "cart emptied"
MATTERS: Mapping[str, Text] = {
    "product_fault": Text(ja="商品の不具合", en="a fault"),
    "delivery": Text(ja="配送", en="delivery"),
    "return": Text(ja="返品・交換", en="a return"),
    "order": Text(ja="ご注文", en="an order"),
    "billing": Text(ja="お支払い", en="billing"),
    "account": Text(ja="会員登録", en="the account"),
    "complaint": Text(ja="ご意見", en="a complaint"),
    "usage": Text(ja="使い方", en="how to use it"),
    "inquiry": Text(ja="お問い合わせ", en="an inquiry"),
}
"""What calls and tickets are about, as far as we word it."""
ONCE_EACH: Mapping[Happening, Kind] = {
    Happening.DOWNLOADED: telling.DOWNLOADED,
    Happening.REGISTERED: telling.REGISTERED,
    Happening.ATTENDED: telling.ATTENDED,
    Happening.REDEEMED: telling.REDEEMED,
}


OCCASIONS: Mapping[str, tuple[str, str]] = {
    "webinar": ("ウェビナー", "a webinar"),
    "seminar": ("セミナー", "a seminar"),
    "workshop": ("ワークショップ", "a workshop"),
}
"""What somebody came to, as the event says it."""


class Line(NamedTuple):
    """One thing that one event is about."""

    event: Event
    item: Item
    key: str


def acts(teller: Teller, events: Sequence[Event]) -> Iterator[Memory]:
    """The memories of deliberate acts; `events` are in the order in which they happened."""
    yield from purchases(teller, events)
    yield from kept(teller, events, telling.SAVED, Happening.SAVED, lambda one: one.happening is Happening.UNSAVED)
    yield from kept(teller, events, telling.CARTED, Happening.CARTED, out_of_cart)
    for happening, kind in ONCE_EACH.items():
        latest = {line.key: line for line in lines(events, happening)}
        yield from (thing_memory(teller, kind, line) for line in latest.values())
    yield from tickets(teller, events)
    yield from calls(teller, events)


def purchases(teller: Teller, events: Sequence[Event]) -> Iterator[Memory]:
    """The latest purchase of each thing, gifts apart; taken back where every one of them was refunded."""
    refunds = [event for event in events if event.happening is Happening.REFUNDED]
    bought: dict[tuple[str, bool], list[Line]] = {}
    for line in lines(events, Happening.ORDERED):
        bought.setdefault((line.key, line.item.gift), []).append(line)
    for (_, gift), several in bought.items():
        back = [(line, refunded(line, refunds)) for line in several]
        standing = [line for line, by in back if by is None]
        kind = telling.GIVEN if gift else telling.BOUGHT
        if standing:
            yield thing_memory(teller, kind, standing[-1])
            continue
        line, by = back[-1]
        yield taken_back(thing_memory(teller, kind, line), by)


def refunded(line: Line, refunds: Sequence[Event]) -> Event | None:
    """The refund of this line: of its order, whole or with this thing in it."""
    order = text(line.event.properties, "order_id")
    for refund in refunds:
        ids = {key_of(item.id, item.name) for item in items(refund.properties)} - {None}
        same = order is not None and text(refund.properties, "order_id") == order
        if same and (not ids or line.key in ids):
            return refund
    return None


def kept(
    teller: Teller, events: Sequence[Event], kind: Kind, begins: Happening, ends: Callable[[Event], bool]
) -> Iterator[Memory]:
    """The latest time that each thing was put somewhere, taken back where it was taken out again since."""
    latest = {line.key: line for line in lines(events, begins)}
    for line in latest.values():
        after = events[_place(events, line.event) + 1 :]
        out = next((one for one in after if ends(one) and concerns(one, line.key)), None)
        memory = thing_memory(teller, kind, line)
        yield memory if out is None else taken_back(memory, out)


def out_of_cart(event: Event) -> bool:
    """Whether something leaves the cart: it was taken out, or it was bought."""
    return event.happening in (Happening.UNCARTED, Happening.ORDERED)


def concerns(event: Event, key: str) -> bool:
    """Whether an event is about this thing; an emptied cart is about everything in it."""
    if event.name is not None and plain(event.name) == EMPTIED:
        return True
    return any(key_of(item.id, item.name) == key for item in items(event.properties))


def tickets(teller: Teller, events: Sequence[Event]) -> Iterator[Memory]:
    """What the customer asked help for, until it is solved."""
    for place, event in enumerate(events):
        if event.happening is not Happening.TICKET_OPENED:
            continue
        ticket = text(event.properties, "ticket_id", "case_id", "id")
        memory = about_matter(teller, telling.TICKET, event, key_of(ticket, None) or short(event.message_id))
        solved = next(
            (
                one
                for one in events[place + 1 :]
                if one.happening is Happening.TICKET_RESOLVED
                and text(one.properties, "ticket_id", "case_id", "id") in (ticket, None)
            ),
            None,
        )
        yield memory if solved is None else taken_back(memory, solved)


def calls(teller: Teller, events: Sequence[Event]) -> Iterator[Memory]:
    """That there was a call, and about what."""
    for event in events:
        if event.happening is Happening.CALLED:
            yield about_matter(teller, telling.CALLED, event, short(event.message_id, "call"))


def about_matter(teller: Teller, kind: Kind, event: Event, key: str) -> Memory:
    """A call or a ticket, in our own word for its matter, with the thing that it is about."""
    item = next(items({k: v for k, v in event.properties.items() if k not in ("topic", "name", "title")}), None)
    thing = teller.vocabulary.thing(item.id, item.category) if item else None
    matter = MATTERS.get(text(event.properties, "topic", "reason", "category") or "")
    return teller.memory(
        kind,
        event,
        key,
        it=matter,
        quote=item.name if item else None,
        offer_id=thing.offer_id if thing else None,
        topic=thing.topic if thing else None,
        sensitive=teller.private(item.name if item else None) or bool(thing and thing.private),
    )


def lines(events: Sequence[Event], happening: Happening) -> Iterator[Line]:
    """Every thing that events of this kind are about."""
    for event in events:
        if event.happening is happening:
            for item in items(event.properties):
                key = key_of(item.id, item.name)
                if key is not None:
                    yield Line(event, item, key)


def thing_memory(teller: Teller, kind: Kind, line: Line) -> Memory:
    """One act on one thing: in the catalogue's words where it knows it, else with the name that the source gave."""
    thing = teller.vocabulary.thing(line.item.id, line.item.category)
    known = thing.name.either(teller.language) or None
    private = thing.private or teller.private(line.item.name, line.item.category)
    worded = kind in (telling.BOUGHT, telling.SAVED)
    return teller.memory(
        kind,
        line.event,
        line.key,
        it=known or kind.named(thing.word, occasion(line.event)),
        quote=None if known else line.item.name,
        offer_id=thing.offer_id,
        topic=thing.topic,
        word=teller.word(thing.word, unless=private or not worded),
        sensitive=private,
        gift=kind is telling.GIVEN or line.item.gift,
    )


def occasion(event: Event) -> tuple[str, str] | None:
    """The kind of occasion that an event names, None for any other."""
    said = plain(f"{event.name or ''} {text(event.properties, 'format', 'kind', 'event_type', most=40) or ''}")
    return next((words for name, words in OCCASIONS.items() if name in said), None)


def taken_back(memory: Memory, by: Event | None) -> Memory:
    """A memory of what was undone later."""
    at = memory.at if by is None else max(moment(by), memory.at)
    return memory.model_copy(update={"ended": Ended(at=at, why="taken_back")})


def _place(events: Sequence[Event], event: Event) -> int:
    return next(place for place, one in enumerate(events) if one is event)
