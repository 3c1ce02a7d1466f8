"""The book: the rules in force, compiled once, asked at every station."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from pydantic import BaseModel, TypeAdapter

from domain.channel import Channel
from domain.clock import to_micros
from domain.decision import Reason
from domain.frozen import Frozen
from domain.message import Message
from domain.scene import Scene
from domain.sender import Sender
from domain.stop import Stop
from policies.facts import Action, Situation, moved
from policies.finding import Finding
from policies.inspection.inspect import Inspector
from policies.predicate import asks_action, asks_offer
from policies.python import Clause, Compiled, compile_station
from policies.rules import AnyRule

FURTHEST_STEPS = 64
"""How often a later instant is tried before a hold gives up on naming one."""


class Playbook(Frozen):
    """What a company decides, as a document: rules, scenes and the sender."""

    rules: tuple[AnyRule, ...]
    scenes: tuple[Scene, ...]
    sender: Sender


class Book:
    """One version of the playbook; a rule's bit is its place in `rules`."""

    def __init__(self, version: int, playbook: Playbook) -> None:
        self.version = version
        self.rules: tuple[AnyRule, ...] = playbook.rules
        self.scenes: Mapping[str, Scene] = {scene.id: scene for scene in playbook.scenes}
        self.sender = playbook.sender
        self._playbook = playbook
        hard = [(bit, rule) for bit, rule in enumerate(self.rules) if rule.severity == "hard" and _acts(rule)]
        early = [(bit, rule) for bit, rule in hard if not asks_action(rule.violation())]
        late = [(bit, rule) for bit, rule in hard if asks_action(rule.violation())]
        way = [(bit, rule) for bit, rule in late if not asks_offer(rule.violation())]
        thing = [(bit, rule) for bit, rule in late if asks_offer(rule.violation())]
        soft = [(bit, rule) for bit, rule in enumerate(self.rules) if rule.severity == "soft" and _acts(rule)]
        self._screen = _compiled("screen", early)
        self._way, self._thing = _compiled("way", way), _compiled("offer", thing)
        self._wishes = _compiled("wishes", soft, certain=True)
        self._inspector = Inspector(self.rules, self.sender)

    def __repr__(self) -> str:
        return f"Book(version={self.version}, {len(self.rules)} rules, {len(self.scenes)} scenes)"

    @property
    def sources(self) -> Mapping[str, str]:
        """The generated functions as people read them, by station."""
        stations = {"screen": self._screen, "way": self._way, "offer": self._thing, "wishes": self._wishes}
        return {name: compiled.source for name, compiled in stations.items()} | {"inspect": self._inspector.source}

    def screen(self, s: Situation) -> int:
        """The hard rules that forbid any message to this customer now, as bits."""
        return self._screen.test(s, None)

    def mask(self, s: Situation, a: Action) -> int:
        """The hard rules that forbid this candidate, as bits."""
        return self.mask_way(s, a) | self.mask_offer(s, a)

    def mask_way(self, s: Situation, a: Action) -> int:
        """Those that ask only for channel, purpose and time: one answer for every offer sent that way."""
        return self._way.test(s, a)

    def mask_offer(self, s: Situation, a: Action) -> int:
        """Those that ask what the message is about."""
        return self._thing.test(s, a)

    def deliver(self, s: Situation, a: Action) -> int:
        """Every hard rule before copy, again: the verdict that counts, on current data."""
        return self._screen.test(s, a) | self.mask(s, a)

    def penalty(self, s: Situation, a: Action) -> float:
        """What the soft rules that this candidate surely breaks weigh together."""
        bits = self._wishes.test(s, a)
        return sum(self.rules[bit].weight for bit in bits_of(bits)) if bits else 0.0

    def inspect(self, s: Situation, a: Action, message: Message) -> tuple[Finding, ...]:
        """What the rules about copy find in the rendered message, its HTML included; empty means it may leave."""
        return self._inspector.inspect(s, a, message)

    def violations(self, bits: int) -> tuple[AnyRule, ...]:
        """The rules behind the bits."""
        return tuple(self.rules[bit] for bit in bits_of(bits))

    def names(self, bits: int) -> tuple[str, ...]:
        """The ids of the rules behind the bits."""
        return tuple(rule.id for rule in self.violations(bits))

    def reasons(self, bits: int, s: Situation, a: Action | None, language: str) -> tuple[Reason, ...]:
        """Why nothing is sent: for each rule what it says, and until when."""
        return tuple(
            Reason(rule=rule.id, type=rule.type, text=rule.reason(s, a, language)) for rule in self.violations(bits)
        )

    def retry_at(self, bits: int, s: Situation, a: Action) -> datetime | None:
        """The earliest instant at which no rule forbids this candidate any more; None if time alone does not help."""
        for _ in range(FURTHEST_STEPS):
            openings = [rule.next_allowed(s, a) for rule in self.violations(bits)]
            known = [opening for opening in openings if opening is not None]
            if not known or len(known) < len(openings):
                return None
            later = max(known)
            a = moved(s, a, to_micros(later), later)
            bits = self.deliver(s, a)
            if not bits:
                return later
        return None

    def to_document(self) -> str:
        """The playbook as canonical JSON: the same rules always give the same bytes."""
        return canonical(self._playbook)

    @classmethod
    def from_document(cls, version: int, document: str) -> "Book":
        """The book of a stored document."""
        return cls(version, PLAYBOOKS.validate_python(json.loads(document)))


PLAYBOOKS = TypeAdapter(Playbook)


def stopped(stops: Sequence[Stop], scene: str | None, channel: Channel, region: str | None) -> Stop | None:
    """The emergency stop that silences such a message, if any."""
    return next((stop for stop in stops if stop.covers(scene, channel, region)), None)


def bits_of(bits: int) -> tuple[int, ...]:
    """The places of the bits that are set, lowest first."""
    return tuple(place for place in range(bits.bit_length()) if bits >> place & 1)


def canonical(model: BaseModel) -> str:
    """A model as JSON with sorted keys and sorted sets, defaults left out."""
    return json.dumps(_plain(model), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:
    match value:
        case BaseModel():
            return {name: _plain(inner) for name, inner in _said(value)}
        case Mapping():
            return {str(key): _plain(inner) for key, inner in value.items()}
        case frozenset() | set():
            return sorted((_plain(inner) for inner in value), key=str)
        case tuple() | list():
            return [_plain(inner) for inner in value]
        case Decimal():
            return str(value)
        case date() | time():
            return value.isoformat()
        case _:
            return value


def _said(model: BaseModel) -> Iterator[tuple[str, object]]:
    """The fields of a model as they are written, without those that are at their default; a type is always told."""
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if name == "type" or field.is_required() or value != field.get_default(call_default_factory=True):
            yield field.alias or name, value


def _acts(rule: AnyRule) -> bool:
    return "mask" in rule.stations


def _compiled(station: str, chosen: Sequence[tuple[int, AnyRule]], *, certain: bool = False) -> Compiled:
    clauses = [Clause(bit, f"{rule.id} ({rule.type})", rule.violation()) for bit, rule in chosen]
    return compile_station(station, clauses, certain=certain)
