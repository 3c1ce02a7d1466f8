"""Merging: several customers count as one person at once, and come apart exactly as they were."""

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.arrival import Arrival
from domain.consent import granted
from domain.customer import Customer
from domain.decision import Who
from domain.errors import Malformed, Overtaken
from domain.journey import NO_EFFECTS
from domain.stages import Stages
from domain.together import Joining, Word, consents_together, one_person
from records import behaviour, consents, contacts, frames, memories, merging, profiles, rebuild, recount
from records.connection import Connection
from records.database import Database
from records.decisions import Decisions
from records.intake import Means, take
from records.members import members, person_of
from records.recall import Recall, recall, recall_facts
from records.vault import Vault
from tests.clock import START
from tests.records.people import consent, customer, memory, once_a_week, promise, signed

IDS = ("c-1", "c-2", "c-3", "c-4")
ASKS = 64


def fill(c: Connection, ids: Sequence[str] = IDS) -> None:
    """A few customers, each with a message, a memory and words of their own."""
    for number, id in enumerate(ids):
        profiles.upsert(c, [customer(id, age=None if number else 41, tags=frozenset({f"tag-{number}"}))], START)
        contacts.put(c, f"d-{id}", id, promise(f"d-{id}", START - timedelta(days=number)))
        memories.put(c, [memory(id, "coffee", days_ago=number)])
        consents.append(c, [consent(id, "email", number % 2 == 0), consent(id, "line", True)])


def join(c: Connection, person: str, gone: str) -> None:
    """Merges, as a person would."""
    merging.merge(c, person, gone, kind="person", by="mika", now=START)


def seen(database: Database, ids: Sequence[str] = IDS) -> list[Recall | None]:
    """What a decision would know of each of them."""
    return [database.read(lambda c, id=id: recall(c, Who(id=id), START)) for id in ids]  # type: ignore[misc]


def test_members_count_as_one_whoever_is_asked_for(database: Database) -> None:
    database.write(fill)
    database.write(lambda c: join(c, "c-1", "c-2"))
    one, other, by_address = (
        database.read(lambda c, who=who: recall(c, who, START))  # type: ignore[misc]
        for who in (Who(id="c-1"), Who(id="c-2"), Who(email="c-2@example.com"))
    )
    assert one == other == by_address and one is not None
    assert one.record.customer.id == "c-1" and one.record.customer.tags == {"tag-0", "tag-1"}
    assert {contact.decision_id for contact in one.record.contacts} == {"d-c-1", "d-c-2"}
    assert [memory.customer_id for memory in one.record.memories] == ["c-1", "c-2"]
    assert granted(one.record.consents, "email", "marketing") is False
    facts = database.read(lambda c: recall_facts(c, "c-2", START))
    assert facts is not None and facts.record.contacts == one.record.contacts
    assert database.read(lambda c: consents.state(c, "c-2")) == one.record.consents
    assert len(database.read(lambda c: consents.ledger(c, "c-2"))) == 4
    assert database.read(lambda c: profiles.customer(c, "c-2")) == one.record.customer
    assert database.read(profiles.ids) == ["c-1", "c-3", "c-4"] and database.read(profiles.count) == 3
    assert [one.id for one, _, _ in database.read(lambda c: rebuild.people_after(c, ""))] == ["c-1", "c-3", "c-4"]


def test_a_word_after_the_merge_overrides_one_before_it(database: Database) -> None:
    database.write(fill)
    database.write(lambda c: join(c, "c-1", "c-2"))
    database.write(lambda c: consents.append(c, [consent("c-1", "email", True)]))
    assert database.read(lambda c: consents.state(c, "c-2"))["email", "*"] is True
    database.write(lambda c: consents.append(c, [consent("c-2", "line", False)]))
    assert database.read(lambda c: consents.state(c, "c-1"))["line", "*"] is False


def test_a_split_gives_each_what_was_theirs(database: Database) -> None:
    database.write(fill)
    before = seen(database)
    database.write(lambda c: join(c, "c-2", "c-3"))
    database.write(lambda c: join(c, "c-1", "c-3"))
    assert database.read(lambda c: members(c, "c-3")) == ("c-1", "c-2", "c-3")
    assert database.write(lambda c: merging.split(c, "c-2", "mika", START)) == "c-1"
    assert database.read(lambda c: (members(c, "c-1"), members(c, "c-3"))) == (("c-1",), ("c-2", "c-3"))
    assert database.write(lambda c: merging.split(c, "c-3", "mika", START)) == "c-2"
    assert seen(database) == before
    with pytest.raises(Malformed, match="'c-3' cannot be used: it is not merged into anybody"):
        database.write(lambda c: merging.split(c, "c-3", "mika", START))
    told = database.read(lambda c: merging.history(c, "c-2"))
    assert [(one.person_id, one.customer_id, one.undone_by) for one in told] == [
        ("c-2", "c-3", "mika"),
        ("c-1", "c-2", "mika"),
    ]


