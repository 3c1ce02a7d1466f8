"""Mentions: where a text names somebody by an identifier of theirs, however it is written.

Only whole words count: who erases `c-5` leaves `c-56` alone, and a member number is no price that holds its digits.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from pydantic import JsonValue
from pydantic_core import from_json

SHORTEST = 3
"""A shorter id stands in too many texts by chance; it counts only as the whole value of a field that holds an id."""
LONG_NUMBER = 9
"""A plain number with fewer digits is a price or a quantity as well: inside a longer text it says nothing."""
LOCAL_DIGITS = 9
"""As many digits at the end of a phone number are its own, whatever stands before them: 0, +81 or nothing."""
BETWEEN = r"[ ().・ー‐-―−-]{0,3}"
"""What may stand between the digits of a phone number."""
HOLDS_AN_ID = re.compile(
    r"(?:^|[^a-z])(?:u?ids?|user|users|customer|member|membership|owner|loyalty|phone|tel|mobile|contact|card)(?:$|[^a-z])"
    r"|番号|会員|顧客|お客様|電話|携帯"
)
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Mentions:
    """Everything by which somebody is known, looked for in texts and in JSON."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Takes kinds and values of identifiers; `id` is the kind of a customer's id."""
        given = [(kind, folded(value)) for kind, value in names]
        self._values = {value for _, value in given if value}
        spoken = {value for value in self._values if len(value) >= SHORTEST and not is_short_number(value)}
        patterns = [whole(value) for value in sorted(spoken)]
        for kind, value in given:
            if kind == "phone" and len(digits := _digits(value)) >= LOCAL_DIGITS:
                patterns.append(phone(digits))
        self._pattern = re.compile("|".join(patterns)) if patterns else None
        self._joined = re.compile("|".join(rf"(?<![a-z0-9]){re.escape(value)}(?![a-z0-9])" for value in spoken) or "$^")

    def stand_in(self, text: str, field: str = "") -> bool:
        """Whether the text names them; `field` is the name under which it stands, where it has one."""
        plain = folded(text)
        if plain in self._values and (len(plain) >= SHORTEST or holds_an_id(field)):
            return True
        return self._pattern is not None and self._pattern.search(plain) is not None

    def stand_in_key(self, key: str) -> bool:
        """Whether a key that a system put together names them: there `-` and `_` stand between words."""
        return self.stand_in(key) or self._joined.search(folded(key)) is not None

    def stand_in_document(self, document: str) -> bool:
        """Whether any text or name inside the JSON names them; what is no JSON is a text."""
        try:
            value = from_json(document)
        except ValueError:
            return self.stand_in(document)
        return any(self._names(field, leaf) for field, leaf in leaves(value))

    def cut_out(self, value: JsonValue, field: str = "") -> JsonValue:
        """The JSON without the entries whose text names them."""
        if isinstance(value, dict):
            return {
                key: self.cut_out(one, key)
                for key, one in value.items()
                if not (self.stand_in(key) or self._names(key, one))
            }
        if isinstance(value, list):
            return [self.cut_out(one, field) for one in value if not self._names(field, one)]
        return value

    def _names(self, field: str, value: JsonValue) -> bool:
        """Whether a leaf names them; a number does as a whole, where the field holds ids or it is long."""
        if isinstance(value, str):
            return self.stand_in(value, field)
        if isinstance(value, bool) or not isinstance(value, int):
            return False
        plain = str(value)
        return (holds_an_id(field) or len(plain) >= LONG_NUMBER) and (plain in self._values or self.stand_in(plain))


def is_short_number(value: str) -> bool:
    """Whether it is a plain number that could be anything."""
    return value.isdigit() and len(value) < LONG_NUMBER


def holds_an_id(field: str) -> bool:
    """Whether a field of this name says who somebody is: userId, member_no, 会員番号."""
    return HOLDS_AN_ID.search(CAMEL.sub("_", unicodedata.normalize("NFKC", field)).lower()) is not None


def whole(value: str) -> str:
    """A pattern for the value as a whole word; in `a.mira@x.jp` and `mira@x.jp.org` somebody else is named."""
    before = "a-z0-9_.+%-" if "@" in value else "a-z0-9_-"
    return rf"(?<![{before}]){re.escape(value)}(?![a-z0-9_-]|\.[a-z0-9])"


def phone(digits: str) -> str:
    """A pattern for a phone number as it is written at home and abroad, and for no other run of digits."""
    head, tail = digits[:-LOCAL_DIGITS], digits[-LOCAL_DIGITS:]
    heads = {zero + head[place:] for place in range(len(head) + 1) for zero in ("", "0")}
    heads |= {way + head for way in ("00", "010")} | {f"{head[:n]}0{head[n:]}" for n in range(1, min(3, len(head)) + 1)}
    written = "|".join(BETWEEN.join(one) for one in sorted(heads, key=len, reverse=True) if one)
    between = f"(?:(?:{written}){BETWEEN})?" if written else ""
    return rf"(?<![0-9])(?<![0-9]-){between}{BETWEEN.join(tail)}(?!-?[0-9])"


def folded(text: str) -> str:
    """The text without differences of width and case."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def leaves(value: JsonValue, field: str = "") -> Iterator[tuple[str, JsonValue]]:
    """Every leaf and every name inside a JSON value, with the field in which it stands."""
    match value:
        case dict():
            for key, one in value.items():
                yield "", key
                yield from leaves(one, key)
        case list():
            for one in value:
                yield from leaves(one, field)
        case _:
            yield field, value


def _digits(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if "0" <= sign <= "9")
