"""Quiet hours: a daily window, on the customer's clock, in which nothing is pushed."""

from typing import ClassVar, Literal

from domain.language import phrase
from policies.daily import AHEAD_DAYS, Daily, opening
from policies.facts import Action, Situation
from policies.kleene import verdict
from policies.measures import HolidayCalendar
from policies.predicate import FALSE, Holidays, Predicate, any_of
from policies.rule import Rule
from policies.wording import channel_names

HOLIDAYS_AHEAD = 30
"""No country has a month of holidays in a row."""


class QuietHours(Daily, Rule):
    """Forbids pushed messages from `start` (inclusive) to `end` (exclusive), over midnight where `end` is not later.

    Times are wall-clock times in the customer's zone; where the clock is put forward or back, the wall clock counts.
    Unknown zone: the window must be avoided in every zone of the country. `days` are those on which the window begins.
    With `holidays` the whole of each national holiday is quiet as well: those of the customer's country, else of the
    country of their time zone, else of the home country; or those of `holidays_of` for everybody.
    """

    type: Literal["quiet_hours"] = "quiet_hours"
    holidays: bool = False
    holidays_of: HolidayCalendar | None = None

    reach: ClassVar[Literal["pushed", "any"]] = "pushed"

    def forbidden(self) -> Predicate:
        return any_of(self.hours, Holidays(self.holidays_of) if self.holidays else FALSE)

    def reopens(self, s: Situation, a: Action) -> int | None:
        return opening(self.forbidden(), (self.hours.end,), s, a, HOLIDAYS_AHEAD if self.holidays else AHEAD_DAYS)

    def say(self, language: str) -> str:
        start, end = self.span
        named = channel_names(self.scope.channels, language) if self.scope.channels else None
        on_days = self.on_days(language)
        return phrase(
            language,
            ja=f"配信禁止時間：{f'{on_days}の' if on_days else ''}{start}〜{end}"
            f"{'と祝日' if self.holidays else ''}は{f'{named}を' if named else ''}配信しません。",
            en=f"Quiet hours: nothing is sent{f' by {named}' if named else ''} from {start} to {end}"
            f"{f' {on_days}' if on_days else ''}{', nor on national holidays' if self.holidays else ''}.",
        )

    def why(self, s: Situation, a: Action | None, language: str) -> str:
        start, end = self.span
        if a is not None and self.holidays and verdict(self.hours, s, a) is False:
            return holiday_said(s, a, language, self.holidays_of)
        if a is not None and len(a.locals) > 1:
            return phrase(
                language,
                ja=f"お客様の時間帯がわからず、配信禁止時間（{start}〜{end}）にかかるおそれがあります。",
                en=f"It may be quiet hours ({start} to {end}) for the customer, whose time zone is not known.",
            )
        return phrase(
            language,
            ja=f"配信禁止時間（{start}〜{end}）です。",
            en=f"It is quiet hours ({start} to {end}) for the customer.",
        )


def holiday_said(s: Situation, a: Action, language: str, country: str | None) -> str:
    """Why a holiday keeps a message back."""
    if verdict(Holidays(country), s, a):
        return phrase(language, ja="祝日は配信しません。", en="It is a national holiday, on which nothing is sent.")
    return phrase(
        language,
        ja="お客様のいらっしゃる地域が祝日かどうかわからないため、配信しません。",
        en="It may be a national holiday where the customer is, so nothing is sent.",
    )
