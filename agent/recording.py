"""Recording: how the evidence of a decision is written, in the forms that agent/evidence.py reads."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

import orjson
from pydantic import TypeAdapter

from agent.provenance import record_of
from agent.shorthand import shortened
from agent.state import Candidate, Walk
from domain.contact import Contact
from domain.customer import Customer, Record
from domain.decision import Decision
from domain.envelope import Envelope
from domain.frozen import as_json
from domain.message import Message
from domain.moment import Moment

CUSTOMER = TypeAdapter(Customer)
CONTACTS = TypeAdapter(tuple[Contact, ...])
MOMENT = TypeAdapter(Moment)

hexadecimal = lru_cache(maxsize=4096)("{:x}".format)
"""The same few sets of rules are broken again and again."""


def public_json(walk: Walk, decision: Decision, scorer: str, tallies: Mapping[str, Decimal]) -> str:
    """The public part of the record as it is stored; `tallies` are those that the last word was spoken on."""
    draft = walk.draft
    known: dict[str, object] = {
        "channels": walk.ask.channels,
        "scene": walk.ask.scene,
        "placement": walk.ask.placement.id if walk.ask.placement else None,
        "direction": walk.ask.moment.direction,
        "chosen": _place(draft.candidate, walk.candidates) if draft else None,
        "draw": draft.choice.draw if draft else None,
        "reasons": [reason.rule for reason in decision.hold.reasons] if decision.hold else [],
        "policy_version": decision.policy_version,
        "catalogue_version": walk.recall.catalogue_version if walk.recall else None,
        "scorer": scorer,
        "variant": draft.variant.id if draft and draft.variant else None,
        **_failed(walk),
        **_picked(walk),
        **_counted(walk, tallies),
        **_thought(walk),
        **({"penned": record_of(walk.penned)} if walk.penned else {}),
        **_table(walk),
    }
    return orjson.dumps(known).decode()


def _place(candidate: Candidate, among: tuple[Candidate, ...]) -> int | None:
    return among.index(candidate) if candidate in among else None


def _counted(walk: Walk, tallies: Mapping[str, Decimal]) -> dict[str, object]:
    """The tallies that the rules read, first and last; nothing where no rule counts for the whole house."""
    if walk.book is None or walk.recall is None or not walk.book.counts:
        return {}
    first = walk.recall.tallies
    moved = {key: str(used) for key, used in tallies.items() if used != first.get(key)}
    return {"tallies": {key: str(used) for key, used in first.items()}, "moved": moved}


def _picked(walk: Walk) -> dict[str, object]:
    """How the text was chosen; nothing where there was no choice of texts."""
    pick = walk.draft.pick if walk.draft else None
    if pick is None:
        return {}
    turn = pick.turn
    arms = [(arm.id, arm.shown, arm.answered) for arm in turn.among]
    tried = {"earlier": turn.earlier} if turn.earlier else {}
    return {"picked": {"draw": turn.draw, "propensity": round(turn.propensity, 6), "arms": arms, **tried}}


def _failed(walk: Walk) -> dict[str, object]:
    """What was chosen before and fell out; nothing where the first choice stood."""
    if walk.draft is None or not walk.draft.setbacks:
        return {}
    rows = [
        {
            "place": walk.candidates.index(one.candidate),
            "propensity": round(one.choice.propensities[one.choice.index], 6),
            "draw": one.choice.draw,
            "rules": list(dict.fromkeys(found.rule for found in one.findings)),
        }
        for one in walk.draft.setbacks
    ]
    return {"failed": rows}


def _thought(walk: Walk) -> dict[str, object]:
    """What a model was let think about the choice; nothing where none was."""
    thought = walk.thought
    if thought is None:
        return {}
    return {
        "thought": {
            "taken": walk.reasoned,
            "angle": thought.angle,
            "odd": thought.odd,
            "steps": thought.steps,
            "tokens": thought.usage.prompt_tokens + thought.usage.completion_tokens,
            "seconds": round(thought.usage.seconds, 3),
            "model": thought.usage.model,
            "prompt": thought.prompt,
        }
    }


def _table(walk: Walk) -> dict[str, object]:
    """The candidates by columns: weighing puts each offer on every way, offer by offer."""
    found = walk.candidates
    if not found:
        return {}
    width = _width(found)
    return {
        "offers": [one.offer.id for one in found[::width]],
        "ways": [(one.way.channel, one.way.micros) for one in found[:width]],
        "scores": [one.score for one in found],
        "bits": [hexadecimal(one.bits) for one in found],
        "chances": _chances(walk),
    }


def _chances(walk: Walk) -> list[float | None]:
    """How likely each candidate was to be chosen; the permitted ones stand in the order of all."""
    chances: list[float | None] = [None] * len(walk.candidates)
    if walk.draft is not None:
        place = -1
        for one, chance in zip(walk.draft.permitted, walk.draft.choice.propensities, strict=True):
            place = walk.candidates.index(one, place + 1)
            chances[place] = int(chance * 1e5 + 0.5) / 1e5  # A fifth of round()'s cost, and as few digits.
    return chances


def _width(found: tuple[Candidate, ...]) -> int:
    """How many ways there are for each offer."""
    first = found[0].offer
    return next((place for place, one in enumerate(found) if one.offer is not first), len(found))


def snapshot(record: Record, *, orders: bool = False) -> bytes:
    """The record as the rules read it, as JSON; consents travel apart, as JSON has no pairs for keys.

    Of the features only the newest order is kept, and only where rules ask for orders.
    """
    customer = CUSTOMER.dump_json(record.customer, exclude_defaults=True)
    contacts = CONTACTS.dump_json(record.contacts, exclude_defaults=True)
    if not orders or record.last_order is None:
        return b'{"customer":%b,"contacts":%b}' % (customer, contacts)
    features = as_json({"ordered_at": record.features.ordered_at})
    return b'{"customer":%b,"contacts":%b,"features":%b}' % (customer, contacts, features)


def pack(walk: Walk, record: Record, decision: Decision, envelope: Envelope | None) -> bytes:
    """The personal part as compressed JSON, ready to be encrypted; what is JSON already is not parsed again."""
    seen, orders = walk.recall.record if walk.recall else record, walk.book is not None and walk.book.asks_orders
    parts = {
        **_facts(b"record", b"consents", record, orders),
        **({} if _alike(seen, record, orders) else _facts(b"seen", b"seen_consents", seen, orders)),
        b"moment": _moment(walk.ask.moment),
        b"offers": _offers(walk).encode(),
        b"decision": decision.spoken,
        **_cites(decision.message),
        b"envelope": _unworded(envelope) if envelope else b"null",
        b"asked_language": orjson.dumps(walk.ask.language),
    }
    return shortened(b"{%b}" % b",".join([b'"%b":%b' % part for part in parts.items()]))


def _moment(moment: Moment) -> bytes:
    """What was said of the moment, which is nothing in most asks."""
    return MOMENT.dump_json(moment, exclude_defaults=True) if moment.model_fields_set else b"{}"


def _facts(name: bytes, consents: bytes, record: Record, orders: bool) -> dict[bytes, bytes]:
    said = [(topic, purpose, yes) for (topic, purpose), yes in record.consents.items()]
    return {name: snapshot(record, orders=orders), consents: orjson.dumps(said)}


def _offers(walk: Walk) -> str:
    """The offers of the candidates and those that the message lists, each once: what is told of in full."""
    told, found = _told(walk), walk.candidates
    weighed = [one.offer for one in found[:: _width(found)]] if found else []
    listed = walk.draft.listed if walk.draft else ()
    offers = {id(offer): offer for offer in (*weighed, *listed)}.values()
    return f"[{','.join([one.document if one.id in told else one.judged for one in offers])}]"


def _cites(message: Message | None) -> dict[bytes, bytes]:
    """The facts that the words lean on; nothing where there are none."""
    return {b"cites": as_json(message.cites)} if message and message.cites else {}


def _unworded(envelope: Envelope) -> bytes:
    """The envelope without its message, which is the decision's own."""
    fields = {**envelope.as_fields()}
    del fields["message"]
    return as_json(fields)


def _alike(one: Record, other: Record, orders: bool) -> bool:
    """Whether rules cannot tell the two apart."""
    if one is other:
        return True
    if orders and one.last_order != other.last_order:
        return False
    return (one.contacts, one.consents, one.customer) == (other.contacts, other.consents, other.customer)


def _told(walk: Walk) -> set[str]:
    """The offers that the words are about: the choice, and those of a list."""
    if walk.draft is None:
        return set()
    listed = walk.draft.message.items if walk.draft.message else ()
    return {walk.draft.candidate.offer.id, *(item.offer for item in listed)}
