"""Reasoning: what a model's deliberation says of itself in the explanation of a decision."""

from agent.state import Walk
from domain.language import phrase

ODDITIES = {
    "late": ("時間内に答えが出なかった", "there was no answer in time"),
    "steps": ("決められた回数で答えが出なかった", "it did not come to an answer in the steps it has"),
    "tokens": ("決められた量を超えた", "it read and wrote more than it may"),
    "budget": ("本日の予算を使い切った", "today's budget is spent"),
    "model": ("モデルが応答できなかった", "the model could not answer"),
    "refused": ("モデルまたはそのサーバーに断られた", "the model or its server refused"),
    "tool": ("ない道具を使おうとした", "it called a tool that does not exist"),
    "arguments": ("道具の使い方が正しくなかった", "it called a tool in a way that does not exist"),
    "candidate": ("候補にないものを選んだ", "it named something that is no candidate"),
    "answer": ("答えが読み取れなかった", "its answer could not be read"),
    "words": ("選んだ案に使える文面がなかった", "no permissible words were found for what it chose"),
}
"""Why the deliberation of a model does not count, inside a sentence."""


def of_thought(walk: Walk) -> tuple[str, ...]:
    """The reasons of a model that chose, in its own words and named as such; or why its answer does not count."""
    thought, language = walk.thought, walk.language
    if thought is None:
        return ()
    if walk.reasoned:
        return tuple(
            phrase(language, ja=f"AIの考え：{reason}", en=f"The model's reason: {reason}") for reason in thought.reasons
        )
    ja, en = ODDITIES.get(thought.odd or "words", ODDITIES["model"])
    return (
        phrase(
            language,
            ja=f"AIにも考えさせましたが、{ja}ため、いつもの選び方で選びました。",
            en=f"A model was asked to choose, but {en}; so it was chosen as usual.",
        ),
    )
