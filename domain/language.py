"""Languages that Tact speaks, and texts that exist in both."""

from typing import Literal

from domain.frozen import Frozen

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = ("ja", "en")


class Text(Frozen):
    """One text in Japanese, in English, or in both."""

    ja: str | None = None
    en: str | None = None

    def get(self, language: str) -> str | None:
        """The text in `language` alone, None where it was never written."""
        return self.ja if language == "ja" else self.en if language == "en" else None

    def either(self, language: str) -> str:
        """The text in `language`, or in the other one: for explanations, never for copy."""
        return self.get(language) or self.ja or self.en or ""


def counted(number: int, noun: str, many: str = "") -> str:
    """How many there are, with the English noun as it goes with one or with many."""
    return f"{number:,} {noun if number == 1 else many or noun + 's'}"


def phrase(language: str, *, ja: str, en: str) -> str:
    """Picks the sentence of one of two languages; any language but Japanese reads English."""
    return ja if language == "ja" else en
