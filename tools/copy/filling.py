"""Filling in: what every message is made of, whatever its channel: words, what they lean on, what is beside them."""

import re
from decimal import Decimal
from functools import lru_cache

from domain.memory import Distance
from domain.message import Cite, Item, OfferLine, Picture
from domain.offer import Offer, OfferKind
from prompts.render import Template
from tools.copy.facts import Facts
from tools.copy.offer_words import OfferWords
from tools.copy.passages import Chosen
from tools.copy.slots import Slots
from tools.copy.written import Framing, Written, speaks_of_cart, words_memory

ENDED_TWICE = re.compile(r"(?<=[^.][.!?])\.(?!\.)|(?<=[。！？])。")
"""The full stop of a sentence behind a fact that ends one itself, such as a name: Yahoo!. and Co., Ltd.."""


def tidy(text: str) -> str:
    """The text without what facts leave: no trailing blanks, at most one blank line in a row, no second full stop."""
    lines: list[str] = []
    for line in ENDED_TWICE.sub("", text).split("\n"):
        line = line.strip()
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip()


def rendered(template: Template | None, facts: Facts) -> str | None:
    """The words of a part, None where it has none."""
    if template is None:
        return None
    return tidy(template.filled(facts)) or None


def required(template: Template, facts: Facts) -> str:
    """The words of a part that there always is."""
    return rendered(template, facts) or ""


def cites_of(written: Written, facts: Facts, chosen: Chosen = ()) -> tuple[Cite, ...]:
    """The personal facts that the words lean on; a customer's own account figures are no remarks."""
    cites: list[Cite] = []
    memory = facts.memory
    if memory is not None and (written.recalls or any(words_memory(passage) for passage, _ in chosen)):
        cites.append(Cite(text=memory.text, distance=memory.distance.value, sensitive=memory.sensitive))
    if written.speaks_of_cart or any(speaks_of_cart(passage) for passage, _ in chosen):
        cites.append(Cite(text="cart", distance=Distance.DID_WITH_US.value))
    if not cites and written.personal:
        # What the scene itself leans on, such as the birthday month.
        scene = written.variant.scene
        cites += [Cite(text=scene, distance=distance) for distance in sorted(written.personal)]
    return tuple(cites)


def offer_line(offer: Offer) -> OfferLine:
    """Which offer it is about."""
    return _offer_line(offer.id, offer.kind, offer.discount_percent)


@lru_cache(maxsize=4096)
def _offer_line(offer_id: str, kind: OfferKind, percent: Decimal | None) -> OfferLine:
    """By what is in it and not by the offer, which costs far more to hash."""
    return OfferLine(id=offer_id, kind=kind, discount_percent=None if percent is None else float(percent))


def picture_of(slots: Slots) -> Picture | None:
    """The offer's image, only with its words in the reader's language."""
    image = slots.offer.image
    alt = image.alt.get(slots.language) if image else None
    return Picture(url=image.url, alt=alt) if image and alt else None


def items_of(slots: Slots) -> tuple[Item, ...]:
    """The ranked list by name; what has no name in the reader's language is left out."""
    if not slots.items:
        return ()
    named = ((offer, offer.name.get(slots.language)) for offer in slots.items)
    return tuple(Item(offer=offer.id, title=name, url=offer.url) for offer, name in named if name)


def action_of(written: Written, slots: Slots, facts: Facts, frame: Framing) -> str:
    """The words on the button: the template's own, else the offer's own, else those of its kind."""
    if written.action is None and facts.known("offer.action"):
        return str(OfferWords(slots.offer, slots.language, slots.today, slots.zone).action)
    return required(written.action or frame.actions[slots.offer.kind], facts)
