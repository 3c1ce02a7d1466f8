"""Sight: what a deliberating model gets to see of one walk: what the rules permit, under ids made for it alone."""

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from pydantic import JsonValue

from agent import drafting
from agent.briefing import coarse_facts
from agent.calls import Astray, NoCandidate, OneCandidate, SomeCandidates, read
from agent.instruments import Instruments
from agent.state import Candidate, Walk
from domain.errors import shortened
from domain.language import Language
from domain.message import Message
from tools.channels import suits
from tools.model import ToolCall
from tools.scoring import COLUMNS
from tools.telling import safe, told

PURPOSE = "deliberation"
"""As rules about data for models call it."""

SOON = timedelta(minutes=15)
PARTS_OF_DAY = ((5, "night"), (11, "morning"), (14, "midday"), (18, "afternoon"), (22, "evening"), (24, "night"))

TELLING = 0.25
"""Signals below this say nothing of the candidate."""

TOLD_BY: Mapping[str, str] = {
    "told": "interests",
    "similar": "interests",
    "repeat": "habits",
    "together": "habits",
    "moment": "weather",
}
"""Which allowed fact a signal gives away: without it the model does not see the signal, only the score."""

OF_THE_OFFER = frozenset({"deal", "ending"})
"""Signals that say nothing about the customer."""

SHORT = frozenset({"subject", "preheader", "title", "body"})
"""The parts that say how a message reads; the long ones would only cost tokens."""


class Sight:
    """The permitted candidates of one walk, and what each tool says of them: pure, and without a name in it."""

    def __init__(self, walk: Walk, permitted: Sequence[Candidate], instruments: Instruments) -> None:
        if walk.recall is None or walk.book is None:
            raise ValueError("a model looks at a walk after the rules have judged it")
        self._walk, self._instruments = walk, instruments
        self._language: Language = "ja" if walk.language == "ja" else "en"
        self._permitted, self._fields = tuple(permitted), walk.book.llm_fields(PURPOSE)
        self._zone = instruments.zone_of(walk.recall.record.customer)
        ids = fresh_ids(len(self._permitted))
        self._candidates: dict[str, Candidate] = dict(zip(ids, self._permitted, strict=True))

    def __getitem__(self, candidate_id: str) -> Candidate:
        """The candidate behind an id; raises Astray for an id that nobody was given."""
        found = self._candidates.get(candidate_id)
        if found is None:
            raise Astray("candidate", f"it named a candidate {shortened(candidate_id)} that does not exist")
        return found

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id that was given out."""
        return tuple(self._candidates)

    def named(self, text: str) -> str:
        """The text with the offers' names in the place of ids, for people who never saw the ids."""
        for candidate_id, candidate in self._candidates.items():
            text = text.replace(candidate_id, candidate.offer.name.either(self._language))
        return text

    def call(self, asked: ToolCall) -> str:
        """The answer to a call as JSON; raises Astray for a tool, an argument or an id that does not exist."""
        match asked.name:
            case "recall":
                read(NoCandidate, asked)
                return as_text(self.recall())
            case "score":
                return as_text(self.score(read(SomeCandidates, asked).candidates))
            case "time":
                return as_text(self.time(read(OneCandidate, asked).candidate))
            case "channels":
                read(NoCandidate, asked)
                return as_text(self.channels())
            case "draft":
                return as_text(self.draft(read(OneCandidate, asked).candidate))
        raise Astray("tool", f"it called a tool {shortened(asked.name)} that does not exist")

    def candidates(self) -> tuple[str, ...]:
        """Every candidate with the facts of its offer, each as a line of JSON: what the model chooses from."""
        return tuple(as_text(self._shown(candidate_id, one)) for candidate_id, one in self._candidates.items())

    def _shown(self, candidate_id: str, one: Candidate) -> JsonValue:
        offer, today = one.offer, self._walk.now.astimezone(self._zone).date()
        name = offer.name.either(self._language)
        facts: dict[str, JsonValue] = {"name": name} if safe(name) else {}
        facts |= {"kind": offer.kind, "category": offer.category}
        facts |= told(offer, self._language, today, self._zone)
        known: dict[str, JsonValue] = {key: value for key, value in facts.items() if value is not None}
        return {"id": candidate_id, "channel": one.way.channel.value, "when": self._when(one), "offer": known}

    def recall(self) -> JsonValue:
        """Coarse facts from the allow-list of the rules."""
        return dict(coarse_facts(self._walk, self._instruments, self._language, PURPOSE))

    def score(self, ids: Sequence[str]) -> JsonValue:
        """The likelihood of a response to each candidate, with those of its grounds that may be told."""
        return [
            {"candidate": one, "likelihood": round(self[one].score, 3), "because": ", ".join(self._grounds(self[one]))}
            for one in ids
        ]

    def time(self, candidate_id: str) -> JsonValue:
        """When the candidate would go out; the part of the day only where habits may be told."""
        one = self[candidate_id]
        return {"candidate": candidate_id, "when": self._when(one), "hour": grade(signals_of(one)["hour"])}

    def channels(self) -> JsonValue:
        """The channels that candidates have, and how well each suits."""
        found = dict.fromkeys(one.way.channel for one in self._permitted)
        return [
            {"channel": channel.value, "suits": grade(max(self._fitness(one) for one in self._on(channel.value)))}
            for channel in found
        ]

    def draft(self, candidate_id: str) -> JsonValue:
        """How approved copy for the candidate reads with nothing personal in it, or which rules none of it keeps."""
        found = drafting.preview(self._walk, self[candidate_id], self._permitted, self._instruments)
        if not isinstance(found, Message):
            broken = sorted({finding.type for finding in found})
            return {"candidate": candidate_id, "words": None, "broken": ", ".join(broken)}
        words: dict[str, JsonValue] = {name: text for name, text in found.words() if name in SHORT and safe(text)}
        return {"candidate": candidate_id, "words": words}

    def _grounds(self, one: Candidate) -> Iterator[str]:
        for name, value in signals_of(one).items():
            allowed = name in OF_THE_OFFER or TOLD_BY.get(name) in self._fields
            if allowed and value >= TELLING:
                yield name

    def _when(self, one: Candidate) -> str:
        if one.way.at <= self._walk.now + SOON:
            return "now"
        if "habits" not in self._fields:
            return "later, at a likelier hour"
        hour = one.way.at.astimezone(self._zone).hour
        return f"later, {next(name for end, name in PARTS_OF_DAY if hour < end)}"

    def _on(self, channel: str) -> list[Candidate]:
        return [one for one in self._permitted if one.way.channel == channel]

    def _fitness(self, one: Candidate) -> float:
        """How well the channel suits, less for a customer who hears from us often: one grade, no counts."""
        moment = self._walk.ask.moment
        seen = moment if "device" in self._fields else moment.model_copy(update={"device": None})
        return suits(one.way.channel, seen, None) - signals_of(one)["fatigue"] / 2


def signals_of(one: Candidate) -> dict[str, float]:
    """What the candidate's score was made from, by name."""
    return dict(zip(COLUMNS, one.row, strict=True))


def grade(value: float) -> str:
    """A number as a model can use it and nobody can be recognised by."""
    return "well" if value >= 0.5 else "fairly" if value >= 0.25 else "hardly"


def fresh_ids(count: int) -> list[str]:
    """As many ids that mean nothing and fit nothing outside this walk."""
    salt = secrets.token_hex(3)
    return [f"k{salt}{place:02d}" for place in range(count)]


def as_text(answer: JsonValue) -> str:
    """An answer as compact JSON."""
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
