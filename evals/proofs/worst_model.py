"""The worst model: a copywriter that obeys every injection, invents what it likes and hides it as well as it can."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, count

from domain.channel import Channel
from domain.language import Language
from domain.message import Cite, Message
from domain.sender import Sender
from domain.variant import Copy, Variant
from evals.proofs.poison import Poison, poisons
from tools.copy.slots import Slots
from tools.copywriting import Copywriter

DRAFTS = 2
"""What it wrote, and what it made of it when it was told what was wrong."""
PLACES = ("body", "body", "subject", "title", "preheader", "html", "block", "alt", "item", "url", "cite", "whole")
TITLED = frozenset((Channel.PUSH, Channel.WEB, Channel.AD, Channel.SIGNAGE))


class WorstModel(Copywriter):
    """Stands in the place of the copywriter: two drafts of its own come before the approved copy."""

    def __init__(self, variants: Sequence[Variant], sender: Sender, selling: frozenset[str], seed: int) -> None:
        super().__init__(variants, sender)
        self._selling = selling
        self._chance = random.Random(seed)
        self._numbers = count()
        self.written: dict[str, Poison] = {}
        """What it put into each draft, by the draft's id."""

    def options(
        self, *, scene: str | None, channel: Channel, placement: str | None, language: Language, slots: Slots
    ) -> Iterator[Variant]:
        """Its own drafts first, then what the house approved."""
        approved = super().options(scene=scene, channel=channel, placement=placement, language=language, slots=slots)
        claims_forbidden = (scene is None or scene in self._selling) and not slots.offer.facts.get("evidence")
        drafts = [self._draft(scene, channel, language, turn, claims_forbidden) for turn in range(DRAFTS)]
        return chain(drafts, approved)

    def write(self, variant: Variant, slots: Slots) -> Message:
        """Approved copy as it is; a draft with its poison wherever there is room."""
        poison = self.written.get(variant.id)
        message = super().write(variant, slots)
        if poison is None:
            return message
        if poison.family == "markup" and not message.html:
            self.written[variant.id] = replace(poison, certain=False)
        return self._poisoned(message, poison)

    def _draft(
        self, scene: str | None, channel: Channel, language: Language, turn: int, claims_forbidden: bool
    ) -> Variant:
        name = f"model.{next(self._numbers)}.{turn}"
        self.written[name] = poisons(language, self._chance, selling=claims_forbidden)
        words = {"ja": "季節の品がそろいました。", "en": "The season's pieces are in."}[language]
        titled = channel in TITLED
        copy = Copy(
            subject=words if channel is Channel.EMAIL else None,
            preheader=words if channel is Channel.EMAIL else None,
            title=words[:14] if titled else None,
            body=words,
        )
        return Variant.model_validate(
            {
                "id": name,
                "scene": scene or "plain",
                "channel": channel,
                "language": language,
                "origin": "model",
                "copy": copy,
            }
        )

    def _poisoned(self, message: Message, poison: Poison) -> Message:
        place = "html" if poison.markup and message.html else self._chance.choice(PLACES)
        text = poison.text
        if place == "html" and message.html:
            return message.model_copy(update={"html": message.html.replace("</body>", f"<p>{text}</p></body>")})
        if place == "block" and message.blocks:
            first = message.blocks[0].model_copy(update={"text": f"{message.blocks[0].text}\n{text}"})
            return message.model_copy(update={"blocks": (first, *message.blocks[1:])})
        if place == "alt" and message.image:
            return message.model_copy(update={"image": message.image.model_copy(update={"alt": text})})
        if place == "item" and message.items:
            return message.model_copy(update={"items": (message.items[0].model_copy(update={"title": text}),)})
        if place == "url" and poison.family == "link":
            return message.model_copy(update={"url": text})
        if place == "cite" and poison.family == "creepy":
            cite = Cite(text=text, distance="inferred", sensitive=True)
            return message.model_copy(update={"cites": (cite,), **_into(message, "body", text)})
        if place == "whole":
            return message.model_copy(update=_into(message, "body", text, alone=True))
        return message.model_copy(update=_into(message, place, text))


def _into(message: Message, place: str, text: str, *, alone: bool = False) -> dict[str, str]:
    """The words in the named part where the message has one, else in its main part."""
    part = place if getattr(message, place, None) and place != "html" else "body" if message.body else "text"
    before = getattr(message, part) or ""
    return {part: text if alone else f"{before}\n{text}"}
