"""The context store: by id, by likeness, owned by one process, rebuilt from SQL."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from domain.errors import Malformed, StoreOwned, Unavailable
from records import catalogue, memories, profiles
from records.connection import Connection
from records.context import ContextRecord, ContextStore, open_context
from records.database import Database
from records.ownership import described
from records.rebuild import Missing, missing, rebuild
from tests.clock import START
from tests.patience import PATIENCE
from tests.records.encoders import WordEncoder
from tests.records.people import customer, memory
from tests.records.test_ledgers import offer

ROOT = Path(__file__).parents[2]
ENCODER = WordEncoder()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ContextStore]:
    """An embedded store without a record."""
    opened = open_context(tmp_path / "context", None, ENCODER)
    yield opened
    opened.close()


def record(id: str, text: str, **facts: str | int | float | bool) -> ContextRecord:
    """A record whose vector is that of its text."""
    return ContextRecord(id, text, facts, ENCODER.encode([text])[0])


def test_a_record_is_found_by_id(store: ContextStore) -> None:
    put = record("c-1", "buys coffee", tier="gold", often=True, orders=3, spend=1.5)
    store.put([put, record("c-2", "buys tea")])
    found = store.get("c-1")
    assert found == put
    assert found is not None
    assert np.allclose(found.vector, put.vector, atol=1e-6)
    assert found.vector.dtype == np.float32
    alone = store.vector("c-1")
    assert alone is not None and np.array_equal(alone, found.vector) and alone.dtype == np.float32
    assert store.get("c-9") is None and store.vector("c-9") is None
    assert store.counts() == {"customers": 2, "offers": 0}


def test_a_record_is_replaced_whole(store: ContextStore) -> None:
    store.put([record("c-1", "buys coffee", tier="gold", often=True)])
    store.put([record("c-1", "buys tea", tier="silver")])
    assert store.get("c-1") == record("c-1", "buys tea", tier="silver")
    store.put([record("c-1", "buys tea")])
    assert store.get("c-1") == record("c-1", "buys tea")


def test_the_nearest_come_first(store: ContextStore) -> None:
    store.put([record("c-1", "coffee and bread"), record("c-2", "roof tiles"), record("c-3", "coffee beans")])
    (first, near), (second, _) = store.similar_customers(ENCODER.encode(["coffee beans"])[0], 2)
    assert (first, second) == ("c-3", "c-1")
    assert near == pytest.approx(1.0, abs=1e-5)
    assert len(store.similar_customers(ENCODER.encode(["coffee"])[0], 50)) == 3


def test_offers_keep_their_texts_and_vectors(store: ContextStore) -> None:
    texts = ["coffee beans", "roof tiles"]
    rows = ENCODER.encode(texts)
    store.put_offers(["o-1", "o-2"], texts, rows)
    assert store.similar_offers(rows[1], 1)[0][0] == "o-2"
    kept = store.offer_vectors()
    assert kept["o-1"][0] == "coffee beans"
    assert np.allclose(kept["o-1"][1], rows[0], atol=1e-6)
    store.remove_offers(["o-1", "never there"])
    assert store.ids() == ([], ["o-2"])


def test_removed_records_are_gone(store: ContextStore) -> None:
    store.put([record("c-1", "coffee"), record("c-2", "tea")])
    store.remove([])
    store.remove(["c-1", "c-9"])
    assert store.get("c-1") is None
    assert store.ids() == (["c-2"], [])
    assert store.similar_offers(ENCODER.encode(["tea"])[0], 3) == []


def test_half_a_surrogate_pair_in_a_text_does_no_harm(store: ContextStore) -> None:
    store.put([record("c-1", "half \ud800 a pair")])
    found = store.get("c-1")
    assert found is not None
    assert found.digest == "half ? a pair"


def test_records_are_there_after_a_restart(tmp_path: Path) -> None:
    first = open_context(tmp_path, None, ENCODER)
    first.put([record("c-1", "coffee", tier="gold")])
    first.close()
    second = open_context(tmp_path, None, ENCODER)
    assert second.get("c-1") == record("c-1", "coffee", tier="gold")
    second.close()


def test_a_second_owner_is_told_who_the_first_is(store: ContextStore, tmp_path: Path) -> None:
    with pytest.raises(StoreOwned, match=r"in use by process \d+ \(.*python.*\), since 20"):
        open_context(tmp_path / "context", None, ENCODER)


def test_another_process_is_kept_out_until_the_owner_ends(tmp_path: Path) -> None:
    program = "import sys; from pathlib import Path; from records.ownership import Ownership\n"
    program += f"held = Ownership(Path({str(tmp_path)!r})); print('mine', flush=True); sys.stdin.read()"
    owner = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout is not None
    assert owner.stdin is not None
    assert owner.stdout.readline() == "mine\n"
    with pytest.raises(StoreOwned, match=f"process {owner.pid} "):
        open_context(tmp_path, None, ENCODER)
    owner.kill()
    owner.wait()
    owner.stdout.close()
    owner.stdin.close()
    open_context(tmp_path, None, ENCODER).close()


def test_a_lock_file_that_says_nothing_names_nobody() -> None:
    assert described(b"") == described(b"[]") == described(b'{"pid": 1}') == "another process"


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable, match="Check the folder"):
        open_context(tmp_path / "file", None, ENCODER)


def test_vectors_of_another_encoder_are_not_mixed_with_ours(tmp_path: Path) -> None:
    open_context(tmp_path, None, ENCODER).close()
    other = WordEncoder()
    other.name = "other-words"
    with pytest.raises(Unavailable, match="those of 'words', not of 'other-words'"):
        open_context(tmp_path, None, other)
    open_context(tmp_path, None, ENCODER).close()


def test_without_a_server_the_answer_is_a_sentence() -> None:
    with pytest.raises(Unavailable, match=r"http://127.0.0.1:9 cannot answer"):
        open_context(None, "http://127.0.0.1:9", ENCODER)
    with pytest.raises(Malformed, match="TACT_CHROMA_URL"):
        open_context(None, None, ENCODER)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """The address of a Chroma server, and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    chroma = Path(sys.executable).with_name("chroma")
    where = ["--path", str(tmp_path), "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen([chroma, "run", *where], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield f"http://127.0.0.1:{port}", process
    process.kill()
    process.wait()


def opened(url: str) -> ContextStore:
    """The store of a server that is only just starting."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return open_context(None, url, ENCODER)
        except Unavailable:
            assert time.monotonic() < end
            time.sleep(0.1)


def test_a_server_is_shared_until_it_goes_away(server: tuple[str, "subprocess.Popen[bytes]"]) -> None:
    url, process = server
    first, second = opened(url), opened(url)
    first.put([record("c-1", "coffee beans", tier="gold"), record("c-2", "roof tiles")])
    assert second.get("c-1") == record("c-1", "coffee beans", tier="gold")
    assert second.similar_customers(ENCODER.encode(["roof"])[0], 1)[0][0] == "c-2"
    assert second.counts() == {"customers": 2, "offers": 0}
    process.kill()
    process.wait()
    with pytest.raises(Unavailable, match=f"The context store at {url}"):
        first.get("c-1")
    second.close()
    first.close()


def fill(database: Database, people: int = 5) -> None:
    """Customers with a memory each, and two offers."""

    def write(c: Connection) -> None:
        profiles.upsert(c, [customer(f"c-{number}") for number in range(people)], START)
        memories.put(c, [memory(f"c-{number}", f"thing-{number}") for number in range(people)])
        catalogue.upsert(c, [offer("o-1"), offer("o-2")], START)

    database.write(write)


def quietly(done: int, total: int) -> None:
    """Shows no progress."""


def test_a_rebuild_makes_whole_what_is_missing_and_nothing_else(database: Database, store: ContextStore) -> None:
    fill(database)
    assert not missing(store, database).whole
    assert rebuild(store, database, ENCODER, quietly) == 7
    assert missing(store, database) == Missing((), (), ())
    first = store.get("c-3")
    assert first is not None
    assert first.digest == "buys thing-3 about every 9 days; active customer"
    store.remove(["c-3"])
    store.remove_offers(["o-2"])
    store.put([record("stranger", "coffee")])
    assert missing(store, database) == Missing(("c-3",), ("o-2",), ("stranger",))
    before = ENCODER.encoded
    assert rebuild(store, database, ENCODER, quietly) == 2
    assert ENCODER.encoded == before + 2
    assert store.get("c-3") == first
    assert missing(store, database).whole


def test_a_rebuild_renews_what_is_no_longer_true(database: Database, store: ContextStore) -> None:
    fill(database)
    seen: list[tuple[int, int]] = []
    rebuild(store, database, ENCODER, lambda done, total: seen.append((done, total)))
    assert seen == [(5, 5)]
    database.write(lambda c: memories.put(c, [memory("c-1", "tea")]))
    database.write(lambda c: profiles.upsert(c, [customer("c-2", tier="silver")], START))
    assert rebuild(store, database, ENCODER, quietly) == 2
    assert "tea" in getattr(store.get("c-1"), "digest", "")
