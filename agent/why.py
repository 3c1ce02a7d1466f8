"""Why: what a customer is told about why a message reached them, in words about what they said and did with us.

Only what they gave or did is named, as near as it may be worded; no score, no rule, no other customer, nothing guessed.
"""

from dataclasses import dataclass
from datetime import timedelta

from agent.evidence import Personal, unpack
from agent.explanation import clock_words
from agent.links import Shown
from agent.stores import Stores
from domain.channel import Channel
from domain.consent import ANY_PURPOSE, Consent
from domain.customer import Customer
from domain.language import Language, phrase
from domain.memory import Distance, Memory
from domain.message import Message
from domain.offer import Offer
from records import consents, memories, profiles
from records.connection import Connection
from records.outcome import Stored
from tools.context import memory_for
from tools.copy.facts import ASKED, SAVED, TASTES


@dataclass(frozen=True, slots=True)
class Why:
    """One message explained to who got it."""

    about: str
    """Which message: its subject, when and where."""
    reasons: tuple[str, ...]
    channel: Channel


@dataclass(frozen=True, slots=True)
class Ground:
    """What the explanation is made from, read at one instant."""

    customer: Customer
    stored: Stored
    evidence: Personal
    known: tuple[Memory, ...]
    ledger: tuple[Consent, ...]


def why(stores: Stores, shown: Shown, language: Language) -> Why | None:
    """The explanation, None where nothing is left to explain: the customer was erased, or nothing was sent."""
    ground = stores.read(lambda c: _ground(c, stores, shown))
    message = ground.evidence.decision.message if ground else None
    if ground is None or message is None:
        return None
    zone = stores.zone_of(ground.customer)
    when = clock_words(ground.stored.at, zone, language)
    subject = message.subject or message.title or phrase(language, ja="お知らせ", en="a message")
    about = phrase(language, ja=f"「{subject}」（{when}）", en=f"“{subject}”, {when}")
    reasons = (
        *_by_memory(ground, message, language),
        *_by_cart(ground.evidence, message, language),
        *_by_figures(ground, message, language),
        *_by_moment(ground, language),
    )
    usual = phrase(
        language,
        ja="お知らせの受け取りに同意された方に、この時期のご案内としてお届けしました。",
        en="It went to customers who agreed to hear from us, as news of the season.",
    )
    return Why(about, (*(reasons or (usual,)), *_by_consent(ground, message, stores, language)), message.channel)


def _ground(c: Connection, stores: Stores, shown: Shown) -> Ground | None:
    if shown.decision_id is None or (customer := profiles.customer(c, shown.customer_id)) is None:
        return None
    stored = stores.decisions.find(c, shown.decision_id)
    if stored is None or stored.personal is None:
        return None
    handed = [one for one in stores.decisions.deliveries(c, shown.decision_id) if one.outcome == "message"]
    last = handed[-1] if handed and handed[-1].personal is not None else stored
    known = tuple(one for one in memories.of_customer(c, shown.customer_id) if one.at <= stored.at)
    return Ground(customer, last, unpack(last.personal or b""), known, consents.ledger(c, shown.customer_id))


def _by_memory(ground: Ground, message: Message, language: Language) -> tuple[str, ...]:
    """What they told us or did that the message is about."""
    offer = next((one for one in ground.evidence.offers if message.offer and one.id == message.offer.id), None)
    cited = {cite.text for cite in message.cites}
    memory = next((one for one in ground.known if one.text in cited), None) or _nearest(ground, offer)
    if (
        memory is None
        or memory.sensitive
        or memory.gift
        or (memory.ended and memory.ended.why in ("taken_back", "forgotten"))
    ):
        return ()
    word = memory.word
    named = phrase(language, ja=f"（{word}）", en=f" ({word})") if word else ""
    match memory.distance:
        case Distance.TOLD_US:
            return (_told(memory.source, named, language),)
        case Distance.DID_WITH_US:
            ja, en = f"これまでのお買い物やご利用{named}をもとに", f"because of what you bought or used with us{named}"
        case Distance.TRACE:
            ja, en = (
                "サイトやアプリでご覧になった商品の分野をもとに",
                "because of the kind of things you looked at with us",
            )
        case _:
            return ()
    return (phrase(language, ja=f"{ja}お届けしました。", en=f"We sent it {en}."),)


