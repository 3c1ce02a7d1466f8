"""Copy versions and compositions, kept on both databases."""

import pytest

from domain.errors import Malformed, NotFound, Refused
from domain.variant import Variant
from records import catalogue, compositions, variants, versions
from records.compositions import Composition
from records.database import Database
from records.variants import Kept, Provenance
from tests.clock import START

TOLD = Provenance(model="m", prompt="p", brief="b", policy_version=1, author="Mika", at=START)


def text(name: str, status: variants.Status = "approved", scene: str = "newsletter", language: str = "en") -> Kept:
    """A text as it is kept."""
    variant = Variant.model_validate(
        {
            "id": name,
            "scene": scene,
            "channel": "email",
            "language": language,
            "offer": "coffee",
            "origin": "variant",
            "copy": {"body": name, "blocks": [{"id": "a", "body": "b", "needs": ["account.points"]}]},
        }
    )
    return Kept(variant, status, TOLD, 1, START)


def test_what_is_kept_comes_back_whole(database: Database) -> None:
    many = [text("v-1"), text("v-2", "waiting"), text("v-3", scene="winback"), text("v-4", language="ja")]
    assert database.write(lambda c: variants.add(c, many)) == 4
    assert database.write(lambda c: variants.add(c, [text("v-1"), text("v-5", "rejected")])) == 1
    assert database.read(lambda c: variants.get(c, "v-1")) == text("v-1")
    assert [one.variant.id for one in database.read(variants.approved)] == ["v-1", "v-3", "v-4"]
    there = database.read(lambda c: variants.beside(c, "newsletter", "email", "en"))
    assert {one.variant.id for one in there} == {"v-1", "v-2", "v-5"}
    with pytest.raises(NotFound, match="copy version 'v-9'"):
        database.read(lambda c: variants.get(c, "v-9"))


def test_pages_take_a_scene_and_a_status(database: Database) -> None:
    database.write(lambda c: variants.add(c, [text(f"v-{n}", "waiting" if n % 2 else "approved") for n in range(5)]))
    first = database.read(lambda c: variants.page(c, 2, scene="newsletter"))
    second = database.read(lambda c: variants.page(c, 9, first.next))
    assert [one.variant.id for one in (*first.items, *second.items)] == ["v-4", "v-3", "v-2", "v-1", "v-0"]
    waiting = database.read(lambda c: variants.page(c, 9, status="waiting"))
    assert [one.variant.id for one in waiting.items] == ["v-3", "v-1"] and waiting.next is None
    assert database.read(lambda c: variants.page(c, 9, scene="winback")).items == ()
    assert len(database.read(lambda c: variants.page(c, 9, offer="coffee", channel="email")).items) == 5
    assert database.read(lambda c: variants.page(c, 9, channel="push")).items == ()
    with pytest.raises(Malformed):
        database.read(lambda c: variants.page(c, 9, "nonsense"))


def test_only_what_may_be_shown_moves_the_catalogue(database: Database) -> None:
    def moves() -> tuple[int, int]:
        return database.read(lambda c: (catalogue.version(c), variants.version(c)))

    database.write(lambda c: variants.add(c, [text("v-1", "waiting"), text("v-2", "waiting")]))
    assert moves() == (0, 0)
    database.write(lambda c: variants.decide(c, text("v-1"), "Rei", START))
    assert moves() == (1, 1)
    database.write(lambda c: variants.decide(c, text("v-2", "rejected"), "Rei", START))
    database.write(lambda c: variants.count(c, {"v-1": 3}, {"v-1": 1}))
    assert moves() == (1, 1)
    database.write(lambda c: versions.bump(c, "catalogue"))
    database.write(lambda c: variants.retire(c, "v-1", "Rei", "", START))
    assert moves() == (3, 2)


def test_a_verdict_is_given_once(database: Database) -> None:
    database.write(lambda c: variants.add(c, [text("v-1", "waiting")]))
    database.write(lambda c: variants.decide(c, text("v-1"), "Rei", START))
    with pytest.raises(Refused, match="approved already"):
        database.write(lambda c: variants.decide(c, text("v-1", "rejected"), "Ken", START))
    database.write(lambda c: variants.retire(c, "v-1", "Ken", "old", START))
    with pytest.raises(Refused, match="retired already"):
        database.write(lambda c: variants.retire(c, "v-1", "Ken", "older", START))
    kept = database.read(lambda c: variants.get(c, "v-1"))
    assert (kept.decided_by, kept.reason, kept.decided_at) == ("Ken", "old", START)


def test_new_rules_are_noted_and_what_fails_them_is_retired(database: Database) -> None:
    database.write(lambda c: variants.add(c, [text("v-1"), text("v-2"), text("v-3")]))
    database.write(lambda c: variants.checked(c, 2, ["v-1"], {"v-2": "rule: word"}, "policy version 2", START))
    names = ("v-1", "v-2", "v-3")
    found = dict(zip(names, database.read(lambda c: [variants.get(c, one) for one in names]), strict=True))
    assert [found[one].policy_version for one in found] == [2, 1, 1]
    assert (found["v-2"].status, found["v-2"].reason) == ("retired", "rule: word")


def test_counts_add_up(database: Database) -> None:
    database.write(lambda c: variants.add(c, [text("v-1"), text("v-2", "waiting")]))
    for _ in range(2):
        database.write(lambda c: variants.count(c, {"v-1": 3, "v-9": 1}, {"v-1": 1, "v-2": 2}))
    assert database.read(variants.standings) == {"v-1": (6, 2)}


def test_a_composition_is_kept_up_to_date(database: Database) -> None:
    order = Composition("comp-1", "newsletter", "Mika", "running", "{}", "{}", START, START)
    database.write(lambda c: compositions.add(c, order))
    assert database.read(lambda c: compositions.get(c, "comp-1", START)) == order
    database.write(lambda c: compositions.note(c, "comp-1", "done", '{"wanted":1}', START))
    done = database.read(lambda c: compositions.get(c, "comp-1", START + compositions.SILENT * 2))
    assert (done.status, done.progress) == ("done", '{"wanted":1}')
