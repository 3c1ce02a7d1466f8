"""History: whether an earlier price may be compared with, counted day by day."""

from collections.abc import Iterator
from datetime import date, timedelta

from domain.offer import Offer
from policies.checking.addresses import without_addresses
from policies.checking.claim import Claim
from policies.checking.desk import Desk
from policies.checking.fault import Fault, in_copy
from policies.checking.figures import claims
from policies.checking.letters import plain
from policies.rules.reference_price import ReferencePrice
from policies.zones import known_zone

WEEKS, FORTNIGHT = 8, 14
LONGEST_BACK = 750
DAY = timedelta(days=1)


def unproven_comparisons(rule: ReferencePrice, desk: Desk) -> Iterator[Fault]:
    """No earlier price is named, and nothing is said to be taken off it, unless the sales of that price bear it out."""
    today = desk.a.at.astimezone(known_zone(desk.s.home.timezone)).date()
    doubtful = [
        offer for offer in desk.offers if offer.list_price not in (None, offer.price) and not _borne_out(offer, today)
    ]
    for piece in desk.pieces if doubtful else ():
        for line in plain(piece.text).split("\n"):
            for claim in claims(without_addresses(line)):
                if any(_compares(claim, offer) for offer in doubtful):
                    yield in_copy(
                        rule.id, rule.type, piece.name, claim.text, "比較の根拠がありません", "compares without proof"
                    )


def _compares(claim: Claim, offer: Offer) -> bool:
    return claim.kind in ("was", "cut", "off") or (claim.kind == "money" and claim.value == offer.list_price)


def _borne_out(offer: Offer, today: date) -> bool:
    """Asked on most days of sale of eight weeks, on fourteen in all, and less than two weeks before the sale."""
    asked = [day for day in _back_from(today) if _asked(offer, day, compared=True)]
    if not asked:
        return False
    start = offer.valid_from if offer.valid_from and offer.valid_from <= today else max(asked) + DAY
    asked = [day for day in asked if day < start]
    weeks = [start - DAY * back for back in range(1, 7 * WEEKS + 1)]
    sold = [day for day in weeks if _asked(offer, day, compared=False)]
    most = 2 * sum(day in asked for day in sold) > len(sold)
    return most and len(asked) >= FORTNIGHT and start - max(asked) < DAY * FORTNIGHT


def _back_from(today: date) -> Iterator[date]:
    return (today - DAY * back for back in range(LONGEST_BACK))


def _asked(offer: Offer, day: date, *, compared: bool) -> bool:
    """Whether the offer was sold on a day, at the price compared with or at any."""
    return any(
        past.since <= day
        and (past.until is None or day <= past.until)
        and (not compared or past.price == offer.list_price)
        for past in offer.price_history
    )
