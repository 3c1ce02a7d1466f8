"""Looking again: whether a run whose time has come is still to be said, by the book and by what happened since."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from agent.triggers import Triggers, about_of
from domain.event import EventType
from domain.happening import Happening, meaning, plain
from policies.book import Book
from records import due, lately, mooting, outbox, profiles
from records.connection import Connection
from records.members import members
from records.run import Run

LATELY = timedelta(days=60)
"""How far back something viewed or saved makes a visit nearby worth a word."""
SAID = (None, "left", "held:approval")
"""Reasons of ended runs whose message goes out, or may yet."""
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
    if often is not None:
        since = now - timedelta(days=often.days)
        before = [one for one in due.of_person(c, run.due.customer_id, "done") if one.due.scene == scene.id]
        if sum(one.updated_at >= since and is_said(c, one) for one in before) >= often.times:
            return f"often:{often.times}/{often.days}d"
    if "near_viewed" in run.due.only and not is_near(c, run):
        return "unlike:near_viewed"
    if "first" in run.due.only and not is_first(c, run):
        return "unlike:first"
    return moot_since(c, run, triggers)


def is_said(c: Connection, run: Run) -> bool:
    """Whether a run that ended has a message out, or one that a person may still let go out."""
    if run.reason == "held:approval":
        entry = outbox.find(c, run.decision_id) if run.decision_id else None
        return entry is not None and entry.state not in ("cancelled", "failed")
    return run.reason in SAID


def moot_since(c: Connection, run: Run, triggers: Triggers) -> str | None:
    """The event that has made the run moot since it started, in whatever order the two arrived."""
    who = members(c, run.due.customer_id)
    for event in lately.events_since(c, who, run.due.since):
        for cancel in triggers.effects(event).cancels:
            if mooting.is_moot(run.due, cancel):
                return cancel.reason
    return None


def is_near(c: Connection, run: Run) -> bool:
    """Whether the customer viewed or saved something lately that the run is about."""
    about, who = set(run.due.about), members(c, run.due.customer_id)
    events = lately.events_since(c, who, run.due.since - LATELY)
    return any(event.happening in LOOKED_AT and about & set(about_of(event)) for event in events)


def is_first(c: Connection, run: Run) -> bool:
    """Whether the customer had done nothing of the kind before what started the run."""
    who, since = members(c, run.due.customer_id), run.due.since
    kinds = {kind_of(event.type, event.name) for event in lately.events_at(c, who, since)}
    if any(kind_of(type, name) in kinds for type, name in lately.names_before(c, who, since)):
        return False
    # Orders that came as a household's purchases, or that no event is kept of any more, are known by their sums.
    return Happening.ORDERED not in kinds or orders_before(c, who, since) == 0


def kind_of(type: EventType, name: str | None) -> Happening | str:
    """What an event is to us; one that means nothing to us is of its own name's kind."""
    return meaning(type, name) or f"{type}:{plain(name or '')}"


def orders_before(c: Connection, who: Sequence[str], since: datetime) -> int:
    """How many orders the sums of the person know beside those that came as events from then on."""
    later = lately.events_since(c, who, since)
    return max(0, profiles.features(c, who[0]).orders - sum(one.happening is Happening.ORDERED for one in later))
