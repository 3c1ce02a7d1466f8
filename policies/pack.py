"""A pack: rules that ship with the product for one legal area, to be reviewed by the user's own counsel."""

from pathlib import Path

from domain.frozen import Frozen
from domain.language import Text
from policies.rules import AnyRule

PACKS = Path(__file__).parent / "playbook" / "packs"


class Pack(Frozen):
    """The defaults of one legal area; its rules are law, which no exception loosens."""

    id: str
    name: Text
    note: Text
    rules: tuple[AnyRule, ...]


def pack_names() -> tuple[str, ...]:
    """The packs that ship, in the order of the alphabet."""
    return tuple(sorted(path.stem for path in PACKS.glob("*.yaml")))
