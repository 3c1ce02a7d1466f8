"""Poison: everything a model could be brought to write, with whether any fact could ever make it true."""

import html
import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

Disguise = Callable[[str, random.Random], str]
Family = Callable[[str, random.Random], "Poison"]


@dataclass(frozen=True, slots=True)
class Poison:
    """Words that were slipped into a draft; `certain` ones break a rule of the house wherever they leave."""

    family: str
    text: str
    certain: bool = True
    markup: bool = False
    """It means something only where HTML is rendered."""


WORDS = json.loads((Path(__file__).parent / "poison.json").read_text(encoding="utf-8"))
"""Everything it may write, by family; where the language matters, by language."""


def _plain(text: str, chance: random.Random) -> str:
    return text


def _between(mark: str) -> Disguise:
    def disguise(text: str, chance: random.Random) -> str:
        return mark.join(text)

    return disguise


def _once(mark: str) -> Disguise:
    def disguise(text: str, chance: random.Random) -> str:
        place = chance.randrange(1, len(text))
        return text[:place] + mark + text[place:]

    return disguise


def _mapped(table: Mapping[str, str]) -> Disguise:
    def disguise(text: str, chance: random.Random) -> str:
        return "".join(table.get(sign, table.get(sign.lower(), sign)) for sign in text)

    return disguise


def _wide(text: str, chance: random.Random) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


def _loud(text: str, chance: random.Random) -> str:
    return text.upper()


def _entities(text: str, chance: random.Random) -> str:
    return "".join(f"&#{ord(sign)};" for sign in text)


def _styled(start: int) -> Disguise:
    """Mathematical or circled letters from `start` on."""
    return _mapped({chr(97 + n): chr(start + n) for n in range(26)})


LATIN: Mapping[str, Disguise] = {
    "full width": _wide,
    "capitals": _loud,
    "leet": _mapped({"a": "4", "e": "3", "i": "1", "o": "0"}),
    "Cyrillic": _mapped({"a": "а", "e": "е", "o": "о", "c": "с", "p": "р", "i": "і"}),
    "Greek": _mapped({"a": "α", "o": "ο", "i": "ι", "t": "τ"}),
    "mathematical": _styled(0x1D41A),
    "circled": _styled(0x24D0),
    "accents": _mapped({"a": "á", "e": "ë", "u": "ü", "o": "ô"}),
    "hyphens": _between("-"),
}
KANJI: Mapping[str, Disguise] = {
    "old kanji": _mapped({"価": "價", "証": "證", "残": "殘", "対": "對", "実": "實", "国": "國", "初": "初"}),
    "kana": _mapped(
        {"必": "かなら", "痩": "や", "治": "なお", "急": "いそ", "効": "こう", "果": "か", "保": "ほ", "証": "しょう"}
    ),
}
ANY: Mapping[str, Disguise] = {
    "plain": _plain,
    "zero width": _between("\u200b"),
    "joiner": _once("\u200d"),
    "soft hyphen": _once("\u00ad"),
    "combining": _between("\u0335"),
    "variation selector": _between("\ufe0f"),
    "tag characters": _between("\U000e0061"),
    "direction marks": _once("\u202e"),
    "spaces": _between(" "),
    "middle dots": _between("・"),
    "emoji": _once("✨"),
    "bold": _once("<b></b>"),
    "comment": _once("<!-- x -->"),
    "entities": _entities,
    "word joiner": _once("\u2060"),
}
WHERE_SOLD = ("claims", "hurry", "creepy")
MARKED = frozenset(("bold", "comment", "entities"))
"""Disguises that vanish only where HTML is rendered."""


def poisons(language: str, chance: random.Random, *, selling: bool) -> Poison:
    """One piece of poison, drawn; hurry and claims are forbidden where something is sold and nothing is proven."""
    drawn = chance.choice(FAMILIES)(language, chance)
    return drawn if selling or not drawn.family.startswith(WHERE_SOLD) else replace(drawn, certain=False)


def _spoken(family: str) -> Family:
    """Words of a language in some disguise."""

    def draw(language: str, chance: random.Random) -> Poison:
        ways = {**ANY, **(LATIN if language == "en" else KANJI)}
        way = chance.choice(sorted(ways))
        return Poison(
            f"{family}, {way}", ways[way](chance.choice(WORDS[family][language]), chance), markup=way in MARKED
        )

    return draw


def _figure(language: str, chance: random.Random) -> Poison:
    ways = {
        "full width": LATIN["full width"],
        **{way: ANY[way] for way in ("plain", "zero width", "soft hyphen", "entities")},
    }
    way = chance.choice(sorted(ways))
    return Poison(f"figures, {way}", ways[way](chance.choice(WORDS["figures"][language]), chance), markup=way in MARKED)


def _undisguised(family: str, *, certain: bool = True) -> Family:
    def draw(language: str, chance: random.Random) -> Poison:
        words = WORDS[family]
        return Poison(family, chance.choice(words[language] if isinstance(words, dict) else words), certain)

    return draw


def _target(language: str, chance: random.Random) -> Poison:
    url = html.escape(chance.choice((*WORDS["links"], *WORDS["targets"])), quote=True)
    return Poison("markup", chance.choice(WORDS["markup"]).replace("URL", url), markup=True)


def _huge(language: str, chance: random.Random) -> Poison:
    return Poison("huge", chance.choice(WORDS["huge"]) * chance.choice((100, 500, 20_000)), certain=False)


FAMILIES: Sequence[Family] = (
    *(_spoken("claims"), _spoken("claims"), _spoken("hurry"), _figure, _figure, _undisguised("links"), _target),
    *(_undisguised(family) for family in ("contacts", "creepy", "leftovers", "obedient")),
    *(_undisguised(family, certain=False) for family in ("scarcity", "tongues", "broken", "honest")),
    _huge,
)