def said(database: Database, *events: Arrival, at: datetime = START) -> None:
    """Events come in."""
    database.write(lambda c: take(c, events, (), Means(b"k" * 32, Stages(), lambda event: NO_EFFECTS), at))


def known(database: Database, id: str) -> tuple[bool | None, frozenset[str], set[str | None]]:
    """Whether mail is allowed, the tags of a bad time, and what counts towards caps."""
    found = database.read(lambda c: recall(c, Who(id=id), START + timedelta(days=3)))
    assert found is not None
    bad = found.record.customer.tags & {"complained", "open_ticket"}
    return granted(found.record.consents, "email", "marketing"), bad, {one.decision_id for one in found.record.contacts}


def test_what_was_said_and_sent_while_they_were_one_stands_for_both_after_the_split(database: Database) -> None:
    later, ids = START + timedelta(days=1), ("c-1", "c-2")
    database.write(lambda c: profiles.upsert(c, [customer(id, tags=frozenset()) for id in ids], START))
    database.write(lambda c: consents.append(c, [consent(id, "email", True) for id in ids]))
    database.write(lambda c: contacts.put(c, "d-before", "c-1", promise("d-before", START - timedelta(days=1))))
    database.write(lambda c: join(c, "c-1", "c-2"))
    no = Arrival("m1", "track", later, "shop", user_id="c-2", name="Unsubscribed", properties={"channel": "email"})
    said(
        database,
        no,
        no._replace(message_id="m2", name="Complained"),
        no._replace(message_id="m3", name="Ticket Opened", properties={"ticket_id": "t1"}),
        no._replace(message_id="m4", name="Ticket Opened", properties={"ticket_id": "t2"}),
        no._replace(message_id="m5", name="Ticket Resolved", properties={"ticket_id": "t2"}),
        at=later,
    )
    database.write(lambda c: contacts.put(c, "d-between", "c-1", promise("d-between", later)))
    database.write(lambda c: merging.split(c, "c-2", "mika", later))
    both = frozenset({"complained", "open_ticket"})
    assert known(database, "c-1") == (False, both, {"d-before", "d-between"})
    assert known(database, "c-2") == (False, both, {"d-between/c-2"})
    told = [one for one in database.read(lambda c: consents.ledger(c, "c-2")) if one.evidence.method == "split"]
    assert {one.evidence.source for one in told} == {"reported_as_spam, said while two customers counted as one"}
    assert {one.evidence.at for one in told} == {later}
    for id in ids:
        assert not database.write(lambda c, id=id: recount.recount(c, id, Stages(), later))  # type: ignore[misc]
    answered = no._replace(message_id="m6", name="Ticket Resolved", properties={"ticket_id": "t1"})
    said(database, answered, at=later)
    assert known(database, "c-2")[1] == {"complained"} and known(database, "c-1")[1] == both
    database.write(lambda c: join(c, "c-1", "c-2"))
    database.write(lambda c: behaviour.refresh(c, Stages(), later))
    assert known(database, "c-2") == (False, both - {"open_ticket"}, {"d-before", "d-between"})


def test_a_no_between_stands_for_both_even_where_a_yes_followed(database: Database) -> None:
    database.write(lambda c: profiles.upsert(c, [customer("c-1"), customer("c-2")], START))
    database.write(lambda c: join(c, "c-1", "c-2"))
    database.write(lambda c: consents.append(c, [consent("c-1", "email", False), consent("c-1", "email", True)]))
    database.write(lambda c: merging.split(c, "c-2", "mika", START))
    assert [known(database, id)[0] for id in ("c-1", "c-2")] == [False, False]


@pytest.mark.parametrize("seed", range(4))
def test_any_merges_and_their_splits_leave_nothing_behind(database: Database, seed: int) -> None:
    chance = random.Random(seed)
    database.write(fill)
    before = seen(database)
    for _ in range(6):
        one, other = chance.sample(IDS, 2)
        database.write(lambda c, one=one, other=other: join(c, one, other))  # type: ignore[misc]
        if chance.random() < 0.4:
            absorbed = [id for id in IDS if database.read(lambda c, id=id: person_of(c, id)) != id]  # type: ignore[misc]
            if absorbed:
                undo(database, chance.choice(absorbed))
    while absorbed := [id for id in IDS if database.read(lambda c, id=id: person_of(c, id)) != id]:  # type: ignore[misc]
        undo(database, chance.choice(absorbed))
    assert seen(database) == before


def undo(database: Database, id: str) -> None:
    """Splits a customer off."""
    database.write(lambda c: merging.split(c, id, "mika", START))


