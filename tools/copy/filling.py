"""Filling in: what every message is made of, whatever its channel: words, what they lean on, what is beside them."""

from domain.memory import Distance
from domain.message import Cite, Item, OfferLine, Picture
from domain.offer import Offer
from domain.variant import Passage, Variant
from prompts.render import Template
from tools.copy.facts import Facts
from tools.copy.offer_words import OfferWords
from tools.copy.passages import Chosen
from tools.copy.slots import Slots
from tools.copy.written import Framing, Written, words_memory


def tidy(text: str) -> str:
    """The text without the gaps that left-out facts leave: no trailing blanks, at most one blank line in a row."""
    lines: list[str] = []
    for line in text.split("\n"):
        line = line.strip()
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip()


def rendered(template: Template | None, facts: Facts) -> str | None:
    """The words of a part, None where it has none."""
    if template is None:
        return None
    return tidy(template.render(**facts.root)) or None


def required(template: Template, facts: Facts) -> str:
    """The words of a part that there always is."""
    return rendered(template, facts) or ""


def cites_of(variant: Variant, facts: Facts, chosen: Chosen = ()) -> tuple[Cite, ...]:
    """The personal facts that the words lean on; a customer's own account figures are no remarks."""
    cites: list[Cite] = []
    said: tuple[Variant | Passage, ...] = (variant, *(passage for passage, _ in chosen))
    if any(words_memory(one) for one in said) and facts.memory is not None:
        memory = facts.memory
        cites.append(Cite(text=memory.text, distance=memory.distance.value, sensitive=memory.sensitive))
    if any(need.startswith("cart.") for one in said for need in one.needs):
        cites.append(Cite(text="cart", distance=Distance.DID_WITH_US.value))
    if not cites:
        # What the scene itself leans on, such as the birthday month.
        cites += [Cite(text=variant.scene, distance=distance) for distance in sorted(variant.personal)]
    return tuple(cites)


def offer_line(offer: Offer) -> OfferLine:
    """Which offer it is about."""
    percent = offer.discount_percent
    return OfferLine(id=offer.id, kind=offer.kind, discount_percent=None if percent is None else float(percent))


def picture_of(slots: Slots) -> Picture | None:
    """The offer's image, only with its words in the reader's language."""
    image = slots.offer.image
    alt = image.alt.get(slots.language) if image else None
    return Picture(url=image.url, alt=alt) if image and alt else None


def items_of(slots: Slots) -> tuple[Item, ...]:
    """The ranked list by name; what has no name in the reader's language is left out."""
    named = ((offer, offer.name.get(slots.language)) for offer in slots.items)
    return tuple(Item(offer=offer.id, title=name, url=offer.url) for offer, name in named if name)


def action_of(written: Written, slots: Slots, facts: Facts, frame: Framing) -> str:
    """The words on the button: the template's own, else the offer's own, else those of its kind."""
    if written.action is None and facts.known("offer.action"):
        return str(OfferWords(slots.offer, slots.language, slots.today, slots.zone).action)
    return required(written.action or frame.actions[slots.offer.kind], facts)
