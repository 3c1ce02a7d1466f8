"""Grounding: whether each figure in copy is a surface form of something true."""

from datetime import date, timedelta
from decimal import Decimal

from domain.language import Text
from policies.inspection.token import Token
from policies.inspection.tokens import tokens
from policies.inspection.truths import Count, Truths

TOLERANCE = Decimal("0.5")
MASK = "◇"
DAYS_AROUND = 400


def untrue(line: str, truths: Truths, today: date) -> list[tuple[Token, Text]]:
    """The figures of a plain line that no fact supports, each with the reason."""
    if not tokens(line):
        return []
    found = []
    for token in tokens(masked(line.lower(), truths.names)):
        why = _objection(token, truths, today)
        if why is not None:
            found.append((token, why))
    return found


def masked(line: str, names: set[str]) -> str:
    """The line without the words that may be quoted as they are, where they stand by themselves."""
    for name in names:
        at = line.find(name)
        while at >= 0:
            end = at + len(name)
            if not (_touches(line[at - 1 : at], name[0]) or _touches(line[end : end + 1], name[-1])):
                line = line[:at] + MASK + line[end:]
                end = at + 1
            at = line.find(name, end)
    return line


def _touches(neighbour: str, edge: str) -> bool:
    if not neighbour:
        return False
    if edge.isdigit():
        return neighbour.isdigit() or neighbour in "%円割,."
    return edge.isascii() and edge.isalnum() and neighbour.isascii() and neighbour.isalnum()


def _objection(token: Token, truths: Truths, today: date) -> Text | None:
    match token.kind:
        case "money":
            return _money(token, truths)
        case "cut" | "off" | "deal":
            return _saving(token, truths)
        case "percent" | "times":
            return _share(token, truths)
        case "time":
            return None if int(token.value) in truths.clocks else _text(token, "という時刻", "a time")
        case "count":
            return _count(token, truths, today)
        case _:
            return _calendar(token, truths, today)


def _text(token: Token, ja: str, en: str) -> Text:
    return Text(
        ja=f"「{token.text.strip()}」{ja}は、オファーにもお客様の情報にもありません。",
        en=f'"{token.text.strip()}" is {en} that neither the offer nor the account states.',
    )


def _money(token: Token, truths: Truths) -> Text | None:
    amounts = {amount for amount, currency in truths.prices if _same_money(currency, token.unit)}
    if token.role == "about":
        step = Decimal(10) ** token.value.adjusted()
        return (
            None
            if any(token.value <= amount < token.value + step for amount in amounts)
            else _text(token, "という価格帯", "a price range")
        )
    if token.role == "was" and truths.was:
        amounts = {amount for amount, currency in truths.was if _same_money(currency, token.unit)}
    return None if token.value in amounts else _text(token, "という金額", "an amount")


def _same_money(known: str | None, written: str | None) -> bool:
    return known is None or known == written


def _saving(token: Token, truths: Truths) -> Text | None:
    if token.kind == "cut":
        good = any(token.value == cut and _same_money(currency, token.unit) for cut, currency in truths.cuts)
    elif token.kind == "deal":
        good = (token.value, token.more) in truths.deals
    elif token.role == "about":
        good = any(abs(token.value - off) <= TOLERANCE for off in truths.offs)
    else:
        good = token.value in truths.offs
    return None if good else _text(token, "という割引・特典", "a discount or deal")


def _share(token: Token, truths: Truths) -> Text | None:
    if token.kind == "times":
        return None if token.value in truths.times else _text(token, "という倍率", "a multiple")
    for value, words in truths.percents:
        if value == token.value and (not words or any(near and near in words for near in _nearest(token))):
            return None
    return _text(token, "という割合", "a percentage")


def _nearest(token: Token) -> tuple[str, ...]:
    """The words beside a percentage, whole and by their first word."""
    return tuple(
        word for near in token.near for word in (near, near.split(" ")[0]) if word not in ("of", "の", "is", "are")
    )


def _count(token: Token, truths: Truths, today: date) -> Text | None:
    if any(_same_count(fact, token) for fact in truths.counts):
        return None
    if token.unit == "day" and any((day - today).days in (token.value, token.value - 1) for day in truths.deadlines):
        return None
    return _text(token, "という数", "a number")


def _same_count(fact: Count, token: Token) -> bool:
    if fact.value != token.value:
        return False
    if fact.unit is not None or token.unit not in (None, "point"):
        return fact.unit == token.unit
    word = "".join(token.near)
    return fact.near is None or (word if word.isascii() else word[:1]) in fact.near


def _calendar(token: Token, truths: Truths, today: date) -> Text | None:
    day = token.day
    if token.kind == "relative":
        target = today + timedelta(days=int(token.value))
        return None if target in truths.deadlines else _text(token, "という期限", "an end")
    if token.kind == "year":
        years = {known.year for known in truths.dates} | {today.year, today.year + 1}
        return None if int(token.value) in years else _text(token, "という年", "a year")
    if day is None:
        return None
    if token.kind == "month":
        months = {known.month for known in truths.dates} | {today.month, today.month % 12 + 1}
        return None if day.month in months else _text(token, "という月", "a month")
    return _date(token, truths, today)


def _date(token: Token, truths: Truths, today: date) -> Text | None:
    day = token.day
    if day is None:
        return None
    known = truths.deadlines if token.deadline else truths.dates | {today}
    fitting = [
        one
        for one in known
        if day.day in (None, one.day) and day.month in (None, one.month) and day.year in (None, one.year)
    ]
    if not fitting:
        written = day.weekday is None and not token.deadline and (day.month, day.day) in truths.partial
        return None if written else _text(token, "という期限" if token.deadline else "という日付", "a date")
    if day.weekday is None or any(one.weekday() == day.weekday for one in fitting):
        return None
    right = "月火水木金土日"[fitting[0].weekday()]
    return Text(
        ja=f"「{token.text.strip()}」の曜日が違います（正しくは{right}曜日）。",
        en=f'"{token.text.strip()}" has the wrong weekday; it is a {fitting[0]:%A}.',
    )
