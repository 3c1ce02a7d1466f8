"""Addresses: links by the host they lead to, and the e-mail addresses and phone numbers of people."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from domain.language import Text
from domain.sender import Sender
from policies.checking.letters import plain
from policies.checking.sheet import Piece, Sheet
from policies.facts import Action, Situation

SCHEMED = re.compile(r"\b[a-z][a-z0-9+.-]{1,20}://[^\s<>\"'「」（）()【】、。]+")
NAKED = re.compile(
    r"(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:com|net|org|jp|info|biz|io|shop|store|site|online|xyz|ly|gl|gg|app|dev|us|uk"
    r"|de|fr|cn|kr|eu|ai|cc|tv|example|test|invalid|click|link|top|page|ru|to|co|me)(?![\w@-])(?:/[^\s<>\"'「」、。]*)?"
)
DOT = re.compile(r"(?<=[a-z0-9])[。｡．](?=[a-z])|(?<=[a-z0-9])\s?[\[({]\s?(?:dot|\.)\s?[\])}]\s?(?=[a-z])")
MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(
    r"(?<![\d,.])\+?\(?\d{2,5}\)?[ -]\(?\d{1,4}\)?[ -]\d{3,4}(?![\d-])|(?<![\d,.])0\d{9,10}(?!\d)"
    r"|(?<![\d,.])\d{3}\.\d{3}\.\d{4}(?!\d)"
)
LONG = re.compile(r"(?<![\d,.-])(?:\d[ -]?){13,19}(?![\d-])")
"""A run of digits as long as that of a card or an account."""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
DASHES = str.maketrans("‐‑‒–—―−－", "--------")
HARMLESS = ("mailto:", "tel:", "cid:", "#")
SHARED = frozenset(("github.io", "vercel.app", "netlify.app", "web.app", "pages.dev", "blogspot.com", "myshopify.com"))
SECOND_LEVEL = 3
LONGEST_AT_HOME = 10


def links_of(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Every address a message leads to, and every one that its words show."""
    yield from sheet.addresses
    for piece in sheet.pieces:
        shown = _dotted(piece.text)
        for pattern in (SCHEMED, NAKED):
            for found in pattern.finditer(shown):
                yield piece.name, found[0].rstrip(".,!?;:")
            shown = pattern.sub(" ", shown)


def strange(link: str, own: Sequence[str], exact: str | None) -> bool:
    """Whether a link leads elsewhere than to one of our own addresses, or there by other means than https."""
    address = link.strip()
    if exact and (address == exact or address.startswith(exact.rstrip("/") + "/")):
        return False
    if address.startswith(HARMLESS):
        return False
    if len(address.split()) > 1:
        return True
    if "://" not in address and ":" in address.split("/", 1)[0] and not address.startswith("//"):
        return True
    url = address if "://" in address else f"https://{address.lstrip('/')}"
    return not url.lower().startswith("https://") or base(host(url)) not in {base(host(one)) for one in own}


def host(url: str) -> str:
    """The host a browser goes to; empty where it is none."""
    whole = url if "://" in url else f"https://{url}"
    try:
        return (urlsplit(whole.replace("\\", "/")).hostname or "").rstrip(".")
    except ValueError:
        return ""


def base(name: str) -> str:
    """The end of a host name that belongs to one owner, judged by the length of its labels alone."""
    labels = name.split(".")
    if len(labels) < SECOND_LEVEL or labels[-1].isdigit():
        return name
    wide = (len(labels[-1]) == 2 and len(labels[-2]) <= SECOND_LEVEL) or ".".join(labels[-2:]) in SHARED
    return ".".join(labels[-3:] if wide else labels[-2:])


def own_addresses(sender: Sender, a: Action) -> tuple[str, ...]:
    """The sites a message may lead to: ours and those of its offers."""
    return (sender.site, *(offer.url for offer in (a.offer, *a.items) if offer is not None and offer.url))


def contacts_of(pieces: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    """Every e-mail address, and every phone number as its digits."""
    for piece in pieces:
        shown = DAY.sub(" ", _dotted(piece.text))
        for found in MAIL.finditer(shown):
            yield piece.name, found[0].rstrip(".")
        shown = SCHEMED.sub(" ", shown)
        for pattern in (PHONE, LONG):
            yield from ((piece.name, digits(found[0])) for found in pattern.finditer(shown))


def known_contacts(sender: Sender, s: Situation, a: Action) -> frozenset[str]:
    """Whose contacts may be shown: the customer's own, ours, and those that are facts of an offer."""
    texts = [sender.phone, *s.own, *(str(value) for value in (*s.attributes.values(), *a.facts.values()))]
    for offer in (a.offer, *a.items):
        for value in offer.facts.values() if offer is not None else ():
            texts += [value.ja or "", value.en or ""] if isinstance(value, Text) else [str(value)]
    known = {found[0].rstrip(".") for text in texts for found in MAIL.finditer(plain(text))}
    known |= {digits(found[0]) for text in texts for found in PHONE.finditer(plain(text))}
    return frozenset(known | {digits(text) for text in texts})


def digits(text: str) -> str:
    """The digits alone; a number of Japan with its country's code as it is dialled at home."""
    found = "".join(sign for sign in text if sign.isdigit())
    return "0" + found[2:] if found.startswith("81") and len(found) > LONGEST_AT_HOME else found


def without_addresses(text: str) -> str:
    """Plain text without links, mail addresses and phone numbers, whose figures claim nothing."""
    text = text.translate(DASHES)
    for pattern in (SCHEMED, MAIL, NAKED, PHONE):
        text = pattern.sub(" ", text)
    return text


def _dotted(text: str) -> str:
    return DOT.sub(".", plain(text).translate(DASHES))
