"""What is offered: discount ceilings, stock, prices and margins."""

from decimal import Decimal

from policies.directives.draft import Draft
from policies.directives.frame import Frame, Said, Scopes, Trouble
from policies.directives.frames.limits import NOT_FIRST, comes_first, take_limit
from policies.directives.scopes import take_scopes

FREE = (
    "noun",
    "send",
    "do",
    "use",
    "contain",
    "verb_channel",
    "offer",
    "must",
    "may",
    "discount",
    "off",
    "length",
    "soft",
    "but",
    "per",
    "tone_noun",
    "price",
    "cap",
    "needs",
)
CENT = Decimal("0.01")
LISTED: Said = (
    "割引率は、オファーに書かれた率か、定価と価格から計算した率です。",
    "The discount is what the offer states or its prices imply.",
)
AS_CEILING: Said = ("割引の上限と読みました。", "It was read as a ceiling.")


def discount(draft: Draft) -> Frame | None:
    """A ceiling in percent or money, or no discount at all."""
    about = draft.has("discount", "off") or any(
        sense.name in ("off", "kept") for sense in draft.senses("percent", "money")
    )
    coupon = any("coupon" in sense.values for sense in draft.senses("what"))
    if draft.has("margin") or not (about or (coupon and draft.has("percent", "money"))):
        return None
    percents, amounts = draft.take("percent"), draft.take("money")
    if draft.has("span", "count", "chars", "number"):
        return None
    if not percents and not amounts:
        return _none_at_all(draft)
    if len(percents) + len(amounts) > 1:
        raise Trouble(
            "割引の数字が二つ以上あります。一つずつ文を分けてください。",
            "There is more than one discount figure. Write one sentence for each.",
            weight=4,
        )
    notes = [LISTED]
    kept = bool(percents) and percents[0].name == "kept"
    limit = _kept_limit(draft) if kept else take_limit(draft)
    if limit == "none":
        limit = _bare(draft, notes)
    draft.take("together")
    number = (percents or amounts)[0].number or Decimal(0)
    values: dict[str, object] = (
        {"percent": number} if percents else {"amount": number, "currency": next(iter(amounts[0].values))}
    )
    values["below"] = limit == "below" and number > 0
    return Frame("discount", take_scopes(draft), values, notes=tuple(notes))


def _none_at_all(draft: Draft) -> Frame | None:
    bans = draft.bans()
    if not bans or not draft.has("discount") or draft.has("most", "above", "below", "least", "only"):
        return None
    first = comes_first(draft)
    draft.use(bans[:1])
    draft.take("discount")
    return Frame("discount", take_scopes(draft), {"percent": Decimal(0)}, notes=(NOT_FIRST,) if first else ())


def _kept_limit(draft: Draft) -> str:
    """A price of 80 %: cheaper than that is a deeper discount."""
    bans = draft.bans()
    if draft.has("below") and bans:
        draft.take("below", "above", "priority", "from")
        draft.use(bans[:1])
        return "most"
    return take_limit(draft)


def _bare(draft: Draft, notes: list[Said]) -> str:
    if draft.bans():
        raise Trouble(
            "その割引率ちょうどが不可なのか、それを超えると不可なのか、はっきりしません。"
            "「〜を超える割引は不可」などと書いてください。",
            'It is not clear whether exactly this discount is meant or anything deeper. Write "no more than" '
            'or "not above".',
            weight=5,
        )
    if draft.has("must") or any(sense.name == "send" for sense in draft.senses("do")):
        raise Trouble(
            "割引を付ける、という予定はルールにできません。「〜%まで」という上限の意味ですか。",
            'A rule cannot promise a discount. Do you mean "up to"?',
            weight=5,
        )
    notes.append(AS_CEILING)
    return "most"


def _reserved(draft: Draft) -> bool:
    """Whether an only belongs to customers or channels: dear items by phone only, which says nothing of other items."""
    for place in draft.places("only"):
        step = 1 if draft.atoms[place].text.isascii() and place + 2 < len(draft.atoms) else -1
        near = draft.after(place) if step == 1 else draft.before(place)
        sense = draft.atoms[near].scope if near is not None else None
        if sense is not None and sense.name not in ("kinds", "categories", "brands", "discounted"):
            return True
    return False


