"""A change that is said to loosen nothing lets nothing out that was held before."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import Unreadable
from domain.language import Text
from policies.book import Playbook
from policies.change import changes
from policies.document import RULE_TYPES, read_playbook
from policies.facts import Situation
from policies.kleene import verdict
from policies.rules import AnyRule
from policies.stricter import loosened
from tests.policies.examples import SENDER, rules_of
from tests.policies.strategies import actions, notes_of, situations

KINDS = sorted(kind for kind, model in RULE_TYPES.items() if "mask" in getattr(model, "stations"))  # noqa: B009


@pytest.mark.no_cover
@settings(max_examples=120, deadline=None, derandomize=True)
@given(st.sampled_from(KINDS), situations, st.data())
def test_what_is_not_looser_holds_all_that_was_held(kind: str, s: Situation, data: st.DataObject) -> None:
    first, second = data.draw(notes_of(kind)), data.draw(notes_of(kind))
    told = [data.draw(actions(s)) for _ in range(4)]
    for old, new in [*altered(first, second), *altered(second, first)]:
        before, after = old.violation(), new.violation()
        for a in told:
            if verdict(before, s, a) is not False:
                assert verdict(after, s, a) is not False, (old, new)


def altered(first: dict[str, Any], second: dict[str, Any]) -> list[tuple[AnyRule, AnyRule]]:
    """The rule and what it becomes by one field, or one line of its scope, of another, where that loosens nothing."""
    scopes = [{**first["scope"], name: line} for name, line in second["scope"].items()]
    scopes += [{name: line for name, line in first["scope"].items() if name != gone} for gone in first["scope"]]
    new = [{**first, "scope": scope} for scope in scopes]
    new += [{**first, name: line} for name, line in second.items() if name != "scope"]
    new += [{name: line for name, line in first.items() if name != gone} for gone in ("from", "until", "severity")]
    return [(old, rule) for note in new for old, rule in read(first, note) if not loosened(old, rule)]


def read(*notes: dict[str, Any]) -> list[tuple[AnyRule, AnyRule]]:
    """Both notes as hard rules of one id, nothing where one of them is none."""
    try:
        (old,), (new,) = (rules_of({"id": "rule", **one}) for one in notes)
    except Unreadable:
        return []
    return [(old, new)] if old.severity == new.severity == "hard" and old != new else []


def pair(old: dict[str, Any], new: dict[str, Any]) -> tuple[str, ...]:
    """What loosens between two notes of a rule."""
    (before,), (after,) = rules_of({"id": "rule", **old}), rules_of({"id": "rule", **new})
    return loosened(before, after)


CAP = {"type": "frequency_cap", "max": 2, "window": {"kind": "rolling", "unit": "week"}}
NIGHT = {"type": "quiet_hours", "start": "21:00", "end": "08:00"}
WORDS = {"type": "forbidden_phrase", "phrases": ["a", "b"], "exceptions": ["ab"]}


@pytest.mark.parametrize(
    ("old", "new", "loose"),
    [
        (CAP, {**CAP, "max": 1}, ()),
        (CAP, {**CAP, "max": 3}, ("max",)),
        (CAP, {**CAP, "window": {"kind": "rolling", "unit": "month"}}, ("window",)),
        (CAP, {**CAP, "severity": "soft"}, ("severity",)),
        ({**CAP, "severity": "soft"}, CAP, ()),
        (CAP, {**CAP, "until": "2026-12-31"}, ("valid_until",)),
        (CAP, {**CAP, "note": {"en": "why"}, "on_block": "defer"}, ()),
        (CAP, {**CAP, "scope": {"channels": ["email"]}}, ("scope",)),
        ({**CAP, "scope": {"channels": ["email"]}}, CAP, ()),
        ({**CAP, "scope": {"channels": ["web"]}}, CAP, ("scope",)),
        (CAP, {**CAP, "scope": {"purposes": ["marketing", "service"]}}, ()),
        (CAP, {**CAP, "scope": {"except": {"tags": ["vip"]}}}, ("scope",)),
        ({**CAP, "scope": {"except": {"tags": ["vip"]}}}, CAP, ()),
        ({**CAP, "scope": {"audience": {"stages": ["new"]}}}, {**CAP, "scope": {"audience": {}}}, ()),
        (NIGHT, {**NIGHT, "start": "20:00"}, ()),
        (NIGHT, {**NIGHT, "start": "20:00", "end": "07:00"}, ("start", "end")),
        (NIGHT, {**NIGHT, "days": ["mon"]}, ("days",)),
        (WORDS, {**WORDS, "phrases": ["a", "b", "c"], "exceptions": []}, ()),
        (WORDS, {**WORDS, "phrases": ["a"]}, ("phrases",)),
        (WORDS, {**WORDS, "unless_fact": "proof"}, ("unless_fact",)),
        (WORDS, {"type": "suppression", "tags": ["a"]}, ("type",)),
    ],
)
def test_what_loosens_is_named(old: dict[str, Any], new: dict[str, Any], loose: tuple[str, ...]) -> None:
    assert tuple(sorted(pair(old, new))) == tuple(sorted(loose))


def test_a_playbook_changes_in_nothing_against_itself() -> None:
    book = read_playbook()
    assert changes(book, book) == ()


def test_every_change_is_told_in_both_languages() -> None:
    empty = Playbook(rules=(), scenes=(), sender=SENDER.model_copy(update={"name": Text(en="Another")}))
    whole = read_playbook().model_copy(update={"packs": ("jp",)})
    both = (*changes(empty, whole), *changes(whole, empty))
    assert {change.noun for change in both} == {"rule", "scene", "pack", "sender"}
    assert all(change.text.ja and change.text.en for change in both)
    hard = {rule.id for rule in read_playbook().rules if rule.severity == "hard"}
    removed = [change for change in both if change.kind == "removed" and change.noun == "rule"]
    assert removed and all(change.loosens == (change.id in hard) for change in removed)
