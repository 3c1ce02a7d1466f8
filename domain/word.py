"""A word: a member of one of our vocabularies, which is a string wherever strings are asked for."""

from enum import StrEnum


class Word(StrEnum):
    """Hashes as the string that it is, in C; Enum's own hash is a Python call, and rules look words up all the time."""

    __hash__ = str.__hash__
