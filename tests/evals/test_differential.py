"""A slice of the differential proof: every evaluator says the same, and so does the commit on both databases."""

from evals.proofs.differential import commits, evaluators
from records.database import Database


def test_every_evaluator_says_the_same() -> None:
    found = evaluators(2_000, 20261121)
    assert found["pairs"] >= 2_000 and found["verdicts asked of the solver"] > 20
    assert found["verdicts that differ"] == found["solver's verdicts that differ"] == 0


def test_the_commit_says_the_same(database: Database) -> None:
    found = commits(90, 20261121, database)
    assert found["commits"] >= 90 and found["commits that differ"] == 0 and found["messages committed"] > 10
