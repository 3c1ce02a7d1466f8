"""Tongue: which language a sentence is written in, by its letters and its commonest words."""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from domain.language import Text
from policies.finding import Finding
from policies.inspection.links import without_urls
from policies.inspection.reading import Reading, finding
from policies.inspection.tongue_words import ENGLISH, EUROPEAN, ROMAJI
from policies.rules.language import InLanguage

Tongue = Literal["ja", "en", "zh", "ko", "romaji", "european", "other"]
NAMES: Mapping[str, tuple[str, str]] = {
    "ja": ("日本語", "Japanese"),
    "en": ("英語", "English"),
    "zh": ("中国語", "Chinese"),
    "ko": ("韓国語", "Korean"),
    "romaji": ("ローマ字", "romanised Japanese"),
    "european": ("ほかの欧文", "another European language"),
    "other": ("ほかの言語", "another language"),
}
SENTENCE = re.compile(r"(?<=[。！？!?])|(?<=\.)(?:\s|(?=[\u0370-\u1fff\u3041-\u30fa\u3400-\u9fff\uac00-\ud7af]))|\n")
"""The end of a sentence; where another script follows a full stop at once, that is one too."""
KANA = re.compile(r"[\u3041-\u30fa]")
HAN = re.compile(r"[\u3400-\u9fff]")
HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
LATIN = re.compile(r"[a-z\u00c0-\u024f]")
OTHER = re.compile(r"[\u0370-\u06ff\u0700-\u10ff\u1200-\u1fff]")
WORD = re.compile(r"[a-z\u00c0-\u024f]+(?:['’][a-z]+)?")
CHINESE = re.compile(
    "[您你们們这這吗嗎呢吧哪谁誰么麼没沒说說请谢谢买卖优惠欢迎产为时间发钱货购订单让给还对开关门们从现实专属礼选择适价"
    "脸热温馨气饮爱个样与东车长马鸟鱼龙点击查看详细尽量舒适轻便满减折扣仅需]"
)
ONLY_CHINESE = re.compile(
    "[您你们們这這吗嗎呢吧么麼没沒说谢买卖优欢迎产为时发钱货购订单让给还对开关门从现实专属礼选择适脸热温饮爱个样与东车长马鸟龙详细尽轻满减仅扣]"
)
SHARED = re.compile("[迎礼属折単択温細]")
"""Signs of that list that Japanese writes as well."""
QUOTED = re.compile("「[^「」\u3041-\u30fa\u3400-\u9fff]{1,60}」|『[^『』\u3041-\u30fa\u3400-\u9fff]{1,60}』")
"""A name or slogan in quotes: it may stand in any language in a sentence of one's own."""
LEAST_WORDS, LEAST_SIGNS, LEAST_WHOLE, LEAST_LETTERS = 4, 5, 3, 16


def in_other_words(rule: InLanguage, reading: Reading) -> Iterator[Finding]:
    """Sentences in another language than the message is for, and a message that is for another language altogether."""
    wanted = reading.message.language
    own = reading.a.asked_language or reading.s.language
    if own in ("ja", "en") and own != wanted:
        yield finding(rule, "language", wanted, _reason(own, wanted))
    names = reading.told.names
    native = latin = words = english = 0
    for part in reading.parts:
        for line in part.lines:
            heard = _heard(line, wanted, names)
            native, latin = native + heard.native, latin + heard.latin
            words, english = words + heard.words, english + heard.english
            for sentence, tongue in heard.foreign:
                yield finding(rule, part.name, sentence[:60], _reason(wanted, tongue))
    if wanted == "ja" and words >= LEAST_WHOLE and english and native * 4 < latin:
        yield finding(rule, "message", "", _reason(wanted, "en"))
    elif wanted == "ja" and not native and latin >= LEAST_LETTERS:
        yield finding(rule, "message", "", _reason(wanted, "other"))
    elif wanted == "en" and native >= LEAST_WHOLE and native > latin:
        yield finding(rule, "message", "", _reason(wanted, "ja"))


