"""Telephone numbers: one written form (E.164) however they are typed at home or abroad."""

import re
import unicodedata
from functools import lru_cache

import phonenumbers

from domain.errors import Malformed

EXTENSION = re.compile(r"(内線|ext\.?|x|#).*$", re.IGNORECASE)
FEWEST_DIGITS = 3
"""How many different digits a real number has; 000-0000-0000 stands in forms that somebody wanted to get past."""


ORDINARY = (phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.MOBILE)
TOO_SHORT = {phonenumbers.ValidationResult.TOO_SHORT, phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY}

JAPAN, MOBILE_OR_IP = 81, re.compile(r"[56789]0(?!\d{8}$)")


class Home:
    """The country that a number without a country code belongs to: that of the deployment, one for a process."""

    country = "JP"


def at_home(country: str) -> None:
    """Reads numbers without a country code as numbers of that country from now on."""
    Home.country = country


def phone(value: str) -> str:
    """The number in E.164; raises Malformed, with the reason, for what cannot be dialled."""
    return _phone(value, Home.country)


@lru_cache(maxsize=8192)
def _phone(value: str, country: str) -> str:
    plain = EXTENSION.sub("", unicodedata.normalize("NFKC", value).strip())
    try:
        number = phonenumbers.parse(plain, country)
    except phonenumbers.NumberParseException as error:
        raise Malformed("phone", value, "it is no telephone number. Check it, or leave it out.") from error
    why = _wrong(number)
    if why:
        raise Malformed("phone", value, f"{why}. Check it, or leave it out.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _wrong(number: phonenumbers.PhoneNumber) -> str | None:
    """Why nobody can be reached under the number.

    A number in no known range passes where it has the length of a home or mobile number: ranges are opened every year.
    """
    if len(set(str(number.national_number))) < FEWEST_DIGITS:
        return "it is a number that stands for no number"
    if phonenumbers.is_valid_number(number):
        return None
    if number.country_code == JAPAN and MOBILE_OR_IP.match(str(number.national_number)):
        return "a number that begins like that has eleven digits"
    reasons = {phonenumbers.is_possible_number_for_type_with_reason(number, kind) for kind in ORDINARY}
    if phonenumbers.ValidationResult.IS_POSSIBLE in reasons:
        return None
    return "it has too few digits" if TOO_SHORT & reasons else "it has too many digits"
