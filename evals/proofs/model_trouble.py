"""Trouble with the model: hanging, failing, lying or slow, it makes no ask late and lets nothing out against a rule."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import perf_counter

from agent.evidence import Public
from agent.rulebook import ensure_book
from agent.stores import Stores
from agent.verification import verify
from domain.channel import Channel
from domain.language import LANGUAGES, Language, Text
from domain.offer import Offer
from domain.scene import Scene
from domain.variant import Variant
from evals.bench.load import exchange
from evals.proofs.poison import Poison
from evals.proofs.stage import OFFERS, environment_of, key_for, opened, people
from evals.proofs.troubles import COPY, Liar, failing, silent, slow, well
from evals.service import Service
from evals.stub_model import StubModel
from evals.stub_scripts import Script, trouble
from policies.book import Book
from policies.document import read_playbook
from records import book as versions
from records import variants

AT_ONCE = 16
DEADLINES = (200, 300, 300, 500, 1000)
"""Milliseconds: what ask by ask is drawn from."""
CHANNELS = (["web"], ["app"], ["web", "app"], ["email", "app"], ["push", "line", "web"], ["sms", "web"], ["ad"])
SCENE = Scene(
    id="season",
    name=Text(ja="季節のご案内", en="Season's greetings"),
    card=Text(ja="季節の品をお知らせします。", en="Tells what the season brings."),
    mode="live",
)
LATE, VERY_LATE = 0.05, 0.5
"""Seconds after its deadline by which all but one ask in a thousand, and all, are answered."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One ask: what the model was like, what came back, and how long after its deadline, in seconds."""

    kind: str
    decision: Mapping[str, object]
    after: float


@dataclass
class Found:
    """What became of all asks."""

    asked: list[Asked] = field(default_factory=list)
    told: list[Poison] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    poisoned: list[str] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    """Why no words of the model were taken, by the records."""

    def table(self) -> dict[str, int]:
        """The counts."""
        after = sorted(one.after for one in self.asked)
        allowed = len(after) // 1000
        late = sum(one > LATE for one in after)
        shares = Counter(f"{one.kind}: {fate(one.decision)}" for one in self.asked)
        return {
            "asks": len(after),
            "in a thousand later than 50 ms after the deadline, beyond one": max(late - allowed, 0),
            "later than 500 ms after the deadline": sum(one > VERY_LATE for one in after),
            "violations": len(self.broken),
            "poison that left": len(self.poisoned),
            "ms after the deadline, p99.9": round(after[-1 - allowed] * 1000),
            "ms after the deadline, latest": round(after[-1] * 1000),
            **dict(sorted(shares.items())),
            **{f"no words of the model: {why}": count for why, count in sorted(self.reasons.items())},
        }


def fate(decision: Mapping[str, object]) -> str:
    """Who wrote the words, or that nothing was said."""
    copy = decision["copy"]
    return str(copy["origin"]) if isinstance(copy, dict) else str(decision["outcome"])


def model_trouble(
    home: Path,
    asks: int,
    customers: int,
    seed: int,
    breaker: Sequence[str] = ("0", "5"),
    deadlines: Sequence[int] = DEADLINES,
) -> Found:
    """Asks a served service over HTTP while its model misbehaves in every way.

    `breaker` are the failures after which the model is left alone, for one run each: 0 is never, so that every ask
    meets the trouble itself.
    """
    with opened(home) as stores:
        ids, token = people(stores, customers), key_for(stores)
        make_live(stores)
        stock(stores)
    found, liar = Found(), Liar(seed)
    kinds: Mapping[str, Script] = {
        "well": well,
        "silent": silent,
        "failing": failing(seed),
        "lying": liar,
        "slow": slow(seed),
        "everything": trouble(seed, well),
    }
    bodies = questions(ids, seed, deadlines)
    with StubModel(well, keep_alive=True) as stub:
        for failures in breaker:
            service = Service("serve", {**environment_of(home), **model_of(stub, failures)})
            try:
                for kind, script in kinds.items():
                    stub.play(script)
                    count = asks // (len(breaker) * len(kinds))
                    found.asked += asyncio.run(press(service.port, token, kind, bodies, count))
            finally:
                service.stop()
    found.told = liar.told
    with opened(home) as stores:
        check(stores, found)
    return found


