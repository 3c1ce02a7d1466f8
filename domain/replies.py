"""Replies: what customers answer to us, on channels, in surveys, in enquiries, and where they hesitate."""

from collections.abc import Callable

from domain.behaviour import (
    D_DELIVERED,
    D_REACTED,
    R_CLICKED,
    R_COMPLAINED,
    R_DELIVERED,
    R_LAST,
    R_OPENED,
    day_of,
)
from domain.commerce import amount, named, short, text, texts
from domain.deed import Deed, count_in
from domain.event import Event
from domain.happening import plain
from domain.money import minor
from domain.sums import latest_of, surveyed

SCALES = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}
"""The lowest and the highest answer of the surveys that everybody knows."""


def ticket(deed: Deed, column: int = 0) -> None:
    """An enquiry or a complaint that waits for an answer."""
    number = named(deed.properties, "ticket_id", "case_id", "id")
    row = [0, 0]
    row[column] = deed.at
    tickets = deed.behaviour.tickets
    name = short(number) if number else ""
    tickets[name] = latest_of(tickets[name], row) if name in tickets else row


def resolved(deed: Deed) -> None:
    """One that was answered; without a number it answers those without one."""
    ticket(deed, column=1)


def answered(deed: Deed) -> None:
    """An answer as a part of its scale, 0..1000; the scale is told, or that of the survey's kind."""
    kind = next(texts(deed.properties, "kind", "survey", "type", "survey_type"), "other").lower()
    kind = next((known for known in SCALES if known in kind), "other")
    value = amount(deed.properties, "USD", "score", "rating", "value", "answer")
    low, high = SCALES.get(kind, (1, 5))
    top = minor(deed.properties.get("scale", deed.properties.get("max")), "JPY")
    high = top if top and top > low else high
    if value is None or not low * 100 <= value <= high * 100:
        return
    score = round((value - low * 100) * 10 / (high - low))
    surveys, row = deed.behaviour.surveys, [1, score, deed.at, score]
    surveys[kind] = surveyed(surveys[kind], row) if kind in surveys else row


def step(deed: Deed, column: int = 0) -> None:
    """A step of an onboarding, done."""
    name = named(deed.properties, "step", "step_name", "step_id", "form", "name")
    if name:
        row = [0, 0]
        row[column] = deed.at
        steps = deed.behaviour.steps
        steps[name] = latest_of(steps[name], row) if name in steps else row


def stuck(deed: Deed) -> None:
    """A step where somebody stopped."""
    step(deed, column=1)


def response(column: int) -> Callable[[Deed], None]:
    """What a message met with, counted in that column."""
    reacted = column in (R_OPENED, R_CLICKED)

    def adds(deed: Deed) -> None:
        row = [0] * (R_LAST + 1)
        row[column] = 1
        if reacted:
            row[R_LAST] = deed.at
            deed.behaviour.hour(deed.at)
            deed.behaviour.on_day(day_of(deed.at), D_REACTED)
        elif column == R_DELIVERED:
            deed.behaviour.on_day(day_of(deed.at), D_DELIVERED)
        elif column == R_COMPLAINED:
            deed.behaviour.complained = max(deed.behaviour.complained, deed.at)
        count_in(deed.behaviour.channels, channel_of(deed.event), row)

    return adds


def channel_of(event: Event) -> str:
    """The channel on which an event happened: it says so, or its name does."""
    if said := text(event.properties.get("channel")):
        return said.lower()
    first = plain(event.name or "").partition(" ")[0]
    return first if first in ("email", "push", "sms", "line") else "other"
