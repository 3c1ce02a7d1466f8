"""The context store: one record per customer and one per offer in Chroma, found by id or by likeness.

SQL is the truth and this can be rebuilt from it. Vectors always come from outside: Chroma never encodes anything.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import chromadb
import httpx
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.models.Collection import Collection
from chromadb.api.types import Embeddable, EmbeddingFunction, Embeddings
from chromadb.config import Settings
from chromadb.errors import ChromaError
from chromadb.utils.embedding_functions import register_embedding_function

from domain.errors import Malformed, Unavailable
from records.embedding import Encoder, FloatMatrix, FloatVector, sound
from records.ownership import Ownership

PATIENCE = 5.0
"""Seconds to wait for a Chroma server."""
BATCH = 1000
"""Records a call: below that the calls cost, above it nothing is won."""

T = TypeVar("T")
Fact = str | int | float | bool
Metadata = dict[str, Fact | None]


@register_embedding_function
class GivenVectors(EmbeddingFunction[Embeddable]):
    """Tells Chroma that vectors come with the records, so that it never reaches for a model of its own."""

    def __init__(self) -> None:
        """Takes nothing."""

    def __call__(self, input: Embeddable) -> Embeddings:
        raise ValueError("Records come with their vectors; encode them first.")

    @staticmethod
    def name() -> str:
        return "tact-given-vectors"

    def get_config(self) -> dict[str, Any]:
        return {}

    @staticmethod
    def build_from_config(config: dict[str, Any]) -> "GivenVectors":
        return GivenVectors()


@dataclass(frozen=True, slots=True)
class ContextRecord:
    """What a customer is like: a text, some coarse facts to narrow a search, and the text's vector."""

    customer_id: str
    digest: str
    facts: Mapping[str, Fact]
    vector: FloatVector = field(compare=False)


class ContextStore:
    """Customers and offers by likeness; safe to share between the threads of one process."""

    def __init__(self, client: ClientAPI, let_go: Callable[[], None], encoder: Encoder, where: str) -> None:
        self._client, self._let_go, self._where = client, let_go, where
        self._writing = threading.Lock()
        self._customers = self._collection("tact_customers", encoder.name)
        self._offers = self._collection("tact_offers", encoder.name)

    def _collection(self, name: str, encoder: str) -> Collection:
        with self._answering():
            found = self._client.get_or_create_collection(
                name,
                embedding_function=GivenVectors(),
                configuration={"hnsw": {"space": "cosine"}},
                metadata={"encoder": encoder},
            )
        made_by = (found.metadata or {}).get("encoder")
        if made_by != encoder:
            why = f"its vectors are those of {made_by!r}, not of {encoder!r}. Rebuild it in an empty place"
            raise Unavailable(self._where, why, mends_itself=False)
        return found

    def get(self, customer_id: str) -> ContextRecord | None:
        """The customer's record, None where there is none."""
        return next(iter(self.get_many([customer_id])), None)

    def vector(self, customer_id: str) -> FloatVector | None:
        """The vector of the customer's record alone, which is all that an ask needs; None where there is none."""
        with self._answering():
            return next(iter(vectors(self._customers.get(ids=[customer_id], include=["embeddings"]))), None)

    def get_many(self, customer_ids: Sequence[str]) -> list[ContextRecord]:
        """The records of those customers that have one, in no particular order."""
        with self._answering():
            found = self._customers.get(ids=list(customer_ids), include=["documents", "metadatas", "embeddings"])
        rows = zip(found["ids"], found["documents"] or (), found["metadatas"] or (), vectors(found), strict=True)
        return [ContextRecord(id, text, dict(facts or {}), vector) for id, text, facts, vector in rows]  # type: ignore[arg-type]  # facts hold what put() wrote

    def put(self, records: Sequence[ContextRecord]) -> None:
        """Writes records whole, those that are there already over the old ones."""
        for some in batched(records):
            ids = [one.customer_id for one in some]
            rows = np.stack([one.vector for one in some])
            self._write(self._customers, ids, [one.digest for one in some], rows, self._whole_facts(some))

    def remove(self, customer_ids: Sequence[str]) -> None:
        """Deletes the records of these customers, as far as there are any."""
        self._delete(self._customers, customer_ids)

    def put_offers(self, ids: Sequence[str], texts: Sequence[str], rows: FloatMatrix) -> None:
        """Writes the texts and vectors of offers, those that are there already over the old ones."""
        for places in batched(range(len(ids))):
            chosen = slice(places[0], places[-1] + 1)
            self._write(self._offers, ids[chosen], texts[chosen], rows[chosen])

    def remove_offers(self, ids: Sequence[str]) -> None:
        """Deletes these offers, as far as they are there."""
        self._delete(self._offers, ids)

    def offer_vectors(self) -> dict[str, tuple[str, FloatVector]]:
        """Text and vector of every offer by its id."""
        with self._answering():
            found = self._offers.get(include=["documents", "embeddings"])
        rows = zip(found["ids"], found["documents"] or (), vectors(found), strict=True)
        return {id: (text, vector) for id, text, vector in rows}

    def similar_offers(self, vector: FloatVector, n: int) -> list[tuple[str, float]]:
        """The offers most like `vector`, with their cosine, nearest first."""
        return self._similar(self._offers, vector, n)

    def similar_customers(self, vector: FloatVector, n: int) -> list[tuple[str, float]]:
        """The customers most like `vector`, with their cosine, nearest first."""
        return self._similar(self._customers, vector, n)

    def ids(self) -> tuple[list[str], list[str]]:
        """The ids of every customer and of every offer here."""
        with self._answering():
            return self._customers.get(include=[])["ids"], self._offers.get(include=[])["ids"]

    def counts(self) -> dict[str, int]:
        """How many records there are of each kind."""
        with self._answering():
            return {"customers": self._customers.count(), "offers": self._offers.count()}

    def close(self) -> None:
        """Lets go of the files, and of the ownership."""
        self._client.close()  # type: ignore[attr-defined]  # every client has it, the interface does not say so
        self._let_go()

    def _write(
        self,
        where: Collection,
        ids: Sequence[str],
        texts: Sequence[str],
        rows: FloatMatrix,
        facts: list[Metadata | None] | None = None,
    ) -> None:
        with self._answering(), self._writing:
            where.upsert(
                ids=list(ids),
                documents=[sound(text) for text in texts],
                embeddings=np.ascontiguousarray(rows, dtype=np.float32),
                metadatas=facts,  # type: ignore[arg-type]  # None in a list is taken, the interface does not say so
            )

    def _whole_facts(self, records: Sequence[ContextRecord]) -> list[Metadata | None]:
        """The facts of each record, and None for those it no longer has: Chroma would keep them otherwise."""
        with self._answering():
            found = self._customers.get(ids=[one.customer_id for one in records], include=["metadatas"])
        old = dict(zip(found["ids"], found["metadatas"] or (), strict=True))
        return [{**dict.fromkeys(old.get(one.customer_id) or ()), **one.facts} or None for one in records]

    def _delete(self, where: Collection, ids: Sequence[str]) -> None:
        for some in batched(ids):
            with self._answering(), self._writing:
                where.delete(ids=list(some))

    def _similar(self, where: Collection, vector: FloatVector, n: int) -> list[tuple[str, float]]:
        with self._answering():
            found = where.query(
                query_embeddings=np.asarray([vector], dtype=np.float32), n_results=n, include=["distances"]
            )
        nearest = zip(found["ids"][0], (found["distances"] or [[]])[0], strict=True)
        return [(id, 1.0 - float(distance)) for id, distance in nearest]

    @contextmanager
    def _answering(self) -> Iterator[None]:
        try:
            yield
        except (ChromaError, httpx.HTTPError) as error:
            raise Unavailable(self._where, f"{type(error).__name__}: {error}") from error


