"""Memories from purchase behaviour: regular habits become one short fact each.

Pure: rhythms in, memories out. Only what carries a habit is said (enough distinct days, regular gaps, still alive),
only the strongest few, and never a private category: a true sentence about health, alcohol or a baby is unwelcome too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.language import Text, phrase
from domain.memory import Distance, Memory

SOURCE = "purchase"
MOST = 5
FEWEST_DAYS = 6
WIDEST_SPREAD = 1.0
LONGEST_GAP = 60.0
ALIVE_GAPS = 3
ALIVE_AT_LEAST = timedelta(days=21)
LIFE = timedelta(days=180)
DAYS_UP_TO = 20


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How one customer buys from one category.

    `spread` is the interquartile range of the gaps over their median: 0 is clockwork, 1 is the edge of regular.
    `share` is the part of all customers that has this habit; what few share says more about one.
    """

    category: str
    words: Text
    private: bool
    days: int
    last_at: datetime
    gap_days: float | None
    spread: float | None
    share: float = 0.0

    def carries(self, now: datetime) -> bool:
        """Whether the habit is strong, regular and alive enough to be called one, and may be remembered at all."""
        if self.private or self.gap_days is None or self.spread is None or self.days < FEWEST_DAYS:
            return False
        alive = max(ALIVE_GAPS * timedelta(days=self.gap_days), ALIVE_AT_LEAST)
        return 1 <= self.gap_days <= LONGEST_GAP and self.spread <= WIDEST_SPREAD and now - self.last_at <= alive

    def weight(self) -> float:
        """How much the habit says about this customer: its days, less where many share it."""
        return self.days * (1.2 - self.share)


def distill(customer_id: str, rhythms: Sequence[Rhythm], language: str, now: datetime) -> tuple[Memory, ...]:
    """The few memories that `rhythms` carry at `now`, strongest first; the same rhythms always give the same ids."""
    habits = sorted(
        (rhythm for rhythm in rhythms if rhythm.carries(now)),
        key=lambda rhythm: (-rhythm.weight(), rhythm.category),
    )
    return tuple(_memory(customer_id, rhythm, language) for rhythm in habits[:MOST])


def sentence(rhythm: Rhythm, language: str) -> str | None:
    """The habit in one sentence, None where its category has no word in `language`."""
    word = rhythm.words.get(language)
    if word is None or rhythm.gap_days is None:
        return None
    days, weeks = round(rhythm.gap_days), round(rhythm.gap_days / 7)
    if days == 1:
        return phrase(language, ja=f"{word}をほぼ毎日購入", en=f"buys {word} almost every day")
    if days <= DAYS_UP_TO:
        return phrase(language, ja=f"{word}を約{days}日ごとに購入", en=f"buys {word} about every {days} days")
    return phrase(language, ja=f"{word}を約{weeks}週間ごとに購入", en=f"buys {word} about every {weeks} weeks")


def _memory(customer_id: str, rhythm: Rhythm, language: str) -> Memory:
    """Written in the customer's language, or in English where the category has no word in it and may not be worded."""
    own = sentence(rhythm, language)
    return Memory(
        id=f"{customer_id}:habit:{rhythm.category}",
        customer_id=customer_id,
        text=own or sentence(rhythm, "en") or f"buys from {rhythm.category} regularly",
        distance=Distance.DID_WITH_US,
        source=SOURCE,
        at=rhythm.last_at,
        topic=rhythm.category,
        word=rhythm.words.get(language) if own else None,
        expires_at=rhythm.last_at + LIFE,
    )
