"""Contacts: the e-mail addresses, phone numbers, postal addresses and personal numbers that a message shows."""

import functools
import re
from collections.abc import Iterator

from policies.inspection.links import MAIL, undisguised, without_urls

DIGITS = re.compile(r"\D")
DASHES = re.compile(r"[‐‑‒–—―−ー](?=\d)")
PHONE = re.compile(r"(?<![\d.,$€£¥-])(?:\+\d|\(\d|\d)[\d\s().-]{7,18}\d(?![\d円%]|-\d|,\d)")
JAPANESE_PHONE = re.compile(r"0(?:120|800|570)\d{6}|0[5789]0\d{8}|0[1-9]\d{8}")
AMERICAN_SHAPE = re.compile(r"(?:1[ .-])?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}")
POSTAL = re.compile(
    r"(?:東京都|北海道|(?:京都|大阪)府|[一-龥]{2,3}県)[^\s、。,\d]{1,20}\s?\d{1,4}(?:丁目|番地?|号|-)[\d丁目番地号-]*"
    r"|〒\s?\d{3}-?\d{4}"
    r"|\b\d{1,5} (?:[A-Z][a-z]+ ){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct"
    r"|Terrace)\b"
)
HANDLE = re.compile(
    r"(?<![\w.@/])@(?P<handle>[a-zA-Z][\w.]{2,30})|\b(?:LINE|Telegram|WhatsApp|WeChat"
    r"|Instagram) ?ID ?[::は]? ?(?P<id>[\w.@-]{3,30})",
    re.IGNORECASE,
)
"""An account on another service, to which a reader may be sent."""
LONG_NUMBER = re.compile(r"(?<![\d-])\d(?:[ -]?\d){11,18}(?![\d-])")
SOCIAL_SECURITY = re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])")
MY_NUMBER_DIGITS, CARD_DIGITS = 12, range(13, 20)
MY_NUMBER_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
SHORTEST_PHONE, SAME_PHONE = 9, 8


@functools.lru_cache(maxsize=4096)
def contacts_in(read: str) -> tuple[tuple[str, str], ...]:
    """Every contact detail in plain text, as it is written and in the form in which it is compared."""
    found = [(mail, mail.lower()) for mail in mails_in(read)]
    words = without_urls(read)  # a token in a link is no phone number
    found += (
        [(one[0], (one["handle"] or one["id"]).lower()) for one in HANDLE.finditer(words)]
        if "@" in words or "ID" in words.upper()
        else []
    )
    if not any(sign.isdigit() for sign in words):
        return tuple(found)
    text = dashed(words)
    found += [(one[0], squeezed(one[0])) for one in POSTAL.finditer(text)]
    found += [(one[0], DIGITS.sub("", one[0])) for one in SOCIAL_SECURITY.finditer(text)]
    numbers = [(one[0], DIGITS.sub("", one[0])) for one in LONG_NUMBER.finditer(text)]
    found += [(shown, digits) for shown, digits in numbers if _is_card(digits) or _is_my_number(digits)]
    return (*found, *phones_in(text))


def mails_in(read: str) -> list[str]:
    """Every e-mail address in plain text, also one that is written out: name(at)mail."""
    text = undisguised(read)
    return [found[0].lower().rstrip(".") for found in MAIL.finditer(text)] if "@" in text else []


def phones_in(read: str) -> Iterator[tuple[str, str]]:
    """Every phone number in plain text, as it is written and as its significant digits."""
    for found in PHONE.finditer(dashed(read)):
        written = found[0].strip()
        digits = DIGITS.sub("", written)
        if len(digits) < SHORTEST_PHONE or len(digits) > 15:
            continue
        if written[0] == "+" or JAPANESE_PHONE.fullmatch(digits) or AMERICAN_SHAPE.fullmatch(written):
            yield written, significant(written)


def significant(written: str) -> str:
    """A phone number without what changes between writing it at home and abroad: +81 90-… and 090-…"""
    digits = DIGITS.sub("", written)
    if written.lstrip().startswith("+81"):
        digits = digits[2:]
    elif written.lstrip().startswith("+1") or (len(digits) == 11 and digits[0] == "1"):
        digits = digits[1:]
    return digits.lstrip("0")


def dashed(read: str) -> str:
    """The text with every kind of dash before a digit as a hyphen."""
    return DASHES.sub("-", read)


def squeezed(text: str) -> str:
    """An address without spaces and signs, for comparing."""
    return re.sub(r"[\s〒,、-]", "", text).lower()


def is_known(contact: str, known: frozenset[str]) -> bool:
    """Whether a contact detail is among those that may be shown, or a part of one."""
    if contact in known:
        return True
    if contact.isdigit():
        return any(
            len(min(one, contact, key=len)) >= SAME_PHONE and (one.endswith(contact) or contact.endswith(one))
            for one in known
            if one.isdigit()
        )
    return any(contact in one for one in known if "@" not in one)


def forms_of(read: str) -> Iterator[str]:
    """The forms in which the contact details of a fact are compared."""
    for _, contact in contacts_in(read):
        yield contact
    digits = DIGITS.sub("", read)
    if SAME_PHONE <= len(digits) <= 15:
        yield significant(read)
    yield squeezed(read)


def _is_card(digits: str) -> bool:
    if len(digits) not in CARD_DIGITS or digits[0] not in "23456":
        return False
    doubled = [int(sign) * (2 if place % 2 else 1) for place, sign in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _is_my_number(digits: str) -> bool:
    if len(digits) != MY_NUMBER_DIGITS:
        return False
    rest = sum(int(sign) * weight for sign, weight in zip(digits, MY_NUMBER_WEIGHTS, strict=False)) % 11
    return int(digits[-1]) == (0 if rest <= 1 else 11 - rest)
