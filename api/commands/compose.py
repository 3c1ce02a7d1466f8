"""compose: has a model write copy ahead of time, reads it with every rule, and keeps what passes."""

import asyncio
from getpass import getuser
from typing import Annotated, TypeVar, get_args

import typer
from rich.progress import Progress as Bars
from rich.progress import TaskID

from agent.composing import Composer
from agent.endpoint import Endpoint, open_endpoint
from agent.ordering import Order, Tone
from agent.progress import Progress
from agent.rulebook import ensure_book, in_force, playbook_of
from agent.stores import Stores
from api.commands.keys import channels_of, named_in
from api.commands.opening import opened_stores
from api.commands.persons import person_behind
from api.commands.printing import out, progress_bars
from domain.errors import Malformed
from domain.language import LANGUAGES, Language, phrase
from domain.variant import Angle

T = TypeVar("T", bound=str)
ANGLES: tuple[Angle, ...] = get_args(Angle)
TONES: tuple[Tone, ...] = get_args(Tone)


def compose(
    scene: Annotated[str, typer.Option(help="The scene to write for.")],
    n: Annotated[int, typer.Option(min=1, max=20, help="Texts for each offer, channel, placement and language.")] = 3,
    offer: Annotated[list[str] | None, typer.Option(help="An offer; may be given several times.")] = None,
    channel: Annotated[str | None, typer.Option(help="Only these channels, with commas.")] = None,
    language: Annotated[
        str | None, typer.Option(help="Only these languages, with commas: " + ", ".join(LANGUAGES))
    ] = None,
    placement: Annotated[
        list[str] | None, typer.Option(help="A placement such as newsletter.block:*; whole is the whole message.")
    ] = None,
    tone: Annotated[str | None, typer.Option(help="Tones that take turns, with commas: " + ", ".join(TONES))] = None,
    angle: Annotated[str | None, typer.Option(help="Angles that take turns, with commas: " + ", ".join(ANGLES))] = None,
    key: Annotated[
        str | None, typer.Option(envvar="TACT_KEY", help="Your key; without one your login is noted.")
    ] = None,
) -> None:
    """Has a model write copy ahead; what passes every rule is used at once, or waits where the scene wants a person."""
    order = Order(
        scene=scene,
        n=n,
        offers=tuple(offer or ()),
        channels=tuple(channels_of(channel, "--channel")),
        placements=tuple("" if one == "whole" else one for one in placement or ()),
        languages=chosen(language, LANGUAGES, "--language"),
        tones=chosen(tone, TONES, "--tone"),
        angles=chosen(angle, ANGLES, "--angle"),
    )
    with opened_stores() as stores:
        ensure_book(stores)
        by = person_behind(stores, key, "have copy written", ("marketer", "approver")).person if key else None
        found = asyncio.run(composed(stores, order, by or f"login {getuser()}"))
        tell(found, scene, stores.settings.language)
    if found.error is not None or not (found.approved or found.waiting or found.alike):
        raise typer.Exit(1)


async def composed(stores: Stores, order: Order, by: str) -> Progress:
    """Carries the order out with a bar that shows how far it is."""
    scenes = {one.id: one for one in playbook_of(stores.read(in_force).document).scenes}
    endpoint: Endpoint | None = open_endpoint(stores, scenes.get)
    composer = Composer(stores, endpoint.model if endpoint else None)
    try:
        work = composer.begin(order, by)
        with progress_bars() as bars:
            task = bars.add_task(phrase(stores.settings.language, ja="文面", en="texts"), total=len(work.texts))
            return await composer.run(work, lambda progress: advance(bars, task, progress))
    finally:
        if endpoint is not None:
            await endpoint.model.close()
            endpoint.meter.close()


def advance(bars: Bars, task: TaskID, progress: Progress) -> None:
    """Moves the bar to where the composition is."""
    bars.update(task, completed=progress.finished)


def tell(found: Progress, scene: str, language: Language) -> None:
    """Says what became of the texts, and what to do next."""
    for count, ja, en in (
        (found.approved, "使えるようになりました", "in use"),
        (found.waiting, "担当者の確認を待っています", "wait for a person: ./tact review list"),
        (found.alike, "すでにある文面とほぼ同じなので、残しませんでした", "said what is there already"),
        (found.refused, "ルールに合わず、残しませんでした", "were not let through by the rules"),
        (found.unreadable, "文面として読めませんでした", "were no readable copy"),
        (found.failed, "モデルが答えませんでした", "got no answer from the model"),
    ):
        if count:
            out.print(f"{count:4} {phrase(language, ja=ja, en=en)}", markup=False)
    for rule, count in found.rules.items():
        out.print(f"     {rule}: {count}", markup=False)
    tokens = f"{found.prompt_tokens:,} + {found.completion_tokens:,}"
    asked = phrase(
        language,
        ja=f"モデルへの依頼{found.requests}回（{tokens}トークン）。一覧：",
        en=f"{found.requests} requests, {tokens} tokens. ",
    )
    out.print(f"{asked}./tact variants list --scene {scene}", markup=False)
    if found.error is not None:
        out.print(found.error, markup=False, style="red")


def chosen(text: str | None, known: tuple[T, ...], option: str) -> tuple[T, ...]:
    """The names in a list with commas; raises Malformed for one that is none."""
    wanted = named_in(text, option)
    found = {name: name for name in known}
    wrong = next((name for name in wanted if name not in found), None)
    if wrong is not None:
        raise Malformed(option, wrong, f"choose from {', '.join(known)}.")
    return tuple(found[name] for name in known if name in wanted)
