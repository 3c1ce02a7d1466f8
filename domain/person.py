"""A person behind a key or a change: one person however the name is written."""

import unicodedata


def same_person(one: str, other: str) -> bool:
    """Whether two names are one: width, case and spacing make no other person."""
    return plain(one) == plain(other)


def plain(name: str) -> str:
    """The name in the one form that is compared."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
