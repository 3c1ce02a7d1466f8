"""ask: one question on the command line, and the answer as a person reads it."""

import asyncio
from datetime import datetime
from time import perf_counter
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from pydantic import ValidationError

from agent.parts import Parts, build_parts
from agent.settings import Settings
from api.commands.letter import show_decision
from api.commands.opening import read_settings
from api.commands.printing import out
from api.faults import field_name
from domain.customer import IDENTIFIER_KINDS
from domain.decision import Ask, Decision
from domain.errors import Malformed
from domain.language import Language
from records.recall import recall

CHANNELS = "email,push,line,sms,web,app"


def ask(
    customer: Annotated[
        str, typer.Argument(help="A customer id, an e-mail address, or kind=value such as loyalty_id=12345.")
    ],
    channels: Annotated[str, typer.Option(help="The channels that may answer, with commas.")] = CHANNELS,
    scene: Annotated[str | None, typer.Option(help="The scene, such as cart_abandonment.")] = None,
    place: Annotated[str | None, typer.Option(help="Where the customer is, such as store:ginza.")] = None,
    weather: Annotated[str | None, typer.Option(help="The weather there, such as rain.")] = None,
    placement: Annotated[str | None, typer.Option(help="The place inside the channel, such as web.top.")] = None,
    at: Annotated[
        str | None, typer.Option(help="Another time, such as 2026-11-24T19:00; asks without writing (dry run).")
    ] = None,
    language: Annotated[str | None, typer.Option(help="ja or en, for message and explanation.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Ask without writing anything.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as the service would send it.")] = False,
) -> None:
    """Asks for the next message for one customer and prints it with its reasons."""
    settings = read_settings()
    time = None if at is None else read_time(at, settings)
    question = build_ask(
        {
            "customer": who(customer),
            "channels": [channel.strip() for channel in channels.split(",") if channel.strip()],
            "scene": scene,
            "placement": None if placement is None else {"id": placement},
            "moment": {"at": time, "weather": weather, "location": None if place is None else {"place": place}},
            "language": language,
            "dry_run": dry_run or time is not None,
            "deadline_ms": 10_000,
        }
    )
    spoken: Language = question.language or settings.language
    decision, seconds, zone = asyncio.run(answered(question, settings, spoken))
    if as_json:
        out.print(decision.model_dump_json(by_alias=True, indent=2), markup=False)
    else:
        show_decision(out, decision, seconds, spoken, zone)


async def answered(question: Ask, settings: Settings, language: Language) -> tuple[Decision, float, ZoneInfo]:
    """The decision, the seconds it took, and the zone of the customer."""
    parts = build_parts(settings)
    try:
        began = perf_counter()
        found = await parts.conductor.next_message(question, language=language)
        seconds = perf_counter() - began
        return found.decision, seconds, zone_of(parts, question)
    finally:
        await parts.leave()


def zone_of(parts: Parts, question: Ask) -> ZoneInfo:
    """The zone in which the customer reads a clock."""
    found = parts.stores.read(lambda c: recall(c, question.customer, parts.clock.now()))
    return parts.stores.zone_of(found.record.customer) if found else ZoneInfo(parts.settings.home_timezone)


def who(text: str) -> dict[str, str]:
    """Which identifier `text` is: kind=value, an e-mail address, or our id."""
    kind, separator, value = text.partition("=")
    if separator and kind in IDENTIFIER_KINDS:
        return {kind: value}
    return {"email": text} if "@" in text else {"id": text}


def read_time(text: str, settings: Settings) -> datetime:
    """A time as people type it; without an offset it is meant in the deployment's zone."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError as error:
        raise Malformed("--at", text, "write it like 2026-11-24T19:00 or 2026-11-24T19:00+09:00.") from error
    return time if time.tzinfo else time.replace(tzinfo=ZoneInfo(settings.home_timezone))


def build_ask(fields: dict[str, object]) -> Ask:
    """The ask; raises Malformed naming the option that does not fit."""
    try:
        return Ask.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        raise Malformed(field_name(first["loc"]), first["input"], f"{first['msg']}.") from error
