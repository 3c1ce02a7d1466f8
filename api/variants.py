"""Copy versions as the contract shows them."""

from pydantic import AwareDatetime, Field

from agent.ordering import Order
from agent.progress import Progress
from domain.channel import Channel
from domain.frozen import Frozen
from domain.language import Language
from domain.message import Message
from domain.variant import Copy
from records.compositions import Composition, Status
from records.variants import Kept
from records.variants import Status as Standing


class Origin(Frozen):
    """Where copy comes from."""

    model: str
    prompt: str
    brief: str
    policy_version: int
    author: str
    at: AwareDatetime
    composition: str | None
    prompt_tokens: int
    completion_tokens: int


class VariantLine(Frozen):
    """A copy version in a list."""

    id: str
    status: Standing
    scene: str
    offer: str | None
    channel: Channel
    placement: str | None
    language: Language
    tone: str
    angle: str
    copy_: Copy = Field(alias="copy")
    needs: tuple[str, ...]
    shown: int
    answered: int
    policy_version: int
    """The rules that it passed last."""
    created_at: AwareDatetime
    decided_by: str | None
    decided_at: AwareDatetime | None
    reason: str | None
    provenance: Origin


class Sample(Frozen):
    """How a typical customer would read it, part by part: words to look at, and nothing that could be sent."""

    parts: dict[str, str]


class VariantView(VariantLine):
    """A copy version, and how it reads to typical customers."""

    samples: tuple[Sample, ...]


class CompositionView(Frozen):
    """A composition and how far it is."""

    id: str
    status: Status
    scene: str
    author: str
    order: Order
    progress: Progress
    created_at: AwareDatetime
    updated_at: AwareDatetime


def line(kept: Kept) -> VariantLine:
    """One of many."""
    variant = kept.variant
    return VariantLine(
        id=variant.id,
        status=kept.status,
        scene=variant.scene,
        offer=variant.offer,
        channel=variant.channel,
        placement=variant.placement,
        language=variant.language,
        tone=variant.tone,
        angle=variant.angle,
        copy=variant.copy_,
        needs=tuple(sorted(variant.needs)),
        shown=kept.shown,
        answered=kept.answered,
        policy_version=kept.policy_version,
        created_at=kept.created_at,
        decided_by=kept.decided_by,
        decided_at=kept.decided_at,
        reason=kept.reason,
        provenance=Origin(**kept.provenance.model_dump()),
    )


def view(kept: Kept, samples: tuple[Message, ...]) -> VariantView:
    """One by itself."""
    return VariantView(**line(kept).model_dump(by_alias=True), samples=tuple(map(sample, samples)))


def sample(message: Message) -> Sample:
    """The words of a message, its headlines included."""
    words = {name: text for name, text in message.words() if name != "html"}
    return Sample(parts=words | {f"headlines[{n}]": line for n, line in enumerate(message.headlines)})


def told(composition: Composition) -> CompositionView:
    """A composition as it stands."""
    return CompositionView(
        id=composition.id,
        status=composition.status,
        scene=composition.scene,
        author=composition.author,
        order=Order.model_validate_json(composition.document),
        progress=Progress.model_validate_json(composition.progress),
        created_at=composition.created_at,
        updated_at=composition.updated_at,
    )
