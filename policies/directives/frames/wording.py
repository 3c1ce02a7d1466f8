"""What is written: words that must or must not stand there, lengths and tones."""

from policies.directives.draft import Draft
from policies.directives.frame import Frame, Said, Trouble
from policies.directives.frames.limits import take_limit, whole
from policies.directives.lexer import EMPTY
from policies.directives.scopes import take_scopes

FREE = (
    "noun",
    "send",
    "do",
    "use",
    "contain",
    "word",
    "part",
    "must",
    "offer",
    "open",
    "soft",
    "but",
    "verb_channel",
    "tone_noun",
    "brand",
    "per",
    "may",
    "length",
    "start",
    "price",
)
LENGTH_FREE = (*FREE, "from")
OPEN: Said = (
    "「など」の先は決まりません。書かれた言葉だけを対象にします。",
    "The list is open; only the words that are written are checked.",
)
BEFORE_CHANNEL = ("in", "on", "by", "a", "during", "every", "each", "any", "the", "phone", "per", "all")
PART_NAMES = ("subject", "preheader", "title", "body")


def _one_may(draft: Draft) -> bool:
    """Whether one of several words is allowed: 「無料」は使っていいが「タダ」はダメ."""
    places = draft.places("quote")
    return any(places[0] < at < places[-1] and not draft.atoms[at].has("ban") for at in draft.places("may"))


def _said(words: str) -> tuple[str, ...]:
    """The words of a quote; a pair of brackets is either of them."""
    return tuple(words) if words == EMPTY else (words,) if words else ()


def words(draft: Draft) -> Frame | None:
    """Words in quotes that are forbidden or required."""
    quotes = draft.senses("quote")
    if not quotes:
        return None
    twisted = bool(draft.bans()) and _one_may(draft)
    phrases = tuple(dict.fromkeys(words for sense in quotes for words in _said(sense.name.strip())))
    draft.take("quote")
    draft.use(_naming(draft))
    bans = draft.bans()
    if twisted:
        raise _twisted()
    notes = (OPEN,) if draft.has("open") else ()
    part = part_of(draft, several=bool(bans))
    position = "start" if draft.has("start") else "end" if draft.has("end") else "anywhere"
    if len(bans) > 1 or draft.has("only", "outside"):
        raise _twisted()
    if bans:
        draft.use(bans)
        draft.take("start", "end")
        return Frame("forbid", take_scopes(draft), {"phrases": phrases, "part": part}, notes=notes)
    if not draft.has("start", "end") and not _contains(draft):
        raise _twisted()
    draft.take("must", "start", "end", "needs")
    return Frame("require", take_scopes(draft), {"phrases": phrases, "part": part, "position": position}, notes=notes)


def disclosures(draft: Draft) -> Frame | None:
    """What every message must tell: who sent it, and how to get no more of it."""
    named = [sense.name for sense in draft.senses("disclosure")]
    if not named or draft.has("quote") or draft.bans() or not _contains(draft):
        return None
    draft.take("disclosure", "must", "needs", "start", "end")
    part = part_of(draft)
    return Frame("disclose", take_scopes(draft), {"disclosures": tuple(dict.fromkeys(named)), "part": part})


def _contains(draft: Draft) -> bool:
    """Whether something is put in: an order to do so, or a must."""
    orders = (sense for place in draft.places("do") for sense in draft.atoms[place].senses if sense.kind == "do")
    return draft.has("contain", "must", "needs") or any(sense.name == "contain" for sense in orders)


def _naming(draft: Draft) -> list[int]:
    """Where "call" names something and is no channel: never call our products "cheap"."""
    places = [place for place in draft.places("what") if draft.atoms[place].text.lower() in ("call", "calls", "called")]
    return [place for place in places if place and draft.atoms[place - 1].text.lower() not in BEFORE_CHANNEL]


def part_of(draft: Draft, *, several: bool = False) -> str | None:
    """The part of the message that is spoken of, none for the whole of it."""
    named = [sense.name for sense in draft.senses("part")]
    narrow = [name for name in named if name in PART_NAMES]
    draft.use(place for place in draft.places("part") if not draft.atoms[place].scope)
    draft.use(
        place for place in draft.places("part") if draft.atoms[place].text.lower() in ("text", "texts") and narrow
    )
    if len(set(narrow)) > 1 and not several:
        raise Trouble(
            "件名と本文など、二つの部分が挙がっています。一つずつ文を分けてください。",
            "Two parts of the message are named. Write one sentence for each.",
            weight=4,
        )
    return narrow[0] if len(set(narrow)) == 1 else None


def length(draft: Draft) -> Frame | None:
    """At most so many characters."""
    counts = draft.take("chars")
    if not counts:
        return None
    if len(counts) > 1:
        raise Trouble(
            "文字数が二つ以上あります。一つずつ文を分けてください。",
            "There is more than one length. Write one sentence for each.",
            weight=4,
        )
    limit = take_limit(draft)
    if limit == "none" and draft.bans():
        raise Trouble(
            "文字数の上限がはっきりしません。「〜文字以内」と書いてください。",
            'The limit of the length is not clear. Write "at most".',
            weight=4,
        )
    number = counts[0].number
    most = whole(number, "below" if limit == "below" else "most") if number is not None else 0
    part = part_of(draft)
    draft.take("each")
    if all(sense.number == 1 for sense in draft.senses("count")):
        draft.take("count")
    return Frame("length", take_scopes(draft), {"max": most, "part": part})


TONE_FREE = (*FREE, "degree")


def tone(draft: Draft) -> Frame | None:
    """A manner of writing; a wish about style, never a reason to hold a message."""
    if not draft.has("tone") or draft.has(
        "span", "count", "percent", "money", "time", "hours", "days", "quote", "chars", "stock", "discount"
    ):
        return None
    if not draft.soft and not draft.has("tone_noun", "part", "word", "must"):
        return None
    styles = frozenset(sense.name for sense in draft.take("tone"))
    if draft.bans():
        return None
    part_of(draft)
    draft.take("tone_noun", "most", "least", "priority")
    return Frame("tone", take_scopes(draft), {"styles": styles}, soft=True)


def _twisted() -> Trouble:
    return Trouble(
        "入れるのか、入れないのか、はっきりしません。「必ず入れる」か「使わない」で書いてください。",
        'It is not clear whether these words must or must not appear. Write "must contain" or "must not contain".',
        weight=4,
    )
