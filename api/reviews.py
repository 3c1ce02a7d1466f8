"""Reviews as people see them: the words, why this customer, and what wants somebody to look."""

from typing import Literal

from pydantic import AwareDatetime, ConfigDict, Field

from agent.message_case import MessageCase, Today
from agent.ruling import Case
from agent.station import Ground, words_of
from agent.variant_case import VariantCase, variant_of
from agent.waiting import Waiting
from domain.channel import Channel
from domain.decision import Explanation, Reason
from domain.frozen import Frozen
from domain.language import Language
from domain.message import Message
from domain.variant import Copy, Variant
from records.reviews import Kind, Review


class ReviewView(Frozen):
    """One draft that waits, or waited.

    `message` is what one customer would get, `variant` what many would; `wanted` is what wants a person to look,
    `explanation` why this customer. `copy` holds the parts that an edit may change, and `holds` what stands against
    the words even if they were approved now: both only where a single review is looked at that waits.
    """

    model_config = ConfigDict(populate_by_name=True)

    id: str
    kind: Kind
    status: Literal["waiting", "approved", "edited", "rejected", "expired"]
    decision_id: str | None
    variant_id: str | None
    customer_id: str | None
    scene: str | None
    channel: Channel | None
    created_at: AwareDatetime
    expires_at: AwareDatetime | None
    decided_by: str | None
    decided_at: AwareDatetime | None
    reason: str | None
    erased: bool
    message: Message | None
    variant: Variant | None
    samples: tuple[Message, ...] = ()
    wanted: tuple[Reason, ...]
    explanation: Explanation | None
    copy_: Copy | None = Field(None, alias="copy")
    holds: tuple[Reason, ...] = ()


def view(ground: Ground, review: Review, language: Language, case: Case | None = None) -> ReviewView:
    """A review in the reader's language; with its case, how it stands today."""
    words = _words(ground, review)
    variant = variant_of(review) if review.kind == "variant" else None
    today = case.today() if isinstance(case, MessageCase) else Today(variant.copy_ if variant else None, ())
    return ReviewView(
        id=review.id,
        kind=review.kind,
        status="expired" if review.status == "waiting" and not review.waits(ground.now) else review.status,
        decision_id=review.subject if review.kind == "message" else None,
        variant_id=review.subject if review.kind == "variant" else None,
        customer_id=review.customer_id,
        scene=review.scene,
        channel=review.channel,
        created_at=review.created_at,
        expires_at=review.expires_at,
        decided_by=review.decided_by,
        decided_at=review.decided_at,
        reason=review.reason,
        erased=review.kind == "message" and words is None,
        message=words.message if words else None,
        variant=variant,
        samples=case.samples() if isinstance(case, VariantCase) else (),
        wanted=wanted(words, language),
        explanation=words.explanation[language] if words else None,
        copy_=today.copy,
        holds=today.holds,
    )


def wanted(words: Waiting | None, language: Language) -> tuple[Reason, ...]:
    """What wants a person to look, in the reader's language."""
    found = words.wanted if words else ()
    return tuple(Reason(rule=one.rule, type=one.type, text=one.text.either(language)) for one in found)


def _words(ground: Ground, review: Review) -> Waiting | None:
    if review.kind != "message":
        return None
    return ground.stores.read(lambda c: words_of(c, ground.stores, review))
