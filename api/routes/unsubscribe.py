"""One click out (RFC 8058): the link in every mail withdraws consent by POST; opening it changes nothing."""

from typing import NamedTuple

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from agent.links import read_unsubscribe
from api.channel_words import channel_name
from api.door import book_of, parts_of, preferred
from api.framing import LOST, LostLink
from api.pages import page
from domain.channel import Channel, Purpose
from domain.consent import Consent, Evidence
from domain.errors import Malformed
from domain.language import Language, phrase
from records import profiles, withdrawal
from records.connection import Connection

router = APIRouter(tags=["unsubscribe"])

BUTTON = '<form method="post"><button type="submit">{label}</button></form>'
METHOD = "one-click"


class Link(NamedTuple):
    """What an unsubscribe link says."""

    customer_id: str
    channel: Channel


@router.get(
    "/u/{token}",
    summary="see the unsubscribe button",
    response_class=HTMLResponse,
    responses=LOST,
)
async def show(request: Request, token: str) -> Response:
    """A page with one button in the customer's language; looking at it changes nothing."""
    link = read(request, token)
    language = await language_for(request, link)
    name = channel_name(link.channel, language)
    return await small_page(
        request,
        language,
        title=phrase(language, ja="配信停止のお手続き", en="Unsubscribe"),
        sentence=phrase(
            language,
            ja=f"{name}でのお知らせの配信を停止します。よろしければ下のボタンを押してください。",
            en=f"Press the button and we will stop sending you offers by {name}.",
        ),
        label=phrase(language, ja="配信を停止する", en="Unsubscribe"),
    )


@router.post("/u/{token}", summary="unsubscribe", response_class=HTMLResponse, responses=LOST)
async def unsubscribe(request: Request, token: str) -> Response:
    """Withdraws consent at once; doing it twice is the same as doing it once."""
    link = read(request, token)
    parts = parts_of(request)
    now = parts.clock.now()
    withdrawn = Consent(
        customer_id=link.customer_id,
        topic=link.channel.value,
        purpose=Purpose.MARKETING,
        granted=False,
        evidence=Evidence(method=METHOD, at=now, source="/u"),
        at=now,
    )
    await parts.write(lambda connection: withdraw(connection, withdrawn))
    language = await language_for(request, link)
    name = channel_name(link.channel, language)
    return await small_page(
        request,
        language,
        title=phrase(language, ja="配信を停止しました", en="You are unsubscribed"),
        sentence=phrase(
            language,
            ja=f"{name}でのお知らせの配信を停止しました。ご注文やお問い合わせに関する大切なご連絡は、引き続きお送りすることがございます。",
            en=f"We have stopped sending you offers by {name}. You may still hear from us about your own orders.",
        ),
    )


def withdraw(connection: Connection, withdrawn: Consent) -> None:
    """Appends the withdrawal unless the ledger already says so; about nobody whom we do not know nothing is written."""
    if profiles.customer(connection, withdrawn.customer_id) is None:
        return
    withdrawal.withdraw(connection, [withdrawn])


def read(request: Request, token: str) -> Link:
    """What the link says; raises LostLink for one that we did not make."""
    try:
        return Link(*read_unsubscribe(parts_of(request).stores.links, token))
    except Malformed as error:
        raise LostLink(token) from error


async def language_for(request: Request, link: Link) -> Language:
    """The customer's own language, else the browser's, else the service's."""
    parts = parts_of(request)
    customer = await parts.read(lambda connection: profiles.customer(connection, link.customer_id))
    known = preferred(customer.language) if customer and customer.language else None
    return known or preferred(request.headers.get("accept-language", "")) or parts.settings.language


async def small_page(
    request: Request, language: Language, *, title: str, sentence: str, label: str | None = None
) -> HTMLResponse:
    """The page with one sentence and at most one button."""
    book = await book_of(request)
    sender = book.sender.name.either(language)
    texts = {"language": language, "title": title, "sentence": sentence, "sender": sender}
    return page("unsubscribe", texts, form=BUTTON.format(label=label) if label else "")
