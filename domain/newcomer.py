"""A newcomer: somebody who has not said who they are, under an id that we make for them."""

import re
import secrets

PROVISIONAL = re.compile(r"c-(?:d-[0-9a-f]{11}-)?[0-9a-f]{20}")
HOUSEHOLD = re.compile(r"h-[0-9a-f]{20}")


def provisional_id() -> str:
    """An id for a browser, a LINE friend, an address alone: whoever is behind it may turn out to be known."""
    return f"c-{secrets.token_hex(10)}"


def household_id() -> str:
    """An id for those who share an identifier: never one person, and never joined with one."""
    return f"h-{secrets.token_hex(10)}"


def is_provisional(customer_id: str) -> bool:
    """Whether the id was made for somebody who has not said who they are."""
    return PROVISIONAL.fullmatch(customer_id) is not None


def is_household(customer_id: str) -> bool:
    """Whether the id was made for several people who share an identifier."""
    return HOUSEHOLD.fullmatch(customer_id) is not None
