"""Every example file in cases/ says what a rule means; one line is one situation."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from policies.document import read_data
from tests.policies.examples import action_in, book_of, rules_of, situation_in

CASES = Path(__file__).parent / "cases"


def examples() -> list[Any]:
    """Every situation of every file, with its rule; files about copy have none."""
    found = []
    for path in sorted(CASES.glob("*.yaml")):
        data: Any = read_data(path.read_text(encoding="utf-8"), path.name)
        for group, case in enumerate(data if isinstance(data, list) else ()):
            for line, situation in enumerate(case.get("situations", ())):
                found.append(pytest.param(case, situation, id=f"{path.stem}-{group}-{line}"))
    return found


@pytest.mark.parametrize(("case", "situation"), examples())
def test_example(case: dict[str, Any], situation: dict[str, Any]) -> None:
    book = book_of(*rules_of(*case.get("rules", [case.get("rule")])))
    s = situation_in(situation)
    a = action_in(situation, s)
    bits = book.deliver(s, a)
    assert ("deny" if bits else "allow") == situation["verdict"], book.names(bits)
    assert bits == book.screen(s) | book.mask(s, a)
    if "next" in situation:
        opening = book.retry_at(bits, s, a)
        assert opening == (datetime.fromisoformat(situation["next"]) if situation["next"] else None)
    for language in ("ja", "en"):
        if language in situation:
            assert [reason.text for reason in book.reasons(bits, s, a, language)] == [situation[language]]
