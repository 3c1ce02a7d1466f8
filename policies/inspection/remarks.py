"""Remarks: what a message says about its reader, and whether it may on this channel."""

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.channel import Channel
from domain.language import Text
from domain.message import Cite
from policies.finding import Finding
from policies.inspection.creepy import KINDS, Creepy
from policies.inspection.creepy_en import CREEPY_EN
from policies.inspection.creepy_ja import CREEPY_JA
from policies.inspection.disguises import Tongue, forms, in_folded, tongues
from policies.inspection.near_words import NAMED_EN, NAMED_JA, NEAR_EN, NEAR_JA, Near
from policies.inspection.reading import Reading, finding
from policies.inspection.text import plain
from policies.rules.creepiness import Creepiness
from policies.wording import CHANNELS_EN, CHANNELS_JA

OWN, TRACE = frozenset(("told_us", "did_with_us")), frozenset(("trace",))
OPEN = frozenset((Channel.EMAIL, Channel.LINE, Channel.APP, Channel.WEB))
"""Channels that only the reader sees."""
LOCK_SCREEN = frozenset((Channel.PUSH, Channel.SMS, Channel.CALL))
PUBLIC = frozenset((Channel.AD, Channel.SIGNAGE))
FIGURES = re.compile(
    r"ポイント|points?\b|pts|マイル|miles|ランク|rank|tier|会員|注文番号|order (?:status|number)", re.IGNORECASE
)
PRECISE = re.compile(r"\d{1,2}[時:]\d{0,2}|\d+ ?(?:回|times|分|minutes|秒|ページ)|昨夜|深夜|last night", re.IGNORECASE)
DISTANCES: Mapping[str, tuple[str, str]] = {
    "told_us": ("ご本人から", "you told us"),
    "did_with_us": ("お取引から", "with us"),
    "trace": ("足あと", "trace"),
    "inferred": ("推定", "inferred"),
    "bought_in": ("外部", "external"),
}
DISTANCE_OF: Mapping[Creepy | Near, str] = {
    "watched": "trace",
    "located": "trace",
    "others": "bought_in",
    "scored": "inferred",
    "reproached": "trace",
    "felt": "inferred",
    "gift": "inferred",
    "named": "did_with_us",
    "aged": "inferred",
    "home": "bought_in",
    "guessed": "inferred",
    "saved": "did_with_us",
    "cart": "did_with_us",
    "told": "told_us",
    "bought": "did_with_us",
    "attended": "did_with_us",
    "birthday": "told_us",
    "usual": "did_with_us",
    "viewed": "trace",
    "figures": "did_with_us",
}
COUNTED: frozenset[str] = frozenset(("saved", "told", "bought", "attended", "usual", "viewed"))
"""Remarks of which one a message is enough; a cart, a birthday and figures are the matter itself."""


def _either(patterns: Sequence[str]) -> str:
    return "|".join(f"(?:{one})" for one in patterns)


CREEPY: Mapping[Creepy, Mapping[Tongue, re.Pattern[str]]] = {
    kind: in_folded(_either(patterns), _either(CREEPY_EN[kind])) for kind, patterns in CREEPY_JA.items()
}
NEAR: Mapping[Near, Mapping[Tongue, re.Pattern[str]]] = {
    kind: in_folded(pattern, NEAR_EN[kind]) for kind, pattern in NEAR_JA.items()
}
NAMED = in_folded(NAMED_JA, NAMED_EN)


@dataclass(frozen=True, slots=True)
class Remark:
    """Words about the reader: how they come too near, or what harmless kind they are of."""

    kind: Creepy | Near
    text: str


