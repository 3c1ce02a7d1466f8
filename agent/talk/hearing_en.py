"""Hearing English: what a marketer's sentence asks the desk to do."""

import re
from collections.abc import Callable, Iterator

from agent.talk import naming
from agent.talk.cues_en import (
    ABOUT,
    ACTS,
    AGAIN,
    ALSO,
    AUDIENCE,
    CALLED,
    CHANGED,
    CHANGES_IT,
    COLON,
    COMPARE,
    DIRECTIVES,
    EXPLAIN,
    FINDINGS,
    GIVES,
    HELP,
    IMAGINED,
    INSTEAD,
    INTRODUCED,
    LATER,
    LIVE,
    LOOKS_FOR_PEOPLE,
    NOBODY,
    OBJECT,
    PAIRED,
    PAST,
    POLITE,
    RULES,
    SHE,
    SHORT,
    SIMULATE,
    STOP,
    STOPS,
    TAIL,
    TRIES,
    WHO_CAN,
    WHY,
)
from agent.talk.errand import (
    AnyErrand,
    Audience,
    Changed,
    Compare,
    Directives,
    Explain,
    Findings,
    Hand,
    Help,
    Refine,
    Rules,
    Simulate,
    Stops,
    Why,
)
from agent.talk.period import names_a_period
from agent.talk.spoken import Sentence, bare
from agent.talk.talk import Talk


def errand_en(sentence: Sentence, talk: Talk) -> AnyErrand | None:
    """What the sentence asks for; None where it asks for nothing that the desk knows."""
    return next((found for hears in HEARS for found in hears(sentence, talk)), None)


def gives_en(sentence: Sentence) -> str | None:
    """The instruction behind "new directive: …"."""
    found = COLON.match(sentence.low) or (None if sentence.question else GIVES.match(sentence.low))
    return None if found is None else sentence.text[found.start("text") : found.end("text")]


def _help(sentence: Sentence, talk: Talk) -> Iterator[AnyErrand]:
    if HELP.match(sentence.low):
        yield Help()


def _hand(sentence: Sentence, talk: Talk) -> Iterator[AnyErrand]:
    low = sentence.low
    if STOP.match(low):
        yield Hand(act="stop", subject=naming.channel_in(low))
    if LIVE.search(low):
        yield Hand(act="approve", subject=naming.subject_in(low))
    for act, verbs in ACTS:
        alone = re.match(POLITE + rf"(?:{verbs})(?: now| please| sending| again| for me| immediately)*$", low)
        whole = re.search(rf"\b(?:{verbs})d? (?:to )?{OBJECT}(?=$|[\s,.!?])", low)
        if (alone and len(low) < SHORT) or (whole and not _asks_what(low)):
            yield Hand.model_validate(
                {"act": act, "subject": naming.subject_in(low) or next(iter(naming.versions_in(low)), None)}
            )
    who = WHO_CAN.search(low)
    if who and sentence.question and not naming.channel_in(low):
        yield Hand.model_validate({"act": _act(who["act"]), "subject": naming.subject_in(low)})


def _act(verb: str) -> str:
    return next(act for act, verbs in ACTS if re.fullmatch(verbs, verb))


def _asks_what(low: str) -> bool:
    """Whether a sentence only asks what such a step would do: what happens if we approve it?"""
    return SIMULATE.search(low) is not None or re.match(r"(?:why|what|which|when|did|was|has)\b", low) is not None


def _refine(sentence: Sentence, talk: Talk) -> Iterator[AnyErrand]:
    low = sentence.low
    if len(low) > SHORT or (sentence.question and not re.match(r"(?:can|could|would) you\b", low)):
        return
    if CHANGES_IT.match(low) or (
        talk.directive and (INSTEAD.search(low) or (ALSO.match(low) and not AGAIN.match(low)))
    ):
        yield Refine(change=sentence.text, directive=next(iter(naming.directives_in(low)), None))


def _simulate(sentence: Sentence, talk: Talk) -> Iterator[AnyErrand]:
    low = sentence.low
    if not SIMULATE.search(low) or not (sentence.question or TRIES.match(low)):
        return
    subject = naming.subject_in(low)
    text = None if subject else _imagined(sentence)
    if subject or text or talk.directive or naming.points(low):
        yield Simulate(subject=subject, text=text)


def _imagined(sentence: Sentence) -> str | None:
    """The instruction that a question imagines: who would lose messages if we …?"""
    for pattern in IMAGINED:
        found = pattern.search(sentence.low)
        if found is None:
            continue
        start, end = found.span("text")
        low = sentence.low[start:end]
        tail = TAIL.search(low)
        end = start + tail.start() if tail else end
        lead = INTRODUCED.match(sentence.low[start:end])
        start += lead.end() if lead else 0
        words = _present(bare(sentence.text[start:end]))
        if len(words.split()) > 1 and not naming.POINTING_EN.fullmatch(words.lower()):
            return words
    return None


def _present(words: str) -> str:
    """An imagined step as an instruction: "limited email to two a week" -> "limit …"."""
    found = next((past for past in PAST if words.lower().startswith(past + " ")), None)
    return words if found is None else PAST[found] + words[len(found) :]


