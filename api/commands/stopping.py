"""stop and lift: the emergency switch, and how another person turns it back."""

from getpass import getuser
from typing import Annotated
from uuid import uuid4

import typer

from agent.rulebook import ensure_book, in_force
from agent.stores import Stores
from api.commands.keys import one_channel
from api.commands.opening import opened_stores
from api.commands.persons import ask_for_key, person_behind
from api.commands.printing import out
from domain.errors import Malformed
from domain.stop import Stop
from policies.book import Book
from records import stops


def stop(
    reason: Annotated[str, typer.Argument(help="Why, for whoever reads the holds.")],
    scene: Annotated[str | None, typer.Option(help="Only this scene.")] = None,
    channel: Annotated[str | None, typer.Option(help="Only this channel.")] = None,
    region: Annotated[str | None, typer.Option(help="Only this region.")] = None,
    key: Annotated[
        str | None, typer.Option(envvar="TACT_KEY", help="Your key; without one your login is noted.")
    ] = None,
) -> None:
    """Silences everything at once, or one scene, channel or region, in every running service."""
    if not reason.strip():
        raise Malformed("REASON", reason, "say why: whoever reads the holds sees it.")
    if region is not None and not region.strip():
        raise Malformed("--region", region, "name a region, or leave the option out to stop everywhere.")
    with opened_stores() as stores:
        refuse_unknown_scene(stores, scene)
        order = Stop(
            id=f"stop-{uuid4().hex[:12]}",
            reason=reason,
            by=person_behind(stores, key, "stop sending", ("marketer", "approver")).person
            if key
            else f"login {getuser()}",
            at=stores.clock.now(),
            scene=scene,
            channel=one_channel(channel),
            region=region,
        )
        stores.write(lambda c: stops.add(c, order))
    out.print(f"Stopped. Another person starts it again with: ./tact lift {order.id}", markup=False)


def lift(
    stop: Annotated[str, typer.Argument(help="The id of the stop.")],
    key: Annotated[str | None, typer.Option(envvar="TACT_KEY", help="The key of an approver.")] = None,
) -> None:
    """Starts sending again; needs the key of an approver who is not the one who stopped."""
    with opened_stores() as stores:
        approver = person_behind(stores, ask_for_key(key, "an approver"), "lift a stop", ("approver",))
        lifted = stores.write(lambda c: stops.lift(c, stop, approver.person, stores.clock.now()))
    out.print(f"{approver.person} lifted the stop {lifted.id} ({lifted.reason}). Sending goes on.", markup=False)


def refuse_unknown_scene(stores: Stores, scene: str | None) -> None:
    """A misspelt stop would silence nothing while somebody believes that it does."""
    if scene is None:
        return
    ensure_book(stores)
    kept = stores.read(in_force)
    known = Book.from_document(kept.version, kept.document).scenes
    if scene not in known:
        raise Malformed("--scene", scene, f"there is no such scene. Choose one of {', '.join(sorted(known))}.")
