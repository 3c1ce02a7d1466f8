"""version: which Tact this is."""

from api import VERSION
from api.commands.printing import out


def version() -> None:
    """Prints the version."""
    out.print(f"tact {VERSION}")
