"""Links and contact details in copy: where they lead, and whose they are."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

URL = re.compile(r"[a-z][a-z0-9+.-]*://[^\s<>\"'「」（）()【】、。]+", re.IGNORECASE)
MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
TLDS = (
    "com|net|org|jp|info|biz|io|co|shop|store|site|online|xyz|ly|gl|gg|app|dev|me|tv|us|uk|de|fr|cn|kr|eu|ai|to|cc"
    "|example|test|invalid|click|link|top|page"
)
BARE = re.compile(rf"(?<![\w@./:-])(?:[a-z0-9-]+\.)+(?:{TLDS})(?![\w.-]*@)\b(?:/[^\s<>\"'「」（）()【】、。]*)?")
PHONE = re.compile(
    r"(?<![\d-])(?:\+\d{1,3}[ -]?)?\(?\d{2,5}\)?[ -]\d{1,4}[ -]\d{3,4}(?![\d-])|(?<!\d)0[5789]0\d{8}(?!\d)"
)
DIGITS = re.compile(r"\D")
SECOND_LEVEL = frozenset(("ac", "ad", "co", "com", "ed", "edu", "go", "gov", "gr", "lg", "ne", "net", "or", "org"))
HOSTING = frozenset(("github.io", "vercel.app", "netlify.app", "web.app", "pages.dev", "blogspot.com", "myshopify.com"))
HARMLESS = frozenset(("mailto", "tel", "cid"))
LOCAL = frozenset(("localhost", "127.0.0.1", "[::1]", "::1"))


def registrable(host: str) -> str:
    """The part of a host name that its owner registered: shop.example.co.jp -> example.co.jp."""
    labels = host.lower().rstrip(".").split(".")
    if len(labels) < 2 or labels[-1].isdigit():
        return host.lower()
    tail = ".".join(labels[-2:])
    shared = (len(labels[-1]) == 2 and labels[-2] in SECOND_LEVEL) or tail in HOSTING
    return ".".join(labels[-3:]) if shared else tail


def host_of(url: str) -> str:
    """The host that a browser would go to, empty where there is none."""
    try:
        return (urlsplit(url.strip().replace("\\", "/")).hostname or "").lower()
    except ValueError:
        return ""


def sites(urls: Iterable[str | None]) -> frozenset[str]:
    """The registrable domains of some addresses."""
    return frozenset(registrable(host) for url in urls if url and (host := host_of(url)))


def foreign(url: str, allowed: frozenset[str], exact: frozenset[str]) -> bool:
    """Whether a link leaves the allowed sites, or leads anywhere by other means than https."""
    address = url.strip()
    if any(address == own or address.startswith(f"{own}/") for own in exact):
        return False
    scheme = address.split(":", 1)[0].lower() if ":" in address else ""
    if scheme in HARMLESS or address.startswith("#"):
        return False
    if "://" not in address:
        return scheme not in ("", *HARMLESS) or _foreign_host(host_of(f"https://{address.lstrip('/')}"), allowed)
    return scheme != "https" or _foreign_host(host_of(address), allowed)


def _foreign_host(host: str, allowed: frozenset[str]) -> bool:
    return not host or registrable(host) not in allowed


def urls_in(read: str) -> Iterator[str]:
    """Every address in plain text, with or without a scheme."""
    if "://" in read:
        for found in URL.finditer(read):
            yield found[0].rstrip(".,!?;:")
    if "." in read:
        for found in BARE.finditer(read):
            yield found[0].rstrip(".,!?;:")


def without_urls(read: str) -> str:
    """The text with addresses taken out, so that their figures are not read as claims."""
    text = URL.sub(" ", read) if "://" in read else read
    text = MAIL.sub(" ", text) if "@" in text else text
    return BARE.sub(" ", text) if "." in text else text


def mails_in(read: str) -> list[str]:
    """Every e-mail address in plain text."""
    return [found[0].lower().rstrip(".") for found in MAIL.finditer(read)] if "@" in read else []


def phones_in(read: str) -> list[str]:
    """Every phone number in plain text, as its digits."""
    return [DIGITS.sub("", found[0]) for found in PHONE.finditer(read)]
