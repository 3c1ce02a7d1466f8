"""How often: frequency caps and gaps between messages."""

from collections.abc import Mapping
from decimal import Decimal

from policies.directives.draft import Draft
from policies.directives.frame import Frame, Said, Trouble
from policies.directives.frames.limits import Limit, take_limit, whole
from policies.directives.scopes import take_scopes

FREE = (
    "noun",
    "send",
    "do",
    "cap",
    "use",
    "contain",
    "offer",
    "verb_channel",
    "per",
    "length",
    "may",
    "must",
    "tone_noun",
    "soft",
    "but",
    "window",
)
MOST_A_DAY, MOST_EACH = 20, 60
"""How many messages a limit for one customer may plausibly allow, in a day and in a longer period."""
MEANT_AS_LIMIT: Said = (
    "数だけが書かれているので、上限（〜まで）と読みました。",
    "Only a number is given; it was read as an upper limit.",
)
ROLLING: Mapping[str, Said] = {
    "week": ("1週間は、直近の7日間（7×24時間）として数えます。", "A week is a rolling one: any 7 days."),
    "month": ("1か月は、直近の30日間として数えます。", "A month is a rolling one: any 30 days."),
    "day": ("1日は、お客様の時間帯の暦日（0時〜24時）です。", "A day is a calendar day in the customer's zone."),
    "year": ("1年は、直近の365日間として数えます。", "A year is a rolling one: any 365 days."),
}
PUSHED: Said = (
    "こちらから届けるマーケティング配信（メール・SMS・プッシュ・LINE・電話）を合わせて数えます。",
    "All pushed marketing messages count together.",
)


def cap(draft: Draft) -> Frame | None:
    """At most so many messages in a stretch of time."""
    counts = draft.senses("count") or draft.senses("number")
    if not counts or not draft.has("span"):
        return None
    if len(counts) != 1 or len(draft.places("span")) != 1:
        raise Trouble(
            "数や期間が二つ以上あります。一つずつ文を分けてください。",
            "There is more than one number or period. Write one sentence for each limit.",
            weight=4,
        )
    short = draft.senses("span")[0].name in ("minute", "hour", "day")
    if (counts[0].number or 0) > (MOST_A_DAY if short else MOST_EACH):
        raise _of_all()
    if _is_rough(draft) and not draft.soft:
        raise Trouble(
            "「くらい」「程度」の幅がわかりません。上限を一つの数で書いてください。",
            '"About" leaves the limit open. Give one number.',
            weight=5,
        )
    notes: list[Said] = []
    number, span = counts[0].number or Decimal(0), draft.take("span")[0]
    draft.take("count")
    draft.take("number", "about")
    limit = take_limit(draft)
    if limit == "none":
        limit = _unlimited(draft, number, notes)
    most = whole(number, limit)
    together, each = draft.has("together"), draft.has("each")
    draft.take("together")
    notes += [ROLLING[span.name]] if span.name in ROLLING and not (span.low and span.name != "day") else []
    scopes = take_scopes(draft)
    _together_or_each(scopes.alternatives[0].get("channels"), "チャネル", "channels", together or each)
    _together_or_each(scopes.alternatives[0].get("scenes"), "施策", "kinds of message", together or each)
    _together_or_each(scopes.alternatives[0].get("categories"), "カテゴリ", "categories", together or each)
    if "channels" not in scopes.dimensions():
        notes.append(PUSHED)
    return Frame("cap", scopes, {"max": most, "span": span, "each": each and not together}, notes=tuple(notes))


def _of_all() -> Trouble:
    return Trouble(
        "お客様一人あたりの上限としては大きな数です。すべてのお客様を合わせた上限なら、「全体で1日200件まで」のように、"
        "1日・1週間・1か月あたりで書いてください。",
        "That is a large number for a single customer. If it is a limit for all customers together, say so, per day, "
        "week or month: 200 a day across all customers.",
        weight=5,
    )


def _is_rough(draft: Draft) -> bool:
    """Whether the number or the period is given roughly; "about" before anything else is what a message is about."""
    for place in draft.places("about"):
        near = draft.atoms[max(0, place - 1) : place + 2]
        if not draft.atoms[place].has("glue") or any(one.has("count", "number", "span") for one in near):
            return True
    return False


def _unlimited(draft: Draft, number: Decimal, notes: list[Said]) -> Limit:
    bans = draft.bans()
    if bans:
        if number < 2:
            raise Trouble(
                "数と否定の関係がはっきりしません。「〜通まで」か「〜通以上は送らない」と書いてください。",
                'It is not clear what the no belongs to. Write "at most" with the number.',
                weight=4,
            )
        draft.use(bans[:1])
        return "below"
    orders = (
        any(sense.name == "send" for sense in draft.senses("do"))
        or _ordered(draft)
        or (draft.has("must") and not draft.has("may"))
    )
    if orders:
        raise Trouble(
            f"必ず{number}通送る、という予定はルールにできません。「{number}通まで」という上限の意味ですか。",
            f'A rule cannot promise to send {number}. Do you mean "at most {number}"?',
            weight=5,
        )
    notes.append(MEANT_AS_LIMIT)
    return "most"


def _ordered(draft: Draft) -> bool:
    """Whether an English clause begins with an order to send."""
    first = next((atom.text.lower() for atom in draft.atoms if not atom.has("mark")), "")
    return (
        first in ("send", "email", "text", "push", "call", "mail", "deliver", "contact", "message")
        and not draft.atoms[0].text.isupper()
        and len(draft.atoms) > 1
        and not draft.atoms[1].has("span", "mark", "number")
    )


def _together_or_each(values: object, ja: str, en: str, settled: bool) -> None:
    if isinstance(values, frozenset) and len(values) > 1 and not settled:
        raise Trouble(
            f"複数の{ja}が並んでいます。合わせて数えますか、それぞれ数えますか。"
            f"「合わせて」か「それぞれ」を足してください。",
            f'Several {en} are named. Do they count together or each for itself? Add "combined" or "each".',
            weight=6,
        )
