"""A memory: one short fact about a customer, with where it came from."""

from typing import Literal

from pydantic import AwareDatetime, Field

from domain.frozen import Frozen
from domain.word import Word


class Distance(Word):
    """How near a fact is to the customer's own words; deciding with it and wording it are two permissions."""

    TOLD_US = "told_us"
    DID_WITH_US = "did_with_us"
    TRACE = "trace"
    INFERRED = "inferred"
    BOUGHT_IN = "bought_in"


class Ended(Frozen):
    """Why a memory is not read any more, and since when; it is kept so that this can be explained."""

    at: AwareDatetime
    why: Literal["newer_word", "contradicted", "act_over_trace", "taken_back", "crowded_out", "forgotten"]
    by: str | None = None
    """The memory that took its place."""


class Memory(Frozen):
    """A fact in one sentence; `topic` is the category, product or taste it is about."""

    id: str
    customer_id: str
    text: str = Field(min_length=1, max_length=500)
    distance: Distance
    source: str
    at: AwareDatetime
    topic: str | None = None
    offer_id: str | None = None
    word: str | None = None
    """How copy may name the topic to the customer in their own language; None: it may not be worded."""
    quote: str | None = Field(None, max_length=500)
    """What somebody said or wrote, for people to read as a quotation: it is never worded and no model is told of it."""
    place: str | None = Field(None, max_length=100)
    """Where it was said or done, as the source names it; read by people alone, like a quotation."""
    against: bool = False
    """They do not want the topic: it speaks against what it is about."""
    sensitive: bool = False
    gift: bool = False
    expires_at: AwareDatetime | None = None
    ended: Ended | None = None
    vector: bytes | None = Field(None, repr=False)
    """float16, as many values as the embedding has."""
