"""Whatever is sent to next-message, the service never fails: every answer is 200, or a problem below 500."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from domain.channel import Channel
from tests.api.house import House

TRIES = settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(
        ["", "\0", "\ud800", "2026-11-24T10:00:00", "9999-12-31T23:59:59-14:00", "anna", "email", "x" * 5000]
    ),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=3),
)


def often(usual: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Mostly something usual, sometimes something odd."""
    return st.one_of(usual, usual, usual, ODD)


LOCATION = st.fixed_dictionaries({}, optional={"lat": often(st.floats(-90, 90)), "place": often(st.text(max_size=30))})
PAGE = st.fixed_dictionaries({}, optional={"url": often(st.text(max_size=30)), "title": often(st.text())})
ITEM = st.fixed_dictionaries({"offer": often(st.sampled_from(["coffee", "none"]))})
TIME = st.datetimes().map(lambda time: f"{time.isoformat()}+09:00")
CART = st.fixed_dictionaries({"items": often(st.lists(ITEM))}, optional={"left_at": often(TIME)})
MOMENT = st.fixed_dictionaries(
    {},
    optional={
        "at": often(TIME),
        "location": often(LOCATION),
        "weather": often(st.text(max_size=60)),
        "page": often(PAGE),
        "cart": often(CART),
        "device": often(st.text(max_size=20)),
        "direction": often(st.sampled_from(["inbound", "outbound"])),
    },
)
ASKS = st.fixed_dictionaries(
    {
        "customer": often(
            st.dictionaries(
                st.sampled_from(["id", "anonymous_id", "email"]),
                often(st.sampled_from(["anna", "hana", "silent", "nobody"])),
                min_size=1,
                max_size=2,
            )
        ),
        "channels": often(st.lists(often(st.sampled_from(list(Channel))), min_size=1, max_size=4)),
    },
    optional={
        "scene": often(st.sampled_from(["welcome", "cart_abandonment", "newsletter", "nowhere"])),
        "placement": often(st.fixed_dictionaries({"id": often(st.text(min_size=1, max_size=30))})),
        "moment": often(MOMENT),
        "deadline_ms": often(st.integers(1, 60_000)),
        "language": often(st.sampled_from(["ja", "en"])),
        "dry_run": often(st.booleans()),
        "more": ODD,
    },
)


@TRIES
@given(ask=ASKS, key=st.none() | st.text("abc", max_size=3))
def test_no_ask_is_a_failure(shared: House, ask: dict[str, Any], key: str | None) -> None:
    headers = {"Content-Type": "application/json"} | ({} if key is None else {"Idempotency-Key": key})
    answered = shared.post("/v1/next-message", "channel", content=json.dumps(ask), headers=headers)
    assert answered.status_code < 500, answered.text
    expected = "application/json" if answered.status_code == 200 else "application/problem+json"
    assert answered.headers["Content-Type"] == expected


