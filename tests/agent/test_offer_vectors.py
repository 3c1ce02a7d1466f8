"""Offer vectors: an encoder somewhere else may be slow, silent or broken, and nobody waits for it."""

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from agent.offer_vectors import BATCH, OfferVectors
from agent.parts import Parts, build_parts
from agent.settings import Settings
from domain.errors import Malformed, Unavailable
from records import catalogue
from records.embedding import FloatMatrix
from tests.agent.stage import COAT, COFFEE, FAIR, Scenery, people
from tests.clock import START, FrozenClock
from tests.patience import PATIENCE, until
from tests.records.encoders import WordEncoder


class Elsewhere(WordEncoder):
    """An encoder behind a network: says nothing until it is let, and fails as often as it is told to."""

    name = "endpoint:words"

    def __init__(self, failures: int = 0) -> None:
        super().__init__()
        self.answers, self.asked, self.failures = threading.Event(), 0, failures

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        self.asked += 1
        if not self.answers.wait(PATIENCE):
            raise AssertionError("nobody let the encoder answer")
        if self.asked <= self.failures:
            raise Unavailable("The encoder", "it does not answer", 5.0)
        return super().encode(texts)


def unlike_anything(parts: Parts) -> int:
    """How many offers have no vector yet."""
    _, offers = parts.shelf.load()
    return len(offers.offers) - int(np.any(offers.vectors, axis=1).sum())


def until_all_lie_somewhere(parts: Parts) -> bool:
    """Waits for it."""
    return until(lambda: not unlike_anything(parts))


def nobody_asks_any_more() -> bool:
    """Whether the thread that asks comes to its end."""
    return until(lambda: "tact-offer-vectors" not in {thread.name for thread in threading.enumerate()})


def test_nobody_waits_for_an_encoder_somewhere_else(tmp_path: Path, clock: FrozenClock) -> None:
    encoder = Elsewhere()
    parts = build_parts(Settings(home=tmp_path), clock=clock, encoder=encoder, draw=lambda: 0.0)
    try:
        stage = Scenery(parts, clock)
        stage.write(people)
        page = {"page": {"title": "Coffee from the north"}}
        assert stage.ask("anna", "app", moment=page).outcome == "message", "the encoder has said nothing yet"
        assert unlike_anything(parts) == len(parts.shelf.load()[1].offers)
        encoder.answers.set()
        assert until_all_lie_somewhere(parts)
        assert stage.ask("anna", "web").outcome == "message"
        asked = encoder.encoded
        stage.write(lambda c: catalogue.upsert(c, [COAT.model_copy(update={"in_stock": True})], START))
        assert until_all_lie_somewhere(parts) and encoder.encoded == asked, "its words are the same"
    finally:
        encoder.answers.set()
        parts.close()


def test_an_encoder_that_failed_is_asked_again(stage: Scenery) -> None:
    encoder = Elsewhere(failures=2)
    encoder.answers.set()
    vectors = OfferVectors(stage.parts.context, encoder, pause=0.01)
    other = COFFEE.model_copy(update={"id": "other", "brand": "Alder"})
    stage.ask("anna", "app")
    before = vectors.of([COAT, other])
    assert np.any(before[0]) and not np.any(before[1]), "what is known stays, what is new lies nowhere"
    assert until(lambda: vectors.arrived)
    assert encoder.asked == 3 and np.any(vectors.of([FAIR, other]), axis=1).all()


def test_a_batch_that_is_always_refused_holds_up_no_other(stage: Scenery) -> None:
    class Picky(Elsewhere):
        def encode(self, texts: Sequence[str]) -> FloatMatrix:
            self.asked += 1
            if any("bad" in text for text in texts):
                raise ValueError("no error of ours")
            return WordEncoder.encode(self, texts)

    encoder = Picky()
    vectors = OfferVectors(stage.parts.context, encoder, pause=0.01)
    many = [COFFEE.model_copy(update={"id": f"o{n}", "brand": "bad" if n == 0 else "Alder"}) for n in range(3 * BATCH)]
    vectors.of(many)
    assert until(lambda: np.any(vectors.of(many), axis=1).sum() >= 2 * BATCH)
    assert until(lambda: vectors.arrived) and encoder.asked > 3
    assert not np.any(vectors.of(many)[0]) and np.all(np.any(vectors.of(many)[BATCH:], axis=1))
    vectors.close()


def test_a_start_that_fails_leaves_nobody_asking(tmp_path: Path, clock: FrozenClock) -> None:
    home = Settings(home=tmp_path)
    parts = build_parts(home, clock=clock, encoder=(encoder := Elsewhere()))
    parts.stores.write(people)
    parts.close()
    nameless = home.model_copy(update={"llm_base_url": "http://127.0.0.1:9"})
    with pytest.raises(Malformed, match="TACT_LLM_MODEL"):
        build_parts(nameless, clock=clock, encoder=encoder)
    encoder.answers.set()
    assert nobody_asks_any_more()


def test_who_is_closed_asks_no_more(stage: Scenery) -> None:
    encoder = Elsewhere(failures=1_000_000)
    encoder.answers.set()
    vectors = OfferVectors(stage.parts.context, encoder, pause=0.01)
    vectors.of([COFFEE.model_copy(update={"id": "other"})])
    assert until(lambda: encoder.asked >= 3)
    vectors.close()
    assert nobody_asks_any_more()
