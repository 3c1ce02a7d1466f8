"""What can go wrong, as one tree.

TactError
├── Refused               the request is understood and not allowed
│   ├── NotPermitted      this key may not do that
│   ├── SecondPerson      the author of a change may not approve it
│   ├── SealBroken        an envelope is forged, altered, copied to another recipient or too old
│   ├── KeyReused         an idempotency key came back with another body
│   ├── AlreadyDecided    somebody decided about this draft before
│   ├── RuleBroken        words that a person wrote or approves break a rule, which is named
│   └── StillRunning      the first request under an idempotency key has not finished
├── Malformed             the request cannot be read: field and value are named
│   └── Unreadable        a file of ours cannot be read: file, line and a suggestion are named
├── MissingFact           copy states a fact that nobody gave
├── NotFound              no such customer, decision, offer, scene or version
│   └── Erased            the customer was erased: only the seal of the decision is left
└── Unavailable           a store or the service cannot answer now; `retry_after` says when to come back
    ├── Busy              too many requests are waiting
    ├── Overtaken         something that a decision was made from changed before it was final; it is made again
    ├── SecretLost        the master secret is missing, or belongs to another database
    ├── StoreOwned        another process holds the embedded vector store
    └── ModelFailed       no answer came from the model that can be used
        ├── ModelTooLate  it did not answer in the time there was
        ├── ModelRefused  it, or its server, declined to answer
        ├── ModelBroken   its answer is out of order
        │   ├── ModelDown   its server cannot be reached, or is ill
        │   └── ModelCut    its answer ended at its limit
        ├── ModelBusy     it is left alone for now: too many wait, or it failed too often
        └── BudgetSpent   the tokens or the money for today are used up

A hold is not an error: it is a Decision.
"""

import math
from collections.abc import Sequence

CREATED = frozenset({"customer", "offer", "scene"})
"""Kinds of things that whoever misses one may bring in themselves."""


class TactError(Exception):
    """Any failure that Tact foresees; the message is a sentence that ends in what the reader can do."""

    code = "error"


class Refused(TactError):
    """The request is understood and not allowed."""

    code = "refused"


class NotPermitted(Refused):
    """This key may not do that."""

    code = "not-permitted"

    def __init__(self, action: str, role: str | None, needed: Sequence[str]) -> None:
        self.action, self.role, self.needed = action, role, tuple(needed)
        who = f"A key with the role {role!r}" if role else "A request without a valid key"
        super().__init__(f"{who} may not {action}. Use a key with one of the roles {', '.join(needed)}.")


class SecondPerson(Refused):
    """The author of a change may not approve it."""

    code = "second-person"

    def __init__(self, change: str, author: str) -> None:
        self.change, self.author = change, author
        super().__init__(f"{author!r} wrote {change}; another person has to approve it.")


class SealBroken(Refused):
    """An envelope is not, or no longer, what left the commit."""

    code = "seal-broken"

    def __init__(self, decision_id: str, why: str) -> None:
        self.decision_id, self.why = decision_id, why
        super().__init__(f"The envelope of decision {decision_id!r} is refused: {why}. Ask for a new decision.")


class KeyReused(Refused):
    """An idempotency key came back with another body."""

    code = "idempotency-key-reused"

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"Idempotency-Key {key!r} was used for another request. Send a new key with a new request.")


class StillRunning(Refused):
    """The first request under an idempotency key has not finished."""

    code = "still-running"

    def __init__(self, key: str, dead_after: float) -> None:
        self.key, self.dead_after = key, dead_after
        """In how many seconds it is taken to be dead; long before that its answer is there."""
        self.retry_after = min(1.0, dead_after)
        super().__init__(f"The first request under Idempotency-Key {key!r} is still running. Ask again shortly.")


class AlreadyDecided(Refused):
    """Somebody decided about this draft before, or it waited too long."""

    code = "already-decided"

    def __init__(self, review_id: str, status: str, by: str | None, what: str = "review") -> None:
        self.review_id, self.status, self.by = review_id, status, by
        stands = f"was {status} by {by!r}" if by else "waited too long for anybody to decide"
        super().__init__(f"The {what} {shortened(review_id)} {stands}. Nothing was changed; look at it as it is now.")


class RuleBroken(Refused):
    """Words that a person wrote or approves break a rule; each rule is named with the part and the words."""

    code = "rule-broken"

    def __init__(self, broken: Sequence[tuple[str, str, str]]) -> None:
        self.broken = tuple(broken)
        said = "; ".join(f"{part}: {why} (rule {rule!r})" for rule, part, why in broken)
        super().__init__(f"These words cannot go out. {said}. Change them, or reject the draft.")


class Malformed(TactError):
    """The request cannot be read: field and value are named."""

    code = "malformed"

    def __init__(self, field: str, value: object, why: str) -> None:
        self.field, self.value, self.why = field, value, why
        wrong = "is missing" if value is None else f"{shortened(value)} cannot be used"
        super().__init__(f"{field} {wrong}: {why}")


