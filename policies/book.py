"""The book: the rules in force, compiled once, asked at every station."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from math import ceil

from pydantic import TypeAdapter

from domain.channel import Channel
from domain.charge import Charge
from domain.clock import to_micros
from domain.decision import Next, Reason
from domain.frozen import Frozen
from domain.message import Message
from domain.scene import Scene
from domain.sender import Sender
from domain.stages import Stages
from domain.stop import Stop
from policies.canonical import canonical
from policies.exception import RuleException, loosen
from policies.facts import NOTHING, Action, Situation, listed, moved
from policies.finding import Finding
from policies.inspection.inspect import Inspector
from policies.predicate import DAYS_SINCE_ORDER, Predicate, asks_action, asks_offer, asks_way, fields
from policies.python import Clause, Compiled, compile_station
from policies.rules import AnyRule
from policies.rules.llm_data import LlmData
from policies.windows import LOOKBACK_DAYS

HOLDS = {"sample_review": "approval"}
"""What a hold is called where that is not the type of the rule behind it: both wait for a person's approval."""

ORDER: tuple[Next, ...] = ("skip", "defer", "other_channel")

FURTHEST_STEPS = 64
"""How often a later instant is tried before a hold gives up on naming one."""


class Playbook(Frozen):
    """What a company decides, as a document: rules, scenes, the sender, the packs that are on, and exceptions.

    `rules` are written out whole, those of the packs (layer `law`) included, so that a version never changes.
    """

    rules: tuple[AnyRule, ...]
    scenes: tuple[Scene, ...]
    sender: Sender
    packs: tuple[str, ...] = ()
    exceptions: tuple[RuleException, ...] = ()
    stages: Stages = Stages()
    """By which numbers a customer is new, loyal or leaving."""

    @property
    def written(self) -> tuple[AnyRule, ...]:
        """The rules that the company wrote itself."""
        return tuple(rule for rule in self.rules if rule.layer != "law")


