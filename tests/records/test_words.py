"""Words about consent on both databases: a no reaches everybody who may have said it, a yes only the one who did."""

from datetime import timedelta
from typing import Any

import pytest

from domain.arrival import Arrival
from domain.channel import Channel
from domain.consent import Consent, Evidence, granted
from domain.customer import Customer
from domain.stages import Stages
from records import consents, identity, merging, profiles, recount, schema
from records.database import Database
from records.intake import Means, Taken, take
from records.statement import insert_into
from tests.clock import START
from tests.records.test_intake import KEY, quiet

MEANS = Means(KEY, Stages(), quiet)
DECIDE = insert_into(schema.decisions)
SHARED = "family@example.com"
PEOPLE = ("anna", "ben", "cleo", "dora")


def said(name: str, message_id: str = "m1", **more: Any) -> Arrival:
    """Something that is said about consent."""
    return Arrival(message_id, "track", START + timedelta(hours=1), "esp", name=name)._replace(**more)


def taken(database: Database, *arrivals: Arrival) -> Taken:
    """What becomes of a request."""
    return database.write(lambda c: take(c, arrivals, [], MEANS, START + timedelta(hours=2)))


def known(database: Database, *ids: str) -> None:
    """Customers who allowed mails."""
    evidence = Evidence(method="form", at=START - timedelta(days=9))
    lines = [
        Consent(customer_id=id, topic="email", granted=True, evidence=evidence, at=START - timedelta(days=9))
        for id in ids
    ]
    database.write(lambda c: profiles.upsert(c, [Customer(id=id) for id in ids], START))
    database.write(lambda c: consents.append(c, lines))


def decided(database: Database, customer_id: str, id: str = "d-1") -> str:
    """A mail that somebody got."""
    row: dict[str, Any] = dict.fromkeys((column.name for column in schema.decisions.c), None)
    for column in schema.decisions.c:
        if not column.nullable:
            row[column.name] = b"" if "LargeBinary" in repr(column.type) else 0
            if "Text" in repr(column.type):
                row[column.name] = "{}"
            elif "Boolean" in repr(column.type):
                row[column.name] = False
    row |= {"id": id, "customer_id": customer_id, "channel": Channel.EMAIL.value}
    database.write(lambda c: c.run(DECIDE, **row))
    return id


def ledger(database: Database, id: str) -> list[tuple[str, str, bool]]:
    """What events wrote: topic, purpose and word."""
    lines = database.read(lambda c: consents.ledger(c, id))
    return [(one.topic, str(one.purpose), one.granted) for one in lines if one.evidence.method != "form"]


def allows(database: Database, id: str, channel: str = "email") -> bool | None:
    """Whether marketing may go there."""
    return granted(database.read(lambda c: consents.state(c, id)), channel, "marketing")


def tags(database: Database, id: str) -> frozenset[str]:
    """The tags of somebody."""
    found = database.read(lambda c: profiles.customer(c, id))
    return frozenset() if found is None else found.tags


def household(database: Database) -> str:
    """Four people with one address, which belongs to nobody any more."""
    known(database, *PEOPLE)
    anna = Customer(id="anna", identifiers={"email": SHARED})
    database.write(lambda c: profiles.upsert(c, [anna], START))
    for id in PEOPLE[1:]:
        told = Arrival(f"i-{id}", "identify", START, "shop", user_id=id, identifiers={"email": SHARED})
        taken(database, told._replace(traits={"email": SHARED}))
    holder = database.read(lambda c: identity.Known(c).owner(("email", SHARED)))
    assert holder is not None and holder.startswith("h-")
    return holder


@pytest.mark.parametrize(
    "sender",
    [
        {"anonymous_id": "esp-webhook"},
        {"user_id": "esp-bot"},
        {"user_id": "ben"},
        {"identifiers": {"email": "nobody@example.com"}},
        {},
    ],
    ids=str,
)
@pytest.mark.parametrize("name", ["Unsubscribed", "Complained", "Email Bounced"])
def test_a_no_reaches_whom_the_message_was_for_whoever_sends_it(
    database: Database, sender: dict[str, Any], name: str
) -> None:
    known(database, "anna", "ben")
    about: dict[str, Any] = {"decision_id": decided(database, "anna"), "properties": {"bounce_type": "hard"}, **sender}
    found = taken(database, said(name, **about))
    assert allows(database, "anna") is False
    assert ("anna", "email") in found.withdrawn
    assert (allows(database, "ben") is False) == (sender.get("user_id") == "ben")
    assert tags(database, "anna") == ({"complained"} if name == "Complained" else frozenset())