def too_near(rule: Creepiness, reading: Reading) -> Iterator[Finding]:
    """Remarks and cited facts that this channel may not carry, and remarks beyond the number allowed."""
    channel = reading.message.channel
    yield from _cited(rule, reading, channel)
    counted: dict[str, tuple[str, str]] = {}
    for part in reading.parts:
        for line in part.lines:
            for remark in remarks(line):
                if remark.kind == "named" and remark.text in reading.told.words:
                    continue  # a customer of a case study is no reader
                if _is_too_near(remark, channel):
                    yield finding(rule, part.name, remark.text, _reason(remark, channel))
                elif remark.kind in COUNTED:
                    counted.setdefault(remark.kind, (part.name, remark.text))
    personal = [cite for cite in reading.message.cites if not FIGURES.search(cite.text)]
    if max(len(counted), len(personal)) > rule.most:
        name, text = list(counted.values())[-1] if len(counted) > rule.most else ("cites", personal[-1].text)
        yield finding(rule, name, text, _too_many(rule))


@functools.lru_cache(maxsize=8192)
def remarks(line: str) -> tuple[Remark, ...]:
    """Every remark about the reader in a plain line, each once."""
    found: dict[Remark, None] = {}
    for fold in forms(line):
        for tongue in tongues(fold):
            found |= dict.fromkeys(_remarks(fold, tongue))
    return tuple(found)


def _remarks(fold: str, tongue: Tongue) -> Iterator[Remark]:
    for kind, creepy in CREEPY.items():
        for match in creepy[tongue].finditer(fold):
            yield Remark(kind, match[0].strip())
    for near, harmless in NEAR.items():
        if once := harmless[tongue].search(fold):
            yield Remark(near, once[0].strip())
    if named := NAMED[tongue].search(fold):
        yield Remark("named", named[0].strip())


def _is_too_near(remark: Remark, channel: Channel) -> bool:
    if remark.kind == "named":
        return channel in PUBLIC
    if remark.kind in KINDS:
        return True
    if channel in PUBLIC:
        return True
    return channel not in OPEN and (remark.kind == "viewed" or (remark.kind == "figures" and channel in LOCK_SCREEN))


def _cited(rule: Creepiness, reading: Reading, channel: Channel) -> Iterator[Finding]:
    for cite in reading.message.cites:
        if not _may_word(cite, channel):
            yield finding(rule, "cites", cite.text, _cite_reason(cite, channel))


def _may_word(cite: Cite, channel: Channel) -> bool:
    """Whether a fact of this distance may be worded here: voice first, then the one that asks least."""
    if channel in PUBLIC or cite.sensitive:
        return False
    if cite.distance in OWN:
        figures = FIGURES.search(cite.text) is not None and any(sign.isdigit() for sign in plain(cite.text))
        return channel in OPEN or not figures
    return cite.distance in TRACE and channel in OPEN and PRECISE.search(plain(cite.text)) is None


def _reason(remark: Remark, channel: Channel) -> Text:
    distance = DISTANCES[DISTANCE_OF[remark.kind]]
    worst: Creepy = "named" if channel in PUBLIC else "watched"
    kind = next((KINDS[one] for one in KINDS if one == remark.kind), KINDS[worst])
    return Text(
        ja=f"「{remark.text}」は{kind.name.ja}にあたり（出どころ：{distance[0]}）、"
        f"{CHANNELS_JA[channel]}では書きません。{kind.better.ja}",
        en=f'"{remark.text}" is {kind.name.en} (source: {distance[1]}); '
        f"it is not worded on {CHANNELS_EN[channel]}. {kind.better.en}",
    )


def _cite_reason(cite: Cite, channel: Channel) -> Text:
    distance = DISTANCES.get(cite.distance, (cite.distance, cite.distance))
    better = KINDS["named" if channel in PUBLIC else "guessed"].better
    return Text(
        ja=f"「{cite.text}」（出どころ：{distance[0]}）は、{CHANNELS_JA[channel]}では言葉にしません。{better.ja}",
        en=f'"{cite.text}" (source: {distance[1]}) is not put into words on {CHANNELS_EN[channel]}. {better.en}',
    )


def _too_many(rule: Creepiness) -> Text:
    return Text(
        ja=f"お客様についての一言は、一通に{rule.most}つまでです。お役に立つものをひとつだけ残します。",
        en=f"At most {rule.most} personal remark{'' if rule.most == 1 else 's'} a message. Keep the one that helps.",
    )