def model_of(stub: StubModel, failures: str) -> dict[str, str]:
    """The settings that name the stub."""
    return {"TACT_LLM_BASE_URL": stub.base_url, "TACT_LLM_MODEL": "stub", "TACT_LLM_FAILURES": failures}


def make_live(stores: Stores) -> None:
    """Puts the house's playbook in force with a scene in which a model writes while the customer waits."""
    ensure_book(stores)
    base = read_playbook()
    document = Book(0, base.model_copy(update={"scenes": (*base.scenes, SCENE)})).to_document()
    now = stores.clock.now()
    stores.write(lambda c: versions.add(c, document, "proof", "second person", "a live scene", now))


def stock(stores: Stores) -> None:
    """Puts approved copy for the scene on the shelf, for two of the channels: the others have templates alone."""
    now = stores.clock.now()
    origin = variants.Provenance(model="stub", prompt="proof", brief="proof", policy_version=0, author="proof", at=now)
    many = [
        variants.Kept(approved(offer, channel, language), "approved", origin, 0, now, "second person", now)
        for offer in OFFERS
        for channel in (Channel.WEB, Channel.APP)
        for language in LANGUAGES
    ]
    stores.write(lambda c: variants.add(c, many))


def approved(offer: Offer, channel: Channel, language: Language) -> Variant:
    """Copy as it might have been written ahead."""
    words = COPY[language]
    return Variant.model_validate(
        {
            "id": f"{offer.id}-{channel.value}-{language}",
            "scene": SCENE.id,
            "channel": channel,
            "language": language,
            "offer": offer.id,
            "origin": "variant",
            "copy": {"title": words["title"] if channel is Channel.WEB else None, "body": words["body"]},
        }
    )


def questions(ids: Sequence[str], seed: int, deadlines: Sequence[int]) -> Iterator[tuple[float, bytes]]:
    """Asks without end, with their deadlines in seconds."""
    chance = random.Random(seed)
    while True:
        deadline = chance.choice(deadlines)
        asked = {
            "customer": {"id": chance.choice(ids)},
            "channels": chance.choice(CHANNELS),
            "scene": SCENE.id,
            "language": chance.choice(("ja", "en")),
            "deadline_ms": deadline,
        }
        yield deadline / 1000, json.dumps(asked).encode()


async def press(port: int, token: str, kind: str, bodies: Iterator[tuple[float, bytes]], count: int) -> list[Asked]:
    """So many asks, AT_ONCE of them under way, each over a connection of its own."""
    answered: list[Asked] = []
    left = iter(range(count))

    async def caller() -> None:
        for _ in left:
            deadline, body = next(bodies)
            begun = perf_counter()  # Before the connection is asked for, so never after the service accepts it.
            answer = await anext(exchange(port, "/v1/next-message", token, iter([body])))
            answered.append(Asked(kind, json.loads(answer), perf_counter() - begun - deadline))

    await asyncio.gather(*(caller() for _ in range(AT_ONCE)))
    return answered


def check(stores: Stores, found: Found) -> None:
    """Verifies every message that left from its record, and looks for poison in it."""
    poison = {one.text for one in found.told if one.certain and not one.markup}
    for one in found.asked:
        name = str(one.decision["decision_id"])
        message = one.decision["message"]
        if message is not None:
            checked = verify(stores, name)
            found.broken += [f"{name} {checked.findings}"] if not checked.ok else []
            words = [part for part in message.values() if isinstance(part, str)] if isinstance(message, dict) else []
            found.poisoned += [f"{name} {text[:80]!r}" for text in poison if any(text in part for part in words)]
        stored = stores.read(partial(stores.decisions.get, decision_id=name))
        penned = Public.model_validate_json(stored.public).penned
        if penned is not None and penned.failed:
            found.reasons[penned.failed] += 1
