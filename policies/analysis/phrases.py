"""Words at odds: phrases that one rule asks for and another forbids, or that have no room where they must stand."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from domain.channel import Channel, Purpose
from domain.customer import Customer, Record
from domain.language import Language, Text
from domain.message import Message
from domain.sender import Sender
from policies.analysis.flaw import Flaw
from policies.analysis.lowering import Lowered
from policies.facts import action_of, situation_of
from policies.inspection.inspect import Inspector
from policies.inspection.lengths import GRAPHEME
from policies.rules import AnyRule
from policies.rules.forbidden_phrase import ForbiddenPhrase
from policies.rules.length import Length
from policies.rules.required_phrase import RequiredPhrase
from policies.scope import Scope

ANY_DAY = datetime(2026, 1, 5, 3, tzinfo=UTC)
EVERYWHERE = Scope(purposes=frozenset(Purpose))


def at_odds(rules: Sequence[Lowered], sender: Sender) -> Iterator[Flaw]:
    """Required phrases that a forbidden phrase of an overlapping scope catches, as the inspection reads them."""
    required = [one for one in rules if isinstance(one.rule, RequiredPhrase) and one.rule.severity == "hard"]
    forbidding = [one for one in rules if isinstance(one.rule, ForbiddenPhrase) and one.rule.severity == "hard"]
    if not required or not forbidding:
        return
    by_id = {one.rule.id: one for one in forbidding}
    inspector = Inspector([_everywhere(one.rule) for one in forbidding], sender)
    for one in required:
        for words, caught in _caught(one.rule, inspector):
            for identifier in dict.fromkeys(caught):
                if overlap(one, by_id[identifier]):
                    yield Flaw("phrase_conflict", (one.rule.id, identifier), _conflict(words, one, by_id[identifier]))


def without_room(rules: Sequence[Lowered]) -> Iterator[Flaw]:
    """Required phrases that are longer than the part in which they must stand may be."""
    for one in rules:
        if not isinstance(one.rule, RequiredPhrase):
            continue
        needed = max((_length(words) for words in one.rule.phrases), default=0)
        for other in rules:
            short = isinstance(other.rule, Length) and _same_part(one.rule, other.rule) and other.rule.max < needed
            if isinstance(other.rule, Length) and short and overlap(one, other):
                yield Flaw("too_short", (one.rule.id, other.rule.id), _no_room(needed, other.rule))


def overlap(one: Lowered, other: Lowered) -> bool:
    """Whether both rules can apply to one message."""
    if one.may is None or other.may is None:
        return True
    return any(box.meet(another) is not None for box in one.may for another in other.may)


def _caught(rule: AnyRule, inspector: Inspector) -> Iterator[tuple[str, list[str]]]:
    """Each required phrase that cannot be written, with the rules that forbid it; with a choice, only if none can."""
    if not isinstance(rule, RequiredPhrase):
        return
    found = [(words, _findings(words, inspector)) for words in rule.phrases]
    if rule.any_of and not all(caught for _, caught in found):
        return
    yield from (one for one in found if one[1])


def _findings(words: str, inspector: Inspector) -> list[str]:
    s = situation_of(Record(customer=Customer(id="anybody")))
    a = action_of(s, Channel.EMAIL, Purpose.MARKETING, ANY_DAY)
    language: Language = "en" if words.isascii() else "ja"
    return [
        finding.rule
        for finding in inspector.inspect(s, a, Message(channel=Channel.EMAIL, language=language, text=words))
    ]


def _everywhere(rule: AnyRule) -> AnyRule:
    return rule.model_copy(update={"scope": EVERYWHERE, "valid_from": None, "valid_until": None})


def _same_part(required: RequiredPhrase, length: Length) -> bool:
    return required.part == length.part or (required.part is None and length.part == "body")


def _length(words: str) -> int:
    return len(GRAPHEME.findall(words))


def _conflict(words: str, one: Lowered, other: Lowered) -> Text:
    asks, forbids = one.rule.id, other.rule.id
    return Text(
        ja=f"「{words}」は {asks} で必須、{forbids} で禁止です。どの文面も通りません。どちらかを直してください。",
        en=f'"{words}" is required by {asks} and forbidden by {forbids}: no copy can pass. Change one of them.',
    )


def _no_room(needed: int, length: Length) -> Text:
    return Text(
        ja=f"必須の語句は{needed}文字ですが、{length.id} の上限は{length.max}文字です。どちらかを直してください。",
        en=f"The required words have {needed} characters, and {length.id} allows {length.max}. Change one of them.",
    )