def open_context(folder: Path | None, url: str | None, encoder: Encoder) -> ContextStore:
    """Opens the Chroma server at `url`, or else the embedded store in `folder`, which then belongs to this process."""
    settings = Settings(anonymized_telemetry=False)
    if url is not None:
        return ContextStore(*reached(url, settings), encoder, f"The context store at {url}")
    if folder is None:
        raise Malformed(
            "TACT_CHROMA_URL", url, "give the address of a Chroma server, or a folder for an embedded store."
        )
    owned = Ownership(folder)
    try:
        client = chromadb.PersistentClient(str(folder), settings=settings)
        return ContextStore(client, owned.release, encoder, f"The context store in {str(folder)!r}")
    except BaseException:
        owned.release()
        raise


def reached(url: str, settings: Settings) -> tuple[ClientAPI, Callable[[], None]]:
    """A client of the server at `url`, and what closes its connections; by itself it waits for ever and closes none."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    try:
        port = parts.port or (443 if secure else 8000)
        client = chromadb.HttpClient(parts.hostname or "", port, ssl=secure, settings=settings)
    except ValueError as error:
        why = f"{str(error).rstrip('.!?')}; start it, or correct TACT_CHROMA_URL"
        raise Unavailable(f"The context store at {url}", why) from error
    # Chroma offers no way to either but through what it keeps for itself.
    ends: Any = (client, client._admin_client)  # type: ignore[attr-defined]
    sessions: list[httpx.Client] = [end._server._session for end in ends]
    closing = ExitStack()
    for session in sessions:
        session.timeout = httpx.Timeout(PATIENCE)
        closing.callback(session.close)
    return client, closing.close


def vectors(found: Mapping[str, Any]) -> list[FloatVector]:
    """The vectors of an answer, one a record."""
    return list(np.asarray(found["embeddings"], dtype=np.float32))


def batched(things: Sequence[T]) -> Iterator[list[T]]:
    """The things in pieces that one call takes."""
    rest = iter(things)
    while some := list(islice(rest, BATCH)):
        yield some
