"""Amending: "make it 15 % instead" said of a draft, as the draft's own text with that changed."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from agent.talk.spoken import JAPANESE, bare, low

KANJI = {sign: number for number, sign in enumerate("一二三四五六七八九", 1)} | {"半": 5}
WORDS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
} | {"once": 1, "twice": 2, "thrice": 3}
OFTEN = ("once", "twice", "thrice")
NUMBER = rf"\d[\d,]*(?:\.\d+)?|[{''.join(KANJI)}十百]+|\b(?:{'|'.join(WORDS)})\b"
UNITS: tuple[tuple[str, str], ...] = (
    ("percent", r"%|パーセント|percent|per cent|pct"),
    ("tenth", r"割(?!引|り引)"),
    ("money", r"円|yen|ドル|dollars?|usd|eur|ユーロ"),
    ("clock", r"時半|時(?!間)|:\d\d|\s?(?:am|pm|a\.m\.|p\.m\.)\b|o'clock"),
    ("span", r"\s?(?:時間|hours?|分|minutes?|日間|日(?!に|曜)|days?|週間|weeks?|[かヶケカヵ]月間?|months?)"),
    ("age", r"\s?(?:歳|才|代|years? old|years?)"),
    ("length", r"\s?(?:文字|字|characters?|letters?)"),
    (
        "count",
        r"\s?(?:通|回|件|本|times?|messages?|e-?mails?|texts?|pushes|calls?|sms|notifications?|a (?:day|week|month)"
        r"|per (?:day|week|month)|an? )|(?<=once)|(?<=twice)",
    ),
)
QUANTITY = re.compile(
    rf"(?P<number>{NUMBER})(?P<unit>" + "|".join(f"(?P<{name}>{words})" for name, words in UNITS) + r")?"
)
CURRENCY = re.compile(r"[¥$€£]\s?$")
SWAP_JA = (
    re.compile(
        r"(?P<old>[^、。\s]+?)(?:じゃなくて|じゃなく|ではなくて?|でなくて?|の代わりに|をやめて)[、\s]*(?P<new>.+)"
    ),
    re.compile(r"(?P<old>[^、。\s]+?)(?:を|から)[、\s]*(?P<new>[^、。]+?)に(?:変え|変更|し|直し|修正|訂正)"),
)
SWAP_EN = (
    re.compile(r"(?P<new>.+?) (?:instead of|in place of|rather than) (?P<old>.+)"),
    re.compile(r"\bnot (?P<old>.+?),? but (?P<new>.+)"),
    re.compile(r"\bfrom (?P<old>.+?) to (?P<new>.+)"),
    re.compile(r"\b(?:replace|swap|change) (?P<old>.+?) (?:with|by|for|to|into) (?P<new>.+)"),
)
LEAD_JA = re.compile(
    r"^(?:やっぱり|やはり|いや|いえ|じゃあ|では|それなら|なら|訂正|修正|正しくは|ごめん|すみません|それを?|これを?"
    r"|その|この|さっきの|dir-\d+(?:を|は|の)?|[、,\s:：])+"
)
TAIL_JA = re.compile(
    r"(?:に|へ|で|を)?(?:して|しといて|変えて|変更(?:して)?|直して|修正(?:して)?|訂正して|上げて|下げて|引き上げて"
    r"|引き下げて|しよう|しましょう|したい|する|お願い(?:します)?|緩めて|増やして|減らして)?"
    r"(?:ください|下さい|もらえますか|くれますか|いただけますか|ほしい|欲しい|です|ます|ね|よ|みて|おいて)*[。!！]*$"
)
LEAD_EN = re.compile(
    r"^(?:(?:no|actually|rather|better|sorry|hmm|well|ok|okay|please|and|but|then|can you|could you|i mean(?:t)?"
    r"|it should (?:be|say|read)|let's|say|"
    r"make|change|set|raise|lower|increase|reduce|cut|turn|switch|move|extend|shorten|bump|correct|relax|tighten"
    r"|let it be)\b[,.:]?\s*"
    r"|(?:it|that|this|them|the (?:[\w-]+ ){0,2}?(?:cap|limit|ceiling|discount|number|count|time|hour|window|start|end"
    r"|figure|percentage|channel|maximum|minimum|gap|age|date))\b\s*"
    r"|dir-\d+\b\s*|(?:to|into|at|as)\b\s*)+"
)
TAIL_EN = re.compile(r",?\s*(?:instead|rather|please|then|now|thanks)*[.!]*$")
EXCEPT_JA = re.compile(r"除|例外|対象外|外して")
EXCEPT_EN = re.compile(r"(?:except|unless|excluding|but not|without|apart from)\b", re.IGNORECASE)
TOO_MANY = 1
LONGEST_CHANGE = 200
"""Letters of a change that may name a part of the text; a longer one is a further sentence."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text: where it stands, what it counts, and how it is written."""

    start: int
    end: int
    kind: str
    number: str

    @property
    def value(self) -> float | None:
        """Its value; None where it cannot be told."""
        return value_of(self.number)


@dataclass(frozen=True, slots=True)
class Amended:
    """The new text; or what is unclear about it: the places that could be meant."""

    text: str | None
    choices: tuple[str, ...] = ()
    added: bool = False
    """Whether the change is a further sentence, since it names nothing that is there."""


def amended(text: str, change: str) -> Amended:
    """The text with the change in it: words swapped, the one number of that kind replaced, or a sentence added."""
    if len(change) > LONGEST_CHANGE:
        return Amended(_added(text, change), added=True)
    swapped = _swapped(text, change)
    if swapped is not None:
        return swapped
    words = _core(change)
    new = quantities(words)
    if not new or not _is_bare(words, new):
        return Amended(_added(text, change), added=True)
    return _replaced(text, new[0], words)


