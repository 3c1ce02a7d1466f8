"""Addresses in Japan: one written form for 一丁目二番三号, 1丁目2-3 and １－２－３; others are only tidied."""

import re
import unicodedata
from typing import NamedTuple

from records.cleansing.names import is_japanese

NAMED = """
北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県
東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県
滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県
香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県
"""
PREFECTURES = tuple(NAMED.split())
CITIES = {
    "札幌市": "北海道",
    "仙台市": "宮城県",
    "さいたま市": "埼玉県",
    "千葉市": "千葉県",
    "横浜市": "神奈川県",
    "川崎市": "神奈川県",
    "相模原市": "神奈川県",
    "新潟市": "新潟県",
    "静岡市": "静岡県",
    "浜松市": "静岡県",
    "名古屋市": "愛知県",
    "京都市": "京都府",
    "大阪市": "大阪府",
    "堺市": "大阪府",
    "神戸市": "兵庫県",
    "岡山市": "岡山県",
    "広島市": "広島県",
    "北九州市": "福岡県",
    "福岡市": "福岡県",
    "熊本市": "熊本県",
}
"""Cities that stand for their prefecture, which people leave out."""

DIGITS = {"〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
HYPHENS = re.compile(r"(?<=\d)\s*[-‐‑‒–—―−ー－ｰ~〜の]\s*(?=\d)")
SPELLED = re.compile(r"([〇一二三四五六七八九十百]+)(?=\s*(?:丁目|番地|番|号|条))")
PARTS = re.compile(r"\s*(?:丁目|番地の|番地|番|号室|号)\s*(?=\d)")
END = re.compile(r"(?<=\d)\s*(?:丁目|番地|番|号)(?!室)")
POSTAL = re.compile(r"^〒?\s*(\d{3})-?(\d{4})(?!\d)\s*")
NUMBERS = re.compile(r"\d+(?:-\d+)*")


class Address(NamedTuple):
    """An address taken apart: all of it in one form, where it lies, its numbers, and what stands behind them."""

    text: str
    prefecture: str | None
    postal_code: str | None
    area: str
    numbers: str
    building: str


def address(value: str) -> Address:
    """The address in one form."""
    plain = " ".join(unicodedata.normalize("NFKC", value).split())
    postal = POSTAL.match(plain)
    plain = plain[postal.end() :] if postal else plain
    code = "".join(postal.groups()) if postal else None
    if not is_japanese(plain):
        text = re.sub(r"[.,\s]+", " ", plain.casefold()).strip()
        return Address(text, None, code, text, "", "")
    written = _numbered(plain)
    prefecture = _prefecture(written)
    inside = written.removeprefix(prefecture or "")
    found = NUMBERS.search(inside)
    area, numbers, building = (inside, "", "") if found is None else _cut(inside, found)
    text = f"{prefecture or ''}{area}{numbers}" + (f" {building}" if building else "")
    return Address(text, prefecture, code, area, numbers, building)


STREET_WORDS = {
    "street": "st",
    "avenue": "ave",
    "av": "ave",
    "boulevard": "blvd",
    "blv": "blvd",
    "road": "rd",
    "drive": "dr",
    "lane": "ln",
    "highway": "hwy",
    "place": "pl",
    "square": "sq",
    "parkway": "pkwy",
    "west": "w",
    "east": "e",
    "north": "n",
    "south": "s",
}
ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
)
CROSSING = re.compile(r"\b(?:between|at|near|off|corner of)\b.*$")


def western(value: str) -> tuple[str | None, tuple[str, ...]]:
    """House number and the words of the street, in one form: 12 W. Fifth Street and 12 West 5th St. are one."""
    plain = unicodedata.normalize("NFKC", value).casefold()
    house = re.match(r"(\d+)(?:-?[a-z])?\b(?!(?:st|nd|rd|th)\b)", plain)
    rest = CROSSING.sub("", plain[house.end() :] if house else plain)
    found = [_street_word(word) for word in re.findall(r"\w+", rest)]
    return house[1] if house else None, tuple(sorted({word for word in found if word}))


def _street_word(word: str) -> str:
    if word in ORDINALS:
        return str(ORDINALS.index(word) + 1)
    numbered = re.fullmatch(r"(\d+)(?:st|nd|rd|th)", word)
    return numbered[1] if numbered else STREET_WORDS.get(word, word)


def postal_code(value: str) -> str:
    """A post code without hyphen, width and mark."""
    return re.sub(r"[\s〒-]", "", unicodedata.normalize("NFKC", value)).upper()


def number(spelled: str) -> int:
    """A number up to 999 written in kanji: 二十三 and 二三 are 23."""
    if not set(spelled) & {"十", "百"}:
        return int("".join(str(DIGITS[digit]) for digit in spelled))
    total, one = 0, 0
    for digit in spelled:
        if digit in ("十", "百"):
            total, one = total + (one or 1) * (10 if digit == "十" else 100), 0
        else:
            one = DIGITS[digit]
    return total + one


def _numbered(plain: str) -> str:
    """All numbers of the place joined by hyphens, without spaces before them, ヶ in one form."""
    text = SPELLED.sub(lambda found: str(number(found[1])), plain)
    text = re.sub(r"[ヶケヵカ](?=[\u4e00-\u9fff])", "ヶ", text)
    text = re.sub(r"(?<=[\u4e00-\u9fff])[がガ](?=[\u4e00-\u9fff])", "ヶ", text)
    text = re.sub(r"大字|(?<=[市区町村])字", "", text)
    text = END.sub("", HYPHENS.sub("-", PARTS.sub("-", text)))
    return re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])\s+(?=\d)", "", text, count=9)


def _prefecture(written: str) -> str | None:
    """The prefecture that is written, or that of a city that stands for it."""
    for name in PREFECTURES:
        if written.startswith(name):
            return name
    return next((prefecture for city, prefecture in CITIES.items() if written.startswith(city)), None)


def _cut(inside: str, found: "re.Match[str]") -> tuple[str, str, str]:
    return inside[: found.start()].strip(), found[0], inside[found.end() :].strip(" ,、-")
