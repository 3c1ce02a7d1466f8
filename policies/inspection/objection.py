"""An objection: why a figure may not stand, for the marketer."""

from domain.language import Text
from policies.inspection.token import Token


def objection(token: Token, ja: str, en: str) -> Text:
    """No fact states the figure as what it is given for."""
    return Text(
        ja=f"「{token.text.strip()}」{ja}は、オファーにもお客様の情報にもありません。",
        en=f'"{token.text.strip()}" is {en} that neither the offer nor the account states.',
    )
