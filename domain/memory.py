"""A memory: one short fact about a customer, with where it came from."""

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
    sensitive: bool = False
    gift: bool = False
    expires_at: AwareDatetime | None = None
    vector: bytes | None = Field(None, repr=False)
    """float16, as many values as the embedding has."""
