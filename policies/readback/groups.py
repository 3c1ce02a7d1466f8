"""Groups: the campaigns of which a customer gets one, each with its name and what belongs to it."""

from collections.abc import Sequence
from typing import cast

from domain.language import phrase
from policies.readback.kinds import QUOTES, TEXT, Kind
from policies.readback.marks import cut, quoted, unquoted
from policies.readback.scenes import SCENE_NAMES
from policies.rules.exclusivity import Group

LINES = {
    "scenes": ("施策", "the scene "),
    "categories": ("カテゴリー", "the category "),
    "offers": ("オファー", "the offer "),
}
IS = ("は", " for ")
BETWEEN = ("、", "; ")


def _kind(line: str) -> Kind:
    return SCENE_NAMES if line == "scenes" else QUOTES


def _say(value: object, language: str) -> str:
    at = 0 if language == "ja" else 1
    return BETWEEN[at].join(_said(group, language) for group in cast("Sequence[Group]", value))


def _said(group: Group, language: str) -> str:
    name = group.name
    shown = quoted(name.ja, language) if name.ja is not None and name.ja == name.en else TEXT.say(name, language)
    line = next(one for one in LINES if getattr(group, one) is not None)
    noun = phrase(language, ja=LINES[line][0], en=LINES[line][1])
    return f"{shown}{phrase(language, ja=IS[0], en=IS[1])}{noun}{_kind(line).say(getattr(group, line), language)}"


def _read(words: str, language: str) -> object:
    at = 0 if language == "ja" else 1
    return [_heard(one, language) for one in cut(words, BETWEEN[at])]


def _heard(words: str, language: str) -> dict[str, object]:
    at = 0 if language == "ja" else 1
    name, *rest = cut(words, IS[at])
    told: object = unquoted(name) if name[:1] in ("「", '"') else TEXT.read(name, language)
    line = IS[at].join(rest)
    for field, nouns in LINES.items():
        if line.startswith(nouns[at]):
            return {"name": told, field: _kind(field).read(line.removeprefix(nouns[at]), language)}
    raise ValueError(f"{words!r} is no group")


GROUPS = Kind(_say, _read)
