"""Readers: every kind of clause in the order in which it is tried, with the words that may stand there idle."""

from collections.abc import Callable

from policies.directives.draft import Draft
from policies.directives.frame import Frame
from policies.directives.frames import (
    consenting,
    gaps,
    governing,
    offering,
    permitting,
    pledging,
    preferring,
    sending,
    timing,
    unspoken,
    wording,
)

Reader = Callable[[Draft], Frame | None]
READERS: tuple[tuple[Reader, tuple[str, ...]], ...] = (
    (pledging.claims, pledging.FREE),
    (pledging.links, pledging.FREE),
    (pledging.facts, pledging.FREE),
    (pledging.language, pledging.FREE),
    (pledging.holdout, pledging.FREE),
    (pledging.sample, pledging.FREE),
    (wording.words, wording.FREE),
    (unspoken.unspoken, unspoken.FREE),
    (wording.disclosures, wording.FREE),
    (wording.length, wording.LENGTH_FREE),
    (governing.approval, governing.FREE),
    (governing.budget, governing.FREE),
    (governing.volume, governing.FREE),
    (governing.sensitive, governing.FREE),
    (governing.marks, governing.FREE),
    (offering.margin, offering.FREE),
    (offering.discount, offering.FREE),
    (offering.price, offering.FREE),
    (offering.stock, offering.FREE),
    (consenting.consent, permitting.FREE),
    (gaps.gap, sending.FREE),
    (gaps.consecutive, sending.FREE),
    (sending.cap, sending.FREE),
    (timing.hours, timing.FREE),
    (wording.tone, wording.TONE_FREE),
    (permitting.contrast, permitting.FREE),
    (permitting.exception, permitting.FREE),
    (preferring.scenes, permitting.FREE),
    (preferring.priority, permitting.FREE),
    (permitting.rest, permitting.FREE),
    (permitting.only, permitting.FREE),
    (permitting.ban, permitting.FREE),
    (preferring.permit, permitting.FREE),
)
