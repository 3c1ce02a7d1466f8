"""Forms: a Japanese phrase in all its inflections, listed: 必ず痩せる stands for 必ず痩せます and かならずやせた."""

import re
from functools import lru_cache

ROWS = (
    "あいうえお",
    "かきくけこ",
    "がぎぐげご",
    "さしすせそ",
    "たちつてと",
    "なにぬねの",
    "ばびぶべぼ",
    "まみむめも",
    "らりるれろ",
)
SOUNDS = {"う": "っ", "つ": "っ", "る": "っ", "く": "い", "ぐ": "い", "す": "し", "ぬ": "ん", "ぶ": "ん", "む": "ん"}
POLITE = re.compile(r"(?:ます|ました|ません|まして|ましょう|ますか|ませんか)$")
DID = re.compile(r"(?:す|し)(?:る|ます|ました|た|て|ません)$|します$|しました$|する$|した$|して$")
AFTER_I = "くだ|下さ|ま|た|つつ|なが|そう|やす|にく|すぎ|な"
PLAIN = "る|ま|た|て|な|よ|れ|ろ|ら|さ|ず|そう|つつ|すぎ|ちゃ"
ADJECTIVE = "い|く|か|け|さ|そう|すぎ"
LONG = 3
KANA = re.compile(r"[ぁ-ゖ]")
READING_ROWS = (
    "必=かなら 痩=や 治=なお 絶対=ぜったい 効果=こうか 保証=ほしょう 保障=ほしょう",
    "最安値=さいやすね 激安=げきやす 今=いま 急=いそ 限定=げんてい 残=のこ 本日=ほんじつ",
    "今日=きょう 期間=きかん 数量=すうりょう 最後=さいご 妊娠=にんしん 懐妊=かいにん",
    "離婚=りこん 借金=しゃっきん 年収=ねんしゅう 奥様=おくさま 主人=しゅじん",
    "日本一=にほんいち 世界一=せかいいち 確実=かくじつ 儲=もう 若返=わかがえ 完治=かんち",
    "早=はや 忘=わす 無料=むりょう 最高=さいこう 間違=まちが 病=びょう 損=そん 買=か",
    "見逃=みのが 僅=わず 逃=のが 誰=だれ 直=なお 瘦=や",
)
READINGS = dict(pair.split("=") for row in READING_ROWS for pair in row.split())
SPOKEN = re.compile("|".join(sorted(READINGS, key=len, reverse=True)))
SHORTEST_SPOKEN = 5


def spoken(letters: str) -> str:
    """Letters with the kanji of usual claims in kana, to meet phrases that are written out."""
    return SPOKEN.sub(lambda found: READINGS[found[0]], letters)


@lru_cache(maxsize=4096)
def inflected(letters: str) -> str:
    """An expression for a squeezed phrase in every form of its last word; the phrase itself where it has none."""
    if DID.search(letters):
        return re.escape(DID.sub("", letters)) + "(?:する|すれ|し|さ|せ)"
    polite = POLITE.sub("", letters)
    if polite != letters and polite:
        return "|".join(_from_masu(polite))
    if KANA.match(letters[-1]) and (len(letters) > LONG or not KANA.match(letters[0])):
        return "|".join((re.escape(letters), *_from_dictionary(letters)))
    return re.escape(letters)


def _from_masu(stem: str) -> list[str]:
    """治り(ます): the verb 治る; 痩せ(ます): 痩せる."""
    row = next((row for row in ROWS if row[1] == stem[-1]), None)
    forms = [_weak(stem)]
    return forms if row is None else [*forms, *_strong(stem[:-1], row)]


def _from_dictionary(letters: str) -> list[str]:
    stem, last = letters[:-1], letters[-1]
    if last == "い":
        return [re.escape(stem) + f"(?:{ADJECTIVE})"]
    if last == "た" or last == "て":
        return _from_past(stem)
    row = next((row for row in ROWS if row[2] == last), None)
    forms = [] if row is None else _strong(stem, row)
    return [*forms, _weak(stem)] if last == "る" else forms


def _from_past(stem: str) -> list[str]:
    """痩せ(た): 痩せる; 治っ(た): 治る, 治う, 治つ."""
    if stem[-1] in "っい":
        rows = [row for row in ROWS if SOUNDS.get(row[2]) == stem[-1]]
        return [form for row in rows for form in _strong(stem[:-1], row)]
    return [_weak(stem)]


def _weak(stem: str) -> str:
    return re.escape(stem) + f"(?:{PLAIN})"


def _strong(stem: str, row: str) -> list[str]:
    """Every form of a verb whose stem takes all five vowels."""
    a, i, u, e, o = tuple(row)
    a = "わ" if u == "う" else a
    sound = SOUNDS[u]
    return [
        re.escape(stem) + ending
        for ending in (f"{a}[なずれせ]", f"{i}(?:{AFTER_I})", u, f"{e}[ばるまたてな]", f"{o}う", f"{sound}[ただてで]")
    ]
