"""Read back: what a rule says of itself, given as a directive, is the same rule again: every type, both languages."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.offer import OfferKind
from policies.boundary.reach import said_whole
from policies.directives.compiler import compile_directives
from policies.rules import AnyRule
from policies.rules.claim_evidence import CONCEPTS
from policies.rules.llm_data import FIELDS, LLM_PURPOSES
from policies.rules.sensitive_attribute import TOPICS
from policies.windows import LENGTHS, Window
from tests.policies import strategies
from tests.policies.examples import rules_of
from tests.policies.strategies import maybe, note, scopes, some, subsets

TODAY = date(2026, 11, 22)
FILE = Path(__file__).parent / "directives" / "cases" / "dev.jsonl"
CASES = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
OWN = {"id", "name", "source", "layer", "owner", "note"}
"""Whose the rule is and where it is from; whatever it means is compared."""
WORDS = st.sampled_from(
    [
        "絶対",
        "No.1",
        "必ず「痩せる」",
        'say "cheese"',
        "a, b and c",
        "お客様の、件：「次」",
        "back\\slash",
        "100% (sure)",
        "か",
    ]
) | st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)
TEXTS = st.builds(lambda ja, en: {"ja": ja, "en": en}, maybe(WORDS), WORDS)
PART = st.sampled_from(["subject", "preheader", "title", "body"])
KINDS: Mapping[str, st.SearchStrategy[Any]] = {
    **strategies.KINDS,
    **strategies.WISHES,
    "suppression": note(
        "suppression",
        {"segments": st.lists(WORDS, min_size=1, max_size=2)},
        tags=st.lists(WORDS, min_size=1, max_size=2),
    )
    | note("suppression", segments=st.lists(WORDS, min_size=1, max_size=2)),
    "holdout": note("holdout", salt=WORDS, share=st.sampled_from([0.05, 0.123456, 0.9])),
    "sample_review": note("sample_review", first=st.integers(1, 2000))
    | note("sample_review", share=st.sampled_from([0.1, 0.0125])),
    "min_gap": note(
        "min_gap",
        {"counts": strategies.counts, "days": st.integers(0, 40), "minutes": st.integers(0, 59)},
        hours=st.integers(1, 72),
    ),
    "discount_ceiling": note(
        "discount_ceiling",
        {"max_amount": st.just({"JPY": 3000, "SEK": 20}), "below": st.booleans()},
        max_percent=st.sampled_from([5, 12.5, 60]),
    )
    | note(
        "discount_ceiling",
        {"below": st.booleans()},
        max_amount=st.sampled_from([{"USD": "1234.5"}, {"JPY": 30, "USD": 20, "EUR": 7}]),
    ),
    "llm_data": note(
        "llm_data",
        {"purposes": subsets(tuple(sorted(LLM_PURPOSES)), 1)},
        fields=st.lists(st.sampled_from(sorted(FIELDS)), unique=True),
    ),
    "forbidden_phrase": note(
        "forbidden_phrase",
        {
            "match": st.sampled_from(["literal", "inflected", "lemma"]),
            "part": PART,
            "exceptions": st.lists(WORDS, min_size=1, max_size=2),
            "unless_fact": WORDS,
            "better": TEXTS,
        },
        phrases=st.lists(WORDS, min_size=1, max_size=6),
    ),
    "length": note(
        "length",
        {"unit": st.sampled_from(["graphemes", "segments", "bytes"])},
        part=st.sampled_from(["subject", "preheader", "title", "body", "text"]),
        max=st.integers(1, 100_000),
    ),
    "grounding": note("grounding", {"tax": st.sampled_from(["any", "stated"])}),
    "url_allow": note("url_allow", {"domains": st.lists(st.sampled_from(["a.example", "b.example"]), min_size=1)}),
    "pii_leak": note("pii_leak"),
    "claim_evidence": note(
        "claim_evidence",
        {
            "concepts": st.lists(st.sampled_from(CONCEPTS), unique=True),
            "phrases": st.lists(WORDS, max_size=2),
            "evidence": WORDS,
            "better": TEXTS,
        },
    ),
    "creepiness": note("creepiness", {"most": st.integers(0, 10)}),
    "label": note("label", {"words": st.lists(WORDS, min_size=1, max_size=3), "within": st.integers(1, 1000)}),
    "language": note("language"),
    "required_phrase": note(
        "required_phrase",
        {
            "any_of": st.booleans(),
            "disclosures": subsets(("sender_name", "sender_address", "sender_contact", "way_out")),
            "part": PART,
            "position": st.sampled_from(["anywhere", "start", "end"]),
            "within": st.integers(1, 10_000),
        },
        phrases=st.lists(WORDS, min_size=1, max_size=3),
    ),
    "sensitive_attribute": note(
        "sensitive_attribute", {"topics": st.lists(st.sampled_from(TOPICS), unique=True), "better": TEXTS}
    ),
    "tone": note(
        "tone",
        {
            "polite_share": st.sampled_from([0, 0.5, 0.9, 1]),
            "emoji_max": st.integers(0, 9),
            "exclamations_max": st.integers(0, 9),
            "styles": st.lists(WORDS, min_size=1, max_size=2),
        },
    ),
}
"""Notes of all types, with every parameter that a type has."""
TYPES = sorted(get_args(one.model_fields["type"].annotation)[0] for one in get_args(get_args(AnyRule)[0]))
WISHES = ("channel_priority", "priority", "tone")
WIDER = some(
    {
        **{name: line for name, line in strategies.AUDIENCE.items() if name != "attributes"},
        "genders": subsets(("female", "male", "other"), 1),
        "regions": st.lists(WORDS, min_size=1, max_size=2),
        "tags": st.lists(WORDS, min_size=1, max_size=2),
        "languages": subsets(("ja", "en", "zh"), 1),
        "attributes": st.dictionaries(WORDS, strategies.attribute_tests, min_size=1, max_size=2),
    }
)
ABOUT = some(
    {
        **strategies.ABOUT,
        "kinds": subsets(get_args(OfferKind), 1),
        "brands": st.lists(WORDS, min_size=1, max_size=2),
        "tags": st.lists(WORDS, min_size=1, max_size=2),
    }
)
SCOPES = scopes | st.builds(
    lambda scope, whom, about: {**scope, "audience": whom, "offers": about}, scopes, WIDER, ABOUT
)
SEVERITY = st.sampled_from([{}, {"severity": "soft"}, {"severity": "soft", "weight": 2.5}])
REST = st.fixed_dictionaries(
    {},
    optional={
        "from": st.just("2026-10-28"),
        "until": st.just("2026-11-01"),
        "on_block": st.sampled_from(["skip", "defer", "other_channel"]),
    },
)


def test_every_type_has_its_notes() -> None:
    assert sorted(KINDS) == TYPES and len(TYPES) == 32


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("kind", TYPES)
@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.data())
def test_what_a_rule_says_compiles_to_the_same_rule(kind: str, language: str, data: st.DataObject) -> None:
    soft: Any = st.sampled_from([{}, {"severity": "hard"}]) if kind == "tone" else st.just({})
    hardness = data.draw(soft if kind in WISHES else SEVERITY)
    told = {**data.draw(KINDS[kind]), "scope": data.draw(SCOPES), **hardness, **data.draw(REST)}
    (rule,) = rules_of(told)
    said = said_whole(rule, language)
    clauses = compile_directives([said], today=TODAY)
    (again,) = [one for clause in clauses for one in clause.rules]
    assert [clause.status for clause in clauses] == ["understood"]
    assert meaning(again) == meaning(rule), said


def meaning(rule: AnyRule) -> dict[str, Any]:
    """All that a rule holds but whose it is; lengths of time in minutes, however they are written."""
    fields = {name: getattr(rule, name) for name in type(rule).model_fields if name not in OWN}
    window = fields.get("window")
    if isinstance(window, Window) and window.kind == "rolling":
        fields["window"] = (window.length * LENGTHS[window.unit], window.zone, window.week_starts, window.fallback)
    if rule.kind == "min_gap":
        fields["days"] = fields["days"] * 1440 + fields["hours"] * 60 + fields["minutes"]
        del fields["hours"], fields["minutes"]
    return fields


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_reading_that_is_pasted_back_gives_the_same_rules(case: dict[str, Any], language: str) -> None:
    """As a list, the way readings are shown: the dot before each line means nothing."""
    rules = [rule for clause in compile_directives([case["directive"]], today=TODAY) for rule in clause.rules]
    shown = "\n".join(f"・{said_whole(rule, language)}" for rule in rules)
    again = [rule for clause in compile_directives([shown], today=TODAY) for rule in clause.rules]
    assert [meaning(rule) for rule in again] == [meaning(rule) for rule in rules], shown
