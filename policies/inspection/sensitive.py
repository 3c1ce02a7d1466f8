"""Sensitive: sentences that ascribe illness, pregnancy, debt, belief and the like to the reader."""

import functools
import re
from collections.abc import Iterator, Mapping

from domain.language import Text
from policies.finding import Finding
from policies.inspection.disguises import Tongue, forms, in_folded, tongues
from policies.inspection.life_words import LIFE_EN, LIFE_JA
from policies.inspection.reading import Reading, finding
from policies.inspection.sensitive_words import (
    ANSWERED_JA,
    ASCRIBED_AFTER_JA,
    ASCRIBED_BEFORE_JA,
    BABY_EN,
    BACK_EN,
    BE_EN,
    CONDOLE_EN,
    HAVE_EN,
    HONOURED_JA,
    LEADS_EN,
    MATTERS_EN,
    MATTERS_JA,
    OWN_EN,
    STATE_EN,
    UNWELL_EN,
    UNWELL_JA,
)
from policies.rules.sensitive_attribute import TOPIC_NAMES, TOPICS, SensitiveAttribute, Topic

ADVERB = (
    r"(?:(?:now|still|recently|currently|just|also|often|clearly|probably|so|very|really|already|been|feeling) ){0,2}"
)
LOOKED_EN = (
    "(?:searched (?:for|about)|bought|purchased|ordered|looked (?:at|up|for|into)|visited|"
    "read (?:about|up on)|viewed|googled)"
)
NO_CONDITION = r"(?<!if )(?<!whether )(?<!when )(?<!unless )(?<!while )(?<!case )(?<!should )(?<!before )"
"""If you are pregnant, ask your doctor: a caution says nothing about the reader."""


TO_YOU_JA = (
    r"[^。！？、\nは]{0,12}(?:あなた|お客様(?!窓口|せんたー|さぽーと|さーびす|各位|の声|相談))(?:へ|"
    r"に|の(?:ため|方)|を|が|も|で|、|。|$)"
    r"|(?:に|で)(?:お)?(?:苦し|悩)(?:む|んで|まれて|みの)[^。\n]{0,8}(?:あなた|お客様|様)"
    r"|[^。！？\n]{0,6}[、,]?(?:お疲れ(?:さま|様)|お大事に|頑張[らりっ]|がんば[らりっ]|応援(?:し|いた))"
)
COUPLES_EN = "(?: (?:couples?|people|men|women|families|parents))"
TO_GROUPS: frozenset[Topic] = frozenset(("health", "belief", "sexuality", "origin", "crime"))
"""Topics in which to speak to a group is to say of a reader that they belong to it."""
TO_GROUP_JA = (
    r"(?<!アレルギー)(?:[^\s、。の]{0,4}の|のある|をお持ちの|中の|で(?:お悩み|お困り)の)(?:方|皆様|皆さま)(?:へ|"
    r"に)(?![もは])"
    r"|(?<!アレルギー)のお悩みに(?=[、。\s]|$)"
)