def test_a_complaint_outlasts_a_new_profile_and_a_recount(database: Database) -> None:
    known(database, "anna")
    taken(database, said("Complained", user_id="esp-bot", decision_id=decided(database, "anna")))
    for id in ("anna", "esp-bot"):
        assert database.write(lambda c, id=id: recount.recount(c, id, Stages(), START)) is False  # type: ignore[misc]  # the default binds id
    database.write(lambda c: profiles.upsert(c, [Customer(id="anna", tags=frozenset({"vip"}))], START))
    assert tags(database, "anna") == {"vip", "complained"}


@pytest.mark.parametrize("properties", [{"channel": "email"}, {}], ids=str)
def test_a_no_under_a_shared_address_reaches_everybody_who_has_it(
    database: Database, properties: dict[str, str]
) -> None:
    household(database)
    known(database, "eve")
    taken(database, said("Unsubscribed", identifiers={"email": SHARED.upper()}, properties=properties))
    assert {id: allows(database, id) for id in (*PEOPLE, "eve")} == {**dict.fromkeys(PEOPLE, False), "eve": True}


def test_a_complaint_under_a_shared_address_stops_promotion_to_everybody_who_has_it(database: Database) -> None:
    household(database)
    known(database, "eve")
    about: dict[str, Any] = {"decision_id": decided(database, "eve"), "identifiers": {"email": SHARED}}
    taken(database, said("Complained", **about, properties={"channel": "email"}))
    assert all(allows(database, id) is False and "complained" in tags(database, id) for id in (*PEOPLE, "eve"))


def test_the_address_of_somebody_who_is_known_carries_a_no_about_that_address_alone(database: Database) -> None:
    household(database)
    taken(database, said("Unsubscribed", user_id="anna", identifiers={"email": SHARED}))
    assert allows(database, "anna", "push") is False and allows(database, "ben", "push") is None
    assert allows(database, "ben") is False


def test_a_bot_that_names_an_address_speaks_for_whoever_has_it(database: Database) -> None:
    known(database, "anna")
    database.write(
        lambda c: profiles.upsert(c, [Customer(id="anna", identifiers={"email": "anna@example.com"})], START)
    )
    taken(database, said("Unsubscribed", user_id="esp-bot", identifiers={"email": "anna@example.com"}))
    assert allows(database, "anna") is False


@pytest.mark.parametrize(
    ("properties", "written"),
    [
        ({}, [("line", "*", True)]),
        ({"channel": "LINE"}, [("line", "*", True)]),
        ({"channel": "push"}, [("push", "*", True)]),
        ({"channel": "all"}, []),
        ({"channel": "*"}, []),
        ({"channel": "email"}, []),
        ({"channel": "sms"}, []),
        ({"channel": "instagram"}, []),
        ({"channel": ["line"]}, []),
        ({"channel": None}, []),
    ],
    ids=str,
)
def test_a_follower_allows_what_they_follow_and_nothing_else(
    database: Database, properties: dict[str, Any], written: list[tuple[str, str, bool]]
) -> None:
    known(database, "anna")
    taken(database, said("Channel Followed", user_id="anna", properties=properties))
    assert ledger(database, "anna") == written


@pytest.mark.parametrize("sender", [{"anonymous_id": "somebody"}, {"user_id": "ben"}, {}], ids=str)
def test_nobody_says_yes_for_somebody_else(database: Database, sender: dict[str, str]) -> None:
    known(database, "anna", "ben")
    about: dict[str, Any] = {"decision_id": decided(database, "anna"), "properties": {"channel": "line"}}
    taken(database, said("Channel Followed", **about, **sender))
    assert ledger(database, "anna") == []


@pytest.mark.parametrize("ahead", [timedelta(minutes=4), timedelta(days=1500)], ids=str)
def test_a_no_follows_a_yes_that_a_wrong_clock_dated_ahead(database: Database, ahead: timedelta) -> None:
    known(database, "anna")
    yes = Evidence(method="form", at=START + ahead)
    line = Consent(customer_id="anna", topic="email", purpose="marketing", granted=True, evidence=yes, at=START)  # type: ignore[arg-type]  # pydantic reads it
    database.write(lambda c: consents.append(c, [line]))
    taken(database, said("Unsubscribed", user_id="anna", at=START + timedelta(minutes=1)))
    assert allows(database, "anna") is False


def test_a_no_to_a_message_of_an_absorbed_customer_is_the_persons(database: Database) -> None:
    known(database, "anna", "ben")
    decided(database, "ben")
    database.write(lambda c: merging.merge(c, "anna", "ben", kind="person", by="mika", now=START))
    taken(database, said("Complained", user_id="esp-bot", decision_id="d-1"))
    assert allows(database, "anna") is False
    assert "complained" in tags(database, "anna")
    assert len(ledger(database, "anna")) == 1
