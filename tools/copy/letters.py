"""Letters: the words of a variant become a mail, as text and as HTML, in blocks that also stand alone."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from domain.message import Block, Message
from domain.variant import Variant
from tools.copy.facts import Facts
from tools.copy.filling import action_of, cites_of, items_of, offer_line, picture_of, rendered, required
from tools.copy.mail import Line, Part, block, footer_part, page, words_part
from tools.copy.offer_words import OfferWords
from tools.copy.passages import Chosen, passages_for
from tools.copy.slots import Slots
from tools.copy.written import Framing, Written

BLOCKS = "[blocks]"
"""The paragraph in whose place the content blocks stand."""


def write_mail(written: Written, slots: Slots, facts: Facts, frame: Framing) -> Message:
    """The whole mail, or one block of another tool's."""
    variant = written.variant
    subject, preheader = rendered(written.subject, facts), rendered(written.preheader, facts)
    chosen = passages_for(written, facts) if written.passages else ()
    parts = _mail_parts(written, slots, facts, frame, chosen)
    blocks = _mail_blocks(variant, slots, parts)
    dear = rendered(frame.dear, facts)
    greeting = [block("greeting", [words_part(dear)])] if dear else []
    shown = [*greeting, *blocks]
    footer = footer_part(
        required(frame.service_footer if written.is_service else frame.mail_footer, facts), footer_links(slots)
    )
    picture = picture_of(slots)
    image = (picture.url, picture.alt) if picture else None
    return Message(
        channel=variant.channel,
        language=variant.language,
        subject=subject,
        preheader=preheader,
        text="\n\n".join([*(each.text for each in shown), "──────────\n" + footer.text()]),
        html=page(variant.language, subject or "", preheader or "", shown, footer, image),
        url=slots.offer.url,
        headers=_headers(written, slots),
        image=picture,
        blocks=tuple(blocks),
        items=items_of(slots),
        offer=offer_line(slots.offer),
        cites=cites_of(written, facts, chosen),
    )


def footer_links(slots: Slots) -> tuple[str, ...]:
    """Where the links of a footer lead."""
    return tuple(filter(None, (slots.unsubscribe_url, slots.preferences_url, slots.why_url)))


def _headers(written: Written, slots: Slots) -> dict[str, str]:
    """One-click unsubscribe (RFC 8058) for everything but a service mail."""
    if slots.unsubscribe_url is None or written.is_service:
        return {}
    return {
        "List-Unsubscribe": f"<{slots.unsubscribe_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _mail_parts(written: Written, slots: Slots, facts: Facts, frame: Framing, chosen: Chosen = ()) -> list[Part]:
    """The body as parts, in the order of the template."""
    parts: list[Part] = []
    paragraphs = required(written.body, facts).split("\n\n")
    for paragraph in with_passages(paragraphs) if chosen else paragraphs:
        if paragraph == "[card]":
            parts.append(_card(slots, facts, frame))
        elif paragraph == "[offers]":
            parts.append(_list(slots, frame) if len(slots.items) > 1 else _card(slots, facts, frame))
        elif paragraph == BLOCKS:
            parts += _passages(chosen, facts)
        elif paragraph != "[button]":
            parts.append(words_part(paragraph))
        elif slots.offer.url is not None and len(slots.items) < 2:
            parts.append(Part("button", (Line(action_of(written, slots, facts, frame), slots.offer.url),)))
    return parts


def with_passages(paragraphs: list[str]) -> list[str]:
    """The paragraphs with the place of the content blocks: before the card or button where nothing says otherwise."""
    if BLOCKS in paragraphs:
        return paragraphs
    shown = [place for place, paragraph in enumerate(paragraphs) if paragraph in ("[card]", "[offers]", "[button]")]
    place = shown[0] if shown else len(paragraphs)
    return [*paragraphs[:place], BLOCKS, *paragraphs[place:]]


def _passages(chosen: Chosen, facts: Facts) -> Iterator[Part]:
    for passage, template in chosen:
        for paragraph in required(template, facts).split("\n\n"):
            if paragraph:
                yield replace(words_part(paragraph), name=passage.id)


def _card(slots: Slots, facts: Facts, frame: Framing) -> Part:
    lines = required(frame.cards[slots.offer.kind], facts).split("\n")
    return Part("card", tuple(Line(line) for line in lines if line))


def _list(slots: Slots, frame: Framing) -> Part:
    """The ranked offers, one line each; a list has no button, since every line is a way in."""
    lines = []
    for offer in slots.items:
        if offer.name.get(slots.language):
            words = OfferWords(offer, slots.language, slots.today, slots.zone)
            lines.append(Line(frame.item.render(offer=words), offer.url))
    return Part("list", tuple(lines))


def _mail_blocks(variant: Variant, slots: Slots, parts: list[Part]) -> list[Block]:
    """The parts as blocks: one for a placement, else what is said before, about and after the offer, and beside it."""
    if variant.placement is not None:
        return [block(slots.placement or variant.placement.rstrip(":*"), parts)]
    shown = [place for place, part in enumerate(parts) if part.kind != "words"]
    first, last = (shown[0], shown[-1] + 1) if shown else (len(parts), len(parts))
    usual = ("opening" if place < first else "offer" if place < last else "closing" for place in range(len(parts)))
    named = [(part.name or name, part) for name, part in zip(usual, parts, strict=True)]
    groups = [(name, [part for _, part in some]) for name, some in groupby(named, key=lambda one: one[0])]
    earlier = [[name for name, _ in groups[:place]].count(name) for place, (name, _) in enumerate(groups)]
    return [
        block(f"{name}-{again + 1}" if again else name, some)
        for (name, some), again in zip(groups, earlier, strict=True)
    ]
