"""review: look at words that wait for a person, and let them go, change them or turn them down."""

from typing import Annotated

import typer

from agent import ruling
from agent.rewording import Rewording
from agent.ruling import Order
from agent.stores import Stores
from api.commands.letter import explanation_lines, message_frame
from api.commands.opening import opened_stores
from api.commands.persons import ask_for_key, person_behind
from api.commands.printing import out, show_parts
from api.reviews import ReviewView, view
from domain.language import Language, phrase
from records import reviews
from records.reviews import Review

app = typer.Typer(no_args_is_help=True, help="Words that wait for a person: look, approve, edit or reject.")

Id = Annotated[str, typer.Argument(help="The id of the review, such as r-d-….")]
Key = Annotated[str | None, typer.Option("--key", envvar="TACT_KEY", help="Your key.")]
Why = Annotated[str | None, typer.Option(help="What is wrong with the words; the next drafts learn from it.")]


@app.command(name="list")
def list_all(limit: Annotated[int, typer.Option(min=1, max=200, help="How many at most.")] = 50) -> None:
    """Lists what waits, the longest first."""
    with opened_stores() as stores:
        for one in stores.read(lambda c: reviews.waiting(c, stores.clock.now(), limit)).items:
            where = f"{one.scene or '-'} {one.channel.value if one.channel else '-'}"
            out.print(f"{one.id}  {one.kind:8} {where:28} {one.created_at:%Y-%m-%d %H:%M}", markup=False)


@app.command()
def show(id: Id) -> None:
    """Shows the words, why this customer, what wants a person to look, and what may be changed."""
    with opened_stores() as stores:
        ground, language = ruling.ground_beside(stores), stores.settings.language
        found = stores.read(lambda c: reviews.get(c, id))
        case = ruling.case_of(ground, found, language) if found.waits(ground.now) else None
        tell(view(ground, found, language, case), language)


@app.command()
def approve(id: Id, key: Key = None) -> None:
    """Lets the words go as they are: the channel gets them once every rule was asked again."""
    decide(id, key, Order(verdict="approve"))


@app.command()
def edit(
    id: Id,
    subject: Annotated[str | None, typer.Option(help="The subject of a mail.")] = None,
    preheader: Annotated[str | None, typer.Option(help="The line behind the subject.")] = None,
    title: Annotated[str | None, typer.Option(help="The title, on the web, in push, ads and signage.")] = None,
    body: Annotated[str | None, typer.Option(help="The words; \\[card] and \\[button] stay where they stand.")] = None,
    action: Annotated[str | None, typer.Option(help="The words on the button.")] = None,
    reason: Why = None,
    key: Key = None,
) -> None:
    """Lets the words go as you write them; they are read by every rule first."""
    words = Rewording(subject=subject, preheader=preheader, title=title, body=body, action=action)
    decide(id, key, Order(verdict="edit", copy=words, reason=reason))


@app.command()
def reject(id: Id, reason: Why = None, key: Key = None) -> None:
    """Turns the words down; your reason is kept for the next drafts."""
    decide(id, key, Order(verdict="reject", reason=reason))


def decide(id: str, key: str | None, order: Order) -> None:
    """Takes a verdict to the draft and says what became of it."""
    with opened_stores() as stores:
        by = person_behind(stores, ask_for_key(key, "a marketer"), "decide about drafts", ("marketer", "approver"))
        done = ruling.decide(ruling.ground_beside(stores), id, order, by.person, stores.settings.language)
        out.print(result(stores, done), markup=False)


def result(stores: Stores, done: Review) -> str:
    """What became of a draft, and where it is handed over."""
    language = stores.settings.language
    said = {
        "approved": phrase(language, ja="承認しました", en="approved"),
        "edited": phrase(language, ja="書き直して承認しました", en="edited and approved"),
        "rejected": phrase(language, ja="却下しました", en="rejected"),
    }[done.status]
    line = phrase(
        language, ja=f"{done.id}：{said}（{done.decided_by}）。", en=f"{done.id}: {said} ({done.decided_by})."
    )
    if done.kind == "variant" or done.status == "rejected":
        return line
    way = f"POST /v1/decisions/{done.subject}/deliver"
    return line + phrase(language, ja=f"チャネルが受け取ります：{way}", en=f" The channel gets it: {way}")


def tell(shown: ReviewView, language: Language) -> None:
    """Prints a review from top to bottom."""
    out.print(f"{shown.id} ({shown.status}, {shown.scene or '-'}, {shown.customer_id or shown.kind})", markup=False)
    for message in (*((shown.message,) if shown.message else ()), *shown.samples):
        show_parts(out, message_frame(message))
    for reason in shown.wanted:
        out.print(f"? {reason.text} ({reason.rule})", markup=False)
    for reason in shown.holds:
        out.print(f"✗ {reason.text} ({reason.rule})", markup=False)
    if shown.explanation is not None:
        show_parts(out, explanation_lines(shown.explanation, language))
    for name, words in parts(shown).items():
        out.print(f"--{name}: {words}", markup=False)


def parts(shown: ReviewView) -> dict[str, str]:
    """The parts that `edit` takes, as they read now."""
    copy = shown.copy_.model_dump() if shown.copy_ else {}
    return {name: words for name in Rewording.model_fields if isinstance(words := copy.get(name), str)}
