"""Generated rules of every type, situations and actions, with every field missing now and then."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from domain.channel import Channel, Purpose
from domain.clock import from_micros
from domain.contact import Contact
from domain.customer import Customer, Record, Stage, Tier
from domain.features import LONG_AGO, Features
from domain.language import Text
from domain.offer import Offer
from policies.facts import Action, Home, Situation, action_of, situation_of

START = datetime(2026, 10, 25, tzinfo=UTC)
"""Two weeks around the end of summer time in Europe and America."""

ZONES = (None, "Asia/Tokyo", "America/New_York", "Europe/Berlin", "Pacific/Apia", "Asia/Kathmandu", "No/Zone")
COUNTRIES = (None, "JP", "US", "AU", "BR", "ZZ")
TAGS = ("vip", "open_ticket", "b2b")
SCENES = (None, "winback", "newsletter", "birthday")
CATEGORIES = (None, "alcohol", "food")
OFFERS = ("offer", "other")
HOLIDAYS = (datetime(2026, 11, 2, 15, tzinfo=UTC), datetime(2026, 11, 2, 23, tzinfo=UTC))
"""The midnight at which Culture Day begins in Japan, and its morning."""

Lines = Mapping[str, st.SearchStrategy[Any]]


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value or none."""
    return st.none() | values


def subsets(values: tuple[Any, ...], least: int = 0) -> st.SearchStrategy[Any]:
    """Some of the values."""
    return st.lists(st.sampled_from(values), min_size=least, max_size=3, unique=True)


def some(lines: Lines, least: int = 0) -> st.SearchStrategy[Any]:
    """A few of the lines that a mapping may have; tiers are told in one way only."""
    chosen = st.lists(st.sampled_from(sorted(lines)), min_size=least, max_size=4, unique=True)
    one_way = chosen.filter(lambda given: "tiers" not in given or not {"tier_at_least", "tier_below"} & {*given})
    return one_way.flatmap(lambda given: st.fixed_dictionaries({name: lines[name] for name in given}))


instants = st.integers(0, 14 * 24 * 60 * 60).map(lambda seconds: START + timedelta(seconds=seconds))
contacts = st.builds(
    Contact,
    channel=st.sampled_from(list(Channel)),
    at=instants | st.integers(0, 14 * 24).map(lambda hours: START + timedelta(hours=hours)),
    purpose=st.sampled_from(list(Purpose)),
    scene=st.sampled_from(SCENES),
    offer_id=st.sampled_from([None, *OFFERS]),
    offer_category=st.sampled_from(CATEGORIES),
    offer_kind=st.sampled_from([None, "coupon", "product"]),
    pushed=st.booleans(),
    state=st.sampled_from(["reserved", "delivered", "released"]),
)
customers = st.builds(
    Customer,
    id=st.sampled_from(["x", "y", "z"]),
    timezone=st.sampled_from(ZONES),
    country=st.sampled_from(COUNTRIES),
    language=st.sampled_from([None, "ja", "en"]),
    region=st.sampled_from([None, "東京都"]),
    stage=maybe(st.sampled_from(list(Stage))),
    tier=maybe(st.sampled_from(list(Tier))),
    age=maybe(st.integers(15, 25)),
    gender=st.sampled_from([None, "female", "male"]),
    tags=subsets(TAGS).map(frozenset),
    segments=subsets(TAGS).map(frozenset),
    attributes=st.dictionaries(
        st.just("points"),
        st.none() | st.booleans() | st.integers(0, 200) | st.sampled_from(["many", "100"]) | st.just(float("nan")),
    ),
)
consents = st.dictionaries(
    st.tuples(st.sampled_from([*Channel]), st.sampled_from(["*", "marketing", "service"])), st.booleans(), max_size=6
)
orders = st.integers(0, 30 * 24).map(lambda hours: START + timedelta(days=14, hours=-hours)) | instants
known = {"customer": customers, "consents": consents, "contacts": st.lists(contacts, max_size=8).map(tuple)}
records = st.builds(Record, **known) | st.builds(
    Record, features=st.builds(Features, ordered_at=maybe(orders)), **known
)
"""Of some nobody knows whether they ordered, some never did."""
PERIODS = ("total", *((START + timedelta(days=day)).date().isoformat() for day in range(-24, 15)))
"""The first day of every period that an action may fall into."""
tallies = st.none() | st.dictionaries(
    st.tuples(st.integers(0, 5), st.sampled_from(PERIODS)).map(lambda named: f"rule_{named[0]}|{named[1]}"),
    st.sampled_from([Decimal(used) for used in ("1", "2", "3", "4", "40", "49.5", "50")]),
    max_size=40,
)


