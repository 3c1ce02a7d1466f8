"""Topics: what a figure speaks of, by the name of its fact and by the words around it in copy."""

import functools
import re
from typing import Literal, NamedTuple

from policies.inspection.token import NO_TOPICS


class Topic(NamedTuple):
    """Something a figure can be about; where `named` and `worded` disagree, a fact does not support the figure."""

    name: str
    """One topic, or several that the same words speak of."""
    named: str
    """In the name of a fact, its underscores read as spaces."""
    worded: str
    """In copy, in lower case."""


NOWHERE = "(?!)"
"""For topics that show only right after the figure."""

TOPICS = (
    Topic(
        "battery",
        r"batter|playback|play time|standby|run ?time",
        r"バッテリー|電池|再生(?!素材|紙|ポリ|樹脂)|駆動|batter|playback|listening",
    ),
    Topic("warranty", r"warrant|guarantee", r"保証|warrant|guarantee"),
    Topic(
        "delivery",
        r"deliver|ship|arriv|dispatch|lead time",
        r"(?:に|[日時分間]で)お?届|発送|到着|配達|出荷|\bdeliver|\bship(?:s|ped|ping)?\b|\barriv|\bdispatch"
        r"|at your door",
    ),
    Topic("sale offering", NOWHERE, r"セール|キャンペーン|\bsale\b"),
    Topic("sale", r"sale|campaign|promo", r"限定|\bonly\b(?! \d)"),
    Topic("left scarce", NOWHERE, r"残り|のこり|あと|\bleft\b|\bremain"),
    Topic(
        "left",
        r"days left|hours left",
        r"終わ|終了|\bto go\b|\bends? in\b|\bending in\b|\bfinal\b",
    ),
    Topic(
        "release",
        r"release|launch|restock|available from",
        r"発売|入荷|リリース|解禁|\blaunch|\breleas|back in stock|\bout (?:on|now)\b|\bavailable (?:from|on)\b|値上げ",
    ),
    Topic(
        "desk",
        r"desk|(?:business|opening|support) hours",
        r"受付|営業|窓口|電話|お問|\bopen\b|\bcall\b|(?:business|opening|our) hours\b|\bcontact|\bphone",
    ),
    Topic("points", r"\bpoints?\b", r"ポイント|\bpoints?\b|\bpts?\b"),
    Topic(
        "satisfaction",
        r"satisf|\bliked?|\bloved?|happy|approv|rating percent",
        r"満足|好評|satisf|\bhappy\b|pleased|\blik(?:e|ed)\b|\blove",
    ),
    Topic("recommend", r"recommend", r"推奨|すすめたい|recommend"),
    Topic("repeat", r"repeat|repurchase", r"リピート|再購入|repeat|buy again|come back"),
    Topic(
        "stock",
        r"stock|inventor|remain|to next|to go|needed|gap",
        r"在庫|\bstock\b",
    ),
    Topic("scarce", r"stock|inventor|remain|to next|to go|needed|gap", r"[点個枚本名台]限り"),
    Topic(
        "offering",
        r"coupon|offer|price|campaign|valid|sale",
        r"価格|値段|割引|クーポン|特価|\bprice|\boffer|\bdiscount|\bcoupon|% off",
    ),
    Topic(
        "pack",
        r"pack|pieces|\bset\b|quantity|\bbags\b|sheets|tablets|capsules|bottles|contents",
        r"入り|セット|詰め合わせ|\bpack|\bbox|\bset of|\bholds\b|\bcontain",
    ),
    Topic("people", r"people|customers|users|members|buyers|review|seats|guests|attend|participants", NOWHERE),
    Topic("places", r"stores|shops|countries|cities|branches", NOWHERE),
    Topic("rank", r"\brank(?:ing)?\b(?! gap)|position", NOWHERE),
    Topic("wool", r"wool", r"ウール|羊毛|\bwool"),
    Topic("cotton", r"cotton", r"コットン|綿|\bcotton"),
    Topic("silk", r"silk", r"シルク|絹|\bsilk"),
    Topic("linen", r"linen", r"リネン|麻|\blinen"),
    Topic("cashmere", r"cashmere", r"カシミ[ヤア]|\bcashmere"),
    Topic("polyester", r"polyester", r"ポリエステル|\bpolyester"),
    Topic("leather", r"leather", r"レザー|革|\bleather"),
    Topic("down", r"\bdown\b|goose|feather", r"ダウン|羽毛|% down\b|\bgoose|feather"),
    Topic("juice", r"juice", r"果汁|% juice|\bfruit juice"),
    Topic("cocoa", r"cocoa|cacao", r"カカオ|ココア|\bcocoa|\bcacao"),
    Topic("recycled", r"recycl", r"再生(?:素材|紙|ポリ|樹脂)|リサイクル|recycl"),
    Topic("organic", r"organic", r"オーガニック|有機|\borganic"),
)
DEMANDING = frozenset(("scarce",))
"""A figure of these is supported by no fact that is about something else: `only 6 left`, with a pack of 6."""
SHY = frozenset(("people", "satisfaction", "recommend", "repeat", "stock", "scarce", "points"))
"""A fact of these supports nothing that does not name them: 97% satisfied is not `97% less noise`."""
OF_TIME = frozenset(("desk", "left", "sale", "delivery", "release", "battery", "warranty"))
OF_THINGS = frozenset(("stock", "scarce", "pack"))
Sense = Literal["date", "span", "thing"]
SENSELESS: dict[Sense, frozenset[str]] = {
    "date": OF_THINGS,
    "span": OF_THINGS | {"offering"},
    "thing": OF_TIME | {"offering"},
}
"""What a date, a span of time and any other figure cannot speak of, whatever the words around it."""
PEOPLE = re.compile(
    r"[\s-]?(?:[万千]?[人名](?!気|前|参)|名様|席|(?:[a-z]+ )?(?:people|customers|buyers|users|reviewers|members|chefs"
    r"|fans|families"
    r"|homes|experts|doctors|women|men|parents|athletes|readers|shoppers|guests|reviews|households|seats|seaters?)\b)"
)
PLACES = re.compile(r"\s?(?:countries|stores|shops|cities|か国|[ヶカケ]国|店舗|軒|都市)")
RANK = re.compile(r"\s?(?:位(?!置)|(?:st|nd|rd|th) place\b)")
COUNTED = (("people", PEOPLE), ("places", PLACES), ("rank", RANK))
NAMES = tuple((topic.name, re.compile(topic.named)) for topic in TOPICS if topic.named != NOWHERE)
WORDED = tuple(topic for topic in TOPICS if topic.worded != NOWHERE)
FIRST = (
    "バ電再駆保にで日時分間発到出配入リ解値受営窓お問ポ満好推す在残のあ点個枚本名台"
    "終限セキ詰ウ羊コ綿シ絹麻カレ革ダ羽果有オ価割ク特"
)
"""With what Japanese words of topics begin: looking at every character for every word takes twenty times as long."""
WORDS = re.compile(
    rf"(?=[{FIRST}%]|\b[a-z])(?:"
    + "|".join(f"(?P<w{place}>{topic.worded})" for place, topic in enumerate(WORDED))
    + ")"
)
SPOKEN = {f"w{place}": frozenset(topic.name.split()) for place, topic in enumerate(WORDED)}
CLAUSE = re.compile(r"[。、!?;\n()「」]|,(?!\d)|:(?!\d)|\.(?!\d)|\s[-–—|/]\s")
REACH = 80
SENTENCE = re.compile(r"[。!?\n]|\.(?!\d)")


