"""Inspection of a Japanese mail against five hundred phrases: every word new, and with only the slots new."""

import random
import time
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from domain.channel import Channel, Purpose
from domain.customer import Customer, Record
from domain.language import Text
from domain.message import Message
from domain.offer import Offer
from evals.bench.figures import Figures
from policies.book import Book, Playbook
from policies.document import read_playbook
from policies.facts import action_of, situation_of
from policies.rules.forbidden_phrase import ForbiddenPhrase

PHRASES = 500
LENGTH = 264
MUST_MANAGE = 0.005
"""Seconds."""
AT = datetime.fromisoformat("2026-11-25T11:00:00+09:00")


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


HEADS = _listed(
    "豪華 激安 破格 驚愕 爆安 極上 圧倒 異次元 奇跡 無敵 衝撃 怒涛 禁断 伝説 神業 天下 抜群 絶賛 熱狂 仰天 "
)
TAILS = _listed(
    "価格 効果 特価 体験 痩身 利回り 保証 奪取 到来 突破 決算 放出 祭り 降臨 解禁 宣言 "
    "感動 完売 入荷 認定 進化 革命 体感 勝利 還元 "
)
NOUNS = _listed(
    "コート 手袋 湯のみ 文庫 急須 花器 毛布 財布 硯 鞄 帽子 茶筒 小皿 行灯 座布団 風呂敷 便箋 食卓 窓辺 玄関 "
)
VERBS = _listed("眺める 選ぶ 包む 飾る 並べる 整える 使い込む 手入れする 持ち歩く 重ねる 贈る 仕立てる")
PLACES = _listed("日本橋 横浜 銀座 新宿 札幌 仙台 名古屋 京都 神戸 博多")


def rows(rounds: int = 300, seed: int = 7) -> tuple[Figures, ...]:
    """Times the house rules with their dictionary on mails of which no two share a line, then on one mail's slots."""
    book, draw = _book(), random.Random(seed)
    name = "木綿の風呂敷"
    new = _timed(book, name, rounds, lambda: _mail(draw, name))
    body = _mail(draw, name)
    known = _timed(book, name, rounds, lambda: f"{'・'.join(draw.sample(NOUNS, 6))}のご案内\n\n{body}")
    what = f"inspection of a {LENGTH}-character Japanese mail, {PHRASES} phrases"
    return (
        Figures(f"{what}, p50", _quantile(new, 0.5)),
        Figures(f"{what}, p95", _quantile(new, 0.95), most_seconds=MUST_MANAGE),
        Figures("the same to other customers (only slots new), p95", _quantile(known, 0.95), most_seconds=MUST_MANAGE),
    )


def _timed(book: Book, name: str, rounds: int, write: Callable[[], str]) -> list[float]:
    offer = Offer(id="wrap", kind="product", name=Text(ja=name), price=Decimal(3300), currency="JPY")
    s = situation_of(Record(customer=Customer(id="c-1", language="ja", country="JP", timezone="Asia/Tokyo")))
    a = action_of(s, Channel.EMAIL, Purpose.MARKETING, AT, offer=offer, language="ja")
    taken = []
    for _ in range(rounds):
        message = Message(channel=Channel.EMAIL, language="ja", subject=f"{name}のご案内", body=write())
        begun = time.perf_counter()
        book.inspect(s, a, message)
        taken.append(time.perf_counter() - begun)
    return taken


def _quantile(taken: list[float], share: float) -> float:
    return sorted(taken)[int(len(taken) * share)]


def _book() -> Book:
    phrases = tuple(f"{head}{tail}" for head in HEADS for tail in TAILS)[:PHRASES]
    many = ForbiddenPhrase(id="many", name=Text(ja="使わない言葉"), phrases=phrases)
    own = [rule for rule in read_playbook().rules if rule.layer != "law"]
    playbook = read_playbook()
    return Book(1, Playbook(rules=(*own, many), scenes=(), sender=playbook.sender))


def _mail(draw: random.Random, name: str) -> str:
    """A mail of the length that is measured, in lines that no other has."""
    text = f"{name}は3,300円です。\n"
    while len(text) < LENGTH:
        one, two, three = draw.sample(NOUNS, 3)
        verb, other = draw.sample(VERBS, 2)
        text += f"{draw.choice(PLACES)}の店で{one}を{verb}ように、{two}と{three}も、"
        text += f"ゆっくり{other}時間をお過ごしください。\n"
    return text[:LENGTH]
