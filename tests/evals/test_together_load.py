"""A small slice of the proof that nothing is lost while everything runs at once."""

from pathlib import Path

from evals.proofs.together_load import together


def test_nothing_is_lost_while_everything_runs_at_once(tmp_path: Path) -> None:
    found = together(tmp_path / "home", customers=10, rows=0, seconds=1.0)
    counts = dict(found.counts)
    assert counts.pop("asks answered") > 0 and counts.pop("events acknowledged") > 0
    assert set(counts.values()) == {0}, (counts, found.told)
