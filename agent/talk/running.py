"""Running: each errand by the function that does it; what cannot be done is told, never raised."""

from agent.talk import comparing, explaining, giving, hands, housekeeping, likeness, reasons, trying
from agent.talk.errand import (
    AnyErrand,
    Audience,
    Changed,
    Compare,
    Directives,
    Explain,
    Findings,
    Give,
    Hand,
    Help,
    Refine,
    Rules,
    Simulate,
    Stops,
    Unheard,
    Why,
)
from agent.talk.found import Counter, Found
from domain.errors import Busy, NotFound, TactError


async def run(errand: AnyErrand, counter: Counter) -> Found:
    """What came of an errand; a refusal, an unknown id or a store that is down is an answer too."""
    try:
        return await _run(errand, counter)
    except Busy:
        raise
    except TactError as error:
        return Found(told(error, counter), {"refused": str(error)}, understood=False)


async def _run(errand: AnyErrand, counter: Counter) -> Found:
    if isinstance(errand, Give | Refine | Simulate | Compare | Explain | Directives):
        return await _steer(errand, counter)
    if isinstance(errand, Help | Hand | Unheard):
        return await _speak(errand, counter)
    return await _look(errand, counter)


async def _steer(errand: Give | Refine | Simulate | Compare | Explain | Directives, counter: Counter) -> Found:
    match errand:
        case Give():
            return await giving.give(errand, counter)
        case Refine():
            return await giving.refine(errand, counter)
        case Simulate():
            return await trying.simulate_it(errand, counter)
        case Compare():
            return await comparing.compare(errand, counter)
        case Explain():
            return await explaining.explain(errand, counter)
        case Directives():
            return await explaining.list_directives(errand, counter)


async def _look(errand: Rules | Findings | Stops | Changed | Why | Audience, counter: Counter) -> Found:
    match errand:
        case Rules():
            return await housekeeping.rules(errand, counter)
        case Findings():
            return await housekeeping.findings(errand, counter)
        case Stops():
            return await housekeeping.stop_state(errand, counter)
        case Changed():
            return await housekeeping.changed(errand, counter)
        case Why():
            return await reasons.why(errand, counter)
        case Audience():
            return await likeness.audience(errand, counter)


async def _speak(errand: Help | Hand | Unheard, counter: Counter) -> Found:
    match errand:
        case Help():
            return Found(hands.help_words(counter.language), {"help": "shown to the marketer"})
        case Hand():
            return await hands.handed(errand, counter)
        case Unheard():
            found = None if errand.question else await giving.unheard(errand, counter)
            return found or Found(hands.unheard_words(errand, counter), {"understood": False}, understood=False)


NOUNS = {
    "directive": "指示",
    "rule in force": "有効なルール",
    "policy version": "ルールの版",
    "decision": "判断の記録",
    "customer": "お客様",
}


def told(error: TactError, counter: Counter) -> str:
    """A failure in a sentence; the errors speak English, so Japanese readers get the frequent ones in their own."""
    if isinstance(error, NotFound) and error.kind in NOUNS:
        noun = NOUNS[error.kind]
        return counter.say(f"「{error.identifier}」という{noun}は見つかりません。idを確かめてください。", str(error))
    return counter.say(f"できませんでした：{error}", str(error))
