"""One writer a channel: the words of a variant become a message of that channel's shape."""

from collections.abc import Callable, Mapping

from domain.channel import Channel
from domain.message import Message
from domain.variant import Copy
from tools.copy.facts import Facts
from tools.copy.filling import action_of, cites_of, items_of, offer_line, picture_of, rendered, required
from tools.copy.letters import write_mail
from tools.copy.slots import Slots
from tools.copy.written import Framing, Written


def _write_body(written: Written, slots: Slots, facts: Facts, frame: Framing) -> Message:
    """An in-app message or a speaking script: one body."""
    variant = written.variant
    is_call = variant.channel is Channel.CALL
    return Message(
        channel=variant.channel,
        language=variant.language,
        body=required(written.body, facts),
        url=None if is_call else slots.offer.url,
        image=None if is_call else picture_of(slots),
        items=() if is_call else items_of(slots),
        offer=offer_line(slots.offer),
        cites=cites_of(written, facts),
    )


def _write_line(written: Written, slots: Slots, facts: Facts, frame: Framing) -> Message:
    """One bubble, its one link, and where to stop."""
    variant = written.variant
    parts = [required(written.body, facts)]
    if slots.offer.url is not None:
        parts.append(f"{action_of(written, slots, facts, frame)}\n{slots.offer.url}")
    if not written.is_service:
        parts.append(required(frame.line_footer, facts))
    return Message(
        channel=variant.channel,
        language=variant.language,
        body="\n\n".join(parts),
        url=slots.offer.url,
        image=picture_of(slots),
        offer=offer_line(slots.offer),
        cites=cites_of(written, facts),
    )


def _write_sms(written: Written, slots: Slots, facts: Facts, frame: Framing) -> Message:
    """The sender's name first, the link and the way to stop last."""
    variant = written.variant
    parts = [required(written.body, facts)]
    if slots.offer.url is not None:
        parts.append(slots.offer.url)
    if not written.is_service:
        parts.append(required(frame.sms_footer, facts))
    return Message(
        channel=variant.channel,
        language=variant.language,
        body="\n".join(parts),
        url=slots.offer.url,
        offer=offer_line(slots.offer),
        cites=cites_of(written, facts),
    )


def _write_titled(written: Written, slots: Slots, facts: Facts, frame: Framing) -> Message:
    """A title and a body: push, web, ad and signage; a sign cannot be tapped and has no link."""
    variant = written.variant
    return Message(
        channel=variant.channel,
        language=variant.language,
        title=rendered(written.title, facts),
        headlines=_headlines(written, facts) if written.headlines else (),
        body=required(written.body, facts),
        url=None if variant.channel is Channel.SIGNAGE else slots.offer.url,
        image=picture_of(slots),
        items=() if variant.channel is Channel.PUSH else items_of(slots),
        offer=offer_line(slots.offer),
        cites=cites_of(written, facts),
    )


def _headlines(written: Written, facts: Facts) -> tuple[str, ...]:
    """Further headlines, each once and none like the title."""
    title = rendered(written.title, facts)
    lines = (rendered(headline, facts) for headline in written.headlines)
    return tuple(dict.fromkeys(line for line in lines if line and line != title))


def spelled_out(written: Written, facts: Facts) -> Copy:
    """The parts with every fact filled in, for a person who reads and changes them; content blocks stay templates."""
    copy = written.variant.copy_
    return copy.model_copy(
        update={
            "subject": rendered(written.subject, facts),
            "preheader": rendered(written.preheader, facts),
            "title": rendered(written.title, facts),
            "body": required(written.body, facts),
            "action": rendered(written.action, facts),
            "headlines": _headlines(written, facts),
        }
    )


Writer = Callable[[Written, Slots, Facts, Framing], Message]
WRITERS: Mapping[Channel, Writer] = {
    Channel.EMAIL: write_mail,
    Channel.SMS: _write_sms,
    Channel.PUSH: _write_titled,
    Channel.LINE: _write_line,
    Channel.WEB: _write_titled,
    Channel.APP: _write_body,
    Channel.AD: _write_titled,
    Channel.SIGNAGE: _write_titled,
    Channel.CALL: _write_body,
}
