"""A slice of the proof of erasure: on both databases no byte is left, and nobody comes back."""

from pathlib import Path

import pytest

from evals.proofs.erasure import NEEDLES, erasure
from tests.records.encoders import WordEncoder


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_no_byte_of_the_erased_is_left(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue("empty_postgresql") if kind == "postgresql" else None
    counts = erasure(tmp_path / "home", url, WordEncoder(), others=3)
    assert counts["of them found before"] >= len(NEEDLES) - 2, counts
    assert counts["decisions that verify as erased"] == counts["decisions"] == 2
    assert counts["ids erased"] == 2
    for what in ("not reached", "found in rows afterwards", "found in files afterwards", "came back"):
        assert counts[what] == 0, (what, counts)
    assert counts["others who are gone"] == 0
