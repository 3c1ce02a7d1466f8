"""Found: what came of an errand: the words for the marketer, and beside them what a model may be told of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from agent.conductor import Conductor
from agent.instruments import Instruments
from agent.pool import Pool
from agent.stores import Stores
from agent.talk.talk import Talk
from domain.language import Language, phrase
from policies.zones import known_zone
from records.connection import Connection

T = TypeVar("T")
Facts = dict[str, "Fact"]
Fact = str | int | float | bool | None | list["Fact"] | dict[str, "Fact"]


class Free(str):
    """Text that a person wrote: whatever it says about people is masked before a model sees it."""

    __slots__ = ()


class Person(str):
    """The id of a customer: a model sees a name made up for this talk in its place."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The words for the marketer; `facts` is what a model is told, every name and free text marked as such."""

    words: str
    facts: Facts = field(default_factory=dict)
    directives: tuple[str, ...] = ()
    """Those that were given or looked at."""
    customer: str | None = None
    """Whom it was about."""
    kept: tuple[str, ...] = ()
    """The drafts that it kept."""
    foreign: bool = False
    """Whether the facts hold texts that came from elsewhere than this talk."""
    understood: bool = True


@dataclass(frozen=True, slots=True)
class Rest:
    """What takes the vector store: likeness, and trying out what would be decided now."""

    instruments: Instruments
    conductor: Conductor


@dataclass(frozen=True, slots=True)
class Counter:
    """Where an errand is run: for whom, in which language, on what."""

    stores: Stores
    pool: Pool
    person: str | None
    language: Language
    now: datetime
    talk: Talk
    rest: Rest | None = None
    why_alone: str = ""
    """Why there is no rest, where there is none."""

    @property
    def zone(self) -> ZoneInfo:
        """The clock at home."""
        return known_zone(self.stores.settings.home_timezone)

    def say(self, ja: str, en: str) -> str:
        """The sentence in the marketer's language."""
        return phrase(self.language, ja=ja, en=en)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Runs `work` on one consistent snapshot, in the pool."""
        return await self.pool.run(lambda: self.stores.read(work))

    def when(self, at: datetime) -> str:
        """An instant on the clock at home."""
        local = at.astimezone(self.zone)
        return self.say(
            f"{local.month}月{local.day}日{local.hour}時{local.minute:02d}分", f"{local.day} {local:%B %H:%M}"
        )


def aside(text: str, language: Language) -> str:
    """A remark in brackets."""
    return phrase(language, ja=f"（{text}）", en=f" ({text})")


def quoted(text: str, language: Language) -> str:
    """Somebody's words in quotes."""
    return phrase(language, ja=f"「{text}」", en=f"“{text}”")


def lines(*found: str) -> str:
    """Those of the lines that say something."""
    return "\n".join(line for line in found if line)


def bullets(words: list[str], most: int, language: Language) -> str:
    """A list of at most so many lines, and how many there are more."""
    dot = phrase(language, ja="・", en="- ")
    shown = [dot + one for one in words[:most]]
    left = len(words) - most
    if left > 0:
        shown.append(phrase(language, ja=f"…ほか{left}件", en=f"… and {left} more"))
    return "\n".join(shown)
