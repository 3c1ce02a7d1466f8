"""brief: what to know before speaking to a customer."""

import asyncio
from typing import Annotated

import typer

from agent.handover.brief import READERS, Brief, Reader
from agent.handover.making import brief_of
from agent.parts import build_parts
from agent.settings import Settings
from api.commands.opening import read_settings
from api.commands.printing import out
from domain.errors import Malformed
from domain.language import LANGUAGES, Language
from records import accesses


def brief(
    customer: Annotated[str, typer.Argument(help="The customer's id.")],
    reader: Annotated[str, typer.Option(help="For whom: sales, store or call.")] = "sales",
    language: Annotated[str | None, typer.Option(help="ja or en.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as the service would send it.")] = False,
) -> None:
    """Prints the hand-over brief: said, done, guessed, not to be brought up, and the next step."""
    settings = read_settings()
    found = asyncio.run(made(settings, customer, known_reader(reader), known_language(language, settings)))
    out.print(found.model_dump_json(indent=2) if as_json else found.text, markup=False, highlight=False)


async def made(settings: Settings, customer: str, reader: Reader, language: Language) -> Brief:
    """The brief, and a line about who read it."""
    parts = build_parts(settings)
    try:
        found = await brief_of(parts.instruments, parts.conductor, customer, reader, language)
        now = parts.clock.now()
        what = f"brief:{reader}"
        await parts.write(
            lambda c: accesses.note(c, person=None, role="command", customer_id=found.customer, what=what, now=now)
        )
        return found
    finally:
        await parts.leave()


def known_reader(text: str) -> Reader:
    """The reader; raises Malformed for one that there is no brief for."""
    for one in READERS:
        if one == text:
            return one
    raise Malformed("--reader", text, "give one of " + ", ".join(READERS) + ".")


def known_language(text: str | None, settings: Settings) -> Language:
    """The language, the service's own where nothing is said."""
    for one in LANGUAGES:
        if one == (text or settings.language):
            return one
    raise Malformed("--language", text, "give ja or en.")
