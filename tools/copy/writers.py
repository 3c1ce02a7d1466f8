"""One writer a channel: the words of a variant become a message of that channel's shape."""

from collections.abc import Callable, Mapping

from domain.channel import Channel
from domain.memory import Distance
from domain.message import Block, Cite, Item, Message, OfferLine, Picture
from domain.offer import Offer
from domain.variant import Variant
from prompts.render import Template
from tools.copy.facts import Facts
from tools.copy.mail import Line, Part, block, footer_part, page, words_part
from tools.copy.offer_words import OfferWords
from tools.copy.slots import Slots
from tools.copy.written import Framing, Written, words_memory


def _tidy(text: str) -> str:
    """The text without the gaps that left-out facts leave: no trailing blanks, at most one blank line in a row."""
    lines: list[str] = []
    for line in text.split("\n"):
        line = line.strip()
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip()


def _render(template: Template | None, facts: Facts) -> str | None:
    if template is None:
        return None
    return _tidy(template.render(**facts.root)) or None


def _required(template: Template, facts: Facts) -> str:
    return _render(template, facts) or ""


def _cites(variant: Variant, facts: Facts) -> tuple[Cite, ...]:
    """The personal facts that the words lean on; a customer's own account figures are no remarks."""
    cites: list[Cite] = []
    if words_memory(variant) and facts.memory is not None:
        memory = facts.memory
        cites.append(Cite(text=memory.text, distance=memory.distance.value, sensitive=memory.sensitive))
    if any(need.startswith("cart.") for need in variant.needs):
        cites.append(Cite(text="cart", distance=Distance.DID_WITH_US.value))
    if not cites:
        # What the scene itself leans on, such as the birthday month.
        cites += [Cite(text=variant.scene, distance=distance) for distance in sorted(variant.personal)]
    return tuple(cites)


def _offer_line(offer: Offer) -> OfferLine:
    percent = offer.discount_percent
    return OfferLine(id=offer.id, kind=offer.kind, discount_percent=None if percent is None else float(percent))


def _picture(slots: Slots) -> Picture | None:
    """The offer's image, only with its words in the reader's language."""
    image = slots.offer.image
    alt = image.alt.get(slots.language) if image else None
    return Picture(url=image.url, alt=alt) if image and alt else None


def _items(slots: Slots) -> tuple[Item, ...]:
    """The ranked list by name; what has no name in the reader's language is left out."""
    named = ((offer, offer.name.get(slots.language)) for offer in slots.items)
    return tuple(Item(offer=offer.id, title=name, url=offer.url) for offer, name in named if name)


def _action(written: Written, slots: Slots, facts: Facts, frame: Framing) -> str:
    """The words on the button: the template's own, else the offer's own, else those of its kind."""
    if written.action is None and facts.known("offer.action"):
        return str(OfferWords(slots.offer, slots.language, slots.today, slots.zone).action)
    return _required(written.action or frame.actions[slots.offer.kind], facts)


def _write_mail(written: Written, slots: Slots, facts: Facts, frame: Framing) -> Message:
    variant = written.variant
    subject, preheader = _render(written.subject, facts), _render(written.preheader, facts)
    parts = _mail_parts(written, slots, facts, frame)
    blocks = _mail_blocks(variant, slots, parts)
    dear = _render(frame.dear, facts)
    greeting = [block("greeting", [words_part(dear)])] if dear else []
    shown = [*greeting, *blocks]
    footer = footer_part(
        _required(frame.service_footer if written.is_service else frame.mail_footer, facts), slots.unsubscribe_url
    )
    picture = _picture(slots)
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
        items=_items(slots),
        offer=_offer_line(slots.offer),
        cites=_cites(variant, facts),
    )


