"""A crowd: caps, gaps, exclusivity, volumes and budgets at once, in many threads or processes that are killed.

What is allowed is counted here by hand from the table of contacts, not by the rules.
"""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from agent.parts import Parts, build_parts
from agent.rulebook import ensure_book
from agent.stores import Stores
from agent.verification import verify
from domain.channel import Channel
from domain.contact import Contact
from domain.decision import Ask
from domain.errors import Unavailable
from domain.language import Text
from domain.offer import Offer
from evals.proofs.stage import NOON, opened, people, settings_for
from evals.service import ROOT
from records import book as versions
from records import catalogue, contacts, profiles, tallies
from records.connection import Connection

TOKYO, WEEK, GAP = ZoneInfo("Asia/Tokyo"), timedelta(days=7), timedelta(minutes=1)
MOST = {Channel.LINE: 3, Channel.EMAIL: 2}
"""Messages to one customer in any seven days."""
MOST_PUSHES_A_DAY, IN_ALL = 2, 6
TAKES_OFF = {"proof-coupon-0": 100, "proof-coupon-1": 250}
COFFEE, TEA = frozenset({"proof-0", "proof-coupon-0"}), frozenset({"proof-1", "proof-coupon-1"})
RATE = Decimal("0.2")
ENOUGH_VERIFIED = 200


