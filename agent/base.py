"""The base: every customer of the house in columns, and whom the flaws of a playbook touch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from agent.stores import Stores
from domain.channel import Channel, Purpose
from domain.customer import Customer
from domain.offer import Offer
from domain.stop import Stop
from policies.analysis.effects import dead, rules_of
from policies.analysis.flaw import Flaw
from policies.book import Playbook
from policies.columns.base import Base
from policies.columns.judging import those
from policies.facts import Home, action_of
from policies.predicate import DAYS_SINCE_ORDER, Predicate, fields
from records import catalogue
from records.connection import Connection
from records.frames import frames, people
from records.recall import LOOKS_BACK, blank

NOBODY = Customer(id="nobody")


@dataclass(frozen=True, slots=True)
class House:
    """What a simulation looks at: the base, the offers, and the stops in force, as of one instant."""

    base: Base
    hours: Sequence[Sequence[int]]
    """When each customer is active, as a histogram of local hours."""
    offers: tuple[Offer, ...]
    stops: tuple[Stop, ...]


def read_house(stores: Stores, at: datetime, back: timedelta = LOOKS_BACK) -> House:
    """Everything in one snapshot."""
    settings = stores.settings
    home = Home(settings.home_country, settings.home_timezone, settings.public_url)

    def read(c: Connection) -> House:
        found, house = frames(c, at - back), blank(c, NOBODY, at)
        base = Base(
            customers=found.customers,
            attributes=found.attributes,
            consents=found.consents,
            contacts=found.contacts,
            home=home,
            tallies=house.tallies,
        )
        return House(base, found.customers["hours"].to_list(), tuple(catalogue.all_offers(c)), house.stops)

    return stores.read(read)


def touched(stores: Stores, found: Sequence[Flaw], playbook: Playbook) -> tuple[Flaw, ...]:
    """The flaws with the number of customers that each touches, and packs that touch nobody beside them."""
    narrow = [pack for pack in playbook.packs if audiences_of(pack, playbook)]
    if not found and not narrow:
        return ()
    settings, now = stores.settings, stores.clock.now()
    customers, attributes = stores.read(lambda c: people(c, habits=_ask_orders(found, playbook)))
    base = Base(customers, attributes, home=Home(settings.home_country, settings.home_timezone, settings.public_url))
    return (*counted(found, base, now), *idle_packs(narrow, playbook, base, now))


def _ask_orders(found: Sequence[Flaw], playbook: Playbook) -> bool:
    """Whether it takes the newest order of each customer to tell whom the flaws touch, and the packs."""
    asked = [flaw.audience for flaw in found] + [one for pack in playbook.packs for one in audiences_of(pack, playbook)]
    return any(DAYS_SINCE_ORDER in fields(one) for one in asked)


def counted(found: Sequence[Flaw], base: Base, at: datetime) -> Iterator[Flaw]:
    """The flaws with the number of customers of the base that each touches."""
    anything = action_of(base.anybody, Channel.EMAIL, Purpose.MARKETING, at)
    for flaw in found:
        yield replace(flaw, customers=int(those(flaw.audience, base, anything).sum()))


def idle_packs(packs: Sequence[str], playbook: Playbook, base: Base, at: datetime) -> Iterator[Flaw]:
    """Packs whose rules are all for customers of whom there is none."""
    anything = action_of(base.anybody, Channel.EMAIL, Purpose.MARKETING, at)
    for pack in packs:
        if not any(those(one, base, anything).any() for one in audiences_of(pack, playbook)):
            rules = tuple(rule.id for rule in rules_of(pack, playbook.rules))
            yield Flaw("dead_pack", rules, dead(pack), customers=0)


def audiences_of(pack: str, playbook: Playbook) -> tuple[Predicate, ...]:
    """For whom each rule of a pack is; none where one of them is for everybody."""
    scopes = [rule.scope for rule in rules_of(pack, playbook.rules)]
    audiences = tuple(scope.audience.predicate() for scope in scopes if scope.audience is not None)
    return audiences if len(audiences) == len(scopes) else ()
