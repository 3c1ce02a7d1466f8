"""The rule book on its way from YAML files to the version in force: proposed, looked at, approved or rejected."""

from dataclasses import dataclass
from datetime import datetime

from agent import retiring
from agent.base import touched
from agent.mandates import must_be_free
from agent.reckoning import reckon, reckon_ahead
from agent.stores import Stores
from domain.errors import NotFound, Refused, SecondPerson
from domain.person import same_person
from policies.analysis.flaw import Flaw
from policies.analysis.flaws import flaws
from policies.book import Book, Playbook
from policies.change import FIRST, Change, changes
from policies.document import PLAYBOOK, read_playbook
from policies.zones import known_zone
from records import book as versions
from records import proposals
from records.connection import Connection
from records.proposals import Proposal

SHIPPED = "shipped with Tact"


@dataclass(frozen=True, slots=True)
class Difference:
    """What changes between two versions of the book."""

    changes: tuple[Change, ...]

    @property
    def loosens(self) -> bool:
        """Whether anything may leave that could not before: then a second person has to agree."""
        return any(change.loosens for change in self.changes)


def ensure_book(stores: Stores) -> int:
    """Puts the shipped playbook in force where there is none yet; answers with the version in force."""
    latest = stores.read(versions.latest)
    if latest is not None:
        return latest.version
    document = Book(1, read_playbook(PLAYBOOK)).to_document()
    now = stores.clock.now()

    def first(c: Connection) -> int:
        already = versions.latest(c)
        return already.version if already else versions.add(c, document, SHIPPED, SHIPPED, "house defaults", now)

    return stores.write(first)


def playbook_of(document: str) -> Playbook:
    """The playbook in a stored document."""
    return Book.from_document(0, document).playbook


def in_force(c: Connection) -> versions.PolicyVersion:
    """The version in force; raises NotFound before the first."""
    latest = versions.latest(c)
    if latest is None:
        raise NotFound("policy version", "1")
    return latest


def propose(stores: Stores, playbook: Playbook, author: str, note: str, now: datetime) -> Proposal:
    """Keeps a playbook as a proposal."""
    document = Book(0, playbook).to_document()

    def keep(c: Connection) -> Proposal:
        latest = versions.latest(c)
        return proposals.add(c, document, latest.version if latest else 0, author, note, now)

    return stores.write(keep)


def propose_files(stores: Stores, playbook: Playbook, author: str, note: str, now: datetime) -> Proposal:
    """Keeps what the files say as a proposal; rules that came from directives stay, since no file holds them."""
    latest = stores.read(versions.latest)
    kept = [rule for rule in playbook_of(latest.document).rules if rule.layer == "directive"] if latest else []
    return propose(stores, playbook.model_copy(update={"rules": (*playbook.rules, *kept)}), author, note, now)


def difference(stores: Stores, proposal: Proposal) -> Difference:
    """What a proposal changes in the version that it started from."""
    if proposal.base == 0:
        return Difference((FIRST,))
    base = stores.read(lambda c: versions.get(c, proposal.base))
    return compared(base.document, proposal.document)


def examined(stores: Stores, document: str) -> tuple[Flaw, ...]:
    """What is probably not meant in a stored document, on this day at home, and whom it touches."""
    today = stores.clock.now().astimezone(known_zone(stores.settings.home_timezone)).date()
    playbook = playbook_of(document)
    return touched(stores, flaws(playbook, today), playbook)


def compared(old: str, new: str) -> Difference:
    """What differs between two stored documents."""
    return Difference(changes(playbook_of(old), playbook_of(new)))


def approve(stores: Stores, number: int, approver: str, now: datetime) -> int:
    """Puts a proposal in force and answers with the new version.

    Raises SecondPerson where it can loosen and its author approves, Refused where it was decided before, or where
    another version came into force since it was made.
    """
    proposal = stores.read(lambda c: proposals.get(c, number))
    if difference(stores, proposal).loosens and same_person(proposal.author, approver):
        raise SecondPerson(f"proposal {number}, which can loosen a rule", proposal.author)
    must_be_free(stores, approver, f"Proposal {number}")
    return enact(stores, proposal, approver, now)


def enact(stores: Stores, proposal: Proposal, approver: str, now: datetime) -> int:
    """Puts a proposal in force whose second person, where it needs one, is known."""
    before, book = _book(stores, proposal.base), Book.from_document(proposal.base + 1, proposal.document)
    ahead, copy = reckon_ahead(stores, book, before), retiring.vet_ahead(stores, book)

    def write(c: Connection) -> int:
        proposals.decide(c, proposal.number, "approved", approver, now, version=proposal.base + 1)
        # Whoever else approves now waits for this counter, and then sees another number.
        version = versions.add(c, proposal.document, proposal.author, approver, proposal.note, now)
        must_follow(version, proposal.base, f"proposal {proposal.number}")
        reckon(c, stores, book, before, ahead)
        retiring.note(c, copy, now)
        return version

    return stores.write(write)


def must_follow(version: int, base: int, change: str) -> None:
    """Raises Refused for a version that does not come right after the one that its change was made from."""
    if version != base + 1:
        raise Refused(
            f"The {change} started from version {base}, and version {version - 1} is in force. "
            "Do it again, so that nobody's change is lost."
        )


def _book(stores: Stores, version: int) -> Book | None:
    return Book.from_document(version, stores.read(lambda c: versions.get(c, version)).document) if version else None


def reject(stores: Stores, number: int, by: str, reason: str, now: datetime) -> Proposal:
    """Closes a proposal without effect; its author may take it back this way."""

    def close(c: Connection) -> Proposal:
        proposals.get(c, number)
        proposals.decide(c, number, "rejected", by, now, reason=reason)
        return proposals.get(c, number)

    return stores.write(close)


def roll_back(stores: Stores, to: int, by: str, now: datetime) -> Proposal:
    """Puts the rules of an earlier version in force again.

    Where that can loosen anything, it takes another person than the author of the version in force, who raised it.
    """
    earlier, current = stores.read(lambda c: (versions.get(c, to), in_force(c)))
    if compared(current.document, earlier.document).loosens and same_person(current.author, by):
        raise SecondPerson(f"version {current.version}, and going back from it can loosen a rule", current.author)
    must_be_free(stores, by, f"Version {to}")
    made = propose(stores, playbook_of(earlier.document), by, f"back to version {to}", now)
    # What was compared above is what it must still start from.
    must_follow(made.base + 1, current.version, f"way back to version {to}")
    enact(stores, made, by, now)
    return stores.read(lambda c: proposals.get(c, made.number))


def retire(stores: Stores, rule: str, by: str, note: str, now: datetime) -> Proposal:
    """Proposes the book in force without one rule or exception; a rule of a pack goes only with its pack."""
    playbook = playbook_of(stores.read(in_force).document)
    found = next((one for one in (*playbook.rules, *playbook.exceptions) if one.id == rule), None)
    if found is None:
        raise NotFound("rule", rule)
    if found in playbook.rules and found not in playbook.written:
        raise Refused(f"{rule!r} is a rule of law. It goes only with its pack, after your counsel agreed.")
    left = {
        "rules": tuple(one for one in playbook.rules if one.id != rule),
        "exceptions": tuple(one for one in playbook.exceptions if rule not in (one.id, one.rule)),
    }
    return propose(stores, playbook.model_copy(update=left), by, note or f"without {rule}", now)


def put_in_force(stores: Stores, playbook: Playbook, author: str, approver: str, note: str, now: datetime) -> int:
    """Proposes and approves in one go, under two names."""
    return approve(stores, propose(stores, playbook, author, note, now).number, approver, now)
