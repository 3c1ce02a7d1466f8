"""Likeness: who may care about something, and what those customers share."""

import re
from collections import Counter as Tally
from collections.abc import Mapping, Sequence

from agent.instruments import Instruments
from agent.talk.errand import Audience
from agent.talk.found import Counter, Facts, Found, Free, Person, aside, bullets, lines
from agent.talk.knowing import as_facts, coarse_of, record_of
from agent.talk.telling import headed
from domain.customer import Record, Stage
from domain.stage_words import STAGES
from policies.book import Book
from records import profiles
from records.digest import offer_text
from tools.offers import Catalogue
from tools.telling import safe

MOST_SHOWN = 6
MOST_OFFERS = 3
NEAREST = 25
"""Customers that are looked at."""
FAR = 0.25
"""Below this cosine a customer is not near a topic."""
ALIKE = 0.4
"""From this cosine on an offer is about a topic."""
CONTENT = re.compile("[\u4e00-\u9fff]{2,}|[\u30a1-\u30fc]{3,}|[A-Za-z]{5,}")
"""Words that carry a topic."""


async def audience(errand: Audience, counter: Counter) -> Found:
    """Customers whose records are nearest to a topic, what they share, and which offers are near it."""
    rest = counter.rest
    if rest is None:
        alone = counter.say("似ているお客様を探せません。", "Nobody can be looked for by likeness now.")
        return Found(lines(alone, counter.why_alone), {"refused": "the vector store is not open here"})
    near, offers = await counter.pool.run(lambda: _near(errand.topic, rest.instruments))
    people = await counter.read(
        lambda c: [record_of(c, known) for name, _ in near if (known := profiles.customer(c, name))]
    )
    book, catalogue = await counter.pool.run(rest.instruments.shelf.load)
    names = [offer.name.either(counter.language) for key in offers if (offer := catalogue.offer(key)) is not None]
    if not people:
        nobody = counter.say(
            f"「{errand.topic}」に近いお客様は見つかりませんでした。", f"Nobody is near “{errand.topic}”."
        )
        return Found(nobody, {"topic": Free(errand.topic), "customers": []})
    closeness = dict(near)
    facts: Facts = {
        "topic": Free(errand.topic),
        "customers": [
            _near_fact(record, closeness[record.customer.id], book, catalogue, counter)
            for record in people[:MOST_SHOWN]
        ],
        "found": len(people),
        "offers_near": [Free(name) for name in names if safe(name)],
    }
    return Found(_words(errand.topic, people, closeness, names, counter), facts, foreign=True)


def _words(
    topic: str, people: Sequence[Record], closeness: Mapping[str, float], offers: list[str], counter: Counter
) -> str:
    """Who is near, for the marketer."""
    told = [_line(record, closeness[record.customer.id], counter) for record in people]
    hint = counter.say(
        "似ている度合いは目安です。誰に届くかは、同意などのルールがそのつど決めます。",
        "Likeness is a hint. Who gets anything is decided by the rules each time, consent among them.",
    )
    return lines(
        counter.say(f"「{topic}」に近いお客様：上位{len(people)}人", f"Nearest to “{topic}”: {len(people)} customers"),
        headed(counter.say("共通点：", "What they share:"), bullets(_shared(people, counter), 6, counter.language)),
        headed(counter.say("上位の方：", "The first of them:"), bullets(told, MOST_SHOWN, counter.language)),
        headed(counter.say("近いオファー：", "Offers near it:"), bullets(offers, 3, counter.language)),
        hint,
    )


def _near(topic: str, instruments: Instruments) -> tuple[list[tuple[str, float]], list[str]]:
    """Customers and offers by likeness: near the topic's own words, or near an offer that is about it."""
    catalogue, vector = instruments.shelf.load()[1], instruments.encode(topic)
    closest_offers = [] if vector is None else instruments.context.similar_offers(vector, MOST_OFFERS)
    alike = [name for name, cosine in closest_offers if cosine >= ALIKE]
    offers = list(dict.fromkeys([*_named_so(topic, catalogue), *alike]))[:MOST_OFFERS]
    about = [offer_text(offer) for name in offers if (offer := catalogue.offer(name)) is not None]
    closest: dict[str, float] = {}
    for sought in (vector, *(instruments.encode(text) for text in about)):
        for name, cosine in [] if sought is None else instruments.context.similar_customers(sought, NEAREST):
            closest[name] = max(cosine, closest.get(name, 0.0))
    near = sorted(((name, cosine) for name, cosine in closest.items() if cosine >= FAR), key=lambda one: -one[1])
    return near[:NEAREST], offers


def _named_so(topic: str, catalogue: Catalogue) -> list[str]:
    """Offers whose name holds a word of the topic: what the encoder has never seen is found by its letters."""
    words = [word.lower() for word in CONTENT.findall(topic)]
    named = [(offer.id, f"{offer.name.ja or ''} {offer.name.en or ''}".lower()) for offer in catalogue.offers]
    return [id for id, name in named if any(word in name for word in words)][:MOST_OFFERS]


def _shared(people: Sequence[Record], counter: Counter) -> list[str]:
    """What many of them have in common: stages, regions, what they buy."""
    stages = Tally(_stage(one.customer.stage, counter) for one in people if one.customer.stage)
    regions = Tally(one.customer.region for one in people if one.customer.region)
    topics = Tally(topic for one in people for topic in one.features.habits.topics[:5])
    told = []
    for ja, en, tally in (
        ("段階", "stage", stages),
        ("地域", "region", regions),
        ("よく買う分野", "often buy", topics),
    ):
        if tally:
            named = counter.say("、", ", ").join(f"{name} {count}" for name, count in tally.most_common(3))
            told.append(counter.say(f"{ja}：{named}", f"{en}: {named}"))
    return told


def _stage(stage: Stage, counter: Counter) -> str:
    """A stage as marketers call it."""
    ja, en = STAGES[stage]
    return counter.say(ja, en)


def _line(record: Record, cosine: float, counter: Counter) -> str:
    customer = record.customer
    stage = _stage(customer.stage, counter) if customer.stage else None
    parts = [str(part) for part in (stage, customer.tier, customer.region) if part]
    told = counter.say("・", ", ").join([*parts, f"{cosine:.2f}"])
    return f"{customer.id}{aside(told, counter.language)}"


def _near_fact(record: Record, cosine: float, book: Book, catalogue: Catalogue, counter: Counter) -> Facts:
    return {
        "customer": Person(record.customer.id),
        "likeness": round(cosine, 2),
        "known": as_facts(coarse_of(record, book, catalogue, counter)),
    }
