"""Journeys: a scene whose time has come is looked at again, compared with others, decided like any ask, and laid out.

Three steps, each of which may run twice and does its work once: `check` takes the run or ends it, `conduct` asks the
conductor under an idempotency key, `settle` writes what came of it.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from agent.conductor import Conductor
from agent.contest import WINDOW, Contest
from agent.instruments import Instruments
from agent.intake import at_hand
from agent.looking import is_said, rivals, why_over
from agent.settling import Came, Settling, pulled_of, pushed_of
from agent.triggers import Triggers
from domain.channel import Channel
from domain.decision import Ask, Who
from domain.errors import NotFound, StillRunning, Unavailable
from policies.book import Book
from records import due, idempotency, lately
from records.connection import Connection
from records.idempotency import Slot
from records.lately import Rate
from records.members import members
from records.recall import recall_facts
from records.run import Run

log = logging.getLogger("tact.agent")

Verdict = Literal["go", "early", "over"]
SCOPE = "journey"
DEADLINE_MS = 10_000
LEARNS_FROM = timedelta(days=90)
RATES_FOR = timedelta(minutes=10)
PAUSE = timedelta(seconds=60)
"""How long a run waits behind a better one before it looks again."""
AGAIN_IN = timedelta(seconds=30)
"""How long after a failure of ours it is tried again."""


class Journeys:
    """Carries runs from their time to their end."""

    def __init__(
        self, instruments: Instruments, conductor: Conductor, *, window: timedelta = WINDOW, pause: timedelta = PAUSE
    ) -> None:
        self._instruments, self._conductor = instruments, conductor
        self._window, self._pause = window, pause
        self._current = at_hand(instruments.stores, instruments.shelf)
        self._rates: Mapping[str, Rate] = {}
        self._rates_until: datetime | None = None
        self._triggers: tuple[int, Triggers] | None = None

    async def check(self, id: str) -> Verdict:
        """Takes the run if it is still to be said, and is the best that may be said now; else ends or postpones it."""
        book = await self._book()
        await self._learn()
        now = self._instruments.clock.now()
        triggers = self.triggers_of(book)
        return await self._instruments.write(lambda c: self._checked(c, id, book, triggers, now))

    async def conduct(self, id: str) -> Came:
        """Asks for the message of a run that was taken; however often this is called, one decision is made."""
        run, who = await self._instruments.read(lambda c: found_with_person(c, id))
        if run is None or run.state != "taken":
            return Came(run.decision_id if run else None, "over")
        slot = Slot(SCOPE, f"{id}~{run.attempts}", "")
        # It holds the row, which PostgreSQL permits only to a transaction that may write.
        known = await self._instruments.write(lambda c: idempotency.answered(c, slot))
        if known is not None:
            return Came(known)
        scene = (await self._book()).scenes.get(run.due.scene)
        pushed = pushed_of(scene) if scene else ()
        if scene is None or not pushed:
            return Came(None, "off" if scene is None else "left")
        return await self._asked(run, who, pushed, slot)

    async def settle(self, id: str, came: Came) -> str:
        """Writes what came of it: a message into the outbox, a scene left for channels, another try, or an end."""
        book = await self._book()
        now, triggers = self._instruments.clock.now(), self.triggers_of(book)
        settling = Settling(self._instruments, book, triggers, self._contest, self._window, now)
        said = await self._instruments.write(lambda c: settling.settled(c, id, came))
        if said == "left":
            await self._prepare(id, book)
        return said

    def triggers_of(self, book: Book) -> Triggers:
        """What starts and ends scenes, by the book."""
        if self._triggers is None or self._triggers[0] != book.version:
            zone = ZoneInfo(self._instruments.settings.home_timezone)
            self._triggers = book.version, Triggers(book.scenes.values(), zone)
        return self._triggers[1]

    async def _book(self) -> Book:
        """The book in force."""
        return await self._instruments.pool.run(self._current)

    async def _learn(self) -> None:
        """Reads now and then how scenes are answered."""
        now = self._instruments.clock.now()
        if self._rates_until is None or now >= self._rates_until or now < self._rates_until - 2 * RATES_FOR:
            self._rates = await self._instruments.read(lambda c: lately.rates(c, now - LEARNS_FROM))
            self._rates_until = now + RATES_FOR

    def _checked(self, c: Connection, id: str, book: Book, triggers: Triggers, now: datetime) -> Verdict:
        run = due.find(c, id)
        if run is None or run.state in ("done", "cancelled"):
            return "over"
        if run.state == "waiting" and not due.take(c, id, now):
            due.wake_anew(c, (id,), now)
            return "early"
        over = why_over(c, run, book, triggers, now)
        if over is not None:
            due.end(c, id, "cancelled", over, now)
            return "over"
        return self._contested(c, run, book, now)

    def _contested(self, c: Connection, run: Run, book: Book, now: datetime) -> Verdict:
        contest = self._contest(c, run, book, now)
        if contest is None or not contest.takes_part(run):
            return "go"
        lately_said = [one for one in due.of_person(c, run.due.customer_id, "done") if self._is_rival(one, run, now)]
        winner = next(
            (one for one in lately_said if one.reason != "left" and is_said(c, one) and contest.takes_part(one)), None
        )
        if winner is not None:
            due.end(c, run.due.id, "cancelled", f"lost:{winner.due.scene}", now)
            return "over"
        mine = contest.rank(run)
        better = [
            one for one in rivals(c, run, now + self._window) if contest.takes_part(one) and contest.rank(one) < mine
        ]
        if not better:
            return "go"
        best = min(better, key=contest.rank)
        again = max(best.due.at, now) + self._pause
        if again > run.due.until:
            due.end(c, run.due.id, "cancelled", f"lost:{best.due.scene}", now)
            return "over"
        due.put_back(c, run.due.id, again, f"behind:{best.due.scene}", now, tried=False)
        return "early"

    def _is_rival(self, other: Run, run: Run, now: datetime) -> bool:
        return other.due.id != run.due.id and now - self._window <= other.updated_at <= now + self._window

    def _contest(self, c: Connection, run: Run, book: Book, now: datetime) -> Contest | None:
        recall = recall_facts(c, run.due.customer_id, now, orders=book.asks_orders)
        return None if recall is None else Contest(book, self._instruments.home, recall.record, now, self._rates)

    async def _asked(self, run: Run, who: str, channels: Sequence[Channel], slot: Slot) -> Came:
        ask = Ask(
            customer=Who(id=who),
            channels=tuple(channels),
            scene=run.due.scene,
            moment=run.due.moment,
            deadline_ms=DEADLINE_MS,
        )
        now, language = self._instruments.clock.now(), self._instruments.settings.language
        try:
            answer = await self._conductor.next_message(ask, language=language, slot=slot)
        except NotFound as missing:
            return Came(None, "gone" if missing.kind == "customer" else "off")
        except StillRunning as running:
            return Came(None, "busy:running", now + timedelta(seconds=running.dead_after + 1))
        except Unavailable as busy:
            return Came(None, f"busy:{busy.code}", now + AGAIN_IN)
        return Came(answer.decision.decision_id)

    async def _prepare(self, id: str, book: Book) -> None:
        """Has a model write the words ahead for the channel that may ask next, where there is one to write them."""
        run = await self._instruments.read(lambda c: due.find(c, id))
        scene = book.scenes.get(run.due.scene) if run else None
        pulled = pulled_of(scene) if scene else ()
        if run is None or not pulled or self._instruments.model is None:
            return
        ask = Ask(customer=Who(id=run.due.customer_id), channels=pulled[:1], scene=run.due.scene, moment=run.due.moment)
        try:
            await self._conductor.prepare_soon(ask)
        except (NotFound, Unavailable):
            # The channel asks all the same; only its words are not there ahead.
            log.info("no words are prepared for %s", id)


def found_with_person(c: Connection, id: str) -> tuple[Run | None, str]:
    """The run, and under which id its person is asked about."""
    run = due.find(c, id)
    return run, members(c, run.due.customer_id)[0] if run else ""
