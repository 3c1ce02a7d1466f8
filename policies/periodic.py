"""Periods: the calendar stretch in which the whole house counts, and when room opens up in the next one."""

from typing import Literal

from pydantic import field_validator

from domain.clock import from_micros
from domain.frozen import Frozen
from domain.language import phrase
from policies.facts import Action, Situation, moved
from policies.kleene import spent
from policies.slip import Slip
from policies.tally import Period, Spent, Tally
from policies.zones import zone_named

EACH_JA: dict[Period, str] = {"total": "通算で", "day": "1日に", "week": "暦の1週に", "month": "暦の1か月に"}
EACH_EN: dict[Period, str] = {"total": "in all", "day": "a day", "week": "a calendar week", "month": "a calendar month"}
NOW_JA: dict[Period, str] = {"total": "通算", "day": "本日", "week": "今週", "month": "今月"}
NOW_EN: dict[Period, str] = {"total": "the total", "day": "today's", "week": "this week's", "month": "this month's"}
PERIODS_AHEAD = 64


class Periodic(Frozen):
    """`per` day, week or month on the calendar of the house, unless `zone` names another; `total` never starts anew."""

    per: Period
    zone: str | None = None
    week_starts: Literal["monday", "sunday"] = "monday"

    @field_validator("zone")
    @classmethod
    def _zone_exists(cls, name: str | None) -> str | None:
        if name is not None and zone_named(name) is None:
            raise Slip(
                ja=f"{name!r} という時間帯はありません。Asia/Tokyo のような名前を書くか、行ごと消します。",
                en=f"{name!r} is not a time zone. Write an IANA name such as Asia/Tokyo, or leave it out.",
            )
        return name

    def tally_of(self, rule: str) -> Tally:
        """The counter of the rule with that id."""
        return Tally(rule, self.per, self.zone, self.week_starts)

    def each(self, language: str) -> str:
        """The period as a rule says it: 「1日に」, "a day"."""
        return phrase(language, ja=EACH_JA[self.per], en=EACH_EN[self.per])

    def now(self, language: str) -> str:
        """The period as a hold says it: 「本日」, "today's"."""
        return phrase(language, ja=NOW_JA[self.per], en=NOW_EN[self.per])


def room_from(leaf: Spent, s: Situation, a: Action) -> int | None:
    """The beginning of the first period after the action's that has room for it; None if none is known to."""
    for _ in range(PERIODS_AHEAD):
        ends = leaf.tally.ends(a.micros, a.home.timezone)
        if ends is None or s.tallies is None:
            return None
        a = moved(s, a, ends, from_micros(ends))
        if spent(leaf, s, a) is False:
            return ends
    return None
