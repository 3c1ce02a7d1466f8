"""Recounting: features that time has changed are derived anew, and what events add up to is worked out again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import tzinfo
from functools import partial

from agent.rulebook import in_force, playbook_of
from agent.stores import Stores
from domain.errors import NotFound
from domain.stages import Stages
from policies.zones import known_zone
from records import behaviour, recount
from records.behaviour import StageChange
from records.connection import Connection

PAGE = 50
"""Customers that are recounted in one transaction."""
MOST = 50
"""Customers whose features are derived anew in one transaction: few, since asks wait for the same writer."""
PAGES = 20
"""Transactions of one refresh: what is left waits for the next one."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Recounted:
    """How many customers were recounted, and whose sum was another one than was kept."""

    customers: int
    different: tuple[str, ...]


def refresh(stores: Stores, stages: Stages, pages: int = PAGES) -> tuple[StageChange, ...]:
    """Derives the features whose time is over; answers with whose stage changed."""
    changes: list[StageChange] = []
    now, home = stores.clock.now(), home_of(stores)
    for _ in range(pages):
        if not stores.read(lambda c: behaviour.waiting(c, now, 1)):
            break
        changes += stores.write(lambda c: behaviour.refresh(c, stages, now, MOST, home))
    return tuple(changes)


def recount_all(stores: Stores, progress: Progress, stages: Stages | None = None) -> Recounted:
    """Works out the sum of every customer anew, some hundred at a time; those who were never derived are now."""
    known, done, different = stages or stages_in_force(stores), 0, list[str]()
    total = stores.read(recount.count)
    for page in _pages(stores):
        different += stores.write(partial(_recounted, ids=page, stores=stores, stages=known))
        done += len(page)
        progress(done, total)
    return Recounted(done, tuple(different))


def recount_one(stores: Stores, customer_id: str) -> Recounted:
    """The same for one customer; raises NotFound where there is none."""
    if not stores.read(lambda c: recount.exists(c, customer_id)):
        raise NotFound("customer", customer_id)
    known = stages_in_force(stores)
    return Recounted(1, tuple(stores.write(partial(_recounted, ids=[customer_id], stores=stores, stages=known))))


def stages_in_force(stores: Stores) -> Stages:
    """The definitions of stages in the version in force; those that ship before the first."""
    try:
        return playbook_of(stores.read(in_force).document).stages
    except NotFound:
        return Stages()


def home_of(stores: Stores) -> tzinfo:
    """The clock of customers without one."""
    return known_zone(stores.settings.home_timezone)


def _recounted(c: Connection, ids: list[str], stores: Stores, stages: Stages) -> list[str]:
    now, home = stores.clock.now(), home_of(stores)
    return [id for id in ids if recount.recount(c, id, stages, now, home)]


def _pages(stores: Stores) -> Iterator[list[str]]:
    after = ""
    while page := stores.read(partial(recount.page, after=after, most=PAGE)):
        yield page
        after = page[-1]
