"""Spelling: how senders write the names of traits, and which of them name an identifier; one form for all readers."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from domain.customer import IdentifierKind

HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

ALIASES: Mapping[str, str] = {
    "first_name": "given_name",
    "last_name": "family_name",
    "surname": "family_name",
    "first_name_kana": "given_kana",
    "given_name_kana": "given_kana",
    "last_name_kana": "family_kana",
    "family_name_kana": "family_kana",
    "kana": "name_kana",
    "furigana": "name_kana",
    "display_name": "name",
    "full_name": "name",
    "birthday": "birth_date",
    "birthdate": "birth_date",
    "date_of_birth": "birth_date",
    "mobile": "phone",
    "mobile_phone": "phone",
    "mobile_number": "phone",
    "tel": "phone",
    "telephone": "phone",
    "phone_number": "phone",
    "mail": "email",
    "e_mail": "email",
    "email_address": "email",
    "mail_address": "email",
    "line_user_id": "line_id",
    "locale": "language",
    "time_zone": "timezone",
    "zip": "postal_code",
    "postalcode": "postal_code",
    "rank": "tier",
    "sex": "gender",
}
IDENTIFIERS: Mapping[str, IdentifierKind] = {
    "email": "email",
    "phone": "phone",
    "loyalty_id": "loyalty_id",
    "line_id": "line_id",
    "device_id": "device_id",
    "anonymous_id": "anonymous_id",
}


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """A trait's name in one form: firstName, first-name, FIRST_NAME and First Name are one; aliases are too."""
    spelled = HUMPS.sub("_", unicodedata.normalize("NFKC", name[:LONGEST]))
    plain = "_".join(re.split(r"[\s_\-]+", spelled)).strip("_").lower()
    return ALIASES.get(plain, plain)


def identifier_kind(name: str) -> IdentifierKind | None:
    """The kind of identifier that a trait of this name is; None for any other trait."""
    return IDENTIFIERS.get(plain_name(name))


LONGEST = 200
"""Characters of a name that are looked at; nothing of that length is a name that we know."""
