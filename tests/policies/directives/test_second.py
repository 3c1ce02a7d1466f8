"""The verifier of second readings: whatever somebody reads out of a clause, only the right rule is believed."""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # it ships no types
import pytest

from policies.analysis.equivalence import equivalent
from policies.directives.clause import Glossary
from policies.directives.compiler import compile_directives
from policies.directives.second import accounted, in_other_words
from policies.directives.shapes import GIVEN, TYPES, rule_schema
from policies.rules import AnyRule

TODAY = date(2026, 11, 24)
CASES = Path(__file__).parent / "cases"
EVERY = 4
"""Every how-many-th example is taken."""
Note = Mapping[str, Any]


def note(rule: AnyRule) -> dict[str, Any]:
    """A rule as somebody would write it down."""
    told = rule.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {**{name: value for name, value in told.items() if name not in GIVEN}, "type": rule.type}


def examples() -> Iterator[tuple[str, AnyRule]]:
    """Directives of one clause that became one rule."""
    lines = [line for path in sorted(CASES.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    for line in lines[::EVERY]:
        text = json.loads(line).get("directive", "")
        read = compile_directives([text], None, Glossary(), TODAY)
        if len(read) == 1 and len(read[0].rules) == 1 and read[0].rules[0].type in TYPES:
            yield text, read[0].rules[0]


def altered(told: Any) -> Iterator[Any]:
    """The same with one thing less, one number moved, one channel or hour changed."""
    if isinstance(told, dict):
        yield from ({other: told[other] for other in told if other != name} for name in told if name != "type")
        yield from ({**told, name: one} for name in told if name != "type" for one in altered(told[name]))
    elif isinstance(told, list):
        for place, inner in enumerate(told):
            yield [*told[:place], *told[place + 1 :]]
            yield from ([*told[:place], one, *told[place + 1 :]] for one in altered(inner))
    else:
        yield from other_values(told)


def other_values(told: Any) -> Iterator[Any]:
    """Values that are easily taken for another."""
    if isinstance(told, int | float) and not isinstance(told, bool):
        yield from (told + 1, told - 1)
    elif told in ("email", "sms", "line", "push"):
        yield "sms" if told != "sms" else "email"
    elif isinstance(told, str) and told[2:3] == ":":
        yield f"{(int(told[:2]) + 1) % 24:02d}{told[2:]}"


def turned(told: Note) -> Iterator[dict[str, Any]]:
    """The same the other way round."""
    whole = deepcopy(dict(told))
    if "deny" in whole:
        yield {**{name: one for name, one in whole.items() if name != "deny"}, "allow": whole["deny"]}
    if "allow" in whole:
        yield {**{name: one for name, one in whole.items() if name != "allow"}, "deny": whole["allow"]}
    if "start" in whole and "end" in whole:
        yield {**whole, "start": whole["end"], "end": whole["start"]}


@pytest.mark.no_cover
def test_no_other_rule_is_ever_believed() -> None:
    found, believed = list(examples()), 0
    for place, (text, rule) in enumerate(found):
        right = accounted([note(rule)], text, TODAY, Glossary())
        believed += right is not None and right.doubt is None
        others = [note(other) for _, other in found[place + 1 : place + 6]]
        for lie in (*altered(note(rule)), *turned(note(rule)), *others):
            account = accounted([lie], text, TODAY, Glossary())
            if account is None or account.doubt is not None:
                continue
            assert equivalent(account.rules, [rule]) is True, (text, lie)
    assert believed > len(found) / 4


def test_words_for_a_rule_are_offered_only_where_they_mean_the_same() -> None:
    offered = 0
    for text, rule in list(examples())[::5]:
        words = in_other_words([rule], "ja", TODAY, Glossary())
        read = compile_directives(list(words), "ja", Glossary(), TODAY)
        assert not words or equivalent([one for clause in read for one in clause.rules], [rule]) is True, text
        offered += bool(words)
    assert offered > 3


@pytest.mark.parametrize("text", ["SMSは使わない。", "Guys, no SMS, alright?", "SMSは使わない方向でいきましょう。"])
def test_endings_and_calls_to_the_reader_change_nothing(text: str) -> None:
    account = accounted([{"type": "channel_permit", "deny": ["sms"]}], text, TODAY, Glossary())
    assert account is not None and account.doubt is None


OPEN = (
    "おくれている方にはSMSは使わない。",
    "SMSは使わなくもないっす。",
    "SMSは使わんといて。",
    "No SMS to whoever is late, guys.",
    "SMS, guys?",
)


@pytest.mark.parametrize("text", OPEN)
def test_what_may_turn_or_narrow_a_clause_keeps_it_open(text: str) -> None:
    account = accounted([{"type": "channel_permit", "deny": ["sms"]}], text, TODAY, Glossary())
    assert account is not None and account.doubt is not None


@pytest.mark.no_cover
def test_the_schema_takes_every_rule_of_the_examples_and_nothing_of_others() -> None:
    schema = rule_schema()
    check = jsonschema.Draft202012Validator(schema)
    for _, rule in examples():
        check.validate(note(rule))
    assert not check.is_valid({"type": "llm_data", "fields": ["tags"]})
    assert not check.is_valid({"type": "channel_permit", "deny": ["sms"], "layer": "law"})
    assert not check.is_valid({"type": "channel_permit", "deny": ["fax"]})
    assert len(json.dumps(schema)) < 30_000
