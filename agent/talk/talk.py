"""A talk: what a conversation has come to, so that "make it 15 % instead" has something to build on."""

from domain.frozen import Frozen

MOST = 12
"""How many directives and exchanges a talk remembers."""


class Masked(Frozen):
    """Words that a model must not see, and the name that they go by in this talk; `customer` is whose they are."""

    name: str
    words: str
    customer: str | None = None


class Exchange(Frozen):
    """What was said and answered, as a model may see it: with names in the place of people."""

    said: str
    answered: str


class Talk(Frozen):
    """The memory of one conversation of one person."""

    directives: tuple[str, ...] = ()
    """Those given or looked at, the last one last."""
    customer: str | None = None
    """Whom the last question was about."""
    last: str | None = None
    """The kind of the last errand."""
    masks: tuple[Masked, ...] = ()
    exchanges: tuple[Exchange, ...] = ()

    @property
    def directive(self) -> str | None:
        """The one that "it" means."""
        return self.directives[-1] if self.directives else None

    def about(self, *directives: str) -> "Talk":
        """The talk with these as the ones spoken of last."""
        kept = [one for one in self.directives if one not in directives]
        return self.model_copy(update={"directives": (*kept, *directives)[-MOST:]})

    def with_(self, **changes: object) -> "Talk":
        """The talk with some fields replaced."""
        return self.model_copy(update=changes)

    def exchanged(self, said: str, answered: str) -> "Talk":
        """The talk with one more exchange."""
        return self.with_(exchanges=(*self.exchanges, Exchange(said=said, answered=answered))[-MOST:])
