"""Weighing: every offer, channel and time that could answer an ask, judged by the rules and scored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import numpy as np

from agent.instruments import Instruments
from agent.remembering import Remembered
from agent.state import Candidate, Walk, allowed_channels
from domain.channel import Channel, is_pushed
from domain.customer import Record
from domain.offer import Offer
from policies.book import Book
from policies.facts import Situation, action_of
from tools import channels as channel_tool
from tools.context import likeness
from tools.offers import Catalogue, Shortlist
from tools.scoring import KIND_FIT, Scorer
from tools.timing import Slot, slots

LAST_SECOND = time(23, 59, 59)

ENOUGH_OFFERS, ENOUGH_CANDIDATES = 10, 36
"""Offers with a permitted candidate, or candidates in all, after which no further offers are looked at."""

FORBIDDEN_SHOWN = 6
"""Offers without a permitted candidate that are kept, to say why not."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is the same for every candidate of one ask."""

    walk: Walk
    book: Book
    situation: Situation
    zone: ZoneInfo
    times: Mapping[bool, tuple[Slot, ...]]
    """Possible times of sending for pulled (False) and pushed (True) channels."""
    tired: Mapping[Channel, float]


def weigh(remembered: Remembered, instruments: Instruments) -> tuple[Candidate, ...]:
    """Candidates for the walk, each with the rules it breaks and, where it breaks none, its score."""
    walk = remembered.walk
    if walk.recall is None or walk.book is None or walk.situation is None:
        raise ValueError("candidates are weighed after the customer was recalled")
    record = walk.recall.record
    zone = instruments.zone_of(record.customer)
    vector = likeness(record.memories, remembered.stored, remembered.moment)
    day = walk.now.astimezone(zone).date()
    short = remembered.catalogue.shortlist(record, walk.ask.moment, walk.scene, walk.now, day, vector)
    around = circumstances(walk, record, walk.book, walk.situation, zone)
    return _scored(_candidates(remembered.catalogue, short, around), around, instruments.scorer)


def circumstances(walk: Walk, record: Record, book: Book, situation: Situation, zone: ZoneInfo) -> Circumstances:
    """Times and tiredness, worked out once for all candidates."""
    ahead = walk.scene is not None and walk.scene.send_time == "best"
    hours = record.features.hours
    times = {pushed: slots(hours, walk.now, zone, ahead=ahead and pushed) for pushed in (False, True)}
    channels = allowed_channels(walk.ask, walk.scene)
    tired = {channel: channel_tool.fatigue(record.contacts, channel, walk.now) for channel in channels}
    return Circumstances(walk, book, situation, zone, times, tired)


def _candidates(catalogue: Catalogue, short: Shortlist, around: Circumstances) -> list[Candidate]:
    """Candidates of the best offers, until enough of them are permitted."""
    kept: list[Candidate] = []
    permitted = forbidden = 0
    for index, signals in zip(short.indexes.tolist(), short.signals.tolist(), strict=True):
        found = _of_offer(catalogue.offers[index], signals, around)
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


def _of_offer(offer: Offer, signals: list[float], around: Circumstances) -> list[Candidate]:
    """The offer on every channel and at every time, judged by the rules."""
    walk, found = around.walk, []
    direction = walk.ask.moment.direction
    expires_in = _ends(offer.valid_until, around.zone) - walk.now if offer.valid_until else None
    for channel, tired in around.tired.items():
        fitness = channel_tool.suits(channel, walk.ask.moment, expires_in)
        for slot in around.times[is_pushed(channel, direction)]:
            action = action_of(around.situation, channel, walk.purpose, slot.at, walk.ask.scene, offer, direction)
            row = (*signals, fitness, min(slot.fit / 2, 1.0), tired, KIND_FIT[offer.kind])
            found.append(Candidate(offer, action, around.book.mask(around.situation, action), 0.0, row))
    return found


def _scored(candidates: list[Candidate], around: Circumstances, scorer: Scorer) -> tuple[Candidate, ...]:
    """The candidates with their scores, less what breaking a soft rule costs."""
    if not candidates:
        return ()
    scores = scorer.score(np.array([candidate.row for candidate in candidates], dtype=np.float32)).tolist()
    return tuple(_worth(candidate, score, around) for candidate, score in zip(candidates, scores, strict=True))


def _worth(candidate: Candidate, score: float, around: Circumstances) -> Candidate:
    cost = 0.0 if candidate.bits else around.book.penalty(around.situation, candidate.action)
    # Six digits survive the record as JSON, so that a replay draws from exactly the same scores.
    return Candidate(candidate.offer, candidate.action, candidate.bits, round(max(score - cost, 0.0), 6), candidate.row)


def _ends(last: date, zone: ZoneInfo) -> datetime:
    """The end of the last day; the second before midnight is near enough, and exists on the calendar's last day too."""
    return datetime.combine(last, LAST_SECOND, zone)
