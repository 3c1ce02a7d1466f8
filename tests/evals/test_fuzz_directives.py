"""A small slice of the fuzz of directives."""

from evals.proofs.fuzz_directives import fuzz


def test_strange_directives_are_read_without_a_crash_and_with_every_letter_in_a_clause() -> None:
    found = fuzz(400, 7)
    assert (found.texts, found.crashed, found.dropped) == (400, [], [])