class Unreadable(Malformed):
    """A file of ours cannot be read; every mistake is named with its line."""

    code = "unreadable"

    def __init__(self, problems: Sequence[str], field: str = "document") -> None:
        self.problems, self.field = tuple(problems), field
        TactError.__init__(self, "\n".join(problems))


class MissingFact(TactError):
    """Copy states a fact that nobody gave."""

    code = "missing-fact"

    def __init__(self, fact: str, template: str) -> None:
        self.fact, self.template = fact, template
        super().__init__(f"{template!r} states {fact!r}, which is not known. Give the fact, or use copy without it.")


class NotFound(TactError):
    """No such thing."""

    code = "not-found"

    def __init__(self, kind: str, identifier: str) -> None:
        self.kind, self.identifier = kind, identifier
        create = ", or create it first" if kind in CREATED else ""
        super().__init__(f"There is no {kind} {shortened(identifier)}. Check the id{create}.")


class Erased(NotFound):
    """The customer was erased: only the seal of the decision is left."""

    code = "erased"

    def __init__(self, decision_id: str) -> None:
        self.kind, self.identifier = "decision", decision_id
        TactError.__init__(
            self,
            f"The customer of decision {shortened(decision_id)} was erased. Its seal can still be verified; "
            "nothing else is left of it.",
        )


class Unavailable(TactError):
    """A store or the service cannot answer now; where time alone mends nothing, nobody is told to wait."""

    code = "unavailable"

    def __init__(self, what: str, why: str, retry_after: float = 1.0, *, mends_itself: bool = True) -> None:
        self.what, self.why, self.retry_after, self.mends_itself = what, why, retry_after, mends_itself
        again = f" Try again in {retry_after:g} s." if mends_itself else ""
        super().__init__(f"{what} cannot answer: {why}.{again}")


class Overtaken(Unavailable):
    """Something that a decision was made from changed before it was final: the walk starts again."""

    code = "overtaken"

    def __init__(self, changed: str) -> None:
        super().__init__("The decision", changed, 0.1)


class Busy(Unavailable):
    """Too many requests are waiting."""

    code = "busy"

    def __init__(self, waiting: int, retry_after: float = 1.0) -> None:
        super().__init__("The service", f"{waiting} requests are already waiting", retry_after)


class SecretLost(Unavailable):
    """The master secret is missing, or belongs to another database: no waiting helps, a person has to bring it back."""

    code = "secret-lost"

    def __init__(self, file: str = "", *, missing: bool = False) -> None:
        self.file = file
        where = f"{file}: " if file else ""
        self.what, self.why = f"{where}the master secret", "is missing" if missing else "is not that of this database"
        self.retry_after, self.mends_itself = math.inf, False
        TactError.__init__(
            self,
            f"{where}The master secret {self.why}, and without it nothing about customers can be read. "
            f"Put the secret file of this database back{' there' if file else ''}, from a backup or from another "
            "process on the same database (TACT_SECRET_FILE says where it is). No new one is made.",
        )


class StoreOwned(Unavailable):
    """Another process holds the embedded vector store."""

    code = "store-owned"

    def __init__(self, folder: str, owner: str) -> None:
        self.folder, self.owner = folder, owner
        super().__init__(
            f"The context store in {folder!r}",
            f"it is in use by {owner}. Ask that service over HTTP, stop it, or share a server with TACT_CHROMA_URL",
            5.0,
            mends_itself=False,
        )


class ModelFailed(Unavailable):
    """No answer came from the model that can be used; whoever asked has something else to say."""

    code = "model-failed"

    def __init__(self, why: str, retry_after: float = 1.0) -> None:
        super().__init__("The model", why, retry_after)


class ModelTooLate(ModelFailed):
    """The model did not answer in the time there was."""

    code = "model-too-late"


class ModelRefused(ModelFailed):
    """The model, or its server, declined to answer."""

    code = "model-refused"


class ModelBroken(ModelFailed):
    """The model's answer is out of order."""

    code = "model-broken"


class ModelDown(ModelBroken):
    """The model's server cannot be reached, breaks off or says that it is ill: there is no answer at all."""

    code = "model-down"


class ModelCut(ModelBroken):
    """The model's answer ended at its limit, before it was done."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"its answer was cut off after {limit} tokens")


class ModelBusy(ModelFailed):
    """The model is left alone for now: too many wait for it, or it failed too often."""

    code = "model-busy"


class BudgetSpent(ModelFailed):
    """The tokens or the money for today are used up."""

    code = "budget-spent"


def shortened(value: object, limit: int = 80) -> str:
    """`value` quoted for a sentence, never longer than a line and always printable."""
    text = repr(value).encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= limit else text[: limit - 1] + "…"
