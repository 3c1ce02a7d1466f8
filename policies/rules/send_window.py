"""Send windows: the only hours, on the customer's clock, at which messages are pushed."""

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from domain.language import phrase
from policies.daily import AHEAD_DAYS, Daily, opening
from policies.facts import Action, Situation
from policies.kleene import verdict
from policies.measures import HolidayCalendar
from policies.predicate import FALSE, Holidays, Not, Predicate, any_of
from policies.rule import Rule
from policies.rules.quiet_hours import HOLIDAYS_AHEAD, holiday_said
from policies.slip import Slip
from policies.wording import channel_names, listed

A_YEAR = 400
"""Far enough to meet the next holiday, wherever."""


class SendWindow(Rule):
    """Forbids pushed messages outside all of `windows`, each from `start` (inclusive) to `end` (exclusive).

    Times are wall-clock times in the customer's zone; unknown zone: it must be a permitted time in every zone of the
    country. `holidays: forbid` shuts national holidays altogether, `only` permits nothing but them.
    """

    type: Literal["send_window"] = "send_window"
    windows: tuple[Daily, ...] = ()
    holidays: Literal["allow", "forbid", "only"] = "allow"
    holidays_of: HolidayCalendar | None = None

    reach: ClassVar[Literal["pushed", "any"]] = "pushed"

    @model_validator(mode="after")
    def _restricts_something(self) -> Self:
        if not self.windows and self.holidays == "allow":
            raise Slip(
                ja="windows（配信してよい時間帯）か holidays を書きます。",
                en="give windows, the hours at which messages may be sent, or holidays",
            )
        return self

    def forbidden(self) -> Predicate:
        outside = Not(any_of(*(window.hours for window in self.windows))) if self.windows else FALSE
        return any_of(outside, self._on_wrong_days())

    def _on_wrong_days(self) -> Predicate:
        holiday = Holidays(self.holidays_of)
        return holiday if self.holidays == "forbid" else Not(holiday) if self.holidays == "only" else FALSE

    def reopens(self, s: Situation, a: Action) -> int | None:
        ahead = {"allow": AHEAD_DAYS, "forbid": HOLIDAYS_AHEAD, "only": A_YEAR}[self.holidays]
        return opening(self.forbidden(), (window.hours.start for window in self.windows), s, a, ahead)

    def say(self, language: str) -> str:
        named = channel_names(self.scope.channels, language) if self.scope.channels else None
        where = phrase(language, ja=f"{named}は" if named else "", en=f" by {named}" if named else "")
        if not self.windows:
            only = self.holidays == "only"
            return phrase(
                language,
                ja=f"配信時間帯：{where}祝日{'にだけ配信します' if only else 'には配信しません'}。",
                en=f"Send window: messages are sent{where} {'only' if only else 'never'} on national holidays.",
            )
        hours = self._hours(language)
        ja = {"allow": "", "forbid": "（祝日を除く）", "only": "（祝日だけ）"}[self.holidays]
        en = {"allow": "", "forbid": ", national holidays excepted", "only": ", and only on national holidays"}
        return phrase(
            language,
            ja=f"配信時間帯：{where}{hours}{ja}にだけ配信します。",
            en=f"Send window: messages are sent{where} only {hours}{en[self.holidays]}.",
        )

    def _hours(self, language: str) -> str:
        said = [_said(window, language) for window in self.windows]
        return phrase(language, ja="、".join(said), en=listed(said, "en"))

    def why(self, s: Situation, a: Action | None, language: str) -> str:
        if a is None or not self.windows:
            return self.say(language)
        outside = verdict(Not(any_of(*(window.hours for window in self.windows))), s, a)
        if outside is False and self.holidays == "forbid":
            return holiday_said(s, a, language, self.holidays_of)
        hours = self._hours(language)
        if outside is None:
            return phrase(
                language,
                ja=f"お客様の時間帯がわからず、配信してよい時間（{hours}）から外れるおそれがあります。",
                en=f"The customer's time zone is not known, so it may not be a permitted time ({hours}).",
            )
        return phrase(
            language,
            ja=f"配信してよい時間（{hours}）ではありません。" if outside else "祝日にだけ配信します。",
            en=f"It is not a permitted time ({hours})." if outside else "Messages are sent only on national holidays.",
        )


def _said(window: Daily, language: str) -> str:
    (start, end), days = window.span, window.on_days(language)
    return phrase(
        language,
        ja=f"{f'{days}の' if days else ''}{start}〜{end}",
        en=f"from {start} to {end}{f' {days}' if days else ''}",
    )
