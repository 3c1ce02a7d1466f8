"""Cores of offers: discounts, eligibility, budgets, approval and data for models, heard as their fields."""

import re
from decimal import Decimal

from policies.periodic import EACH_EN, EACH_JA
from policies.readback.kinds import figure
from policies.readback.listening import NUMBER, Core, Fields, core, named_in, only, whole
from policies.readback.marks import all_unquoted, cut
from policies.readback.whom import heard_whom
from policies.rules.llm_data import FIELDS
from policies.wording import MONEY

EVERY_JA, EVERY_EN = "|".join(EACH_JA.values()), "|".join(EACH_EN.values())


def heard_money(words: str, language: str) -> tuple[str, Decimal]:
    """Currency and amount: 「5,000円」, "$50", "20 SEK"; raises ValueError for anything else."""
    for currency, forms in MONEY.items():
        before, _, after = forms[0 if language == "ja" else 1].partition("{}")
        inner = words[len(before) : len(words) - len(after)]
        if words.startswith(before) and words.endswith(after) and re.fullmatch(NUMBER, inner):
            return currency, figure(inner)
    amount, _, currency = words.partition(" ")
    if not re.fullmatch(r"[A-Z]{3}", currency):
        raise ValueError(f"{words!r} is no amount of money")
    return currency, figure(amount)


def _amounts(words: str, language: str) -> dict[str, Decimal]:
    parts = words.split("・") if language == "ja" else re.split(r", (?!\d)| and ", words)
    return dict(heard_money(part, language) for part in parts)


def _ceiling(found: re.Match[str], language: str) -> Fields:
    limits: Fields = {"below": True} if found["limit"] in ("未満", "stay below") else {}
    if found["percent"]:
        limits["max_percent"] = figure(found["percent"])
    amounts = found["amounts"] or found["money"]
    if amounts:
        limits["max_amount"] = _amounts(amounts, language)
    return limits


def _budget(found: re.Match[str], language: str) -> Fields:
    currency, amount = heard_money(found["money"], language)
    table = EACH_JA if language == "ja" else EACH_EN
    per = next(period for period, words in table.items() if words == found["each"])
    rate: Fields = {"counted": "expected", "redemption_rate": figure(found["rate"]) / 100} if found["rate"] else {}
    return {"amount": amount, "currency": currency, "per": per, **rate}


def _eligible(found: re.Match[str], language: str) -> Fields:
    fields: Fields = {}
    told = found.groupdict()
    for name in ("whom", "alone"):
        if told.get(name):
            fields["audience"] = heard_whom(told[name], language)
    if told.get("lines"):
        text = told["lines"]
        lines = cut(text, "・") if language == "ja" else [one for part in cut(text, ", ") for one in cut(part, " and ")]
        for line in lines:
            fields.update(_line(line, language))
    return fields


LINES = {
    "ja": (
        (r"在庫(?P<in_stock>あり|なし)", "in_stock"),
        (rf"粗利(?P<min_margin_percent>{NUMBER})%以上", "margin"),
        (r"価格(?P<min_price>.+)以上", "price"),
        (r"価格(?P<max_price>.+)以下", "price"),
        (r"(?P<tags>「.+)つき", "tags"),
        (r"(?P<without_tags>「.+)なし", "tags"),
    ),
    "en": (
        (r"(?P<in_stock>in stock|out of stock)", "in_stock"),
        (rf"with a margin of (?P<min_margin_percent>{NUMBER})% or more", "margin"),
        (r"priced (?P<min_price>.+) or more", "price"),
        (r"priced (?P<max_price>.+) or less", "price"),
        (r'tagged (?P<tags>".+)', "tags"),
        (r'not tagged (?P<without_tags>".+)', "tags"),
    ),
}


def _line(line: str, language: str) -> Fields:
    for pattern, sort in LINES["ja" if language == "ja" else "en"]:
        found = re.fullmatch(pattern, line)
        if found is None:
            continue
        ((name, words),) = found.groupdict().items()
        if sort == "in_stock":
            return {name: words in ("あり", "in stock")}
        if sort == "tags":
            return {name: list(all_unquoted(words))}
        if sort == "price" and not re.fullmatch(NUMBER, words):
            currency, amount = heard_money(words, language)
            return {name: amount, "currency": currency}
        return {name: figure(words)}
    raise ValueError(f"{line!r} is no condition of an offer")


