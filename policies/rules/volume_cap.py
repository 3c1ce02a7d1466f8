"""Volume caps: at most so many messages in all, whoever they go to."""

from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field

from domain.language import phrase
from policies.facts import Action, Situation
from policies.periodic import Periodic, room_from
from policies.predicate import Predicate
from policies.rule import Rule
from policies.tally import Spent
from policies.wording import channel_names, number


class VolumeCap(Periodic, Rule):
    """Allows `max` messages of its scope to all customers together in each period, this one included.

    A message counts on the day on which it goes out, from the moment at which it is promised; one that was definitely
    not sent counts no more.
    """

    type: Literal["volume_cap"] = "volume_cap"
    max: int = Field(ge=0)

    reach: ClassVar[Literal["pushed", "any"]] = "pushed"

    @property
    def spent(self) -> Spent:
        return Spent(self.tally_of(self.id), Decimal(self.max))

    def forbidden(self) -> Predicate:
        return self.spent

    def reopens(self, s: Situation, a: Action) -> int | None:
        return room_from(self.spent, s, a)

    def say(self, language: str) -> str:
        named = channel_names(self.scope.channels, language) if self.scope.channels else None
        by = f" by {named}" if named else ""
        count = f"{number(self.max)} message{'' if self.max == 1 else 's'}{by} {self.each('en')}"
        return phrase(
            language,
            ja=f"全体の配信上限：{f'{named}は' if named else ''}{self.each('ja')}{number(self.max)}通まで。",
            en=f"Volume cap: at most {count}, to all customers together.",
        )

    def why(self, s: Situation, a: Action | None, language: str) -> str:
        if s.tallies is None:
            return phrase(
                language,
                ja="全体の配信数を確かめられないため、配信しません。",
                en="How many messages were sent in all could not be read, so nothing is sent.",
            )
        count = f"{number(self.max)} message{'' if self.max == 1 else 's'}"
        now = self.now("en")
        return phrase(
            language,
            ja=f"{self.now('ja')}の全体の配信上限（{number(self.max)}通）に達しています。",
            en=f"{now[0].upper()}{now[1:]} volume cap is reached: {count} to all customers together.",
        )
