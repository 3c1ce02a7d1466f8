"""Comparisons: words that set a price beside an earlier one which the price history does not prove."""

from collections.abc import Iterator

from domain.language import Text
from domain.offer import Offer
from policies.facts import at_home
from policies.finding import Finding
from policies.inspection.links import without_urls
from policies.inspection.reading import Reading, finding
from policies.inspection.token import Token
from policies.inspection.tokens import tokens
from policies.rules.reference_price import ReferencePrice


def unproven_comparisons(rule: ReferencePrice, reading: Reading) -> Iterator[Finding]:
    """The earlier prices that the message names without proof, and what it says to be taken off them."""
    today = at_home(reading.a)
    doubtful = [offer for offer in reading.offers if offer.compares_truly(today) is not True]
    if not doubtful:
        return
    for part in reading.parts:
        for line in part.lines:
            for token in tokens(without_urls(line)):
                if any(_compares(token, offer) for offer in doubtful):
                    yield finding(rule, part.name, token.text, _reason(token))


def _compares(token: Token, offer: Offer) -> bool:
    if token.kind == "money":
        return token.role == "was" or token.value == offer.list_price
    return token.kind in ("cut", "off")


def _reason(token: Token) -> Text:
    return Text(
        ja=f"「{token.text.strip()}」が比べている価格で、直近に十分な期間販売した記録がありません。",
        en=f'"{token.text.strip()}" compares with a price that no history of sales proves.',
    )
