"""The pages that customers see: why a message came, what they receive, what is remembered of them."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

import pytest

from agent.links import preferences_url, why_url
from domain.arrival import Arrival
from domain.memory import Distance, Memory
from records import consents, memories
from records.frames import frames
from tests.agent.stage import run
from tests.api.house import ASK, House
from tests.clock import START

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def mine(house: House, customer: str = "anna") -> str:
    """The path of a link to somebody's preferences."""
    return preferences_url("", house.parts.stores.links, customer, house.clock.now())


def state(house: House, customer: str = "anna") -> dict[tuple[str, str], bool]:
    """What holds of consents."""
    return dict(house.parts.stores.read(lambda c: consents.state(c, customer)))


def links_of(message: dict[str, str]) -> list[str]:
    """The paths of our own links in a mail."""
    return re.findall(r'href="http://127\.0\.0\.1:8000(/[^"]+)"', message["html"])


def test_a_mail_leads_to_its_reason_and_to_the_preferences(house: House) -> None:
    message = house.post("/v1/next-message", "channel", ASK).json()["message"]
    paths = links_of(message)
    assert [path.split("/")[1] for path in paths] == ["u", "p", "why"]
    for path in paths:
        assert f"http://127.0.0.1:8000{path}" in message["text"]
        shown = house.get(path)
        assert shown.status_code == 200 and shown.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in shown.headers["Content-Security-Policy"]
        assert not re.search(r"<script|src=|url\(|@import|https?://", shown.text)


def test_the_reason_is_in_the_customers_words_and_shows_nothing_of_the_house(house: House) -> None:
    message = house.post("/v1/next-message", "channel", ASK).json()["message"]
    path = links_of(message)[-1]
    english, japanese = house.get(path).text, house.get(f"{path}?lang=ja").text
    assert "because of what you bought or used with us (coffee)" in english and message["subject"] in english
    assert "You agreed to hear from us in this way on" in english
    assert "これまでのお買い物やご利用（coffee）をもとにお届けしました。" in japanese
    for inside in ("score", "%", "propensity", "rule", "9 days", "候補", "選択確率", "too-cheap", "Wool coat"):
        assert inside not in english and inside not in japanese, inside
    assert "/p/" in english and "/u/" in english


def test_after_ninety_days_there_is_a_kind_word_and_nothing_else(house: House) -> None:
    message = house.post("/v1/next-message", "channel", ASK).json()["message"]
    out, chosen, reason = links_of(message)
    house.clock.move(timedelta(days=91))
    for path in (chosen, reason):
        page = house.get(path)
        assert page.status_code == 200 and "nothing to show any more" in page.text and "coffee" not in page.text
        assert "お手数ですが" in house.get(f"{path}?lang=ja").text
    before = state(house)
    assert house.post(chosen, content=b"save=1&shown=email", headers=FORM).status_code == 200
    assert state(house) == before
    assert "Press the button" in house.get(out).text


def test_a_link_of_somebody_else_or_of_another_kind_shows_nothing(house: House) -> None:
    good, other = mine(house), mine(house, "hana")
    links = house.parts.stores.links
    reason = why_url("", links, "anna", "d-1", START)
    swapped = f"/p/{other.removeprefix('/p/').partition('.')[0]}.{good.partition('.')[2]}"
    for path in (f"/p/{reason.removeprefix('/why/')}", f"/why/{good.removeprefix('/p/')}", good[:-1], swapped, "/p/x"):
        for method in ("GET", "POST") if path.startswith("/p/") else ("GET",):
            assert house.request(method, path).status_code == 404, path


def test_choosing_writes_the_ledger_with_the_page_as_evidence(house: House) -> None:
    page = house.get(mine(house)).text
    assert page.count('type="checkbox"') == 5 and page.count(" checked") == 6
    content = b"save=1&shown=email&shown=push&shown=line&on=push&on=line&often=fewer"
    done = house.post(mine(house), content=content, headers=FORM)
    assert "Saved" in done.text
    assert state(house)["email", "marketing"] is False and state(house)["frequency", "marketing"] is False
    last = house.parts.stores.read(lambda c: consents.ledger(c, "anna"))[-1]
    assert (last.evidence.method, last.evidence.text_version) == ("preference-page", "preferences-1")
    assert house.post("/v1/next-message", "channel", ASK).json()["outcome"] == "hold"
    again = house.post(mine(house), content=content, headers=FORM)
    assert again.status_code == 200 and len(house.parts.stores.read(lambda c: consents.ledger(c, "anna"))) == 7
    house.post(mine(house), content=b"save=1&shown=email&on=email&often=usual", headers=FORM)
    assert house.post("/v1/next-message", "channel", ASK).json()["outcome"] == "message"


@pytest.mark.parametrize("body", [b"", b"on=email", b"save=1", b"save=1&shown=nonsense&often=never", b"\xff\xfe=1"])
def test_a_form_that_says_nothing_changes_nothing(house: House, body: bytes) -> None:
    before = state(house)
    assert house.post(mine(house), content=body, headers=FORM).status_code == 200
    assert state(house) == before