@st.composite
def whereabouts(draw: st.DrawFn) -> Situation:
    """A customer of a house in Japan, now and then without an id."""
    s = situation_of(draw(records), Home("JP", "Asia/Tokyo"), tallies=draw(tallies))
    s.customer_id = draw(st.sampled_from([s.customer_id, s.customer_id, None]))
    return s


situations = whereabouts()
offers = st.builds(
    Offer,
    id=st.sampled_from(OFFERS),
    kind=st.sampled_from(["product", "coupon", "article"]),
    name=st.just(Text(ja="品")),
    category=st.sampled_from(CATEGORIES),
    brand=st.sampled_from([None, "a"]),
    price=maybe(st.integers(0, 100)),
    list_price=maybe(st.integers(0, 100)),
    currency=st.sampled_from([None, "JPY", "USD"]),
    discount_percent=maybe(st.integers(0, 100)),
    discount_amount=maybe(st.integers(0, 100)),
    in_stock=maybe(st.booleans()),
    margin_percent=maybe(st.integers(-10, 60)),
    tags=subsets(("sale", "new")).map(frozenset),
)


@st.composite
def actions(draw: st.DrawFn, s: Situation) -> Action:
    """An action for a situation; every now and then at the very edge of something."""
    edges = [contact.at + timedelta(days=days) for contact in s.contacts for days in (0, 1, 7)]
    if s.ordered_at is not None and s.ordered_at != LONG_AGO:
        edges += [from_micros(s.ordered_at) + timedelta(days=days) for days in (0, 15, 20)]
    return action_of(
        s,
        draw(st.sampled_from(list(Channel))),
        draw(st.sampled_from(list(Purpose))),
        draw(instants | st.sampled_from([*edges, *HOLIDAYS])),
        draw(st.sampled_from(SCENES)),
        draw(maybe(offers)),
        draw(st.sampled_from([None, "inbound", "outbound"])),
        language=draw(st.sampled_from([None, "ja", "en"])),
        approved=draw(st.sampled_from([None, True, False])),
        sample=draw(st.sampled_from([None, 0.05, 0.5])),
        audience_size=draw(st.sampled_from([None, 10, 20_000])),
    )


