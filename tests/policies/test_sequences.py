"""One message after another: what a book permits step by step breaks nothing when all of it is looked at afterwards."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.channel import Channel, Purpose
from domain.contact import Contact
from domain.offer import Offer
from policies.book import Book
from policies.facts import Action, Situation, action_of, situation_of
from policies.zones import known_zone
from tests.policies.examples import HOME, book_of, record_of, rules_of
from tests.policies.strategies import START, instants, offers

TOKYO = known_zone("Asia/Tokyo")
DAY = {"kind": "calendar", "unit": "day"}
BOOK = book_of(
    *rules_of(
        {"type": "frequency_cap", "max": 3, "window": {"kind": "rolling", "unit": "day", "length": 3}},
        {
            "type": "frequency_cap",
            "max": 1,
            "window": {"kind": "calendar", "unit": "day"},
            "scope": {"channels": ["sms"]},
        },
        {"type": "min_gap", "hours": 6},
        {
            "type": "exclusivity",
            "groups": [{"name": "A", "scenes": ["winback"]}, {"name": "B", "scenes": ["newsletter"]}],
            "window": {"kind": "rolling", "unit": "day", "length": 4},
        },
        {"type": "volume_cap", "max": 2, "per": "day"},
        {"type": "budget", "amount": 60, "currency": "JPY", "per": "week"},
    )
)
Asked = list[tuple[Channel, datetime, str | None, Offer | None]]
steps = st.lists(
    st.tuples(
        st.sampled_from([Channel.EMAIL, Channel.SMS, Channel.PUSH]),
        instants | st.integers(0, 14 * 4).map(lambda quarter: START + timedelta(hours=6 * quarter)),
        st.sampled_from([None, "winback", "newsletter"]),
        st.none() | offers,
    ),
    min_size=4,
    max_size=30,
)


def permitted(book: Book, asked: Asked) -> Iterator[Action]:
    """What the book lets through, each step seeing all the earlier ones."""
    s = situation_of(record_of({}, []), HOME, tallies={})
    for channel, at, scene, offer in asked:
        a = action_of(s, channel, Purpose.MARKETING, at, scene, offer)
        if not book.deliver(s, a):
            s = promised(book, s, a)
            yield a


def promised(book: Book, s: Situation, a: Action) -> Situation:
    """The customer and the house once the message is promised."""
    used = dict(s.tallies or {})
    for charge in book.tallies(s, a):
        used[charge.key] = used.get(charge.key, Decimal(0)) + charge.amount
    contact = Contact(channel=a.channel, at=a.at, scene=a.scene, offer_id=a.offer_id, offer_category=a.category)
    return replace(s, contacts=(*s.contacts, contact), tallies=used, _counted={})


@pytest.mark.no_cover
@settings(max_examples=150, deadline=None, derandomize=True)
@given(steps)
def test_nothing_is_exceeded_afterwards(asked: Asked) -> None:
    sent = sorted(permitted(BOOK, asked), key=lambda a: a.at)
    times = [a.at for a in sent]
    assert all(sum(at <= other < at + timedelta(days=3) for other in times) <= 3 for at in times)
    assert all(later - earlier >= timedelta(hours=6) for earlier, later in pairwise(times))
    days = Counter(a.at.astimezone(TOKYO).date() for a in sent)
    assert max(days.values(), default=0) <= 2
    texts = Counter(a.at.astimezone(TOKYO).date() for a in sent if a.channel is Channel.SMS)
    assert max(texts.values(), default=0) <= 1
    first, second = ([a.at for a in sent if a.scene == scene] for scene in ("winback", "newsletter"))
    assert all(abs(one - other) >= timedelta(days=4) for one in first for other in second)
    weeks: defaultdict[str, Decimal] = defaultdict(Decimal)
    for a in sent:
        if a.amount_off and a.currency == "JPY":
            weeks[f"{a.at.astimezone(TOKYO):%G-%V}"] += a.amount_off
    assert all(spent <= 60 for spent in weeks.values())


@settings(max_examples=60, deadline=None, derandomize=True)
@given(steps)
def test_what_is_refused_alone_is_refused_after_others(
    asked: Asked,
) -> None:
    """More that was sent never opens anything: caps, gaps, volumes and budgets only fill up."""
    s = situation_of(record_of({}, []), HOME, tallies={})
    probes = [action_of(s, way, Purpose.MARKETING, at, scene, offer) for way, at, scene, offer in asked[:6]]
    before = [BOOK.deliver(s, probe) for probe in probes]
    for channel, at, scene, offer in asked:
        s = promised(BOOK, s, action_of(s, channel, Purpose.MARKETING, at, scene, offer))
        after = [BOOK.deliver(s, probe) for probe in probes]
        assert all(old & new == old for old, new in zip(before, after, strict=True))
        before = after
