"""What a customer sees of themselves: why they got a message, what they receive, and what is remembered of them.

Looking changes nothing; each change is a form of its own, without a script.
"""

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from agent.links import Shown, read_preferences, read_why
from agent.why import why
from api.door import parts_of, preferred
from api.framing import LOST, LostLink, asked_language, framed
from api.preferences import PUSHED, Chosen, done_words, explained, paragraphs, receiving, remembering, title_of_why
from domain.clock import Clock
from domain.consent import FREQUENCY, LOCATION
from domain.errors import Malformed
from domain.language import Language, phrase
from records import consents, preferences, profiles
from records.connection import Connection

router = APIRouter(tags=["preferences"])

MOST_BYTES = 64 * 1024


@router.get(
    "/why/{token}",
    summary="see why a message came",
    response_class=HTMLResponse,
    responses=LOST,
)
async def show_why(request: Request, token: str) -> Response:
    """A page that explains one message to who got it, for 90 days; then a kind word."""
    parts = parts_of(request)
    shown = signed(request, token, "why")
    language = await language_for(request, shown.customer_id)
    told = None
    if not shown.is_over(parts.clock.now()):
        told = await parts.instruments.pool.run(lambda: why(parts.stores, shown, language))
    if told is None:
        return await over(request, language)
    return await framed(request, language, title_of_why(language), explained(parts, shown, told, language))


@router.get(
    "/p/{token}",
    summary="see preferences",
    response_class=HTMLResponse,
    responses=LOST,
)
async def show_preferences(request: Request, token: str) -> Response:
    """A page with what the customer receives and what is remembered of them; looking at it changes nothing."""
    return await shown_preferences(request, token)


@router.post(
    "/p/{token}",
    summary="change preferences",
    response_class=HTMLResponse,
    responses=LOST,
)
async def change_preferences(request: Request, token: str) -> Response:
    """Writes down what the customer chose, or forgets what they had us forget."""
    parts, now = parts_of(request), parts_of(request).clock.now()
    shown = signed(request, token, "p")
    form = fields(await request.body())
    if shown.is_over(now):
        return await shown_preferences(request, token)

    def work(c: Connection) -> str:
        if profiles.customer(c, shown.customer_id) is None:
            return ""
        if "forget" in form:
            preferences.forget(c, shown.customer_id, form["forget"], now)
            return "forgotten"
        if "save" in form:
            preferences.choose(c, shown.customer_id, wishes(form), now)
            return "saved"
        return ""

    done = await parts.write(work)
    return await shown_preferences(request, token, done)


async def shown_preferences(request: Request, token: str, done: str = "") -> Response:
    """The page as things are now, with a word on what was done."""
    parts = parts_of(request)
    shown = signed(request, token, "p")
    language = await language_for(request, shown.customer_id)
    now = parts.clock.now()
    chosen = None if shown.is_over(now) else await parts.read(lambda c: chosen_by(c, shown.customer_id, parts.clock))
    if chosen is None:
        return await over(request, language)
    content = done_words(done, language) + receiving(chosen, language) + remembering(chosen, language)
    title = phrase(language, ja="受け取る内容とお好みの登録", en="What you receive, and what we remember")
    return await framed(request, language, title, content)


def chosen_by(c: Connection, customer_id: str, clock: Clock) -> Chosen | None:
    """What holds for the customer, None where nobody is known under that id."""
    customer = profiles.customer(c, customer_id)
    if customer is None:
        return None
    asked = frozenset(line.topic for line in consents.ledger(c, customer_id))
    kept, hidden = preferences.remembered(c, customer_id, clock.now())
    return Chosen(consents.state(c, customer_id), asked, customer, kept, hidden)


def signed(request: Request, token: str, kind: str) -> Shown:
    """What the link says; raises LostLink for one that we did not make."""
    links = parts_of(request).stores.links
    try:
        return read_why(links, token) if kind == "why" else read_preferences(links, token)
    except Malformed as error:
        raise LostLink(token) from error


def fields(body: bytes) -> dict[str, list[str]]:
    """What a form says; anything else says nothing."""
    try:
        return parse_qs(body[:MOST_BYTES].decode("ascii"), max_num_fields=200)
    except ValueError:
        return {}


def wishes(form: Mapping[str, Sequence[str]]) -> dict[str, bool]:
    """What was chosen, of what the page showed."""
    known = {channel.value for channel in PUSHED} | {LOCATION}
    on = set(form.get("on", ()))
    found = {topic: topic in on for topic in form.get("shown", ()) if topic in known}
    often = next(iter(form.get("often", ())), None)
    return found | ({FREQUENCY: often == "usual"} if often in ("usual", "fewer") else {})


async def language_for(request: Request, customer_id: str) -> Language:
    """The language asked for in the address, else the customer's own, else the browser's, else the service's."""
    if (asked := asked_language(request)) is not None:
        return asked
    parts = parts_of(request)
    customer = await parts.read(lambda c: profiles.customer(c, customer_id))
    known = preferred(customer.language) if customer and customer.language else None
    return known or preferred(request.headers.get("accept-language", "")) or parts.settings.language


async def over(request: Request, language: Language) -> HTMLResponse:
    """The kind word where a link shows nothing any more."""
    ja = (
        "お手数ですが、最近のメールのいちばん下にあるリンクからお開きください。"
        "このリンクは、お届けから90日が過ぎたか、登録がなくなったため、お見せできる内容がありません。"
    )
    en = (
        "This link has nothing to show any more: it is older than 90 days, or the registration is gone. "
        "Please use the link at the end of a recent mail."
    )
    reach = phrase(
        language,
        ja="配信の停止は、古いメールの「配信を停止する」からもいつでもできます。お急ぎの場合は、下のお問い合わせ先までご連絡ください。",
        en="You can still unsubscribe from any old mail at any time, or call us at the number below.",
    )
    title = phrase(language, ja="このページの表示期間が終わりました", en="This page is no longer shown")
    return await framed(request, language, title, paragraphs(phrase(language, ja=ja, en=en), reach))