bounds = st.dictionaries(
    st.sampled_from(["at_least", "above", "at_most", "below"]), st.integers(15, 25), min_size=1, max_size=2
)
attribute_tests = st.one_of(
    st.fixed_dictionaries({"within": bounds}),
    st.fixed_dictionaries({"is": st.sampled_from([100, True, "many", 20.5])}),
    st.fixed_dictionaries({"one_of": st.lists(st.sampled_from([100, "many", 3]), min_size=1, max_size=2)}),
    st.just({"is": 100, "known": True}),
    st.fixed_dictionaries({"known": st.booleans()}),
)
AUDIENCE: Lines = {
    "stages": subsets(tuple(Stage), 1),
    "tiers": subsets(tuple(Tier), 1),
    "tier_at_least": st.sampled_from([Tier.SILVER, Tier.GOLD]),
    "tier_below": st.just(Tier.PREMIUM),
    "age": bounds,
    "days_since_order": bounds,
    "genders": subsets(("female", "male"), 1),
    "countries": subsets(("JP", "US"), 1),
    "regions": st.just(["東京都"]),
    "languages": subsets(("ja", "en"), 1),
    "tags": subsets(TAGS, 1),
    "without_tags": subsets(TAGS, 1),
    "segments": subsets(TAGS, 1),
    "without_segments": subsets(TAGS, 1),
    "attributes": st.fixed_dictionaries({"points": attribute_tests}),
}
ABOUT: Lines = {
    "kinds": subsets(("coupon", "product"), 1),
    "categories": subsets(("alcohol", "food"), 1),
    "brands": st.just(["a"]),
    "ids": st.just(["offer"]),
    "discounted": st.booleans(),
}
dates = st.fixed_dictionaries({}, optional={"from": st.just("2026-10-28"), "until": st.just("2026-11-01")})
audiences = some(AUDIENCE)
excepts = some(
    {
        **AUDIENCE,
        **ABOUT,
        "channels": subsets(tuple(Channel), 1),
        "purposes": subsets(tuple(Purpose), 1),
        "scenes": subsets(("winback", "newsletter"), 1),
        "message_languages": subsets(("ja", "en"), 1),
        "dates": dates.filter(bool),
    },
    1,
)
scopes = st.fixed_dictionaries(
    {},
    optional={
        "audience": audiences,
        "except": excepts | st.lists(excepts, min_size=1, max_size=2),
        "channels": subsets(tuple(Channel), 1),
        "purposes": subsets(tuple(Purpose), 1),
        "scenes": subsets(("winback", "newsletter"), 1),
        "offers": some(ABOUT),
        "languages": subsets(("ja", "en"), 1),
        "dates": dates,
    },
)
clocks = st.tuples(st.integers(0, 23), st.sampled_from([0, 30])).map(lambda hm: f"{hm[0]:02d}:{hm[1]:02d}")
WEEK_STARTS = st.sampled_from(["monday", "sunday"])
windows = st.one_of(
    st.fixed_dictionaries(
        {
            "kind": st.just("rolling"),
            "unit": st.sampled_from(["hour", "day", "week"]),
            "length": st.integers(1, 3),
        }
    ),
    st.fixed_dictionaries(
        {
            "kind": st.just("calendar"),
            "unit": st.sampled_from(["hour", "day", "week"]),
            "length": st.integers(1, 2),
        },
        optional={
            "zone": st.sampled_from(["customer", "UTC"]),
            "week_starts": WEEK_STARTS,
            "fallback": st.sampled_from(["Asia/Tokyo", "UTC"]),
        },
    ),
    st.just({"kind": "calendar", "unit": "month"}),
)
COUNTED: Lines = {
    "scenes": subsets(("winback", "newsletter"), 1),
    "categories": subsets(("alcohol", "food"), 1),
    "kinds": subsets(("coupon", "product"), 1),
    "offers": subsets(OFFERS, 1),
}
counts = st.builds(
    lambda named, whole, more: {**named, **more, "any": sorted({*whole} - {*named})},
    some(COUNTED),
    subsets(("channels", "scenes", "categories", "kinds", "offers")),
    st.fixed_dictionaries(
        {},
        optional={
            "purposes": subsets(tuple(Purpose), 1),
            "states": st.sampled_from(["promised", "delivered"]),
            "excepted": st.booleans(),
        },
    ),
)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOURS: Lines = {"start": clocks, "end": clocks}
ZONED: Lines = {"zone": st.sampled_from(["UTC", "America/New_York"]), "week_starts": WEEK_STARTS}
PER = st.sampled_from(["total", "day", "week", "month"])
COUNTRY = st.sampled_from(["JP", "DE"])
EXCLUSIVE = (
    [{"name": "A", "scenes": ["winback"]}, {"name": "B", "scenes": ["newsletter"]}],
    [{"name": "A", "categories": ["food"]}, {"name": "B", "offers": ["offer"]}, {"name": "C", "scenes": ["birthday"]}],
)
WHOM: Lines = {
    "audience": audiences,
    "in_stock": st.booleans(),
    "min_margin_percent": st.just(20),
    "min_price": st.just(20),
    "max_price": st.just(80),
    "tags": subsets(("sale", "new"), 1),
    "without_tags": st.just(["sale"]),
}


