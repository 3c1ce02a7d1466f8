"""One click out: the link of every mail, by page and by POST alone."""

import re

import pytest

from agent.links import unsubscribe_url
from domain.channel import Channel
from records import consents
from tests.api.house import ASK, House


def link(house: House, customer: str = "anna", channel: Channel = Channel.EMAIL) -> str:
    """The path of an unsubscribe link."""
    return unsubscribe_url("", house.parts.stores.links, customer, channel)


def lines(house: House, customer: str = "anna") -> int:
    """How long the ledger is."""
    return len(house.parts.stores.read(lambda c: consents.ledger(c, customer)))


def test_the_link_in_a_mail_leads_here(house: House) -> None:
    message = house.post("/v1/next-message", "channel", ASK).json()["message"]
    url = message["headers"]["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")
    assert url in message["html"]
    assert house.get(url).status_code == 200


def test_looking_changes_nothing_and_speaks_the_customers_language(house: House) -> None:
    before = lines(house)
    english, japanese = house.get(link(house)), house.get(link(house, "hana"))
    assert "Unsubscribe" in english.text and '<html lang="en">' in english.text
    assert "配信を停止する" in japanese.text and '<html lang="ja">' in japanese.text
    assert "<form method=" in english.text
    assert lines(house) == before


def test_one_post_withdraws_consent_and_twice_is_once(house: House) -> None:
    before = lines(house)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for _ in range(2):
        done = house.post(link(house), content=b"List-Unsubscribe=One-Click", headers=form)
        assert done.status_code == 200
        assert "unsubscribed" in done.text
    assert lines(house) == before + 1
    last = house.parts.stores.read(lambda c: consents.ledger(c, "anna"))[-1]
    assert (last.topic, last.purpose, last.granted, last.evidence.method) == ("email", "marketing", False, "one-click")
    assert house.post("/v1/next-message", "channel", ASK).json()["outcome"] == "hold"
    assert house.post("/v1/next-message", "channel", {**ASK, "channels": ["push"]}).json()["outcome"] == "message"


def test_the_post_needs_no_body(house: House) -> None:
    assert house.request("POST", link(house)).status_code == 200


def test_every_channel_has_a_name(house: House) -> None:
    for channel in Channel:
        assert house.get(link(house, "hana", channel)).status_code == 200


def test_a_link_that_is_not_ours_does_nothing(house: House) -> None:
    good = link(house)
    payload, _, signature = good.removeprefix("/u/").partition(".")
    other = link(house, "hana").removeprefix("/u/").partition(".")[0]
    for token in (payload, f"{payload}.", f"{other}.{signature}", f"{payload}.{signature[:-1]}", "ü.ü", "%00"):
        for method in ("GET", "POST"):
            refused = house.request(method, f"/u/{token}")
            assert (refused.status_code, refused.json()["type"]) == (404, "urn:tact:problem:not-found"), token
    assert lines(house, "hana") == 5


@pytest.mark.parametrize("kind", ("u", "p", "why"))
@pytest.mark.parametrize("method", ("GET", "POST"))
def test_a_damaged_link_opens_a_kind_page_in_both_languages(shared: House, kind: str, method: str) -> None:
    if (method, kind) == ("POST", "why"):
        return
    for wish, words, other in (("ja", "途中で切れている", "?lang=en"), ("en-GB", "seems to be missing", "?lang=ja")):
        page = shared.request(method, f"/{kind}/WyJ", headers={"Accept": "text/html,*/*", "Accept-Language": wish})
        assert page.status_code == 404
        assert page.headers["Content-Type"].startswith("text/html")
        assert words in page.text and other in page.text and "0120-000-000" in page.text
    told = shared.request(method, f"/{kind}/WyJ?lang=en", headers={"Accept": "text/html", "Accept-Language": "ja"})
    assert "seems to be missing" in told.text
    plain = shared.request(method, f"/{kind}/WyJ", headers={"Accept": "*/*"})
    assert (plain.status_code, plain.headers["Content-Type"]) == (404, "application/problem+json")


def test_a_customer_whom_we_no_longer_know_reads_the_browsers_language(house: House) -> None:
    path = link(house, "gone")
    assert "Unsubscribe" in house.get(path, headers={"Accept-Language": "en"}).text
    assert "配信停止" in house.get(path).text


def test_the_page_brings_nothing_from_elsewhere(house: House) -> None:
    shown = house.get(link(house))
    assert not re.search(r"""(src|href)=|url\(|@import""", shown.text)
    assert "default-src 'none'" in shown.headers["Content-Security-Policy"]
