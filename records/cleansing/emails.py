"""E-mail addresses: one written form; what cannot be an address is refused."""

import re
import unicodedata

from domain.errors import Malformed

LONGEST, LONGEST_LOCAL = 254, 64
LOCAL = re.compile(r"[^\s@<>()\[\],;:\\\"\x00-\x1f]+")
DOMAIN = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))+")
WHY = "an e-mail address looks like name@example.com. Check it, or leave it out."


def email(value: str) -> str:
    """The address in one form: width and case make no other address, what stands behind a plus does.

    Dots that follow each other stay: Japanese mobile operators gave such addresses out.
    """
    plain = unicodedata.normalize("NFKC", value).strip().lower()
    local, at, domain = plain.rpartition("@")
    domain = _ascii(domain)
    whole = f"{local}@{domain}"
    if not at or len(local) > LONGEST_LOCAL or len(whole) > LONGEST:
        raise Malformed("email", value, WHY)
    if not LOCAL.fullmatch(local) or not DOMAIN.fullmatch(domain):
        raise Malformed("email", value, WHY)
    return whole


def _ascii(domain: str) -> str:
    """The domain as the network writes it, so that 日本語.jp and xn--wgv71a119e.jp are one."""
    try:
        return domain.encode("idna").decode("ascii") if not domain.isascii() else domain
    except UnicodeError:
        return domain