class Book:
    """One version of the playbook; a rule's bit is its place in `rules`."""

    def __init__(self, version: int, playbook: Playbook) -> None:
        self.version = version
        self.rules: tuple[AnyRule, ...] = loosen(playbook.rules, playbook.exceptions)
        self.scenes: Mapping[str, Scene] = {scene.id: scene for scene in playbook.scenes}
        self.sender = playbook.sender
        self.stages = playbook.stages
        self.playbook = playbook
        hard = [(bit, rule) for bit, rule in enumerate(self.rules) if rule.severity == "hard" and _acts(rule)]
        early = [(bit, rule) for bit, rule in hard if not asks_action(rule.violation())]
        late = [(bit, rule) for bit, rule in hard if asks_action(rule.violation())]
        way = [(bit, rule) for bit, rule in late if not asks_offer(rule.violation())]
        about = [(bit, rule) for bit, rule in late if asks_offer(rule.violation())]
        offer = [(bit, rule) for bit, rule in about if not asks_way(rule.violation())]
        offer_on_way = [(bit, rule) for bit, rule in about if asks_way(rule.violation())]
        soft = [rule for rule in self.rules if rule.severity == "soft" and _acts(rule)]
        self._approvable = sum(1 << bit for bit, rule in hard if HOLDS.get(rule.type, rule.type) == "approval")
        self._screen = _compiled("screen", early)
        self._way, self._offer = _compiled("way", way), _compiled("offer", offer)
        self._offer_on_way = _compiled("offer_on_way", offer_on_way)
        self.asks_offer_on_way = bool(offer_on_way)
        """Whether some rule asks for an offer and for the way on which it is sent."""
        wishes = [(rule, broken, weight) for rule in soft for broken, weight in rule.wishes()]
        self._weights = [weight for _, _, weight in wishes]
        self._wishes = compile_station(
            "wishes", [_clause(bit, rule, broken) for bit, (rule, broken, _) in enumerate(wishes)], certain=True
        )
        counting = [(rule, rule.spent) for rule in self.rules if rule.spent is not None and _acts(rule)]
        self._counters = [spent for _, spent in counting]
        self._by_offer = sum(1 << bit for bit, (rule, _) in enumerate(counting) if asks_offer(rule.charged()))
        self._charges = compile_station(
            "charges", [_clause(bit, rule, rule.charged()) for bit, (rule, _) in enumerate(counting)]
        )
        furthest = max((rule.lookback for rule in self.rules), default=timedelta(0))
        self.lookback = timedelta(days=max(LOOKBACK_DAYS, ceil(furthest / timedelta(days=1))))
        """How far back the rules count a customer's messages, in whole days, and never less than is read anyway."""
        self.asks_orders = any(map(_asks_orders, self.rules))
        """Whether some rule asks when a customer last ordered: only then does the commit read that again."""
        self._inspector = Inspector(self.rules, self.sender)
        self._style = Inspector(self.rules, self.sender, "soft", self._inspector.reader)

    def __repr__(self) -> str:
        return f"Book(version={self.version}, {len(self.rules)} rules, {len(self.scenes)} scenes)"

    @property
    def sources(self) -> Mapping[str, str]:
        """The generated functions as people read them, by station."""
        stations = {"screen": self._screen, "way": self._way, "offer": self._offer, "offer_on_way": self._offer_on_way}
        stations |= {"wishes": self._wishes, "charges": self._charges}
        return {name: compiled.source for name, compiled in stations.items()} | {"inspect": self._inspector.source}

    def screen(self, s: Situation) -> int:
        """The hard rules that forbid any message to this customer now, as bits."""
        return self._screen.test(s, None)

    def mask(self, s: Situation, a: Action) -> int:
        """The hard rules that forbid this candidate, as bits."""
        return self.mask_way(s, a) | self.mask_offer(s, a) | self.mask_offer_on_way(s, a)

    def mask_way(self, s: Situation, a: Action) -> int:
        """Those that ask only for channel, purpose and time: one answer for every offer sent that way."""
        return self._way.test(s, a)

    def mask_offer(self, s: Situation, a: Action) -> int:
        """Those that ask only what the message is about: one answer for every way of sending the offer."""
        return self._offer.test(s, a)

    def mask_offer_on_way(self, s: Situation, a: Action) -> int:
        """Those that ask what the message is about and how or when it is sent."""
        return self._offer_on_way.test(s, a)

    def deliver(self, s: Situation, a: Action) -> int:
        """Every hard rule before copy, again: the verdict that counts, on current data, for each offer of a list."""
        bits = self._screen.test(s, a) | self._way.test(s, a) | self._offer.test(s, a) | self._offer_on_way.test(s, a)
        return bits | self._deliver_list(s, a) if a.items else bits

    def _deliver_list(self, s: Situation, a: Action) -> int:
        """The same for each further offer, with what those before it used of the counters."""
        bits, before = 0, replace(a, items=())
        for item in listed(a):
            s = replace(s, tallies=_after(s.tallies, self.tallies(s, before)))
            bits |= self.mask_offer(s, item) | self.mask_offer_on_way(s, item)
            before = item
        return bits

    def wants_person(self, bits: int) -> bool:
        """Whether nothing but a person's approval is wanting: a rule forbids it, and only such rules do."""
        return bits != 0 and not bits & ~self._approvable

    def penalty(self, s: Situation, a: Action) -> float:
        """What the soft rules that this candidate surely breaks weigh together."""
        bits = self._wishes.test(s, a)
        return sum(self._weights[bit] for bit in bits_of(bits)) if bits else 0.0

    @property
    def wishes(self) -> bool:
        """Whether some rule is soft: only then can a candidate have a penalty."""
        return bool(self._weights)

    @property
    def counts(self) -> bool:
        """Whether some rule counts for the whole house: a volume or a budget."""
        return bool(self._counters)

    def tallies(self, s: Situation, a: Action) -> tuple[Charge, ...]:
        """What the message adds to the counters of the house, if it is sent: what may count counts.

        A list counts once as a message, and each of its offers counts where a counter is about offers.
        """
        if not self._counters:
            return ()
        used = list(self._used(s, a, self._charges.test(s, a)))
        for item in listed(a):
            used += self._used(s, item, self._charges.test(s, item) & self._by_offer)
        sums: dict[str, Charge] = {}
        for one in used:
            earlier = sums.get(one.key)
            sums[one.key] = one if earlier is None else replace(one, amount=one.amount + earlier.amount)
        return tuple(sums.values())

    def _used(self, s: Situation, a: Action, bits: int) -> Iterator[Charge]:
        home = a.home.timezone
        for spent in (self._counters[bit] for bit in bits_of(bits)):
            if amount := spent.added(a.amount_off):
                yield Charge(spent.tally.key(a.micros, home), amount, spent.tally.ends(a.micros, home))

    def llm_fields(self, purpose: str) -> frozenset[str]:
        """The coarse facts about a customer that a model may see for this purpose; none where no rule allows any."""
        allowed = [
            frozenset(rule.fields) for rule in self.rules if isinstance(rule, LlmData) and purpose in rule.purposes
        ]
        return frozenset[str]().union(*allowed[:1]).intersection(*allowed)

    def inspect(self, s: Situation, a: Action, message: Message) -> tuple[Finding, ...]:
        """What the rules about copy find in the rendered message, its HTML included; empty means it may leave."""
        return self._inspector.inspect(s, a, message)

    def remarks(self, s: Situation, a: Action, message: Message) -> tuple[Finding, ...]:
        """What the soft rules about copy would rather have otherwise; nothing is held for it."""
        return self._style.inspect(s, a, message)

    def violations(self, bits: int) -> tuple[AnyRule, ...]:
        """The rules behind the bits."""
        return tuple(self.rules[bit] for bit in bits_of(bits))

    def names(self, bits: int) -> tuple[str, ...]:
        """The ids of the rules behind the bits."""
        return tuple(rule.id for rule in self.violations(bits))

    def then(self, bits: int) -> Next:
        """What is to be done instead: dropping wins over waiting, and waiting over another channel."""
        wishes = {rule.on_block for rule in self.violations(bits)}
        return next((wish for wish in ORDER if wish in wishes), "skip")

    def reasons(self, bits: int, s: Situation, a: Action | None, language: str) -> tuple[Reason, ...]:
        """Why nothing is sent: for each rule what it says, and until when."""
        return tuple(
            Reason(rule=rule.id, type=HOLDS.get(rule.type, rule.type), text=rule.reason(s, a, language))
            for rule in self.violations(bits)
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
        return canonical(self.playbook)

    @classmethod
    def from_document(cls, version: int, document: str) -> "Book":
        """The book of a stored document."""
        return cls(version, PLAYBOOKS.validate_python(json.loads(document)))


PLAYBOOKS = TypeAdapter(Playbook)


def _after(tallies: Mapping[str, Decimal] | None, charges: Sequence[Charge]) -> Mapping[str, Decimal] | None:
    """The counters once these charges are on them."""
    if tallies is None or not charges:
        return tallies
    return {**tallies, **{one.key: tallies.get(one.key, NOTHING) + one.amount for one in charges}}


def stopped(stops: Sequence[Stop], scene: str | None, channel: Channel, region: str | None) -> Stop | None:
    """The emergency stop that silences such a message, if any."""
    return next((stop for stop in stops if stop.covers(scene, channel, region)), None)


def bits_of(bits: int) -> tuple[int, ...]:
    """The places of the bits that are set, lowest first."""
    places = []
    while bits:
        lowest = bits & -bits
        places.append(lowest.bit_length() - 1)
        bits ^= lowest
    return tuple(places)


def _acts(rule: AnyRule) -> bool:
    return "mask" in rule.stations


def _asks_orders(rule: AnyRule) -> bool:
    return any(DAYS_SINCE_ORDER in fields(one) for one in (rule.violation(), rule.charged(), rule.looks_at()))


def _compiled(station: str, chosen: Sequence[tuple[int, AnyRule]], *, certain: bool = False) -> Compiled:
    return compile_station(station, [_clause(bit, rule, rule.violation()) for bit, rule in chosen], certain=certain)


def _clause(bit: int, rule: AnyRule, predicate: Predicate) -> Clause:
    return Clause(bit, f"{rule.id} ({rule.type})", predicate)
