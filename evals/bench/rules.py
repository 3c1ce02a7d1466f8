"""Rules: one policy in three engines on a request, over a million customers, and the analysis of a hundred rules."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median
from time import perf_counter

import cedarpy
import cel_expr_python.cel as cel  # type: ignore[import-untyped]  # it ships no stubs

from domain.channel import Channel, Purpose
from domain.contact import Contact
from domain.customer import Customer, Record, Stage, Tier
from domain.language import Text
from domain.offer import Offer
from domain.sender import Sender
from evals.bench.figures import Figures
from evals.bench.population import HOME, MARKS, NOON, synthetic
from evals.bench.translation import cedar, cel_of, context_of, counters
from policies.analysis.flaws import flaws
from policies.book import Book, Playbook
from policies.columns.judging import judged
from policies.document import read_rules
from policies.facts import Action, Situation, action_of, situation_of
from policies.rules import AnyRule

POLICY = Path(__file__).with_name("policy.yaml")
MILLION = 1_000_000
REQUESTS, ROUNDS, ROUND_SECONDS = 200, 120, 0.004
SENDER = Sender(
    name=Text(en="Sample"),
    legal_name=Text(en="Sample"),
    address=Text(en="Tokyo"),
    phone="0",
    hours=Text(en="10:00 to 18:00"),
    site="https://example.com",
)


def rules_of_policy() -> tuple[AnyRule, ...]:
    """The twenty rules."""
    return read_rules(POLICY.read_text(encoding="utf-8"), POLICY.name)


def engines() -> tuple[Figures, ...]:
    """Twenty rules on a request: ours, Cedar and CEL in turns, on known data; raises where any verdict differs."""
    rules = rules_of_policy()
    book = Book(1, Playbook(rules=rules, scenes=(), sender=SENDER))
    asked = list(requests(random.Random(20261124), REQUESTS))
    counts = counters(rules)
    contexts = [context_of(s, a, counts) for s, a in asked]
    policies = cedarpy.PolicySet.from_str(cedar(rules, counts))
    nobody = cedarpy.Entities.from_json_str("[]")
    program = cel.NewEnv(variables=dict.fromkeys(contexts[0], cel.Type.DYN)).compile(cel_of(rules, counts))
    ids = [rule.id for rule in rules]

    def ours(place: int) -> frozenset[str]:
        return frozenset(book.names(book.deliver(*asked[place])))

    def theirs(place: int) -> frozenset[str]:
        reasons = cedarpy.is_authorized(_request(contexts[place]), policies, nobody).diagnostics.reasons
        return frozenset(ids[int(reason.removeprefix("policy")) - 1] for reason in reasons if reason != "policy0")

    def others(place: int) -> frozenset[str]:
        told = program.eval(data=contexts[place]).plain_value()
        return frozenset(name for name, violated in zip(ids, told, strict=True) if violated)

    for place in range(REQUESTS):
        if not ours(place) == theirs(place) == others(place):
            raise ValueError(f"request {place}: {ours(place)} here, {theirs(place)} in Cedar, {others(place)} in CEL")
    requested = [_request(context) for context in contexts]
    own, cedars, cels = _in_turns(
        lambda: [book.deliver(s, a) for s, a in asked],
        lambda: [cedarpy.is_authorized(request, policies, nobody) for request in requested],
        lambda: [program.eval(data=context) for context in contexts],
    )
    return (
        Figures("20 rules on a request", own),
        Figures("the same in cedarpy", cedars, cedars / own, least_times=50),
        Figures("the same in cel-expr-python", cels, cels / own),
    )


def whole_base(customers: int = MILLION) -> Figures:
    """Twenty rules over the base for one message, a column each; the median of a few runs, each from scratch."""
    rules, base = rules_of_policy(), synthetic(customers)
    offer = Offer(id="o", kind="product", name=Text(en="o"), category="alcohol", price=Decimal(900), in_stock=True)
    a = action_of(base.anybody, Channel.EMAIL, Purpose.MARKETING, NOON, "newsletter", offer)
    took = []
    for _ in range(5):
        base.kept.clear()
        started = perf_counter()
        judged(rules, base, a)
        took.append(perf_counter() - started)
    return Figures(f"20 rules over {customers:,} customers", median(took), most_seconds=0.3)


def analysis(count: int = 100) -> Figures:
    """The analysis of a hundred rules, as on every save."""
    playbook = Playbook(rules=tuple(many(count)), scenes=(), sender=SENDER)
    took = []
    for _ in range(5):
        started = perf_counter()
        flaws(playbook, date(2026, 11, 24))
        took.append(perf_counter() - started)
    return Figures(f"analysis of {count} rules", median(took), most_seconds=0.5)


def rows() -> tuple[Figures, ...]:
    """All figures of this page, in one run."""
    return (*engines(), whole_base(), analysis())


def requests(chance: random.Random, count: int) -> Iterator[tuple[Situation, Action]]:
    """Customers of whom everything is known, and a message for each."""
    for number in range(count):
        s = situation_of(_record(chance, number), HOME)
        yield (
            s,
            action_of(
                s,
                chance.choice(list(Channel)),
                Purpose.MARKETING,
                NOON + timedelta(minutes=chance.randrange(0, 2880)),
                chance.choice(["winback", "newsletter", "birthday", "welcome"]),
                _offer(chance),
            ),
        )


def _record(chance: random.Random, number: int) -> Record:
    customer = Customer(
        id=f"c-{number}",
        timezone="Asia/Tokyo",
        country="JP",
        language=chance.choice(["ja", "en"]),
        region=chance.choice(["東京都", "北海道", "大阪府"]),
        stage=chance.choice(list(Stage)),
        tier=chance.choice(list(Tier)),
        age=chance.randrange(12, 90),
        gender=chance.choice(["female", "male"]),
        tags=frozenset(chance.sample(MARKS, chance.randrange(3))),
        attributes={"points": chance.randrange(500)},
    )
    consents = {(channel.value, "*"): chance.random() < 0.7 for channel in Channel}
    sent = [
        Contact(channel=chance.choice(list(Channel)), at=NOON - timedelta(hours=chance.randrange(700)))
        for _ in range(chance.randrange(5))
    ]
    return Record(customer=customer, consents=consents, contacts=tuple(sent))


def _offer(chance: random.Random) -> Offer:
    return Offer(
        id="o",
        kind=chance.choice(["product", "coupon", "article"]),
        name=Text(en="o"),
        category=chance.choice(["alcohol", "finance", "food"]),
        brand="b",
        price=Decimal(chance.randrange(100, 2000)),
        list_price=Decimal(2000),
        currency="JPY",
        in_stock=chance.random() < 0.8,
    )


def many(count: int) -> Iterator[AnyRule]:
    """As many different rules, as a company gathers them over the years."""
    chance = random.Random(20261124)
    found = rules_of_policy()
    for number in range(count):
        rule = found[number % len(found)]
        audience = {
            "stages": [chance.choice(list(Stage))],
            "age": {"at_least": chance.randrange(15, 40), "below": chance.randrange(41, 90)},
            "without_tags": [chance.choice(MARKS)],
        }
        picked = dict(chance.sample(sorted(audience.items()), chance.randrange(0, 3)))
        scope = rule.scope.model_dump(by_alias=True, exclude_unset=True) | ({"audience": picked} if picked else {})
        given = rule.model_dump(by_alias=True, exclude_unset=True) | {"id": f"{rule.id}_{number}", "scope": scope}
        yield type(rule).model_validate(given)


def _request(context: dict[str, object]) -> dict[str, object]:
    return {"principal": 'Customer::"c"', "action": 'Action::"send"', "resource": 'Message::"m"', "context": context}


def _in_turns(*works: Callable[[], object]) -> list[float]:
    """Seconds a request for each way of working, in rounds of the same length by turns, each with caches warm.

    The best round counts, since other work on the machine only ever adds to it.
    """
    often = [max(1, round(ROUND_SECONDS / _seconds(work, 1))) for work in works]
    took: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for place, work in enumerate(works):
            took[place].append(_seconds(work, often[place]) / often[place] / REQUESTS)
    return [min(one) for one in took]


def _seconds(work: Callable[[], object], times: int) -> float:
    started = perf_counter()
    for _ in range(times):
        work()
    return perf_counter() - started
