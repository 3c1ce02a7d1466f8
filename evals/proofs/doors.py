"""Doors: schemathesis at every route, as every role and without a key; every answer is one that is documented."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, cycle
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis.errors import Unsatisfiable
from schemathesis import checks
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Err
from schemathesis.generation import GenerationMode

from domain.clock import SystemClock
from evals.proofs.known import KNOWN_SHARE, Known, what_exists
from evals.proofs.stage import ROOT, environment_of, opened, people
from evals.proofs.troubles import well
from evals.service import Service
from evals.stub_model import StubModel
from records import catalogue, keys
from records.keys import ROLES, Role
from tools.imports.entries import read_offers

NOBODY = "nobody"
"""A request without any key."""
NOT_PERMITTED = "urn:tact:problem:not-permitted"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
GOOD_SHARE = 0.3
"""How often a body gives way to one that is known to be good, where there is one."""


class Send(Protocol):
    """One request as somebody: in process, or over the network."""

    def __call__(
        self, role: str | None, method: str, url: str, headers: Mapping[str, str], content: bytes | None
    ) -> httpx.Response: ...


Case = schemathesis.Case[Any]


@dataclass
class Found:
    """What was tried, and every answer that is not as promised, with the first request that got it."""

    requests: int = 0
    operations: set[str] = field(default_factory=set)
    seen: set[tuple[str, str]] = field(default_factory=set)
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    undocumented: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    trespasses: dict[str, str] = field(default_factory=dict)

    def table(self) -> dict[str, int]:
        """The counts."""
        succeeded = {label for label, status in self.statuses if status < 300}
        return {
            "operations": len(self.operations),
            "requests": self.requests,
            "operations that succeeded at least once": len(succeeded),
            "pairs of operation and role never tried": len(self.operations) * (len(ROLES) + 1) - len(self.seen),
            "server errors": len(self.failed),
            "undocumented answers": len(self.undocumented),
            "access outside the role": len(self.trespasses),
        }

    def told(self) -> Iterator[str]:
        """Every finding as one text."""
        for kind, found in (("failed", self.failed), ("undocumented", self.undocumented), ("role", self.trespasses)):
            yield from (f"{kind}: {finding}\n  {example}" for finding, example in sorted(found.items()))


@dataclass
class Caller:
    """Whoever knocks: sends cases as one role after the other and judges the answers."""

    send: Send
    known: Known
    found: Found
    chance: random.Random

    def knock(self, case: Case, roles: frozenset[str], role: str) -> None:
        """One request as `role`, and the verdict on its answer."""
        self._inform(case)
        sent = case.as_transport_kwargs(base_url="http://tact.test")
        url = httpx.URL(sent["url"], params=sent.get("params") or None)
        content = body_of(sent)
        headers = {name: value for name, value in sent["headers"].items() if name.lower() != "authorization"}
        try:
            answered = self.send(None if role == NOBODY else role, case.method, str(url), headers, content)
        except httpx.TransportError as error:
            example = f"{role}: {url} {headers} {(content or b'')[:300]!r}"
            self.found.failed.setdefault(f"{case.operation.label}: {error!r}", example)
            return
        self._note(case, role, answered)
        self._judge(case, answered, f"{role}: {case.method} {url} {(content or b'')[:300]!r}")
        self._admitted(case, roles, role, answered)
        self.known.learn(case.operation.path, answered)

    def _note(self, case: Case, role: str, answered: httpx.Response) -> None:
        label = case.operation.label
        self.found.requests += 1
        self.found.operations.add(label)
        self.found.seen.add((label, role))
        self.found.statuses[label, answered.status_code] += 1

    def _judge(self, case: Case, answered: httpx.Response, example: str) -> None:
        try:
            case.validate_response(answered, checks=[getattr(checks, name) for name in CHECKS])
        except FailureGroup as group:
            for failure in group.exceptions:
                into = self.found.failed if answered.status_code >= 500 else self.found.undocumented
                why = " ".join(str(failure.message).split())[:400]
                key = f"{case.operation.label} {answered.status_code} {type(failure).__name__} {why}"
                into.setdefault(key, f"{example} -> {answered.text[:300]}")

    def _admitted(self, case: Case, roles: frozenset[str], role: str, answered: httpx.Response) -> None:
        if answered.status_code == 413:
            return  # A body too large is refused before anybody asks whose it is.
        refused = 401 if role == NOBODY else 403
        outside = bool(roles) and role not in roles
        if outside and answered.status_code == refused and (role == NOBODY or kind_of(answered) == NOT_PERMITTED):
            return
        if not outside and answered.status_code != 401:
            return  # A route may take a part of what it does away from a role, with a 403 that it documents.
        key = f"{case.operation.label} as {role}: {answered.status_code}"
        self.found.trespasses.setdefault(key, answered.text[:300])

    def _inform(self, case: Case) -> None:
        for name in case.path_parameters or {}:
            some = self.known.named(name, case.operation.path)
            if some and self.chance.random() < KNOWN_SHARE:
                case.path_parameters[name] = quote(str(self.chance.choice(some)), safe="")
        if (bodies := self.known.bodies(case.operation.label)) and self.chance.random() < GOOD_SHARE:
            case.body = self.chance.choice(bodies)
        elif isinstance(case.body, dict | list):
            case.body = self.known.informed(case.body, self.chance)


def body_of(sent: Mapping[str, Any]) -> bytes | None:
    """The body of a request as it is sent."""
    if "json" in sent:
        return httpx.Request("POST", "http://tact.test", json=sent["json"]).content
    data = sent.get("data")
    return data.encode() if isinstance(data, str) else data


def kind_of(answered: httpx.Response) -> str | None:
    """The type of a problem."""
    found = answered.json() if "json" in answered.headers.get("content-type", "") else {}
    return found.get("type") if isinstance(found, dict) else None


def knock_everywhere(
    document: Mapping[str, Any], send: Send, known: Known, *, rounds: int, examples: int, seed: int
) -> Found:
    """Tries every operation in rounds, with `examples` good and as many bad requests each; later rounds know more."""
    schema = schemathesis.openapi.from_dict(dict(document))
    found = Found()
    caller = Caller(send, known, found, random.Random(seed))
    for turn in range(rounds):
        for result in schema.get_all_operations():
            if isinstance(result, Err):
                raise result.err()
            operation = result.ok()
            roles = frozenset(operation.definition.raw["x-roles"])
            turns = in_turn(sorted(roles), [NOBODY, *sorted(frozenset(ROLES) - roles)], turn)
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                try:
                    cases(operation.as_strategy(generation_mode=mode), examples, seed + turn, caller, roles, turns)
                except Unsatisfiable:
                    continue  # There is no bad request to a route that takes nothing.
    other_methods(document, send, found)
    return found


def cases(strategy: Any, examples: int, seed: int, caller: Caller, roles: frozenset[str], turns: Iterator[str]) -> None:
    """Draws the cases of one operation and sends each."""

    @seeded(seed)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def one(case: Case) -> None:
        caller.knock(case, roles, next(turns))

    one()


def in_turn(admitted: Sequence[str], refused: Sequence[str], turn: int) -> Iterator[str]:
    """Who asks next: two who may, then one who may not, each of them in turn; anybody where there are no roles."""
    if not admitted:
        return cycle([*refused[turn % len(refused) :], *refused[: turn % len(refused)]])
    may, may_not = cycle(admitted), cycle(refused)
    for _ in range(turn):
        next(may_not)
    return chain.from_iterable((next(may), next(may), next(may_not)) for _ in iter(int, 1))


def other_methods(document: Mapping[str, Any], send: Send, found: Found) -> None:
    """Every method that a path does not take is refused with 405 and the list of those that it takes."""
    for path in document["paths"]:
        shared = [other for other in document["paths"] if re.fullmatch(re.sub(r"{\w+}", "[^/]+", other), path)]
        taken = {method.upper() for other in shared for method in document["paths"][other]}
        for method in sorted(frozenset(METHODS) - taken):
            answered = send("admin", method, f"http://tact.test{path.replace('{', '').replace('}', '')}", {}, None)
            found.requests += 1
            allowed = {one.strip() for one in answered.headers.get("allow", "").split(",")} - {"HEAD"}
            if answered.status_code != 405 or not allowed <= taken:
                found.undocumented.setdefault(f"{method} {path} {answered.status_code}", answered.text[:300])


def doors(home: Path, *, rounds: int, examples: int, seed: int) -> Found:
    """The whole document against the service in a process of its own, with the sample's offers and a few customers."""
    with opened(home) as stores:
        ids = people(stores, 100)
        offers = read_offers(ROOT / "samples" / "department_store", 0)
        stores.write(lambda c: catalogue.upsert(c, offers, stores.clock.now()))
        tokens: dict[str, str] = {role: stores.write(key_of(role)) for role in ROLES}
    with StubModel(well) as stub:
        server = Service(
            "serve", {**environment_of(home), "TACT_LLM_BASE_URL": stub.base_url, "TACT_LLM_MODEL": "stub"}
        )
        try:
            with httpx.Client(timeout=60) as client:
                send = over_http(client, f"http://127.0.0.1:{server.port}", tokens)
                document = send(None, "GET", "http://tact.test/openapi.json", {}, None).json()
                known = what_exists(ids, [offer.id for offer in offers])
                return knock_everywhere(document, send, known, rounds=rounds, examples=examples, seed=seed)
        finally:
            server.stop()


def key_of(role: Role) -> Callable[[Any], str]:
    """Writes a key of a role, each of a person of its own."""
    return lambda c: keys.add(c, role, role, (), SystemClock().now())


def over_http(client: httpx.Client, address: str, tokens: Mapping[str, str]) -> Send:
    """Sends to a server."""

    def send(
        role: str | None, method: str, url: str, headers: Mapping[str, str], content: bytes | None
    ) -> httpx.Response:
        carried = {**headers, **({"Authorization": f"Bearer {tokens[role]}"} if role else {})}
        return client.request(method, url.replace("http://tact.test", address), headers=carried, content=content)

    return send