def _occasion(found: re.Match[str], language: str) -> Fields:
    when: Fields = {}
    if found["size"]:
        when["audience_larger_than"] = whole(found["size"])
    if found["depth"]:
        when["discount_over"] = figure(found["depth"])
    return {"when": when}


def _sample(found: re.Match[str], language: str) -> Fields:
    if found["share"]:
        return {"share": float(figure(found["share"]) / 100)}
    return {"first": whole(found["first"]) if found["first"] else 1}


def _fields(found: re.Match[str], language: str) -> Fields:
    words = found["fields"]
    parts = words.split("・") if language == "ja" else re.split(r", | and ", words)
    return {"fields": [named_in(part, LLM_FIELDS, language) for part in parts]}


LLM_FIELDS = {str(field): names for field, names in FIELDS.items()}
SIZE_JA, SIZE_EN = rf"対象が(?P<size>{NUMBER})人を超える配信", rf"mailings to over (?P<size>{NUMBER}) customers"
DEPTH_JA, DEPTH_EN = rf"(?P<depth>{NUMBER})%を超える割引", rf"discounts over (?P<depth>{NUMBER})%"
OFFERS: tuple[Core, ...] = (
    core(
        "reference_price",
        r"通常価格との比較は、直近8週間の過半（通算2週間以上）をその価格で販売し、最後の販売から2週間たたないときだけ。",
        r"Compare with an earlier price only if it was asked for most of the last eight weeks and until lately\.",
        only(),
    ),
    core(
        "offer_eligibility",
        r"オファーの条件：(?:(?P<lines>.+)のものだけを使います(?:（(?P<whom>.+)に限ります）)?|(?P<alone>.+)にだけお届けします)。",
        r"Offer eligibility: (?:only offers (?P<lines>.+?)(?:, and only for (?P<whom>.+))?|only for (?P<alone>.+))\.",
        _eligible,
    ),
    core(
        "discount_ceiling",
        rf"割引は(?:(?P<percent>{NUMBER})%|(?P<money>[^（）]+?))(?P<limit>まで|未満)"
        r"(?:（割引率がわからないときは(?P<amounts>[^（）]+)(?:まで|未満)）)?。",
        rf"Discounts (?P<limit>go up to|stay below) (?:(?P<percent>{NUMBER})%|(?P<money>[^()]+?))"
        r"(?: \(where that is unknown, (?:up to|below) (?P<amounts>[^()]+)\))?\.",
        _ceiling,
    ),
    core(
        "budget",
        rf"割引の予算：(?P<each>{EVERY_JA})(?P<money>[^（）]+)まで(?:（(?P<rate>{NUMBER})%が使われる見込みで数えます）)?。",
        rf"Discount budget: at most (?P<money>.+?) (?P<each>{EVERY_EN})"
        rf"(?:, counting on (?P<rate>{NUMBER})% being redeemed)?\.",
        _budget,
    ),
    core(
        "approval",
        r"配信の前に、担当者が文面を確かめて承認します。",
        r"A person approves the message before it goes out\.",
        only(),
    ),
    core(
        "approval",
        rf"(?:{SIZE_JA})?と?(?:{DEPTH_JA})?は、担当者が承認してから送ります。",
        rf"A person approves (?:{SIZE_EN})?(?: and )?(?:{DEPTH_EN})? before anything goes out\.",
        _occasion,
    ),
    core(
        "sample_review",
        rf"(?:最初の(?P<first>{NUMBER})通|配信の(?P<share>{NUMBER})%)は、担当者が文面を確かめてから送ります。",
        rf"A person checks (?:the first(?: (?P<first>{NUMBER}))? messages? before (?:it goes|they go) out"
        rf"|(?P<share>{NUMBER})% of the messages before they go out)\.",
        _sample,
    ),
    core(
        "llm_data", r"生成AIにはお客様の情報を渡しません。", r"A model sees no facts about customers\.", only(fields=[])
    ),
    core(
        "llm_data",
        r"生成AIに渡すお客様の情報は、(?P<fields>.+)だけです。",
        r"A model sees no facts about customers but (?P<fields>.+)\.",
        _fields,
    ),
)