def _whose_only() -> Trouble:
    return Trouble(
        "「だけ」がチャネル・お客様にかかる条件と、商品の条件とが一文に入っています。"
        "「〜円以上の商品は、電話以外では案内しない」のように、禁止の形で書いてください。",
        'Here "only" belongs to the channel or the customers, not to the items. Say what is forbidden instead: '
        '"no items above ... except by phone".',
        weight=5,
    )


def stock(draft: Draft) -> Frame | None:
    """Only what is in stock."""
    senses = draft.senses("stock")
    if not senses or draft.has("percent", "count", "number", "span"):
        return None
    if _reserved(draft):
        raise _whose_only()
    out = senses[0].name == "out"
    bans, only = draft.bans(), draft.places("only")
    if out == bool(bans) or (only and not out) or (draft.has("must", "may") and not out and not bans):
        draft.take("stock", "only")
        draft.use(bans[:1])
        return Frame("stock", take_scopes(draft))
    raise Trouble(
        "在庫のある商品だけを案内する、という意味ですか。",
        "Do you mean that only items in stock may be offered?",
        weight=4,
    )


def margin(draft: Draft) -> Frame | None:
    """A floor for the margin."""
    if not draft.has("margin") or len(draft.places("percent")) != 1 or draft.senses("percent")[0].name:
        return None
    if _reserved(draft):
        raise _whose_only()
    number = draft.take("percent")[0].number or Decimal(0)
    low = _floor(draft)
    draft.take("margin")
    reduced = bool(draft.take("discount", "off"))
    scopes = take_scopes(draft)
    if reduced:
        picks = tuple({**pick, "discounted": frozenset(("true",))} for pick in scopes.alternatives)
        scopes = Scopes(picks, scopes.excepted)
    return Frame("margin", scopes, {"margin": number if low == "from" else number + CENT})


def _floor(draft: Draft) -> str:
    """Whether the number itself still passes: below it no, or at least it."""
    bans = draft.bans()
    only = draft.has("only")
    for kind, passes in (("below", "from"), ("least", "from"), ("above", "over"), ("most", "over")):
        if not draft.has(kind):
            continue
        if (kind in ("below", "most")) == bool(bans) or only or (kind in ("least", "above") and not bans):
            if kind in ("below", "most") and not bans:
                break
            draft.take(kind, "only")
            draft.use(bans[:1])
            return passes
    raise Trouble(
        "下限の書き方がはっきりしません。「〜未満の商品は送らない」などと書いてください。",
        'The lower limit is not clear. Write "not below" or "at least".',
        weight=4,
    )


def price(draft: Draft) -> Frame | None:
    """Only offers within a range of prices."""
    if not draft.has("money") or draft.has("discount", "off", "percent") or not draft.has("offer", "price", "what"):
        return None
    if not draft.has("offer", "what") and any(atom.text.lower().startswith("cost") for atom in draft.atoms):
        return None
    amounts = draft.take("money")
    if len(amounts) != 1 or amounts[0].name == "off":
        return None
    if _reserved(draft):
        raise _whose_only()
    number, currency = amounts[0].number or Decimal(0), next(iter(amounts[0].values))
    bans, only = draft.bans(), draft.has("only")
    side = next((kind for kind in ("below", "most", "above", "least") if draft.has(kind)), None)
    if side is None or (not bans and not only):
        raise Trouble(
            "価格の条件がはっきりしません。「〜円以上の商品だけ」「〜円未満の商品は送らない」などと書いてください。",
            'The price condition is not clear. Write "only items of ... or more" or "no items below ...".',
            weight=4,
        )
    draft.take(side, "only")
    draft.use(bans[:1])
    forbidden = bool(bans)
    low = (side in ("below", "most")) == forbidden
    edge = (
        {"below": 0, "most": 1, "above": 0, "least": -1}[side]
        if forbidden
        else {"below": -1, "most": 0, "above": 1, "least": 0}[side]
    )
    return Frame("price", take_scopes(draft), {"min" if low else "max": number + edge, "currency": currency})
