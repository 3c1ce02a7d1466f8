"""Errands: what the desk can do for a marketer. None of them puts anything in force, or takes it out of force.

The grammar makes errands of sentences; a model calls them as tools, and its arguments are checked by the same types.
"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, TypeAdapter

from domain.channel import Channel
from domain.frozen import Frozen

LONGEST = 10_000
Words = Annotated[str, Field(min_length=1, max_length=LONGEST)]
Named = Annotated[str, Field(min_length=1, max_length=200)]
Status = Literal["draft", "approved", "rejected", "retired"]


class Errand(Frozen):
    """One thing to do or to find out."""

    writes: ClassVar[bool] = False
    """Whether it keeps a draft."""


class Give(Errand):
    """Keeps an instruction as a draft and reads it back. Nothing changes until another person approves it."""

    writes: ClassVar[bool] = True
    kind: Literal["give"] = "give"
    text: Words
    """The instruction in the marketer's own words."""


class Refine(Errand):
    """Changes the wording of a draft ("15 % instead"): keeps a new draft, the old one stays as it is."""

    writes: ClassVar[bool] = True
    kind: Literal["refine"] = "refine"
    change: Words
    """What is to be otherwise, in the marketer's own words."""
    directive: Named | None = None
    """Such as dir-3; the last one of this conversation where it is left out."""


class Simulate(Errand):
    """Says who would gain and who would lose a message by a draft, a rule in force, or an instruction not yet given."""

    kind: Literal["simulate"] = "simulate"
    subject: Named | None = None
    """A directive such as dir-3 or the id of a rule; the last one of this conversation where it is left out."""
    text: Words | None = None
    """An instruction to imagine; nothing is kept."""


class Compare(Errand):
    """Sets two directives, or two versions of the policy book, beside each other."""

    kind: Literal["compare"] = "compare"
    first: Named | None = None
    """A directive such as dir-3, or a version such as version-2; the one before the last where it is left out."""
    second: Named | None = None


class Explain(Errand):
    """Reads a directive or a rule back: what it does, examples at its bounds, what became of it."""

    kind: Literal["explain"] = "explain"
    subject: Named | None = None
    """A directive such as dir-3 or the id of a rule; the last one of this conversation where it is left out."""


class Directives(Errand):
    """Lists instructions and what became of each."""

    kind: Literal["directives"] = "directives"
    status: Status | None = None


class Rules(Errand):
    """Lists the rules in force, or those for one channel or about one thing."""

    kind: Literal["rules"] = "rules"
    channel: Channel | None = None
    about: Named | None = None
    """A word that their names or sentences hold, such as discount."""


class Findings(Errand):
    """Says what is probably not meant in the rules in force: contradictions, rules without effect."""

    kind: Literal["findings"] = "findings"


class Stops(Errand):
    """Says what the emergency switch silences at the moment."""

    kind: Literal["stops"] = "stops"


class Why(Errand):
    """Says what a customer was or was not sent lately, and by which rules."""

    kind: Literal["why"] = "why"
    customer: Named
    """The customer's name, id, e-mail address or phone number, or the id of a decision."""


class Changed(Errand):
    """Says what changed in a stretch of time: rules, directives, stops, offers, messages sent and held."""

    kind: Literal["changed"] = "changed"
    period: Named = "this week"
    """today, yesterday, this week, last week, this month, last month, last 7 days, or since 2026-11-20."""


class Audience(Errand):
    """Says which customers are nearest to a topic, and what they have in common."""

    kind: Literal["audience"] = "audience"
    topic: Named


class Help(Errand):
    """Says what the desk can do."""

    kind: Literal["help"] = "help"


class Hand(Errand):
    """What the desk leaves to people: putting in force, taking out of force, stopping. It says who can, and where."""

    kind: Literal["hand"] = "hand"
    act: Literal["approve", "reject", "retire", "roll_back", "stop", "lift"]
    subject: Named | None = None


class Unheard(Errand):
    """What was not understood."""

    kind: Literal["unheard"] = "unheard"
    text: str
    question: bool
    """Whether it sounded like a question rather than an instruction."""


AnyErrand = (
    Give
    | Refine
    | Simulate
    | Compare
    | Explain
    | Directives
    | Rules
    | Findings
    | Stops
    | Why
    | Changed
    | Audience
    | Help
    | Hand
    | Unheard
)
TOOLS: tuple[type[Errand], ...] = (
    Give,
    Refine,
    Simulate,
    Compare,
    Explain,
    Directives,
    Rules,
    Findings,
    Stops,
    Why,
    Changed,
    Audience,
)
"""What a model may call."""
ERRANDS: TypeAdapter[AnyErrand] = TypeAdapter(Annotated[AnyErrand, Field(discriminator="kind")])
