"""Embeddings from an endpoint: the company's texts alone are sent, and whatever comes back is read strictly."""

import json
from pathlib import Path

import numpy as np
import pytest

from agent.endpoint import endpoint_encoder
from agent.parts import build_parts
from agent.settings import Settings
from domain.customer import Customer, Stage
from domain.decision import Ask
from domain.errors import Malformed, Unavailable
from domain.memory import Distance, Memory
from evals.stub_model import StubModel
from evals.stub_scripts import answers
from evals.stub_wire import DIMENSIONS
from records import catalogue, memories, profiles
from records.connection import Connection
from records.rebuild import rebuild
from tests.agent.stage import COAT, COFFEE, run
from tests.clock import START, FrozenClock
from tools.embeddings import EndpointEncoder, read

NOTE, TITLE = "prefers a quiet table", "Private page of Annabel"


def settings_for(stub: StubModel, home: Path) -> Settings:
    """Settings that name the stub for words and for vectors."""
    return Settings(home=home, llm_base_url=stub.base_url, llm_model="stub", llm_embed_model="stub-vectors")


def known(c: Connection) -> None:
    """A customer with something that they did and something that they said."""
    profiles.upsert(c, [Customer(id="anna", display_name="Annabel", stage=Stage.ACTIVE)], START)
    catalogue.upsert(c, [COFFEE, COAT], START)
    memories.put(c, [memory("did", "buys coffee", Distance.DID_WITH_US), memory("told", NOTE, Distance.TOLD_US)])


def memory(id: str, text: str, distance: Distance) -> Memory:
    """Something that we remember."""
    return Memory(id=id, customer_id="anna", text=text, distance=distance, source="test", at=START, topic="coffee")


def test_the_same_text_has_the_same_vector(tmp_path: Path) -> None:
    with StubModel(answers("")) as stub:
        encoder = endpoint_encoder(settings_for(stub, tmp_path))
        assert encoder is not None
        rows = encoder.encode(["coffee"] * 100 + ["coat", "half \ud800 a pair"])
    assert encoder.name == "endpoint:stub-vectors" and rows.shape == (102, DIMENSIONS)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert np.array_equal(rows[0], rows[99]) and not np.allclose(rows[0], rows[100])


def test_what_people_wrote_is_never_sent(tmp_path: Path) -> None:
    with StubModel(answers("")) as stub:
        parts = build_parts(settings_for(stub, tmp_path / "home"), clock=FrozenClock())
        parts.stores.write(known)
        rebuild(parts.context, parts.stores.database, parts.instruments.encoder, lambda done, total: None)
        asked = {
            "customer": {"id": "anna"},
            "channels": ["web"],
            "moment": {"page": {"title": TITLE}},
            "deadline_ms": 9000,
        }
        run(parts.conductor.next_message(Ask.model_validate(asked), language="en"))
        parts.close()
        sent = json.dumps([seen.body for seen in stub.requests], ensure_ascii=False)
    assert "buys coffee" in sent and "Wool coat" in sent
    assert not [one for one in (NOTE, TITLE, "Annabel", "anna") if one in sent]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b'{"data": []}',
        b'{"data": [{"index": 1, "embedding": [1]}]}',
        b'{"data": [{"index": 0, "embedding": []}]}',
        b'{"data": [{"index": 0, "embedding": ["x"]}]}',
        *(b'{"data": [{"index": 0, "embedding": [%s]}]}' % odd for odd in (b"NaN", b"1e39", b'"nan"', b"true")),
    ],
)
def test_an_odd_answer_is_no_vector(body: bytes) -> None:
    with pytest.raises(Unavailable):
        read(body, 1)


def test_vectors_of_other_lengths_are_refused() -> None:
    lengths = iter((3, 4))

    def embed(texts: object) -> bytes:
        return json.dumps({"data": [{"index": 0, "embedding": [0.5] * next(lengths)}]}).encode()

    with pytest.raises(Unavailable):
        EndpointEncoder("odd", embed).encode(["coffee"])


def test_an_endpoint_that_is_away_says_so(tmp_path: Path) -> None:
    named = Settings(home=tmp_path, llm_base_url="http://127.0.0.1:9/v1", llm_embed_model="away")
    encoder = endpoint_encoder(named)
    assert encoder is not None
    with pytest.raises(Unavailable, match="embedding model"):
        encoder.encode(["coffee"])


def test_a_model_for_embeddings_needs_an_endpoint(tmp_path: Path) -> None:
    with pytest.raises(Malformed):
        endpoint_encoder(Settings(home=tmp_path, llm_embed_model="nowhere"))
