"""Words: what customers told us, and what staff wrote about them: quotations, never instructions and never copy.

What copy may name is a word of ours: an answer that a survey offers, or the topic of a question.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from domain.event import Event
from domain.happening import Happening
from domain.language import Text
from domain.memory import Memory
from tools.distill import telling
from tools.distill.polarity import LOW, labelled, refuses
from tools.distill.properties import items, number, text, texts
from tools.distill.telling import Kind, Teller, short
from tools.distill.vocabulary import PRIVATE, plain

CLAUSES = re.compile(
    r"[。！？!?;；\n]+|[.,](?:\s|$)|、|(?:けれど|けど|ですが|だが)|\b(?:but|however|although)\b", re.IGNORECASE
)
MOST_TOPICS = 3
SAID = ("said", "quote", "statement", "customer_said", "words", "text")
NOTED = ("note", "notes", "memo", "summary", "comment", "description", "message")
QUESTIONS = ("questions", "question", "asked")
HELPED = (Happening.CALLED, Happening.TICKET_OPENED)
"""Where the topic that the source names is the matter of a call, and no taste."""
QUOTED = re.compile(r"「([^「」]{2,})」|“([^“”]{2,})”")
"""Where staff writes down what the customer said word for word."""
ANSWERS = ("answers", "answer", "choices", "choice")
COMMENTS = ("comment", "free_text", "freetext", "feedback", "said")
REVIEW = ("review_body", "body", "review", "text", "comment")


class Statement(NamedTuple):
    """One thing that somebody said, and what it is about."""

    topic: str | None
    against: bool
    stated: bool
    """Whether the source itself names the topic, so that we do not only find it in what was said."""


def words(teller: Teller, events: Sequence[Event]) -> Iterator[Memory]:
    """The memories of words."""
    for event in events:
        match event.happening:
            case Happening.ANSWERED_SURVEY:
                yield from answers(teller, event)
                yield from sayings(teller, event, telling.SURVEY, texts(event.properties, *COMMENTS), "comment")
            case Happening.TALKED:
                yield from sayings(teller, event, telling.SPOKEN, texts(event.properties, *SAID))
                yield from noted(teller, event)
            case Happening.CALLED | Happening.TICKET_OPENED:
                yield from sayings(teller, event, telling.SAID_BY_PHONE, texts(event.properties, *SAID))
                yield from noted(teller, event)
            case Happening.REVIEWED:
                yield from reviews(teller, event)
            case _:
                pass
        if event.happening in (Happening.ASKED, Happening.ATTENDED, Happening.TALKED):
            yield from sayings(teller, event, telling.ASKED, texts(event.properties, *QUESTIONS), "question")


def answers(teller: Teller, event: Event) -> Iterator[Memory]:
    """The answers to one question of a survey; those that we know by name may be named."""
    given = text(event.properties, "topic", most=100)
    for place, answer in enumerate(texts(event.properties, *ANSWERS)):
        if re.fullmatch(r"[\d.,/%\s]+", answer):
            continue
        topic = teller.vocabulary.topic(given)
        topic = topic or teller.vocabulary.of_choice(answer)
        known = teller.vocabulary.choice(topic, answer) if topic or not given else None
        if known is None:
            yield from sayings(teller, event, telling.SURVEY, (answer,), f"answer{place}")
            continue
        refused = labelled(text(event.properties, "sentiment", "preference")) or False
        subject = teller.vocabulary.words(topic)
        about = Text(ja=f"{subject.ja}は{known.ja}", en=f"{subject.en}, {known.en}") if topic else known
        yield teller.memory(
            telling.SURVEY,
            event,
            short(event.message_id, f"answer{place}"),
            it=about.either(teller.language),
            topic=topic,
            against=refused,
            word=teller.word(known, unless=refused or topic in PRIVATE),
            sensitive=topic in PRIVATE or teller.private(known.ja, known.en),
        )


def sayings(teller: Teller, event: Event, kind: Kind, said: Sequence[str], part: str = "said") -> Iterator[Memory]:
    """What was said, once for each thing that it is about."""
    for place, quote in enumerate(said):
        private = teller.private(quote)
        for statement in statements(teller, event, quote):
            about = teller.vocabulary.words(statement.topic)
            named = kind is telling.ASKED or (kind is telling.SPOKEN and statement.stated)
            yield teller.memory(
                kind,
                event,
                short(event.message_id, part, str(place), statement.topic or ""),
                it=about,
                quote=quote,
                topic=statement.topic,
                against=statement.against and kind is not telling.ASKED,
                word=teller.word(about, unless=private or statement.against or not named),
                sensitive=private or statement.topic in PRIVATE,
            )


def statements(teller: Teller, event: Event, quote: str) -> tuple[Statement, ...]:
    """What a sentence is about, clause by clause; the topic that the source names counts before what we find."""
    label = labelled(text(event.properties, "sentiment", "preference", most=20))
    given = text(event.properties, "topic", most=100)
    if given and event.happening not in HELPED:
        topic = teller.vocabulary.topic(given) or f"said:{plain(given)}"
        return (Statement(topic, label if label is not None else refuses(quote), stated=True),)
    found: dict[str, Statement] = {}
    for clause in CLAUSES.split(quote):
        for mention in teller.vocabulary.mentioned(clause or ""):
            against = label if label is not None else mention.refused or refuses(clause)
            found.setdefault(mention.topic, Statement(mention.topic, against, stated=False))
    covers = teller.vocabulary.covers
    narrow = [
        one
        for one in found.values()
        if not any(covers(one.topic, other.topic) for other in found.values() if other is not one)
    ]
    return tuple(narrow[:MOST_TOPICS]) or (Statement(None, against=False, stated=False),)


def noted(teller: Teller, event: Event) -> Iterator[Memory]:
    """What staff wrote of the customer: an impression of ours, to be verified, but for what it quotes."""
    for place, note in enumerate(texts(event.properties, *NOTED)):
        kind = telling.SPOKEN if event.happening is Happening.TALKED else telling.SAID_BY_PHONE
        spoken = [found[1] or found[2] for found in QUOTED.finditer(note)]
        yield from sayings(teller, event, kind, spoken, f"quoted{place}")
        yield teller.memory(
            telling.STAFF_NOTE,
            event,
            short(event.message_id, "note", str(place)),
            it=None,
            quote=note,
            sensitive=teller.private(note),
        )


def reviews(teller: Teller, event: Event) -> Iterator[Memory]:
    """A review of one of our things; few stars say that they do not want it again."""
    item = next(items(event.properties), None)
    thing = teller.vocabulary.thing(item.id, item.category) if item else None
    quote = text(event.properties, *REVIEW)
    stars = number(event.properties, "rating", "stars", "score")
    if quote is None and stars is None:
        return
    yield teller.memory(
        telling.REVIEWED,
        event,
        short(event.message_id, "review"),
        it=thing.name if thing and thing.offer_id else None,
        quote=quote,
        offer_id=thing.offer_id if thing else None,
        topic=thing.offer_id if thing else None,
        against=stars is not None and stars <= LOW,
        sensitive=teller.private(quote, item.name if item else None) or bool(thing and thing.private),
    )