def _swapped(text: str, change: str) -> Amended | None:
    """ "22:00 instead of 21:00": what is named is replaced; None where the change names nothing that is there."""
    flat, plain = low(text), low(change).rstrip("。.!！ ")
    for pattern in SWAP_JA if JAPANESE.search(change) else SWAP_EN:
        found = pattern.search(plain)
        if found is None:
            continue
        old = bare(_core(change[found.start("old") : found.end("old")]))
        new = bare(_core(change[found.start("new") : found.end("new")]))
        place = flat.find(low(old)) if old else -1
        if place >= 0 and new:
            return Amended(text[:place] + new + text[place + len(old) :])
        olds, news = quantities(old), quantities(new)
        if olds and news:
            same = [one for one in quantities(text) if one.value == olds[0].value]
            if len(same) == 1:
                return Amended(text[: same[0].start] + news[0].number + text[same[0].end :])
    return None


def _core(change: str) -> str:
    """The change without the words around it: "make it 15 % instead" -> "15 %"."""
    flat = low(change)
    if JAPANESE.search(change):
        lead, tail = LEAD_JA.match(flat), TAIL_JA.search(flat)
    else:
        lead, tail = LEAD_EN.match(flat), TAIL_EN.search(flat)
    start, end = lead.end() if lead else 0, tail.start() if tail else len(change)
    return bare(change[start:end]) if start < end else bare(change)


def quantities(text: str) -> tuple[Quantity, ...]:
    """Every number in the text with what it counts."""
    return tuple(_quantities(text))


def _quantities(text: str) -> Iterator[Quantity]:
    flat = low(text)
    for found in QUANTITY.finditer(flat):
        kind = next((name for name, _ in UNITS if found[name] is not None), "")
        if not kind and CURRENCY.search(flat[: found.start()]):
            kind = "money"
        if found["number"] in OFTEN:
            kind = "count"
        yield Quantity(
            found.start("number"), found.end("number"), kind, text[found.start("number") : found.end("number")]
        )


def _is_bare(words: str, new: tuple[Quantity, ...]) -> bool:
    """Whether the words are hardly more than that number: a cap of three, 15 %, 週3通まで."""
    left = low(words)[: new[0].start] + low(words)[new[0].end :]
    left = QUANTITY.sub("", left)
    for _, unit in UNITS:
        left = re.sub(unit, " ", left)
    left = re.sub(
        r"まで|以内|以上|以下|未満|以降|最大|上限|割引(?:率)?|週に?|月に?|日に?|毎日|off|at most|max(?:imum)?|up to|a"
        r"|an|per|of|cap|off",
        " ",
        left,
    )
    return len("".join(left.split())) <= TOO_MANY * 2


def _replaced(text: str, new: Quantity, words: str) -> Amended:
    """The text with its one number of that kind replaced."""
    there = quantities(text)
    same = [one for one in there if one.kind == new.kind] if new.kind else []
    if not same and new.kind in ("percent", "tenth"):
        return _in_other_unit(text, there, new)
    same = same or ([] if new.kind else list(there))
    if len({one.number for one in same}) > TOO_MANY:
        return Amended(None, tuple(_shown(text, one) for one in same))
    if not same:
        return Amended(_added(text, words), added=True)
    for one in reversed(same):
        text = text[: one.start] + written(new.number, one.number) + text[one.end :]
    return Amended(text)


def _in_other_unit(text: str, there: tuple[Quantity, ...], new: Quantity) -> Amended:
    """15 % where the text says 一割: number and unit are replaced together."""
    share = [one for one in there if one.kind in ("percent", "tenth")]
    value = new.value
    if len(share) != 1 or value is None:
        return Amended(None, tuple(_shown(text, one) for one in share)) if share else Amended(None)
    percent = value if new.kind == "percent" else value * 10
    unit = QUANTITY.match(low(text), share[0].start)
    end = unit.end() if unit else share[0].end
    return Amended(f"{text[: share[0].start]}{percent:g}%{text[end:]}")


def _added(text: str, change: str) -> str:
    """The text with the change behind it: an exception as part of its sentence, anything else as one more."""
    joined, more = text.rstrip(), change.strip()
    if JAPANESE.search(joined):
        start = "ただし" if EXCEPT_JA.search(more) and not more.startswith("ただし") else ""
        return f"{joined if joined[-1:] in '。！？!?' else joined + '。'}{start}{more}"
    if EXCEPT_EN.match(more):
        return f"{joined.rstrip('.!')}, {more[0].lower()}{more[1:].rstrip('.')}."
    return f"{joined if joined[-1:] in '.!?' else joined + '.'} {more}"


def _shown(text: str, one: Quantity) -> str:
    """A number with the words around it, so that a marketer can say which is meant."""
    return text[max(0, one.start - 8) : one.end + 6].strip()


def written(new: str, old: str) -> str:
    """A number as the text writes its own: 3 for 2, "three times" for "twice"."""
    if old.lower() in OFTEN:
        return new if new.lower() in OFTEN else f"{new} times"
    return str(WORDS[new.lower()]) if new.lower() in WORDS and old.isdigit() else new


def value_of(number: str) -> float | None:
    """The value of a number in digits, kanji or English words."""
    plain = unicodedata.normalize("NFKC", number).lower().replace(",", "")
    if plain in WORDS:
        return float(WORDS[plain])
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return float(plain)
    tens, mark, ones = plain.partition("十")
    if all(sign in KANJI for sign in tens + ones) and (mark or len(plain) == 1):
        return float((KANJI.get(tens, 1) * 10 if mark else 0) + KANJI.get(ones, 0)) if mark else float(KANJI[plain])
    return None