@dataclass(frozen=True, slots=True)
class Limits:
    """What the whole house may promise: small enough to run out in the middle of a load."""

    messages: int
    pushes_a_day: int
    yen_issued: int
    yen_expected: int

    @classmethod
    def for_customers(cls, count: int) -> "Limits":
        """About half of what so many customers could get."""
        return cls(count * 7 // 2, count * 5 // 4, count * 125, count * 20)


@dataclass(slots=True)
class Said:
    """What the workers said of themselves, line by line: acknowledged, whatever happened to them afterwards."""

    asked: list[str] = field(default_factory=list)
    released: list[str] = field(default_factory=list)
    refused: int = 0
    failed: int = 0

    def note(self, line: str) -> bool:
        """Takes in one line; True for the end of one ask."""
        what, _, id = line.strip().partition(" ")
        if what == "asked":
            self.asked.append(id)
        elif what == "released":
            self.released.append(id)
        elif what == "refused":
            self.refused += 1
        return what in ("asked", "refused")


class Worker:
    """One process that asks, and what it has acknowledged so far."""

    def __init__(self, home: Path, url: str | None, threads: int, asks: int, seed: int, said: Said) -> None:
        self.home, self.url, self.threads, self.asks, self.seed = home, url, threads, asks, seed
        self.done, self._said = 0, said
        command = [sys.executable, "-m", "evals.proofs.crowd", str(home), url or "", str(threads), str(asks), str(seed)]
        environment = {**os.environ, "TACT_CLOCK": NOON}
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            # A line that a kill cut off was not said.
            if line.endswith("\n"):
                self.done += self._said.note(line)

    def wait(self) -> None:
        """Returns once the process is gone and all that it said is read."""
        self._said.failed += self.process.wait() not in (0, -signal.SIGKILL)
        self._reader.join()
        if self.process.stdout:
            self.process.stdout.close()

    def kill(self) -> "Worker":
        """Kills the process in the middle of its work and answers with one that does the rest."""
        self.process.kill()
        self.wait()
        left = max(self.asks - self.done, 0)
        return Worker(self.home, self.url, self.threads, left, self.seed + 1000, self._said)


def crowd(
    home: Path,
    *,
    asks: int,
    customers: int,
    processes: int,
    threads: int,
    kills: int,
    seed: int,
    database_url: str | None = None,
) -> dict[str, int]:
    """Lets many ask for many at once, kills a process now and then, and counts what was exceeded or lost."""
    home.mkdir(parents=True, exist_ok=True)
    limits = Limits.for_customers(customers)
    with opened(home / "0", database_url) as stores:
        people(stores, customers)
        set_rules(stores, limits)
    said, begun = Said(), time.monotonic()
    workers = [
        Worker(home / str(number), database_url, threads, asks // processes, seed + number, said)
        for number in range(processes)
    ]
    kill_some(workers, asks, kills, random.Random(seed), said)
    for worker in workers:
        worker.wait()
    seconds = time.monotonic() - begun
    with opened(home / "0", database_url) as stores:
        return {"kills": kills, "seconds": round(seconds), **counted(stores, said, limits, random.Random(seed))}


def kill_some(workers: list[Worker], asks: int, kills: int, chance: random.Random, said: Said) -> None:
    """Kills a process whenever another part of the asks is done, and starts one in its place."""
    marks = [asks * (number + 1) // (kills + 1) for number in range(kills)]
    while marks and any(worker.process.poll() is None for worker in workers):
        if len(said.asked) >= marks[0]:
            marks.pop(0)
            place = chance.randrange(len(workers))
            workers[place] = workers[place].kill()
        time.sleep(0.02)


def set_rules(stores: Stores, limits: Limits) -> None:
    """The house rules with other caps and with limits for the whole house, and coupons that cost something."""
    ensure_book(stores)
    coupons = [coupon(id, yen) for id, yen in TAKES_OFF.items()]

    def write(c: Connection) -> None:
        latest = versions.latest(c)
        document = json.loads(latest.document if latest else "{}")
        kept = [rule for rule in document["rules"] if rule["type"] not in ("frequency_cap", "min_gap")]
        document["rules"] = kept + rules(limits)
        now = stores.clock.now()
        versions.add(c, json.dumps(document), "proof", "proof", "limits", now)
        catalogue.upsert(c, coupons, now)

    stores.write(write)


def rules(limits: Limits) -> list[dict[str, object]]:
    """Every kind of limit that is kept by counting."""
    week: dict[str, object] = {"kind": "rolling", "unit": "week"}
    day: dict[str, object] = {"kind": "calendar", "unit": "day"}
    groups = [{"name": {"en": name}, "offers": sorted(ids)} for name, ids in (("coffee", COFFEE), ("tea", TEA))]
    return [
        rule("frequency_cap", "cap_push", scope={"channels": ["push"]}, max=MOST_PUSHES_A_DAY, window=day),
        rule("frequency_cap", "cap_line", scope={"channels": ["line"]}, max=MOST[Channel.LINE], window=week),
        rule("frequency_cap", "cap_email", scope={"channels": ["email"]}, max=MOST[Channel.EMAIL], window=week),
        rule("frequency_cap", "cap_all", max=IN_ALL, window=week),
        rule("min_gap", "gap_sms", scope={"channels": ["sms"]}, minutes=1),
        rule("exclusivity", "one_drink", groups=groups, window=week),
        rule("volume_cap", "volume_push", scope={"channels": ["push"]}, max=limits.pushes_a_day, per="day"),
        rule("volume_cap", "volume_all", max=limits.messages, per="total"),
        rule("budget", "issued", amount=str(limits.yen_issued), currency="JPY", per="month"),
        rule(
            "budget",
            "expected",
            amount=str(limits.yen_expected),
            currency="JPY",
            per="total",
            counted="expected",
            redemption_rate=str(RATE),
        ),
    ]


def rule(type: str, id: str, **fields: object) -> dict[str, object]:
    """A rule as the book keeps it."""
    return {"type": type, "id": f"proof_{id}", "name": {"ja": id, "en": id}, **fields}


def coupon(id: str, yen: int) -> Offer:
    """A coupon that takes so many yen off."""
    return Offer(
        id=id,
        kind="coupon",
        name=Text(ja="見本のクーポン", en="Sample coupon"),
        category="fashion",
        list_price=Decimal(2000),
        price=Decimal(2000 - yen),
        discount_amount=Decimal(yen),
        currency="JPY",
        url=f"https://shop.example.com/items/{id}",
        facts={"word": Text(ja="見本の品", en="sample piece"), "target": Text(ja="見本の品", en="sample pieces")},
    )


def counted(stores: Stores, said: Said, limits: Limits, chance: random.Random) -> dict[str, int]:
    """What stands in the database, held against what was said and what is allowed."""
    promised = stores.read(everything)
    decided = stores.read(lambda c: outcomes(c, stores))
    lost = [id for id in said.asked if id not in decided]
    some = chance.sample(said.asked, min(ENOUGH_VERIFIED, len(said.asked)))
    known = {one.decision_id for _, one in promised}
    held = {id for id, _ in stores.read(tallies.holdings)}
    messages = {id for id, outcome in decided.items() if outcome == "message"}
    return {
        "asks acknowledged": len(said.asked),
        "asks refused": said.refused,
        "processes that failed": said.failed,
        "messages": len(messages),
        "messages that count": len(promised),
        "of them pushed": sum(one.pushed for _, one in promised),
        "pushed messages allowed": limits.messages,
        "releases acknowledged": len(said.released),
        "acknowledged and lost": len(lost),
        "broken records among a sample": sum(not verify(stores, id).ok for id in some if id not in lost),
        "released and still counted": len(set(said.released) & (known | held)),
        "charged without a promise": len(held - known),
        "customers over a limit": sum(over(mine) for mine in by_customer(promised).values()),
        "limits of the house never reached": int(sum(one.pushed for _, one in promised) < limits.messages * 9 // 10),
        "limits of the house exceeded": sum(used > most for used, most in house(promised, limits)),
        "tallies that do not add up": astray(stores, promised),
    }


def outcomes(c: Connection, stores: Stores) -> dict[str, str]:
    """Every decision and what came of it."""
    found: dict[str, str] = {}
    for customer_id in profiles.ids(c):
        cursor: str | None = None
        while True:
            page = stores.decisions.of_customer(c, customer_id, 200, cursor)
            found.update({one.decision_id: one.outcome for one in page.items})
            cursor = page.next
            if cursor is None:
                break
    return found


def everything(c: Connection) -> list[tuple[str, Contact]]:
    """Every message that counts, with its customer."""
    found: list[tuple[str, Contact]] = []
    while page := contacts.page(c, None, 1000, found[-1][1].decision_id or "" if found else ""):
        found += page
    return found


def by_customer(promised: Sequence[tuple[str, Contact]]) -> dict[str, list[Contact]]:
    """What each customer gets on a pushed channel."""
    found: dict[str, list[Contact]] = defaultdict(list)
    for customer_id, contact in promised:
        if contact.pushed:
            found[customer_id].append(contact)
    return found


def over(mine: Sequence[Contact]) -> bool:
    """Whether one customer gets more than allowed; a proof is over in less than a week."""
    channels = Counter(one.channel for one in mine)
    days = Counter(one.at.astimezone(TOKYO).date() for one in mine if one.channel is Channel.PUSH)
    texts = sorted(one.at for one in mine if one.channel is Channel.SMS)
    offers = {one.offer_id for one in mine}
    return (
        len(mine) > IN_ALL
        or any(channels[channel] > most for channel, most in MOST.items())
        or any(count > MOST_PUSHES_A_DAY for count in days.values())
        or any(later - earlier < GAP for earlier, later in pairwise(texts))
        or bool(offers & COFFEE and offers & TEA)
    )


def house(promised: Sequence[tuple[str, Contact]], limits: Limits) -> list[tuple[Decimal, int]]:
    """What the house has promised altogether, and what it may."""
    pushed = [one for _, one in promised if one.pushed]
    days = Counter(one.at.astimezone(TOKYO).date() for one in pushed if one.channel is Channel.PUSH)
    yen = Decimal(sum(TAKES_OFF.get(one.offer_id or "", 0) for _, one in promised))
    return [
        (Decimal(len(pushed)), limits.messages),
        (yen * RATE, limits.yen_expected),
        (yen, limits.yen_issued),
        *((Decimal(count), limits.pushes_a_day) for count in days.values()),
    ]


def astray(stores: Stores, promised: Sequence[tuple[str, Contact]]) -> int:
    """Tallies that are not the sum of their charges, or not what the contacts say."""
    kept = {key: used for key, used in stores.read(tallies.standing).items() if used}
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for _, charge in stores.read(tallies.holdings):
        sums[charge.key] += charge.amount
    yen = sum(TAKES_OFF.get(one.offer_id or "", 0) for _, one in promised)
    by_hand = {"proof_volume_all|total": sum(one.pushed for _, one in promised), "proof_expected|total": yen * RATE}
    wrong = {key for key in kept.keys() | sums.keys() if kept.get(key) != sums.get(key)}
    return len(wrong | {key for key, amount in by_hand.items() if kept.get(key, 0) != amount})


def work(home: Path, url: str | None, threads: int, asks: int, seed: int) -> None:
    """Asks, hands over and gives back from as many threads, each with an event loop of its own."""
    parts = build_parts(settings_for(home, url))
    customers = parts.stores.read(profiles.count)
    share = [asks // threads + (number < asks % threads) for number in range(threads)]
    try:
        with ThreadPoolExecutor(threads) as pool:
            jobs = [
                pool.submit(asyncio.run, one_after_another(parts, customers, n, seed * 1000 + i))
                for i, n in enumerate(share)
            ]
            for job in jobs:
                job.result()
    finally:
        parts.close()


async def one_after_another(parts: Parts, customers: int, asks: int, seed: int) -> None:
    """One thread's asks; some messages are handed over, and some are reported as not sent."""
    chance = random.Random(seed)
    for _ in range(asks):
        try:
            await once(parts, f"proof-{chance.randrange(customers)}", chance)
        except Unavailable as error:
            say("refused", error.code)


async def once(parts: Parts, customer: str, chance: random.Random) -> None:
    """One ask and what becomes of its message."""
    channels = chance.sample(["push", "line", "email", "sms", "app"], k=2)
    scene = "newsletter" if "email" in channels and chance.random() < 0.2 else None
    ask = Ask.model_validate(
        {"customer": {"id": customer}, "channels": channels, "scene": scene, "deadline_ms": 60_000}
    )
    decision = (await parts.conductor.next_message(ask, language="en")).decision
    say("asked", decision.decision_id)
    if decision.outcome == "hold":
        return
    fate = chance.random()
    if fate < 0.3:
        await parts.delivery.deliver(decision.decision_id, language="en")
    if 0.2 < fate < 0.4 and await parts.delivery.release(decision.decision_id, "proof"):
        say("released", decision.decision_id)


def say(what: str, id: str) -> None:
    """Tells the parent, in one piece whoever else is talking."""
    sys.stdout.write(f"{what} {id}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    work(Path(sys.argv[1]), sys.argv[2] or None, int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
