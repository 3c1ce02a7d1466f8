"""Audiences as files: consented people alone, safe to open, and noted for each of them."""

import csv
from pathlib import Path

import polars as pl
import pytest

from agent import vocabulary
from agent.exchange.audience import Chosen, Exported, export
from agent.rulebook import ensure_book, in_force
from agent.stores import Stores
from domain.channel import Channel, Purpose
from domain.consent import Consent, Evidence
from domain.customer import Customer, IdentifierKind, Tier
from domain.errors import Malformed, NotFound, Refused
from policies.book import Book
from records import accesses, consents, profiles
from tests.agent.exchange.conftest import loaded
from tests.agent.exchange.test_load import SAMPLES, mapping
from tests.clock import START
from tools.exchange.guarding import guarded

HERE = Evidence(method="form")
NAMED: tuple[tuple[str, str, dict[IdentifierKind, str]], ...] = (
    ("yes", "=cmd|' /C calc'!A0", {"email": "yes@example.com"}),
    ("unknown", "髙﨑", {"email": "unknown@example.com"}),
    ("no", "Nora", {"email": "no@example.com"}),
    ("nowhere", "𠮷田 ♥", {}),
)


@pytest.fixture
def peopled(stores: Stores) -> Stores:
    """Four gold members: one allows mail, one nothing, one said no, one has no address."""
    people = [
        Customer(id=id, display_name=name, tier=Tier.GOLD, language="ja", country="JP", identifiers=named)
        for id, name, named in NAMED
    ]
    given = [
        Consent(customer_id=id, topic="email", purpose=Purpose.MARKETING, granted=yes, evidence=HERE, at=START)
        for id, yes in (("yes", True), ("no", True), ("no", False), ("nowhere", True))
    ]
    stores.write(lambda c: profiles.upsert(c, people, START))
    stores.write(lambda c: consents.append(c, given))
    return stores


def exported(stores: Stores, chosen: Chosen, out: Path, encoding: str = "utf-8", raw: bool = False) -> Exported:
    """An export by somebody."""
    ensure_book(stores)
    kept = stores.read(in_force)
    book = Book.from_document(kept.version, kept.document)
    return export(stores, book, chosen, out, encoding, raw=raw, person="Mai", role="marketer")


def test_only_people_who_consented_and_have_an_address(peopled: Stores, tmp_path: Path) -> None:
    chosen = Chosen(where="gold members", channel=Channel.EMAIL)
    done = exported(peopled, chosen, tmp_path / "out.csv")
    assert (done.meant, done.without_consent, done.without_address, done.written.rows) == (4, 2, 1, 1)
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.DictReader(file)) == [{"id": "yes", "email": "yes@example.com", "language": "ja"}]
    looks = peopled.read(lambda c: accesses.of_customer(c, "yes", "-", 10)).items
    assert [(one.person, one.role, one.what) for one in looks] == [
        ("Mai", "marketer", "audience export: words for email")
    ]
    assert not peopled.read(lambda c: accesses.of_customer(c, "no", "-", 10)).items


def test_a_defined_word(peopled: Stores, tmp_path: Path) -> None:
    made = vocabulary.define(peopled, "お得意様", "ゴールド会員", None, "Mai", START)
    with pytest.raises(Malformed, match="words in force are none yet"):
        exported(peopled, Chosen(segment="お得意様", channel=Channel.EMAIL), tmp_path / "out.csv")
    vocabulary.approve(peopled, made.id, "Ken", START)
    assert exported(peopled, Chosen(segment="お得意様", channel=Channel.EMAIL), tmp_path / "o.csv").written.rows == 1


def test_a_scene_under_all_rules(stores: Stores, tmp_path: Path) -> None:
    loaded(stores, SAMPLES / "members_sjis.csv", "customers", mapping("members.yaml"))
    loaded(stores, SAMPLES / "offers.csv", "offers", mapping("offers.yaml"))
    chosen = Chosen(
        scene="newsletter", columns=("loyalty_id", "email", "phone", "tier", "channels", "attributes.points")
    )
    done = exported(stores, chosen, tmp_path / "out.xlsx")
    assert done.written.rows == 9
    frame = pl.read_excel(tmp_path / "out.xlsx", infer_schema_length=0)
    assert frame.columns == list(chosen.columns) and frame.height == 9
    row = frame.filter(pl.col("loyalty_id") == "00000001").to_dicts()[0]
    assert row == {
        "loyalty_id": "00000001",
        "email": "member01@example.com",
        "phone": "+819000001200",
        "tier": "gold",
        "channels": "email",
        "attributes.points": "0",
    }
    exported(stores, chosen, tmp_path / "out.parquet")
    assert pl.read_parquet(tmp_path / "out.parquet").height == 9
    with pytest.raises(NotFound):
        exported(stores, Chosen(scene="none"), tmp_path / "out.csv")


def test_nobody_is_exported_for_ads_without_their_word(peopled: Stores, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="consented to the use of their data for ads"):
        exported(peopled, Chosen(where="gold members", channel=Channel.AD), tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").exists()


def test_characters_that_shift_jis_lacks_are_told(peopled: Stores, tmp_path: Path) -> None:
    allowed = [
        Consent(customer_id=id, topic="call", purpose=Purpose.MARKETING, granted=True, evidence=HERE, at=START)
        for id in ("nowhere", "unknown")
    ]
    reached = [Customer(id="nowhere", display_name="𠮷田 ♥", tier=Tier.GOLD, identifiers={"phone": "+819012345678"})]
    peopled.write(lambda c: profiles.upsert(c, reached, START))
    peopled.write(lambda c: consents.append(c, allowed))
    chosen = Chosen(where="gold members", channel=Channel.CALL, columns=("id", "display_name", "phone"))
    done = exported(peopled, chosen, tmp_path / "out.csv", "Shift_JIS")
    assert (done.written.replaced, done.written.lacking[0].column) == (1, "display_name")
    assert done.written.lacking[0].characters == "𠮷♥"
    text = (tmp_path / "out.csv").read_bytes().decode("cp932")
    assert text.splitlines()[1] == "nowhere,〓田 〓,'+819012345678"
    exported(peopled, chosen, tmp_path / "raw.csv", raw=True)
    assert ",+819012345678" in (tmp_path / "raw.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("-2+3", "'-2+3"), ("-5", "-5"), ("+81", "'+81"), ("a=b", "a=b")],
)
def test_nothing_becomes_a_formula(cell: str, shown: str) -> None:
    assert guarded(cell) == shown


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        (Chosen(), "--scene"),
        (Chosen(scene="newsletter", where="gold members"), "--scene"),
        (Chosen(where="gold members"), "--channel"),
        (Chosen(where="gold members", channel=Channel.WEB), "--channel"),
        (Chosen(where="gold members", channel=Channel.EMAIL, columns=("password",)), "--columns"),
    ],
)
def test_what_cannot_be_is_named(peopled: Stores, tmp_path: Path, chosen: Chosen, field: str) -> None:
    with pytest.raises(Malformed, match=field):
        exported(peopled, chosen, tmp_path / "out.csv")
    with pytest.raises(Malformed, match="--out"):
        exported(peopled, chosen, tmp_path / "out.pdf")
