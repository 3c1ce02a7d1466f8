"""Text: what a reader sees of a message, brought into forms in which disguises fall away."""

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

BLOCK_NAMES = (
    "address article aside blockquote body br button caption center dd details div dl dt fieldset figure footer form",
    "h1 h2 h3 h4 h5 h6 head header hr html li main nav ol option p pre section select summary table tbody td tfoot th",
    "thead title tr ul",
)
BLOCK = frozenset(name for names in BLOCK_NAMES for name in names.split())
TAG = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<quiet>script|style)\b[^>]*+>.*?(?:</(?P=quiet)\s*>|\Z)"
    r"|<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<rest>(?:[^>\"']++|\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))*+)(?P<end>>|\Z)"
    r"|<[!?][^>]*+(?:>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
"""Every tag, and also one that never ends, so that reading takes time in proportion to the length."""

ATTRIBUTE = re.compile(
    r"(?P<name>alt|title|href|src|action|aria-label|placeholder|value)\s*=\s*"
    r"(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)'|(?P<c>[^\s\"'>]+))",
    re.IGNORECASE,
)
STYLE_ALONE = re.compile(r"\s*(?:style|class|id|width|align|border|role)\s*=\s*\"[^\"]*\"\s*")
LINKS = frozenset(("href", "src", "action"))
SEPARATORS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader of the HTML sees, and where it leads or loads from."""

    text: str
    links: tuple[str, ...]


def seen(source: str) -> Seen:
    """The visible text of HTML, entities decoded, inline tags closed up, words of pictures included; and its links."""
    pieces: list[str] = []
    links: list[str] = []
    end = 0
    for tag in TAG.finditer(source):
        pieces.append(source[end : tag.start()])
        end = tag.end()
        name = tag["name"]
        if name is None:
            continue
        rest = tag["rest"]
        pieces.append("\n" if name.lower() in BLOCK else "" if tag["end"] else rest)
        if rest and not STYLE_ALONE.fullmatch(rest):
            pieces += _worded(tag["rest"], links)
    pieces.append(source[end:])
    return Seen(html.unescape("".join(pieces)), tuple(links))


def _worded(rest: str, links: list[str]) -> list[str]:
    words = []
    for found in ATTRIBUTE.finditer(rest):
        value = found["a"] or found["b"] or found["c"] or ""
        if found["name"].lower() in LINKS:
            links.append(html.unescape(value))
        elif value:
            words.append(f"\n{value}\n")
    return words


def _ranges(points: Iterable[int]) -> str:
    spans: list[list[int]] = []
    for point in points:
        if spans and spans[-1][1] == point - 1:
            spans[-1][1] = point
        else:
            spans.append([point, point])
    return "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in spans)


def _points(low: int, high: int) -> list[int]:
    hidden = frozenset(("Cf", "Mn", "Me", "Cs", "Co"))
    return [point for point in range(low, high) if unicodedata.category(chr(point)) in hidden]


# Two expressions, since a class that spans both planes is tested range by range and not by table.
HIDDEN = re.compile(f"[{_ranges(_points(0, 0x10000))}\u115f\u1160\u3164\u2800]")
"""Characters that show nothing of their own: zero-width, combining, variation selectors, fillers."""
RARE = re.compile("[\U00010000-\U0010ffff]")
HIDDEN_RARE = re.compile(f"[{_ranges(_points(0x10000, 0x110000))}]")
"""The same on the further planes: tags and the variation selectors of ideographs."""

ACCENTED = {
    code: unicodedata.normalize("NFD", chr(code))[0]
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
    if unicodedata.decomposition(chr(code))
}
LOOKALIKES = ACCENTED | str.maketrans(
    "авеѕіјорсухкмнтԁɡѵԝαεικνορτυχβη\u04cfℓ",
    "abesijopcyxkmhtdgvwaeikvoptuxbnll",
)
OLD_KANJI = str.maketrans(
    "對價當實藥戀眞國學體會氣賣讀變廣圓寶齒醫應濟點萬壹貳參拾效勞營樂",
    "対価当実薬恋真国学体会気売読変広円宝歯医応済点万一二三十効労営楽",
)
KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
FOLDED = {**KATAKANA, **OLD_KANJI}
EXOTIC = re.compile("[\u00c0-\u024f\u0261\u0370-\u052f\u1e00-\u1eff\u2113]")
LEET = re.compile(r"(?<![a-z0-9])(?=[a-z0-9@$!|]*[a-z])(?=[a-z0-9@$!|]*[0-9@$!|])[a-z0-9@$!|]{4,}(?![a-z0-9])")
LEET_LETTERS = str.maketrans("0134578@$!|", "oieastbasil")


def plain(text: str) -> str:
    """The text as it is read: one width, no hidden characters."""
    if text.isascii():
        return text
    read = unicodedata.normalize("NFKC", text)
    bare = HIDDEN.sub("", read)
    if RARE.search(bare):
        bare = HIDDEN_RARE.sub("", bare)
    return bare if bare is read or len(bare) == len(read) else unicodedata.normalize("NFKC", bare)


def folded(read: str) -> str:
    """Plain text without the differences of case, kana, old kanji and letters that look alike."""
    low = read.casefold()
    if low.isascii():
        return low
    return (low.translate(LOOKALIKES) if EXOTIC.search(low) else low).translate(FOLDED)


def skeleton(fold: str) -> str:
    """Folded text as letters and digits alone."""
    return SEPARATORS.sub("", fold)


def unleeted(fold: str) -> str | None:
    """The text with digits read as the letters they stand for, None where no word mixes the two."""
    if LEET.search(fold) is None:
        return None
    return LEET.sub(lambda found: found[0].translate(LEET_LETTERS), fold)


def lines(read: str) -> list[str]:
    """The lines that hold something, spaces closed up."""
    return [" ".join(words) for line in read.split("\n") if (words := line.split())]
