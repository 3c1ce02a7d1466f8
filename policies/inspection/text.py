"""Text: what a reader sees of a message, brought into forms in which disguises fall away."""

import functools
import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

BLOCK_NAMES = (
    "address article aside blockquote body br button caption center dd details div dl dt fieldset figure footer form",
    "h1 h2 h3 h4 h5 h6 head header hr html li main nav ol option p pre section select summary table tbody td tfoot th",
    "thead title tr ul",
)
BLOCK = frozenset(name for names in BLOCK_NAMES for name in names.split())
TAG = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<quiet>script|style)\b[^>]*+>(?:[^<]++|<(?!/(?P=quiet)\s*>))*+(?:</(?P=quiet)\s*>|\Z)"
    r"|<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<rest>(?:[^>\"']++|\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))*+)(?P<end>>"
    r"|\Z)"
    r"|<[!?][^>]*+(?:>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
"""Every tag, and also one that never ends, so that reading takes time in proportion to the length."""

NAMES = (
    *("alt", "title", "href", "srcset", "src", "action", "aria-label", "placeholder", "value", "data", "background"),
    *("poster", "ping", "cite", "longdesc"),
)
"""Attributes that say something or lead somewhere."""
LONGEST_NAME = max(map(len, NAMES))
ATTRIBUTE = re.compile(rf"(?:{'|'.join(NAMES)})\s*\Z".replace("data", r"(?<![\w-])data"), re.IGNORECASE)
"""One of these at the end of a text, `data` as a whole word alone."""
VALUE = re.compile(r"\s*(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)'|(?P<c>[^\s\"'>]+))")
"""What stands after the sign, in either quotes or in none."""
STYLE_ALONE = re.compile(r"\s*(?:style|class|id|width|align|border|role)\s*=\s*\"[^\"]*\"\s*")
LINKS = frozenset(("href", "src", "srcset", "action", "data", "background", "poster", "ping", "cite", "longdesc"))
ELSEWHERE = re.compile(
    r"url\(\s*[\"']?(?P<css>[^)\"'\s]+)|@import\s+[\"'](?P<sheet>[^\"']+)"
    r"|content\s*+=\s*+[\"']?+\s*+\d++\s*+;\s*+url\s*+=\s*+(?P<fresh>[^\"'\s>]+)",
    re.IGNORECASE,
)
"""Addresses in styles, and of a page that replaces itself."""
STRUCK = ("\u2e28", "\u2e29")
"""Brackets that stand around words that are struck out, as an earlier price is."""
NUMBERED = {0x2460 + place: f"({place + 1})" for place in range(20)}
LIST_NUMBER = re.compile("[\u2460-\u2473]")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader of the HTML sees, and where it leads or loads from."""

    text: str
    links: tuple[str, ...]


@functools.lru_cache(maxsize=1024)
def seen(source: str) -> Seen:
    """The visible text of HTML, entities decoded, inline tags closed up, words of pictures included; and its links."""
    pieces: list[str] = []
    links: list[str] = []
    end = 0
    for tag in _tags(source):
        pieces.append(source[end : tag.start()])
        end = tag.end()
        shown, led_to = _left_by(*tag.group("name", "close", "rest", "end"))
        pieces += shown
        links += led_to
    pieces.append(source[end:])
    if "url" in source or "@import" in source or "URL" in source:
        links += [html.unescape(found[found.lastgroup or 0]) for found in ELSEWHERE.finditer(source)]
    return Seen(html.unescape("".join(pieces)), tuple(links))


def _tags(source: str) -> Iterator[re.Match[str]]:
    """Every tag, looked for where there is the sign that begins one."""
    start = source.find("<")
    while start >= 0:
        tag = TAG.match(source, start)
        if tag is not None:
            yield tag
        start = source.find("<", tag.end() if tag is not None else start + 1)


@functools.lru_cache(maxsize=512)
def _left_by(name: str | None, close: str, rest: str, end: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a tag leaves in the text, and where it leads: most are the same in every mail."""
    if name is None:
        return (), ()
    pieces, links = ["\n" if name.lower() in BLOCK else _shown(name, close) if end else rest], list[str]()
    if rest and not STYLE_ALONE.fullmatch(rest):
        for said, value in _attributes(rest):
            if said == "srcset":
                links += [html.unescape(one.split()[0]) for one in value.split(",") if one.strip()]
            elif said in LINKS:
                links.append(html.unescape(value))
            elif value:
                pieces.append(f"\n{value}\n")
    return tuple(pieces), tuple(links)


