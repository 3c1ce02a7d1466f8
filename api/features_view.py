"""Features as people read them: each with its name, its value with the unit, and what it means for the stage."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from domain.clock import from_micros
from domain.customer import Customer
from domain.features import Features
from domain.frozen import Frozen
from domain.language import phrase
from domain.leads import lead
from domain.stage_words import explained
from domain.stages import Stages, Standing

MOST_HABITS = 5
DAYS = 24 * 60 * 60


class Fact(Frozen):
    """One line: what it is called, and what it says."""

    id: str
    name: str
    text: str


class Explained(Frozen):
    """What a customer's behaviour comes to, in words."""

    stage: str
    """Why they stand where they stand, by their orders."""
    facts: tuple[Fact, ...]


def explain(
    customer: Customer, features: Features, stages: Stages, now: datetime, zone: tzinfo, language: str
) -> Explained:
    """Everything that is known, in the order in which people ask for it."""
    told = [(id, *pair) for id, pair in _facts(features, zone, language) if pair[1]]
    if (found := lead(features, customer.attributes, now)) is not None:
        told.append(("lead", phrase(language, ja="見込み度", en="lead score"), found.said(language)))
    return Explained(
        stage=explained(standing_of(features, now), stages, language),
        facts=tuple(Fact(id=id, name=name, text=text) for id, name, text in told),
    )


def standing_of(features: Features, now: datetime) -> Standing:
    """What a stage is judged by, from stored features; those of an import say no days."""
    last = features.ordered_at or (features.last_at if features.orders else None)
    first = features.first_at if features.orders else None
    return Standing(
        orders=features.orders,
        order_days=features.order_days or features.orders,
        order_days_90d=features.order_days_90d or features.orders_90d,
        first_days=(now - first).total_seconds() / DAYS if first else None,
        away_days=(now - last).total_seconds() / DAYS if last else None,
        usual_gap=features.usual_gap,
    )


Line = tuple[str, tuple[str, str]]


def _facts(known: Features, zone: tzinfo, language: str) -> Iterator[Line]:
    def line(id: str, ja: str, en: str, text: str) -> Line:
        return id, (phrase(language, ja=ja, en=en), text)

    times, comma = phrase(language, ja="回", en=""), phrase(language, ja="、", en=", ")
    yield line("last_at", "最後の行動", "last seen", _day(known.last_at, zone))
    yield line("orders", "ご注文", "orders", _of(known.orders, known.orders_90d, times, language))
    yield line("ordered_at", "最後のご注文", "last order", _day(known.ordered_at, zone))
    yield line(
        "spend",
        "ご購入額（贈答を除き、返金を引いた額）",
        "own spend, without gifts and refunds",
        _money(known, language),
    )
    yield line("gift_spend", "贈答の額", "spent on gifts", _amount(known.gift_spend, known.currency))
    others = comma.join(_amount(amount, currency) for currency, amount in known.other_spend)
    yield line("other_spend", "ほかの通貨での額", "in other currencies", others)
    yield line("refunds", "返金・取り消し", "refunds and cancellations", _count(known.refunds, times))
    yield line("redemptions", "クーポンのご利用", "coupons redeemed", _count(known.redemptions, times))
    yield line("coupon_orders", "クーポンでのご注文", "orders with a coupon", _count(known.coupon_orders, times))
    yield line("habits", "よく買う分野", "buys again", comma.join(_habits(known, zone, language)))
    yield line("cart", "カートの中", "in the cart", _since(comma.join(known.cart), known.cart_at, zone, language))
    yield line("favourites", "お気に入り", "saved", comma.join(known.favourites))
    yield line(
        "viewed", "最近の閲覧（文面では触れません）", "looked at lately (never worded)", comma.join(known.viewed)
    )
    yield line("bought", "最近のご購入", "bought lately", comma.join(known.bought))
    yield line("store", "よく行く店", "usual store", known.store or "")
    yield line("hours", "よく動く時間帯", "active hours", _hours(known.hours))
    yield line("channels", "チャネルごとの反応", "answers by channel", comma.join(_answers(known)))
    yield line("fatigue", "配信疲れ", "tired of messages", _part(known.fatigue))
    satisfied = "" if known.satisfaction is None else _part(known.satisfaction) or "0%"
    yield line("satisfaction", "満足度（最後の回答）", "satisfaction, by the last survey", satisfied)
    waits = phrase(language, ja="対応中", en="waits for an answer")
    yield line("open_ticket", "お問い合わせ", "enquiry", waits if known.open_ticket else "")
    yield line("stuck", "手が止まっている手順", "hesitates at", known.stuck or "")
    yield line("leads", "検討のしるし", "signs of interest", comma.join(_leads(known, zone, language)))


def _day(at: datetime | None, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at else ""


def _count(number: int, unit: str) -> str:
    return f"{number}{unit}" if number else ""


def _of(all: int, recent: int, unit: str, language: str) -> str:
    if not all:
        return ""
    return phrase(language, ja=f"{all}{unit}（この90日に{recent}{unit}）", en=f"{all} ({recent} in the last 90 days)")


def _amount(amount: float, currency: str | None) -> str:
    return f"{amount:,.2f}".removesuffix(".00") + (f" {currency}" if currency else "") if amount else ""


def _money(known: Features, language: str) -> str:
    if not known.spend:
        return ""
    whole, recent = _amount(known.spend, known.currency), _amount(known.spend_90d, known.currency) or "0"
    return phrase(language, ja=f"{whole}（この90日に{recent}）", en=f"{whole} ({recent} in the last 90 days)")


def _habits(known: Features, zone: tzinfo, language: str) -> Iterator[str]:
    columns = known.habits
    rows = zip(columns.topics, columns.days, columns.last_at, columns.gap_days, strict=True)
    for topic, days, last, gap in list(rows)[:MOST_HABITS]:
        day = f"{from_micros(last).astimezone(zone):%Y-%m-%d}"
        every_ja, every_en = (f"約{gap:g}日ごと、", f"about every {gap:g} days, ") if gap else ("", "")
        yield phrase(
            language,
            ja=f"{topic}（{days}日、{every_ja}最後は{day}）",
            en=f"{topic} ({days} days, {every_en}last {day})",
        )


def _since(text: str, at: datetime | None, zone: tzinfo, language: str) -> str:
    if not text or at is None:
        return text
    return phrase(language, ja=f"{text}（{_day(at, zone)} から）", en=f"{text} (since {_day(at, zone)})")


def _hours(hours: tuple[int, ...]) -> str:
    best = sorted(range(len(hours)), key=lambda hour: (-hours[hour], hour))[:3]
    return ", ".join(f"{hour}:00" for hour in sorted(best) if hours[hour])


def _answers(known: Features) -> Iterator[str]:
    for channel, part in zip(known.channels, known.answered, strict=False):
        yield f"{channel} {round(part * 100)}%"


def _part(value: float) -> str:
    return f"{round(value * 100)}%" if value else ""


def _leads(known: Features, zone: tzinfo, language: str) -> Iterator[str]:
    if known.downloads:
        yield phrase(language, ja=f"資料{known.downloads}件", en=f"{known.downloads} downloads")
    if known.webinars:
        yield phrase(language, ja=f"セミナー{known.webinars}件", en=f"{known.webinars} webinars")
    if known.pricing_views:
        yield phrase(language, ja=f"料金ページ{known.pricing_views}回", en=f"{known.pricing_views} looks at prices")
    if known.lead_at:
        yield phrase(language, ja=f"最後は{_day(known.lead_at, zone)}", en=f"last {_day(known.lead_at, zone)}")
