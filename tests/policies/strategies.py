"""Generated rules, situations and actions, with every field missing now and then."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from domain.channel import Channel, Purpose
from domain.contact import Contact
from domain.customer import Customer, Record, Stage, Tier
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


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value or none."""
    return st.none() | values


def subsets(values: tuple[Any, ...], least: int = 0) -> st.SearchStrategy[Any]:
    """Some of the values."""
    return st.lists(st.sampled_from(values), min_size=least, max_size=3, unique=True)


instants = st.integers(0, 14 * 24 * 60 * 60).map(lambda seconds: START + timedelta(seconds=seconds))
contacts = st.builds(
    Contact,
    channel=st.sampled_from(list(Channel)),
    at=instants | st.integers(0, 14 * 24).map(lambda hours: START + timedelta(hours=hours)),
    purpose=st.sampled_from(list(Purpose)),
    scene=st.sampled_from(SCENES),
    offer_category=st.sampled_from(CATEGORIES),
    pushed=st.booleans(),
    state=st.sampled_from(["reserved", "delivered", "released"]),
)
customers = st.builds(
    Customer,
    id=st.just("x"),
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
records = st.builds(Record, customer=customers, consents=consents, contacts=st.lists(contacts, max_size=8).map(tuple))
situations = st.builds(situation_of, records, st.just(Home("JP", "Asia/Tokyo")))
offers = st.builds(
    Offer,
    id=st.just("offer"),
    kind=st.sampled_from(["product", "coupon", "article"]),
    name=st.just(Text(ja="品")),
    category=st.sampled_from(CATEGORIES),
    brand=st.sampled_from([None, "a"]),
    price=maybe(st.integers(0, 100)),
    list_price=maybe(st.integers(0, 100)),
    currency=st.sampled_from([None, "JPY", "USD"]),
    discount_percent=maybe(st.integers(0, 100)),
    discount_amount=maybe(st.integers(0, 100)),
)


@st.composite
def actions(draw: st.DrawFn, s: Situation) -> Action:
    """An action for a situation; every now and then at the very edge of something."""
    edges = [contact.at + timedelta(days=days) for contact in s.contacts for days in (0, 1, 7)]
    at = draw(instants | st.sampled_from(edges) if edges else instants)
    return action_of(
        s,
        draw(st.sampled_from(list(Channel))),
        draw(st.sampled_from(list(Purpose))),
        at,
        draw(st.sampled_from(SCENES)),
        draw(maybe(offers)),
        draw(st.sampled_from([None, "inbound", "outbound"])),
        language=draw(st.sampled_from([None, "ja", "en"])),
    )


bounds = st.dictionaries(
    st.sampled_from(["at_least", "above", "at_most", "below"]), st.integers(15, 25), min_size=1, max_size=2
)
attribute_tests = st.one_of(
    st.fixed_dictionaries({"within": bounds}),
    st.fixed_dictionaries({"is": st.sampled_from([100, True, "many", 20.5])}),
    st.fixed_dictionaries({"one_of": st.lists(st.sampled_from([100, "many", 3]), min_size=1, max_size=2)}),
)
audiences = st.fixed_dictionaries(
    {},
    optional={
        "stages": subsets(tuple(Stage), 1),
        "tiers": subsets(tuple(Tier), 1),
        "tier_at_least": st.sampled_from([Tier.REGULAR, Tier.SILVER, Tier.GOLD]),
        "tier_below": st.just(Tier.PREMIUM),
        "age": bounds,
        "genders": subsets(("female", "male"), 1),
        "countries": subsets(("JP", "US"), 1),
        "regions": st.just(["東京都"]),
        "languages": subsets(("ja", "en"), 1),
        "tags": subsets(TAGS, 1),
        "without_tags": subsets(TAGS, 1),
        "segments": subsets(TAGS, 1),
        "without_segments": subsets(TAGS, 1),
        "attributes": st.fixed_dictionaries({"points": attribute_tests}),
    },
).filter(lambda given: "tiers" not in given or not {"tier_at_least", "tier_below"} & given.keys())
dates = st.fixed_dictionaries({}, optional={"from": st.just("2026-10-28"), "until": st.just("2026-11-01")})
scopes = st.fixed_dictionaries(
    {},
    optional={
        "audience": audiences,
        "except": audiences,
        "channels": subsets(tuple(Channel), 1),
        "purposes": subsets(tuple(Purpose), 1),
        "scenes": subsets(("winback", "newsletter"), 1),
        "offers": st.fixed_dictionaries(
            {},
            optional={
                "kinds": subsets(("coupon", "product"), 1),
                "categories": subsets(("alcohol", "food"), 1),
                "brands": st.just(["a"]),
                "ids": st.just(["offer"]),
                "discounted": st.booleans(),
            },
        ),
        "languages": subsets(("ja", "en"), 1),
        "dates": dates,
    },
)
clocks = st.tuples(st.integers(0, 23), st.sampled_from([0, 30])).map(lambda hm: f"{hm[0]:02d}:{hm[1]:02d}")
windows = st.one_of(
    st.fixed_dictionaries(
        {
            "kind": st.just("rolling"),
            "unit": st.sampled_from(["hour", "day", "week"]),
            "length": st.integers(1, 3),
        }
    ),
    st.fixed_dictionaries(
        {"kind": st.just("calendar"), "unit": st.sampled_from(["day", "week"]), "length": st.integers(1, 2)},
        optional={"zone": st.sampled_from(["customer", "UTC"]), "week_starts": st.sampled_from(["monday", "sunday"])},
    ),
    st.just({"kind": "calendar", "unit": "month"}),
)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
kinds = st.one_of(
    st.fixed_dictionaries({"type": st.just("consent"), "needs": st.sampled_from(["yes", "no_refusal"])}),
    st.fixed_dictionaries({"type": st.just("suppression"), "tags": subsets(TAGS, 1)}),
    st.fixed_dictionaries(
        {"type": st.just("quiet_hours"), "start": clocks, "end": clocks}, optional={"days": subsets(DAYS, 1)}
    ),
    st.fixed_dictionaries({"type": st.just("frequency_cap"), "max": st.integers(0, 3), "window": windows}),
    st.fixed_dictionaries({"type": st.just("min_gap"), "hours": st.integers(1, 72)}),
    st.fixed_dictionaries(
        {"type": st.just("discount_ceiling"), "max_percent": st.integers(0, 60)},
        optional={"max_amount": st.just({"JPY": 30})},
    ),
    st.just({"type": "discount_ceiling", "max_amount": {"JPY": 30, "USD": 20}}),
)
severities = st.sampled_from([{}, {}, {"severity": "soft", "weight": 2.0}])
validity = st.sampled_from([{}, {"from": "2026-10-28"}, {"until": "2026-11-01"}])
notes = st.builds(
    lambda kind, scope, severity, valid: {**kind, "scope": scope, **severity, **valid},
    kinds,
    scopes,
    severities,
    validity,
)
rule_sets = st.lists(notes, min_size=1, max_size=6)
