"""A happening: what an event means to us, whatever the system that sent it calls it.

Names are those of the Segment specifications (e-commerce, mobile, email) and of contracts/http.md; they are compared
without case, and spaces, hyphens and underscores are one.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from domain.word import Word


class Happening(Word):
    """What a customer did, or what was done to them; an event that means none of these is kept and counted only."""

    VIEWED = "viewed"
    SEARCHED = "searched"
    SAVED = "saved"
    UNSAVED = "unsaved"
    CARTED = "carted"
    UNCARTED = "uncarted"
    CHECKOUT = "checkout"
    ORDERED = "ordered"
    REFUNDED = "refunded"
    REDEEMED = "redeemed"
    REVIEWED = "reviewed"
    SIGNED_UP = "signed_up"
    OPENED_APP = "opened_app"
    VISITED_STORE = "visited_store"
    CALLED = "called"
    TICKET_OPENED = "ticket_opened"
    TICKET_RESOLVED = "ticket_resolved"
    TALKED = "talked"
    ASKED = "asked"
    DOWNLOADED = "downloaded"
    REGISTERED = "registered"
    ATTENDED = "attended"
    ANSWERED_SURVEY = "answered_survey"
    STEP_DONE = "step_done"
    STEP_STUCK = "step_stuck"
    DELIVERED = "delivered"
    OPENED = "opened"
    CLICKED = "clicked"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    UNSUBSCRIBED = "unsubscribed"
    FOLLOWED = "followed"
    BLOCKED = "blocked"
    WEATHER_CHANGED = "weather_changed"


RESPONSES = frozenset(
    {
        Happening.DELIVERED,
        Happening.OPENED,
        Happening.CLICKED,
        Happening.BOUNCED,
        Happening.COMPLAINED,
        Happening.UNSUBSCRIBED,
        Happening.ORDERED,
        Happening.ANSWERED_SURVEY,
    }
)
"""What may answer a message, where the event names its decision."""

NAMES: Mapping[str, Happening] = {
    "product viewed": Happening.VIEWED,
    "product clicked": Happening.VIEWED,
    "product list viewed": Happening.VIEWED,
    "page viewed": Happening.VIEWED,
    "products searched": Happening.SEARCHED,
    "product added to wishlist": Happening.SAVED,
    "product saved": Happening.SAVED,
    "product removed from wishlist": Happening.UNSAVED,
    "product added": Happening.CARTED,
    "cart updated": Happening.CARTED,
    "product removed": Happening.UNCARTED,
    "cart emptied": Happening.UNCARTED,
    "checkout started": Happening.CHECKOUT,
    "checkout step viewed": Happening.CHECKOUT,
    "checkout step completed": Happening.CHECKOUT,
    "order completed": Happening.ORDERED,
    "order refunded": Happening.REFUNDED,
    "order cancelled": Happening.REFUNDED,
    "coupon applied": Happening.REDEEMED,
    "coupon redeemed": Happening.REDEEMED,
    "product reviewed": Happening.REVIEWED,
    "signed up": Happening.SIGNED_UP,
    "account created": Happening.SIGNED_UP,
    "trial started": Happening.SIGNED_UP,
    "application opened": Happening.OPENED_APP,
    "application installed": Happening.OPENED_APP,
    "store visited": Happening.VISITED_STORE,
    "call received": Happening.CALLED,
    "call ended": Happening.CALLED,
    "ticket opened": Happening.TICKET_OPENED,
    "complaint received": Happening.TICKET_OPENED,
    "ticket resolved": Happening.TICKET_RESOLVED,
    "ticket closed": Happening.TICKET_RESOLVED,
    "conversation noted": Happening.TALKED,
    "question asked": Happening.ASKED,
    "webinar question asked": Happening.ASKED,
    "document downloaded": Happening.DOWNLOADED,
    "file downloaded": Happening.DOWNLOADED,
    "webinar registered": Happening.REGISTERED,
    "event registered": Happening.REGISTERED,
    "webinar attended": Happening.ATTENDED,
    "event attended": Happening.ATTENDED,
    "survey answered": Happening.ANSWERED_SURVEY,
    "onboarding step completed": Happening.STEP_DONE,
    "onboarding step abandoned": Happening.STEP_STUCK,
    "form abandoned": Happening.STEP_STUCK,
    "message delivered": Happening.DELIVERED,
    "email delivered": Happening.DELIVERED,
    "push notification received": Happening.DELIVERED,
    "message opened": Happening.OPENED,
    "email opened": Happening.OPENED,
    "push notification tapped": Happening.CLICKED,
    "message clicked": Happening.CLICKED,
    "email link clicked": Happening.CLICKED,
    "message bounced": Happening.BOUNCED,
    "email bounced": Happening.BOUNCED,
    "push notification bounced": Happening.BOUNCED,
    "complained": Happening.COMPLAINED,
    "email marked as spam": Happening.COMPLAINED,
    "unsubscribed": Happening.UNSUBSCRIBED,
    "channel followed": Happening.FOLLOWED,
    "channel blocked": Happening.BLOCKED,
    "weather changed": Happening.WEATHER_CHANGED,
    "weather reported": Happening.WEATHER_CHANGED,
}


@lru_cache(maxsize=4096)
def meaning(type: str, name: str | None) -> Happening | None:
    """What an event of this type and name means; a page or screen is a view, whatever it is called."""
    if type in ("page", "screen"):
        return Happening.VIEWED
    return NAMES.get(plain(name)) if type == "track" and name else None


def plain(name: str) -> str:
    """An event's name as it is compared."""
    return re.sub(r"[\s_\-]+", " ", name).strip().lower()
