"""Explanation: a decision in plain words, made from the same values that made the decision."""

from datetime import datetime
from operator import attrgetter
from zoneinfo import ZoneInfo

import numpy as np

from agent.provenance import of_words
from agent.reasoning import of_thought
from agent.state import Candidate, Draft, Setback, Walk
from domain.channel import Channel
from domain.customer import Record
from domain.decision import Explanation, Hold
from domain.language import Text, phrase
from domain.memory import Distance, Memory
from domain.moment import Moment
from domain.offer import Offer
from policies.book import Book
from policies.facts import Situation
from tools.coarse import WEATHERS
from tools.context import memory_for
from tools.scoring import COLUMNS

CHANNEL_WORDS = {
    Channel.EMAIL: ("メール", "by email"),
    Channel.SMS: ("SMS", "by SMS"),
    Channel.PUSH: ("プッシュ通知", "by push"),
    Channel.LINE: ("LINE", "on LINE"),
    Channel.WEB: ("サイト", "on the web site"),
    Channel.APP: ("アプリ", "in the app"),
    Channel.AD: ("広告", "as an ad"),
    Channel.SIGNAGE: ("店頭サイネージ", "on store signage"),
    Channel.CALL: ("電話", "by phone"),
}
"""How a channel is named inside a sentence: a noun in Japanese, a way in English."""

SOURCES = {
    Distance.TOLD_US: ("ご本人から", "they told us"),
    Distance.DID_WITH_US: ("お取引から", "done with us"),
    Distance.TRACE: ("足あと", "trace"),
    Distance.INFERRED: ("推定", "inferred"),
    Distance.BOUGHT_IN: ("外部", "external"),
}

TELLING = 0.25
"""A signal below this did not carry the choice and is not named as a reason."""

Refused = dict[str, str]
"""The fields of a WhyNot."""

MOST_WHY_NOT = 4
SCORE = attrgetter("score")

SIGNAL_WORDS = {
    "cart": ("カートの中身に関わるご案内です。", "It concerns what is in the cart."),
    "repeat": ("いつもの購入間隔から見て、そろそろ必要になる頃です。", "Going by the usual interval, it is about due."),
    "together": ("よくお求めの品と一緒に選ばれることの多い品です。", "It is often bought with their usual items."),
    "similar": ("お客様メモと内容が近いご案内です。", "It is close to what we know of their interests."),
    "deal": ("割引のあるご案内です。", "It comes with a discount."),
}

SIGNAL_PLACES = [(COLUMNS.index(name), words) for name, words in SIGNAL_WORDS.items()]
MOMENT_PLACE = COLUMNS.index("moment")


def channel_words(channel: Channel, language: str) -> str:
    """The channel inside a sentence."""
    ja, en = CHANNEL_WORDS[channel]
    return phrase(language, ja=ja, en=en)


def of_message(
    walk: Walk, draft: Draft, record: Record, situation: Situation, book: Book, zone: ZoneInfo
) -> Explanation:
    """Why this message, why not the others, and what would change it."""
    chosen, language = draft.candidate, walk.language
    name = chosen.offer.name.either(language)
    where = channel_words(chosen.action.channel, language)
    verb = "goes out" if chosen.action.pushed else "is shown"
    summary = phrase(language, ja=f"「{name}」を{where}でご案内します。", en=f"“{name}” {verb} {where}.")
    memory = memory_for(chosen.offer, record.memories, walk.now)
    because = (
        *of_thought(walk),
        *_because(chosen, memory, walk.ask.moment, language),
        *_time(walk, chosen, zone),
        *of_words(draft.penned, language, taken=draft.is_models),
        *_placed(walk, draft),
    )
    others = why_not(
        walk.candidates, situation, book, language, chosen, reasoned=walk.reasoned, setbacks=draft.setbacks
    )
    return _explained(summary, because, others, _would_change(chosen, language))


def _placed(walk: Walk, draft: Draft) -> tuple[str, ...]:
    """A word where no copy was written for the placement: it may be a new one, or misspelt."""
    placement, variant = walk.ask.placement, draft.variant
    if placement is None or variant is None or variant.placement is not None or draft.is_models:
        return ()
    return (
        phrase(
            walk.language,
            ja=f"掲載枠「{placement.id}」専用の文面がないため、どの枠でも使える文面にしました。",
            en=f"No copy is written for the placement “{placement.id}”, so the copy for any place is used.",
        ),
    )


