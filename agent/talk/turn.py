"""A turn: one text of a marketer on its way to an answer."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from agent.talk.errand import AnyErrand, Unheard
from agent.talk.found import Counter, Found, lines
from agent.talk.masks import Masks
from agent.talk.talk import Talk
from domain.language import Language
from prompts.library import edition
from tools.model import Model, Said, ToolCall, Usage

MOST_MASKS = 200

PROMPT = "desk"

CLAIMS = re.compile(
    r"\b(?:i(?:'ve| have)?|we(?:'ve| have)?|has been|have been|was|were|is now|are now|it's now|now) (?:now |just "
    r"|successfully )*(?:approved?|activated?|enacted|put (?:it )?in(?:to)? force|in force|live|active"
    r"|published|deployed|rejected|retired|rolled back|stopped|halted|lifted)\b"
    r"|(?:承認|有効に|有効化|反映|公開|適用|却下|廃止|取り下げ|停止|再開|解除)(?:を)?(?:し|いたし|され"
    r"|完了し)(?:ました|た|ています)",
    re.IGNORECASE,
)
"""What a model may never claim to have done."""

Odd = Literal["steps", "tokens", "late", "model"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the desk says, and what was done for it."""

    conversation: str
    kept_until: datetime
    words: str
    language: Language
    understood: bool
    did: tuple[str, ...]
    """The kinds of errands that were run, in order."""
    directives: tuple[str, ...]
    """The directives that were given or looked at."""
    kept: tuple[str, ...]
    """The drafts that were kept."""
    by: Literal["grammar", "model"]
    prompt: str | None = None
    usage: tuple[Usage, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One text of a marketer on its way to an answer."""

    text: str
    counter: Counter
    model: Model | None
    masks: Masks
    until: float
    """On the process's own clock."""
    errands: tuple[AnyErrand, ...] = ()
    """What the grammar heard."""
    asks_model: bool = False
    said: tuple[Said, ...] = ()
    shown: str = ""
    """The text as the model sees it."""
    pending: tuple[ToolCall, ...] = ()
    used: tuple[Usage, ...] = ()
    found: tuple[Found, ...] = ()
    did: tuple[str, ...] = ()
    spoken: str | None = None
    """The model's answer, masked."""
    is_cut: bool = False
    """Whether that ends at its limit, before it was done."""
    odd: Odd | None = None

    @property
    def tokens(self) -> int:
        """Read and written so far."""
        return sum(one.prompt_tokens + one.completion_tokens for one in self.used)

    @property
    def wants_draft(self) -> bool:
        """Whether the grammar hears an instruction: a marketer who gave one has to know what became of it."""
        return any(one.writes or (isinstance(one, Unheard) and not one.question) for one in self.errands)


def remembered(turn: Turn) -> Talk:
    """The talk as it is kept: what was said only where a model will read it again, and masked."""
    talk = turn.counter.talk
    if turn.asks_model:
        answer = turn.spoken or turn.counter.say("（デスクが直接答えました）", "(the desk answered directly)")
        talk = talk.exchanged(turn.shown, answer)
    return talk.with_(masks=tuple(turn.masks.known[-MOST_MASKS:]))


def answered(turn: Turn, name: str, until: datetime) -> Answer:
    """The answer of a turn: the model's words with people named again, and always our own words for what was kept."""
    by_model = turn.spoken is not None
    return Answer(
        conversation=name,
        kept_until=until,
        words=_words(turn),
        language=turn.counter.language,
        understood=by_model or all(one.understood for one in turn.found),
        did=turn.did,
        directives=tuple(dict.fromkeys(name for one in turn.found for name in one.directives)),
        kept=tuple(name for one in turn.found for name in one.kept),
        by="model" if by_model else "grammar",
        prompt=edition(turn.counter.language, PROMPT) if turn.used else None,
        usage=turn.used,
    )


def _words(turn: Turn) -> str:
    """What the marketer reads."""
    if turn.spoken is None:
        return "\n\n".join(dict.fromkeys(one.words for one in turn.found))
    kept = [one.words for one in turn.found if one.kept]
    claimed = CLAIMS.search(turn.spoken) is not None
    return lines(
        turn.masks.uncover(turn.spoken),
        _cut(turn.counter) if turn.is_cut else "",
        _correction(turn.counter) if claimed else "",
        turn.counter.say("（下書きは残していません。）", "(No draft was kept.)")
        if turn.wants_draft and not kept
        else "",
        *(f"\n{words}" for words in kept),
    )


def _cut(counter: Counter) -> str:
    """Said where a model had more to say than it may."""
    return counter.say(
        "（長くなったため、答えはここで切れています。続きは、もう少ししぼってお尋ねください。）",
        "(The answer was too long and ends here. Ask about less of it for the rest.)",
    )


def _correction(counter: Counter) -> str:
    """Said wherever a model's words sound as if something had come into force."""
    return counter.say(
        "※ ここでは何も有効になっていません。承認・却下・停止は人が行います。",
        "Note: nothing came into force or was stopped here. People approve, reject and stop.",
    )
