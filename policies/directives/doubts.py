"""Doubts: terms that nobody defined, with the customers whom each may mean."""

from domain.language import Text
from policies.audience import Audience
from policies.directives.clause import Doubt, Reading


def _reading(ja: str, en: str, **fields: object) -> Reading:
    return Reading(Text(ja=ja, en=en), Audience.model_validate(fields))


VIP = _reading("VIPタグのお客様", "customers tagged VIP", tags=["vip"])
LOYAL = _reading("ロイヤル段階のお客様", "loyal customers", stages=["loyal"])
GOLD = _reading("ゴールド以上の会員", "gold tier and above", tier_at_least="gold")
PREMIUM = _reading("プレミアム会員", "premium members", tiers=["premium"])
READINGS: dict[str, tuple[Reading, ...]] = {
    "best": (VIP, LOYAL, GOLD),
    "value": (PREMIUM, VIP, GOLD),
    "young": (
        _reading("20歳未満の方", "under 20", age={"below": 20}),
        _reading("20〜29歳の方", "aged 20 to 29", age={"at_least": 20, "at_most": 29}),
        _reading("35歳未満の方", "under 35", age={"below": 35}),
    ),
    "old": (
        _reading("60歳以上の方", "aged 60 or over", age={"at_least": 60}),
        _reading("65歳以上の方", "aged 65 or over", age={"at_least": 65}),
        _reading("70歳以上の方", "aged 70 or over", age={"at_least": 70}),
    ),
    "child": (
        _reading("13歳未満の方", "under 13", age={"below": 13}),
        _reading("18歳未満の方", "under 18", age={"below": 18}),
    ),
    "adult": (
        _reading("18歳以上の方", "aged 18 or over", age={"at_least": 18}),
        _reading("20歳以上の方", "aged 20 or over", age={"at_least": 20}),
    ),
    "keen": (
        _reading("アクティブなお客様", "active customers", stages=["active"]),
        _reading("アクティブかロイヤルのお客様", "active or loyal customers", stages=["active", "loyal"]),
    ),
    "bought": (
        _reading("7日以内に購入したお客様", "who bought in the last 7 days", days_since_order={"at_most": 7}),
        _reading("30日以内に購入したお客様", "who bought in the last 30 days", days_since_order={"at_most": 30}),
        _reading("90日以内に購入したお客様", "who bought in the last 90 days", days_since_order={"at_most": 90}),
    ),
    "cool": (
        _reading("離反予兆のあるお客様", "at-risk customers", stages=["at_risk"]),
        _reading("休眠のお客様", "dormant customers", stages=["dormant"]),
    ),
}


def doubt_about(term: str, group: str) -> Doubt | None:
    """The readings of a term of a group; None where it stands for no customers (the usual, as before)."""
    readings = READINGS.get(group)
    return Doubt(term, readings) if readings else None
