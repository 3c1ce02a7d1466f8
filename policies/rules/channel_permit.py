"""Channel permits: which channels may be used at all."""

from typing import Literal, Self

from pydantic import Field, model_validator

from domain.channel import Channel
from domain.language import phrase
from policies.facts import Action, Situation
from policies.predicate import CHANNEL, FALSE, Not, OneOf, Predicate, any_of
from policies.rule import Rule
from policies.slip import Slip
from policies.wording import channel_name, channel_names


class ChannelPermit(Rule):
    """Forbids every channel that `allow` does not name, or those that `deny` names, pulled placements included."""

    type: Literal["channel_permit"] = "channel_permit"
    allow: frozenset[Channel] | None = Field(None, min_length=1)
    deny: frozenset[Channel] | None = Field(None, min_length=1)

    @model_validator(mode="after")
    def _says_which(self) -> Self:
        if (self.allow is None) == (self.deny is None):
            raise Slip(
                ja="allow（使ってよいチャネル）か deny（使わないチャネル）の、どちらかひとつを書きます。",
                en="give either allow, the channels that may be used, or deny, those that may not",
            )
        return self

    def forbidden(self) -> Predicate:
        others = Not(OneOf(CHANNEL, frozenset(self.allow))) if self.allow is not None else FALSE
        named = OneOf(CHANNEL, frozenset(self.deny)) if self.deny is not None else FALSE
        return any_of(others, named)

    def say(self, language: str) -> str:
        if self.allow is not None:
            named = channel_names(self.allow, language)
            return phrase(language, ja=f"使うチャネルは{named}だけです。", en=f"Only {named} may be used.")
        named = channel_names(self.deny or (), language)
        return phrase(language, ja=f"{named}では送りません。", en=f"Nothing is sent by {named}.")

    def why(self, s: Situation, a: Action | None, language: str) -> str:
        if a is None:
            return self.say(language)
        channel = channel_name(a.channel, language)
        return phrase(
            language,
            ja=f"{channel}は使わない決まりです。{self.say('ja')}",
            en=f"{channel[0].upper() + channel[1:]} is not permitted here. {self.say('en')}",
        )