def again(walk: Walk, draft: Draft, earlier: Explanation) -> Explanation:
    """The explanation as it was first given, and who wrote the words where they were written only now."""
    words = of_words(walk.penned, walk.language, taken=draft.is_models)
    return earlier.model_copy(update={"because": (*earlier.because, *words)}) if words else earlier


def of_hold(walk: Walk, hold: Hold, situation: Situation | None, book: Book | None, zone: ZoneInfo) -> Explanation:
    """Why nothing is sent, and when that could change."""
    language = walk.language
    first = hold.reasons[0].text if hold.reasons else ""
    again: tuple[str, ...] = ()
    if hold.retry_at is not None:
        when = clock_words(hold.retry_at, zone, language)
        later = phrase(language, ja=f"{when}以降に、あらためて判断できます。", en=f"It can be looked at from {when}.")
        again = (later,)
    others = why_not(walk.candidates, situation, book, language) if situation and book else []
    summary = phrase(language, ja=f"見送りました。{first}", en=f"Nothing is sent. {first}")
    return _explained(summary, tuple([reason.text for reason in hold.reasons]), others, again)


def _explained(
    summary: str, because: tuple[str, ...], why_not: list[Refused], would_change_if: tuple[str, ...]
) -> Explanation:
    # Read as one: made one by one, the lines of why_not would cost as much again.
    return Explanation.model_validate(
        {"summary": summary, "because": because, "why_not": tuple(why_not), "would_change_if": would_change_if}
    )


