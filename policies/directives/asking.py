"""Asking: questions to the marketer, with what to write instead."""

from collections.abc import Mapping

from domain.language import Language, phrase
from policies.directives.clause import Reading
from policies.directives.doubts import doubt_about
from policies.directives.frame import Said

READINGS: Mapping[str, Said] = {
    "interest": (
        "段階（アクティブ、離反予兆など）、または反応で決めたセグメント",
        "a stage such as active or at risk, or a segment by response",
    ),
    "usual": ("具体的な数・時間帯・チャネル", "the figures, hours or channels that are meant"),
}


def meanings(group: str) -> tuple[Reading, ...]:
    """The customers that a term of the group may mean; none where it is not about customers."""
    doubt = doubt_about("", group)
    return doubt.readings if doubt else ()


def readings(term: str, group: str) -> Said:
    """The question about a term that is not defined."""
    ja, en = READINGS.get(group) or _told(group)
    return (
        f"「{term}」が何を指すか決まっていません。{ja}などのどれですか。"
        f"名前を付けたセグメントとして一度決めれば、次からそのまま使えます。",
        f'"{term}" is not defined. Is it {en}? Define it once as a named segment to use the word from then on.',
    )


def _told(group: str) -> Said:
    """The readings that can be counted, in words."""
    told = meanings(group)
    return "、".join(one.name.ja or "" for one in told), " or ".join(one.name.en or "" for one in told)


def question(said: Said, clause: str, language: Language) -> str:
    """The sentence that the marketer reads."""
    shown = clause if len(clause) <= 60 else f"{clause[:59]}…"
    ja, en = said
    return phrase(language, ja=f"「{shown}」：{ja}", en=f'"{shown}": {en}')
