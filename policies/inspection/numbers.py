"""Grounding: whether each figure in copy is a surface form of something true."""

import re
from datetime import date

from domain.language import Text
from policies.inspection import topics
from policies.inspection.amounts import misquoted, overstated
from policies.inspection.counts import DAY, FLOOR
from policies.inspection.days import days_left, days_long, misdated
from policies.inspection.naming import noun_of
from policies.inspection.objection import objection
from policies.inspection.spelling import respelt
from policies.inspection.token import NO_TOPICS, Token
from policies.inspection.tokens import tokens
from policies.inspection.truths import Count, Share, Truths

MASK = "◇"
NEUTRAL = frozenset(
    ("of", "の", "is", "are", "pure", "real", "genuine", "natural", "soft", "fine", "純", "天然", "は", "が", "made")
)
CHARGES = tuple(
    re.compile(words)
    for words in (
        r"送料|配送|お届け|お送り|shipping|delivery",
        r"返品|return",
        r"gift|ギフト",
        r"体験|trial",
        r"サンプル|sample",
        r"^無料$|入場|参加|admission|entry|price|fee|ticket",
    )
)


def untrue(line: str, truths: Truths, today: date, spoken: frozenset[str] = NO_TOPICS) -> list[tuple[Token, Text]]:
    """The figures of a plain line that no fact supports, each with the reason; `spoken` are the message's topics."""
    if not has_figures(line):
        return []
    found = []
    for token in tokens(masked(respelt(line).lower(), truths.names)):
        why = _objection(token, truths, today, spoken)
        if why is not None:
            found.append((token, why))
    return found


def has_figures(line: str) -> bool:
    """Whether a plain line holds a figure that claims something."""
    return bool(tokens(respelt(line)))


def masked(line: str, names: set[str]) -> str:
    """The line without the words that may be quoted as they are, where they stand by themselves."""
    for name in names:
        at = line.find(name)
        while at >= 0:
            end = at + len(name)
            if not (_touches(line[at - 1 : at], name[0]) or _touches(line[end : end + 1], name[-1])):
                line = line[:at] + MASK + line[end:]
                end = at + 1
            at = line.find(name, end)
    return line


def _touches(neighbour: str, edge: str) -> bool:
    if not neighbour:
        return False
    if edge.isdigit():
        return neighbour.isdigit() or neighbour in "%円割,."
    return edge.isascii() and edge.isalnum() and neighbour.isascii() and neighbour.isalnum()


def _objection(token: Token, truths: Truths, today: date, spoken: frozenset[str]) -> Text | None:
    match token.kind:
        case "money":
            return misquoted(token, truths)
        case "cut" | "off" | "deal":
            return overstated(token, truths)
        case "percent":
            good = any(_same_share(one, token) for one in truths.percents)
            return None if good else objection(token, "という割合", "a percentage")
        case "times":
            return None if token.value in truths.times else objection(token, "という倍率", "a multiple")
        case "count":
            return _count(token, truths, today)
        case "free":
            return None if _costs_nothing(token, truths) else objection(token, "という特典", "an extra")
        case _:
            return misdated(token, truths, today, spoken)


def _same_share(one: Share, token: Token) -> bool:
    if one.value != token.value or not topics.agree(one.topics, token.topics):
        return False
    if not one.words or not token.near:
        return True
    told = [word for near in token.near for word in near.split(" ") if word not in NEUTRAL]
    return (
        any(word in one.words for word in told[:1])
        or any(topics.of_words(word) & topics.of_words(one.words) for word in told[:1])
        or any(word in one.words for word in token.near[1:])
    )


def _count(token: Token, truths: Truths, today: date) -> Text | None:
    counted = noun_of(token.near[0]) if token.near else ""
    for fact in truths.counts:
        another = counted in truths.nouns and fact.noun not in (None, counted)
        if not another and _same_count(fact, token):
            return None
    if token.near and token.near[0].startswith("度") and any(one.value == token.value for one in truths.percents):
        return None  # 13.5度: degrees of alcohol are per cent
    whole_days = token.unit == "second" and token.value % DAY == 0
    if whole_days and int(token.value / DAY) in days_long(truths):
        return None
    if whole_days and "left" in token.topics and int(token.value / DAY) in days_left(truths, today):
        return None
    return objection(token, "という数", "a number")


def _same_count(fact: Count, token: Token) -> bool:
    if fact.value != token.value or not topics.agree(fact.topics, token.topics):
        return False
    if fact.unit is not None or token.unit not in (None, "point"):
        return fact.unit == token.unit
    word = "".join(token.near)
    return fact.near is None or (word if word.isascii() else word[:1]) in fact.near


def _costs_nothing(token: Token, truths: Truths) -> bool:
    kinds = [one for one in CHARGES if one.search(token.text)]
    stated = [words for words in truths.free if token.role == "floor" or not FLOOR.search(words)]
    return any(one.search(words) for one in kinds for words in stated)
