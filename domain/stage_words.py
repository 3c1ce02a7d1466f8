"""Stages in words: what a definition asks for, and why a customer is where they are."""

from collections.abc import Iterator, Mapping

from domain.customer import Stage
from domain.language import phrase
from domain.stages import StageRule, Stages, Standing

STAGES: Mapping[str, tuple[str, str]] = {
    Stage.PROSPECT: ("見込み客", "prospect"),
    Stage.NEW: ("新規", "new"),
    Stage.ACTIVE: ("継続", "active"),
    Stage.LOYAL: ("ロイヤル", "loyal"),
    Stage.AT_RISK: ("離反予兆", "at risk of leaving"),
    Stage.DORMANT: ("休眠", "dormant"),
    Stage.CHURNED: ("離反", "has left"),
}


def named(stage: Stage, language: str) -> str:
    """A stage as people call it."""
    ja, en = STAGES[stage]
    return phrase(language, ja=ja, en=en)


def said(rule: StageRule, language: str) -> str:
    """What a stage asks for."""
    asked = list(_asked(rule, language))
    if not asked:
        return phrase(language, ja="どれにも当てはまらない方", en="everybody else")
    return phrase(language, ja="、かつ", en=" and ").join(asked)


def explained(standing: Standing, stages: Stages, language: str) -> str:
    """Why a customer is in their stage: what is known of the orders, and the definition that it fits."""
    rule = stages.rule_of(standing)
    stage, comma = named(rule.stage, language), phrase(language, ja="、", en=", ")
    facts = comma.join(_facts(standing, language))
    return phrase(
        language,
        ja=f"{stage}：{facts}。このステージの条件は「{said(rule, language)}」です。",
        en=f"{stage}: {facts}. The stage is for {said(rule, language)}.",
    )


def _facts(standing: Standing, language: str) -> Iterator[str]:
    if not standing.orders:
        yield phrase(language, ja="ご注文はまだありません", en="no order yet")
        return
    orders, recent = standing.orders, standing.order_days_90d
    yield phrase(language, ja=f"ご注文{orders}回", en=f"{orders} order{'s' if orders > 1 else ''}")
    if standing.away_days is not None:
        days = int(standing.away_days)
        ago = f"{days} day{'s' if days != 1 else ''} since the last one"
        yield phrase(language, ja=f"最後のご注文から{days}日", en=ago)
    if standing.usual_gap:
        gap = f"{standing.usual_gap:g}"
        yield phrase(language, ja=f"いつもの間隔は{gap}日", en=f"usually every {gap} days")
    yield phrase(language, ja=f"この90日にご注文のあった日は{recent}日", en=f"orders on {recent} of the last 90 days")


def _asked(rule: StageRule, language: str) -> Iterator[str]:
    if rule.most_orders is not None:
        most = rule.most_orders
        none = phrase(language, ja="ご注文がまだない", en="no order yet")
        yield none if most == 0 else phrase(language, ja=f"ご注文が{most}回まで", en=f"{most} orders at most")
    if rule.orders is not None:
        more = f"{rule.orders} order{'s' if rule.orders > 1 else ''} or more"
        yield phrase(language, ja=f"ご注文が{rule.orders}回以上", en=more)
    if rule.order_days is not None:
        yield phrase(
            language, ja=f"ご注文の日が{rule.order_days}日以上", en=f"orders on {rule.order_days} days or more"
        )
    if rule.order_days_90d is not None:
        days = rule.order_days_90d
        yield phrase(
            language, ja=f"この90日のご注文の日が{days}日以上", en=f"orders on {days} or more of the last 90 days"
        )
    if rule.first_within_days is not None:
        days_text = f"{rule.first_within_days:g}"
        yield phrase(
            language, ja=f"初めてのご注文から{days_text}日以内", en=f"a first order at most {days_text} days ago"
        )
    if rule.away_days is not None:
        away = f"{rule.away_days:g}"
        yield phrase(language, ja=f"最後のご注文から{away}日を過ぎた", en=f"no order for more than {away} days")
    if rule.away_gaps is not None:
        gaps = f"{rule.away_gaps:g}"
        yield phrase(
            language, ja=f"いつもの間隔の{gaps}倍を過ぎた", en=f"no order for more than {gaps} times the usual gap"
        )