def _compare(sentence: Sentence, talk: Talk) -> Iterator[AnyErrand]:
    low = sentence.low
    named = naming.versions_in(low) if "version" in low else naming.directives_in(low)
    if COMPARE.search(low) and (named or (talk.directive and (PAIRED.search(low) or naming.points(low)))):
        first, second = (*named, None, None)[:2] if len(named) > 1 else (None, named[0] if named else None)
        yield Compare(first=first, second=second)


def _why(sentence: Sentence, talk: Talk) -> Iterator[AnyErrand]:
    low = sentence.low
    decision = naming.DECISION.search(low)
    if decision:
        yield Why(customer=decision[0])
    if naming.directives_in(low):
        return
    for pattern in WHY:
        found = pattern.search(low)
        who = None if found is None else _who(sentence, *found.span("who"), talk)
        if who:
            yield Why(customer=who)
    if talk.customer and re.fullmatch(r"why|why not|how come|why is that", low):
        yield Why(customer=talk.customer)
    again = AGAIN.match(low)
    if again and talk.last == "why":
        who = _who(sentence, *again.span("who"), talk)
        if who:
            yield Why(customer=who)


def _who(sentence: Sentence, start: int, end: int, talk: Talk) -> str | None:
    """The customer that the words name; None for words that name nobody in particular."""
    low = sentence.low[start:end]
    while later := LATER.search(low):
        low = low[: later.start()]
    if low in SHE:
        return talk.customer
    lead = CALLED.match(low)
    begin = start + (lead.end() if lead and lead.end() < len(low) else 0)
    words = bare(sentence.text[begin : start + len(low)])
    words = words.removesuffix("'s").removesuffix("’s")
    first = words.lower().split(" ")[0] if words else ""
    unnamed = not words or first in NOBODY or len(words) > 80 or names_a_period(words.lower())
    return None if unnamed or words.lower() in ("customer", "client") else words


def _audience(sentence: Sentence, talk: Talk) -> Iterator[AnyErrand]:
    low = sentence.low
    if not (sentence.wants or LOOKS_FOR_PEOPLE.match(low)) or re.search(r"\b(?:rules?|directives?|drafts?)\b", low):
        return
    for pattern in AUDIENCE:
        found = pattern.search(low)
        topic = bare(sentence.text[found.start("topic") : found.end("topic")]) if found else ""
        topic = re.sub(r"^(?:a|an|the|our|this|that) ", "", topic, flags=re.IGNORECASE)
        if topic and topic.lower() not in ("it", "this", "that", "us", "them"):
            yield Audience(topic=topic[:200])


def _changed(sentence: Sentence, talk: Talk) -> Iterator[AnyErrand]:
    low = sentence.low
    wants = sentence.wants or re.match(r"(?:recent|latest|changes|news|updates|weekly|change)\b", low)
    if (
        wants
        and CHANGED.search(low)
        and (names_a_period(low) or re.search(r"\b(?:what|any|recent|latest|changes|news|anything|log|history)\b", low))
    ):
        yield Changed(period=low[:200])


def _stops(sentence: Sentence, talk: Talk) -> Iterator[AnyErrand]:
    if (
        STOPS.search(sentence.low)
        and sentence.wants
        and not re.search(
            r"\b(?:why|what) (?:did|does|has|was) (?!anything|everything|sending|it|nothing)", sentence.low
        )
    ):
        yield Stops()


def _findings(sentence: Sentence, talk: Talk) -> Iterator[AnyErrand]:
    if FINDINGS.search(sentence.low) and not naming.directives_in(sentence.low):
        yield Findings()


def _directives(sentence: Sentence, talk: Talk) -> Iterator[AnyErrand]:
    low = sentence.low
    if DIRECTIVES.search(low) and not naming.directives_in(low) and not naming.points(low.replace("this week", "")):
        yield Directives(status=naming.status_in(low))


def _explain(sentence: Sentence, talk: Talk) -> Iterator[AnyErrand]:
    low = sentence.low
    subject = naming.subject_in(low)
    if subject and (EXPLAIN.search(low) or low == subject or sentence.wants):
        yield Explain(subject=subject)
    elif (
        EXPLAIN.search(low)
        and talk.directive
        and naming.points(low)
        and len(low) < SHORT
        and (sentence.question or re.match(POLITE + r"(?:explain|describe|show|read|see|open)", low))
    ):
        yield Explain()


def _rules(sentence: Sentence, talk: Talk) -> Iterator[AnyErrand]:
    low = sentence.low
    if RULES.search(low) and (sentence.wants or len(low.split()) <= len(["the", "policy", "book"])):
        yield Rules(channel=naming.channel_in(low), about=about(low))


def about(low: str) -> str | None:
    """The word that narrows a list of rules."""
    found = ABOUT.search(low)
    return None if found is None else found[0]


Hears = Callable[[Sentence, Talk], Iterator[AnyErrand]]

HEARS: tuple[Hears, ...] = (
    _help,
    _simulate,
    _hand,
    _refine,
    _compare,
    _stops,
    _why,
    _findings,
    _audience,
    _directives,
    _explain,
    _changed,
    _rules,
)
