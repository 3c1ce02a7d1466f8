"""Verification and replay: a stored decision is checked, and made again, from its record alone."""

from agent.evidence import Personal, Public, Weighed, judged, recorded, unpack
from agent.station import approved_words
from agent.stores import Stores
from domain.channel import Channel, Purpose
from domain.customer import Record
from domain.decision import Decision
from domain.errors import Erased
from domain.frozen import Frozen
from domain.message import Message
from domain.offer import Offer
from policies.book import Book
from policies.checking.check import check
from policies.facts import Action, Home, Situation, action_of, sample_of, situation_of, worded
from records import book as versions
from records.connection import Connection
from records.outcome import Stored
from tools.choice import choose
from tools.variant_choice import Arm, order


class Verification(Frozen):
    """Whether a decision is what left the commit; `erased` means that only the seal is left to check."""

    decision_id: str
    ok: bool
    erased: bool
    findings: tuple[str, ...]


class Replayed(Frozen):
    """The decision again, and whether rules and choice come out the same."""

    decision: Decision
    same: bool
    differences: tuple[str, ...]


def verify(stores: Stores, decision_id: str) -> Verification:
    """Checks seals, bytes and verdicts of a stored decision against its policy version; raises NotFound."""
    stored = stores.read(lambda c: stores.decisions.get(c, decision_id))
    findings = [] if stores.seal.check(stored.sealed_bytes(), stored.seal) else ["the seal of the record is broken"]
    if stored.personal is None:
        return Verification(decision_id=decision_id, ok=not findings, erased=True, findings=tuple(findings))
    evidence = unpack(stored.personal)
    findings += _agreement(stored, evidence)
    if evidence.decision.outcome == "message":
        book = _book(stores, stored.policy_version)
        findings += _envelope(stores, stored, evidence) + _verdict(stores, stored, evidence, book)
    else:
        findings += _let_go(stores, decision_id)
    return Verification(decision_id=decision_id, ok=not findings, erased=False, findings=tuple(findings))


def replay(stores: Stores, decision_id: str, policy_version: int | None = None) -> Replayed:
    """Runs rules and choice again on the record, under its own policy version or another; words stay as recorded."""
    stored = stores.read(lambda c: stores.decisions.get(c, decision_id))
    if stored.personal is None:
        raise Erased(decision_id)
    evidence, public = unpack(stored.personal), Public.model_validate_json(stored.public)
    record = judged(evidence)
    if record is None or not public.candidates:
        return Replayed(decision=evidence.decision, same=True, differences=())
    book = _book(stores, policy_version or stored.policy_version)
    differences = _moved_verdicts(stores, public, evidence, record, book)
    differences += _moved_choice(public) + _moved_pick(public)
    differences += _unfit_words(stores, public, evidence, record, book)
    return Replayed(decision=evidence.decision, same=not differences, differences=tuple(differences))


def _agreement(stored: Stored, evidence: Personal) -> list[str]:
    decision = evidence.decision
    same = (decision.decision_id, decision.outcome) == (stored.decision_id, stored.outcome)
    return [] if same else ["the record and the decision inside it do not agree"]


def _envelope(stores: Stores, stored: Stored, evidence: Personal) -> list[str]:
    envelope = evidence.envelope
    if envelope is None:
        return [] if evidence.decision.message is None else ["a message left without an envelope"]
    wrong = []
    if not stores.seal.check(envelope.sealed_bytes(), envelope.seal):
        wrong.append("the seal of the envelope is broken")
    if envelope.digest != envelope.message.digest() or envelope.message != evidence.decision.message:
        wrong.append("the message is not the one that was sealed")
    if (envelope.decision_id, envelope.customer_id) != (stored.decision_id, stored.customer_id):
        wrong.append("the envelope belongs to another decision or customer")
    return wrong


def _let_go(stores: Stores, decision_id: str) -> list[str]:
    """What a person let go later is checked like any message, and has to be what they approved, letter by letter."""
    handed = stores.read(lambda c: stores.decisions.deliveries(c, decision_id))
    sent = [(one, unpack(one.personal)) for one in handed if one.outcome == "message" and one.personal is not None]
    if not sent:
        return []
    words = stores.read(lambda c: approved_words(c, stores, decision_id))
    book, findings = _book(stores, sent[-1][0].policy_version), list[str]()
    for one, evidence in sent:
        if not stores.seal.check(one.sealed_bytes(), one.seal):
            findings.append("the seal of what was handed over is broken")
        if words is None or evidence.decision.message != words.message:
            findings.append("other words were handed over than a person approved")
        book = book if book.version == one.policy_version else _book(stores, one.policy_version)
        findings += _agreement(one, evidence) + _envelope(stores, one, evidence)
        findings += _verdict(stores, one, evidence, book, approved=words is not None)
    return findings


