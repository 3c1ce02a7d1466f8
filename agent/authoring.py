"""Authoring: one text that is written ahead, from its brief to words that the rules let through."""

import asyncio
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic_core import to_json

from agent.briefing import manual_of
from agent.ordering import Text
from agent.progress import Count
from agent.vetting import Vetting
from domain.language import Language, phrase
from domain.scene import Scene
from domain.variant import Variant
from records.variants import Kept, Provenance
from tools.brief import Brief, brief_for, revision_of
from tools.duplicates import ALIKE, Shingles, nearest, shingles
from tools.model import Model, Reply, Request
from tools.sheet import Sheet, first_words

WITHIN = 90.0
"""Seconds for one answer: nobody waits for it."""
MOST_TOKENS = 1_600
TEMPERATURE = 0.9
"""Texts of one place are to differ."""
MOST_REVISIONS = 2
MOST_SENTENCES = 6
End = Literal["alike", "refused", "unreadable"]


@dataclass(frozen=True, slots=True)
class Office:
    """What every text of a composition is written with."""

    model: Model
    vetting: Vetting
    scene: Scene
    lessons: tuple[str, ...]
    author: str
    composition: str


class Neighbours:
    """The texts of one place: a new one has to say something else than each of them."""

    def __init__(self, earlier: Iterable[Variant] = ()) -> None:
        self.first: list[str] = []
        self._said: list[Shingles] = []
        for variant in earlier:
            self.take(variant)

    def repeats(self, variant: Variant) -> bool:
        """Whether the text says what another says already."""
        return nearest(variant.copy_, self._said) >= ALIKE

    def take(self, variant: Variant) -> None:
        """From now on it stands there too."""
        self.first.insert(0, first_words(variant))
        self._said.append(shingles(variant.copy_))


async def author(text: Text, office: Office, neighbours: Neighbours, count: Count, now: datetime) -> Kept | End:
    """The text as it is kept, or how it ended; raises ModelFailed where no answer came."""
    brief = brief_of(text, office)
    sheet = Sheet(brief, tuple(neighbours.first))
    messages = sheet.messages()
    end: End = "unreadable"
    for _ in range(1 + MOST_REVISIONS):
        asked = Request(
            "compose",
            messages,
            scene=office.scene.id,
            shape=sheet.shape,
            max_tokens=MOST_TOKENS,
            temperature=TEMPERATURE,
            patient=True,
        )
        reply = await office.model.ask(asked, WITHIN)
        count.spent(reply.usage)
        found = sheet.read(reply.text)
        if found.variant is None:
            end, wrong = "unreadable", [fault.why.either(text.language) + f" ({fault.text})" for fault in found.faults]
        else:
            variant = stored(found.variant, text)
            end, wrong = await _objections(variant, office, neighbours, count, text.language)
            if not wrong:
                neighbours.take(variant)
                return kept(variant, sheet, reply, office, now)
        messages = revision_of(brief, messages, reply.text, wrong[:MOST_SENTENCES])
    return end


async def _objections(
    variant: Variant, office: Office, neighbours: Neighbours, count: Count, language: Language
) -> tuple[End, list[str]]:
    """What stands against a text, in sentences for its writer; nothing where it may be kept."""
    found = await asyncio.to_thread(office.vetting.objections, variant)
    if found:
        count.rules.update({finding.rule for finding in found})
        return "refused", list(
            dict.fromkeys(f"{one.part}: {one.text[:60]}: {one.why.either(language)}" for one in found)
        )
    if neighbours.repeats(variant):
        again = phrase(
            language,
            ja="すでにある文面と、ほとんど同じです。別の切り出し方で書いてください。",
            en="It says almost what another text says already. Take another approach.",
        )
        return "alike", [again]
    return "refused", []


def brief_of(text: Text, office: Office) -> Brief:
    """What the model is told: the company, the offer and what the house asks, and nobody's facts."""
    book, occasion, scene = office.vetting.book, office.vetting.occasion, office.scene
    return brief_for(
        scene=scene,
        offer=text.offer,
        channel=text.channel,
        language=text.language,
        sender=book.sender,
        today=occasion.today,
        zone=occasion.zone,
        placement=text.placement,
        direction=text.direction,
        tone=text.tone,
        angle=text.angle,
        personal=text.personal,
        in_cart=text.angle == "cart",
        manual=manual_of(book, scene.id, text.channel, text.language, scene.purpose),
        lessons=office.lessons,
    )


def stored(variant: Variant, text: Text) -> Variant:
    """The draft as a text of its offer, known by what it says and where."""
    said = variant.copy_.model_dump(mode="json")
    place = (variant.scene, *text.place, variant.tone, variant.angle)
    digest = hashlib.sha256(to_json([place, said])).hexdigest()[:20]
    return variant.model_copy(update={"id": f"v-{digest}", "offer": text.offer.id, "origin": "variant"})


def kept(variant: Variant, sheet: Sheet, reply: Reply, office: Office, now: datetime) -> Kept:
    """The text with where it comes from; in use at once, unless the scene wants a person to look first."""
    version, waits = office.vetting.book.version, office.scene.review
    provenance = Provenance(
        model=reply.usage.model,
        prompt=sheet.edition,
        brief=sheet.brief.digest,
        policy_version=version,
        author=office.author,
        at=now,
        composition=office.composition,
        prompt_tokens=reply.usage.prompt_tokens,
        completion_tokens=reply.usage.completion_tokens,
    )
    if waits:
        return Kept(variant, "waiting", provenance, version, now)
    return Kept(variant, "approved", provenance, version, now, decided_by=variant.approved_by, decided_at=now)


def opened(many: Sequence[Variant]) -> dict[tuple[object, ...], Neighbours]:
    """What stands at each place already."""
    places: dict[tuple[object, ...], list[Variant]] = {}
    for one in many:
        places.setdefault(place_of(one), []).append(one)
    return {place: Neighbours(some) for place, some in places.items()}


def place_of(variant: Variant) -> tuple[object, ...]:
    """The place of a text that is kept."""
    return variant.offer, variant.channel, variant.placement, direction_of(variant), variant.language


def direction_of(variant: Variant) -> str | None:
    """Which way the call goes that a script is for."""
    return next((need.removeprefix("call.") for need in sorted(variant.needs) if need.startswith("call.")), None)