def _shown(name: str, close: str) -> str:
    """What an inline tag leaves in the text: nothing, but for words that are struck out."""
    return STRUCK[bool(close)] if name.lower() in ("s", "del", "strike") else ""


def _attributes(rest: str) -> Iterator[tuple[str, str]]:
    """The attributes in a tag that say something or lead somewhere, each found by the sign before its value.

    Styles make up most of a tag: looking at every letter whether a name begins there costs more than all other reading.
    """
    start, sign = 0, rest.find("=")
    while sign >= 0:
        end = sign
        while end > start and rest[end - 1].isspace():
            end -= 1
        # Never all that stands before the sign: a tag may be full of signs.
        first = max(start, end - LONGEST_NAME)
        before = rest[first:end]
        may = not before.isascii() or before.lower().endswith(NAMES)
        named = ATTRIBUTE.search(rest, first, sign) if may else None
        value = VALUE.match(rest, sign + 1) if named else None
        if named and value:
            yield named[0].rstrip().lower(), value["a"] or value["b"] or value["c"] or ""
            start = value.end()
        sign = rest.find("=", max(start, sign + 1))


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
    "авеѕіјорсухкмнтԁɡѵԝαεικνορτυχβηѐёһԛгп\u04cfℓᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢıøđłħœ",
    "abesijopcyxkmhtdgvwaeikvoptuxbneehqrnllabcdefghijklmnoprstuvwyziodlho",
)
OLD_KANJI = str.maketrans(
    "對價當實藥戀眞國學體會氣賣讀變廣圓寶齒醫應濟點萬壹貳參拾效勞營樂瘦獨發澤來舊雜號專傳豐惡黑圖假權證險"
    "鐵總聲續轉錢擔與兩兒壓增缺藝覺觀譽釋靜顯驗髮鬪齡區卽卷寫將屬帶彈從戰據搖擇晝條歐步殘每淺淸溫滿燈爭狀"
    "畫盡祕禮稅穩粹絲經縣聽脫臟處螢裝觸踐輕辭鄕醉關隨雙靈顏餘驅麥黃黨默齋",
    "対価当実薬恋真国学体会気売読変広円宝歯医応済点万一二三十効労営楽痩独発沢来旧雑号専伝豊悪黒図仮権証険"
    "鉄総声続転銭担与両児圧増欠芸覚観誉釈静顕験髪闘齢区即巻写将属帯弾従戦拠揺択昼条欧歩残毎浅清温満灯争状"
    "画尽秘礼税穏粋糸経県聴脱臓処蛍装触践軽辞郷酔関随双霊顔余駆麦黄党黙斎",
)
KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
FOLDED = {**KATAKANA, **OLD_KANJI}
EXOTIC = re.compile("[\u00c0-\u02ff\u0370-\u052f\u1d00-\u1d7f\u1e00-\u1eff\u2113\ua700-\ua7ff]")
LEET = re.compile(r"(?<![a-z0-9])(?=[a-z0-9@$!|]*[a-z])(?=[a-z0-9@$!|]*[0-9@$!|])[a-z0-9@$!|]{4,}(?![a-z0-9])")
LEET_LETTERS = (str.maketrans("0134578@$!|", "oieastbasil"), str.maketrans("01345789@$!|", "oleastbgasli"))
"""A one stands for an i or for an l, so a word is read both ways."""
DRAWN_OUT = re.compile("(?<=[\u3041-\u3096\u4e00-\u9fff])ー+")
WIDE_GAP = re.compile(r"\s{2,}")
SPELT_OUT = re.compile(r"(?:\S ){2,}\S")
"""A word letter by letter, between wider gaps: a   m i r a c l e   f o r   y o u."""
BEFORE_GAP = re.compile(r"(?<![^\W_])(?:[^\W\d_] ){2,}[^\W\d_][^\w\s]?$")
AFTER_GAP = re.compile(r"^[^\w\s]?(?:[^\W\d_] ){2,}[^\W\d_](?![^\W_])")
"""The same with other words on its further side: our n e w   o f f e r today."""
KANJI_AS_KANA = re.compile("(?<=[\u30a1-\u30fa])[力口工二八夕卜一](?=[\u30a1-\u30faー]|\\b|$)")
KANA_ALIKE = str.maketrans("力口工二八夕卜一", "カロエニハタトー")
BOXED = {first + place: chr(0x61 + place) for first in (0x1F150, 0x1F170, 0x1F1E6) for place in range(26)}
"""Letters in circles, boxes and flags that no normal form takes apart."""


