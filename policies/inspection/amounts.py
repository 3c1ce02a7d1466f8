"""Amounts: whether a price, a saving or a deal in copy is what the facts say."""

from collections.abc import Callable
from decimal import Decimal

from domain.language import Text
from policies.inspection.objection import objection
from policies.inspection.prices import DOLLARS
from policies.inspection.token import Token
from policies.inspection.truths import Amount, Truths

ROUNDING = Decimal("0.05")
"""How far `about` may be from the amount, as a part of it."""
NEAR_PERCENT = Decimal("2.5")
SHARE = Decimal("0.5")
"""How far a fraction word (a third) may be from the percentage it stands for."""
SMALLEST = {"JPY": Decimal("0.5"), "KRW": Decimal("0.5")}
CENT = Decimal("0.005")


def misquoted(token: Token, truths: Truths) -> Text | None:
    """What is wrong with an amount of money."""
    known = [one for one in truths.amounts if same_money(one.currency, token.unit) and _same_tax(one, token)]
    if any(_fits(token, one.value, truths) for one in known if _same_role(one, token, truths)):
        return None
    if token.tax is not None and any(one.value == token.value and not _same_tax(one, token) for one in truths.amounts):
        return objection(token, "という税の書き方", "a way to state tax")
    return objection(token, "という金額", "an amount")


def same_money(known: str | None, written: str | None) -> bool:
    """Whether an amount is told in the currency of the fact; a bare $ may be any dollar."""
    return known is None or known == written or (written == "$" and known in DOLLARS)


def _same_tax(one: Amount, token: Token) -> bool:
    """An amount is called untaxed only where a fact says so, and taxed unless a fact says otherwise."""
    return token.tax is None or (one.tax is False if token.tax is False else one.tax is not False)


def _same_role(one: Amount, token: Token, truths: Truths) -> bool:
    if token.role is None or token.role == "price":
        alone = one.role == "was" and not any(other.role == "price" for other in truths.amounts)
        return one.role in ("price", None) or alone
    if token.role == "was" and not any(other.role == "was" for other in truths.amounts):
        return one.role is None
    if token.role == "monthly" and one.role == "price":
        return bool(truths.monthly)
    return one.role == token.role or (token.role == "gap" and one.role is None)


def _fits(token: Token, value: Decimal, truths: Truths) -> bool:
    if token.more:
        return _fits_pieces(token, value, truths)
    return _near(token, value)


def _near(token: Token, value: Decimal) -> bool:
    match token.fit:
        case "about":
            return abs(token.value - value) <= value * ROUNDING
        case "below":
            return value <= token.value
        case "range":
            return token.value <= value < token.value + Decimal(10) ** token.value.adjusted()
        case _:
            return token.value == value


def _fits_pieces(token: Token, value: Decimal, truths: Truths) -> bool:
    """Two for $37, 1本あたり600円: the price times the pieces, or over the pieces of the pack."""
    packs = {
        count.value for count in truths.counts if "pack" in count.topics and count.unit is None and count.value > 1
    }
    if token.more > 1:
        return (token.more in packs and _near(token, value)) or _near(token, value * token.more)
    if not packs:
        return _near(token, value)
    step = SMALLEST.get(token.unit or "", CENT)
    return any(abs(token.value - value / pieces) <= step for pieces in packs)


def overstated(token: Token, truths: Truths) -> Text | None:
    """What is wrong with a saving or a deal."""
    if token.kind == "cut":
        good = any(_near(token, cut) and same_money(currency, token.unit) for cut, currency in truths.cuts)
    elif token.kind == "deal":
        good = (token.value, token.more) in truths.deals
    elif token.role == "extra":
        good = token.value in truths.extras
    else:
        good = any(_close(token)(off) for off in truths.offs)
    return None if good else objection(token, "という割引・特典", "a discount or deal")


def _close(token: Token) -> Callable[[Decimal], bool]:
    match token.fit:
        case "share":
            return lambda off: abs(token.value - off) <= SHARE
        case "about":
            return lambda off: abs(token.value - off) <= NEAR_PERCENT
        case "above":
            return lambda off: off > token.value
        case "least":
            return lambda off: off >= token.value
        case "below":
            return lambda off: off > token.value
        case _:
            return lambda off: off == token.value
