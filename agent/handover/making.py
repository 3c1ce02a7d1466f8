"""Making a brief: one reading of the records, one rehearsal a channel, and then only words."""

from datetime import timedelta

from agent.conductor import Conductor
from agent.handover.brief import Brief, Reader
from agent.handover.calling import script
from agent.handover.contacting import contacting, next_step, questions
from agent.handover.known import Known
from agent.handover.rendering import rendered
from agent.handover.sections import account, avoid, did, guessed, heading, said, satisfaction
from agent.instruments import Instruments
from domain.channel import Channel
from domain.decision import Decision, Who
from domain.errors import NotFound
from domain.language import Language
from records import catalogue, consents, memories
from records.connection import Connection
from records.recall import recall

BACK = timedelta(days=90)


async def brief_of(
    instruments: Instruments, conductor: Conductor, customer_id: str, reader: Reader, language: Language
) -> Brief:
    """The brief about one customer for one reader; writes nothing. Raises NotFound for an unknown customer."""
    known = await instruments.read(lambda c: read(c, instruments, customer_id, reader, language))
    rehearsed: dict[Channel, Decision] = {}
    scenes = (await instruments.pool.run(instruments.shelf.load))[0].scenes
    for channel, ask in questions(known, scenes).items():
        rehearsed[channel] = (await conductor.next_message(ask, language=language)).decision
    contact = contacting(known, rehearsed)
    brief = Brief(
        customer=known.customer.id,
        reader=reader,
        language=language,
        at=known.now,
        heading=heading(known),
        said=said(known),
        did=did(known),
        guessed=guessed(known),
        avoid=avoid(known),
        next_step=next_step(known, contact, rehearsed),
        contact=contact,
        account=account(known),
        satisfaction=satisfaction(known),
        script=script(known) if reader == "call" else None,
    )
    return brief.model_copy(update={"text": rendered(brief, known)})


def read(c: Connection, instruments: Instruments, customer_id: str, reader: Reader, language: Language) -> Known:
    """Everything on one snapshot."""
    now = instruments.clock.now()
    found = recall(c, Who(id=customer_id), now, BACK)
    if found is None:
        raise NotFound("customer", customer_id)
    kept = memories.of_customer(c, customer_id)
    return Known(
        reader=reader,
        language=language,
        now=now,
        zone=instruments.zone_of(found.record.customer),
        record=found.record,
        ledger=consents.ledger(c, customer_id),
        memories=tuple(one for one in kept if one.ended is None and (one.expires_at is None or one.expires_at > now)),
        offers={offer.id: offer for offer in catalogue.all_offers(c)},
    )
