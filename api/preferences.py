"""The page of a customer as HTML: why a message came, what they receive, and what is remembered of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from agent.links import VALID_FOR, Shown, preferences_url, unsubscribe_url
from agent.mirror import mirrored
from agent.parts import Parts
from agent.why import Why
from api.channel_words import channel_name
from domain.channel import Channel, Purpose
from domain.consent import LOCATION, ConsentState, granted
from domain.customer import Customer
from domain.language import Language, phrase
from domain.memory import Distance, Memory
from records import preferences

PUSHED = (Channel.EMAIL, Channel.SMS, Channel.PUSH, Channel.LINE, Channel.CALL)
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


def title_of_why(language: Language) -> str:
    """The heading of an explanation."""
    return phrase(language, ja="このお知らせが届いた理由", en="Why this message reached you")


def explained(parts: Parts, shown: Shown, told: Why, language: Language) -> str:
    """The explanation, and the ways to change something."""
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
