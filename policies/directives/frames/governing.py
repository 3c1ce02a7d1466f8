"""What is governed in the large: volumes, budgets, approval, sensitive topics and marks."""

from decimal import Decimal

from policies.directives.atom import Sense
from policies.directives.draft import Draft
from policies.directives.frame import Frame, Said, Trouble
from policies.directives.frames.limits import take_limit, whole
from policies.directives.frames.permitting import but_not
from policies.directives.scopes import take_scopes

FREE = (
    "noun",
    "send",
    "do",
    "use",
    "contain",
    "offer",
    "must",
    "soft",
    "but",
    "verb_channel",
    "per",
    "may",
    "length",
    "cap",
    "word",
    "part",
    "topic_noun",
    "discount",
    "off",
    "tone_noun",
    "needs",
    "from",
    "together",
    "price",
)
LARGE = 1000
TEAM = 20
"""From how many on a number of calls is that of a call centre, and of no single customer."""
HOUSE: Said = (
    "すべてのお客様を合わせた数です。お客様一人あたりの上限ではありません。",
    "All customers count together; it is no limit for each of them.",
)
TOGETHER: dict[str, tuple[str, ...]] = {"family": ("family", "pregnancy")}
"""Topics that nobody tells apart: a family's matters include a child that is expected."""
AGES = frozenset(("年齢", "年代", "世代", "age", "ages"))
OTHER_FACTS = frozenset(
    ("性別", "ランク", "会員ランク", "ステージ", "タグ", "gender", "rank", "ranks", "tier", "tiers", "stage")
)
ONE_CUSTOMER = frozenset(
    (
        "1人",
        "一人",
        "お一人",
        "ひとり",
        "お一人様",
        "per customer",
        "per person",
        "each customer",
        "one person",
        "per head",
    )
)
LEAST = {True: 10_000, False: 100}
"""What a budget without a period comes to at least, in yen and in other money."""
PERIODS = frozenset(("day", "week", "month"))


def volume(draft: Draft) -> Frame | None:
    """So many messages to all customers together."""
    counts = draft.senses("count") or draft.senses("number")
    many = (counts[0].number or 0) if len(counts) == 1 else 0
    of_a_team = draft.has("team") and many >= TEAM
    if len(counts) != 1 or not draft.has("span") or not (draft.has("volume") or of_a_team or many >= LARGE):
        return None
    span = draft.take("span")[0]
    per = _period(span)
    draft.take("count", "volume")
    draft.take("number")
    limit = take_limit(draft)
    draft.take("together")
    return Frame(
        "volume", take_scopes(draft), {"max": whole(counts[0].number or Decimal(0), limit), "per": per}, notes=(HOUSE,)
    )


def _period(span: Sense) -> str:
    if span.name not in PERIODS or span.number != 1:
        raise Trouble(
            "全体の上限は、1日・1週間・1か月あたりで書いてください。",
            "Give a limit for all customers per day, week or month.",
            weight=5,
        )
    return span.name


def budget(draft: Draft) -> Frame | None:
    """So much money for discounts to all customers together."""
    if not draft.has("budget") or not draft.has("money"):
        return None
    if any(atom.text.lower() in ONE_CUSTOMER for atom in draft.atoms):
        raise Trouble(
            "予算は、すべてのお客様を合わせた額で書いてください。一人あたりなら「割引額は500円まで」のように書いてください。",
            'A budget is for all customers together. For each of them, write "discounts of at most $5".',
            weight=5,
        )
    amounts = draft.take("money")
    spans = draft.take("span")
    draft.take("budget")
    take_limit(draft)
    if len(amounts) != 1 or len(spans) > 1:
        return None
    if not spans and (amounts[0].number or 0) < LEAST[next(iter(amounts[0].values)) == "JPY"]:
        raise Trouble(
            "割引の総額としては小さな額です。総額なら期間（1日・1週間・1か月）を、"
            "クーポン1枚の額なら「割引額は〜円まで」と書いてください。",
            "That is little for all discounts together. Give the period of the budget, or write how much one discount "
            "may be at most.",
            weight=5,
        )
    values = {
        "amount": amounts[0].number,
        "currency": next(iter(amounts[0].values)),
        "per": _period(spans[0]) if spans else "total",
    }
    return Frame("budget", take_scopes(draft), values, notes=(HOUSE,))