def test_the_order_of_merges_makes_no_difference(database: Database) -> None:
    database.write(fill)
    found = []
    for order in permutations(IDS[1:]):
        for id in order:
            database.write(lambda c, id=id: join(c, "c-1", id))  # type: ignore[misc]
        one = database.read(lambda c: recall(c, Who(id="c-1"), START))
        assert one is not None
        found.append((one.record.customer, one.record.consents, set(one.record.contacts), set(one.record.memories)))
        for id in order:
            undo(database, id)
    assert all(one == found[0] for one in found)


def test_frames_hold_a_merged_person_once(database: Database) -> None:
    database.write(fill)
    database.write(lambda c: join(c, "c-1", "c-2"))
    found = database.read(lambda c: frames.frames(c, START - timedelta(days=35)))
    assert found.customers["id"].to_list() == ["c-1", "c-3", "c-4"]
    assert sorted(found.customers["tags"].to_list()[0]) == ["tag-0", "tag-1"]
    assert sorted(found.contacts["row"].to_list()) == [0, 0, 1, 2]
    assert sorted(found.consents.rows()) == sorted(
        ("email", "*", allowed, row) for row, allowed in ((0, False), (1, True), (2, False))
    ) + [("line", "*", True, row) for row in range(3)]


def test_of_many_asks_for_a_merged_person_one_is_answered(database: Database) -> None:
    decisions = Decisions(Vault(b"k" * 32))
    database.write(lambda c: profiles.upsert(c, [customer("c-1"), customer("c-2")], START))
    database.write(lambda c: join(c, "c-1", "c-2"))
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda number: ask(database, decisions, number), range(ASKS)))
    assert answers.count("message") == 1


@pytest.mark.parametrize("turn", range(3))
def test_a_merge_in_the_middle_of_asks_lets_no_cap_slip(database: Database, turn: int) -> None:
    decisions = Decisions(Vault(b"k" * 32))
    database.write(lambda c: profiles.upsert(c, [customer("c-1"), customer("c-2")], START))

    def one_of_them(number: int) -> str:
        if number == 4 * turn:
            database.write(lambda c: join(c, "c-1", "c-2"))
            return "merge"
        return ask(database, decisions, number)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(one_of_them, range(ASKS // 2)))
    found = database.read(lambda c: recall(c, Who(id="c-2"), START))
    assert found is not None
    sent = [contact.decision_id for contact in found.record.contacts]
    assert len(sent) == answers.count("message") <= 2
    assert len({int((id or "").split("-")[1]) % 2 for id in sent}) == len(sent) or len(sent) == 1


def ask(database: Database, decisions: Decisions, number: int) -> str:
    """Asks through one id or the other and decides as often as it takes, as a conductor does."""
    for _ in range(20):
        found = database.read(lambda c: recall(c, Who(id=f"c-{1 + number % 2}"), START))
        assert found is not None
        id = found.record.customer.id
        try:
            return database.write(
                lambda c, id=id: decisions.commit(c, id, START, once_a_week(f"d-{number}"), signed)  # type: ignore[misc]
            ).outcome
        except Overtaken:
            continue
    raise AssertionError("never decided")


words = st.lists(
    st.tuples(st.sampled_from(IDS), st.sampled_from(("email", "line")), st.booleans()), min_size=1, max_size=12
)


@given(said=words, order=st.permutations(IDS[1:]))
def test_of_words_before_the_merges_no_wins_in_any_order(said: list[tuple[str, str, bool]], order: list[str]) -> None:
    ledger = [Word(place, id, (topic, "*"), yes) for place, (id, topic, yes) in enumerate(said)]
    found = consents_together(ledger, [Joining(99, "c-1", id) for id in order], "c-1")
    last = {(word.customer_id, word.about): word.granted for word in ledger}
    for about, allowed in found.items():
        assert allowed == all(yes for (_, said_about), yes in last.items() if said_about == about)


@given(said=words, more=words)
def test_the_last_word_after_a_merge_holds(
    said: list[tuple[str, str, bool]], more: list[tuple[str, str, bool]]
) -> None:
    ledger = [Word(place, id, (topic, "*"), yes) for place, (id, topic, yes) in enumerate([*said, *more])]
    merges = [Joining(len(said) - 1, "c-1", id) for id in IDS[1:]]
    found = consents_together(ledger, merges, "c-1")
    for word in ledger[len(said) :]:
        last = [later.granted for later in ledger[len(said) :] if later.about == word.about][-1]
        assert found[word.about] is last


@given(
    st.permutations([customer(id, age=None, tags=frozenset({id}), attributes={id: 1, "same": id}) for id in IDS[1:]])
)
def test_a_profile_of_several_does_not_depend_on_their_order(others: list[Customer]) -> None:
    survivor = customer("c-1", display_name=None, attributes={"own": None})
    found = one_person(survivor, others)
    assert found == one_person(survivor, sorted(others, key=lambda one: one.id))
    assert found.id == "c-1" and found.tags >= set(IDS[1:]) and found.attributes["same"] == "c-2"
