"""What-if over the base: dry runs agree with it, customer for customer, on both databases."""

import random
from collections.abc import Sequence
from datetime import timedelta

import pytest

from agent.base import read_house, touched
from agent.rulebook import put_in_force
from agent.simulation import simulate
from agent.town import Town
from domain.channel import Channel, Purpose
from domain.consent import Consent, Evidence
from domain.contact import Contact
from domain.customer import Customer, Stage, Tier
from domain.decision import Decision
from domain.features import Features
from domain.stop import Stop
from policies.analysis.flaws import flaws
from policies.book import Book
from policies.document import read_rules
from records import consents, contacts, profiles, stops
from records.connection import Connection
from tests.agent.stage import ANNA, HANA, Scenery
from tests.clock import START

MORE = """
- {id: young, type: channel_permit, name: {en: young}, allow: [line, app, web], scope: {audience: {age: {below: 20}}}}
- {id: dear, type: offer_eligibility, name: {en: dear}, audience: {tiers: [gold, premium]},
   scope: {offers: {categories: [fashion, food]}}}
- {id: daily, type: frequency_cap, name: {en: one a day}, max: 1, window: {kind: calendar, unit: day}}
- {id: evening, type: quiet_hours, name: {en: evening}, start: "18:00", end: "09:30", scope: {audience: {tags: [vip]}}}
- {id: control, type: holdout, name: {en: control}, salt: spring, share: 0.2, scope: {scenes: [newsletter]}}
"""
ABOUT_COPY = {"no_copy", "missing_fact", "grounding", "length", "forbidden_phrase", "url_allow", "pii_leak"}
ASKS = 12


@pytest.mark.no_cover
def test_dry_runs_agree_with_the_simulation(stage_on_both: Scenery) -> None:
    chance = random.Random(20261124)
    everybody = [somebody(chance, number) for number in range(40)]
    stage_on_both.write(lambda c: settle(c, everybody, chance))
    stores = stage_on_both.parts.stores
    before, _ = stage_on_both.parts.shelf.load()
    after = Book(before.version + 1, before.playbook.model_copy(update={"rules": (*before.rules, *read_rules(MORE))}))
    town = Town(read_house(stores, START), START)
    for book in (before, after):
        if book is after:
            put_in_force(stores, after.playbook, "Author", "Approver", "stricter", START)
        (reached,), ids = town.reached(book), town.base.customers["id"].to_list()
        for row, identifier in enumerate(ids):
            for scene, channel in chance.sample(sorted(reached), ASKS):
                decision = stage_on_both.ask(identifier, channel.value, scene=scene, dry_run=True)
                assert spoken(decision) == bool(reached[scene, channel][row]), (
                    identifier,
                    scene,
                    channel,
                    decision.hold,
                )


def spoken(decision: Decision) -> bool:
    """Whether the rules let something through: a message, or one for which only words were missing."""
    return decision.hold is None or all(reason.type in ABOUT_COPY for reason in decision.hold.reasons)


def somebody(chance: random.Random, number: int) -> Customer:
    """A customer of whom this or that is not known."""
    return Customer.model_validate(
        {
            "id": f"c-{number:03d}",
            "timezone": chance.choice([None, "Asia/Tokyo", "Asia/Tokyo", "America/New_York", "Australia/Sydney"]),
            "country": chance.choice([None, "JP", "US"]),
            "region": chance.choice([None, "東京都", "大阪府"]),
            "language": chance.choice([None, "ja", "en"]),
            "age": chance.choice([None, 17, 30, 70]),
            "stage": chance.choice([None, *Stage]),
            "tier": chance.choice([None, *Tier]),
            "tags": chance.sample(["vip", "open_ticket", "complained", "b2b"], chance.choice([0, 0, 1, 2])),
            "attributes": {"points": chance.choice([None, 10, "many", 2.5, True])},
        }
    )


