"""Spoken: a marketer's text in sentences, each beside a form in which width and case make no difference."""

import re
import unicodedata
from dataclasses import dataclass

from domain.language import Language

JAPANESE = re.compile("[\u3041-\u30ff\u4e00-\u9fff]")
ENDS = "。！？!?\n"
OPEN, CLOSE = '「『“"（(', '」』”"）)'
ABBREVIATED = re.compile(r"(?:^|[\s(])(?:mr|mrs|ms|dr|prof|e\.g|i\.e|vs|no|approx|p\.m|a\.m)\.$")
ANYBODY = re.compile(
    r"(?:誰|だれ|どなた|どの[^、。]{0,6}?|どんな[^、。]{0,8}?|どれ|どちら|何|なに|いつ|どこ)(?:に対して|にとって|に|へ"
    r"|を|が|と|から|より)?(?:でも|であっても|も)"
)
"""Words of asking that ask nothing: 「誰にも」, 「どの顧客にも」."""
ASKING_JA = re.compile(
    r"誰|だれ|どなた|何人|何通|何件|なぜ|何故|なんで|どうして|(?<!な)どの|(?<!な)どれ|どちら|どっち|どう(?:な|い|し|だ"
    r"|変)|どんな"
    r"|いつ|いくつ|いくら|何が|何を|何か|なにが|なにを"
    r"|(?:です|ます|ました|でしょう|だろう|る|た|い|の|ん|だっけ)か(?:な|ね|しら)?$|っけ$|とは$"
)
WANTING_JA = re.compile(r"教えて|おしえて|見せて|みせて|知りたい|一覧|リスト|出して|表示して|調べて|探して|確認したい")
OPENING = r"^(?:so |and |but |ok(?:ay)?,? |hey,? |hi,? |please |then |now )*"
ASKING_EN = re.compile(
    OPENING + r"(?:who|whom|whose|what|why|which|how|is|are|was|were|does|did|can|could|would|has"
    r"|what's|who's|how's|where's|when's|do (?:we|you|i|they|our|the)\b)\b"
)
BINDING_EN = re.compile(r"\b(?:must|shall|should (?:not|never|only)|may not|never|at most|no more than|needs?|only)\b")
WANTING_EN = re.compile(
    OPENING + r"(?:list|show|tell|explain|compare|find|give|get|see|look|describe|any|when|where|do|should|will)\b"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: where it stands, its words as they were written, and the same in the form that is compared."""

    start: int
    end: int
    text: str
    low: str
    question: bool
    """Whether it asks something, and is no instruction."""
    wants: bool
    """Whether it may also want to be told something, as "list …" does."""


def low(text: str) -> str:
    """The text in small letters of usual width, letter by letter: places in it are places in the text."""
    return "".join(_plain(sign) for sign in text)


def _plain(sign: str) -> str:
    plain = unicodedata.normalize("NFKC", sign)
    plain = (plain if len(plain) == 1 else sign).lower()
    plain = "'" if plain in "’‘`" else '"' if plain in "“”" else plain
    return " " if plain.isspace() and plain != "\n" else plain if len(plain) == 1 else sign


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences that hold a letter or a digit; marks inside quotes and brackets end none."""
    found, start, inside = [], 0, 0
    flat = low(text)
    for place, sign in enumerate(text):
        inside = _depth(sign, inside)
        if (sign in ENDS and (not inside or sign == "\n")) or (not inside and _stops(flat, place)):
            found.append(_sentence(text, flat, start, place + 1))
            start, inside = place + 1, 0
    found.append(_sentence(text, flat, start, len(text)))
    return tuple(one for one in found if any(sign.isalnum() for sign in one.low) or one.low in ("?", "？"))


def _depth(sign: str, inside: int) -> int:
    """How many quotes are open after this letter; a straight quote closes what it opened."""
    if sign == '"':
        return 0 if inside else 1
    return inside + 1 if sign in OPEN else max(0, inside - 1) if sign in CLOSE else inside


def _stops(flat: str, place: int) -> bool:
    """Whether an English full stop ends a sentence here: not in 2.5, dir-1.2 or Mr."""
    after = flat[place + 1 : place + 2]
    return flat[place] == "." and (after in ("", " ", "\n")) and ABBREVIATED.search(flat[: place + 1]) is None


def _sentence(text: str, flat: str, start: int, end: int) -> Sentence:
    while start < end and flat[start].isspace():
        start += 1
    while end > start and flat[end - 1].isspace():
        end -= 1
    words = flat[start:end]
    bare = words.rstrip("。.!?？！ ")
    asks = words.endswith(("?", "？")) or _asks(bare)
    wants = asks or (WANTING_JA if JAPANESE.search(bare) else WANTING_EN).search(bare) is not None
    return Sentence(start, end, text[start:end], bare or words, asks, wants)


def _asks(bare: str) -> bool:
    if JAPANESE.search(bare):
        return ASKING_JA.search(ANYBODY.sub("", bare)) is not None
    return ASKING_EN.match(bare) is not None and BINDING_EN.search(bare) is None


def language_in(text: str, otherwise: Language) -> Language:
    """The language that somebody writes in."""
    if JAPANESE.search(text):
        return "ja"
    return "en" if sum(sign.isascii() and sign.isalpha() for sign in text) >= len("why") else otherwise


def bare(words: str) -> str:
    """Words without the quotes and marks around them."""
    return words.strip(" \n\t。、,.!?？！:：;「」『』“”\"'()（）")
