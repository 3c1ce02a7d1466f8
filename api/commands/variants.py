"""variants: the copy that was written ahead: what there is, how it reads, and how it goes out of use."""

from getpass import getuser
from typing import Annotated

import typer
from rich.table import Column

from agent.retiring import samples_of
from api.commands.keys import one_channel
from api.commands.letter import message_frame
from api.commands.opening import opened_stores
from api.commands.persons import person_behind
from api.commands.printing import out, show_parts, show_table
from api.commands.stopping import refuse_unknown_scene
from domain.errors import Malformed
from domain.language import Language, counted, phrase
from policies.wording import channel_name
from records import variants
from records.variants import Kept, Status
from tools.sheet import first_words

app = typer.Typer(no_args_is_help=True, help="Copy that was written ahead: what there is, and how it goes out of use.")

STANDINGS: tuple[Status, ...] = ("waiting", "approved", "rejected", "retired")
NAMES: dict[Status, tuple[str, str]] = {
    "waiting": ("確認待ち", "waiting"),
    "approved": ("使用中", "in use"),
    "rejected": ("却下", "rejected"),
    "retired": ("終了", "retired"),
}
FIRST_WORDS = 40
INSPECTION = "inspection"
"""Who decided where nobody had to."""
Id = Annotated[str, typer.Argument(help="The id, as ./tact variants list shows it.")]


@app.command("list")
def list_variants(
    scene: Annotated[str, typer.Option(help="Only those of this scene.")] = "",
    status: Annotated[str, typer.Option(help="Only these: " + ", ".join(STANDINGS))] = "",
    offer: Annotated[str, typer.Option(help="Only those about this offer.")] = "",
    channel: Annotated[str | None, typer.Option(help="Only those for this channel.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many at most.")] = 50,
) -> None:
    """Lists copy versions, the newest first, with how often each was shown and answered."""
    standing = next((one for one in STANDINGS if one == status), None)
    if status and standing is None:
        raise Malformed("--status", status, f"choose from {', '.join(STANDINGS)}.")
    way = one_channel(channel)
    with opened_stores() as stores:
        refuse_unknown_scene(stores, scene or None)
        found = stores.read(
            lambda c: variants.page(c, limit, scene=scene, status=standing or "", offer=offer, channel=way or "")
        )
        language = stores.settings.language
    if not found.items:
        out.print(phrase(language, ja="該当する文面パターンはありません。", en="There is no such copy version."))
        return
    heads = phrase(language, ja="ID 状態 オファー チャネル 言語 切り口 文面 表示 反応", en=HEADS).split()
    # An id that is broken in two is hard to copy.
    ids = Column(heads[0], min_width=max(len(kept.variant.id) for kept in found.items))
    show_table((ids, *heads[1:]), (row(kept, language) for kept in found.items))


HEADS = "id status offer channel language angle words shown answered"


@app.command()
def show(id: Id) -> None:
    """Shows one copy version: how it reads, where it comes from and what became of it."""
    with opened_stores() as stores:
        kept = stores.read(lambda c: variants.get(c, id))
        samples, language = samples_of(stores, kept.variant), stores.settings.language
    for message in samples:
        show_parts(out, message_frame(message))
    for line in story(kept, language):
        out.print(line, markup=False)


@app.command()
def retire(
    id: Id,
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    key: Annotated[
        str | None, typer.Option(envvar="TACT_KEY", help="Your key; without one your login is noted.")
    ] = None,
) -> None:
    """Takes a copy version out of use for good, from the next ask on."""
    with opened_stores() as stores:
        by = person_behind(stores, key, "retire copy", ("marketer", "approver")).person if key else None
        now = stores.clock.now()
        stores.write(lambda c: variants.retire(c, id, by or f"login {getuser()}", reason, now))
        language = stores.settings.language
    out.print(phrase(language, ja=f"{id} は使われなくなりました。", en=f"{id} is out of use."), markup=False)


def row(kept: Kept, language: Language) -> tuple[str, ...]:
    """One line of the list."""
    variant = kept.variant
    place = f" ({variant.placement})" if variant.placement else ""
    return (
        variant.id,
        named(kept.status, language),
        variant.offer or "-",
        channel_name(variant.channel, language) + place,
        variant.language,
        variant.angle,
        first_words(variant)[:FIRST_WORDS],
        f"{kept.shown:,}",
        f"{kept.answered:,}",
    )


def story(kept: Kept, language: Language) -> tuple[str, ...]:
    """Where a text comes from and what became of it."""
    told = kept.provenance
    written = phrase(
        language,
        ja=f"{told.at:%Y-%m-%d %H:%M} に {told.model} が作成（プロンプト {told.prompt}、依頼 {told.author}、"
        f"ルール第{told.policy_version}版で確認）",
        en=f"Written by {told.model} at {told.at:%Y-%m-%d %H:%M} (prompt {told.prompt}, asked for by {told.author}, "
        f"read with version {told.policy_version} of the rules)",
    )
    inspected = phrase(language, ja="すべてのルールに合格", en="passed every rule")
    decided = (
        f"{named(kept.status, language)}: {inspected if kept.decided_by == INSPECTION else kept.decided_by or '-'}"
    )
    decided += f" {kept.decided_at:%Y-%m-%d %H:%M}" if kept.decided_at else ""
    came = phrase(
        language,
        ja=f"表示 {kept.shown:,} 回、反応 {kept.answered:,} 回",
        en=f"shown {counted(kept.shown, 'time')}, answered {counted(kept.answered, 'time')}",
    )
    return written, decided + (f" ({kept.reason})" if kept.reason else ""), came


def named(status: Status, language: Language) -> str:
    """How a standing is called."""
    ja, en = NAMES[status]
    return phrase(language, ja=ja, en=en)
