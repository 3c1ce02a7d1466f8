"""Every rule, of every type, speaks: a sentence in Japanese and in English, for marketers and for the one held back."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.policies.examples import rules_of
from tests.policies.strategies import KINDS, WISHES, actions, notes_of, situations

KANA = re.compile("[ぁ-ゖ]")
ODD = re.compile(r"None|  |\{|\}|（）|「」|、。|、、|・・| \.|\.\.|,\.|\b1 messages|datetime|frozenset|Decimal")


@pytest.mark.no_cover
@pytest.mark.parametrize("kind", sorted({*KINDS, *WISHES}))
@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.data())
def test_every_sentence_can_be_read(kind: str, data: st.DataObject) -> None:
    note: dict[str, Any] = data.draw(notes_of(kind))
    (rule,) = rules_of(note)
    s = data.draw(situations)
    a = data.draw(actions(s))
    for said in (rule.say("ja"), rule.why(s, a, "ja"), rule.why(s, None, "ja"), rule.reason(s, a, "ja")):
        assert said.endswith("。") and KANA.search(said) and not ODD.search(said), said
    for said in (rule.say("en"), rule.why(s, a, "en"), rule.why(s, None, "en"), rule.reason(s, a, "en")):
        assert said.endswith(".") and said[0].isupper() and not KANA.search(said) and not ODD.search(said), said
