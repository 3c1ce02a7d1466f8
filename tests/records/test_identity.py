"""Identity: which person an event belongs to, as examples, on both databases."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.consent import Consent, Evidence
from domain.customer import IDENTIFIER_KINDS, IdentifierKind
from domain.newcomer import is_household, is_provisional
from records import consents, identity, matching, merging, profiles, sharing
from records.connection import Connection, Row
from records.database import Database
from records.identity import Claim, Known
from records.members import members, person_of
from records.statement import Statement
from tests.clock import START
from tests.records.people import customer

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "identity.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_whose_it_is(database: Database, case: Mapping[str, Any]) -> None:
    first: dict[str, str] = {}

    def play(c: Connection) -> None:
        for step in case["steps"]:
            found = act(c, step, first)
            if found is None:
                continue
            word = step["is"]
            person = person_of(c, first.setdefault(word, found))
            assert found == person, step
            others = {person_of(c, id) for other, id in first.items() if other not in joined_with(case, word)}
            assert found not in others, step
        for one, other in case.get("together", []):
            assert person_of(c, first[one]) == person_of(c, first[other])
        for one, other in case.get("apart", []):
            assert person_of(c, first[one]) != person_of(c, first[other])
        waiting = {frozenset((match.left, match.right)) for match in matching.page(c, "open", 99).items}
        assert waiting >= {frozenset((first[one], first[other])) for one, other in case.get("suggested", [])}
        if "suggested" not in case:
            assert not any(len({first.get("anna"), first.get("visitor")} & pair) == 2 for pair in waiting)

    database.write(play)


def joined_with(case: Mapping[str, Any], word: str) -> set[str]:
    """The words for people who are expected to be one with `word`, or who got a new word after a split."""
    found = {word}
    for pair in [*case.get("together", []), *case.get("meanwhile", [])]:
        found |= set(pair) if word in pair else set()
    return found | {f"{word}2", word.removesuffix("2")}


def act(c: Connection, step: Mapping[str, Any], first: Mapping[str, str]) -> str | None:
    """Does what the step says; answers with whose it was where it is an event."""
    match step:
        case {"share": [kind, value]}:
            assert is_household(sharing.share(c, kind, value, "mika", START))
            return None
        case {"merge": [one, other]}:
            merging.merge(c, first[one], first[other], kind="person", by="mika", now=START)
            return None
        case {"split": word}:
            left = merging.split(c, first[word], "mika", START)
            matching.keep_apart(c, left, first[word], "mika", START)
            return None
        case {"alias": [previous, user_id]}:
            return identity.alias(c, previous, user_id, START)
    named: dict[IdentifierKind, str] = {
        kind: step[kind] for kind in IDENTIFIER_KINDS if kind in step and kind != "anonymous_id"
    }
    claim = Claim(step.get("user_id"), step.get("anonymous_id"), named)
    return identity.resolve(c, claim, START)


def test_a_transaction_looks_everything_up_at_once_and_finds_the_same(database: Database) -> None:
    claims = [Claim(f"u-{number % 5}", f"x-{number}", {"email": f"m{number % 7}@example.com"}) for number in range(40)]

    def together(c: Connection) -> list[str]:
        known = Known(c)
        known.look(claims)
        return [identity.resolve(c, claim, START, known) for claim in claims]

    found = database.write(together)
    assert found == [claim.user_id for claim in claims]
    assert database.write(together) == found
    assert [database.write(lambda c, one=claim: identity.resolve(c, one, START)) for claim in claims] == found  # type: ignore[misc]


def test_whom_nobody_knows_is_a_prospect_of_their_own(database: Database) -> None:
    ids = {database.write(lambda c: identity.resolve(c, Claim(None, None, {}), START)) for _ in range(3)}
    assert len(ids) == 3 and all(is_provisional(id) for id in ids)


def test_a_profile_that_is_written_takes_over_whoever_gave_its_address_before(database: Database) -> None:
    prospect = database.write(lambda c: identity.resolve(c, Claim(None, "x", {"email": "c-1@example.com"}), START))
    database.write(lambda c: profiles.upsert(c, [customer("c-1")], START))
    assert database.read(lambda c: person_of(c, prospect)) == "c-1"
    assert database.write(lambda c: identity.resolve(c, Claim(None, "x", {}), START)) == "c-1"
    database.write(lambda c: profiles.upsert(c, [customer("c-1", identifiers={})], START))
    assert database.write(lambda c: identity.resolve(c, Claim(None, "x", {}), START)) == "c-1"


def test_a_shared_address_stands_in_many_profiles_and_finds_none_of_them(database: Database) -> None:
    home = {"email": "home@example.com"}
    database.write(lambda c: sharing.share(c, "email", "home@example.com", "mika", START))
    database.write(lambda c: profiles.upsert(c, [customer("c-1", identifiers=home)], START))
    database.write(lambda c: profiles.upsert(c, [customer("c-2", identifiers=home)], START))
    owner = database.write(lambda c: identity.resolve(c, Claim(None, None, {"email": "home@example.com"}), START))
    assert is_household(owner)
    assert database.write(lambda c: sharing.unshare(c, "email", "home@example.com"))
    assert (
        database.write(lambda c: identity.resolve(c, Claim("c-2", None, {"email": "home@example.com"}), START)) == "c-2"
    )
    assert (
        database.write(lambda c: identity.resolve(c, Claim(None, None, {"email": "home@example.com"}), START)) == "c-2"
    )


BROWSERS = 130


def test_beyond_so_many_browsers_one_more_belongs_to_the_person_without_its_past(database: Database) -> None:
    names = [f"x{number}" for number in range(BROWSERS)]

    def visits(c: Connection) -> list[str]:
        return [identity.resolve(c, Claim(None, name), START) for name in names]

    visitors = database.write(visits)
    refusal = Consent(
        customer_id=visitors[-1], topic="push", granted=False, evidence=Evidence(method="form", at=START), at=START
    )
    database.write(lambda c: consents.append(c, [refusal]))

    def login(c: Connection) -> list[str]:
        known = Known(c)
        known.look([Claim("hub", name) for name in names])
        return [identity.resolve(c, Claim("hub", name), START, known) for name in names]

    counted: list[int] = []
    assert database.write(lambda c: login(Counting(c, counted))) == ["hub"] * BROWSERS
    assert database.write(visits) == ["hub"] * BROWSERS
    joined = database.read(lambda c: members(c, "hub"))
    assert len(joined) == identity.MOST_BROWSERS + 2 and visitors[-1] in joined
    assert database.read(lambda c: person_of(c, visitors[100])) == visitors[100]
    rows = database.read(lambda c: profiles.customer(c, "hub"))
    assert rows is not None and sum(counted) < 30 * BROWSERS


class Counting:
    """A connection that notes how many rows each statement reads or writes."""

    def __init__(self, c: Connection, counted: list[int]) -> None:
        self._c, self._counted = c, counted
        self.dialect = c.dialect

    def all(self, statement: Statement, /, **params: Any) -> list[Row]:
        rows = self._c.all(statement, **params)
        self._counted.append(1 + len(rows))
        return rows

    def one(self, statement: Statement, /, **params: Any) -> Row | None:
        self._counted.append(1)
        return self._c.one(statement, **params)

    def run(self, statement: Statement, /, **params: Any) -> int:
        self._counted.append(1)
        return self._c.run(statement, **params)

    def many(self, statement: Statement, rows: Iterable[Mapping[str, Any]], /) -> int:
        several = list(rows)
        self._counted.append(1 + len(several))
        return self._c.many(statement, several)
