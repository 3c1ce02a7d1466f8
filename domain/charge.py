"""A charge: what one message adds to a tally of the house, such as a budget's month."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Charge:
    """So much on the tally under `key`; `until` is the instant (microseconds) at which its period is over."""

    key: str
    amount: Decimal
    until: int | None = None
    """None: the tally runs for ever."""

    @property
    def rule(self) -> str:
        """The rule that counts here: what stands before the period in the key."""
        return self.key.rpartition("|")[0]
