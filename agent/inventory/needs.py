"""Needs: what one scene needs of the records, each with what there is of it and what to do where there is none."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import numpy as np

from agent.inventory.stocktaking import Flags, Stock
from domain.channel import Channel, is_pushed
from domain.happening import NAMES, Happening
from domain.journey import Start, Trigger, known_event
from domain.language import LANGUAGES, Text
from domain.scene import Scene
from policies.wording import channel_name
from tools.copy.library import PLAIN

What = Literal["customers", "consent", "trigger", "offers", "stock", "copy", "location", "fact"]
KINDS_JA = {
    "product": "商品",
    "coupon": "クーポン",
    "article": "記事",
    "case_study": "事例",
    "tutorial": "使い方",
    "event": "イベント",
    "service": "サービス",
}
BY_PLACE = frozenset({Happening.VISITED_STORE})


class Need(NamedTuple):
    """One thing that a scene needs: how much there is, and whether the scene can do without."""

    what: What
    name: str
    have: int
    says: Text
    todo: Text
    required: bool = True

    @property
    def met(self) -> bool:
        """Whether there is any of it."""
        return self.have > 0


def needs_of(scene: Scene, stock: Stock) -> Iterator[Need]:
    """Everything that a scene needs, the widest first."""
    yield Need(
        "customers",
        "customers",
        stock.base.size,
        Text(ja="お客様", en="customers"),
        Text(
            ja="顧客を読み込んでください（./tact load FILE --as customers）。",
            en="load customers (./tact load FILE --as customers)",
        ),
    )
    if scene.trigger is not None:
        yield from _starts(scene.trigger, stock)
    yield from _consents(scene, stock)
    yield from _offers(scene, stock)
    yield from _copy(scene, stock)
    yield from _location(scene, stock)


def channels_of(scene: Scene) -> tuple[Channel, ...]:
    """Where the scene goes, in the order of the vocabulary."""
    chosen = scene.trigger.channels if scene.trigger and scene.trigger.channels else scene.channels
    return tuple(channel for channel in Channel if channel in chosen)


def started(trigger: Trigger, stock: Stock) -> Flags:
    """The customers of whom something is known that starts the scene."""
    found = np.zeros(stock.base.size, dtype=np.bool_)
    for start in trigger.starts:
        found |= _those(start, stock)
    return found


def _those(start: Start, stock: Stock) -> Flags:
    if start.event is not None:
        happened = stock.happened.get(known_event(start.event))
        return stock.those(happened.customers if happened else ())
    if start.stage is not None:
        return stock.in_stage(start.stage)
    if start.habit is not None:
        return stock.those(stock.habitual)
    return stock.with_attribute(start.fact or start.month or "")


def _starts(trigger: Trigger, stock: Stock) -> Iterator[Need]:
    """What starts it; one of several is enough, and is told as one need."""
    counts = [(start, int(_those(start, stock).sum())) for start in trigger.starts]
    said = [_of_start(start) for start in trigger.starts]
    ja, en = "、または".join(one[0].ja or "" for one in said), " or ".join(one[0].en or "" for one in said)
    yield Need(
        "trigger",
        _name(counts[0][0]),
        int(started(trigger, stock).sum()),
        Text(ja=ja, en=en),
        said[0][1],
    )


def _of_start(start: Start) -> tuple[Text, Text]:
    """What starts it in words, and what to do where there is none of it."""
    if start.event is not None:
        return _of_event(start.event)
    if start.stage is not None:
        names = ", ".join(start.stage)
        return (
            Text(ja=f"ステージ {names} のお客様", en=f"customers who are {names}"),
            Text(
                ja="購入を読み込むとステージが決まります（./tact load FILE --as purchases）。",
                en="load purchases, which tell the stage (./tact load FILE --as purchases)",
            ),
        )
    if start.habit is not None:
        return (
            Text(ja="くり返しのご購入", en="repeated purchases"),
            Text(
                ja="同じ品の購入が3回以上必要です（./tact load FILE --as purchases）。",
                en="three purchases of the same thing are needed: load purchases (./tact load FILE --as purchases)",
            ),
        )
    fact = start.fact or start.month or ""
    source = {"birth_month": "birth_date", "points_expire": "points_expire"}.get(fact, f"attributes.{fact}")
    return (
        Text(ja=f"お客様の {fact}", en=f"customers' {fact}"),
        Text(ja=f"顧客に {source} の列を読み込んでください。", en=f"load customers with a column for {source}"),
    )


def _of_event(written: str) -> tuple[Text, Text]:
    """An event by the name under which systems send it, and how it comes in."""
    means = known_event(written)
    name = next((name.title() for name, one in NAMES.items() if one is means), written)
    kind = "purchases" if means is Happening.ORDERED else "events"
    return (
        Text(ja=f"イベント「{name}」（30日）", en=f"event {name!r} (30 days)"),
        Text(
            ja=f"イベント「{name}」を送ってください（/v1/track か ./tact load FILE --as {kind}）。",
            en=f"send the event {name!r} (POST /v1/track, or ./tact load FILE --as {kind})",
        ),
    )


def _name(start: Start) -> str:
    return start.event or start.fact or start.month or start.habit or ",".join(start.stage or ())


def _consents(scene: Scene, stock: Stock) -> Iterator[Need]:
    """Consents on the channels that go to people unasked; one channel is enough."""
    pushed = [channel for channel in channels_of(scene) if is_pushed(channel)]
    if not pushed:
        return
    pulled = any(not is_pushed(channel) for channel in channels_of(scene))
    anyone = np.zeros(stock.base.size, dtype=np.bool_)
    told_ja, told_en = [], []
    for channel in pushed:
        flags = stock.consented(channel, scene.purpose)
        anyone |= flags
        told_ja.append(f"{channel_name(channel, 'ja')} {int(flags.sum()):,}")
        told_en.append(f"{channel_name(channel, 'en')} {int(flags.sum()):,}")
    todo = Text(
        ja=f"許諾（{scene.purpose}）を証拠と一緒に読み込んでください（./tact load FILE --as consents）。",
        en=f"load consents for {scene.purpose} with their evidence (./tact load FILE --as consents)",
    )
    required = not pulled and scene.purpose == "marketing"
    says = Text(ja=f"許諾：{'、'.join(told_ja)}", en=f"consent: {', '.join(told_en)}")
    yield Need("consent", "consent", int(anyone.sum()), says, todo, required)


def _offers(scene: Scene, stock: Stock) -> Iterator[Need]:
    """Offers of its kinds with its tags that stand today; for products also a stock that is known."""
    eligible: dict[str, None] = {}
    in_stock = 0
    products = 0
    for day, shops in stock.town.groups or (stock.today,):
        for offer in stock.town.catalogue.eligible(scene, day, shops).offers:
            if offer.id not in eligible:
                eligible[offer.id] = None
                products += offer.kind == "product"
                in_stock += offer.kind == "product" and offer.in_stock is not None and offer.stock_at is not None
    kinds = sorted(scene.kinds)
    tags = f"［{'、'.join(sorted(scene.tags))}］" if scene.tags else ""
    tagged = f" tagged {', '.join(sorted(scene.tags))}" if scene.tags else ""
    named_ja, named_en = "・".join(KINDS_JA[kind] for kind in kinds), ", ".join(kinds)
    yield Need(
        "offers",
        "offers",
        len(eligible),
        Text(ja=f"ご案内できる{named_ja}{tags}", en=f"offers ({named_en}{tagged})"),
        Text(
            ja=f"{named_ja}{tags}を登録してください（./tact load FILE --as offers）。",
            en=f"bring in offers of kind {named_en}{tagged} (./tact load FILE --as offers)",
        ),
    )
    if products:
        yield Need(
            "stock",
            "stock",
            in_stock,
            Text(ja="在庫のわかる商品", en="products whose stock is known"),
            Text(
                ja="在庫と在庫日時の列を読み込むと、売り切れのご案内を避けられます。",
                en="load stock with its time, so that nothing sold out is shown",
            ),
            required=False,
        )


def _copy(scene: Scene, stock: Stock) -> Iterator[Need]:
    """Words in both languages, the scene's own or plain ones."""
    for language in LANGUAGES:
        own = [one for one in stock.copy if one.language == language and one.channel in channels_of(scene)]
        mine = [one for one in own if one.scene == scene.id]
        plain = [one for one in own if one.scene == PLAIN]
        name = {
            "ja": Text(ja="日本語の文面", en="texts in Japanese"),
            "en": Text(ja="英語の文面", en="texts in English"),
        }
        yield Need(
            "copy",
            f"copy.{language}",
            len(mine) or len(plain),
            name[language],
            Text(
                ja=f"文面を用意してください（./tact compose --scene {scene.id}）。",
                en=f"have texts written (./tact compose --scene {scene.id})",
            ),
            required=False,
        )


def _location(scene: Scene, stock: Stock) -> Iterator[Need]:
    """Leave to use the place, where the scene starts from it."""
    starts: Sequence[Start] = scene.trigger.starts if scene.trigger else ()
    if "rain" in scene.tags or any(one.event and known_event(one.event) in BY_PLACE for one in starts):
        yield Need(
            "location",
            "location",
            int(stock.consented("location", scene.purpose).sum()),
            Text(ja="位置情報の許諾", en="consent to use the location"),
            Text(ja="位置情報の許諾を読み込んでください。", en="load consents for location"),
            required=False,
        )
