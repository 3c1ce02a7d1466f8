"""keys: who may use the service; a key belongs to a person or system and has one role."""

from typing import Annotated

import typer

from api.commands.opening import opened_stores
from api.commands.printing import minute, notes, out, show_table
from domain.channel import Channel
from domain.errors import Malformed, NotFound
from records import keys
from records.keys import ROLES, Role

app = typer.Typer(no_args_is_help=True, help="Make, list and revoke keys.")


@app.command()
def add(
    role: Annotated[str, typer.Option(help="One of " + ", ".join(ROLES) + ".")],
    person: Annotated[str, typer.Option(help="The person or system that the key belongs to.")],
    channels: Annotated[str | None, typer.Option(help="Limits a channel key to these, with commas.")] = None,
) -> None:
    """Makes a key and prints it once, alone on the last line; only its hash is kept."""
    chosen, limited = role_of(role), channels_of(channels)
    with opened_stores() as stores:
        token = stores.write(lambda c: keys.add(c, chosen, person, limited, stores.clock.now()))
    notes.print(f"A key with the role {role} for {person}. Keep it safe: it cannot be shown again.", markup=False)
    out.print(token, markup=False)


@app.command("list")
def list_keys() -> None:
    """Lists every key without its secret part."""
    with opened_stores() as stores:
        found = stores.read(keys.list_all)
    show_table(
        ("id", "person", "role", "channels", "made", "revoked"),
        (
            (key.id, key.person, key.role, " ".join(key.channels), minute(key.created_at), minute(key.revoked_at))
            for key in found
        ),
    )


@app.command()
def revoke(key: Annotated[str, typer.Argument(help="The id of the key, as ./tact keys list shows it.")]) -> None:
    """Ends a key; a running service refuses it within two seconds."""
    with opened_stores() as stores:
        ended = stores.write(lambda c: keys.revoke(c, key, stores.clock.now()))
    if not ended:
        raise NotFound("key in force", key)
    out.print(f"The key {key} is revoked.", markup=False)


def role_of(name: str) -> Role:
    """The role of that name."""
    for role in ROLES:
        if role == name:
            return role
    raise Malformed("--role", name, f"give one of {', '.join(ROLES)}.")


def channels_of(text: str | None, option: str = "--channels") -> list[Channel]:
    """The channels in a list with commas, none where the option was left out; an empty list would mean them all."""
    names = named_in(text, option)
    for name in names:
        if name not in tuple(Channel):
            raise Malformed(option, name, f"give some of {', '.join(Channel)}.")
    return [Channel(name) for name in names]


def one_channel(text: str | None, option: str = "--channel") -> Channel | None:
    """The channel of an option that takes one, None where it was left out."""
    found = channels_of(text, option)
    if len(found) > 1:
        raise Malformed(option, text, "give one channel at a time.")
    return found[0] if found else None


def named_in(text: str | None, option: str) -> list[str]:
    """The names in a list with commas; raises Malformed for a list that names nothing."""
    names = [name.strip() for name in (text or "").split(",") if name.strip()]
    if text is not None and not names:
        raise Malformed(option, text, "it names nothing. Leave the option out, or give a name.")
    return names
