"""The desk: one message laid out beside everything the record knows about it."""

from dataclasses import dataclass
from functools import cached_property

from domain.message import Message
from domain.offer import Offer
from domain.sender import Sender
from policies.checking.ledger import Ledger, ledger_of
from policies.checking.sheet import Piece, Sheet, sheet_of
from policies.facts import Action, Situation


@dataclass(frozen=True)
class Desk:
    """A message, who it is from and to, and what it is about; the rest is worked out once."""

    sender: Sender
    s: Situation
    a: Action
    message: Message

    @cached_property
    def sheet(self) -> Sheet:
        """The message part by part."""
        return sheet_of(self.message)

    @cached_property
    def ledger(self) -> Ledger:
        """What may be stated."""
        return ledger_of(self.sender, self.s, self.a)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The parts in plain text."""
        return self.sheet.pieces

    @property
    def offers(self) -> tuple[Offer, ...]:
        """The offer that the message is about, and those that it lists."""
        return tuple(offer for offer in (self.a.offer, *self.a.items) if offer is not None)
