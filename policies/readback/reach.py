"""Reach: for whom, about what, where and when a rule holds, as phrases; and those phrases heard again."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import cast

from domain.channel import Channel, Purpose
from domain.language import phrase
from policies.audience import Audience
from policies.readback.about import heard_about, said_about
from policies.readback.kinds import CHANNELS, DAYS, Kind, named
from policies.readback.marks import cut
from policies.readback.names import LANGUAGES, PURPOSES
from policies.readback.scenes import SCENE_NAMES
from policies.readback.whom import heard_whom, said_whom
from policies.scope import DateRange, Except, Offers, Scope

MARKETING = frozenset({Purpose.MARKETING})
"""What rules are about where they do not say."""
BETWEEN = ("、", "; ")
PLACED = ("in the scene ", "by ", "on ", "with copy in ")
"""How an English reach may begin that needs no "for" before it."""
OFFER_LINES = ("kinds", "categories", "brands", "ids", "discounted")


@dataclass(frozen=True, slots=True)
class Reach:
    """All that a scope or an exception may name, each line in the shape in which it is said."""

    audience: Audience | None = None
    offers: Offers | None = None
    scenes: Collection[str] | None = None
    channels: Collection[Channel] | None = None
    purposes: Collection[Purpose] | None = None
    languages: Collection[str] | None = None
    dates: DateRange | None = None


WHOM = Kind(lambda value, language: said_whom(cast(Audience, value), language), heard_whom)
ABOUT = Kind(lambda value, language: said_about(cast(Offers, value), language), heard_about)
LINES: Mapping[str, tuple[str, str, Kind]] = {
    "audience": ("{}", "{}", WHOM),
    "offers": ("{}", "{}", ABOUT),
    "scenes": ("施策{}", "in the scene {}", SCENE_NAMES),
    "channels": ("{}", "by {}", CHANNELS),
    "purposes": ("{}", "for {}", named(PURPOSES, ja="と", en=" and ")),
    "languages": ("{}の文面", "with copy in {}", named(LANGUAGES)),
    "dates": ("{}", "on {}", DAYS),
}


def said_reach(reach: Reach, language: str) -> str:
    """The lines in one phrase; nothing where nothing is limited."""
    told = [
        phrase(language, ja=ja, en=en).format(kind.say(getattr(reach, name), language))
        for name, (ja, en, kind) in LINES.items()
        if getattr(reach, name) is not None
    ]
    return phrase(language, ja=BETWEEN[0], en=BETWEEN[1]).join(told)


def led(reach: str) -> str:
    """The English phrase at the start of a sentence: For VIPs, In the scene "Win-back", By email."""
    if reach.startswith(PLACED):
        return f"{reach[0].upper()}{reach[1:]}"
    return f"For {reach.removeprefix('for ')}"


def heard_reach(words: str, language: str) -> dict[str, object]:
    """The lines of a phrase by name; raises ValueError for one that says something else."""
    found: dict[str, object] = {}
    for part in cut(words, BETWEEN[0 if language == "ja" else 1]):
        name, value = _heard(part, language)
        if name in found:
            raise ValueError(f"{name} is said twice in {words!r}")
        found[name] = value
    return found


def _heard(part: str, language: str) -> tuple[str, object]:
    for name, (ja, en, kind) in LINES.items():
        before, _, after = phrase(language, ja=ja, en=en).partition("{}")
        if not (part.startswith(before) and part.endswith(after)):
            continue
        inner = part[len(before) : len(part) - len(after)]
        value = _tried(kind.read, inner, language)
        if value is not None:
            return name, value
    raise ValueError(f"{part!r} limits nothing")


def _tried(read: Callable[[str, str], object], words: str, language: str) -> object | None:
    try:
        return read(words, language)
    except ValueError:
        return None


def reach_of_scope(scope: Scope, *, channels: bool) -> Reach:
    """What a scope names; its channels are left out where the sentence itself names them."""
    return Reach(
        scope.audience,
        scope.offers,
        scope.scenes,
        scope.channels if channels else None,
        None if scope.purposes == MARKETING else scope.purposes,
        scope.languages,
        scope.dates,
    )


def reach_of_exception(one: Except) -> Reach:
    """What an exception names."""
    lines = {name: getattr(one, name) for name in OFFER_LINES}
    about = Offers(**lines) if any(line is not None for line in lines.values()) else None
    whom = {name: getattr(one, name) for name in Audience.model_fields}
    asked = any(line not in (None, {}) for line in whom.values())
    audience = Audience(**whom) if asked else None
    return Reach(audience, about, one.scenes, one.channels, one.purposes, one.message_languages, one.dates)


def scope_fields(heard: Mapping[str, object]) -> dict[str, object]:
    """The lines that were heard as fields of a scope."""
    return dict(heard)


def except_fields(heard: Mapping[str, object]) -> dict[str, object]:
    """The lines that were heard as fields of an exception."""
    fields = {name: value for name, value in heard.items() if name not in ("audience", "offers", "languages")}
    if "languages" in heard:
        fields["message_languages"] = heard["languages"]
    for name in ("audience", "offers"):
        if name in heard:
            noun = cast("Audience | Offers", heard[name])
            fields.update(noun.model_dump(exclude_unset=True, by_alias=True))
    return fields
