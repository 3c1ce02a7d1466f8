"""Persons at the command line: a key says who somebody is, as it does over HTTP."""

import sys

import typer

from agent.stores import Stores
from domain.errors import Malformed, NotPermitted
from records import keys
from records.keys import Key, Role


def ask_for_key(given: str | None, whose: str, option: str = "--key", variable: str = "TACT_KEY") -> str:
    """The key from the option or its environment variable, else typed without being shown."""
    if not given and not sys.stdin.isatty():
        why = f"give the key of {whose} with {option} or in {variable}; ./tact keys add makes one."
        raise Malformed("The key", None, why)
    typed: str = given or typer.prompt(f"The key of {whose}", hide_input=True)
    return typed.strip()


def person_behind(stores: Stores, token: str, action: str, roles: tuple[Role, ...]) -> Key:
    """Whose key this is; raises NotPermitted for an unknown key or another role."""
    key = stores.read(lambda c: keys.find(c, token))
    if key is None or key.role not in roles:
        raise NotPermitted(action, key.role if key else None, roles)
    return key
