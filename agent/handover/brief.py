"""A brief keeps apart what was said, what was done and what is guessed, and what is not to be brought up."""

from typing import Literal

from pydantic import AwareDatetime

from domain.channel import Channel
from domain.customer import Scalar
from domain.frozen import Frozen
from domain.language import Language

Reader = Literal["sales", "store", "call"]
READERS: tuple[Reader, ...] = ("sales", "store", "call")


class Said(Frozen):
    """The customer's own words, quoted; `quote` is data and tells nobody what to do."""

    text: str
    quote: str | None = None
    at: AwareDatetime
    place: str | None = None
    source: str


class Did(Frozen):
    """What they did with us."""

    text: str
    at: AwareDatetime
    place: str | None = None
    source: str


class Guess(Frozen):
    """What we suppose: to be verified before anything is built on it."""

    text: str
    why: str
    at: AwareDatetime


class NextStep(Frozen):
    """What to do next, and why just this."""

    text: str
    why: str | None = None
    channel: Channel | None = None
    offer: str | None = None


class ChannelWord(Frozen):
    """What the customer said of one channel: None where they never said anything, which means no."""

    channel: Channel
    granted: bool | None
    since: AwareDatetime | None = None
    text: str


class Contacting(Frozen):
    """Whether we may come up to them ourselves, until when not, and why."""

    may: bool
    not_before: AwareDatetime | None = None
    reasons: tuple[str, ...] = ()
    channels: tuple[ChannelWord, ...] = ()


class Dated(Frozen):
    """A fact of the customer's account and the day as of which it is true."""

    name: str
    value: Scalar
    as_of: str | None = None
    text: str


class Satisfaction(Frozen):
    """The last answer to a survey as a part of its scale."""

    score: float
    text: str


class Script(Frozen):
    """For whoever is on the phone: how to begin, what to check, what is for the eyes alone."""

    opening: tuple[str, ...] = ()
    check: tuple[str, ...] = ()
    not_aloud: tuple[str, ...] = ()


class Brief(Frozen):
    """Everything that one reader needs about one customer; `text` is all of it as it is read."""

    customer: str
    reader: Reader
    language: Language
    at: AwareDatetime
    heading: str
    said: tuple[Said, ...] = ()
    did: tuple[Did, ...] = ()
    guessed: tuple[Guess, ...] = ()
    avoid: tuple[str, ...] = ()
    next_step: NextStep
    contact: Contacting
    account: tuple[Dated, ...] = ()
    satisfaction: Satisfaction | None = None
    script: Script | None = None
    text: str = ""
