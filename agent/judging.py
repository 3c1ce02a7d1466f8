"""Judging: the last word of the rules on a draft, on the rows of this very moment."""

from typing import NamedTuple

from agent import holds
from agent.instruments import Instruments
from agent.state import Draft, Walk
from domain.decision import Hold
from domain.offer import Offer
from policies.book import Book, stopped
from policies.facts import Action, Situation, sent_to, situation_of, worded
from records.recall import Recall


class Judged(NamedTuple):
    """What the rules before copy say on current rows."""

    book: Book
    situation: Situation
    action: Action
    bits: int


def judged_now(walk: Walk, book: Book, draft: Draft, current: Recall, instruments: Instruments) -> Judged:
    """Every hard rule before copy, asked again."""
    same = walk.situation if current is walk.recall else None
    situation = same or situation_of(current.record, instruments.home, tallies=current.tallies)
    action = shown(walk, draft) if same else sent_to(situation, shown(walk, draft))
    return Judged(book, situation, action, book.deliver(situation, action))


def forbidden(walk: Walk, draft: Draft, current: Recall, judged: Judged) -> Hold | None:
    """The hold that current rows demand for the draft, if any; that a person has to look is not one yet."""
    book, situation, action, bits = judged
    stop = stopped(current.stops, walk.ask.scene, action.channel, current.record.customer.region)
    if stop is not None:
        return holds.by_stop(stop, walk.language)
    if not bits or book.wants_person(bits):
        return _unfit(walk, draft, current, situation)
    reasons = book.reasons(bits, situation, action, walk.language)
    return Hold(reasons=reasons, retry_at=book.retry_at(bits, situation, action), then=book.then(bits))


def _unfit(walk: Walk, draft: Draft, current: Recall, situation: Situation) -> Hold | None:
    """The hold that the words demand where the customer is no longer the one they were inspected for."""
    message = draft.message
    if walk.book is None or walk.recall is None or message is None:
        return None
    if current is walk.recall or current.record.customer == walk.recall.record.customer:
        return None
    action = sent_to(situation, draft.candidate.action)
    action = worded(action, message.language, listed(walk, draft), walk.ask.language)
    findings = walk.book.inspect(situation, action, message)
    return holds.by_inspection(findings, walk.language) if findings else None


def shown(walk: Walk, draft: Draft) -> Action:
    """The message as rules judge and count it: a list is about every offer in it."""
    action, message = draft.candidate.action, draft.message
    if message is None or not message.items:
        return action
    return worded(action, message.language, listed(walk, draft), walk.ask.language)


def listed(walk: Walk, draft: Draft) -> tuple[Offer, ...]:
    """The offers that the message lists."""
    if draft.message is None or not draft.message.items:
        return ()
    offers = {offer.id: offer for offer in (*(one.offer for one in walk.candidates), *draft.listed)}
    return tuple(offers[item.offer] for item in draft.message.items if item.offer in offers)
