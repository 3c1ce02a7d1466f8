"""How far apart: the time that lies between two messages."""

from decimal import Decimal

from policies.directives.atom import Sense
from policies.directives.draft import Draft
from policies.directives.frame import Frame, Said, Trouble
from policies.directives.scopes import take_scopes

GAP_STRONG = (
    "続けて",
    "続けざま",
    "立て続け",
    "連続",
    "の間隔",
    "の後",
    "のあと",
    "再度",
    "再び",
    "of each",
    "within each",
    "of the last",
    "of the previous",
    "of one",
    "of the first",
    "apart",
    "gap",
    "between",
    "leave",
    "配信間隔",
    "送信間隔",
    "interval",
    "spacing",
    "space",
    "spread",
    "separate",
    "wait",
    "cool",
    "elapse",
    "passed",
    "pass ",
    "has to",
    "have to",
    "配信した",
    "送信した",
    "each other",
    "one another",
    "間隔",
    "あけ",
    "空け",
    "あい",
    "空い",
    "置",
    "おい",
    "たたな",
    "経たな",
    "経つ",
    "たつ",
    "経過",
    "経って",
    "たって",
    "前回",
    "前の",
    "直前",
    "次の",
    "次は",
    "インターバル",
    "クールダウン",
    "送って",
    "送った",
    "配信して",
    "送信して",
    "配信後",
    "送信後",
    "送ったら",
    "かけた",
    "かけて",
    "another",
    "second",
    "since the",
    "previous",
    "break",
    "rest",
    "breath",
    "後",
    "あと",
    "following",
    "next",
    "distance",
    "the last",
    "the first",
    "there is",
    "lie",
    "両",
    "中",
)
FOLLOWS = (
    "送ってから",
    "送った後",
    "送ったあと",
    "送ったら",
    "配信後",
    "送信後",
    "配信してから",
    "送信してから",
    "かけてから",
    "かけた後",
    "かけたら",
    "届いてから",
    "の後",
    "のあと",
    "後",
    "あと",
    "後は",
)


AFTER: Said = (
    "「〜のあと」のチャネルの配信から数えます。待つのは、もう一方の配信です。",
    "The time is counted from the message that goes before; what waits is the other one.",
)


def gap(draft: Draft) -> Frame | None:
    """At least so long between two messages."""
    if not draft.has("span") or _counted(draft) or not _is_gap(draft):
        return None
    if _only_says_when(draft):
        raise Trouble(
            "「〜のあと〜日間」は、配信どうしの間隔としてだけ決められます（例：電話のあと3日間はメールを送らない）。",
            "A time after something can only be kept between messages: no email for three days after a call.",
            weight=4,
        )
    spans = draft.take("span")
    if len(spans) != 1:
        raise Trouble(
            "間隔の長さが二つ以上あります。一つずつ文を分けてください。",
            "There is more than one length of time. Write one sentence for each.",
            weight=4,
        )
    bans = draft.bans()
    after = _source(draft)
    if not after and _of_something_else(draft):
        raise Trouble(
            "何のあとに、何を控えるのかがはっきりしません。「メールとメールの間は3日」のように書いてください。",
            'It is not clear what waits after what. Write "three days between two emails", for instance.',
            weight=5,
        )
    draft.use(bans[:1])
    draft.take("gap", "number", "least", "most", "until", "from", "consecutive", "count", "above", "per")
    if draft.has("below"):
        draft.take("below")
    scopes = take_scopes(draft)
    return Frame("gap", scopes, {"span": spans[0], "after": after}, notes=(AFTER,) if after else ())


def _only_says_when(draft: Draft) -> bool:
    """After a call, for three days, ...: a stretch as the topic of what follows, and no rule by itself."""
    spoken = [atom for atom in draft.atoms if not atom.has("mark", "and") or atom.scope]
    return (
        draft.japanese and bool(spoken) and not draft.bans() and spoken[-1].text in ("は", "には", "間は", "あいだは")
    )


def _is_gap(draft: Draft) -> bool:
    texts = [draft.atoms[place].text.lower() for place in draft.places("gap", "do", "send")]
    if any(
        draft.atoms[place].text.lower() in ("after", "following", "once") and _channel_follows(draft, place)
        for place in draft.places("from", "gap", "glue")
    ):
        return True
    again = any(text in ONCE_MORE for text in _texts(draft, 0, len(draft.atoms)))
    return (again and bool(draft.bans())) or any(text.startswith(GAP_STRONG) or text in GAP_STRONG for text in texts)


def _channel_follows(draft: Draft, place: int) -> bool:
    return any(_channel(draft, at) for at in range(place + 1, min(place + 5, len(draft.atoms))))


