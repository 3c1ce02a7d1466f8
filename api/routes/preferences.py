"""What a customer sees of themselves: why they got a message, what they receive, and what is remembered of them.

Looking changes nothing; each change is a form of its own, without a script.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from agent.links import VALID_FOR, Shown, preferences_url, read_preferences, read_why, unsubscribe_url
from agent.mirror import mirrored
from agent.why import Why, why
from api.door import book_of, parts_of, preferred
from api.pages import page
from api.routes.unsubscribe import channel_name
from domain.channel import Channel, Purpose
from domain.clock import Clock
from domain.consent import FREQUENCY, LOCATION, ConsentState, granted
from domain.customer import Customer
from domain.errors import Malformed, NotFound
from domain.language import LANGUAGES, Language, phrase
from domain.memory import Distance, Memory
from records import consents, preferences, profiles
from records.connection import Connection

router = APIRouter(tags=["preferences"])

PUSHED = (Channel.EMAIL, Channel.SMS, Channel.PUSH, Channel.LINE, Channel.CALL)
MOST_BYTES = 64 * 1024
SOURCES: Mapping[Distance, tuple[str, str]] = {
    Distance.TOLD_US: ("お聞かせいただいたこと", "What you told us"),
    Distance.DID_WITH_US: ("お買い物やご利用", "What you did with us"),
    Distance.TRACE: ("ご覧になったもの", "What you looked at"),
    Distance.INFERRED: ("ご利用の様子から推測していること", "What we guess from how you use our services"),
    Distance.BOUGHT_IN: ("外部から得たこと", "What we learned from others"),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a customer receives and what is remembered of them, as it is now."""

    state: ConsentState
    asked: frozenset[str]
    """Topics that they were ever asked about."""
    customer: Customer
    kept: Sequence[Memory]
    hidden: int
    """Memories that are not shown to whoever holds the mail."""


@router.get("/why/{token}", summary="see why a message came", response_class=HTMLResponse, responses={404: {}})
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
    return await framed(request, language, title_of_why(language), explained(request, shown, told, language))


@router.get("/p/{token}", summary="see preferences", response_class=HTMLResponse, responses={404: {}})
async def show_preferences(request: Request, token: str) -> Response:
    """A page with what the customer receives and what is remembered of them; looking at it changes nothing."""
    return await shown_preferences(request, token)


@router.post("/p/{token}", summary="change preferences", response_class=HTMLResponse, responses={404: {}})
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
    """What the link says; raises NotFound for one that we did not make."""
    links = parts_of(request).stores.links
    try:
        return read_why(links, token) if kind == "why" else read_preferences(links, token)
    except Malformed as error:
        raise NotFound("link", token) from error


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
    wish = request.query_params.get("lang")
    asked: Language | None = next((one for one in LANGUAGES if one == wish), None)
    if asked is not None:
        return asked
    parts = parts_of(request)
    customer = await parts.read(lambda c: profiles.customer(c, customer_id))
    known = preferred(customer.language) if customer and customer.language else None
    return known or preferred(request.headers.get("accept-language", "")) or parts.settings.language


async def framed(request: Request, language: Language, title: str, content: str) -> HTMLResponse:
    """The page with its sender, how to reach them, and the way to the other language."""
    sender = (await book_of(request)).sender
    texts = {
        "language": language,
        "title": title,
        "sender": phrase(language, ja="　", en=", ").join(
            (sender.legal_name.either(language), sender.address.either(language))
        ),
        "contact": phrase(
            language,
            ja=f"お問い合わせ：{sender.phone}（{sender.hours.either(language)}）",
            en=f"Contact: {sender.phone} ({sender.hours.either(language)})",
        ),
    }
    other = phrase(
        language, ja='<a href="?lang=en" lang="en">English</a>', en='<a href="?lang=ja" lang="ja">日本語</a>'
    )
    return page("customer", texts, content=content, other=other)


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


def title_of_why(language: Language) -> str:
    """The heading of an explanation."""
    return phrase(language, ja="このお知らせが届いた理由", en="Why this message reached you")


def explained(request: Request, shown: Shown, told: Why, language: Language) -> str:
    """The explanation, and the ways to change something."""
    parts = parts_of(request)
    begun = parts.clock.now() - (parts.clock.now().date() + VALID_FOR - shown.until)
    mine = preferences_url("", parts.stores.links, shown.customer_id, begun)
    out = unsubscribe_url("", parts.stores.links, shown.customer_id, told.channel)
    name = channel_name(told.channel, language)
    items = "".join(f"<li>{escape(reason)}</li>" for reason in told.reasons)
    change = phrase(
        language, ja="受け取る内容・お好みの登録を見る、変える、消す", en="See, change or delete what we keep for you"
    )
    stop = phrase(language, ja=f"{name}でのお知らせを停止する", en=f"Stop offers by {name}")
    return (
        f"<p><strong>{escape(told.about)}</strong></p><ul>{items}</ul>"
        f'<p><a href="{escape(mine)}">{escape(change)}</a></p><p><a href="{escape(out)}">{escape(stop)}</a></p>'
    )


