"""What the vector store says."""

from domain.customer import Customer, Stage, Tier
from domain.features import Features
from domain.language import Text
from domain.memory import Distance
from domain.offer import Offer
from records.digest import MOST_MEMORIES, coarse_facts, digest, offer_text
from tests.records.people import customer, memory


def test_a_digest_tells_what_is_remembered_newest_first_whatever_the_order() -> None:
    milk, tea = memory("c-1", "milk", days_ago=2), memory("c-1", "tea", days_ago=1)
    text = "buys tea about every 9 days; buys milk about every 9 days; active customer"
    assert digest(customer(), [milk, tea]) == digest(customer(), [tea, milk]) == text


def test_nothing_sensitive_bought_in_or_meant_for_others_is_in_it() -> None:
    hidden = [
        memory("c-1", "pills", sensitive=True),
        memory("c-1", "necklace", gift=True),
        memory("c-1", "income", distance=Distance.BOUGHT_IN),
    ]
    assert digest(Customer(id="c-1"), hidden) == "unknown customer"


def test_a_digest_has_an_end() -> None:
    many = [memory("c-1", f"thing-{n}") for n in range(40)]
    assert digest(customer(), many).count(";") == MOST_MEMORIES


def test_facts_are_coarse_and_name_nobody() -> None:
    facts = coarse_facts(customer(), Features(orders_90d=12, coupon_orders=1))
    assert facts == {
        "stage": Stage.ACTIVE,
        "tier": Tier.GOLD,
        "country": "JP",
        "language": "ja",
        "often": True,
        "uses_coupons": True,
    }
    assert coarse_facts(Customer(id="c-1"), Features()) == {"often": False, "uses_coupons": False}


def test_an_offer_is_read_in_both_languages() -> None:
    offer = Offer(
        id="o", kind="product", name=Text(ja="牛乳", en="Milk"), category="food", applies_to=frozenset({"b", "a"})
    )
    assert offer_text(offer) == "牛乳 / Milk / food / a / b"
