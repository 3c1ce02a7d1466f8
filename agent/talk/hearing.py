"""Hearing: what a marketer's text asks the desk to do, errand by errand, without any model.

What is no request that the desk knows is taken as (part of) an instruction, sentences that follow each other together.
"""

from agent.talk.errand import AnyErrand, Give, Hand, Help, Refine, Unheard
from agent.talk.hearing_en import errand_en, gives_en
from agent.talk.hearing_ja import errand_ja, gives_ja
from agent.talk.spoken import JAPANESE, Sentence, low, sentences
from agent.talk.talk import Talk

LONGEST_REQUEST = 200
"""Letters of a sentence that may ask the desk for something; a longer one is (part of) an instruction."""
PASTED = 4
"""A text of more sentences is something pasted in: only its first and last may speak to the desk."""


def heard(text: str, talk: Talk) -> tuple[AnyErrand, ...]:
    """The errands in a text, in order; text that is none of them comes back whole as Unheard."""
    told = _whole(text)
    given = None if told is None else gives_ja(told) or gives_en(told)
    if given is not None:
        return _given(given, talk)
    spoken = sentences(text)
    found: list[AnyErrand] = []
    rest: list[Sentence] = []
    for place, sentence in enumerate(spoken):
        errand = _errand(sentence, talk) if _may_speak(place, len(spoken)) else None
        if errand is None or (rest and _belongs(errand, place == len(spoken) - 1)):
            rest.append(sentence)
            continue
        found += _leftover(text, rest)
        rest = []
        found.append(errand)
    found += _leftover(text, rest)
    return _tidied(found) or (Unheard(text=text, question=False),)


def _whole(text: str) -> Sentence | None:
    """The whole text as one sentence, for what introduces an instruction of several."""
    stripped = text.strip()
    first = next(iter(sentences(text)), None)
    if first is None:
        return None
    flat = low(stripped)
    return Sentence(0, len(stripped), stripped, flat, first.question, first.wants)


def _given(given: str, talk: Talk) -> tuple[AnyErrand, ...]:
    """The instruction, and what its last sentence asks for: 「指示：割引は10%まで。これを試算して。」"""
    spoken = sentences(given)
    last = spoken[-1] if len(spoken) > 1 else None
    after = _errand(last, talk.about("it")) if last is not None else None
    if last is None or after is None or isinstance(after, Unheard | Refine):
        return (Give(text=given),)
    return (Give(text=given[: last.start].rstrip()), after)


def _belongs(errand: AnyErrand, last: bool) -> bool:
    """Whether a sentence continues the instruction before it: 「ただしVIPは除く」, or an order amid other words."""
    return isinstance(errand, Refine) or (isinstance(errand, Hand) and not last)


def _may_speak(place: int, count: int) -> bool:
    return count <= PASTED or place in (0, count - 1)


def _errand(sentence: Sentence, talk: Talk) -> AnyErrand | None:
    """What one sentence asks for, in the language that it is written in first, since people mix the two."""
    if len(sentence.low) > LONGEST_REQUEST:
        return None
    japanese = JAPANESE.search(sentence.low) is not None
    both = (errand_ja, errand_en) if japanese else (errand_en,)
    found = next((errand for hears in both if (errand := hears(sentence, talk)) is not None), None)
    if found is None and sentence.question:
        return Unheard(text=sentence.text, question=True)
    return found


def _leftover(text: str, rest: list[Sentence]) -> list[AnyErrand]:
    """Sentences that follow each other and ask the desk for nothing, as they stand in the text."""
    return [Unheard(text=text[rest[0].start : rest[-1].end], question=False)] if rest else []


def _tidied(found: list[AnyErrand]) -> tuple[AnyErrand, ...]:
    """Without greetings beside something to do."""
    doing = [one for one in found if not isinstance(one, Help)]
    return tuple(doing or found[:1])
