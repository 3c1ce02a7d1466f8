"""Letters: what a sign is read as, told by its Unicode name."""

import re
import unicodedata
from functools import lru_cache

LATIN = re.compile(r"LATIN (?:SMALL |CAPITAL )?(?:LETTER )?(?:SMALL CAPITAL )?([A-Z])(?: WITH .*)?")
BOXED = re.compile(r"(?:NEGATIVE |REGIONAL |SQUARED |CIRCLED |PARENTHESIZED )+.*LETTER ([A-Z])")
SIMILAR = {
    "CYRILLIC": {
        "A": "a", "VE": "b", "IE": "e", "KA": "k", "EM": "m", "EN": "h", "O": "o", "ER": "p", "ES": "c", "TE": "t",
        "U": "y", "HA": "x", "DZE": "s", "BYELORUSSIAN-UKRAINIAN I": "i", "JE": "j", "KOMI DE": "d", "PALOCHKA": "l",
        "QA": "q", "WE": "w", "SHHA": "h", "IZHITSA": "v", "IO": "e", "SHORT U": "y",
    },
    "GREEK": {
        "ALPHA": "a", "BETA": "b", "EPSILON": "e", "IOTA": "i", "KAPPA": "k", "NU": "v", "OMICRON": "o", "RHO": "p",
        "TAU": "t", "UPSILON": "u", "CHI": "x", "ETA": "n", "LUNATE SIGMA SYMBOL": "c",
    },
    "ARMENIAN": {"OH": "o", "SEH": "u", "HO": "h", "VO": "n"},
}  # fmt: skip
ODD = {"LATIN SMALL LETTER ALPHA": "a", "LATIN SMALL LETTER SCRIPT G": "g", "LATIN SMALL LETTER DOTLESS I": "i"}
SCRIPT = re.compile(r"(CYRILLIC|GREEK|ARMENIAN) (?:SMALL|CAPITAL) LETTER (.+?)(?: WITH .*)?")
OLD = str.maketrans(
    "對價當實藥戀眞國學體會氣賣讀變廣圓寶齒醫應濟點萬壹貳參効效勞營樂絕證觸轉戰險驗顯檢續總縣關惡櫻數發殘處聲經輕澤",
    "対価当実薬恋真国学体会気売読変広円宝歯医応済点万一二三効効労営楽絶証触転戦険験顕検続総県関悪桜数発残処声経軽沢",
)
LEET = {"4": "a", "3": "e", "1": "i", "0": "o", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i", "|": "l", "8": "b"}
MIXED = re.compile(r"[a-z0-9@$!|+]*(?:[a-z][0-9@$!|]|[0-9@$!|][a-z])[a-z0-9@$!|+]*")
UNSEEN = frozenset(("Cf", "Mn", "Me", "Cs", "Co", "Cc"))
BLANK = "\u115f\u1160\u3164\u2800\uffa0"
SPACES = re.compile(r"\s+")


def plain(text: str) -> str:
    """The text in one width, in small letters, spaces closed up to one, without signs that show nothing."""
    wide = unicodedata.normalize("NFKC", text)
    kept = [sign for sign in wide if sign in "\n\t" or (sign not in BLANK and unicodedata.category(sign) not in UNSEEN)]
    # Taking a hidden sign away may bring two halves of a letter together.
    return unicodedata.normalize("NFKC", "".join(kept)).lower()


def read(text: str) -> str:
    """Plain text with every sign as the letter it is read as: small Latin letters, hiragana, new kanji."""
    return SPACES.sub(" ", "".join(map(_letter, _decomposed(plain(text))))).strip()


def squeezed(reading: str) -> str:
    """A reading without anything but letters and digits."""
    return "".join(sign for sign in reading if sign.isalnum() or sign == "ー")


def unleeted(reading: str) -> str:
    """A reading in which figures inside words are the letters they stand for."""
    return MIXED.sub(lambda found: "".join(LEET.get(sign, sign) for sign in found[0]), reading)


def _decomposed(text: str) -> str:
    """Accents off Latin, Greek and Cyrillic letters; kana keep their marks, which make other letters of them."""
    return "".join(unicodedata.normalize("NFD", sign)[0] if sign < "\u2000" else sign for sign in text)


@lru_cache(maxsize=8192)
def _letter(sign: str) -> str:
    if sign.isascii():
        return sign
    if "ァ" <= sign <= "ヶ":
        return chr(ord(sign) - 0x60)
    if (new := sign.translate(OLD)) != sign:
        return new
    name = unicodedata.name(sign, "")
    if name in ODD:
        return ODD[name]
    if latin := LATIN.fullmatch(name) or BOXED.fullmatch(name):
        return latin[1].lower()
    if (other := SCRIPT.fullmatch(name)) and other[2] in SIMILAR[other[1]]:
        return SIMILAR[other[1]][other[2]]
    return sign
