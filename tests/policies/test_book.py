"""The book: bits, names, reasons, wishes, the readable code, and the stop switch."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from time import thread_time

import pytest

from domain.channel import Channel, Purpose
from domain.clock import from_micros
from domain.customer import Scalar
from domain.message import Block, Item, Message, Picture
from domain.stop import Stop
from policies.book import Book, bits_of, stopped
from policies.document import read_playbook
from policies.facts import about, action_of, situation_of, worded
from tests.policies.examples import HOME, book_of, offer_of, record_of, rules_of

MORNING = datetime(2026, 11, 24, 1, tzinfo=UTC)
WAY = '''\
def way(s, a):
    """Sets the bit of each rule that may be violated."""
    channel = a.channel
    purpose = a.purpose
    pushed = a.pushed
    age = s.age
    bits = 0
    # night (quiet_hours)
    if purpose == 'marketing' and pushed and (age is None or age < 20.0) and \
in_hours(a.locals, 1260, 480, DAYS_0, True):
        bits |= 0x1
    # weekly (frequency_cap)
    if purpose == 'marketing' and channel in {'email', 'line'} and \
s.contacts and rolling_full(s.times(COUNTED_0), a.micros, 604800000000, 2):
        bits |= 0x2
    return bits
'''


def test_the_generated_code_can_be_read() -> None:
    night = {"id": "night", "type": "quiet_hours", "start": "21:00", "end": "08:00"}
    weekly = {"id": "weekly", "type": "frequency_cap", "max": 2, "window": {"kind": "rolling", "unit": "week"}}
    young = {"audience": {"age": {"below": 20}}}
    book = book_of(*rules_of({**night, "scope": young}, {**weekly, "scope": {"channels": ["line", "email"]}}))
    assert book.sources["way"] == WAY
    assert "bits = 0\n    return bits" in book.sources["screen"]


def test_a_rule_about_the_customer_alone_screens() -> None:
    everything = {"purposes": ["marketing", "transactional", "service"]}
    book = book_of(*rules_of({"type": "suppression", "tags": ["gone"], "scope": everything}))
    s = situation_of(record_of({"tags": ["gone"]}, []), HOME)
    a = action_of(s, Channel.EMAIL, Purpose.SERVICE, MORNING)
    assert book.screen(s) == book.deliver(s, a) == 1
    assert book.mask(s, a) == 0
    assert [reason.text for reason in book.reasons(1, s, None, "ja")] == [
        "配信除外の対象です（例：gone）。解除されたあと、あらためて判断します。"
    ]


def test_wishes_weigh_only_where_they_are_surely_broken() -> None:
    wish = {"type": "suppression", "tags": ["vip"], "severity": "soft", "weight": 0.5}
    wishes = rules_of(wish, {**wish, "weight": 2, "scope": {"audience": {"stages": ["new"]}}})
    book = book_of(*wishes)
    for stage, weight in (("new", 2.5), ("loyal", 0.5), (None, 0.5)):
        s = situation_of(record_of({"tags": ["vip"], "stage": stage}, []), HOME)
        assert book.penalty(s, action_of(s, Channel.EMAIL, Purpose.MARKETING, MORNING)) == weight
        assert not book.deliver(s, action_of(s, Channel.EMAIL, Purpose.MARKETING, MORNING))


def test_priorities_weigh_by_place() -> None:
    book = book_of(
        *rules_of(
            {"type": "channel_priority", "order": ["line", "email"], "weight": 2},
            {"type": "priority", "kinds": ["article", "product"], "weight": 1, "scope": {"scenes": ["winback"]}},
        )
    )
    s = situation_of(record_of({}, []), HOME)
    for channel, kind, scene, weight in (
        (Channel.LINE, None, None, 0),
        (Channel.EMAIL, None, None, 1),
        (Channel.PUSH, None, None, 2),
        (Channel.LINE, "article", "winback", 0),
        (Channel.LINE, "product", "winback", 0.5),
        (Channel.PUSH, "coupon", "winback", 3),
        (Channel.LINE, "coupon", "newsletter", 0),
    ):
        a = action_of(s, channel, Purpose.MARKETING, MORNING, scene, offer_of({"kind": kind}) if kind else None)
        assert book.penalty(s, a) == weight
        assert not book.deliver(s, a)


@pytest.mark.parametrize(
    ("rules", "days"),
    [
        ([], 35),
        ([{"type": "min_gap", "hours": 12}], 35),
        ([{"type": "min_gap", "days": 90}], 90),
        ([{"type": "frequency_cap", "max": 1, "window": {"kind": "rolling", "unit": "month", "length": 2}}], 60),
        ([{"type": "frequency_cap", "max": 1, "window": {"kind": "calendar", "unit": "month", "length": 24}}], 745),
        ([{"type": "frequency_cap", "max": 1, "window": {"kind": "rolling", "unit": "day", "length": 750}}], 750),
    ],
)
def test_a_book_says_how_far_back_it_counts(rules: list[dict[str, object]], days: int) -> None:
    assert book_of(*rules_of(*rules)).lookback == timedelta(days=days)


def test_a_message_charges_the_counters_that_may_mean_it() -> None:
    book = book_of(
        *rules_of(
            {"type": "volume_cap", "max": 9, "per": "day", "scope": {"audience": {"stages": ["new"]}}},
            {"type": "budget", "amount": 900, "currency": "JPY", "per": "month"},
            {"type": "budget", "amount": 900, "currency": "JPY", "per": "total", "counted": "expected"}
            | {"redemption_rate": "0.3"},
            {"type": "sample_review", "first": 3, "scope": {"scenes": ["winback"]}},
            {"type": "volume_cap", "max": 9, "per": "week", "severity": "soft"},
        )
    )
    coupon = {"kind": "coupon", "discount_amount": 100, "currency": "JPY"}
    for stage, offer, scene, charged in (
        ("new", coupon, "winback", {0: "1", 1: "100", 2: "30", 3: "1", 4: "1"}),
        (None, coupon, None, {0: "1", 1: "100", 2: "30", 4: "1"}),
        ("loyal", {**coupon, "currency": "USD"}, None, {4: "1"}),
        ("loyal", {"kind": "coupon", "currency": "JPY"}, None, {4: "1"}),
        ("loyal", {"kind": "article"}, None, {4: "1"}),
    ):
        s = situation_of(record_of({"stage": stage}, []), HOME, tallies={})
        a = action_of(s, Channel.EMAIL, Purpose.MARKETING, MORNING, scene, offer_of(offer))
        assert {int(one.key[5]): str(one.amount.normalize()) for one in book.tallies(s, a)} == {
            place: str(Decimal(amount).normalize()) for place, amount in charged.items()
        }
    first = book.tallies(s, a)[0]
    assert first.key == "rule_4|2026-11-23"
    assert first.until is not None
    assert from_micros(first.until) == datetime(2026, 11, 29, 15, tzinfo=UTC)
    assert book.counts and not book_of().counts


def test_each_offer_of_a_list_costs() -> None:
    book = book_of(
        *rules_of(
            {"type": "budget", "amount": 250, "currency": "JPY", "per": "total"},
            {"type": "volume_cap", "max": 1, "per": "total", "scope": {"channels": ["web"]}},
        )
    )
    coupons = [
        offer_of({"id": f"c-{n}", "kind": "coupon", "discount_amount": 100, "currency": "JPY"}) for n in range(3)
    ]
    s = situation_of(record_of({}, []), HOME, tallies={})
    way = action_of(s, Channel.WEB, Purpose.MARKETING, MORNING)
    for count, bits, spent in ((1, 0, 100), (2, 0, 200), (3, 1, 300)):
        a = worded(about(way, coupons[0]), "ja", tuple(coupons[:count]))
        assert book.deliver(s, a) == bits
        assert {one.key: one.amount for one in book.tallies(s, a)} == {"rule_0|total": spent, "rule_1|total": 1}


def test_a_model_sees_what_every_rule_allows() -> None:
    book = book_of(
        *rules_of(
            {"type": "llm_data", "fields": ["language", "stage", "tier"]},
            {"type": "llm_data", "fields": ["language", "tier", "region"], "purposes": ["copy", "brief"]},
        )
    )
    assert book.llm_fields("copy") == {"language", "tier"}
    assert book.llm_fields("desk") == {"language", "stage", "tier"}
    assert book_of().llm_fields("copy") == frozenset()


def test_a_decisions_own_contact_is_left_out_of_its_check() -> None:
    book = book_of(*rules_of({"type": "min_gap", "hours": 12}))
    record = record_of({}, [{"channel": "email", "at": "2026-11-24T10:00:00+09:00", "decision_id": "d-1"}])
    for without, bits in ((None, 1), ("d-1", 0), ("d-2", 1)):
        s = situation_of(record, HOME, without=without)
        assert book.deliver(s, action_of(s, Channel.EMAIL, Purpose.MARKETING, MORNING)) == bits


def test_bits_are_names() -> None:
    book = Book(1, read_playbook())
    assert book.names(0b101) == (book.rules[0].id, book.rules[2].id)
    assert bits_of(0) == ()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_house_rule_speaks(language: str) -> None:
    book = Book(1, read_playbook())
    s = situation_of(record_of({}, []), HOME)
    for offer in (None, offer_of({"kind": "coupon"})):
        a = action_of(s, Channel.EMAIL, Purpose.MARKETING, MORNING, offer=offer)
        for rule in book.rules:
            for said in (rule.say(language), rule.why(s, a, language), rule.why(s, None, language)):
                assert said.endswith("。" if language == "ja" else ".")
                assert "None" not in said and "  " not in said
        assert rule.name.get(language)


def test_every_part_of_a_message_is_read() -> None:
    book = book_of(*rules_of({"type": "forbidden_phrase", "phrases": ["絶対"]}))
    s = situation_of(record_of({}, []), HOME)
    a = action_of(s, Channel.WEB, Purpose.MARKETING, MORNING)
    bad = "絶対です"
    message = Message(
        channel=Channel.WEB,
        language="ja",
        subject=bad,
        preheader=bad + "1",
        title=bad + "2",
        body=bad + "3",
        text=bad + "4",
        html=f"<p>{bad}5</p>",
        blocks=(Block(id="b", text=bad + "6", html=f"<p>{bad}7</p>"),),
        items=(Item(offer="o", title=bad + "8"),),
        image=Picture(url="https://shop.example.com/a.png", alt=bad + "9"),
    )
    parts = {finding.part for finding in book.inspect(s, a, message)}
    assert parts == {
        *("subject", "preheader", "title", "body", "text", "html"),
        *("blocks[b]", "blocks[b].html", "items[o]", "image.alt"),
    }


def test_copy_rules_keep_to_their_scope() -> None:
    rules = rules_of(
        {"type": "length", "part": "title", "max": 2, "scope": {"channels": ["push"], "languages": ["ja"]}}
    )
    book = book_of(*rules)
    s = situation_of(record_of({}, []), HOME)
    for channel, language, title, found in (
        (Channel.PUSH, "ja", "器市へ", 1),
        (Channel.PUSH, "ja", "👨‍👩‍👧‍👦が", 0),
        (Channel.PUSH, "ja", "e\u0301e\u0301", 0),
        (Channel.PUSH, "en", "fair", 0),
        (Channel.WEB, "ja", "器市へ", 0),
    ):
        a = action_of(s, channel, Purpose.MARKETING, MORNING)
        message = Message.model_validate({"channel": channel, "language": language, "title": title})
        assert len(book.inspect(s, a, message)) == found
    assert "# rule_0 (length)" in book.sources["inspect"]


@pytest.mark.parametrize(
    ("stop", "silenced"),
    [
        ({}, True),
        ({"scene": "winback"}, True),
        ({"scene": "welcome"}, False),
        ({"channel": "email"}, True),
        ({"channel": "push"}, False),
        ({"region": "東京都"}, True),
        ({"region": "大阪府"}, False),
    ],
)
def test_the_stop_switch(stop: dict[str, str], silenced: bool) -> None:
    one = Stop.model_validate({"id": "s", "reason": "r", "by": "p", "at": MORNING, **stop})
    assert stopped([one], "winback", Channel.EMAIL, "東京都") == (one if silenced else None)
    assert stopped([], "winback", Channel.EMAIL, None) is None


@pytest.mark.parametrize(
    ("window", "scope", "ja", "en"),
    [
        ({"kind": "rolling", "unit": "week"}, {}, "配信上限：7日間に2通まで。", "2 marketing messages in any 7 days."),
        ({"kind": "rolling", "unit": "day"}, {}, "配信上限：1日間に2通まで。", "2 marketing messages in any 24 hours."),
        ({"kind": "rolling", "unit": "hour"}, {}, "配信上限：1時間に2通まで。", "2 marketing messages in any 1 hour."),
        (
            {"kind": "rolling", "unit": "minute", "length": 90},
            {"channels": ["push", "email"]},
            "配信上限：メール・プッシュ通知は90分間に2通まで。",
            "2 marketing messages by email and push in any 90 minutes.",
        ),
        (
            {"kind": "calendar", "unit": "week"},
            {"channels": ["call"]},
            "配信上限：電話は暦の1週に2回まで。",
            "2 phone calls a calendar week.",
        ),
        (
            {"kind": "calendar", "unit": "day", "length": 3},
            {"channels": ["web"], "purposes": ["service"]},
            "配信上限：Webサイトは暦の3日に2通まで。",
            "2 website messages in 3 calendar days.",
        ),
        (
            {"kind": "calendar", "unit": "month"},
            {"purposes": ["marketing", "service"]},
            "配信上限：暦の1か月に2通まで。",
            "2 messages a calendar month.",
        ),
    ],
)
def test_a_cap_says_its_window(window: dict[str, object], scope: dict[str, object], ja: str, en: str) -> None:
    (rule,) = rules_of({"type": "frequency_cap", "max": 2, "window": window, "scope": scope})
    assert rule.say("ja") == ja
    assert rule.say("en") == f"Frequency cap: at most {en}"


HOSTILE = ("二千", "1-", "0 ", "12月", "2つ買", "a1", "one ", "(03)", "1万", "buy one ", "a@a.", "http://", "twenty-")


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("frame", ["{}", '<a "{}', "<a {}", "<!--{}", '<p title="{}'])
def test_no_text_takes_long_to_read(piece: str, frame: str) -> None:
    book = Book(1, read_playbook())
    s = situation_of(record_of({}, []), HOME)
    a = action_of(s, Channel.EMAIL, Purpose.MARKETING, MORNING)
    text = frame.format(piece * 3000)
    started = thread_time()
    book.inspect(s, a, Message(channel=Channel.EMAIL, language="ja", text=text, html=text))
    assert thread_time() - started < 3


SHORT, LONGER = 12_000, 16
"""Sixteen times the length is sixteen times the work, and would be 256 times where it grew with the square."""


@pytest.mark.parametrize("piece", ["=", "x=", " =", " ", " b=c", "data =", "href='", '"="', "content="])
@pytest.mark.parametrize("frame", ["<a {} {}>", "<a {} href={}>", "<meta {} content={}1>url"])
def test_reading_a_tag_takes_time_in_proportion_to_its_length(piece: str, frame: str) -> None:
    short = least_time(frame, piece * (SHORT // len(piece)))
    long = least_time(frame, piece * (SHORT * LONGER // len(piece)))
    assert long < 4 * LONGER * max(short, 0.001)


def test_reading_lines_takes_time_in_proportion_to_their_number() -> None:
    day: dict[str, Scalar] = {"points": 120, "points_expire": "2026-12-31"}
    short, long = (least_time("{} {}", figures(count), day) for count in (100, 100 * LONGER))
    assert long < 4 * LONGER * short


def figures(count: int) -> str:
    """So many lines, each with a price."""
    return "\n".join(f"第{place}の品は{place}円です。" for place in range(count))


def least_time(frame: str, filled: str, attributes: Mapping[str, Scalar] | None = None) -> float:
    """Seconds of this thread's own work on a text that was not read before, the best of three."""
    book = book_of(*rules_of({"type": "grounding"}))
    s = situation_of(record_of({"attributes": attributes or {}}, []), HOME)
    a = action_of(s, Channel.EMAIL, Purpose.MARKETING, MORNING)
    took = []
    for turn in "abc":
        text = frame.format(turn, filled)
        started = thread_time()
        book.inspect(s, a, Message(channel=Channel.EMAIL, language="ja", html=text))
        took.append(thread_time() - started)
    return min(took)
