"""What a brief is made from: one reading of the records, and the words for dates and names."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from agent.handover.brief import Reader
from domain.consent import Consent
from domain.contact import Contact
from domain.customer import Customer, Record
from domain.language import Language, phrase
from domain.memory import Distance, Memory
from domain.offer import Offer
from policies.inspection.matters import touches
from policies.inspection.persons import is_of, names_in, others
from policies.wording import MONTHS_EN
from tools.distill.vocabulary import topics

MOST_CHARACTERS = 120
OPEN_TICKET = "open_ticket"


@dataclass(frozen=True, slots=True)
class Known:
    """What is recorded of one customer as of now, and who reads it in which language."""

    reader: Reader
    language: Language
    now: datetime
    zone: ZoneInfo
    record: Record
    ledger: tuple[Consent, ...]
    memories: tuple[Memory, ...]
    """Those that stand, newest first."""
    offers: dict[str, Offer]

    @property
    def customer(self) -> Customer:
        """Whose brief it is."""
        return self.record.customer

    @property
    def in_trouble(self) -> bool:
        """Whether they wait for help from us."""
        ticket = any(memory.source == "ticket" for memory in self.memories)
        return ticket or OPEN_TICKET in self.customer.tags or self.record.features.open_ticket

    @property
    def is_business(self) -> bool:
        """Whether we speak to them as somebody in a company."""
        return "b2b" in self.customer.tags or any(self.customer.attributes.get(name) for name in ("role", "industry"))

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """What we sent unasked, the latest first."""
        sent = (one for one in self.record.contacts if one.pushed and one.state != "released")
        return tuple(sorted(sent, key=lambda one: one.at, reverse=True))

    def of(self, *distances: Distance) -> list[Memory]:
        """The memories of these distances that may be shown: nothing sensitive, nobody's presents."""
        return [one for one in self.memories if one.distance in distances and not (one.sensitive or one.gift)]

    def say(self, ja: str, en: str) -> str:
        """The sentence in the reader's language."""
        return phrase(self.language, ja=ja, en=en)

    def day(self, at: datetime | date) -> str:
        """A day as it is spoken of; the year where it is another one."""
        today = self.now.astimezone(self.zone).date()
        day = at.astimezone(self.zone).date() if isinstance(at, datetime) else at
        ja, en = f"{day.month}月{day.day}日", f"{day.day} {MONTHS_EN[day.month - 1]}"
        return self.say(ja, en) if day.year == today.year else self.say(f"{day.year}年{ja}", f"{en} {day.year}")

    def called(self, memory: Memory) -> str | None:
        """What a memory is about in the reader's language, None where no word of ours names it."""
        offer, topic = self.offers.get(memory.offer_id or ""), topics().get(memory.topic or "")
        name = offer.name if offer else topic.words if topic else None
        return name.either(self.language) or None if name else None

    def quoted(self, words: str) -> str:
        """Somebody's words between quotation marks of ours, theirs made inner ones and long ones cut."""
        inner = (
            words.replace("「", "『").replace("」", "』")
            if self.language == "ja"
            else words.replace("“", "‘").replace("”", "’")
        )
        cut = inner if len(inner) <= MOST_CHARACTERS else f"{inner[: MOST_CHARACTERS - 1]}…"
        return self.say(f"「{cut}」", f"“{cut}”")

    def names_others(self, words: str) -> bool:
        """Whether the words name a person who is not the customer."""
        own = [name.lower() for name in (self.customer.display_name,) if name]
        named = any(not is_of(name, own) for _, name in names_in(words))
        return named or any(name in words for name in others(self.customer.attributes))

    def showable(self, words: str) -> bool:
        """Whether this reader may see somebody's words: nothing sensitive, and outside sales nobody else's name."""
        return not touches(words) and (self.reader == "sales" or not self.names_others(words))
