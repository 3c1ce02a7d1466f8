"""Traces: what a customer left behind without meaning to tell us: pages, searches, clicks, the shops they were at.

They may help to decide and are soon forgotten; of what was looked at, copy may name the field alone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from domain.event import Event
from domain.happening import Happening
from domain.language import Text
from domain.memory import Memory
from tools.distill import telling
from tools.distill.properties import items, place, text
from tools.distill.telling import Teller, key_of, short
from tools.distill.vocabulary import PRIVATE


class Page(NamedTuple):
    """A kind of page whose visit says something, whatever is for sale."""

    key: str
    name: Text
    told_by: re.Pattern[str]


PAGES = (
    Page(
        "pricing",
        Text(ja="料金ページ", en="the pricing page"),
        re.compile(r"pricing|/price|/plans?\b|料金|価格表", re.I),
    ),
    Page(
        "leaving",
        Text(ja="解約のご案内", en="the cancellation page"),
        re.compile(r"cancel|unsubscribe|解約|退会", re.I),
    ),
    Page(
        "cases", Text(ja="導入事例のページ", en="the case studies"), re.compile(r"case-?stud|/cases?\b|導入事例", re.I)
    ),
    Page("help", Text(ja="使い方のページ", en="the help pages"), re.compile(r"/help|/support|/faq|よくある", re.I)),
)


def traces(teller: Teller, events: Sequence[Event]) -> Iterator[Memory]:
    """The memories of traces, one for each thing, field, shop or kind of page, as of the last time."""
    found: dict[str, Memory] = {}
    for event in events:
        for memory in of_event(teller, event):
            found.pop(memory.id, None)
            found[memory.id] = memory
    yield from found.values()


def of_event(teller: Teller, event: Event) -> Iterator[Memory]:
    """The traces that one event leaves."""
    match event.happening:
        case Happening.VIEWED:
            yield from views(teller, event)
        case Happening.CLICKED:
            yield from looked_at(teller, event, telling.CLICKED)
        case Happening.OPENED:
            yield from looked_at(teller, event, telling.OPENED)
        case Happening.SEARCHED:
            yield from searched(teller, event)
        case Happening.VISITED_STORE if (shop := place(event)) is not None:
            yield teller.memory(telling.VISITED, event, short(shop), it=None)
        case _:
            return


def views(teller: Teller, event: Event) -> Iterator[Memory]:
    """A look at things of the catalogue, or at a page of a kind that we know; any other page leaves nothing."""
    seen = list(looked_at(teller, event, telling.VIEWED))
    yield from seen
    if not seen and (page := page_of(event)) is not None:
        yield teller.memory(telling.VIEWED, event, f"page-{page.key}", it=page.name, topic=f"page:{page.key}")


def looked_at(teller: Teller, event: Event, kind: telling.Kind) -> Iterator[Memory]:
    """The things of the catalogue that the event shows."""
    for item in items(event.properties):
        thing = teller.vocabulary.thing(item.id, item.category)
        key = key_of(item.id, None)
        if thing.offer_id is None or key is None:
            continue
        topic, field = teller.vocabulary.field(thing)
        private = thing.private or topic in PRIVATE
        yield teller.memory(
            kind,
            event,
            key,
            it=thing.name,
            offer_id=thing.offer_id,
            topic=thing.topic,
            word=teller.word(field, unless=private or kind is telling.OPENED),
            sensitive=private,
        )


def searched(teller: Teller, event: Event) -> Iterator[Memory]:
    """What somebody looked for: the topics in it, and the words as they typed them."""
    query = text(event.properties, "query", "search", "q", most=100)
    if query is None:
        return
    topic = next((found.topic for found in teller.vocabulary.mentioned(query)), None)
    private = teller.private(query) or topic in PRIVATE
    about = teller.vocabulary.words(topic)
    key = topic or short(query.casefold())
    yield teller.memory(telling.SEARCHED, event, key, it=about, quote=query, topic=topic, sensitive=private)


def page_of(event: Event) -> Page | None:
    """The kind of page that a view is of, by its name, category or path."""
    shown = event.context.get("page")
    places = {**(shown if isinstance(shown, Mapping) else {}), **event.properties}
    written = " ".join(
        filter(
            None, (event.name, *(text(places, name, most=200) for name in ("category", "path", "url", "title", "name")))
        )
    )
    return next((page for page in PAGES if page.told_by.search(written)), None)
