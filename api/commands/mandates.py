"""mandates: for whom each person speaks, and what they may give instructions about."""

from typing import Annotated, get_args

import typer
from pydantic import ValidationError

from agent import mandates
from api.commands.opening import opened_stores
from api.commands.printing import out
from domain.errors import Malformed
from domain.language import Language, Text
from policies.audience import Audience
from policies.mandate import Mandate, Office, Permit
from tools.offers import SHOP

app = typer.Typer(no_args_is_help=True, help="Say for whom each person speaks: headquarters, a store or an agency.")

Person = Annotated[str, typer.Argument(help="The person, as their keys name them.")]


@app.command(name="set")
def give(
    person: Person,
    office: Annotated[str, typer.Option(help="headquarters, store or agency.")],
    name: Annotated[str | None, typer.Option(help="What the office is called, such as 銀座店.")] = None,
    shop: Annotated[str | None, typer.Option(help="The shop whose customers it decides about, such as ginza.")] = None,
    may: Annotated[
        str | None,
        typer.Option(help='Or as JSON: {"audience": {"regions": ["東京都"]}, "channels": ["line"], "offers": {…}}.'),
    ] = None,
) -> None:
    """Gives a person a mandate, in the place of any other: directives of theirs reach no further."""
    mandate = mandate_from(office, name, shop, may)
    with opened_stores() as stores:
        mandates.give_mandate(stores, person, mandate, stores.clock.now())
        tell(person, mandate, stores.settings.language)


@app.command(name="list")
def list_all() -> None:
    """Lists every person with a mandate; whoever has none speaks for headquarters."""
    with opened_stores() as stores:
        for person, mandate in mandates.all_mandates(stores):
            tell(person, mandate, stores.settings.language)


@app.command()
def end(person: Person) -> None:
    """Takes a mandate away."""
    with opened_stores() as stores:
        mandates.end_mandate(stores, person)
    out.print(f"{person} has no mandate any more.", markup=False)


def mandate_from(office: str, name: str | None, shop: str | None, may: str | None) -> Mandate:
    """The mandate that the options say; raises Malformed for what is none."""
    known: Office | None = next((one for one in get_args(Office) if one == office), None)
    if known is None:
        raise Malformed("--office", office, f"choose one of {', '.join(get_args(Office))}.")
    if shop is not None and may is not None:
        raise Malformed("--may", may, "give either --shop or --may.")
    try:
        permit = Permit.model_validate_json(may) if may is not None else Permit()
    except ValidationError as error:
        raise Malformed(
            "--may", may, f"{error.errors()[0]['msg']}. Write JSON with audience, channels, scenes or offers."
        ) from error
    if shop is not None:
        permit = Permit(audience=Audience(tags=frozenset({SHOP + shop.removeprefix(SHOP)})))
    if known != "headquarters" and permit.everything:
        raise Malformed(
            "--may", may, "a store or an agency decides about something in particular: give --shop or --may."
        )
    return Mandate(office=known, name=Text(ja=name, en=name) if name else None, may=permit)


def tell(person: str, mandate: Mandate, language: Language) -> None:
    """Prints a mandate on one line."""
    out.print(f"{person}: {mandate.office}, {mandate.called(language)}, {mandate.said(language)}", markup=False)
