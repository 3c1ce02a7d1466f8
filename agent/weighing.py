"""Weighing: every offer, channel and time that could answer an ask, judged by the rules and scored."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import numpy as np

from agent.instruments import Instruments
from agent.remembering import Remembered
from agent.state import Candidate, Walk, allowed_channels
from domain.channel import is_pushed
from domain.customer import Record
from domain.offer import Offer
from policies.book import Book, stopped
from policies.facts import Action, Situation, about, action_of, sample_of
from tools import channels as channel_tool
from tools.context import likeness
from tools.offers import SIGNALS, Floats, Shortlist, shops_of
from tools.scoring import COLUMNS, KIND_FIT, Scorer
from tools.timing import slots

SIGNS = len(SIGNALS)
LAST_SECOND = time(23, 59, 59)

ENOUGH_OFFERS, ENOUGH_CANDIDATES = 6, 18
"""Offers with a permitted candidate, or candidates in all, after which no further offers are looked at."""

FORBIDDEN_SHOWN = 3
"""Offers without a permitted candidate that are kept, to say why not."""


@dataclass(frozen=True, slots=True)
class Way:
    """A channel at a time, judged by the rules that do not ask what the message is about."""

    action: Action
    bits: int
    fitness: float
    hour: float
    tired: float


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is the same for every offer of one ask."""

    walk: Walk
    book: Book
    situation: Situation
    zone: ZoneInfo
    ways: tuple[Way, ...]


def weigh(remembered: Remembered, instruments: Instruments) -> tuple[Candidate, ...]:
    """Candidates for the walk, each with the rules it breaks and, where it breaks none, its score."""
    walk = remembered.walk
    if walk.recall is None or walk.book is None or walk.situation is None:
        raise ValueError("candidates are weighed after the customer was recalled")
    record = walk.recall.record
    zone = instruments.zone_of(record.customer)
    vector = likeness(record.memories, remembered.stored, remembered.moment)
    day = walk.now.astimezone(zone).date()
    eligible = remembered.catalogue.eligible(walk.scene, day, shops_of(record))
    short = eligible.shortlist(record, walk.ask.moment, walk.now, day, vector)
    ways = tuple(_ways(walk, record, walk.book, walk.situation, zone))
    around = Circumstances(walk, walk.book, walk.situation, zone, ways)
    return _scored(short, around, instruments.scorer)


def _ways(walk: Walk, record: Record, book: Book, situation: Situation, zone: ZoneInfo) -> Iterator[Way]:
    """Every channel that may answer and is not stopped, at every time worth a thought."""
    ahead = walk.scene is not None and walk.scene.send_time == "best"
    direction, hours = walk.ask.moment.direction, record.features.hours
    stops = walk.recall.stops if walk.recall else ()
    later = slots(hours, walk.now, zone, ahead=ahead)
    times, sample = {False: later[:1], True: later}, sample_of(walk.decision_id)
    for channel in allowed_channels(walk.ask, walk.scene):
        if stops and stopped(stops, walk.ask.scene, channel, record.customer.region):
            continue
        tired = channel_tool.fatigue(record.contacts, channel, walk.now)
        for slot in times[is_pushed(channel, direction)]:
            action = action_of(
                situation, channel, walk.purpose, slot.at, walk.ask.scene, None, direction, sample=sample
            )
            fitness = channel_tool.suits(channel, walk.ask.moment, None)
            yield Way(action, book.mask_way(situation, action), fitness, min(slot.fit / 2, 1.0), tired)


def _candidates(short: Shortlist, around: Circumstances) -> tuple[list[Candidate], list[int], list[float]]:
    """Candidates of the best offers until enough of them are permitted; the offers' places, and each one's fitness."""
    kept: list[Candidate] = []
    places: list[int] = []
    fitness: list[float] = []
    permitted = waiting = forbidden = 0
    ideas: set[int] = set()
    for place in short.best():
        offer, theme = short.offers[place], short.themes[place]
        if theme in ideas:
            continue
        found = [_judged(way, offer, around) for way in around.ways]
        if any([not candidate.bits for candidate in found]):
            permitted += 1
            ideas.add(theme)
        elif waiting < ENOUGH_OFFERS and any([around.book.wants_person(candidate.bits) for candidate in found]):
            waiting += 1
        elif forbidden >= FORBIDDEN_SHOWN:
            continue
        else:
            forbidden += 1
        kept += found
        places.append(place)
        fitness += _fitness(offer, around)
        if permitted >= ENOUGH_OFFERS or (permitted and len(kept) >= ENOUGH_CANDIDATES):
            break
    return kept, places, fitness


def _judged(way: Way, offer: Offer, around: Circumstances) -> Candidate:
    """The offer on one way, judged by the rules."""
    action = about(way.action, offer)
    return Candidate(offer, action, way.bits | around.book.mask_offer(around.situation, action), 0.0)


def _fitness(offer: Offer, around: Circumstances) -> list[float]:
    """How well each way suits the offer: what ends within hours needs a channel that is seen at once."""
    if offer.valid_until is not None:
        left = _ends(offer.valid_until, around.zone) - around.walk.now
        if left < channel_tool.HURRY:
            return [channel_tool.suits(way.action.channel, around.walk.ask.moment, left) for way in around.ways]
    return [way.fitness for way in around.ways]


def _scored(short: Shortlist, around: Circumstances, scorer: Scorer) -> tuple[Candidate, ...]:
    """The candidates with their scores, less what breaking a soft rule costs."""
    found, places, fitness = _candidates(short, around)
    if not found:
        return ()
    rows = _rows(short, places, fitness, around.ways)
    worths = scorer.score(rows).astype(np.float64)
    if around.book.wishes:
        worths -= [0.0 if one.bits else around.book.penalty(around.situation, one.action) for one in found]
    # Six digits survive the record as JSON, so that a replay draws from exactly the same scores.
    for one, row, score in zip(found, rows, np.maximum(worths, 0.0).round(6).tolist(), strict=True):
        one.row, one.score = row, score
    return tuple(found)


def _rows(short: Shortlist, places: list[int], fitness: list[float], ways: tuple[Way, ...]) -> Floats:
    """What the scorer looks at: one row of COLUMNS a candidate, offer by offer and within an offer way by way."""
    rows = np.empty((len(places), len(ways), len(COLUMNS)), np.float32)
    rows[:, :, :SIGNS] = short.signals[places, np.newaxis]
    rows[:, :, SIGNS] = np.array(fitness, np.float32).reshape(len(places), len(ways))
    rows[:, :, SIGNS + 1] = [way.hour for way in ways]
    rows[:, :, SIGNS + 2] = [way.tired for way in ways]
    rows[:, :, SIGNS + 3] = [[KIND_FIT[short.offers[place].kind]] for place in places]
    return rows.reshape(-1, len(COLUMNS))


def _ends(last: date, zone: ZoneInfo) -> datetime:
    """The end of the last day; the second before midnight is near enough, and exists on the calendar's last day too."""
    return datetime.combine(last, LAST_SECOND, zone)
