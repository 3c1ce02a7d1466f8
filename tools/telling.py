"""Telling: which facts of an offer a model is told, and which texts carry nothing that belongs to a person.

Numbers, prices, dates and yes-or-no are told under any name. Texts are told where their name is one of those that copy
is made of, because an offer may also carry what customers wrote: reviews, questions, notes.
"""

import re
from collections.abc import Iterator
from datetime import date, tzinfo

from domain.language import Language, Text, phrase
from domain.offer import Offer
from tools.copy.offer_words import OfferWords
from tools.wording import read_date, read_instant, read_time

FIELDS = ("word", "price", "discount", "until", "valid_until", "period", "stock")
"""Facts that have words of their own."""

COPY_IS_MADE_OF = """
word lead headline highlight store shop floor hall venue color colour size material materials fabric origin season
target redeem condition conditions product products service theme topic format language level course taste roast aroma
flavor flavour ingredients allergens contents capacity weight volume dimensions care storage delivery shipping returns
warranty evidence tasting fitting action brand series model edition genre
"""
TEXTS = frozenset(COPY_IS_MADE_OF.split())
LONGEST = 200
MAIL = re.compile(r"[\w.+-]+\s*[@＠]\s*[\w-]+\s*[.．]\s*\w+")
LINK = re.compile(r"://|www\.|\b[\w-]+\.(?:com|net|org|jp|io|test|example|info|biz|shop|co)\b", re.IGNORECASE)
DIGITS = re.compile(r"\+?\d(?:[\s().\-‐-―−ー－]?\d){8,}")
"""Nine digits and more in a row, with whatever is put between those of a telephone number."""
HANDLE = re.compile(r"(?<!\w)@\w{2,}")
SLOTTED = re.compile(r"[\[{]{2}|[\]}]{2}|\{%|%\}")


def safe(text: str) -> bool:
    """Whether a text is short and holds no address, number, link or mark of a slot."""
    return 0 < len(text) <= LONGEST and not any(
        pattern.search(text) for pattern in (MAIL, LINK, DIGITS, HANDLE, SLOTTED)
    )


def told(offer: Offer, language: Language, today: date, zone: tzinfo) -> Iterator[tuple[str, str]]:
    """The facts of the offer that the model may place, by name, each as it will be read."""
    words = OfferWords(offer, language, today, zone)
    further = sorted(name for name in offer.facts if name not in FIELDS and name.isidentifier())
    for name in (*FIELDS, *further):
        value = getattr(words, name, None)
        if not isinstance(value, str) or not (name in FIELDS or _tellable(name, offer.facts[name])):
            continue
        if name == "stock":
            # It changes by the hour: the slot is told, the figure is filled in when the message is.
            yield name, phrase(language, ja="在庫（時点つき）", en="what is in stock, with its time")
        elif safe(value):
            yield name, value


def flags(offer: Offer) -> Iterator[str]:
    """The names of facts that are simply true of the offer."""
    return (name for name in sorted(offer.facts) if offer.facts[name] is True and name.isidentifier())


def _tellable(name: str, value: object) -> bool:
    """Whether a further fact may be told: a value under any name, a text only under a name that copy is made of."""
    if isinstance(value, str):
        return name in TEXTS or any(read(value) is not None for read in (read_date, read_time, read_instant))
    return not isinstance(value, Text) or name in TEXTS
