"""Weighing: every offer, channel and time that could answer an ask, judged by the rules and scored."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain
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
from tools.offers import Shortlist, shops_of
from tools.scoring import COLUMNS, KIND_FIT, Scorer
from tools.timing import slots

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


@dataclass(slots=True, eq=False)
class Weighed:
    """A candidate before it has a score."""

    offer: Offer
    action: Action
    bits: int
    row: tuple[float, ...]


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
    return _scored(_candidates(short, around), around, instruments.scorer)


def _ways(walk: Walk, record: Record, book: Book, situation: Situation, zone: ZoneInfo) -> Iterator[Way]:
    """Every channel that may answer and is not stopped, at every time worth a thought."""
    ahead = walk.scene is not None and walk.scene.send_time == "best"
    direction, hours = walk.ask.moment.direction, record.features.hours
    later = slots(hours, walk.now, zone, ahead=ahead)
    times, sample = {False: later[:1], True: later}, sample_of(walk.decision_id)
    for channel in allowed_channels(walk.ask, walk.scene):
        if walk.recall and stopped(walk.recall.stops, walk.ask.scene, channel, record.customer.region):
            continue
        tired = channel_tool.fatigue(record.contacts, channel, walk.now)
        for slot in times[is_pushed(channel, direction)]:
            action = action_of(
                situation, channel, walk.purpose, slot.at, walk.ask.scene, None, direction, sample=sample
            )
            fitness = channel_tool.suits(channel, walk.ask.moment, None)
            yield Way(action, book.mask_way(situation, action), fitness, min(slot.fit / 2, 1.0), tired)


def _candidates(short: Shortlist, around: Circumstances) -> list[Weighed]:
    """Candidates of the best offers, until enough of them are permitted."""
    kept: list[Weighed] = []
    permitted = forbidden = 0
    for offer, signals in zip(short.offers, short.signals.tolist(), strict=True):
        found = _of_offer(offer, signals, around)
        if any(not candidate.bits for candidate in found):
            permitted += 1
        elif forbidden >= FORBIDDEN_SHOWN:
            continue
        else:
            forbidden += 1
        kept += found
        if permitted >= ENOUGH_OFFERS or (permitted and len(kept) >= ENOUGH_CANDIDATES):
            break
    return kept


def _of_offer(offer: Offer, signals: list[float], around: Circumstances) -> list[Weighed]:
    """The offer on every way, judged by the rules."""
    walk, book, situation, found = around.walk, around.book, around.situation, []
    kind = KIND_FIT[offer.kind]
    expires_in = _ends(offer.valid_until, around.zone) - walk.now if offer.valid_until else None
    for way in around.ways:
        action, fitness = about(way.action, offer), way.fitness
        if expires_in is not None and expires_in < channel_tool.HURRY:
            fitness = channel_tool.suits(action.channel, walk.ask.moment, expires_in)
        bits = way.bits | book.mask_offer(situation, action)
        found.append(Weighed(offer, action, bits, (*signals, fitness, way.hour, way.tired, kind)))
    return found


def _scored(weighed: list[Weighed], around: Circumstances, scorer: Scorer) -> tuple[Candidate, ...]:
    """The candidates with their scores, less what breaking a soft rule costs."""
    if not weighed:
        return ()
    values = np.fromiter(chain.from_iterable(one.row for one in weighed), np.float32, len(weighed) * len(COLUMNS))
    costs = [0.0 if one.bits else around.book.penalty(around.situation, one.action) for one in weighed]
    worths = scorer.score(values.reshape(len(weighed), len(COLUMNS))) - np.array(costs)
    # Six digits survive the record as JSON, so that a replay draws from exactly the same scores.
    scores = np.round(np.maximum(worths, 0), 6).tolist()
    return tuple(
        Candidate(one.offer, one.action, one.bits, score, one.row) for one, score in zip(weighed, scores, strict=True)
    )


def _ends(last: date, zone: ZoneInfo) -> datetime:
    """The end of the last day; the second before midnight is near enough, and exists on the calendar's last day too."""
    return datetime.combine(last, LAST_SECOND, zone)
