"""Whom: an audience as a phrase, 「30〜39歳・休眠のお客様」, and that phrase heard as the audience."""

import re
from collections.abc import Iterator, Mapping
from typing import cast

from domain.language import phrase
from policies.audience import Audience, Test
from policies.readback.kinds import QUOTES, WITHIN, Kind, heard_ages, heard_orders, named, said_ages, said_orders
from policies.readback.marks import QUOTED, all_unquoted, cut, quoted, unquoted
from policies.readback.names import GENDERS, LANGUAGES, STAGES, TIERS

VERBAL = "るいう"
"""Endings that stand before a noun as they are."""
ANYBODY = ("どのお客様も", "all customers")
NAMED = {
    "stages": (STAGES, "", "who are "),
    "tiers": (TIERS, "", "who are "),
    "genders": (GENDERS, "", "who are "),
    "languages": (LANGUAGES, "言語が", "who read "),
}
LISTED = {
    "countries": ("国が{}", "in the country {}"),
    "regions": ("地域が{}", "in the region {}"),
    "tags": ("タグ{}のある", "tagged {}"),
    "without_tags": ("タグ{}のない", "not tagged {}"),
    "segments": ("セグメント{}", "in the segment {}"),
    "without_segments": ("セグメント{}以外", "not in the segment {}"),
}
RANKED = {"tier_at_least": ("{}以上", "of the {} tier or above"), "tier_below": ("{}より下", "below the {} tier")}


def said_whom(audience: Audience, language: str) -> str:
    """The customers of an audience as a noun."""
    told = list(_traits(audience, language))
    if not told:
        return phrase(language, ja=ANYBODY[0], en=ANYBODY[1])
    ja, en = "・".join(told), " and ".join(told)
    return phrase(language, ja=f"{ja}{'' if ja[-1] in VERBAL else 'の'}お客様", en=f"customers {en}")


def _traits(audience: Audience, language: str) -> Iterator[str]:
    if audience.age is not None:
        yield said_ages(audience.age, language)
    if audience.days_since_order is not None:
        yield said_orders(audience.days_since_order, language)
    for name, kind, ja, en in _lines():
        value = getattr(audience, name)
        if value is not None:
            yield phrase(language, ja=ja, en=en).format(kind.say(value, language))
    for name, test in sorted(audience.attributes.items()):
        yield _attribute(name, test, language)


def _lines() -> Iterator[tuple[str, Kind, str, str]]:
    """Every line of an audience but ages, orders and attributes: how its values are said, and in which phrase."""
    for name, (names, ja, en) in NAMED.items():
        yield name, named(names), f"{ja}{{}}", f"{en}{{}}"
    for name, (ja, en) in RANKED.items():
        yield name, RANK, ja, en
    for name, (ja, en) in LISTED.items():
        yield name, QUOTES, ja, en


def _rank(tier: object, language: str) -> str:
    ja, en = TIERS[str(tier)]
    return phrase(language, ja=ja.removesuffix("の"), en=en.removesuffix("-tier"))


def _ranked(words: str, language: str) -> object:
    tier = next((tier for tier in TIERS if _rank(tier, language) == words), None)
    if tier is None:
        raise ValueError(f"{words!r} is no rank")
    return tier


RANK = Kind(_rank, _ranked)


def _attribute(name: str, test: Test, language: str) -> str:
    shown, known = quoted(name, language), ""
    if test.known is not None:
        known = phrase(
            language,
            ja="わかっている" if test.known else "わからないという",
            en="known" if test.known else "not known",
        )
    told = _tested(test, language)
    if not told:
        return phrase(language, ja=f"{shown}が{known}", en=f"whose {shown} is {known}")
    sure = phrase(language, ja="わかっていて", en="known and ") if known else ""
    return phrase(language, ja=f"{shown}が{sure}{told}である", en=f"whose {shown} is {sure}{told}".strip())


