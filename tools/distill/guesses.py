"""Guesses: what several facts together suggest. Nobody said it: it is never worded, and people should verify it."""

import re
from collections.abc import Iterator, Mapping, Sequence

from domain.customer import Stage
from domain.event import Event
from domain.happening import Happening
from domain.language import Text
from domain.memory import Distance, Memory
from tools.distill import telling
from tools.distill.properties import items, moment
from tools.distill.telling import Teller
from tools.distill.traces import page_of
from tools.distill.vocabulary import PRIVATE

OFTEN = 3
"""Looks at one field within the life of a trace from which an interest is guessed."""
SERIOUS = 2
"""Looks at prices within that time from which a decision seems near."""
BUDGET = re.compile(r"予算|稟議|決裁|\bbudget", re.IGNORECASE)
LEAVING: Mapping[Stage, Text] = {
    Stage.AT_RISK: Text(ja="足が遠のいている", en="may be drifting away"),
    Stage.DORMANT: Text(ja="しばらく間があいている", en="has been away for a while"),
}


def guesses(teller: Teller, events: Sequence[Event], told: Sequence[Memory], stage: Stage | None) -> Iterator[Memory]:
    """What the events, and what was told, suggest."""
    views = [event for event in events if event.happening is Happening.VIEWED]
    by_field: dict[str, list[Event]] = {}
    for event in views:
        for field in fields(teller, event):
            by_field.setdefault(field, []).append(event)
    for field, times in by_field.items():
        words = teller.vocabulary.words(field)
        seems = Text(ja=f"{words.ja}に関心がありそう", en=f"seems interested in {words.en}")
        yield from often(teller, times, OFTEN, f"interest-{field}", seems, field)
    prices = [event for event in views if (page := page_of(event)) is not None and page.key == "pricing"]
    near = Text(ja="検討が具体的になっていそう", en="seems to be close to a decision")
    yield from often(teller, prices, SERIOUS, "decision", near, None)
    yield from implied(teller, told)
    if events and stage is not None and stage in LEAVING:
        yield guess(teller, events[-1], "leaving", LEAVING[stage], None)


def often(
    teller: Teller, times: Sequence[Event], least: int, key: str, seems: Text, topic: str | None
) -> Iterator[Memory]:
    """A guess from something that was looked at so often lately."""
    if sum(moment(times[-1]) - moment(one) <= telling.VIEWED.life for one in times) >= least if times else False:
        yield guess(teller, times[-1], key, seems, topic)


def fields(teller: Teller, event: Event) -> set[str]:
    """The fields that a view belongs to, those apart that are nobody's business."""
    things = [teller.vocabulary.thing(item.id, item.category) for item in items(event.properties)]
    found = {teller.vocabulary.field(thing)[0] for thing in things if not thing.private}
    return {one for one in found if one is not None and one not in PRIVATE}


def implied(teller: Teller, told: Sequence[Memory]) -> Iterator[Memory]:
    """What lies behind questions, and behind a word about the budget."""
    for memory in told:
        if memory.distance is not Distance.TOLD_US or memory.sensitive:
            continue
        topic = memory.topic or ""
        words = teller.vocabulary.words(topic)
        if memory.source == telling.ASKED.source and words.ja and words.en:
            worry = Text(ja=f"{words.ja}に懸念がありそう", en=f"may be worried about {words.en}")
            yield after(teller, memory, f"worry-{topic}", worry)
        if memory.quote is not None and BUDGET.search(memory.quote):
            yield after(
                teller,
                memory,
                "budget",
                Text(ja="決裁は予算の時期に合わせてか", en="the decision may follow the budget"),
            )


def guess(teller: Teller, event: Event, key: str, seems: Text, topic: str | None) -> Memory:
    """A guess from what was done."""
    return teller.memory(telling.GUESSED, event, key, it=seems, topic=topic, place=None)


def after(teller: Teller, memory: Memory, key: str, seems: Text) -> Memory:
    """A guess from what was told."""
    return Memory(
        id=f"{teller.customer_id}:{telling.GUESSED.source}:{key}",
        customer_id=teller.customer_id,
        text=telling.GUESSED.sentence(seems.either(teller.language), teller.language),
        distance=Distance.INFERRED,
        source=telling.GUESSED.source,
        at=memory.at,
        expires_at=memory.at + telling.GUESSED.life,
    )
