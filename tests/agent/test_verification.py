"""Verification and replay: the record alone proves what was decided, and any change to it shows."""

import json
from decimal import Decimal

from sqlalchemy import bindparam, update

from agent.evidence import Public, unpack
from agent.rulebook import put_in_force
from agent.shorthand import expanded, shortened
from agent.verification import replay, verify
from domain.language import Text
from domain.offer import Offer
from policies.document import read_playbook
from records import book as versions
from records import catalogue, schema
from records.statement import prepare
from tests.agent.stage import Scenery
from tests.clock import START

ALTER = prepare(
    update(schema.decisions).where(schema.decisions.c.id == bindparam("key")).values(public=bindparam("value"))
)
COPY = prepare(
    update(schema.decisions).where(schema.decisions.c.id == bindparam("key")).values(personal=bindparam("value"))
)


def test_a_decision_verifies_and_replays_the_same(stage_on_both: Scenery) -> None:
    stores = stage_on_both.parts.stores
    for customer, channels in [("anna", "email push app"), ("silent", "email"), ("hana", "line")]:
        decision = stage_on_both.ask(customer, channels)
        checked, again = verify(stores, decision.decision_id), replay(stores, decision.decision_id)
        assert checked.ok and not checked.erased and not checked.findings
        assert again.same and again.decision == decision


def test_every_draw_replays_to_the_same_choice(stage: Scenery) -> None:
    for step in range(20):
        stage.drawn.append(step / 20)
        decision = stage.ask("anna", "app web")
        again = replay(stage.parts.stores, decision.decision_id)
        assert again.same, again.differences


def test_an_altered_record_is_noticed(stage: Scenery) -> None:
    decision = stage.ask("anna", "email")
    stores = stage.parts.stores
    stored = stores.read(lambda c: stores.decisions.get(c, decision.decision_id))
    altered = {**json.loads(stored.public), "scene": "winback"}
    stores.write(lambda c: c.run(ALTER, key=decision.decision_id, value=json.dumps(altered)))
    checked = verify(stores, decision.decision_id)
    assert not checked.ok and "seal" in checked.findings[0]


def test_a_record_without_its_key_is_erased_and_its_seal_intact(stage: Scenery) -> None:
    decision = stage.ask("anna", "email")
    stores = stage.parts.stores
    stores.write(lambda c: stores.vault.destroy(c, "anna"))
    checked = verify(stores, decision.decision_id)
    assert checked.ok and checked.erased


def test_another_policy_version_shows_what_it_would_change(stage: Scenery) -> None:
    decision = stage.ask("anna", "email")
    stores = stage.parts.stores
    book, _ = stage.parts.shelf.load()
    stricter = json.loads(book.to_document())
    stricter["rules"].append(
        {"type": "quiet_hours", "id": "always_quiet", "name": {"en": "never"}, "start": "09:00", "end": "21:00"}
    )
    number = stores.write(lambda c: versions.add(c, json.dumps(stricter), "Author", "Approver", "stricter", START))
    again = replay(stores, decision.decision_id, number)
    assert not again.same and "always_quiet" in again.differences[0]
    assert put_in_force(stores, read_playbook(), "Author", "Approver", "back", START) == number + 1


def test_the_public_part_names_nobody(stage: Scenery) -> None:
    decision = stage.ask("anna", "email")
    stores = stage.parts.stores
    stored = stores.read(lambda c: stores.decisions.get(c, decision.decision_id))
    assert "anna" not in stored.public.casefold()
    assert b"Anna" not in stored.ciphertext
    assert Public.model_validate_json(stored.public).candidates
    assert len(stored.public) + len(stored.ciphertext) < 6000


def test_a_record_with_its_facts_inside_the_message_reads_as_one_with_them_beside_it(stage: Scenery) -> None:
    decision = stage.ask("anna", "email")
    stores = stage.parts.stores
    stored = stores.read(lambda c: stores.decisions.get(c, decision.decision_id))
    assert stored.personal
    record = json.loads(expanded(stored.personal))
    record["cites"] = [{"text": "Buys coffee", "distance": "told_us"}]
    beside = unpack(shortened(json.dumps(record).encode()))
    record["decision"]["message"]["cites"] = record.pop("cites")
    inside = unpack(shortened(json.dumps(record).encode()))
    assert inside == beside and inside.decision.message and inside.decision.message.cites[0].text == "Buys coffee"


def test_a_list_of_offers_with_numbers_in_their_names_verifies_and_replays(stage: Scenery) -> None:
    pans = [
        Offer(
            id=f"pan-{size}",
            kind="product",
            name=Text(en=f"Iron pan {size} cm"),
            price=Decimal(size),
            currency="USD",
            facts={"word": Text(en=f"iron pan {size} cm"), "size": f"{size} cm"},
        )
        for size in (18, 22, 26)
    ]
    stage.write(lambda c: [catalogue.remove(c, one) for one in ("coffee", "coat", "fair")])
    stage.write(lambda c: catalogue.upsert(c, pans, START))
    decision = stage.ask("anna", "app", placement={"id": "list", "items": 3})
    assert decision.message and len(decision.message.items) == 3
    assert verify(stage.parts.stores, decision.decision_id).ok
    again = replay(stage.parts.stores, decision.decision_id)
    assert again.same, again.differences
