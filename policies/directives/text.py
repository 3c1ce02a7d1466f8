"""Text: a directive in one width and one case, with the way back to the characters that were written."""

import re
import unicodedata
from dataclasses import dataclass

PIECE = re.compile("[\uff66-\uff9d][\uff9e\uff9f]|.", re.DOTALL)
"""One character, or a half-width kana with its voicing mark."""
UNIFIED = str.maketrans(
    {
        "〜": "~",
        "∼": "~",
        "～": "~",
        "–": "-",
        "−": "-",
        "‐": "-",
        "‑": "-",
        "―": "—",
        "“": '"',
        "”": '"',
        "„": '"',
        "‘": "'",
        "’": "'",
        "＂": '"',
        "，": ",",
        "､": "、",
        "｡": "。",
        "．": ".",
        "•": "・",
        "●": "・",
        "■": "・",
        "◆": "・",
        "〇": "○",
        "◯": "○",
        "✕": "×",
        "✖": "×",
        "\u3000": " ",
        "\t": " ",
        "\u00a0": " ",
        "\r": "\n",
    }
)
CIRCLED = re.compile("[①-⑳❶-❿⑴-⒇]")
"""The number of an item; it begins one wherever it stands, and is never part of an amount (②割引)."""
OPENING = frozenset('「『(（【"“')
HIDDEN = frozenset(("Cf", "Mn", "Me", "Co", "Cn"))


@dataclass(frozen=True, slots=True)
class Written:
    """A text as it is read: `read` in one width, `low` in lower case; `places` lead back to the original."""

    original: str
    read: str
    low: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original behind a stretch of what was read."""
        return self.places[start], self.places[end - 1] + self._width(end - 1)

    def original_of(self, start: int, end: int) -> str:
        """The original words behind a stretch of what was read."""
        return self.original[slice(*self.span(start, end))]

    def _width(self, place: int) -> int:
        following = next((at for at in self.places[place + 1 :] if at > self.places[place]), len(self.original))
        return max(1, len(self.original[self.places[place] : following].rstrip()))


def written(original: str) -> Written:
    """The text in one width and case; hidden characters are left out, all dashes, tildes and quotes are one."""
    read: list[str] = []
    places: list[int] = []
    for piece in PIECE.finditer(original):
        item = CIRCLED.match(piece[0]) and original[piece.start() - 1 : piece.start()] not in OPENING
        plain = "\n・" if item else unicodedata.normalize("NFKC", piece[0].translate(UNIFIED)).translate(UNIFIED)
        for sign in plain:
            if unicodedata.category(sign) not in HIDDEN:
                read.append(sign)
                places.append(piece.start())
    joined = "".join(read)
    low = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in read)
    return Written(original, joined, low, tuple(places))


def is_japanese(text: str) -> bool:
    """Whether the text is written in Japanese: kana or kanji outside of quotes."""
    bare = re.sub(r"「[^」]*」|『[^』]*』|\"[^\"]*\"|“[^”]*”", "", text)
    return re.search(r"[ぁ-ゖァ-ヺ一-龠]", bare or text) is not None
