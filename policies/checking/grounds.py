"""Grounds: whether every figure, every price and every word of haste stands on a fact."""

import re
from collections.abc import Iterator

from policies.checking.addresses import without_addresses
from policies.checking.claim import Claim
from policies.checking.desk import Desk
from policies.checking.fault import Fault, in_copy
from policies.checking.figures import claims
from policies.checking.ledger import Ledger
from policies.checking.letters import plain
from policies.checking.phrases import readings
from policies.rules.grounding import Grounding

MASK = "◇"
HASTE = re.compile(
    r"残りわずか|残り僅か|在庫わずか|売り?切れ間近|完売間近|数量限定|期間限定|本日限り|今だけ|いまだけ|らすとちゃんす|終了間近"
    r"|最終日の|今週(?:かぎり|限り)の|今日だけの|(?:今日|本日|明日)で(?:おしまい|終わり)|締め?切りが(?:迫|近)|期限が(?:迫|近)"
)
HASTE_EN = re.compile(
    r"(?<![a-z])(?:only a few left|few left|almost gone|selling (?:out|fast)|limited time|today only|ends soon"
    r"|while (?:stocks?|supplies) last|last chance|limited stock"
    r"|last day (?:for|to)|final week for|last orders for)(?![a-z])"
)
TAXED = re.compile("税込|税金込|消費税を含")


def ungrounded(rule: Grounding, desk: Desk) -> Iterator[Fault]:
    """Figures that follow from no fact, haste without stock or end, and prices that hide their tax."""
    hurried = not (desk.ledger.ends or any(kind == "stock" for kind, _, _ in desk.ledger.known) or _limited(desk))
    for piece in desk.pieces:
        shown = plain(piece.text)
        for line in shown.split("\n"):
            for claim in dict.fromkeys(_stated(line, desk.ledger)):
                if not desk.ledger.knows(claim):
                    yield in_copy(rule.id, rule.type, piece.name, claim.text, "事実にありません", "is no known fact")
        if hurried and (words := _haste(piece.text)):
            yield in_copy(rule.id, rule.type, piece.name, words, "期限も在庫数もありません", "has no end and no stock")
        if rule.tax == "stated" and desk.message.language == "ja" and not TAXED.search(shown):
            yield from _untaxed(rule, desk, piece.name, shown)


def _stated(line: str, ledger: Ledger) -> tuple[Claim, ...]:
    return claims(_unquoted(without_addresses(line), ledger))


def _unquoted(line: str, ledger: Ledger) -> str:
    """The line without facts that are quoted word for word; a quote cut out of a longer figure is none."""
    for quote in sorted(ledger.quotes, key=len, reverse=True):
        place = line.find(quote)
        while place >= 0:
            end = place + len(quote)
            if not (_goes_on(line[place - 1 : place], quote[0]) or _goes_on(line[end : end + 1], quote[-1])):
                line = line[:place] + MASK + line[end:]
                end = place + 1
            place = line.find(quote, end)
    return line


def _goes_on(beside: str, edge: str) -> bool:
    return bool(beside) and edge.isdigit() and (beside.isdigit() or beside in "%円割,.")


def _haste(text: str) -> str | None:
    seen = readings(text)
    found = HASTE.search(seen.letters) or next((hit for way in seen.words if (hit := HASTE_EN.search(way))), None)
    return found[0] if found else None


def _limited(desk: Desk) -> bool:
    return any(offer.facts.get("limited") for offer in desk.offers)


def _untaxed(rule: Grounding, desk: Desk, part: str, shown: str) -> Iterator[Fault]:
    """A price with tax in it, in a part that nowhere says so; companies are told prices without."""
    taxed = {offer.price for offer in desk.offers if offer.tax_included} | {
        offer.list_price for offer in desk.offers if offer.tax_included
    }
    if "b2b" in desk.s.tags:
        return
    for line in shown.split("\n"):
        for claim in _stated(line, desk.ledger):
            if claim.kind in ("money", "was") and claim.value in taxed:
                yield in_copy(
                    rule.id, rule.type, part, claim.text, "税込と書いていません", "does not say that tax is in it"
                )
                return
