"""Effects: exceptions that change nothing, and packs that can never matter."""

from collections.abc import Collection, Iterator, Sequence

from domain.language import Text
from policies.analysis.box import ANYTHING, Box, TooMany, boxes
from policies.analysis.flaw import Flaw
from policies.analysis.lowering import Lowered, lowered
from policies.analysis.shadow import inside
from policies.book import Playbook
from policies.exception import RuleException
from policies.predicate import Predicate, all_of
from policies.rules import AnyRule
from policies.scope import Except


def idle_exceptions(playbook: Playbook) -> Iterator[Flaw]:
    """Exceptions, beside the rules or in their scope, that leave everything as it is."""
    rules = lowered(playbook.rules) if playbook.exceptions else ()
    by_id = {one.rule.id: one for one in rules}
    for exception in playbook.exceptions:
        one = by_id.get(exception.rule)
        if one is not None:
            yield from _idle(exception, one, rules)
    for rule in playbook.rules:
        for excepted in rule.scope.excepted:
            if not _meets(_without_excepts(rule), excepted.predicate()):
                yield Flaw("exception_without_effect", (rule.id,), NOT_REACHED)


def dead_packs(playbook: Playbook, silent: Collection[str]) -> Iterator[Flaw]:
    """Packs none of whose rules can ever apply; `silent` are the rules known not to."""
    for pack in playbook.packs:
        mine = rules_of(pack, playbook.rules)
        if mine and all(rule.id in silent for rule in mine):
            yield Flaw("dead_pack", tuple(rule.id for rule in mine), dead(pack))


def rules_of(pack: str, rules: Sequence[AnyRule]) -> tuple[AnyRule, ...]:
    """The rules that came with a pack."""
    return tuple(rule for rule in rules if rule.layer == "law" and rule.id.startswith(f"{pack}."))


def dead(pack: str) -> Text:
    """That a pack does nothing here."""
    return Text(
        ja=f"パック {pack} のルールが効く相手も配信もありません。packs から外せます。",
        en=f"No customer and no message is touched by the rules of the pack {pack}. It can be switched off.",
    )


def _idle(exception: RuleException, one: Lowered, rules: Sequence[Lowered]) -> Iterator[Flaw]:
    covered = Except.of(exception.scope).predicate()
    if not _meets(one.rule.applies(), covered):
        yield Flaw("exception_without_effect", (exception.id, one.rule.id), NOT_REACHED)
    elif exception.instead is not None and _same_instead(exception, one.rule):
        yield Flaw("exception_without_effect", (exception.id, one.rule.id), SAME)
    elif exception.instead is None and (over := _still_forbidden(one, covered, rules)) is not None:
        text = Text(
            ja=f"例外にしても {over.rule.id}（{over.rule.name.either('ja')}）が同じものを止めるため、変わりません。",
            en=f"It changes nothing: {over.rule.id} ({over.rule.name.either('en')}) forbids the same.",
        )
        yield Flaw("exception_without_effect", (exception.id, one.rule.id, over.rule.id), text)


def _same_instead(exception: RuleException, rule: AnyRule) -> bool:
    said = rule.model_dump(mode="json", by_alias=True)
    return all(name in said and said[name] == value for name, value in (exception.instead or {}).items())


def _still_forbidden(one: Lowered, covered: Predicate, rules: Sequence[Lowered]) -> Lowered | None:
    """Another rule that forbids, inside the exception, all that this one forbids there."""
    if not one.hard:
        return None
    there = _boxes(all_of(covered, one.rule.violation()))
    others = (other for other in rules if other is not one and other.hard and other.may is not None)
    return next((other for other in others if all(inside(box, other.may or ()) for box in there)), None)


def _meets(one: Predicate, other: Predicate) -> bool:
    return bool(_boxes(all_of(one, other), may=False))


def _boxes(predicate: Predicate, *, may: bool = True) -> tuple[Box, ...]:
    """The boxes of a predicate; of one that has too many, a box that holds everything."""
    try:
        return boxes(predicate, may=may)
    except TooMany:
        return (ANYTHING,)


def _without_excepts(rule: AnyRule) -> Predicate:
    return rule.model_copy(update={"scope": rule.scope.model_copy(update={"excepted": ()})}).applies()


NOT_REACHED = Text(
    ja="例外の範囲がルールの範囲と重ならないので、何も変わりません。範囲を見直すか、例外を消してください。",
    en="The exception lies outside the rule's scope, so it changes nothing. Correct its scope, or remove it.",
)
SAME = Text(
    ja="例外の中身がもとのルールと同じなので、何も変わりません。instead を直すか、例外を消してください。",
    en="Inside the exception the rule is the same as outside. Change what stands under instead, or remove it.",
)
