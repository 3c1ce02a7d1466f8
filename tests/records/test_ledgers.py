"""The small tables: memories, catalogue, policy book, stops and keys."""

from datetime import timedelta
from functools import partial

import numpy as np
import pytest

from domain.channel import Channel
from domain.errors import Malformed, NotFound, SecondPerson
from domain.language import Text
from domain.offer import Offer
from domain.stop import Stop
from records import book, catalogue, keys, memories, stops, versions
from records.database import Database
from tests.clock import START
from tests.records.people import memory

DAY = timedelta(days=1)


def offer(id: str, price: int = 500) -> Offer:
    """An offer with a price."""
    return Offer.model_validate(
        {
            "id": id,
            "kind": "product",
            "name": Text(ja="コーヒー", en="Coffee"),
            "price": price,
            "currency": "JPY",
            "facts": {"origin": Text(ja="エチオピア", en="Ethiopia"), "grams": 200},
            "tags": frozenset({"drinks"}),
        }
    )


def test_memories_are_replaced_removed_and_forgotten(database: Database) -> None:
    first = [memory("c-1", "tea", 1), memory("c-1", "milk", 2), memory("c-2", "tea")]
    database.write(lambda c: memories.put(c, first))
    database.write(lambda c: memories.put(c, [memory("c-1", "tea", 1, text="drinks tea no more")]))
    assert [one.text for one in database.read(lambda c: memories.of_customer(c, "c-1"))] == [
        "drinks tea no more",
        "buys milk about every 9 days",
    ]
    assert database.write(lambda c: memories.remove(c, ["c-1/milk", "c-1/milk", "none"])) == 1
    assert database.write(lambda c: memories.remove(c, [])) == 0
    assert database.write(lambda c: memories.forget(c, "c-1")) == 1
    assert database.read(memories.count) == 1


def test_a_vector_survives_its_storage_nearly_unchanged(database: Database) -> None:
    vector = np.random.default_rng(1).normal(size=512).astype(np.float32)
    vector /= np.linalg.norm(vector)
    database.write(lambda c: memories.put(c, [memory("c-1", "tea", vector=memories.packed(vector))]))
    row = memories.unpacked(database.read(lambda c: memories.of_customer(c, "c-1")))
    assert row.shape == (1, 512)
    assert float(row[0] @ vector) == pytest.approx(1.0, abs=1e-3)


def test_each_change_of_the_catalogue_moves_its_version(database: Database) -> None:
    assert database.read(catalogue.version) == 0
    assert database.write(lambda c: catalogue.upsert(c, [offer("b"), offer("a")], START)) == 1
    assert database.write(lambda c: catalogue.upsert(c, [], START)) == 1
    assert database.write(lambda c: catalogue.upsert(c, [offer("a", 600)], START)) == 2
    assert database.read(catalogue.all_offers) == [offer("a", 600), offer("b")]
    assert database.read(lambda c: catalogue.page(c, 1, "a")) == [offer("b")]
    assert database.read(lambda c: catalogue.offer(c, "b")) == offer("b")
    assert database.write(lambda c: catalogue.remove(c, "b")) is True
    assert database.write(lambda c: catalogue.remove(c, "b")) is False
    assert database.read(lambda c: catalogue.offer(c, "b")) is None
    assert database.read(catalogue.version) == 3
    assert database.read(catalogue.ids) == ["a"]


def test_the_book_only_grows(database: Database) -> None:
    assert database.read(book.latest) is None
    for number in (1, 2, 3):
        add = partial(book.add, author="sato", approver=None, note="note", now=START, document=f'{{"rules": {number}}}')
        assert database.write(add) == number
    latest = database.read(book.latest)
    assert latest == book.PolicyVersion(3, '{"rules": 3}', "sato", None, "note", START)
    assert database.read(lambda c: book.get(c, 1)).document == '{"rules": 1}'
    assert [one.version for one in database.read(lambda c: book.page(c, 2))] == [3, 2]
    assert [one.version for one in database.read(lambda c: book.page(c, 2, before=2))] == [1]
    assert database.read(lambda c: versions.current(c, "policy")) == 3
    with pytest.raises(NotFound, match="policy version '9'"):
        database.read(lambda c: book.get(c, 9))


def test_whoever_threw_a_stop_cannot_lift_it(database: Database) -> None:
    stop = Stop(id="s-1", reason="wrong prices", by="sato", at=START, scene="winback")
    database.write(lambda c: stops.add(c, stop))
    with pytest.raises(SecondPerson, match="'sato' wrote the stop 's-1'"):
        database.write(lambda c: stops.lift(c, "s-1", "sato", START))
    assert database.read(stops.active) == (stop,)
    assert database.write(lambda c: stops.lift(c, "s-1", "suzuki", START + DAY)) == stop
    assert database.read(stops.active) == ()
    with pytest.raises(NotFound, match="stop in force 's-1'"):
        database.write(lambda c: stops.lift(c, "s-1", "suzuki", START))


def test_a_key_is_shown_once_and_kept_as_a_hash(database: Database) -> None:
    token = database.write(lambda c: keys.add(c, "channel", " mail-server ", [Channel.EMAIL, Channel.SMS], START))
    found = database.read(lambda c: keys.find(c, token))
    assert found is not None
    assert (found.person, found.role, found.channels) == (
        "mail-server",
        "channel",
        frozenset({Channel.EMAIL, Channel.SMS}),
    )
    assert token not in str(database.read(lambda c: c.all(keys.LIST)))
    assert database.read(lambda c: keys.find(c, token + "x")) is None
    assert database.read(lambda c: keys.find(c, "\ud800")) is None


def test_a_revoked_key_opens_nothing(database: Database) -> None:
    token = database.write(lambda c: keys.add(c, "admin", "sato", [], START))
    key = database.read(keys.list_all)[0]
    assert database.write(lambda c: keys.revoke(c, key.id, START + DAY)) is True
    assert database.write(lambda c: keys.revoke(c, key.id, START + DAY)) is False
    assert database.read(lambda c: keys.find(c, token)) is None
    assert database.read(keys.list_all)[0].revoked_at == START + DAY


def test_a_key_needs_a_role_that_exists_and_a_name(database: Database) -> None:
    with pytest.raises(Malformed, match="role 'king' cannot be used: give one of channel, ingest"):
        database.write(lambda c: keys.add(c, "king", "sato", [], START))  # type: ignore[arg-type]  # on purpose
    with pytest.raises(Malformed, match="person"):
        database.write(lambda c: keys.add(c, "admin", "  ", [], START))
