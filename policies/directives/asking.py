"""Asking: questions to the marketer, with what to write instead."""

from collections.abc import Mapping

from domain.language import Language, phrase
from policies.directives.frame import Said

READINGS: Mapping[str, Said] = {
    "best": (
        "VIPタグのお客様、ロイヤル段階のお客様、ゴールド以上の会員",
        "customers tagged VIP, loyal customers, or gold tier and above",
    ),
    "value": (
        "プレミアム会員、VIPタグのお客様、購入額の属性で決めたセグメント",
        "premium members, customers tagged VIP, or a segment by amount spent",
    ),
    "age": ("年齢の範囲（例：20〜29歳、65歳以上）", "a range of ages, such as 20 to 29, or 65 and over"),
    "interest": (
        "段階（アクティブ、離反予兆など）、または反応で決めたセグメント",
        "a stage such as active or at risk, or a segment by response",
    ),
    "usual": ("具体的な数・時間帯・チャネル", "the figures, hours or channels that are meant"),
}


def readings(term: str, group: str) -> Said:
    """The question about a term that is not defined."""
    ja, en = READINGS.get(group, READINGS["best"])
    return (
        f"「{term}」が何を指すか決まっていません。{ja}などのどれですか。"
        f"名前を付けたセグメントとして一度決めれば、次からそのまま使えます。",
        f'"{term}" is not defined. Is it {en}? Define it once as a named segment to use the word from then on.',
    )


def question(said: Said, clause: str, language: Language) -> str:
    """The sentence that the marketer reads."""
    shown = clause if len(clause) <= 60 else f"{clause[:59]}…"
    ja, en = said
    return phrase(language, ja=f"「{shown}」：{ja}", en=f'"{shown}": {en}')