@functools.lru_cache(maxsize=1024)
def of_name(name: str) -> frozenset[str]:
    """What a fact is about, by its name."""
    low = name.lower().replace("_", " ")
    return frozenset(name for name, pattern in NAMES if pattern.search(low))


@functools.lru_cache(maxsize=4096)
def of_words(text: str) -> frozenset[str]:
    """What some words speak of."""
    return NO_TOPICS.union(*(SPOKEN[found.lastgroup or ""] for found in WORDS.finditer(text)))


def counted(line: str, end: int) -> frozenset[str]:
    """What is counted right after a figure: people, places, or a rank."""
    return next((frozenset((topic,)) for topic, words in COUNTED if words.match(line, end)), NO_TOPICS)


def around(line: str, start: int, end: int, sense: Sense) -> frozenset[str]:
    """What the clause around a figure speaks of, or else its sentence."""
    near = of_words(_between(line, start, end, CLAUSE)) - SENSELESS[sense]
    if near:
        return near
    wide = of_words(_between(line, start, end, SENTENCE)) - SENSELESS[sense]
    return wide if sense == "date" else wide & SHY


def _between(line: str, start: int, end: int, border: re.Pattern[str]) -> str:
    """The words around a figure from border to border, and never more than `REACH` to either side."""
    first = max(
        (found.end() for found in border.finditer(line, max(0, start - REACH), start)), default=max(0, start - REACH)
    )
    after = border.search(line, end, end + REACH)
    return line[first : after.start() if after else end + REACH]


def agree(fact: frozenset[str], figure: frozenset[str]) -> bool:
    """Whether a fact about some topics can support a figure that speaks of others."""
    if fact & figure:
        return not figure & DEMANDING or bool(fact & DEMANDING) or "people" in fact
    if figure & DEMANDING:
        return False
    return not (fact & SHY) and (not fact or not figure)
