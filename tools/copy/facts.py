"""The facts that a template may state, each already in its surface form.

A fact that is unknown, or may not be stated on this channel, is missing: a template that states it anyway is an error.
Values are worked out when a template asks for them, because most templates ask for three.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta, tzinfo

from domain.channel import Channel
from domain.customer import Scalar
from domain.language import Language
from domain.memory import Distance, Memory
from domain.sender import Sender
from tools import wording
from tools.copy.distance import FIGURES, LOCK_SCREEN, WORDABLE, may_word
from tools.copy.offer_words import Fact, OfferWords, Words
from tools.copy.slots import Slots, clean_name

FRESH = timedelta(days=1)
"""Account figures older than this are not stated: they may have changed."""
TASTES = frozenset({"survey", "profile", "preference", "preferences"})
SAVED = frozenset({"favourites", "favorites", "favourite", "wishlist"})
ASKED = frozenset({"question", "webinar", "inquiry"})


class AccountWords(Words):
    """The customer's own figures, where the channel may state them and they are fresh."""

    __slots__ = ("_figures",)
    fact = "account"

    def __init__(
        self, figures: Mapping[str, Scalar], channel: Channel, language: Language, today: date, zone: tzinfo
    ) -> None:
        super().__init__(language, today, zone)
        self._figures = figures if channel in FIGURES else {}

    def __getattr__(self, name: str) -> Fact:
        value = None if name.startswith("_") else self._stated(name)
        if value is None:
            raise AttributeError(name)
        return value

    def _stated(self, name: str) -> Fact | None:
        value = self._figures.get(name)
        if name == "points" and not (value and self._fresh("points_at")):
            return None
        if name == "points_expire" and not self._ahead(value):
            return None
        return self._scalar(name, value)

    def _fresh(self, name: str) -> bool:
        at = self._figures.get(name)
        read = wording.read_date(at[:10]) if isinstance(at, str) else None
        return read is not None and read >= self._today - FRESH

    def _ahead(self, value: Scalar) -> bool:
        last = wording.read_date(value) if isinstance(value, str) else None
        return last is not None and last >= self._today


class MemoryWords:
    """What one memory allows to be said: always `word`, and one name that says how we know it."""

    __slots__ = ("_ways",)
    fact = "memory"

    def __init__(self, memory: Memory | None) -> None:
        self._ways: dict[str, str] = {}
        if memory is not None and memory.word is not None:
            self._ways = {"word": memory.word, _way(memory): memory.word}

    def __getattr__(self, name: str) -> str:
        if name.startswith("_") or name not in self._ways:
            raise AttributeError(name)
        return self._ways[name]


def _way(memory: Memory) -> str:
    """How we know it, as the name of a fact: taste, saved, asked, told, bought or viewed."""
    if memory.source in SAVED:
        return "saved"
    if memory.distance is Distance.TRACE:
        return "viewed"
    if memory.distance is Distance.DID_WITH_US:
        return "bought"
    if memory.source in ASKED:
        return "asked"
    return "taste" if memory.source in TASTES else "told"


class Flags:
    """Facts that are true or not known: a template asks for them in its needs."""

    __slots__ = ("_names", "fact")

    def __init__(self, fact: str, names: frozenset[str]) -> None:
        self.fact, self._names = fact, names

    def __getattr__(self, name: str) -> bool:
        if name.startswith("_") or name not in self._names:
            raise AttributeError(name)
        return True


def _cart(slots: Slots, channel: Channel) -> Flags:
    """What may be said of the cart: `mine`, that there is one; `offer`, that the offer lies in it."""
    items = slots.moment.cart.items if slots.moment.cart else ()
    if not items or not WORDABLE[channel] or channel is Channel.CALL:
        return Flags("cart", frozenset())
    inside = any(item.offer == slots.offer.id for item in items) and channel not in LOCK_SCREEN
    return Flags("cart", frozenset({"mine", "offer"} if inside else {"mine"}))


def _call(slots: Slots) -> Flags:
    """Who called: `inbound` or `outbound`."""
    direction = slots.moment.direction or "outbound"
    return Flags("call", frozenset({direction}))


def _hello(name: str | None, sender: str, language: Language) -> str:
    """Who speaks, in one line that stands without a name as well."""
    if language == "ja":
        return f"{name}様、{sender}です。" if name else f"{sender}です。"
    return f"Hello {name}, this is {sender}." if name else f"Hello, this is {sender}."


class SenderWords:
    """The company in the words of one language."""

    __slots__ = ("address", "hours", "legal_name", "name", "phone", "site")
    fact = "sender"

    def __init__(self, sender: Sender, language: Language) -> None:
        self.name, self.legal_name = sender.name.either(language), sender.legal_name.either(language)
        self.address, self.hours = sender.address.either(language), sender.hours.either(language)
        self.phone, self.site = sender.phone, sender.site


class Facts(Mapping[str, object]):
    """Everything that one message on one channel may state, by name: each is made when it is first asked for."""

    __slots__ = ("_made", "channel", "memory", "slots")

    def __init__(self, slots: Slots, channel: Channel) -> None:
        memory = slots.memory
        if memory is not None and not may_word(memory, channel, slots.offer, slots.language, slots.today, slots.zone):
            memory = None
        self.slots, self.channel, self.memory = slots, channel, memory
        self._made: dict[str, object] = {}

    def __getitem__(self, name: str) -> object:
        if name not in self._made:
            self._made[name] = GROUPS[name](self)
        return self._made[name]

    # Those of every mapping take a fault in the making of a fact for a fact that is not known.
    def get(self, name: str, default: object = None) -> object:
        """The fact of that name, `default` where there is no such name."""
        return self[name] if name in GROUPS else default

    def __contains__(self, name: object) -> bool:
        return name in GROUPS

    def __iter__(self) -> Iterator[str]:
        return iter(GROUPS)

    def __len__(self) -> int:
        return len(GROUPS)

    def known(self, fact: str) -> bool:
        """Whether a fact such as `offer.price` can be stated."""
        group, _, name = fact.partition(".")
        value = self.get(group)
        return value is not None and (not name or hasattr(value, name))


def _named(facts: Facts) -> str | None:
    return clean_name(facts.slots.name) if WORDABLE[facts.channel] else None


def _offered(facts: Facts) -> OfferWords:
    slots = facts.slots
    return OfferWords(slots.offer, slots.language, slots.today, slots.zone)


def _figures(facts: Facts) -> AccountWords:
    slots = facts.slots
    return AccountWords(slots.account, facts.channel, slots.language, slots.today, slots.zone)


def _greeting(facts: Facts) -> str:
    return _hello(_named(facts), facts.slots.sender.name.either(facts.slots.language), facts.slots.language)


GROUPS: Mapping[str, Callable[[Facts], object]] = {
    "name": _named,
    "offer": _offered,
    "account": _figures,
    "memory": lambda facts: MemoryWords(facts.memory),
    "cart": lambda facts: _cart(facts.slots, facts.channel),
    "call": lambda facts: _call(facts.slots),
    "sender": lambda facts: SenderWords(facts.slots.sender, facts.slots.language),
    "hello": _greeting,
    "several": lambda facts: len(facts.slots.items) > 1,
    "unsubscribe_url": lambda facts: facts.slots.unsubscribe_url,
    "preferences_url": lambda facts: facts.slots.preferences_url,
    "why_url": lambda facts: facts.slots.why_url,
}