def plain(text: str) -> str:
    """The text as it is read: one width, no hidden characters."""
    if text.isascii():
        return text
    read = unicodedata.normalize("NFKC", text.translate(NUMBERED) if LIST_NUMBER.search(text) else text)
    bare = HIDDEN.sub("", read)
    if RARE.search(bare):
        bare = HIDDEN_RARE.sub("", bare).translate(BOXED)
    return bare if bare is read or len(bare) == len(read) else unicodedata.normalize("NFKC", bare)


def folded(read: str) -> str:
    """Plain text without the differences of case, kana, old kanji and letters that look alike."""
    low = read.casefold()
    if low.isascii():
        return low
    return (low.translate(LOOKALIKES) if EXOTIC.search(low) else low).translate(FOLDED)


def skeleton(fold: str) -> str:
    """Folded text as letters and digits alone."""
    return "".join(filter(str.isalnum, fold))


def respelt(read: str, fold: str) -> list[str]:
    """Other ways to read folded text: digits as letters, drawn-out vowels shortened, kanji that pass for kana."""
    others = []
    if LEET.search(fold) is not None:
        others += [_unleeted(fold, letters) for letters in LEET_LETTERS]
    if DRAWN_OUT.search(read) is not None:
        others.append(folded(DRAWN_OUT.sub("", read)))
    if KANJI_AS_KANA.search(read) is not None:
        others.append(folded(KANJI_AS_KANA.sub(lambda found: found[0].translate(KANA_ALIKE), read)))
    return others


def _unleeted(fold: str, letters: dict[int, int]) -> str:
    return LEET.sub(lambda found: found[0].translate(letters), fold)


def lines(read: str) -> list[str]:
    """The lines that hold something, spaces closed up."""
    return [squeezed for line in read.split("\n") if (squeezed := _squeezed(line))]


@functools.lru_cache(maxsize=8192)
def _squeezed(line: str) -> str:
    """The line without spare spaces; words closed up that are spelt letter by letter between wider gaps."""
    chunks = WIDE_GAP.split(line.strip())
    if len(chunks) > 1:
        line = " ".join(_closed(chunk, place, len(chunks)) for place, chunk in enumerate(chunks))
    return " ".join(line.split())


def _closed(chunk: str, place: int, of: int) -> str:
    """What stands between wide gaps, with the word closed up that is spelt out beside one."""
    if SPELT_OUT.fullmatch(chunk):
        return chunk.replace(" ", "")
    if place + 1 < of:
        chunk = BEFORE_GAP.sub(lambda found: found[0].replace(" ", ""), chunk)
    return AFTER_GAP.sub(lambda found: found[0].replace(" ", ""), chunk) if place else chunk
