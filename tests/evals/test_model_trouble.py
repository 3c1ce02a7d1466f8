"""Small slices of the proofs about models: the same functions and a real service, fewer asks."""

from pathlib import Path

from evals.proofs.model_trouble import Asked, Found, model_trouble
from evals.proofs.small_model import became

SAID = {"copy": {"origin": "model"}, "outcome": "message"}
HELD = {"copy": None, "outcome": "hold"}


def test_a_model_in_trouble_lets_nothing_out_against_a_rule(tmp_path: Path) -> None:
    found = model_trouble(tmp_path / "home", asks=60, customers=60, seed=3, breaker=("0",), deadlines=(4_000,))
    counts = found.table()
    assert counts["asks"] == 60
    assert counts["violations"] == counts["poison that left"] == 0
    assert counts["well: model"] > 0 and counts.get("silent: model", 0) == 0 and found.told


def test_what_became_of_a_draft_is_said_in_four_words() -> None:
    found = [became(*one) for one in (("model", 0), ("model", 2), ("template", 0), ("variant", 1), ("hold", 0))]
    replaced = "replaced by approved copy"
    assert found == ["passed as written", "passed after a revision", replaced, replaced, "held"]


def test_the_count_would_notice_what_is_late() -> None:
    found = Found([Asked("well", SAID, -0.1)] * 1997 + [Asked("well", HELD, 0.2)] * 2 + [Asked("well", SAID, 0.6)])
    counts = found.table()
    assert counts["in a thousand later than 50 ms after the deadline, beyond one"] == 1
    assert counts["later than 500 ms after the deadline"] == 1
    assert counts["ms after the deadline, p99.9"] == 200
    assert (counts["well: model"], counts["well: hold"]) == (1998, 2)
