"""Leads: how near a business customer is to a talk, as a score with its reasons: a rule of thumb, not a model."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from domain.features import Features
from domain.language import phrase

MOST = 100
FRESH, STALE = timedelta(days=14), timedelta(days=90)
DECIDES = (
    "ceo",
    "cto",
    "cio",
    "cmo",
    "coo",
    "chief",
    "director",
    "head",
    "vp",
    "president",
    "部長",
    "役員",
    "社長",
    "取締役",
)
PHASES = {"evaluation": 20, "comparison": 20, "比較": 20, "検討": 20, "decision": 30, "稟議": 30, "導入": 30}


class Reason(NamedTuple):
    """What speaks for a talk, and how much of the score it is."""

    points: int
    ja: str
    en: str


class Lead(NamedTuple):
    """The score, 0..100, and what it is made of, most first."""

    score: int
    reasons: tuple[Reason, ...]

    def said(self, language: str) -> str:
        """The score with its reasons."""
        told = phrase(language, ja="、", en=", ").join(phrase(language, ja=one.ja, en=one.en) for one in self.reasons)
        return phrase(language, ja=f"{self.score}点（{told}）", en=f"{self.score} of 100 ({told})")


def lead(features: Features, attributes: Mapping[str, object], now: datetime) -> Lead | None:
    """The lead that a customer is; None without any sign, since a role alone wants nothing."""
    if features.lead_at is None:
        return None
    old = now - features.lead_at > STALE
    reasons = sorted((*_signs(features, now), *_person(attributes)), key=lambda one: -one.points)
    score = min(sum(one.points for one in reasons), MOST)
    return Lead(score // 2 if old else score, tuple(reasons))


def _signs(features: Features, now: datetime) -> Iterator[Reason]:
    downloads, webinars, prices = features.downloads, features.webinars, features.pricing_views
    if downloads:
        yield Reason(min(10 * downloads, 30), f"資料{downloads}件", f"{downloads} downloads")
    if webinars:
        yield Reason(min(15 * webinars, 30), f"セミナー{webinars}件", f"{webinars} webinars")
    if prices:
        yield Reason(min(15 * prices, 30), f"料金ページ{prices}回", f"{prices} looks at prices")
    if features.lead_at is not None:
        days = (now - features.lead_at).days
        if now - features.lead_at <= FRESH:
            yield Reason(10, f"最後の動きは{days}日前", f"last sign {days} days ago")
        elif now - features.lead_at > STALE:
            yield Reason(0, f"最後の動きは{days}日前（点数は半分）", f"last sign {days} days ago, which halves it")


def _person(attributes: Mapping[str, object]) -> Iterator[Reason]:
    role, phase = str(attributes.get("role") or "").lower(), str(attributes.get("phase") or "").lower()
    if any(word in role for word in DECIDES):
        yield Reason(10, "決裁に関わる役職", "a role that decides")
    points = max((points for word, points in PHASES.items() if word in phase), default=0)
    if points:
        yield Reason(points, "検討が進んでいる", "far into a decision")
