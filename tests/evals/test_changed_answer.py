"""A small slice of the proof that an event changes the next answer."""

from pathlib import Path

from evals.proofs.changed_answer import ABOUT_THE_CART, TURNS, Found, answers, changed_answer


def test_an_acknowledged_event_changes_the_next_answer(tmp_path: Path) -> None:
    found = changed_answer(tmp_path / "home", customers=20, trials=len(TURNS), others=2, seed=1)
    assert not found.never
    table = found.table()
    assert (table["events"], table["answers that never changed"]) == (len(TURNS), 0)
    assert table["median until the changed answer, µs"] > 0


def test_the_count_would_notice_a_late_answer() -> None:
    found = Found(heard=[0.0] * 90 + [0.2] * 10, known=[0.01] * 100, never=["one"])
    table = found.table()
    assert table["asks sent 50 ms later that did not know, beyond one in twenty"] == 11 - 5
    assert table["answers that never changed"] == 1


def test_an_answer_is_known_by_its_rules_and_reasons() -> None:
    held = {"outcome": "hold", "hold": {"reasons": [{"type": "consent"}]}}
    assert answers(held, "consent") and answers(held, "*") and not answers(held, "message")
    said = {"outcome": "message", "explanation": {"because": [ABOUT_THE_CART]}}
    assert answers(said, "cart") and not answers(said, "no cart") and not answers(said, "consent")