def _headers(written: Written, slots: Slots) -> dict[str, str]:
    """One-click unsubscribe (RFC 8058) for everything but a service mail."""
    if slots.unsubscribe_url is None or written.is_service:
        return {}
    return {
        "List-Unsubscribe": f"<{slots.unsubscribe_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _mail_parts(written: Written, slots: Slots, facts: Facts, frame: Framing) -> list[Part]:
    """The body as parts, in the order of the template."""
    parts: list[Part] = []
    for paragraph in _required(written.body, facts).split("\n\n"):
        if paragraph == "[card]":
            parts.append(_card(slots, facts, frame))
        elif paragraph == "[offers]":
            parts.append(_list(slots, frame) if len(slots.items) > 1 else _card(slots, facts, frame))
        elif paragraph != "[button]":
            parts.append(words_part(paragraph))
        elif slots.offer.url is not None and len(slots.items) < 2:
            parts.append(Part("button", (Line(_action(written, slots, facts, frame), slots.offer.url),)))
    return parts


def _card(slots: Slots, facts: Facts, frame: Framing) -> Part:
    lines = _required(frame.cards[slots.offer.kind], facts).split("\n")
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
    """The parts as blocks: one for a placement, else what is said before, about and after the offer."""
    if variant.placement is not None:
        return [block(slots.placement or variant.placement.rstrip(":*"), parts)]
    shown = [place for place, part in enumerate(parts) if part.kind != "words"]
    first, last = (shown[0], shown[-1] + 1) if shown else (len(parts), len(parts))
    named = (("opening", parts[:first]), ("offer", parts[first:last]), ("closing", parts[last:]))
    return [block(name, some) for name, some in named if some]


def _write_body(written: Written, slots: Slots, facts: Facts, frame: Framing) -> Message:
    """An in-app message or a speaking script: one body."""
    variant = written.variant
    is_call = variant.channel is Channel.CALL
    return Message(
        channel=variant.channel,
        language=variant.language,
        body=_required(written.body, facts),
        url=None if is_call else slots.offer.url,
        image=None if is_call else _picture(slots),
        items=() if is_call else _items(slots),
        offer=_offer_line(slots.offer),
        cites=_cites(variant, facts),
    )


def _write_line(written: Written, slots: Slots, facts: Facts, frame: Framing) -> Message:
    """One bubble, its one link, and where to stop."""
    variant = written.variant
    parts = [_required(written.body, facts)]
    if slots.offer.url is not None:
        parts.append(f"{_action(written, slots, facts, frame)}\n{slots.offer.url}")
    if not written.is_service:
        parts.append(_required(frame.line_footer, facts))
    return Message(
        channel=variant.channel,
        language=variant.language,
        body="\n\n".join(parts),
        url=slots.offer.url,
        image=_picture(slots),
        offer=_offer_line(slots.offer),
        cites=_cites(variant, facts),
    )


def _write_sms(written: Written, slots: Slots, facts: Facts, frame: Framing) -> Message:
    """The sender's name first, the link and the way to stop last."""
    variant = written.variant
    parts = [_required(written.body, facts)]
    if slots.offer.url is not None:
        parts.append(slots.offer.url)
    if not written.is_service:
        parts.append(_required(frame.sms_footer, facts))
    return Message(
        channel=variant.channel,
        language=variant.language,
        body="\n".join(parts),
        url=slots.offer.url,
        offer=_offer_line(slots.offer),
        cites=_cites(variant, facts),
    )


def _write_titled(written: Written, slots: Slots, facts: Facts, frame: Framing) -> Message:
    """A title and a body: push, web, ad and signage; a sign cannot be tapped and has no link."""
    variant = written.variant
    return Message(
        channel=variant.channel,
        language=variant.language,
        title=_render(written.title, facts),
        body=_required(written.body, facts),
        url=None if variant.channel is Channel.SIGNAGE else slots.offer.url,
        image=_picture(slots),
        items=() if variant.channel is Channel.PUSH else _items(slots),
        offer=_offer_line(slots.offer),
        cites=_cites(variant, facts),
    )


Writer = Callable[[Written, Slots, Facts, Framing], Message]
WRITERS: Mapping[Channel, Writer] = {
    Channel.EMAIL: _write_mail,
    Channel.SMS: _write_sms,
    Channel.PUSH: _write_titled,
    Channel.LINE: _write_line,
    Channel.WEB: _write_titled,
    Channel.APP: _write_body,
    Channel.AD: _write_titled,
    Channel.SIGNAGE: _write_titled,
    Channel.CALL: _write_body,
}
