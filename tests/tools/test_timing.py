"""Send time and channels: habits count, few observations do not shout."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.channel import Channel
from domain.contact import Contact
from domain.moment import Moment
from tests.clock import START
from tools.channels import fatigue, lately, suits
from tools.timing import fits, slots

TOKYO = ZoneInfo("Asia/Tokyo")
EVENINGS = tuple(30 if hour == 20 else 0 for hour in range(24))


def test_one_purchase_hardly_moves_the_general_histogram() -> None:
    general, once = fits(()), fits([1 if hour == 3 else 0 for hour in range(24)])
    assert sum(general) == pytest.approx(24) and sum(once) == pytest.approx(24)
    assert 0 < once[3] - general[3] < 0.03 * 24


def test_a_clear_habit_names_its_hour_and_a_vague_one_does_not_wait() -> None:
    now, later = slots(EVENINGS, START, TOKYO, ahead=True)
    assert now.at == START
    assert later.at.astimezone(TOKYO).hour == 20 and later.fit > now.fit
    assert later.at - START < timedelta(hours=24)
    assert slots((), datetime(2026, 11, 24, 8, tzinfo=ZoneInfo("UTC")), TOKYO, ahead=True)[0].fit > 1
    assert len(slots(EVENINGS, START, TOKYO, ahead=False)) == 1


def test_the_better_hour_is_an_hour_of_the_customers_own_clock() -> None:
    later = slots(EVENINGS, START, ZoneInfo("America/New_York"), ahead=True)[-1]
    assert later.at.astimezone(ZoneInfo("America/New_York")).hour == 20


def test_what_ends_soon_needs_a_channel_that_is_seen_at_once() -> None:
    hour = timedelta(hours=2)
    assert suits(Channel.PUSH, Moment(), hour) > suits(Channel.PUSH, Moment(), None)
    assert suits(Channel.EMAIL, Moment(), hour) < suits(Channel.EMAIL, Moment(), timedelta(days=3))
    assert suits(Channel.APP, Moment(device="ios"), None) > suits(Channel.APP, Moment(), None)


def test_recent_pushed_messages_tire_most_on_their_own_channel() -> None:
    def contact(channel: Channel, days: int, pushed: bool = True) -> Contact:
        return Contact(channel=channel, at=START - timedelta(days=days), pushed=pushed)

    same, other = [contact(Channel.EMAIL, 1)], [contact(Channel.LINE, 1)]
    assert fatigue(lately(same, START), Channel.EMAIL) > fatigue(lately(other, START), Channel.EMAIL) > 0
    assert not lately([contact(Channel.EMAIL, 9), contact(Channel.WEB, 1, pushed=False)], START)
    assert fatigue(lately(same * 10, START), Channel.EMAIL) == 1 and fatigue([], Channel.EMAIL) == 0
