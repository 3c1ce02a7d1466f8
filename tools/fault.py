"""A fault: one attempt that brought nothing, whether another may help, and what it says of the server."""

import random
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from domain.errors import ModelBusy, ModelDown, ModelFailed, ModelRefused, shortened

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 8.0
A_DAY = 86_400.0
PASSING = (408, 409, 425, 429)
"""Refusals that may be over in a moment."""
MOVED = (301, 302, 303, 307, 308)
"""What is written for a customer goes to the address that was set, and nowhere else."""
NOT_UNDERSTOOD = (400, 422, 500, 501)
"""Answers in which servers complain about a part of a request that they do not know."""
SPENT = ("insufficient_quota", "billing")
FILTERED = ("content_filter", "content_policy")


class Fault(Exception):
    """One failed attempt; `answered` where the server is well and only the answer is not."""

    def __init__(
        self,
        failed: ModelFailed,
        *,
        again: bool,
        answered: bool = False,
        pause: float = 0.0,
        tokens: tuple[int, int] = (0, 0),
    ) -> None:
        super().__init__(str(failed))
        self.failed, self.again, self.answered = failed, again, answered
        self.pause, self.tokens = pause, tokens


def worth_another(error: BaseException) -> bool:
    """Whether another attempt may help."""
    return isinstance(error, Fault) and error.again


def pause_after(error: BaseException | None, attempts: int) -> float:
    """Seconds until the next attempt: what the server asks for, else longer each time; never the same for all."""
    asked = error.pause if isinstance(error, Fault) else 0.0
    growing = min(FIRST_PAUSE * 2.0 ** (attempts - 1), LONGEST_PAUSE)
    return max(asked, growing) + random.uniform(0, FIRST_PAUSE)


def refusal(status: int, headers: Mapping[str, str], complaint: str, now: datetime) -> Fault:
    """What an HTTP status means."""
    pause = pause_in(headers, now)
    if status == 429:
        spent = any(word in complaint for word in SPENT)
        why = "its server says that its own quota is used up" if spent else "its server says it has too many requests"
        return Fault(ModelBusy(why, pause or 1.0), again=not spent, pause=pause)
    if status >= 500 or status in PASSING:
        down = ModelDown(f"its server answers with {status}", pause or 1.0)
        return Fault(down, again=status not in (501, 505), pause=pause)
    if status in MOVED:
        why = f"its server answers with {status} and names another address; check TACT_LLM_BASE_URL"
        return Fault(ModelRefused(why, 60.0), again=False)
    if status in (401, 403):
        return Fault(ModelRefused(f"its server answers with {status}; check TACT_LLM_API_KEY", 60.0), again=False)
    if status == 404:
        why = "its server answers with 404; check TACT_LLM_BASE_URL and TACT_LLM_MODEL"
        return Fault(ModelRefused(why, 60.0), again=False)
    if any(word in complaint for word in FILTERED):
        return Fault(ModelRefused("its server declined to answer this"), again=False, answered=True)
    failed = ModelRefused(f"its server answers with {status}: {shortened(complaint, 300)}")
    return Fault(failed, again=False, answered=True)


def pause_in(headers: Mapping[str, str], now: datetime) -> float:
    """Seconds that a server asks to be left alone, 0 where it does not say."""
    exact = seconds_in(headers.get("retry-after-ms"), 1000)
    if exact is not None:
        return exact
    said = headers.get("retry-after")
    return seconds_in(said) or (seconds_until(said, now) if said else 0.0)


def seconds_in(text: str | None, parts: int = 1) -> float | None:
    """A number, so many of which are a second, as seconds from 0 to a day; None for anything else."""
    try:
        value = float(text or "") / parts
    except ValueError:
        return None
    return min(value, A_DAY) if value >= 0 else None


def seconds_until(text: str, now: datetime) -> float:
    """Seconds until a date as HTTP writes it, 0 where it is over or none."""
    try:
        then = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return min(max((then - now).total_seconds(), 0.0), A_DAY)