def _verdict(stores: Stores, stored: Stored, evidence: Personal, book: Book, *, approved: bool = False) -> list[str]:
    public, record = Public.model_validate_json(stored.public), recorded(evidence)
    if record is None or public.chosen is None:
        return ["the record does not say what was chosen"]
    final = public.model_copy(update={"tallies": {**public.tallies, **public.moved}})
    situation, action = _judged(stores, final, evidence, record, book, public.candidates[public.chosen], approved)
    message = evidence.envelope.message if evidence.envelope else None
    action = _worded(action, evidence, message)
    return [fault.said.either("en") for fault in check(book.rules, book.sender, situation, action, message, 0)]


def _moved_verdicts(stores: Stores, public: Public, evidence: Personal, record: Record, book: Book) -> list[str]:
    moved = []
    for weighed in public.candidates:
        situation, action = _judged(stores, public, evidence, record, book, weighed)
        bits = book.mask(situation, action)
        if bits != int(weighed.bits, 16):
            now = ", ".join(book.names(bits)) or "nothing"
            moved.append(f"{weighed.offer}/{weighed.channel} is now forbidden by {now}")
    return moved


def _moved_choice(public: Public) -> list[str]:
    """Draws again from the recorded scores: the same draws must take the same candidates, turn by turn.

    What a model chose is in the record and is not chosen again.
    """
    if public.chosen is None or public.draw is None or (public.thought is not None and public.thought.taken):
        return []
    fallen = [one.place for one in public.failed]
    open_ = [place for place, one in enumerate(public.candidates) if one.propensity is not None or place in fallen]
    moved = []
    for taken, draw in [*[(one.place, one.draw) for one in public.failed], (public.chosen, public.draw)]:
        again = open_[choose([public.candidates[place].score for place in open_], draw).index]
        if again != taken and not (taken in fallen[:1] and public.thought is not None):
            moved.append(f"the draw would now take {public.candidates[again].offer}")
        open_.remove(taken)
    return moved


def _moved_pick(public: Public) -> list[str]:
    """Draws again among the texts that were at hand: the same draw must take the same text."""
    if public.picked is None:
        return []
    first = order([Arm(*arm) for arm in public.picked.arms], public.picked.draw)[0].arm.id
    return [] if first == public.variant else [f"the draw would now take the copy version {first}"]


def _unfit_words(stores: Stores, public: Public, evidence: Personal, record: Record, book: Book) -> list[str]:
    if evidence.envelope is None or public.chosen is None:
        return []
    situation, action = _judged(stores, public, evidence, record, book, public.candidates[public.chosen])
    message = evidence.envelope.message
    findings = book.inspect(situation, _worded(action, evidence, message), message)
    return [f"the words now break {finding.rule!r} with {finding.text!r}" for finding in findings]


def _judged(
    stores: Stores,
    public: Public,
    evidence: Personal,
    record: Record,
    book: Book,
    weighed: Weighed,
    approved: bool = False,
) -> tuple[Situation, Action]:
    settings = stores.settings
    offers: dict[str, Offer] = {offer.id: offer for offer in evidence.offers}
    scene = book.scenes.get(public.scene) if public.scene else None
    home = Home(settings.home_country, settings.home_timezone, settings.public_url)
    situation = situation_of(record, home, tallies=public.tallies)
    action = action_of(
        situation,
        Channel(weighed.channel),
        scene.purpose if scene else Purpose.MARKETING,
        weighed.at,
        public.scene,
        offers[weighed.offer],
        public.direction,
        approved=approved or None,
        sample=sample_of(evidence.decision.decision_id),
    )
    return situation, action


def _worded(action: Action, evidence: Personal, message: Message | None) -> Action:
    """The action with the language and the listed offers of its message, as the inspection saw it."""
    if message is None:
        return action
    offers = {offer.id: offer for offer in evidence.offers}
    items = tuple(offers[item.offer] for item in message.items if item.offer in offers)
    return worded(action, message.language, items, evidence.asked_language)


def _book(stores: Stores, version: int) -> Book:
    def find(c: Connection) -> versions.PolicyVersion:
        return versions.get(c, version)

    return Book.from_document(version, stores.read(find).document)
