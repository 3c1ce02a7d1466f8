"""Hearing: example sentences, each with the errand that it is; and no instruction is mistaken for one."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from agent.talk.errand import Hand, Refine, Unheard
from agent.talk.hands import CAN_EN, CAN_JA
from agent.talk.hearing import heard
from agent.talk.talk import Talk

HERE = Path(__file__).parent
INSTRUCTIONS = HERE.parents[1] / "policies" / "directives" / "cases"
TALK = Talk(directives=("dir-1", "dir-4"), customer="anna", last="why")
ODD = ("", " ", "?", "。。。", "\n\n", "「", '"', "'" * 300, "dir-", "週" * 3000, "a " * 4000, "（" * 500)
NESTED = ("すべて", "メールの配信を", "前の版", "いいです", "割引率", "配信停止", "the draft ", "who would ", "please ")
"""Words on which a careless pattern would try every way of reading them."""


def cases() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Each sentence with the kind of its errand and what that names."""
    for name in ("hearing.yaml", "hearing_blind.yaml"):
        written = yaml.safe_load((HERE / "cases" / name).read_text(encoding="utf-8"))
        for kind, sayings in written.items():
            for one in sayings:
                fields = dict(one) if isinstance(one, dict) else {"say": one}
                yield fields.pop("say"), kind, fields


@pytest.mark.parametrize(
    ("say", "kind", "fields"), tuple(cases()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_sentence_is_heard_as_it_is_meant(say: str, kind: str, fields: dict[str, str]) -> None:
    found = heard(say, TALK)
    assert kind in {errand.kind for errand in found}, found
    errand = next(errand for errand in found if errand.kind == kind)
    told = {name: value for name, value in errand.model_dump(mode="json").items() if name in fields}
    assert told == fields


def promised() -> tuple[str, ...]:
    """Everything that the desk's own help says may be said, without the instruction of its first line."""
    found = [one for line in CAN_EN[1:] for one in re.findall(r'"([^"]+)"', line)]
    return (*found, *(one for line in CAN_JA[1:] for one in re.findall("「([^」]+)」", line)))


@pytest.mark.parametrize("say", promised())
def test_what_the_help_promises_is_heard(say: str) -> None:
    assert not [errand for errand in heard(say, TALK) if isinstance(errand, Unheard)]


def instructions() -> tuple[str, ...]:
    """The directives of the compiler's own examples."""
    lines = [line for file in sorted(INSTRUCTIONS.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()]
    told = [json.loads(line)["directive"] for line in lines]
    return tuple(dict.fromkeys(one for text in told for one in (text if isinstance(text, list) else [text])))


def test_instructions_are_not_mistaken_for_questions_or_changes() -> None:
    """An attack may sound like an order to approve: that is answered, and nothing is done."""
    texts = instructions()
    alone = {text: heard(text, Talk()) for text in texts}
    strays = [text for text, found in alone.items() if not all(isinstance(one, Unheard | Hand) for one in found)]
    changes = [text for text in texts if any(isinstance(one, Refine) for one in heard(text, TALK))]
    assert len(texts) > 500
    assert len(strays) <= len(texts) // 200, strays
    assert len(changes) <= len(texts) // 200, changes


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_whatever_is_typed_is_heard_as_something(text: str) -> None:
    assert heard(text, TALK)


@pytest.mark.parametrize("words", NESTED)
def test_nothing_takes_long_to_hear(words: str) -> None:
    """Ways of reading that multiply would never end here."""
    for count in (12, 25, 60, 1000):
        assert heard(words * count + "x", TALK)