def test_what_is_remembered_can_be_seen_and_forgotten(house: House) -> None:
    secret = Memory(
        id="anna/secret",
        customer_id="anna",
        text="was unwell in spring",
        distance=Distance.TOLD_US,
        source="call",
        at=START,
        sensitive=True,
    )
    other = secret.model_copy(update={"id": "hana/x", "customer_id": "hana", "text": "hana's", "sensitive": False})
    house.scenery.write(lambda c: memories.put(c, [secret, other]))
    page = house.get(mine(house)).text
    assert "buys coffee" in page and "unwell" not in page and "hana" not in page and "(1)" in page
    for forged in ("anna/secret", "hana/x"):
        house.post(mine(house), content=f"forget={forged}".encode(), headers=FORM)
    done = house.post(mine(house), content=b"forget=anna%2Fcoffee", headers=FORM)
    assert "Deleted" in done.text and "buys coffee" not in done.text
    kept = {one.id: one.text for one in house.parts.stores.read(lambda c: memories.of_customer(c, "anna"))}
    assert kept["anna/secret"] == "was unwell in spring" and kept["anna/coffee"] == "—"
    assert [one.text for one in house.parts.stores.read(lambda c: memories.of_customer(c, "hana"))].count("hana's") == 1
    message = house.post("/v1/next-message", "channel", ASK).json()["message"]
    assert not message or "because of what you bought" not in house.get(links_of(message)[-1]).text


def noted(house: House, *some: tuple[str, str, dict[str, str]]) -> None:
    """Events come in and are followed."""
    arrivals = [
        Arrival(id, "track", house.clock.now(), "shop", user_id="anna", name=name, properties=dict(properties))
        for id, name, properties in some
    ]
    run(house.parts.intake.take(arrivals, (), house.clock.now()))
    run(house.parts.follower.catch_up())


def ids_of(page: str) -> list[str]:
    """What the page offers to forget."""
    return [unescape(id) for id in re.findall(r'name="forget" value="([^"]+)"', page)]


def test_what_was_forgotten_does_not_come_back_with_the_next_event(house: House) -> None:
    noted(
        house,
        ("n-1", "Survey Answered", {"topic": "coffee", "answer": "dark-roast"}),
        ("n-2", "Product Added to Wishlist", {"product_id": "coat"}),
        ("n-3", "Conversation Noted", {"quote": "I like coffee.", "topic": "coffee"}),
    )
    page = house.get(mine(house)).text
    assert "survey answer" in page and "saved Wool coat" in page
    house.post(mine(house), content=urlencode({"forget": ids_of(page)}, doseq=True).encode(), headers=FORM)
    house.clock.move(timedelta(minutes=1))
    noted(house, ("n-4", "Product Viewed", {"product_id": "umbrella"}))
    after = house.get(mine(house)).text
    assert "survey answer" not in after and "Wool coat" not in after and not set(ids_of(page)) & set(ids_of(after))
    marks = [one for one in house.parts.stores.read(lambda c: memories.of_customer(c, "anna")) if one.text == "—"]
    assert {one.id for one in marks} == set(ids_of(page))
    assert all(one.ended and one.ended.why == "forgotten" and one.quote is None for one in marks)
    noted(house, ("n-5", "Survey Answered", {"topic": "coffee", "answer": "dark-roast"}))
    assert "survey answer" in house.get(mine(house)).text, "what they say again is theirs to say"


def test_the_page_shows_no_note_of_staff_and_no_words_about_others(house: House) -> None:
    def told(id: str, text: str, distance: Distance, source: str, quote: str | None = None) -> Memory:
        return Memory(id=id, customer_id="anna", text=text, distance=distance, source=source, at=START, quote=quote)

    some = [
        told("anna/note", "担当者のメモ", Distance.INFERRED, "staff_note", "クレーマー気質。要注意人物"),
        told("anna/said", "会話での言葉", Distance.TOLD_US, "conversation", "佐藤花子さんの接客が最悪。090-1234-5678"),
        told("anna/load", "佐藤花子さんに 090-1234-5678 で連絡", Distance.TOLD_US, "call"),
        told("anna/guess", "値引きに弱いようです", Distance.INFERRED, "guess"),
    ]
    house.scenery.write(lambda c: memories.put(c, some))
    page = house.get(f"{mine(house)}?lang=ja").text
    for inside in ("クレーマー", "担当者のメモ", "佐藤", "090", "最悪", "値引き"):
        assert inside not in page, inside
    assert "会話での言葉" in page and "お電話での言葉" in page and "お好みについての推測" in page and "1件" in page
    assert "anna/note" not in ids_of(page) and "anna/guess" in ids_of(page)


def test_an_erased_customer_is_shown_the_kind_word(house: House) -> None:
    message = house.post("/v1/next-message", "channel", ASK).json()["message"]
    house.request("DELETE", "/v1/customers/anna", "privacy")
    for path in links_of(message):
        assert house.get(path).status_code == 200 and "Anna" not in house.get(path).text
    assert house.post(mine(house), content=b"save=1&shown=email&on=email", headers=FORM).status_code == 200
    assert not state(house)


def test_text_of_others_is_escaped(house: House) -> None:
    loud = Memory(
        id="anna/<b>",
        customer_id="anna",
        text="<script>alert(1)</script>",
        distance=Distance.TOLD_US,
        source="survey",
        at=START,
    )
    house.scenery.write(lambda c: memories.put(c, [loud]))
    page = house.get(mine(house)).text
    assert "<script>" not in page and "&lt;script&gt;" in page


def test_who_asks_for_fewer_gets_one_a_week(house: House) -> None:
    house.post(mine(house), content=b"save=1&often=fewer", headers=FORM)
    assert house.post("/v1/next-message", "channel", ASK).json()["outcome"] == "message"
    house.clock.move(timedelta(days=2))
    held = house.post("/v1/next-message", "channel", ASK).json()
    assert "cap_when_fewer_are_wished" in {reason["rule"] for reason in held["hold"]["reasons"]}
    tried = house.parts.stores.read(lambda c: frames(c, START))
    tags = dict(zip(tried.customers["id"].to_list(), tried.customers["tags"].to_list(), strict=True))
    assert (list(tags["anna"]), list(tags["hana"])) == (["wants_fewer"], [])
