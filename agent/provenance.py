"""Provenance: what a model had to do with the words of a decision, for its record and its explanation."""

from dataclasses import asdict

from agent.state import Penned
from domain.frozen import Frozen
from domain.language import phrase

FAILURES = {
    "no-time": ("期限まで時間がなかった", "there was no time for it before the deadline"),
    "model-too-late": ("時間内に文面ができなかった", "it did not write in time"),
    "model-refused": ("文面の作成を断られた", "it declined to write"),
    "model-down": ("モデルのサーバーが応答できなかった", "its server could not answer"),
    "model-broken": ("返答が読み取れなかった", "its answer could not be read"),
    "model-busy": ("混み合っていたか、失敗が続いて休ませていた", "too much was asked of it, or it failed too often"),
    "budget-spent": ("本日の予算を使い切った", "today's budget is spent"),
    "inspection": ("文面が決まりに合わなかった", "its words did not keep the rules"),
}
"""Why a model's words were not taken, inside a sentence."""


class Provenance(Frozen):
    """The same as it is kept: prompt by its hash, brief by its digest, and what the answers used."""

    prompt: str
    brief: str
    model: str | None = None
    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    revisions: int = 0
    prepared: str | None = None
    failed: str | None = None


def record_of(penned: Penned) -> dict[str, object]:
    """What is kept in the open part of a decision's record; nothing that is at its default."""
    told = asdict(penned)
    del told["ended"]
    return {name: value for name, value in told.items() if value or name in ("prompt", "brief")}


def of_words(penned: Penned | None, language: str, *, taken: bool) -> tuple[str, ...]:
    """Who wrote the words, or why the model that was asked did not; nothing where none was."""
    if penned is None:
        return ()
    if taken:
        return (_taken(penned, language),)
    ja, en = FAILURES.get(penned.failed or "inspection", ("応答できなかった", "it could not answer"))
    return (
        phrase(
            language,
            ja=f"生成AIの文面は使わず、承認済みの文面にしました。{ja}ためです。",
            en=f"Approved copy was used and no words of the model: {en}.",
        ),
    )


def _taken(penned: Penned, language: str) -> str:
    model = penned.model or phrase(language, ja="生成AI", en="a model")
    again = penned.revisions
    corrected = phrase(
        language,
        ja=f"（直し{again}回）" if again else "",
        en=f" after {again} {'revision' if again == 1 else 'revisions'}" if again else "",
    )
    if penned.prepared:
        return phrase(
            language,
            ja=f"文面は生成AI（{model}）が事前に作成したもので、いまの決まりと事実で検査を通りました{corrected}。",
            en=f"The words were made ahead by {model}{corrected} and pass today's rules and facts.",
        )
    return phrase(
        language,
        ja=f"文面は生成AI（{model}）がその場で作成し、検査を通りました{corrected}。",
        en=f"The words were written on the spot by {model} and pass the rules{corrected}.",
    )
