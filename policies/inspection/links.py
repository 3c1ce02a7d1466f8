"""Links in copy: where they lead, whoever they pretend to be."""

import functools
import re
from collections.abc import Iterable
from urllib.parse import SplitResult, unquote, urlsplit

import tldextract

URL = re.compile(r"[a-z][a-z0-9+.-]*://[^\s<>\"'「」（）()【】、。]+", re.IGNORECASE)
MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
HOST_LIKE = re.compile(
    r"(?<![\w@.:-])(?<![\w:.]/)(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}(?![\w.-]*@)\b(?:[/?#][^\s<>\"'「」（）()【】、。]*)?"
    r"|(?<![\w@.:-])(?<![\w:.]/)(?:[A-Z0-9-]{1,63}\.){1,6}[A-Z]{2,24}(?![\w.-]*@)\b(?:/[^\s<>\"'「」（）()【】、。]*)?"
)
DISGUISED_DOT = re.compile(
    r"\s?[\[({]\s?(?:\.|dot|ドット)\s?[\])}]\s?|(?<=[a-z0-9])[。｡](?=[a-z]{2,10}\b)|(?<=[a-z0-9]) dot (?=(?:com|net"
    r"|org|jp|io|co|shop|info|example|test)\b)",
    re.IGNORECASE,
)
DISGUISED_AT = re.compile(
    r"\s?[\[({]\s?(?:at|@|アット)\s?[\])}]\s?|(?<=\w) at (?=[\w-]+ dot \w)|(?<=\w)☆(?=[\w-]+\.\w)", re.IGNORECASE
)
CONTROL = re.compile(r"[\x00-\x20\x7f\\]")
RESERVED = frozenset(("example", "test", "invalid", "localhost"))
HARMLESS = frozenset(("mailto", "tel", "cid"))
EMBEDDED = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?[/\\]{2}[^/\\\s&#]|(?:javascript|data|vbscript):", re.IGNORECASE)
SUFFIXES = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


@functools.lru_cache(maxsize=4096)
def registrable(host: str) -> str:
    """The part of a host name that its owner registered: shop.example.co.jp -> example.co.jp."""
    low = host.lower().rstrip(".")
    found = SUFFIXES.extract_str(low)
    if found.suffix:
        return f"{found.domain}.{found.suffix}" if found.domain else low
    labels = low.split(".")
    return low if len(labels) < 2 or labels[-1].isdigit() else ".".join(labels[-2:])


def host_of(url: str) -> str:
    """The host that a browser would go to, empty where there is none."""
    parts = _split(url.strip().replace("\\", "/"))
    return (parts.hostname or "").lower() if parts else ""


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port  # a port that is no number is told only when it is asked for
    except ValueError:
        return None
    return parts


def sites(urls: Iterable[str | None]) -> frozenset[str]:
    """The registrable domains of some addresses of our own."""
    return frozenset([site for url in urls if url and (site := _site(url))])


@functools.lru_cache(maxsize=4096)
def _site(url: str) -> str:
    host = host_of(url)
    return registrable(host) if host else ""


def foreign(url: str, allowed: frozenset[str], exact: frozenset[str]) -> bool:
    """Whether a link leaves the allowed sites, or leads anywhere by other means than plain https."""
    address = url.strip()
    if any(address == own or address.startswith(f"{own}/") for own in exact):
        return False
    scheme = address.split(":", 1)[0].lower() if ":" in address else ""
    if scheme in HARMLESS or address.startswith("#"):
        return False
    if "://" not in address.split("?", 1)[0]:
        return (scheme not in ("", *HARMLESS) and "." not in scheme) or _leaves(
            f"https://{address.lstrip('/')}", allowed
        )
    return scheme != "https" or _leaves(address, allowed)


@functools.lru_cache(maxsize=4096)
def _leaves(address: str, allowed: frozenset[str]) -> bool:
    """Whether an https address is anything but a plain one on an allowed site that also leads nowhere else."""
    parts = _split(address)
    if parts is None or CONTROL.search(address):
        return True
    host = (parts.hostname or "").lower()
    disguised = "@" in parts.netloc or parts.port not in (None, 443) or not host.isascii() or "%" in host
    if not host or disguised or registrable(host) not in allowed:
        return True
    return any(_leads_on(text, allowed) for text in (parts.path, parts.query, parts.fragment) if text)


def _leads_on(text: str, allowed: frozenset[str]) -> bool:
    """Whether another address is packed into a path or a parameter, and is not one of ours."""
    for _ in range(3):
        for found in EMBEDDED.finditer(text):
            target = text[found.start() :].split("&", 1)[0].replace("\\", "/")
            if target.startswith("//"):
                target = f"https:{target}"
            if not target.lower().startswith("https://") or registrable(host_of(target)) not in allowed:
                return True
        text, before = unquote(text), text
        if text == before:
            break
    return False


def _has_suffix(host: str) -> bool:
    return host.rsplit(".", 1)[-1] in RESERVED or bool(SUFFIXES.extract_str(host).suffix)


@functools.lru_cache(maxsize=4096)
def _bare(read: str) -> tuple[str, ...]:
    return tuple(
        found[0].rstrip(".,!?;:")
        for found in HOST_LIKE.finditer(read)
        if _has_suffix(re.split(r"[/?#]", found[0], maxsplit=1)[0].lower())
    )


@functools.lru_cache(maxsize=4096)
def urls_in(read: str) -> tuple[str, ...]:
    """Every address in plain text, with or without a scheme, also one with its dots written out."""
    text = undisguised(read)
    found = [one[0].rstrip(".,!?;:") for one in URL.finditer(text)] if "://" in text else []
    # No host runs over the end of a line, and most lines were read before.
    return (*found, *(url for line in text.split("\n") if "." in line for url in _bare(line)))


def undisguised(read: str) -> str:
    """The text with evil[.]com and name(at)mail read as what they stand for."""
    text = (
        DISGUISED_DOT.sub(".", read)
        if "." in read or "dot" in read.lower() or "。" in read or "ドット" in read
        else read
    )
    low = text.lower()
    return DISGUISED_AT.sub("@", text) if "at" in low or "@" in low or "アット" in low or "☆" in low else text


@functools.lru_cache(maxsize=4096)
def without_urls(read: str) -> str:
    """The text with addresses taken out, so that their figures are not read as claims."""
    text = URL.sub(" ", read) if "://" in read else read
    text = MAIL.sub(" ", text) if "@" in text else text
    for url in _bare(text) if "." in text else ():
        text = text.replace(url, " ")
    return text
