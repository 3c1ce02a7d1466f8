"""A slice of the cost: copy that is written ahead is asked for once, live copy again and again."""

from pathlib import Path

import pytest

from evals.proofs.cost import cost
from tests.records.encoders import WordEncoder


def test_copy_written_ahead_is_paid_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agent.parts.SentenceEncoder", WordEncoder)
    found = cost(tmp_path, households=30, live=8, days=2, seed=7, most_offers=2)
    texts = 2 * 5 * 2 * 2
    assert texts <= found["calls, written ahead"] < 1.5 * texts
    assert found["in a model's words, written ahead"] > 10
    assert found["calls, live"] >= found["in a model's words, live"] > 4
    assert found["violations, written ahead"] == found["violations, live"] == 0