def why_not(
    candidates: tuple[Candidate, ...],
    situation: Situation,
    book: Book,
    language: str,
    chosen: Candidate | None = None,
    *,
    reasoned: bool = False,
    setbacks: tuple[Setback, ...] = (),
) -> list[Refused]:
    """The strongest candidates that were not taken.

    First those that were chosen and for which no words passed, then those a rule forbids, then the less likely ones.
    """
    spoken = [one.candidate for one in setbacks]
    taken = {(one.offer.id, one.way.channel) for one in ([*spoken, chosen] if chosen else spoken)}
    refused: set[tuple[str, int]] = set()
    # The strongest of each different refusal is told first: one rule told twice leaves no room for another.
    first: dict[int, Candidate] = {}
    further: list[Candidate] = []
    weaker: list[Candidate] = []
    for one in sorted(candidates, key=SCORE, reverse=True):
        # An offer on a channel is named once, at its best time; what the same rules forbid, once for all channels.
        offer, bits = one.offer.id, one.bits
        idea = (offer, one.way.channel)
        if idea in taken or (bits and (offer, bits) in refused):
            continue
        taken.add(idea)
        if bits:
            refused.add((offer, bits))
            if first.setdefault(bits, one) is not one:
                further.append(one)
        else:
            weaker.append(one)
    room = MOST_WHY_NOT - len(setbacks)
    forbidden = [*first.values(), *further][: room // 2 if chosen else room]
    weaker = weaker[: room - len(forbidden)]
    lines: list[Refused] = [{"candidate": one.candidate.name, "reason": _unspoken(one, language)} for one in setbacks]
    lines += [{"candidate": one.name, "reason": _forbidden(one, situation, book, language)} for one in forbidden]
    if chosen is not None:
        lines += [{"candidate": one.name, "reason": _weaker(one, chosen, language, reasoned)} for one in weaker]
    return lines


def clock_words(moment: datetime, zone: ZoneInfo, language: str) -> str:
    """A time as a person says it, in the customer's zone."""
    local = moment.astimezone(zone)
    weekday = "月火水木金土日"[local.weekday()]
    minutes = f"{local.minute}分" if local.minute else ""
    return phrase(
        language,
        ja=f"{local.month}月{local.day}日（{weekday}）{local.hour}時{minutes}",
        en=f"{local:%A} {local.day} {local:%B}, {local:%H:%M}",
    )


def _because(chosen: Candidate, memory: Memory | None, moment: Moment, language: str) -> tuple[str, ...]:
    row = np.asarray(chosen.row).tolist()  # Numbers of Python's own: half the cost of asking numpy's one by one.
    reasons = [phrase(language, ja=ja, en=en) for place, (ja, en) in SIGNAL_PLACES if row[place] >= TELLING]
    if memory is not None:
        ja, en = SOURCES[memory.distance]
        source = phrase(language, ja=ja, en=en)
        note = phrase(language, ja=f"お客様メモ（{source}）：{memory.text}", en=f"Note ({source}): {memory.text}")
        reasons.insert(0, note)
    if row[MOMENT_PLACE] >= TELLING:
        reasons.append(_circumstances(moment, chosen.offer, language))
    likeliest = phrase(
        language,
        ja="いまお伝えできる候補の中で、いちばん見込みがあります。",
        en="It is the likeliest of what may be said now.",
    )
    return tuple(reasons) or (likeliest,)


def _circumstances(moment: Moment, offer: Offer, language: str) -> str:
    place = moment.location.place if moment.location else None
    facts = [fact for fact in (_weather(moment.weather, language), _near(place, offer, language)) if fact]
    joined = phrase(language, ja="・", en=", ").join(facts)
    return phrase(
        language,
        ja=f"いまの状況（{joined}）に合うご案内です。文面には出していません。",
        en=f"It fits the moment ({joined}); the words do not mention it.",
    )


def _weather(weather: str | None, language: str) -> str | None:
    ja, en = WEATHERS.get((weather or "").strip().lower(), (weather, weather))
    return ja if language == "ja" else en


def _near(place: str | None, offer: Offer, language: str) -> str | None:
    """The shop by the name that the offer has for it; codes are for programs."""
    if place is None:
        return None
    store = offer.facts.get("store") if place in offer.tags else None
    named = store.either(language) if isinstance(store, Text) else store if isinstance(store, str) else None
    return phrase(language, ja=f"{named or '店舗'}の近く", en=f"near {named or 'a store'}")


def _time(walk: Walk, chosen: Candidate, zone: ZoneInfo) -> tuple[str, ...]:
    if chosen.action.at <= walk.now:
        return ()
    when = clock_words(chosen.action.at, zone, walk.language)
    return (
        phrase(
            walk.language,
            ja=f"{when}に送ります。反応が多い時間帯だからです。",
            en=f"It goes out on {when}, an hour at which they usually respond.",
        ),
    )


def _forbidden(candidate: Candidate, situation: Situation, book: Book, language: str) -> str:
    broken = book.violations(candidate.bits & -candidate.bits)
    return broken[0].why(situation, candidate.action, language) if broken else ""


def _unspoken(setback: Setback, language: str) -> str:
    said = setback.findings[0].why.either(language) if setback.findings else ""
    return phrase(
        language,
        ja=f"先に選びましたが、使える文面がありませんでした。{said}",
        en=f"It was chosen first, but no words for it may be used. {said}".rstrip(),
    )


def _weaker(candidate: Candidate, chosen: Candidate, language: str, reasoned: bool) -> str:
    own, other = f"{candidate.score:.0%}", f"{chosen.score:.0%}"
    if reasoned and candidate.score >= chosen.score:
        return phrase(
            language,
            ja=f"反応の見込みは{own}で、選んだ案（{other}）に劣りませんが、AIは上の理由で別の案を選びました。",
            en=f"A response is no less likely ({own}; the choice has {other}), but the model took another one for the "
            "reasons above.",
        )
    if candidate.score > chosen.score:
        return phrase(
            language,
            ja=f"反応の見込みは{own}で、選んだ案（{other}）より上ですが、ほかの案の反応も知るため、くじで選びました。",
            en=f"A response is likelier ({own}; the choice has {other}), but the draw took another one, so that its "
            "response becomes known too.",
        )
    return phrase(
        language,
        ja=f"反応の見込みが低いためです（{own}、選んだ案は{other}）。",
        en=f"A response is less likely ({own}; the choice has {other}).",
    )


def _would_change(chosen: Candidate, language: str) -> tuple[str, ...]:
    offer = chosen.offer
    changes = []
    if offer.valid_until is not None:
        day = phrase(
            language,
            ja=f"{offer.valid_until.month}月{offer.valid_until.day}日を過ぎると",
            en=f"After {offer.valid_until.day} {offer.valid_until:%B}",
        )
        changes.append(phrase(language, ja=f"{day}、候補から外れます。", en=f"{day} it is no longer a candidate."))
    if offer.stock is not None or offer.in_stock is not None:
        sold_out = phrase(
            language, ja="在庫がなくなれば、候補から外れます。", en="If it sells out, it is no longer a candidate."
        )
        changes.append(sold_out)
    if chosen.action.pushed:
        where = channel_words(chosen.action.channel, language)
        withdrawn = phrase(
            language,
            ja=f"{where}の同意が取り消されれば、送りません。",
            en=f"If the consent to messages {where} is withdrawn, it is not sent.",
        )
        changes.append(withdrawn)
    return tuple(changes)
