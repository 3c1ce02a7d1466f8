"""Heard: a rule out of the sentence in which it was read back; any other sentence is nobody's."""

from collections.abc import Iterator, Mapping
from typing import cast

from pydantic import TypeAdapter

from domain.language import LANGUAGES
from policies.readback.cores import CORES
from policies.readback.details import heard_detail, put
from policies.readback.listening import Fields
from policies.readback.marks import masked
from policies.readback.reach import PLACED, except_fields, heard_reach
from policies.rules import AnyRule

LONGEST = 4_000
"""No read-back is longer."""
MOST_COLONS, MOST_DETAILS = 6, 60
"""A sentence that has more of them reads back no rule."""
LAST = {"ja": ("（", "）"), "en": (" (", ")")}
LEFT = {"ja": "除く：", "en": "except "}
COLON = {"ja": "：", "en": ": "}
FOR = {"ja": "", "en": "For "}
RULE: TypeAdapter[AnyRule] = TypeAdapter(AnyRule)


def heard(sentence: str, common: Mapping[str, object]) -> AnyRule | None:
    """The rule whose read-back the sentence is, with these fields beside; None for any other sentence."""
    if len(sentence) > LONGEST or not sentence.endswith(("。", "）", ".", ")")):
        return None
    for language in LANGUAGES:
        rule = _heard(sentence, language, common)
        if rule is not None:
            return rule
    return None


def _heard(sentence: str, language: str, common: Mapping[str, object]) -> AnyRule | None:
    rest, details = _without_details(sentence, language)
    for reach, core in _cuts(rest, language):
        for form in CORES:
            try:
                fields = form.heard(core, language)
                if fields is not None:
                    return _rule(fields, reach, details, language, common)
            except (ValueError, KeyError):
                continue
    return None


def _without_details(sentence: str, language: str) -> tuple[str, list[str]]:
    """The sentence, and what stands in the brackets behind it."""
    found: list[str] = []
    hidden = masked(sentence)
    opening, closing = LAST[language]
    while hidden.endswith(closing) and len(found) < MOST_DETAILS:
        start = hidden.rfind(opening)
        if start < 0:
            break
        found.insert(0, sentence[start + len(opening) : -len(closing)])
        sentence, hidden = sentence[:start], hidden[:start]
    return sentence, found


def _cuts(sentence: str, language: str) -> Iterator[tuple[str | None, str]]:
    """The sentence without a reach before it, and at every colon as one with a reach."""
    yield None, sentence
    placed = language == "en" and sentence[:1].isupper() and f"{sentence[0].lower()}{sentence[1:]}".startswith(PLACED)
    if not placed and not sentence.startswith(FOR[language]):
        return
    hidden, at = masked(sentence), -1
    if hidden.count(COLON[language]) > MOST_COLONS:
        return
    while (at := hidden.find(COLON[language], at + 1)) >= 0:
        said = sentence[at + len(COLON[language]) :]
        if placed:
            yield f"{sentence[0].lower()}{sentence[1:at]}", said
            continue
        reach = sentence[len(FOR[language]) : at]
        yield reach, said
        if language == "en":
            # "For marketing messages: …" has swallowed the "for" of what the messages are for.
            yield f"for {reach}", said


def _rule(
    fields: Fields, reach: str | None, details: list[str], language: str, common: Mapping[str, object]
) -> AnyRule | None:
    kind = cast(str, fields["type"])
    spoken = fields.pop("spoken", None)
    scope: Fields = heard_reach(reach, language) if reach is not None else {}
    excepted = []
    for detail in details:
        if detail.startswith(LEFT[language]):
            excepted.append(except_fields(heard_reach(detail.removeprefix(LEFT[language]), language)))
        else:
            put(fields, *heard_detail(detail, kind, language))
    if spoken is not None and "channels" not in scope and not _counts_channels(fields):
        scope["channels"] = spoken
    if excepted:
        scope["except"] = excepted
    return RULE.validate_python({**common, **fields, "scope": scope})


def _counts_channels(fields: Fields) -> bool:
    """Whether the channels that the sentence names are those counted, and not those of the scope."""
    counts = cast("Mapping[str, object]", fields.get("counts", {}))
    return "channels" in counts or "channels" in cast("list[str]", counts.get("any", []))
