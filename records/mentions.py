"""Mentions: where a text names somebody by an identifier of theirs, however it is written."""

import unicodedata
from collections.abc import Iterable, Iterator

from pydantic import JsonValue
from pydantic_core import from_json

SHORTEST = 3
"""A shorter id stands in too many texts by chance."""
LOCAL_DIGITS = 9
"""As many digits at the end of a phone number are its own, whatever stands before them: 0, +81 or nothing."""


class Mentions:
    """Everything by which somebody is known, looked for in texts and in JSON."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Takes kinds and values of identifiers; `id` is the kind of a customer's id."""
        self._words, self._digits = set[str](), set[str]()
        for kind, value in names:
            self._words.add(folded(value))
            if kind == "phone" and len(digits := _digits(value)) >= LOCAL_DIGITS:
                self._digits.add(digits[-LOCAL_DIGITS:])
        self._words = {word for word in self._words if len(word) >= SHORTEST}

    def stand_in(self, text: str) -> bool:
        """Whether the text names them."""
        plain = folded(text)
        if any(word in plain for word in self._words):
            return True
        return bool(self._digits) and any(one in _digits(plain) for one in self._digits)

    def stand_in_document(self, document: str) -> bool:
        """Whether any text or name inside the JSON names them; what is no JSON is a text."""
        try:
            value = from_json(document)
        except ValueError:
            return self.stand_in(document)
        return any(self.stand_in(text) for text in leaves(value))

    def cut_out(self, value: JsonValue) -> JsonValue:
        """The JSON without the entries whose text names them."""
        if isinstance(value, dict):
            return {key: self.cut_out(one) for key, one in value.items() if not self._names(key, one)}
        if isinstance(value, list):
            return [self.cut_out(one) for one in value if not self._names("", one)]
        return value

    def _names(self, key: str, value: JsonValue) -> bool:
        plain = value if isinstance(value, str) else str(value) if isinstance(value, int) else ""
        return self.stand_in(key) or self.stand_in(plain)


def folded(text: str) -> str:
    """The text without differences of width and case."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def leaves(value: JsonValue) -> Iterator[str]:
    """Every text and every name inside a JSON value."""
    match value:
        case str():
            yield value
        case dict():
            for key, one in value.items():
                yield key
                yield from leaves(one)
        case list():
            for one in value:
                yield from leaves(one)
        case int() if not isinstance(value, bool):
            yield str(value)
        case _:
            pass


def _digits(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if "0" <= sign <= "9")
