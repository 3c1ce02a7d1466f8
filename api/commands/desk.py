"""desk: a conversation in the terminal, in which a marketer steers; nothing comes into force there."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from agent.desk import Desk, open_desk
from agent.parts import Parts, build_parts
from agent.pool import Pool
from agent.rulebook import ensure_book
from agent.stores import open_stores
from agent.talk.turn import Answer
from api.commands.directive import spoken
from api.commands.opening import read_settings
from api.commands.persons import person_behind
from api.commands.printing import out
from domain.errors import StoreOwned, TactError
from domain.language import Language, phrase

TEXT = typer.Argument(help="What you say; left out, it is a conversation until an empty line or Ctrl-D.")
KEY = typer.Option(envvar="TACT_KEY", help="Your key; without one you can ask, and give nothing.")


def desk(
    text: Annotated[str | None, TEXT] = None,
    key: Annotated[str | None, KEY] = None,
    conversation: Annotated[str | None, typer.Option(help="Goes on with this conversation.")] = None,
    language: Annotated[str | None, typer.Option(help="ja or en; that of your words where left out.")] = None,
) -> None:
    """Talks with you about rules and messages: give, refine, simulate, compare, explain, ask why; activates nothing."""
    asyncio.run(_talk(text, key, conversation, spoken(language)))


async def _talk(text: str | None, key: str | None, conversation: str | None, language: Language | None) -> None:
    with opened() as (at_the_desk, parts):
        try:
            person = (
                person_behind(at_the_desk.stores, key, "talk to the desk", ("marketer", "approver")).person
                if key
                else None
            )
            for said in [text] if text is not None else _lines(at_the_desk):
                told = await _told(at_the_desk, said, person, conversation, language)
                conversation = told.conversation if told else conversation
            if text is not None and conversation:
                out.print(f"\n--conversation {conversation}", markup=False, style="dim")
        finally:
            if parts is not None and parts.instruments.model is not None:
                await parts.instruments.model.close()


async def _told(
    at: Desk, said: str, person: str | None, conversation: str | None, language: Language | None
) -> Answer | None:
    """Prints the answer; what goes wrong with one sentence does not end the conversation."""
    try:
        told = await at.answer(said, person, conversation, language)
    except TactError as error:
        out.print(str(error), markup=False)
        return None
    out.print(told.words, markup=False)
    return told


def _lines(at: Desk) -> Iterator[str]:
    """What is typed, line by line; an empty line ends it."""
    language = at.stores.settings.language
    if sys.stdin.isatty():
        out.print(
            phrase(
                language,
                ja="「ヘルプ」でできることを表示します。空行で終わります。",
                en='"help" says what I can do; an empty line ends it.',
            ),
            markup=False,
        )
    for line in _typed():
        said = line.strip()
        if not said:
            return
        yield said


def _typed() -> Iterator[str]:
    while sys.stdin.isatty():
        try:
            yield input("> ")
        except EOFError:
            return
    yield from sys.stdin


@contextmanager
def opened() -> Iterator[tuple[Desk, Parts | None]]:
    """The desk with all that there is; without the vector store where a running service owns it."""
    settings = read_settings()
    try:
        parts = build_parts(settings)
    except StoreOwned as owned:
        stores, pool = open_stores(settings), Pool(settings.readers, settings.max_waiting)
        try:
            ensure_book(stores)
            yield Desk(stores, pool, why_alone=_alone(owned)), None
        finally:
            pool.close()
            stores.close()
        return
    try:
        yield open_desk(parts), parts
    finally:
        parts.close()


def _alone(owned: StoreOwned) -> dict[Language, str]:
    """What cannot be told while the service runs."""
    return {
        "ja": (
            "（サービスの稼働中は、「いま問い合わせたら」の試算と似たお客様の検索は POST /v1/desk でご利用ください。）"
        ),
        "en": f"(While the service runs, likeness and trying out a decision are at POST /v1/desk: {owned})",
    }
