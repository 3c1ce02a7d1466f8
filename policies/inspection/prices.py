"""Prices in copy: 1,980円, ¥1,980, thirty dollars, two for $37."""

from decimal import Decimal

from policies.inspection.numerals import ENGLISH_NUMBER, FIGURE, number
from policies.inspection.numerals import JAPANESE as N
from policies.inspection.roles import OFF, PIECES, fit_of, is_cut, pieces_of, role_of, tax_of
from policies.inspection.token import Pattern, Place, Token

E = rf"(?:{ENGLISH_NUMBER}\b|{FIGURE})"
NAMES = {
    "JPY": "円 ¥ yen jpy",
    "USD": "us$ usd usドル 米ドル",
    "EUR": "€ ユーロ eur euro euros",
    "GBP": "£ ポンド gbp pound pounds quid",
    "CAD": "ca$ cad",
    "AUD": "au$ aud",
    "CNY": "元 cny rmb yuan",
    "KRW": "₩ ウォン krw won",
    "$": "$ ドル dollar dollars bucks",
}
CODES = tuple(
    code
    for some in (
        "jpy usd eur gbp cad aud cny krw chf sgd hkd nzd twd sek nok",
        "dkk inr thb vnd php myr idr brl mxn zar pln czk huf ils aed",
    )
    for code in some.split()
)
CURRENCIES = {code: code.upper() for code in CODES} | {
    word: currency for currency, words in NAMES.items() for word in words.split()
}
DOLLARS = frozenset(("USD", "CAD", "AUD", "SGD", "HKD", "NZD", "TWD"))
ISO = "|".join(CODES)
SIGN = rf"(?:(?:us|ca|au)\$|[¥$€£₩]\s?|(?:{ISO})\s?)"
NAME = (
    r"(?:円|(?:us|米)?ドル|ユーロ|ポンド|ウォン|元(?![気祖々])|\s?€"
    rf"|\s?(?:{ISO}|yen|(?:us )?dollars?|bucks|euros?|pounds?|quid|rmb|yuan|won)\b)"
)
WORD = r"\s(?:(?:us )?dollars?|yen|bucks|euros?|pounds?)\b"


def _money(place: Place) -> Token:
    if place["coin"]:
        return Token("money", place.text, Decimal(500), "JPY")
    amount = number(place["m1"] or place["m2"] or place["m3"] or "0")
    currency = CURRENCIES[
        (place["sign"] or place["name"] or place["word"] or "").strip().replace("us dollar", "dollar")
    ]
    if is_cut(place, place["mcut"]):
        return Token("cut", place.text, amount, currency, fit=fit_of(place))
    fit = "range" if place["tai"] else fit_of(place)
    return Token(
        "money", place.text, amount, currency, more=pieces_of(place), role=role_of(place), fit=fit, tax=tax_of(place)
    )


BUNDLE = (
    rf"(?:(?P<bj>{N})(?:{PIECES})(?:セット)?(?:で|なら|まとめて)(?:合計|税込)?"
    rf"|(?P<be>{E}) (?:[a-z]+ ){{0,2}}?for (?:only |just )?(?=[$€£¥₩]|{E}{NAME}))"
)
PATTERNS: tuple[Pattern, ...] = (
    (
        "money",
        rf"(?:{BUNDLE})?(?:(?P<sign>{SIGN})(?P<m1>{N})|(?P<m2>{N})(?P<name>{NAME})"
        rf"|(?P<m3>{ENGLISH_NUMBER})(?P<word>{WORD})"
        rf"|(?P<coin>ワンコイン))(?P<tai>台)?(?P<mcut>{OFF})?",
        _money,
    ),
)