def approval(draft: Draft) -> Frame | None:
    """A person approves first: always in the scope, or above a discount."""
    if not draft.has("approval"):
        return None
    draft.take("approval")
    percents = draft.take("percent")
    values: dict[str, object] = {}
    heads = draft.take("heads")
    draft.use(at for at in draft.places("priority") if draft.atoms[at].text.lower() == "first")
    if heads and not percents:
        values["audience_larger_than"] = _larger(draft, heads)
    elif percents:
        values["discount_over"] = _over(draft, percents)
    elif draft.has("number", "count", "money", "span"):
        return None
    bans = draft.bans()
    draft.use(bans[:1] if draft.has("outside", "except") else ())
    draft.take("needs", "must", "until")
    return Frame("approval", take_scopes(draft), values)


def _larger(draft: Draft, heads: list[Sense]) -> int:
    number = int(heads[0].number or 0)
    if len(heads) == 1 and draft.has("above"):
        draft.take("above")
        return number
    if len(heads) == 1 and draft.has("least"):
        draft.take("least")
        return number - 1
    raise Trouble(
        "何人を超える配信に承認が要るのか、「〜人を超える配信は承認が必要」と書いてください。",
        "Say above how many customers approval is needed.",
        weight=4,
    )


def _over(draft: Draft, percents: list[Sense]) -> Decimal:
    number = percents[0].number or Decimal(0)
    if len(percents) == 1 and draft.has("above"):
        draft.take("above")
        return number
    if len(percents) == 1 and draft.has("least"):
        draft.take("least")
        return number - Decimal("0.01")
    raise Trouble(
        "何%を超える割引に承認が要るのか、「〜%を超える割引は承認が必要」と書いてください。",
        "Say above which discount approval is needed.",
        weight=4,
    )


def sensitive(draft: Draft) -> Frame | None:
    """Copy never touches such a topic."""
    senses = draft.senses("sensitive")
    bans = draft.bans()
    if not senses or len(bans) != 1 or draft.has("quote", "percent", "count", "time"):
        return None
    draft.use(bans)
    draft.take("sensitive")
    topics = {topic for sense in senses for topic in TOGETHER.get(sense.name, (sense.name,))}
    return Frame("sensitive", take_scopes(draft), {"topics": tuple(sorted(topics | _ages(draft)))})


def _ages(draft: Draft) -> set[str]:
    """Age, where it stands in the list of topics; any other fact about a customer there is asked about."""
    texts = {atom.text.lower() for atom in draft.atoms}
    if texts & OTHER_FACTS:
        raise Trouble(
            "性別や会員ランクなどを文面に書かない決まりはありません。書かない言葉をかぎかっこで示すか、その部分を外してください。",
            "There is no rule that keeps gender, rank and the like out of copy. Quote the words that must not be "
            "written, or leave that part out.",
            weight=5,
        )
    return {"age"} if texts & AGES else set()


def marks(draft: Draft) -> Frame | None:
    """No emoji, or so many at most."""
    senses = draft.senses("marked")
    if not senses:
        return None
    kinds = frozenset(sense.name for sense in senses)
    draft.take("marked")
    numbers = draft.take("number")
    counts = draft.take("count") if not numbers else []
    draft.take("count")
    counts = numbers or counts
    bans = draft.bans()
    if counts:
        most = whole(counts[0].number or Decimal(0), take_limit(draft))
    elif len(bans) == 1 or but_not(draft):
        draft.use(bans)
        most = 0
    else:
        return None
    if any(sense.name != "copy" for sense in draft.senses("part")):
        raise Trouble(
            "絵文字などの数は、文面全体についてだけ決められます。",
            "Emoji and the like can only be limited for the whole message.",
            weight=5,
        )
    draft.take("part")
    return Frame("marks", take_scopes(draft), {"kinds": kinds, "max": most})
