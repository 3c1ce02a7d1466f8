"""identity: compare customers, look at who may be one person, join them and part them again."""

from typing import Annotated, get_args

import typer

from agent import linking
from agent.linking import Judged
from api.commands.opening import opened_stores
from api.commands.printing import notes, out
from domain.errors import Malformed
from domain.language import Language, counted, phrase
from records import matching, merging, sharing
from records.matching import Match, MatchStatus
from records.members import members

app = typer.Typer(no_args_is_help=True, help="Who is one person: compares customers, joins them and parts them again.")

By = Annotated[str, typer.Option(help="Who decides, for the record.")]
MatchId = Annotated[str, typer.Argument(help="The pair's id, as `identity matches` shows it.")]
Kind = Annotated[str, typer.Argument(help="email, phone, loyalty_id, line_id, device_id or anonymous_id.")]
SHOWN = 20
MOST = 200


@app.command()
def resolve(
    check: Annotated[bool, typer.Option("--check", help="Only say what would happen.")] = False,
) -> None:
    """Compares all customers; joins who is certainly one person, and puts the others into the queue."""
    with opened_stores() as stores:
        found = linking.link(stores, check=check, progress=notes.print)
        language = stores.settings.language
    for one in (*found.merged, *found.queued)[:SHOWN]:
        show(one, language)
    rest = len(found.merged) + len(found.queued) - SHOWN
    if rest > 0:
        out.print(phrase(language, ja=f"ほか {rest:,} 組", en=f"and {rest:,} more pairs"))
    out.print(summary(len(found.merged), len(found.queued), found.compared, check=check, language=language))


@app.command()
def matches(
    status: Annotated[str, typer.Option(help="open, accepted, rejected, merged or apart.")] = "open",
    limit: Annotated[int, typer.Option(min=1, max=MOST, help="How many pairs.")] = SHOWN,
) -> None:
    """Shows the pairs that wait for a person, the likeliest first, or what became of the others."""
    wanted = next((known for known in get_args(MatchStatus) if known == status), None)
    if wanted is None:
        raise Malformed("status", status, f"give one of {', '.join(get_args(MatchStatus))}.")
    with opened_stores() as stores:
        page = stores.read(lambda c: matching.page(c, wanted, limit))
        language = stores.settings.language
    for one in page.items:
        show_match(one, language)
    if not page.items:
        out.print(phrase(language, ja="該当する組はありません。", en="There is none."))


@app.command()
def accept(id: MatchId, by: By = "operator") -> None:
    """Joins the two customers of a pair."""
    with opened_stores() as stores:
        now = stores.clock.now()
        show_match(stores.write(lambda c: matching.accept(c, id, by, now)), stores.settings.language)


@app.command()
def reject(id: MatchId, by: By = "operator") -> None:
    """Notes that the two are two people; nobody is asked again."""
    with opened_stores() as stores:
        now = stores.clock.now()
        show_match(stores.write(lambda c: matching.reject(c, id, by, now)), stores.settings.language)


@app.command()
def merge(
    survivor: Annotated[str, typer.Argument(help="The customer whose id and own words go on.")],
    absorbed: Annotated[str, typer.Argument(help="The customer who is the same person.")],
    by: By = "operator",
    reason: Annotated[str, typer.Option(help="Why, for the record.")] = "",
) -> None:
    """Joins two customers; `identity split` undoes it."""
    with opened_stores() as stores:
        now = stores.clock.now()
        stores.write(lambda c: matching.joined_by_hand(c, survivor, absorbed, by, now))
        stores.write(lambda c: merging.merge(c, survivor, absorbed, kind="person", by=by, now=now, evidence=reason))
        together = stores.read(lambda c: members(c, survivor))
    out.print(f"{together[0]} = {', '.join(together[1:])}", markup=False)


@app.command()
def split(
    customer: Annotated[str, typer.Argument(help="The customer who was absorbed by mistake.")], by: By = "operator"
) -> None:
    """Parts a customer from a person: each has what was theirs before the merge."""
    with opened_stores() as stores:
        now, language = stores.clock.now(), stores.settings.language
        left = stores.write(lambda c: merging.split(c, customer, by, now))
        stores.write(lambda c: matching.keep_apart(c, left, customer, by, now))
    out.print(
        phrase(language, ja=f"{customer} を {left} から分けました。", en=f"{customer} is parted from {left}."),
        markup=False,
    )


@app.command()
def share(
    kind: Kind,
    value: Annotated[str, typer.Argument(help="The address or number that several people use.")],
    by: By = "operator",
    undo: Annotated[bool, typer.Option("--undo", help="One person uses it after all.")] = False,
) -> None:
    """Says that several people use an address, number or device; it joins nobody any more."""
    with opened_stores() as stores:
        now, language = stores.clock.now(), stores.settings.language
        if undo:
            stores.write(lambda c: sharing.unshare(c, kind, value))
        else:
            stores.write(lambda c: sharing.share(c, kind, value, by, now))
    ja = (
        "共有ではありません。次に名乗ったお客様のものになります。"
        if undo
        else "共有として登録しました。お客様を結びつけません。"
    )
    en = "is not shared; whoever names it next has it." if undo else "is shared; it joins nobody."
    out.print(phrase(language, ja=f"{kind} は{ja}", en=f"The {kind} {en}"), markup=False)


def show(one: Judged, language: Language) -> None:
    """A pair that a comparison found."""
    sign = phrase(language, ja="統合", en="joined") if one.automatic else phrase(language, ja="要確認", en="to look at")
    told = "、" if language == "ja" else ", "
    reasons = told.join(linking.said(one.agreement, language))
    out.print(f"{sign}  {one.probability:.4f}  {one.pair.left} ＝ {one.pair.right}  {reasons}", markup=False)


def show_match(one: Match, language: Language) -> None:
    """A pair of the queue."""
    told = "、" if language == "ja" else ", "
    reasons = told.join(linking.reasons(one, language))
    by = f" ({one.decided_by})" if one.decided_by else ""
    out.print(f"{one.id}  {one.status}{by}  {one.score:.4f}  {reasons}", markup=False)


def summary(merged: int, queued: int, compared: int, *, check: bool, language: Language) -> str:
    """What a comparison came to, in a sentence."""
    if check:
        return phrase(
            language,
            ja=f"{compared:,}人を比べました。実行すると {merged:,} 組を統合し、{queued:,} 組を確認待ちにします"
            "（何も書き込んでいません）。",
            en=f"{counted(compared, 'customer')} compared: {counted(merged, 'pair')} would be joined, "
            f"{queued:,} shown to people. Nothing was written.",
        )
    return phrase(
        language,
        ja=f"{compared:,}人を比べ、{merged:,} 組を統合し、{queued:,} 組を確認待ちにしました。",
        en=f"{counted(compared, 'customer')} compared: {counted(merged, 'pair')} joined, {queued:,} wait for a person.",
    )
