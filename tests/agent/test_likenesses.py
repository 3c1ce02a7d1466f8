"""Likenesses: an ask reads what the customer is like with everything else, and asks the vector store for nobody."""

from collections.abc import Iterator

import numpy as np
import pytest
from sqlalchemy import Text, bindparam, select, update

from agent import erasing
from agent.exporting import exported
from domain.customer import Stage
from domain.decision import Decision, Who
from records import following, merging, profiles, schema
from records.context import ContextStore
from records.embedding import FloatVector
from records.rebuild import rebuild
from records.recall import recall
from records.statement import prepare
from tests.agent.stage import ANNA, Scenery, run
from tests.clock import START
from tests.records.encoders import WordEncoder

customers = schema.customers
MADE_BY = prepare(update(customers).values(encoder=bindparam("encoder", type_=Text)))
EMPTY = prepare(update(customers).values(encoder=None, vector=None))
ROWS = prepare(select(customers.c.id).where(customers.c.vector.is_not(None)).order_by(customers.c.id))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """For whom the vector store was asked."""
    ids: list[str] = []
    vector = ContextStore.vector

    def noted(self: ContextStore, customer_id: str) -> FloatVector | None:
        ids.append(customer_id)
        return vector(self, customer_id)

    monkeypatch.setattr(ContextStore, "vector", noted)
    yield ids


def renew(stage: Scenery) -> int:
    """One rebuild."""
    return rebuild(stage.parts.context, stage.parts.stores.database, WordEncoder(), lambda done, total: None)


def recorded(stage: Scenery) -> list[str]:
    """Of whom a vector lies in the database."""
    return [row[0] for row in stage.parts.stores.read(lambda c: c.all(ROWS))]


def like(stage: Scenery, customer: str) -> FloatVector | None:
    """What an ask reads of the customer."""
    found = stage.parts.stores.read(lambda c: recall(c, Who(id=customer), START))
    return found.likeness.by("words") if found and found.likeness else None


def follow(stage: Scenery, *ids: str) -> None:
    """Something became known of these customers, and was followed."""
    stage.write(lambda c: following.touch(c, ids, stage.clock.now()))
    run(stage.parts.follower.catch_up())


def alike(decision: Decision) -> object:
    """A decision but for its id, and for the links that bear it."""
    return decision.message and (decision.message.offer, decision.message.subject), decision.explanation


def test_who_is_recorded_is_looked_up_nowhere_and_answered_alike(stage_on_both: Scenery, asked: list[str]) -> None:
    stage = stage_on_both
    renew(stage)
    with_it = stage.ask("anna", dry_run=True)
    assert asked == []
    stage.write(lambda c: c.run(EMPTY))
    without = stage.ask("anna", dry_run=True)
    assert asked == ["anna"]
    assert with_it.outcome == "message" and alike(with_it) == alike(without)


def test_a_rebuild_fills_what_lies_in_the_vector_store_alone(stage_on_both: Scenery) -> None:
    stage = stage_on_both
    renew(stage)
    stage.write(lambda c: c.run(EMPTY))
    encoder = WordEncoder()
    assert rebuild(stage.parts.context, stage.parts.stores.database, encoder, lambda done, total: None) == 3
    assert recorded(stage) == ["anna", "hana", "silent"] and encoder.encoded == 0
    assert renew(stage) == 0


def test_a_vector_of_another_encoder_is_not_used(stage_on_both: Scenery, asked: list[str]) -> None:
    stage = stage_on_both
    renew(stage)
    stage.write(lambda c: c.run(MADE_BY, encoder="another"))
    stage.ask("anna", dry_run=True)
    assert asked == ["anna"]
    assert renew(stage) == 3 and like(stage, "anna") is not None


def test_it_follows_a_changed_profile(stage_on_both: Scenery) -> None:
    stage = stage_on_both
    follow(stage, "anna", "silent")
    before = like(stage, "anna")
    stage.write(lambda c: profiles.upsert(c, [ANNA.model_copy(update={"stage": Stage.LOYAL})], START))
    assert np.array_equal(like(stage, "anna"), before)  # type: ignore[arg-type]  # both are there
    follow(stage, "anna")
    after, known = like(stage, "anna"), stage.parts.context.vector("anna")
    assert after is not None and known is not None and before is not None
    assert not np.allclose(after, before, atol=1e-3) and np.allclose(after, known, atol=1e-3)
    assert recorded(stage) == ["anna", "silent"]


def test_it_goes_with_the_customer(stage_on_both: Scenery) -> None:
    stage = stage_on_both
    renew(stage)
    erasing.erase(stage.parts.stores, "anna", context=stage.parts.context)
    assert recorded(stage) == ["hana", "silent"] and renew(stage) == 0


def test_who_was_merged_or_parted_is_like_nobody_until_followed(stage_on_both: Scenery) -> None:
    stage = stage_on_both
    renew(stage)
    stage.write(lambda c: merging.merge(c, "anna", "hana", kind="person", by="mika", now=START))
    assert recorded(stage) == ["silent"]
    run(stage.parts.follower.catch_up())
    assert recorded(stage) == ["anna", "silent"] and like(stage, "hana") is not None
    stage.write(lambda c: merging.split(c, "hana", "mika", START))
    assert recorded(stage) == ["silent"]
    run(stage.parts.follower.catch_up())
    assert recorded(stage) == ["anna", "hana", "silent"]


def test_an_export_leaves_it_out(stage: Scenery) -> None:
    renew(stage)
    text = b"".join(exported(stage.parts.stores, "anna", stage.parts.context)).decode()
    assert '"vector"' not in text and '"encoder"' not in text
