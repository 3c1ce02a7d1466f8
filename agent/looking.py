"""Looking again: whether a run whose time has come is still to be said, by the book and by what happened since."""

from datetime import datetime, timedelta

from agent.triggers import Triggers, about_of
from domain.clock import EPOCH
from domain.happening import Happening
from policies.book import Book
from records import due, lately
from records.connection import Connection
from records.due import Run
from records.members import members

LATELY = timedelta(days=60)
"""How far back something viewed or saved makes a visit nearby worth a word."""
LOOKED_AT = frozenset({Happening.VIEWED, Happening.SAVED, Happening.CARTED})


def rivals(c: Connection, run: Run, until: datetime) -> list[Run]:
    """What else is due for the same person by then."""
    others = due.of_person(c, run.due.customer_id, "waiting", "taken")
    return [one for one in others if one.due.id != run.due.id and one.due.at <= until]


def why_over(c: Connection, run: Run, book: Book, triggers: Triggers, now: datetime) -> str | None:
    """Why the run is no longer to be said, None where it still is."""
    scene = book.scenes.get(run.due.scene)
    if scene is None or scene.trigger is None:
        return "off"
    if now > run.due.until:
        return "expired"
    often = scene.trigger.at_most
    if often is not None and run.attempts == 0:
        since = now - timedelta(days=often.days)
        before = [one for one in due.of_person(c, run.due.customer_id, "done") if one.due.scene == scene.id]
        if sum(one.updated_at >= since and one.reason in (None, "left") for one in before) >= often.times:
            return f"often:{often.times}/{often.days}d"
    if "near_viewed" in run.due.only and not is_near(c, run):
        return "unlike:near_viewed"
    if "first" in run.due.only and not is_first(c, run):
        return "unlike:first"
    return moot_since(c, run, triggers)


def moot_since(c: Connection, run: Run, triggers: Triggers) -> str | None:
    """The event that has made the run moot since it started, in whatever order the two arrived."""
    who = members(c, run.due.customer_id)
    for event in lately.events_since(c, who, run.due.since):
        for cancel in triggers.effects(event).cancels:
            if due.is_moot(run.due, cancel):
                return cancel.reason
    return None


def is_near(c: Connection, run: Run) -> bool:
    """Whether the customer viewed or saved something lately that the run is about."""
    about, who = set(run.due.about), members(c, run.due.customer_id)
    events = lately.events_since(c, who, run.due.since - LATELY)
    return any(event.happening in LOOKED_AT and about & set(about_of(event)) for event in events)


def is_first(c: Connection, run: Run) -> bool:
    """Whether the customer had done nothing of the kind before what started the run."""
    events = lately.events_since(c, members(c, run.due.customer_id), EPOCH)
    kinds = {event.happening for event in events if event.at == run.due.since}
    return not any(event.at < run.due.since and event.happening in kinds for event in events)
