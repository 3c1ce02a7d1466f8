"""Consent: nothing is pushed to somebody who did not allow it."""

from typing import ClassVar, Literal

from domain.language import phrase
from policies.facts import Action, Situation
from policies.predicate import CONSENTED, Is, Not, Predicate, Surely
from policies.rule import Rule
from policies.wording import channel_name, channel_names


class ConsentRule(Rule):
    """Asks the ledger for the message's channel and purpose; a general no wins over a narrow yes.

    `needs: yes` wants a known yes, so unknown denies. `needs: no_refusal` forbids only after a known no.
    """

    type: Literal["consent"] = "consent"
    needs: Literal["yes", "no_refusal"] = "yes"

    reach: ClassVar[Literal["pushed", "any"]] = "pushed"

    def forbidden(self) -> Predicate:
        refused = Not(Is(CONSENTED))
        return refused if self.needs == "yes" else Surely(refused)

    def say(self, language: str) -> str:
        named = channel_names(self.scope.channels, language) if self.scope.channels else None
        if self.needs == "no_refusal":
            where = phrase(language, ja=f"{named}の" if named else "", en=f" by {named}" if named else "")
            return phrase(
                language,
                ja=f"{where}配信を断られたお客様には送りません。",
                en=f"Nothing is sent{where} after a customer said no.",
            )
        return phrase(
            language,
            ja=f"{named or '配信'}の同意をいただいたお客様にだけ送ります。",
            en=f"Only customers who agreed{f' to {named}' if named else ''} are contacted.",
        )

    def why(self, s: Situation, a: Action | None, language: str) -> str:
        if a is None:
            return self.say(language)
        channel = channel_name(a.channel, language)
        if a.consented is False:
            return phrase(
                language,
                ja=f"{channel}での配信をお断りになっています。",
                en=f"The customer said no to messages by {channel}.",
            )
        return phrase(
            language,
            ja=f"{channel}での配信に同意をいただいていません。",
            en=f"There is no record that the customer agreed to messages by {channel}.",
        )