def receiving(chosen: Chosen, language: Language) -> str:
    """The form of channels, place and frequency."""
    shown: list[tuple[str, str]] = [
        (channel.value, channel_name(channel, language))
        for channel in PUSHED
        if channel is Channel.EMAIL or channel.value in chosen.asked
    ]
    if LOCATION in chosen.asked:
        ja, en = "位置情報を、お近くの店舗のご案内に使う", "Use my location for news of shops nearby"
        shown.append((LOCATION, phrase(language, ja=ja, en=en)))
    boxes = "".join(box(topic, name, granted(chosen.state, topic, Purpose.MARKETING) is True) for topic, name in shown)
    fewer = preferences.wants_fewer(chosen.state)
    usual = phrase(language, ja="いままでどおり", en="As usual")
    less = phrase(language, ja="回数を減らす（7日間に1通まで）", en="Less often (at most one in 7 days)")
    often = phrase(language, ja="お知らせの頻度", en="How often")
    what = phrase(language, ja="お知らせを受け取る方法", en="Where you hear from us")
    save = phrase(language, ja="この内容で保存する", en="Save")
    note = phrase(
        language,
        ja="ご注文やお問い合わせに関する大切なご連絡は、この設定にかかわらずお送りすることがございます。",
        en="You may still hear from us about your own orders and enquiries.",
    )
    return (
        f'<form method="post"><fieldset><legend>{what}</legend>{boxes}</fieldset>'
        f"<fieldset><legend>{often}</legend>{radio('usual', usual, not fewer)}{radio('fewer', less, fewer)}</fieldset>"
        f'<p class="note">{note}</p><button type="submit" name="save" value="1">{save}</button></form>'
    )


def box(topic: str, name: str, on: bool) -> str:
    """One thing to switch on or off."""
    checked = " checked" if on else ""
    return (
        f'<input type="hidden" name="shown" value="{topic}">'
        f'<label><input type="checkbox" name="on" value="{topic}"{checked}><span>{escape(name)}</span></label>'
    )


def radio(value: str, name: str, on: bool) -> str:
    """One of two ways."""
    checked = " checked" if on else ""
    return f'<label><input type="radio" name="often" value="{value}"{checked}><span>{escape(name)}</span></label>'


def remembering(chosen: Chosen, language: Language) -> str:
    """What is remembered, each with a button to forget it."""
    title = phrase(language, ja="お好みなどの登録", en="What we remember")
    none = phrase(language, ja="登録している内容はありません。", en="We remember nothing that we could show here.")
    parts = [f"<h2>{title}</h2>"]
    for distance, (ja, en) in SOURCES.items():
        mine = [one for one in chosen.kept if one.distance is distance]
        if mine:
            items = "".join(kept_item(one, chosen.customer, language) for one in mine)
            parts.append(f'<h3>{phrase(language, ja=ja, en=en)}</h3><ul class="kept">{items}</ul>')
    if not chosen.kept:
        parts.append(f"<p>{none}</p>")
    if chosen.hidden:
        more = phrase(
            language,
            ja=f"このほかに、ここに表示しない登録が{chosen.hidden}件あります。ご覧になりたい場合や消したい場合は、お問い合わせください。",
            en=f"There is more that we do not show here ({chosen.hidden}). Ask us to see it or to have it deleted.",
        )
        parts.append(f'<p class="note">{more}</p>')
    return "".join(parts)


def kept_item(memory: Memory, customer: Customer, language: Language) -> str:
    """One memory with its month, and the button."""
    said, on = escape(mirrored(memory, customer, language)), month(memory.at.date(), language)
    forget = phrase(language, ja="消す", en="Delete")
    return (
        f'<li><span>{said} <span class="note">{on}</span></span><form method="post">'
        f'<button class="small" type="submit" name="forget" value="{escape(memory.id)}" aria-label="{forget}: {said}">'
        f"{forget}</button></form></li>"
    )


def month(day: date, language: Language) -> str:
    """A month, which is near enough."""
    return phrase(language, ja=f"{day.year}年{day.month}月", en=f"{day:%B %Y}")


def done_words(done: str, language: Language) -> str:
    """What was just done."""
    words = {
        "saved": phrase(
            language, ja="保存しました。次のお知らせから反映されます。", en="Saved. It holds from the next message on."
        ),
        "forgotten": phrase(
            language, ja="消しました。今後のお知らせには使いません。", en="Deleted. We no longer use it."
        ),
    }
    return f'<p class="done" role="status">{words[done]}</p>' if done in words else ""


def paragraphs(*texts: str) -> str:
    """Texts as paragraphs."""
    return "".join(f"<p>{escape(text)}</p>" for text in texts)
