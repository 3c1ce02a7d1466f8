"""Weighing: every offer, channel and time that could answer an ask, judged by the rules and scored."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
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
from tools.offers import shops_of
from tools.ranking import SIGNALS, Floats, Ranked
from tools.scoring import COLUMNS, Scorer
from tools.timing import slots

SIGNS = len(SIGNALS)
LAST_SECOND = time(23, 59, 59)
NEAR = timedelta(days=1)
"""What ends on a later day does not end within hours."""

ENOUGH_OFFERS, ENOUGH_CANDIDATES = 6, 18
"""Offers with a permitted candidate, or candidates in all, after which no further offers are looked at."""

FORBIDDEN_SHOWN = 3
"""Offers without a permitted candidate that are kept, to say why not."""


@dataclass(slots=True, eq=False)
class Way:
    """A channel at a time, judged by the rules that do not ask what the message is about.

    Like the circumstances it is never changed and lasts as long as one ask; freezing would treble its cost.
    """

    action: Action
    bits: int
    fitness: float
    hour: float
    tired: float


@dataclass(slots=True, eq=False)
class Circumstances:
    """What is the same for every offer of one ask."""

    walk: Walk
    book: Book
    situation: Situation
    zone: ZoneInfo
    day: date
    ways: tuple[Way, ...]


def weigh(remembered: Remembered, instruments: Instruments) -> tuple[Candidate, ...]:
    """Candidates for the walk, each with the rules it breaks and, where it breaks none, its score."""
    walk = remembered.walk
    if walk.recall is None or walk.book is None or walk.situation is None:
        raise ValueError("candidates are weighed after the customer was recalled")
    record = walk.recall.record
    zone = instruments.zone_of(record.customer)
    day = walk.now.astimezone(zone).date()
    ways = tuple(_ways(walk, record, walk.book, walk.situation, zone))
    if not ways:
        return ()
    vector = likeness(record.memories, remembered.stored, remembered.moment)
    eligible = remembered.catalogue.eligible(walk.scene, day, shops_of(record))
    ranked = eligible.rank(record, walk.ask.moment, walk.now, day, vector)
    return _scored(ranked, Circumstances(walk, walk.book, walk.situation, zone, day, ways), instruments.scorer)


def _ways(walk: Walk, record: Record, book: Book, situation: Situation, zone: ZoneInfo) -> Iterator[Way]:
    """Every channel that may answer and is not stopped, at every time worth a thought."""
    ahead = walk.scene is not None and walk.scene.send_time == "best"
    moment, scene, purpose = walk.ask.moment, walk.ask.scene, walk.purpose
    stops = walk.recall.stops if walk.recall else ()
    later = slots(record.features.hours, walk.now, zone, ahead=ahead)
    times, sample = {False: later[:1], True: later}, sample_of(walk.decision_id)
    recent = channel_tool.lately(record.contacts, walk.now)
    for channel in allowed_channels(walk.ask, walk.scene):
        if stops and stopped(stops, scene, channel, record.customer.region):
            continue
        fitness, tired = channel_tool.suits(channel, moment, None), channel_tool.fatigue(recent, channel)
        for slot in times[is_pushed(channel, moment.direction)]:
            action = action_of(situation, channel, purpose, slot.at, scene, None, moment.direction, sample=sample)
            yield Way(action, book.mask_way(situation, action), fitness, min(slot.fit / 2, 1.0), tired)


def _candidates(ranked: Ranked, around: Circumstances) -> tuple[list[Candidate], list[int]]:
    """Candidates of the best offers until enough of them are permitted, and the places of these offers."""
    kept: list[Candidate] = []
    places: list[int] = []
    permitted = waiting = forbidden = 0
    ideas: set[int] = set()
    for place in ranked.best():
        offer, theme = ranked.offers[place], ranked.themes[place]
        if theme in ideas:
            continue
        found = _judged(offer, around)
        broken = {candidate.bits for candidate in found}
        if 0 in broken:
            permitted += 1
            ideas.add(theme)
        elif waiting < ENOUGH_OFFERS and any(map(around.book.wants_person, broken)):
            waiting += 1
        elif forbidden >= FORBIDDEN_SHOWN:
            continue
        else:
            forbidden += 1
        kept += found
        places.append(place)
        if permitted >= ENOUGH_OFFERS or (permitted and len(kept) >= ENOUGH_CANDIDATES):
            break
    return kept, places


def _judged(offer: Offer, around: Circumstances) -> list[Candidate]:
    """The offer on every way, judged by the rules: once by those to which the way is all the same."""
    book, situation, ways = around.book, around.situation, around.ways
    bits = book.mask_offer(situation, about(ways[0].action, offer))
    found = [Candidate(offer, way.action, way.bits | bits) for way in ways]
    if book.asks_offer_on_way:
        for one in found:
            one.bits |= book.mask_offer_on_way(situation, one.action)
    return found


def _scored(ranked: Ranked, around: Circumstances, scorer: Scorer) -> tuple[Candidate, ...]:
    """The candidates with their scores, less what breaking a soft rule costs."""
    found, places = _candidates(ranked, around)
    if not found:
        return ()
    rows = _rows(ranked, places, around)
    worths = scorer.score(rows).astype(np.float64)
    if around.book.wishes:
        worths -= [0.0 if one.bits else around.book.penalty(around.situation, one.action) for one in found]
        np.maximum(worths, 0.0, out=worths)
    # Six digits survive the record as JSON, so that a replay draws from exactly the same scores.
    scores = worths.round(6).tolist()
    for place, (one, score) in enumerate(zip(found, scores, strict=True)):
        one.score, one.rows, one.place = score, rows, place
    return tuple(found)


def _rows(ranked: Ranked, places: list[int], around: Circumstances) -> Floats:
    """What the scorer looks at: one row of COLUMNS a candidate, offer by offer and within an offer way by way."""
    ways, chosen = around.ways, np.array(places)
    rows = np.empty((len(places), len(ways), len(COLUMNS)), np.float32)
    # Signal by signal, as they lie in memory: taken offer by offer, those of all offers would be copied first.
    rows[:, :, :SIGNS] = ranked.signals.T.take(chosen, axis=1).T[:, np.newaxis]
    rows[:, :, SIGNS : SIGNS + 3] = [(way.fitness, way.hour, way.tired) for way in ways]
    rows[:, :, SIGNS + 3] = ranked.kinds.take(chosen)[:, np.newaxis]
    for row, place in enumerate(places):
        last = ranked.offers[place].valid_until
        if last is not None and last - around.day <= NEAR:
            rows[row, :, SIGNS] = _hurried(last, around)
    return rows.reshape(-1, len(COLUMNS))


def _hurried(last: date, around: Circumstances) -> list[float]:
    """How well each way suits an offer that ends on that day."""
    # The second before midnight is near enough, and exists on the calendar's last day too.
    left = datetime.combine(last, LAST_SECOND, around.zone) - around.walk.now
    return [channel_tool.suits(way.action.channel, around.walk.ask.moment, left) for way in around.ways]