@dataclass(frozen=True, slots=True)
class Heard:
    """What one line adds: sentences in another language, and how much of each script and of English."""

    foreign: tuple[tuple[str, Tongue], ...]
    native: int
    latin: int
    words: int
    english: int


@functools.lru_cache(maxsize=8192)
def _heard(line: str, wanted: str, names: tuple[str, ...]) -> Heard:
    text = without_urls(_without(line, names))
    if wanted == "ja" and (unquoted := QUOTED.sub(" ", text)) != text and KANA.search(unquoted):
        text = unquoted
    low = text.lower()
    words = WORD.findall(low)
    native = len(KANA.findall(text)) + len(HAN.findall(text))
    english = sum(word in ENGLISH for word in words)
    return Heard(spoken(text, wanted), native, sum(map(len, words)), len(words), english)


def _without(line: str, names: tuple[str, ...]) -> str:
    for name in names:
        if name in line:
            line = line.replace(name, " ")
    return line


@functools.lru_cache(maxsize=4096)
def spoken(line: str, wanted: str) -> tuple[tuple[str, Tongue], ...]:
    """The sentences of a plain line that are surely not in the language wanted, with the one they are in."""
    found = []
    for sentence in SENTENCE.split(line):
        tongue = _foreign(sentence.strip().lower(), wanted) if sentence and sentence.strip() else None
        if tongue is not None and sentence:
            found.append((sentence.strip(), tongue))
    return tuple(found)


def _foreign(sentence: str, wanted: str) -> Tongue | None:
    kana, han = len(KANA.findall(sentence)), len(HAN.findall(sentence))
    hangul, other = len(HANGUL.findall(sentence)), len(OTHER.findall(sentence))
    latin = len(LATIN.findall(sentence))
    letters = kana + han + hangul + other + latin
    if hangul >= 2 and hangul * 3 >= letters:
        return "ko"
    if other >= LEAST_SIGNS:
        return "other"
    if wanted == "ja":
        return _not_japanese(sentence, kana, han, latin)
    if _is_chinese(sentence, kana, han):
        return "zh"
    if kana + han >= LEAST_SIGNS and (kana + han) * 4 >= letters:
        return "ja" if kana else "zh"
    return _not_english(sentence)


def _not_japanese(sentence: str, kana: int, han: int, latin: int) -> Tongue | None:
    if _is_chinese(sentence, kana, han):
        return "zh"
    words = WORD.findall(sentence)
    if latin < 2 * (kana + han) or len(words) < LEAST_WORDS + (not sentence.endswith(".")):
        return None
    if sum(word in ENGLISH for word in words) >= 2 or (not kana + han and sum(word in ENGLISH for word in words) >= 1):
        return "en"
    return _not_english(sentence)


def _is_chinese(sentence: str, kana: int, han: int) -> bool:
    """Signs that only Chinese writes, and hardly any kana among them."""
    if han < LEAST_WORDS or kana * 4 > han:
        return False
    chinese = [sign for sign in ONLY_CHINESE.findall(sentence) if not SHARED.match(sign)]
    return len(chinese) >= 1 and (kana == 0 or len(chinese) >= 2)


def _not_english(sentence: str) -> Tongue | None:
    words = WORD.findall(sentence)
    if len(words) < LEAST_WORDS:
        return None
    english, european = sum(word in ENGLISH for word in words), sum(word in EUROPEAN for word in words)
    romaji = sum(word in ROMAJI for word in words)
    if romaji >= 2 and romaji > english:
        return "romaji"
    return "european" if european >= 2 and european > english else None


def _reason(wanted: str, tongue: str) -> Text:
    ours, theirs = ("日本語", "Japanese") if wanted == "ja" else ("英語", "English"), NAMES[tongue]
    return Text(
        ja=f"お客様の言語は{ours[0]}ですが、{theirs[0]}で書かれています。",
        en=f"The customer reads {ours[1]}; this is {theirs[1]}.",
    )