def _nearest(ground: Ground, offer: Offer | None) -> Memory | None:
    return memory_for(offer, ground.known, ground.stored.at) if offer is not None else None


def _told(source: str, named: str, language: Language) -> str:
    """What they said on purpose, by how they said it."""
    if source in SAVED:
        ja, en = (
            f"お気に入りに登録された商品{named}が、ご案内の対象になったため",
            f"something you saved{named} was in it",
        )
    elif source in ASKED:
        ja, en = f"お寄せいただいたご質問{named}にお答えできる内容のため", f"it answers a question you asked{named}"
    elif source in TASTES:
        ja, en = f"アンケートなどでお答えいただいたお好み{named}をもとに", f"it fits a taste you told us of{named}"
    else:
        ja, en = f"以前にお聞かせいただいたこと{named}をもとに", f"it is about something you told us{named}"
    return phrase(language, ja=f"{ja}お届けしました。", en=f"We sent it because {en}.")


def _by_cart(evidence: Personal, message: Message, language: Language) -> tuple[str, ...]:
    cart = evidence.moment.cart
    inside = {item.offer for item in cart.items} if cart else set()
    if not inside or message.offer is None or not ({message.offer.id} & inside or "cart" in _cited(message)):
        return ()
    ja, en = "カートに商品が入っていたため、ご案内しました。", "We wrote because something was in your cart."
    return (phrase(language, ja=ja, en=en),)


def _cited(message: Message) -> set[str]:
    return {cite.text for cite in message.cites}


def _by_figures(ground: Ground, message: Message, language: Language) -> tuple[str, ...]:
    """Points and the like, where the words state them."""
    figure = ground.customer.attributes.get("points")
    text = message.text or message.body or ""
    if not isinstance(figure, int) or isinstance(figure, bool) or f"{figure:,}" not in text:
        return ()
    ja, en = (
        "お持ちのポイントと、その有効期限もお伝えしています。",
        "It also tells you of your points and how long they last.",
    )
    return (phrase(language, ja=ja, en=en),)


def _by_moment(ground: Ground, language: Language) -> tuple[str, ...]:
    moment, found = ground.evidence.moment, []
    if moment.weather is not None:
        ja, en = "その日のお天気に合わせてお選びしました。", "It was chosen to suit the weather of the day."
        found.append(phrase(language, ja=ja, en=en))
    allowed = any(topic == "location" and yes for topic, _, yes in ground.evidence.consents)
    if moment.location is not None and allowed:
        ja = "お近くの店舗のご案内は、位置情報の利用を「オン」にされている方にお届けしています。"
        en = "News of shops near you goes to customers who allow us to use their location."
        found.append(phrase(language, ja=ja, en=en))
    return tuple(found)


def _by_consent(ground: Ground, message: Message, stores: Stores, language: Language) -> tuple[str, ...]:
    """Since when they agreed to hear from us in this way."""
    about = (message.channel.value, {"marketing", ANY_PURPOSE})
    lines = [one for one in ground.ledger if one.topic == about[0] and str(one.purpose) in about[1]]
    yes = next((one for one in reversed(lines) if one.granted and one.at <= ground.stored.at + timedelta(days=1)), None)
    if yes is None:
        return ()
    local = (yes.evidence.at or yes.at).astimezone(stores.zone_of(ground.customer))
    return (
        phrase(
            language,
            ja=f"お知らせの受け取りのご同意は、{local.year}年{local.month}月{local.day}日に承っています。",
            en=f"You agreed to hear from us in this way on {local.day} {local:%B} {local.year}.",
        ),
    )
