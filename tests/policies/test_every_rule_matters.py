"""Every type of rule matters: where the enforcement of one is switched off, an example changes its verdict."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import pytest

from domain.message import Message
from policies.document import RULE_TYPES
from policies.facts import worded
from policies.predicate import FALSE
from policies.rules import AnyRule
from tests.policies.examples import action_in, book_of, rules_of, situation_in

PLANTED = Path(__file__).parent / "cases" / "checker" / "planted.jsonl"
NOON = "2026-11-25T12:00:00+09:00"
LLM_DATA = "llm_data"
"""It forbids no message: it says what a model is shown, and has a test of its own below."""
Case = Mapping[str, Any]


def by_type() -> dict[str, list[Case]]:
    """The planted examples of every type."""
    found: dict[str, list[Case]] = {kind: [] for kind in RULE_TYPES if kind != LLM_DATA}
    for line in PLANTED.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        found[case["rule"]["type"]].append(case)
    return found


def forbids(case: Case) -> bool:
    """Whether the book, with this one rule in it, lets nothing of the example through or counts it against it."""
    example = {"at": NOON, "channel": "email", **case}
    book = book_of(*rules_of(case["rule"]))
    s = situation_in(example)
    a = action_in(example, s)
    message = case.get("message", {"body": "器の市です。"})
    written = Message(channel=a.channel, **{"language": "ja", **message})
    a = worded(a, written.language, a.items)
    return bool(book.deliver(s, a) or book.inspect(s, a, written) or book.penalty(s, a))


def test_every_type_has_an_example() -> None:
    assert set(RULE_TYPES.values()) == set(get_args(get_args(AnyRule)[0]))
    assert all(by_type().values()), [kind for kind, cases in by_type().items() if not cases]


@pytest.mark.parametrize("kind", sorted(by_type()))
def test_switched_off_it_is_noticed(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = by_type()[kind]
    bad, good = (
        [{**case, **case.get("bad", {})} for case in cases],
        [{**case, **case.get("good", {})} for case in cases],
    )
    assert [forbids(case) for case in bad] == [True] * len(bad)
    assert [forbids(case) for case in good] == [False] * len(good)
    monkeypatch.setattr(RULE_TYPES[kind], "forbidden", lambda self: FALSE)
    monkeypatch.setattr(RULE_TYPES[kind], "looks_at", lambda self: FALSE)
    monkeypatch.setattr(RULE_TYPES[kind], "wishes", lambda self: ())
    assert not any(forbids(case) for case in bad)


def test_what_a_model_may_see_shrinks_with_each_rule() -> None:
    rules = rules_of({"type": LLM_DATA, "fields": ["language", "stage"]}, {"type": LLM_DATA, "fields": ["language"]})
    assert book_of(*rules).llm_fields("copy") == {"language"}
    assert book_of(rules[0]).llm_fields("copy") == {"language", "stage"}
    assert book_of().llm_fields("copy") == frozenset()