def _counted(draft: Draft) -> bool:
    """Whether messages are counted: a count, or a number that is not just "two" of a pair."""
    if any(sense.number is not None and sense.number >= 1 for sense in draft.senses("count")):
        texts = [draft.atoms[place].text for place in draft.places("count")]
        return not (len(texts) == 1 and texts[0] in ("1通", "一通", "1回") and _is_pair(draft))
    numbers = draft.senses("number")
    if (
        any(draft.atoms[place].text.lower() in ("two", "2", "one") for place in draft.places("number"))
        and len(numbers) == 1
    ):
        return not _is_pair(draft)
    return bool(numbers)


def _is_pair(draft: Draft) -> bool:
    texts = [draft.atoms[place].text.lower() for place in draft.places("gap")]
    return any(
        text.startswith(
            (
                "apart",
                "each other",
                "of each other",
                "one another",
                "of one another",
                "gap",
                "あけ",
                "空け",
                "もう1通",
                "追加",
                "別の",
                "前",
                "wait",
                "separate",
                "spaced",
                "between",
                "pass",
                "has to pass",
            )
        )
        for text in texts
    )


def _source(draft: Draft) -> frozenset[str]:
    """The channel after which the other one waits: after an email, no push."""
    channels = [place for place in draft.places("what") if _channel(draft, place)]
    if len(channels) < 2:
        return frozenset()
    first, second = channels[0], channels[-1]
    if _values(draft, first) == _values(draft, second):
        return _any_of_the_channel(draft, second)
    between = [atom.text.lower() for atom in draft.atoms[first + 1 : second]]
    ahead = [atom.text.lower() for atom in draft.atoms[:first]]
    if any(text in FOLLOWS or text.startswith("送った") for text in between) or any(
        text in ("after", "following", "once") for text in ahead[-3:]
    ):
        source = first
    elif any(
        text in ("after", "following", "of the last", "of the previous", "since the last", "of") for text in between
    ):
        source = second
    else:
        return frozenset()
    draft.use((source,))
    return _values(draft, source)


PREVIOUS = (
    "前の",
    "直前の",
    "前回の",
    "最後の",
    "previous",
    "the previous",
    "the last",
    "last",
    "the last one",
    "any other",
)


def _any_of_the_channel(draft: Draft, place: int) -> frozenset[str]:
    """来店案内のプッシュは、前のプッシュから: the push before may be about anything."""
    narrow = any((sense := atom.scope) and sense.name in ("scenes", "kinds", "categories") for atom in draft.atoms)
    if not narrow or draft.atoms[place - 1].text.lower() not in PREVIOUS:
        return frozenset()
    draft.use((place,))
    return _values(draft, place)


def _of_something_else(draft: Draft) -> bool:
    """After a call nothing at all, after a welcome no coupons: what waits is another thing than what went before."""
    places = [place for place in draft.places("what") if (one := draft.atoms[place].scope) and one.name != "purposes"]
    ahead = [at for at in places if any(text in ("after", "following") for text in _texts(draft, at - 3, at))]
    if ahead and len(places) == len(ahead):
        return not any(text in AGAIN for text in _texts(draft, 0, len(draft.atoms)))
    follows = next((at for at, atom in enumerate(draft.atoms) if atom.text in FOLLOWS), None)
    if follows is None:
        return False
    if any(atom.text in NOTHING for atom in draft.atoms[follows:]):
        return True
    before = {draft.atoms[at].scope for at in places if at < follows}
    behind = {draft.atoms[at].scope for at in places if at > follows}
    return bool(before and behind) and not before & behind


def _texts(draft: Draft, start: int, end: int) -> list[str]:
    return [atom.text.lower() for atom in draft.atoms[max(0, start) : end]]


NOTHING = ("何も", "なにも", "一切", "いっさい", "一切の", "全て", "すべて", "どのチャネルでも", "全チャネル")
"""After one channel nothing at all: what waits is more than what went before."""
ONCE_MORE = ("again", "once more", "もう一度", "再度", "再び")
AGAIN = ("another", "next", "the next", "again", "second", "one", "following one", "more", "further")


def _channel(draft: Draft, place: int) -> bool:
    sense = draft.atoms[place].scope
    return sense is not None and sense.name == "channels"


def _values(draft: Draft, place: int) -> frozenset[str]:
    sense = draft.atoms[place].scope
    return sense.values if sense else frozenset()


def consecutive(draft: Draft) -> Frame | None:
    """Not on two days running."""
    if not draft.has("consecutive") or not draft.bans():
        return None
    draft.take("consecutive")
    draft.use(draft.bans()[:1])
    draft.take("gap")
    span = Sense("span", "day", number=Decimal(2))
    return Frame("cap", take_scopes(draft), {"max": 1, "span": span, "together": False})