def _ascribed(topic: Topic) -> Mapping[Tongue, re.Pattern[str]]:
    """All ways to ascribe one topic to the reader, in both languages."""
    matter_ja, matter_en = f"(?:{MATTERS_JA[topic]})", f"(?:{MATTERS_EN[topic]})"
    after = f"{ASCRIBED_AFTER_JA}|{TO_YOU_JA}" + (f"|{TO_GROUP_JA}" if topic in TO_GROUPS else "")
    ja = f"{ASCRIBED_BEFORE_JA}{matter_ja}|{matter_ja}(?:{after})|{HONOURED_JA[topic]}"
    en = (
        rf"\b(?:{LEADS_EN} )?(?:your|you and your \w+'s) {OWN_EN}{matter_en}\b"
        rf"|{NO_CONDITION}\byou {ADVERB}{HAVE_EN} (?:a |an |the |your |some |with )?{OWN_EN}{matter_en}\b"
        rf"|\byou(?:'ve| have)? {ADVERB}{LOOKED_EN} (?:a |an |the |some |our )?(?:[\w-]+ ){{0,2}}?{matter_en}\b"
        rf"|{NO_CONDITION}\byou ?{BE_EN} {ADVERB}(?:{STATE_EN[topic]})\b"
        rf"|\b(?:(?:as|for) )?(?:(?:an? |someone |somebody |people |those |women |men |customers )"
        rf"(?:(?:who(?:'s| is| has| are)|with|in|on) )?)?(?:{STATE_EN[topic]}|{matter_en})s?{COUPLES_EN}?,? "
        rf"(?:like|such as) you\b"
        rf"|\b(?:as|for) (?:an? |someone |somebody |people )?(?:(?:who(?:'s| is| has| are)|with|in|on) )?"
        rf"(?:{STATE_EN[topic]}|{matter_en}),? you(?:'ll|'re| will| are| may| might| need| deserve| know)\b"
        rf"|(?:^|[.!?] )(?:(?:still|feeling|recently|newly|just|are you|living with|struggling with|"
        rf"suffering from|dealing with|hurting from your) )*"
        rf"(?:{STATE_EN[topic]}|{matter_en})(?: lately| again| recently| these days)?\?"
    )
    return in_folded(ja, en)


ASCRIBED: Mapping[Topic, Mapping[Tongue, re.Pattern[str]]] = {topic: _ascribed(topic) for topic in TOPICS}
UNWELL = in_folded(f"{UNWELL_JA}|{ANSWERED_JA}", f"{UNWELL_EN}|{BACK_EN}|{BABY_EN}")
CONDOLE = re.compile(CONDOLE_EN, re.MULTILINE)
LIFE: Mapping[Topic, Mapping[Tongue, re.Pattern[str]]] = {
    topic: in_folded(LIFE_JA[topic], english) for topic, english in LIFE_EN.items()
}


def ascribing(rule: SensitiveAttribute, reading: Reading) -> Iterator[Finding]:
    """Sentences and cited facts that touch what is never worded."""
    for cite in reading.message.cites:
        if cite.sensitive:
            yield finding(rule, "cites", cite.text, _reason(rule, None))
    for part in reading.parts:
        for line in part.lines:
            for topic, text in ascriptions(line):
                if topic in rule.topics:
                    yield finding(rule, part.name, text, _reason(rule, topic))


@functools.lru_cache(maxsize=8192)
def ascriptions(line: str) -> tuple[tuple[Topic, str], ...]:
    """(topic, words) of everything sensitive that a plain line says of its reader."""
    found: dict[tuple[Topic, str], None] = {}
    for fold in forms(line):
        for tongue in tongues(fold):
            found |= dict.fromkeys(_ascriptions(fold, tongue))
    return tuple(found)


def _ascriptions(fold: str, tongue: Tongue) -> Iterator[tuple[Topic, str]]:
    for topic, pattern in ASCRIBED.items():
        if match := pattern[tongue].search(fold):
            yield topic, match[0].strip()
    for topic, life in LIFE.items():
        if match := life[tongue].search(fold):
            yield topic, match[0].strip()
    if unwell := UNWELL[tongue].search(fold):
        yield "health", unwell[0].strip()
    if tongue == "en" and (condole := CONDOLE.search(fold)):
        yield "death", condole[0].strip()


def _reason(rule: SensitiveAttribute, topic: Topic | None) -> Text:
    better_ja, better_en = (rule.better.ja or "", rule.better.en or "") if rule.better else ("", "")
    ja, en = TOPIC_NAMES[topic] if topic else ("敏感な事柄", "something sensitive")
    return Text(
        ja=f"お客様ご本人の{ja}に触れています。確かでも、推測でも書きません。{better_ja}",
        en=f"This touches the reader's {en}, which is never worded, known or guessed. {better_en}".strip(),
    )
