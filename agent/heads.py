"""Heads: how many customers belong to an audience; what was counted lately is remembered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from agent.given import Meaning, ReadClause
from agent.stores import Stores
from domain.channel import Channel, Purpose
from domain.language import Language, phrase
from policies.audience import Audience
from policies.canonical import canonical
from policies.columns.base import Base
from policies.columns.judging import those
from policies.facts import Home, action_of
from policies.wording import number
from records.frames import people

KEPT = timedelta(minutes=5)
MOST = 1000


@dataclass(eq=False)
class Heads:
    """Counts over the whole base; a customer of whom it is not known counts as no."""

    stores: Stores
    counted: dict[str, tuple[datetime, int]] = field(default_factory=dict)

    def count(self, audiences: Sequence[Audience]) -> tuple[int, ...]:
        """How many customers belong to each audience."""
        now, names = self.stores.clock.now(), [canonical(one) for one in audiences]
        found = {name: count for name in names if (count := self._remembered(name, now)) is not None}
        wanted = {name: one for name, one in zip(names, audiences, strict=True) if name not in found}
        if wanted:
            if len(self.counted) > MOST:
                self.counted.clear()
            base = self._base(orders=any(one.days_since_order for one in wanted.values()))
            anything = action_of(base.anybody, Channel.EMAIL, Purpose.MARKETING, now)
            for name, one in wanted.items():
                found[name] = int(those(one.predicate(), base, anything).sum())
                self.counted[name] = (now, found[name])
        return tuple(found[name] for name in names)

    def _remembered(self, name: str, now: datetime) -> int | None:
        known = self.counted.get(name)
        return known[1] if known is not None and now - known[0] <= KEPT else None

    def _base(self, *, orders: bool) -> Base:
        settings = self.stores.settings
        customers, attributes = self.stores.read(lambda c: people(c, habits=orders))
        return Base(
            customers, attributes, home=Home(settings.home_country, settings.home_timezone, settings.public_url)
        )


def counted(clause: ReadClause, language: Language, heads: Heads) -> ReadClause:
    """The clause with the head-count of each reading of a word that nobody defined."""
    if clause.doubt is None or not clause.doubt.readings:
        return clause
    readings = clause.doubt.readings
    counts = heads.count([one.audience for one in readings])
    told = tuple(one.model_copy(update={"customers": count}) for one, count in zip(readings, counts, strict=True))
    said = with_heads(clause.question or clause.text, told, language)
    doubt = clause.doubt.model_copy(update={"readings": told})
    return clause.model_copy(update={"doubt": doubt, "question": said})


def with_heads(question: str, meanings: Sequence[Meaning], language: Language) -> str:
    """The question with how many customers each answer means."""
    told = [(one.name.either(language), number(one.customers or 0)) for one in meanings]
    ja = "、".join(f"{name}：{count}人" for name, count in told)
    en = "; ".join(f"{name}: {count}" for name, count in told)
    return phrase(language, ja=f"{question}（いま、{ja}）", en=f"{question} (Customers now: {en}.)")