@TRIES
@given(body=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_bytes_are_a_failure(shared: House, body: bytes) -> None:
    answered = shared.post("/v1/next-message", "channel", content=body, headers={"Content-Type": "application/json"})
    assert answered.status_code in (200, 422), answered.text


@TRIES
@given(path=st.text(max_size=30), query=st.text(max_size=30))
def test_no_path_is_a_failure(shared: House, path: str, query: str) -> None:
    answered = shared.get(f"/v1/customers/{path!r}", "marketer", params={"limit": query, "cursor": path})
    assert answered.status_code < 500, answered.text


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Any of these fields."""
    return st.fixed_dictionaries({}, optional=fields)


WORDS = st.text(max_size=12)
VALUES = st.one_of(st.none(), st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(-1e9, 1e9), WORDS)
DAYS = st.sampled_from(["0001-01-01", "2026-11-24", "9999-12-31"])
MONEY = st.integers(0, 10**15 - 1) | st.floats(0, 1e9) | st.sampled_from(["19.99", "1E+14", "0.000000001"])
BOTH = some(ja=WORDS, en=WORDS)
CUSTOMERS = some(
    display_name=WORDS,
    language=st.sampled_from(["ja", "en", "fr", "xx-yy", "", "ja-JP"]),
    timezone=st.sampled_from(["Asia/Tokyo", "Nowhere/City", "../../etc/passwd", "", "localtime"]) | WORDS,
    country=st.sampled_from(["JP", "US", "ZZ"]),
    region=WORDS,
    tier=st.sampled_from(["gold", "regular"]),
    age=st.integers(0, 130),
    attributes=st.dictionaries(
        st.sampled_from(["points", "points_expire", "points_at", "birth_month"]) | WORDS, VALUES | DAYS, max_size=4
    ),
    tags=st.lists(WORDS, max_size=3),
)
OFFERS = some(
    category=WORDS,
    url=WORDS | st.sampled_from(["https://shop.example.com/x", "javascript:alert(1)", "http://[::1"]),
    image=st.fixed_dictionaries({"url": WORDS, "alt": BOTH}),
    price=MONEY,
    list_price=MONEY,
    currency=st.sampled_from(["JPY", "USD", "XXX"]),
    discount_percent=st.floats(0, 100),
    discount_amount=MONEY,
    stock=st.integers(0, 2**62),
    stock_at=st.sampled_from(["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-11-24T01:00:00Z"]),
    valid_from=DAYS,
    valid_until=DAYS,
    facts=st.dictionaries(st.sampled_from(["word", "headline", "target"]) | WORDS, VALUES | BOTH, max_size=4),
    applies_to=st.lists(WORDS | st.just("coffee"), max_size=2),
)


@pytest.mark.no_cover
@TRIES
@example({}, {"valid_until": "9999-12-31"}, {"en": "For ever"}, "product", [Channel.WEB], None)
@given(
    customer=CUSTOMERS,
    offer=OFFERS,
    name=BOTH,
    kind=st.sampled_from(["product", "coupon", "event", "article"]),
    channels=st.lists(st.sampled_from(list(Channel)), min_size=1, max_size=9),
    scene=st.sampled_from([None, "welcome", "cart_abandonment", "newsletter", "birthday"]),
)
def test_odd_customers_and_offers_are_no_failure(
    house: House, customer: Any, offer: Any, name: Any, kind: str, channels: list[Channel], scene: str | None
) -> None:
    headers = {"Content-Type": "application/json"}
    written = [
        house.post("/v1/customers", "ingest", content=json.dumps({"id": "odd", **customer}), headers=headers),
        house.post("/v1/offers", "admin", json={"id": "odd", "kind": kind, "name": name, **offer}),
    ]
    assert all(one.status_code in (200, 422) for one in written), [one.text for one in written]
    ask = {"customer": {"id": "odd"}, "channels": channels, "scene": scene, "dry_run": True}
    cart = {"cart": {"items": [{"offer": "odd"}]}}
    answered = house.post("/v1/next-message", "channel", {**ask, "moment": cart, "deadline_ms": 60_000})
    assert answered.status_code in (200, 404), answered.text


TIMES = st.sampled_from(["2026-11-25T11:00:00+09:00", "1970-01-03T00:00:00Z", "2199-12-30T23:59:59-12:00"])
COPY_TEXT = st.text(max_size=80) | st.sampled_from(
    ["<b>半</b>額", "９９，９９９円", "1/3 off", "https://[::1", "&#0;", "2026-02-30"]
)
COPY = some(
    channel=often(st.sampled_from(list(Channel))),
    subject=often(COPY_TEXT),
    body=often(COPY_TEXT),
    html=often(COPY_TEXT),
    url=often(WORDS),
    cites=often(st.lists(some(text=WORDS, distance=WORDS, sensitive=st.booleans()), max_size=2)),
)
TRIALS = some(
    directives=often(st.lists(often(st.text(max_size=60)), max_size=3)),
    language=often(st.sampled_from(["ja", "en"])),
    packs=often(st.lists(often(st.sampled_from(["house", "jp", "us", "eu"])), max_size=2)),
    stations=often(st.lists(st.sampled_from(["screen", "mask", "inspect"]), max_size=3)),
    customer=often(CUSTOMERS),
    action=often(
        some(channel=st.sampled_from(list(Channel)), at=often(TIMES), scene=often(WORDS), offer=often(OFFERS))
    ),
    history=often(st.lists(some(channel=st.sampled_from(list(Channel)), at=often(TIMES)), max_size=2)),
    copy=often(COPY),
    facts=often(st.dictionaries(WORDS, VALUES | DAYS | BOTH, max_size=3)),
)


@TRIES
@given(request=TRIALS)
def test_no_trial_is_a_failure(shared: House, request: dict[str, Any]) -> None:
    headers = {"Content-Type": "application/json"}
    answered = shared.post("/v1/policies/try", "marketer", content=json.dumps(request), headers=headers)
    assert answered.status_code in (200, 422), answered.text


YAML = st.lists(
    st.sampled_from(
        [
            *(
                "rules:",
                "- ",
                "  ",
                "\n",
                "id: a",
                "type: ",
                "frequency_cap",
                "quiet_hours",
                "max: 1",
                "name: {en: x}",
                "[",
                "]",
            ),
            *(
                "{",
                "}",
                ": ",
                ":",
                "：",
                "#",
                " #x",
                "*a",
                "&a ",
                "!x ",
                "'",
                '"',
                "|",
                "> ",
                "---",
                "\t",
                "\u3000",
                "21:00",
                "no",
            ),
            *(
                "window: {kind: rolling, unit: week}",
                "exceptions:",
                "rule: a",
                "scope: {}",
                "packs: [jp]",
                "1_000",
                "9" * 30,
            ),
        ]
    ),
    max_size=30,
).map("".join)


@TRIES
@given(text=YAML | st.text(max_size=60))
def test_no_yaml_is_a_failure(shared: House, text: str) -> None:
    headers = {"Content-Type": "application/json"}
    body = json.dumps({"policy": text})
    answered = shared.post("/v1/policies/try", "marketer", content=body, headers=headers)
    assert answered.status_code in (200, 422), answered.text
    told = shared.post("/v1/policies/proposals", "marketer", content=json.dumps({"house": text}), headers=headers)
    assert told.status_code == 422, told.text
