"""Urgency: words of haste and scarcity, which stand only where the stock or an end date says so."""

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.language import Text
from policies.inspection.truths import Truths

FEW, VERY_FEW = Decimal(10), Decimal(3)
"""How many pieces are few, and so few that it is the last chance."""
SOON, VERY_SOON = 7, 3
"""Within how many days an end is near, and so near that it is the last chance."""


def _limited(truths: Truths) -> bool:
    return bool(truths.limited)


def _few(truths: Truths, today: date) -> bool:
    return _limited(truths) or any(stock <= FEW for stock in truths.stock)


def _counted(truths: Truths, today: date) -> bool:
    return _limited(truths) or bool(truths.stock)


def _within(truths: Truths, today: date, days: int) -> bool:
    return any(one.edge == "end" and 0 <= (one.day - today).days <= days for one in truths.days)


def _very_soon(truths: Truths, today: date) -> bool:
    few = any(stock <= VERY_FEW for stock in truths.stock)
    return few or _limited(truths) or _within(truths, today, VERY_SOON)


def _soon(truths: Truths, today: date) -> bool:
    return _within(truths, today, SOON)


def _cheaper(truths: Truths, today: date) -> bool:
    cut = truths.offs or truths.cuts or truths.deals or truths.extras
    return bool(cut) or any(one.role == "was" for one in truths.amounts)


def _ends(truths: Truths, today: date) -> bool:
    return _limited(truths) or any(one.edge == "end" and one.day >= today for one in truths.days)


@dataclass(frozen=True, slots=True)
class Haste:
    """A way to urge, and when it is true."""

    words: str
    holds: Callable[[Truths, date], bool]
    needs: Text


STOCK = Text(ja="在庫数の情報", en="a stock fact")
CUT = Text(ja="割引の情報", en="a discount fact")
END = Text(ja="終わりの日付", en="an end date")
HASTE = {
    "few": Haste(
        r"(?<![年月春夏秋冬]も)残り?(?:わずか|僅か|少な|少し)|のこりわずか|売り?切れ(?:間近|寸前|そう)|"
        r"完売(?:間近|寸前|しそう)"
        r"|在庫(?:わずか|僅少|少な)"
        r"|飛ぶように売れ|売れ行き好調|品薄|\b(?:a )?few (?:left|remaining)|almost (?:gone|sold out)|nearly (?:gone"
        r"|sold out)"
        r"|sell(?:ing|s) (?:out|fast|quickly)|going fast|low (?:in|on) stock"
        r"|last (?:few|remaining|ones|pieces|seats|places|spots|tickets|pairs)"
        r"|low stock|before (?:it'?s|they'?re|they are|it is) (?:all )?gone",
        _few,
        STOCK,
    ),
    "limited": Haste(
        r"数量限定|少数限定|個数限定|在庫限り|なくなり次第|無くなり次第|先着(?!順に発送)|早い者勝ち|売り?切れ御免"
        r"|while (?:supplies"
        r"|stocks?) lasts?"
        r"|limited (?:stock|quantit(?:y|ies)|supply|number)|first come",
        _counted,
        STOCK,
    ),
    "last chance": Haste(
        r"ラスト(?:チャンス|スパート)|最後の(?:チャンス|機会)|\b(?:last|final) (?:chance|call|hours)|終了(?:間近|目前"
        r"|直前)|締切(?:間近|直前|目前)|本日最終|締め?切り?が(?:迫|近)|〆切(?:間近|が?迫)|期限が(?:迫|近)|"
        r"(?:今日|本日|今週|今)を逃す|間に合わなく"
        r"|\b(?:last orders? for|(?:will|would) be too late|one more day (?:to|for|left))\b",
        _very_soon,
        END,
    ),
    "final day": Haste(
        r"(?<!the )\b(?:final|last) day(?=[!.]|$)|最終日(?=です|！|!|。|の|$)"
        r"|\b(?:final|last) (?:day|night) (?:for|to (?:get|buy|order|use|save|try|see))\b"
        r"|(?:今日|本日|今夜)(?:で|をもって|を最後に)(?:の販売)?(?:おしまい|終わり|終了|打ち切|締め)",
        lambda truths, today: _within(truths, today, 0),
        END,
    ),
    "soon": Haste(
        r"(?:まもなく|間もなく|もうすぐ|そろそろ)(?:終了|終わ|締)|\b(?:end(?:s|ing)|clos(?:es|ing)|expir(?:es"
        r"|ing)) (?:very )?soon|final days|last days|time is running out"
        r"|\b(?:your|the|its) (?:final|last) (?:week|weekend)(?: for|\.|$| to (?:get|buy|order|use|save|try|see))"
        r"|\bover (?:tomorrow|tonight|soon)\b|(?:door|window)s? closes? on"
        r"|(?:明日|週末|今週|今月)(?:まで)?(?:で|をもって)(?:の販売)?(?:おしまい|終わり|終了|打ち切|締め)|"
        r"受付を(?:終え|締め切)|打ち切りま",
        _soon,
        END,
    ),
    "limited time": Haste(
        r"期間限定|(?:今|いま)だけ|今しか|期間中(?:だけ|のみ)|limited[- ]time|for a (?:limited|short) time|only now"
        r"|now only|for now only|time[- ]limited|\bonly (?:tonight|today|this week(?:end)?)(?=[.!:,]|$)"
        r"|(?:今日|本日|今夜|今週末?|今月)(?:かぎり|限り)(?!ある)|(?:今日|本日|今夜|今週|今月)(?:だけ|"
        r"のみ)(?:の|で(?!は))",
        _ends,
        END,
    ),
    "cut": Haste(
        r"値下げ(?!は)|(?:お?値引き|割引)(?:中|し[てまた]|価格)|(?:特別|セール|お買い得|ご優待)価格|"
        r"プライスダウン|タイムセール|大特価|セール中"
        r"|\b(?:discounted|marked down|on sale for|(?:reduced|sale|special) prices?|price (?:drop|cut)|slashed prices"
        r"|for less(?=[.!]|$))",
        _cheaper,
        CUT,
    ),
}
WORDS = re.compile("|".join(f"(?P<h{place}>{haste.words})" for place, haste in enumerate(HASTE.values())))
KINDS = tuple(HASTE.values())


@functools.lru_cache(maxsize=4096)
def haste_in(line: str) -> tuple[tuple[str, int], ...]:
    """The urging words of a line in lower case, each with its kind."""
    return tuple((found[0], int((found.lastgroup or "h0")[1:])) for found in WORDS.finditer(line))


def unfounded(line: str, truths: Truths, today: date) -> list[tuple[str, Text]]:
    """The urging words of a plain line that neither stock nor end date bears out."""
    found = []
    for words, kind in haste_in(line.lower()):
        haste = KINDS[kind]
        if not haste.holds(truths, today) and not any(words in name for name in truths.names):
            found.append((words, _reason(words, haste.needs)))
    return found


def _reason(words: str, needs: Text) -> Text:
    return Text(
        ja=f"「{words}」と書けるのは、{needs.ja}がそう示すときだけです。",
        en=f'"{words}" is written only where {needs.en} says so.',
    )
