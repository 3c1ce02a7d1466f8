"""Ahead: a model's words for one customer as they are kept until an ask takes them; slots are still empty in them."""

from dataclasses import asdict

from pydantic import TypeAdapter

from agent.state import Candidate, Penned
from domain.channel import Channel
from domain.frozen import Frozen
from domain.variant import Variant
from records.prepared import Prepared
from tools.brief import Brief

PENNED = TypeAdapter(Penned)


class Ahead(Frozen):
    """Words for one offer on one channel, and the brief that they were written from."""

    offer: str
    channel: Channel
    brief: str
    variant: Variant
    penned: Penned

    def suits(self, candidate: Candidate, brief: Brief) -> bool:
        """Whether these are words for just this candidate, and what they were written from is still so."""
        return (self.offer, self.channel, self.brief) == (
            candidate.offer.id,
            candidate.action.channel,
            brief.digest,
        )


def pack(ahead: Ahead) -> bytes:
    """The words as JSON, for the store to encrypt."""
    return ahead.model_dump_json(by_alias=True, exclude_defaults=True).encode()


def unpack(prepared: Prepared) -> Ahead:
    """What pack() wrote, under the id that it is kept by."""
    ahead = Ahead.model_validate_json(prepared.document)
    told = asdict(ahead.penned) | {"prepared": prepared.id, "ended": None}
    return ahead.model_copy(update={"penned": PENNED.validate_python(told)})