def note(type_: str, optional: Lines | None = None, **lines: Any) -> st.SearchStrategy[Any]:
    """Notes of one type: lines that stand in all of them, and lines that may."""
    told = {name: line if isinstance(line, st.SearchStrategy) else st.just(line) for name, line in lines.items()}
    return st.fixed_dictionaries({"type": st.just(type_), **told}, optional=dict(optional or {}))


KINDS: Lines = {
    "consent": note("consent", needs=st.sampled_from(["yes", "no_refusal"])),
    "suppression": note("suppression", tags=subsets(TAGS, 1)),
    "quiet_hours": note(
        "quiet_hours", {"days": subsets(DAYS, 1), "holidays": st.booleans(), "holidays_of": COUNTRY}, **HOURS
    ),
    "send_window": note(
        "send_window",
        {"holidays_of": COUNTRY},
        windows=st.lists(
            st.fixed_dictionaries(dict(HOURS), optional={"days": subsets(DAYS, 1)}), min_size=1, max_size=2
        ),
        holidays=st.sampled_from(["allow", "forbid", "only"]),
    ),
    "frequency_cap": note("frequency_cap", {"counts": counts}, max=st.integers(0, 3), window=windows),
    "min_gap": note("min_gap", {"counts": counts}, hours=st.integers(1, 72)),
    "volume_cap": note("volume_cap", ZONED, max=st.integers(0, 4), per=PER),
    "budget": note("budget", ZONED, amount=50, currency=st.sampled_from(["JPY", "USD"]), per=PER)
    | note("budget", ZONED, amount=50, currency="JPY", per=PER, counted="expected", redemption_rate="0.3"),
    "channel_permit": note("channel_permit", allow=subsets(tuple(Channel), 1))
    | note("channel_permit", deny=subsets(tuple(Channel), 1)),
    "offer_eligibility": some(WHOM, 1).flatmap(
        lambda lines: note("offer_eligibility", {"currency": st.just("JPY")}, **lines)
    ),
    "discount_ceiling": note("discount_ceiling", {"max_amount": st.just({"JPY": 30})}, max_percent=st.integers(0, 60))
    | note("discount_ceiling", {"below": st.booleans()}, max_amount={"JPY": 30, "USD": 20})
    | note("discount_ceiling", {"below": st.booleans()}, max_percent=st.integers(1, 60)),
    "reference_price": note("reference_price"),
    "audience_exclusion": note("audience_exclusion", audience=some(AUDIENCE, 1)),
    "holdout": note("holdout", salt=st.sampled_from(["a", "b"]), share=st.sampled_from([0.2, 0.9])),
    "exclusivity": note("exclusivity", groups=st.sampled_from(EXCLUSIVE), window=windows),
    "approval": note(
        "approval", {"when": some({"audience_larger_than": st.just(1000), "discount_over": st.just(20)}, 1)}
    ),
    "sample_review": note("sample_review", first=st.integers(1, 4)) | note("sample_review", share=0.1),
    "llm_data": st.just({"type": "llm_data", "fields": ["stage"]}),
}
"""Every type that acts before copy and may be hard, by name."""
WISHES: Lines = {
    "channel_priority": note("channel_priority", order=subsets(tuple(Channel), 1)),
    "priority": note("priority", scenes=subsets(("winback", "newsletter"), 1))
    | note("priority", kinds=subsets(("coupon", "product"), 1)),
}
"""The types that are always soft."""
severities = st.sampled_from([{}, {}, {"severity": "soft", "weight": 2.0}])
validity = st.sampled_from([{}, {"from": "2026-10-28"}, {"until": "2026-11-01"}])


def notes_of(kind: str) -> st.SearchStrategy[Any]:
    """Notes of rules of one type, hard and soft, for all scopes."""
    wish = kind in WISHES
    return st.builds(
        lambda told, scope, severity, valid: {**told, "scope": scope, **severity, **valid},
        (WISHES if wish else KINDS)[kind],
        scopes,
        st.just({}) if wish else severities,
        validity,
    )


notes = st.sampled_from([*KINDS, *WISHES]).flatmap(notes_of)
rule_sets = st.lists(notes, min_size=1, max_size=6)