def settle(c: Connection, everybody: Sequence[Customer], chance: random.Random) -> None:
    """Writes the customers with what they allowed, were sent and do."""
    profiles.upsert(c, everybody, START)
    hours = [chance.randrange(24) for _ in everybody]
    busy = [tuple(60 if place == hour else 0 for place in range(24)) for hour in hours]
    profiles.save_features(
        c, [(one.id, Features(hours=most)) for one, most in zip(everybody, busy, strict=True)], START
    )
    for one in everybody:
        topics = chance.sample(list(Channel), 6)
        consents.append(c, [said(one.id, topic, chance) for topic in topics])
        for number in range(chance.choice([0, 0, 1, 2, 5])):
            contacts.put(c, f"d-{one.id}-{number}", one.id, sent(chance))


def said(customer_id: str, topic: str, chance: random.Random) -> Consent:
    """A line of the ledger."""
    purpose = chance.choice(["*", Purpose.MARKETING])
    granted = chance.random() < 0.8
    evidence = Evidence(method="test")
    return Consent.model_validate(
        {
            "customer_id": customer_id,
            "topic": topic,
            "purpose": purpose,
            "granted": granted,
            "evidence": evidence,
            "at": START,
        }
    )


def sent(chance: random.Random) -> Contact:
    """Something that was sent or promised around now."""
    return Contact(
        channel=chance.choice([Channel.EMAIL, Channel.PUSH, Channel.LINE, Channel.SMS]),
        at=START + timedelta(hours=chance.randrange(-24 * 9, 30)),
        scene=chance.choice([None, "newsletter"]),
        state=chance.choice(["reserved", "delivered", "released"]),
    )


def test_a_stricter_book_costs_messages_and_says_whose(stage: Scenery) -> None:
    stores = stage.parts.stores
    before, _ = stage.parts.shelf.load()
    mute = read_rules("- {id: no_mail, type: channel_permit, name: {en: no mail}, deny: [email]}")
    after = Book(before.version, before.playbook.model_copy(update={"rules": (*before.rules, *mute)}))
    found = simulate(stores, before, after, START, "en")
    assert found.customers == 3 and found.overall.before == found.overall.after
    email = found.by_channel["email"]
    assert (email.before, email.after, email.lost, email.gained) == (2, 0, 2, 0)
    assert found.by_channel["web"].lost == 0
    example = found.examples[0]
    assert example.change == "lost" and example.rules == ("no_mail",) and example.says == ("Nothing is sent by email.",)
    assert example.customer.startswith("p-") and "anna" not in example.customer
    back = simulate(stores, after, before, START, "en")
    assert back.by_channel["email"].gained == 2 and back.examples[0].change == "gained"
    assert simulate(stores, before, before, START, "en").examples == ()


def test_flaws_say_how_many_customers_they_touch(stage: Scenery) -> None:
    stores = stage.parts.stores
    before, _ = stage.parts.shelf.load()
    more = read_rules(
        """
- {id: adults, type: channel_permit, name: {en: adults}, deny: [email, push], scope: {audience: {age: {at_least: 18}}}}
- {id: japan, type: channel_permit, name: {en: japan}, deny: [sms, line, call], scope: {audience: {countries: [JP]}}}
- {id: nobody, type: min_gap, name: {en: nobody}, hours: 30, scope: {audience: {tags: [x], without_tags: [x]}}}
"""
    )
    playbook = before.playbook.model_copy(update={"rules": (*before.playbook.rules, *more)})
    found = touched(stores, flaws(playbook), playbook)
    assert {(flaw.kind, flaw.customers) for flaw in found} == {("no_channel", 3), ("never_fires", 0)}


@pytest.mark.parametrize(("region", "silenced"), [(None, 3), ("東京都", 2), ("大阪府", 2)])
def test_a_stop_silences_the_simulation_too(stage: Scenery, region: str | None, silenced: int) -> None:
    stores = stage.parts.stores
    book, _ = stage.parts.shelf.load()
    homes = [ANNA.model_copy(update={"region": "東京都"}), HANA.model_copy(update={"region": "大阪府"})]
    stage.write(lambda c: profiles.upsert(c, homes, START))
    stop = Stop(id="s", reason="r", by="p", at=START, channel=Channel.WEB, region=region)
    stage.write(lambda c: stops.add(c, stop))
    town = Town(read_house(stores, START), START)
    (reached,) = town.reached(book)
    open_to = reached["newsletter", Channel.WEB]
    assert int((~open_to).sum()) == silenced
    assert reached["newsletter", Channel.APP].all()
