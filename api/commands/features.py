"""features: what a customer's behaviour comes to, derived anew as time goes by, and rebuilt from events."""

from typing import Annotated

import typer
from rich.cells import cell_len, set_cell_size
from rich.text import Text

from agent.recounting import recount_all, recount_one, refresh, stages_in_force
from api.commands.opening import opened_stores
from api.commands.printing import out, progress_bars, show_parts
from api.features_view import explain
from domain.errors import NotFound
from domain.language import counted
from records import profiles

app = typer.Typer(
    no_args_is_help=True, help="What behaviour comes to: show it, derive it anew, rebuild it from events."
)
MOST_NAMED = 20


@app.command("show")
def show(customer: Annotated[str, typer.Argument(help="The id of a customer.")]) -> None:
    """Says what is known of a customer's behaviour, and why they are in their stage."""
    with opened_stores() as stores:
        found = stores.read(lambda c: (profiles.customer(c, customer), profiles.features(c, customer)))
        if found[0] is None:
            raise NotFound("customer", customer)
        language, stages = stores.settings.language, stages_in_force(stores)
        told = explain(found[0], found[1], stages, stores.clock.now(), stores.zone_of(found[0]), language)
    out.print(told.stage, markup=False)
    widest = max((cell_len(fact.name) for fact in told.facts), default=0)
    show_parts(out, (Text(f"{set_cell_size(fact.name, widest)}  {fact.text}") for fact in told.facts))


@app.command("refresh")
def refresh_features() -> None:
    """Derives the features that time alone has changed; the service does it by itself, a minute at most behind."""
    with opened_stores() as stores:
        changes = refresh(stores, stages_in_force(stores), pages=1_000_000)
    for change in changes:
        out.print(f"{change.customer_id}: {change.before or '–'} → {change.after}", markup=False)
    out.print(f"In another stage: {counted(len(changes), 'customer')}.")


@app.command("rebuild")
def rebuild(
    customer: Annotated[str | None, typer.Option(help="The id of one customer; else all of them.")] = None,
) -> None:
    """Works out anew what events add up to, and says whose sum was another one; stopping it loses nothing.

    Customers who were imported and have no event yet are derived as well: from then on their stage follows time.
    """
    with opened_stores() as stores:
        if customer is not None:
            found = recount_one(stores, customer)
        else:
            with progress_bars() as bars:
                task = bars.add_task("customers", total=None)
                found = recount_all(stores, lambda done, all: bars.update(task, completed=done, total=all))
    for id in found.different[:MOST_NAMED]:
        out.print(f"{id}: another sum than was kept", markup=False)
    out.print(f"{counted(found.customers, 'customer')} recounted, {len(found.different):,} with another sum.")
