"""demo: a household panel and a small sample in, next messages with their reasons out; then how to go on."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, time
from time import perf_counter
from zoneinfo import ZoneInfo

from agent.parts import Parts, build_parts
from agent.verification import verify
from api.commands.ask import zone_of
from api.commands.imports import show, stepper
from api.commands.letter import show_decision
from api.commands.opening import read_settings
from api.commands.printing import out, progress_bars, show_table
from domain.channel import Channel, Purpose
from domain.consent import granted
from domain.decision import Ask, Decision
from domain.errors import NotFound
from domain.language import Language
from records import consents, imports, profiles
from records.connection import Connection
from tools.imports.completejourney import import_completejourney
from tools.imports.report import Stopwatch
from tools.imports.sample import SOURCE as SAMPLE
from tools.imports.sample import import_sample, load_asks

SHOWN = (
    "物語1 雨の夕方、お気に入りのレインブーツ",
    "物語1 同じ時刻の入口のサイネージ",
    "物語2 袖を通してから決める、ウールコート",
    "物語3 深煎り好きのお客様へ、年末の珈琲市",
    "物語4 場面2 ほかの販促は見送り",
    "物語5 ウェビナーのご質問に、一通の事例",
    "An English mail at a New York hour",
)
HOUSEHOLD, TEN, PATIENT = "hh-", time(10), 10_000
HOUSEHOLD_ZONE = ZoneInfo("America/New_York")
NEXT = """\
Start the service:        ./tact serve
Make a key for it first:  ./tact keys add --role channel --person "Web shop"
Ask without a service:    ./tact ask hh-1082 --channels app --scene replenishment --language en
Stop everything:          ./tact stop 'wrong price in the coupon mail'"""


def demo() -> None:
    """Loads the household panel and the sample, and prints next messages with their reasons."""
    watch = Stopwatch()
    with watch.phase("opening the stores"):
        parts = build_parts(read_settings())
    with closing(parts):
        bring(parts, watch)
        with watch.phase("deciding"):
            asyncio.run(show_all(parts))
    costs = ((phase, f"{seconds:.1f}") for phase, seconds in watch.seconds.items())
    show_table(("phase", "seconds"), costs, "What it cost")
    out.print(NEXT, markup=False)


def bring(parts: Parts, watch: Stopwatch) -> None:
    """Both data sets, where they are not there yet."""
    stores, encoder = parts.stores, parts.instruments.encoder
    for phase, arrive in (
        ("importing 2,469 households", import_completejourney),
        ("importing the sample", import_sample),
    ):
        with watch.phase(phase), progress_bars() as bars:
            report = arrive(stores.database, parts.context, encoder, parts.clock, progress=stepper(bars))
        show(report)


async def show_all(parts: Parts) -> None:
    """Sample customers at the time of their story, then real households, then one decision that is kept and checked."""
    for name, ask, language in (*stories(parts), *households(parts)):
        await show_one(parts, name, ask, language)
    await keep_one(parts)


async def show_one(parts: Parts, name: str, ask: Ask, language: Language) -> Decision:
    """One ask with its answer."""
    out.print(f"── {name} ──", markup=False, style="dim")
    begun = perf_counter()
    decision = (await parts.conductor.next_message(ask, language=language)).decision
    seconds = perf_counter() - begun
    show_decision(out, decision, seconds, language, zone_of(parts, ask))
    out.print()
    return decision


def stories(parts: Parts) -> Iterator[tuple[str, Ask, Language]]:
    """The sample's asks that are shown, moved like all its dates."""
    found = parts.stores.read(lambda c: imports.find(c, SAMPLE))
    for one in load_asks(found.offset_days if found else 0):
        if one.name in SHOWN:
            yield one.name, one.ask, "en" if one.name.isascii() else "ja"


def households(parts: Parts) -> Iterator[tuple[str, Ask, Language]]:
    """Three households in the morning: one that reads mail, one in the app, one that agreed to nothing."""
    morning = datetime.combine(parts.clock.now().astimezone(HOUSEHOLD_ZONE).date(), TEN, HOUSEHOLD_ZONE)
    mail, silent = parts.stores.read(choose)
    for name, customer, channel in (
        (f"Household {mail}: a habit that is due, by mail", mail, "email"),
        (f"Household {mail}: the same morning, in the app", mail, "app"),
        (f"Household {silent}: never said yes to mail", silent, "email"),
    ):
        yield name, question(customer, channel, morning), "en"


async def keep_one(parts: Parts) -> None:
    """One decision for real: counted, sealed and recorded, then checked from its record alone."""
    mail, _ = parts.stores.read(choose)
    ask = Ask.model_validate(
        {"customer": {"id": mail}, "channels": ["web"], "scene": "newsletter", "deadline_ms": PATIENT}
    )
    decision = await show_one(parts, f"Household {mail}, now on the web site: this one is kept", ask, "en")
    checked = verify(parts.stores, decision.decision_id)
    verdict = "seal, message and verdicts hold" if checked.ok else f"it does not hold: {', '.join(checked.findings)}"
    out.print(f"./tact verify {decision.decision_id}: {verdict}", markup=False)


def choose(c: Connection) -> tuple[str, str]:
    """A household with a regular habit that said yes to mail, and one that did not; the first of each by id."""
    mail = silent = None
    for customer_id in profiles.ids(c):
        if mail and silent:
            break
        if not customer_id.startswith(HOUSEHOLD):
            continue
        said_yes = granted(consents.state(c, customer_id), Channel.EMAIL, Purpose.MARKETING)
        regular = any(profiles.features(c, customer_id).habits.gap_days)
        if said_yes and regular:
            mail = mail or customer_id
        elif not said_yes:
            silent = silent or customer_id
    if mail is None or silent is None:
        raise NotFound("household", "with and without consent to mail")
    return mail, silent


def question(customer: str, channel: str, at: datetime) -> Ask:
    """A dry run: what would be said at that time."""
    return Ask.model_validate(
        {
            "customer": {"id": customer},
            "channels": [channel],
            "scene": "replenishment",
            "moment": {"at": at},
            "deadline_ms": PATIENT,
            "dry_run": True,
        }
    )
