"""Romaji: how a Japanese phrase reads when somebody writes it in Latin letters."""

ROWS = {
    "": "アイウエオ",
    "k": "カキクケコ",
    "g": "ガギグゲゴ",
    "s": "サシスセソ",
    "z": "ザジズゼゾ",
    "t": "タチツテト",
    "d": "ダヂヅデド",
    "n": "ナニヌネノ",
    "h": "ハヒフヘホ",
    "b": "バビブベボ",
    "p": "パピプペポ",
    "m": "マミムメモ",
    "r": "ラリルレロ",
}
LETTERS = {sign: row + vowel for row, signs in ROWS.items() for sign, vowel in zip(signs, "aiueo", strict=True)} | {
    "ヤ": "ya",
    "ユ": "yu",
    "ヨ": "yo",
    "ワ": "wa",
    "ヲ": "o",
    "ン": "n",
}
HEPBURN = {"シ": "shi", "ジ": "ji", "チ": "chi", "ヂ": "ji", "ツ": "tsu", "ヅ": "zu", "フ": "fu"}
SMALL = {"ャ": "a", "ュ": "u", "ョ": "o"}
LONG = (("ou", "o"), ("oo", "o"), ("uu", "u"))


def romaji(reading: str) -> frozenset[str]:
    """The spellings of a reading in katakana: Hepburn and official, long vowels written out or not; or none."""
    spelt = {_spelt(reading, LETTERS | HEPBURN), _spelt(reading, LETTERS)} - {""}
    for long, short in LONG:
        spelt |= {one.replace(long, short) for one in spelt}
    return frozenset(spelt)


def _spelt(reading: str, letters: dict[str, str]) -> str:
    out, doubled = "", False
    for sign in reading:
        if sign == "ッ":
            doubled = True
        elif sign == "ー":
            out += out[-1:]
        elif sign in SMALL and out[-1:] == "i":
            glide = "" if out.endswith(("shi", "chi", "ji")) else "y"
            out = out[:-1] + glide + SMALL[sign]
        elif sign in letters:
            out += (letters[sign][0] if doubled else "") + letters[sign]
            doubled = False
        else:
            return ""
    return out
