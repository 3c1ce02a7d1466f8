"""The evaluation of thinking: the same cases both ways, nothing against the rules, and rogues that change nothing."""

from pathlib import Path

import pytest

from evals.deliberation import WHO, compared, show


def test_thinking_is_compared_with_the_usual_choice_on_the_same_cases(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    usual, thought, rogue = rows = compared("department_store", tmp_path)
    assert [row.who for row in rows] == list(WHO)
    assert [one.case for one in usual.answers] == [one.case for one in thought.answers] and len(usual.answers) >= 20
    assert not any(one.violations for row in rows for one in row.answers)
    assert usual.share(lambda one: one.met) == 1 and not any(one.calls for one in usual.answers)
    assert sum(one.taken for one in thought.answers) >= 20 and not any(one.taken for one in rogue.answers)
    assert {one.case: one.offer for one in rogue.answers}.items() <= {
        one.case: one.offer for one in usual.answers
    }.items()
    show(rows)
    assert "points" in capsys.readouterr().out