def _tested(test: Test, language: str) -> str:
    if test.within is not None:
        return WITHIN.say(test.within, language)
    if test.one_of is not None:
        told = phrase(language, ja="か", en=" or ").join(_value(one, language) for one in test.one_of)
        return phrase(language, ja=f"{told}のどれか", en=f"one of {told}")
    return "" if test.equals is None else _value(test.equals, language)


def _value(value: object, language: str) -> str:
    return quoted(value, language) if isinstance(value, str) else str(value).lower()


def heard_whom(words: str, language: str) -> Audience:
    """The audience of a noun phrase; raises ValueError where it is none."""
    if words in ANYBODY:
        return Audience()
    fields: dict[str, object] = {}
    for trait in _cut(words, language):
        name, value = _heard(trait, language)
        if name == "attributes":
            fields["attributes"] = {
                **cast("Mapping[str, object]", fields.get("attributes", {})),
                **cast("Mapping[str, object]", value),
            }
        elif name in fields:
            raise ValueError(f"{name} is said twice in {words!r}")
        else:
            fields[name] = value
    return Audience.model_validate(fields)


def _cut(words: str, language: str) -> list[str]:
    if language == "ja":
        if not words.endswith("お客様"):
            raise ValueError(f"{words!r} are no customers")
        return cut(words.removesuffix("お客様").removesuffix("の"), "・")
    if not words.startswith("customers "):
        raise ValueError(f"{words!r} are no customers")
    parts = cut(words.removeprefix("customers "), " and ")
    joined: list[str] = []
    for part in parts:
        if joined and joined[-1].endswith(" is known"):
            joined[-1] = f"{joined[-1]} and {part}" if not _begins(part) else joined[-1]
            joined += [part] if _begins(part) else []
        else:
            joined.append(part)
    return joined


def _begins(part: str) -> bool:
    """Whether a trait begins here, and not the value of the attribute before."""
    return part.startswith(("aged ", "who ", "of the ", "below the ", "in the ", "tagged ", "not ", "whose "))


def _heard(trait: str, language: str) -> tuple[str, object]:
    found = _heard_attribute(trait, language)
    if found is not None:
        return "attributes", found
    if "注文" in trait or "ordered" in trait:
        return "days_since_order", heard_orders(trait, language)
    for name, kind, ja, en in _lines():
        before, _, after = phrase(language, ja=ja, en=en).partition("{}")
        if not (trait.startswith(before) and trait.endswith(after)):
            continue
        try:
            return name, kind.read(trait[len(before) : len(trait) - len(after)], language)
        except ValueError:
            continue
    return "age", heard_ages(trait, language)


ATTRIBUTE = {
    "ja": re.compile(rf"({QUOTED['ja']})が(わかっていて)?(.+?)(である)?"),
    "en": re.compile(rf"whose ({QUOTED['en']}) is (known and )?(.+)"),
}


def _heard_attribute(trait: str, language: str) -> dict[str, object] | None:
    found = ATTRIBUTE["ja" if language == "ja" else "en"].fullmatch(trait)
    if found is None:
        return None
    name, told = unquoted(found[1]), found[3]
    if told in ("わかっている", "known"):
        return {name: {"known": True}}
    if told in ("わからないという", "not known"):
        return {name: {"known": False}}
    known: dict[str, object] = {"known": True} if found[2] else {}
    return {name: {**known, **_heard_test(told, language)}}


def _heard_test(told: str, language: str) -> dict[str, object]:
    several = told.endswith("のどれか") if language == "ja" else told.startswith("one of ")
    if several:
        inner = told.removesuffix("のどれか").removeprefix("one of ")
        return {"one_of": [_heard_value(one) for one in cut(inner, "か" if language == "ja" else " or ")]}
    try:
        return {"is": _heard_value(told)}
    except ValueError:
        return {"within": WITHIN.read(told, language)}


def _heard_value(word: str) -> bool | int | float | str:
    if word[:1] in ("「", '"'):
        return all_unquoted(word)[0]
    if word in ("true", "false"):
        return word == "true"
    return int(word) if re.fullmatch(r"-?\d+", word) else float(word)
