"""Hearing Japanese: what a marketer's sentence asks the desk to do."""

import re
from collections.abc import Callable, Iterator

from agent.talk import naming
from agent.talk.cues_ja import (
    ABOUT,
    ACTS,
    AGAIN,
    ALSO,
    ASKED,
    AUDIENCE,
    CAUSE,
    CHANGED,
    CHANGES_IT,
    COMPARE,
    DIRECTIVES,
    DO,
    EXPLAIN,
    FINDINGS,
    GIVES,
    HELP,
    IMAGINED,
    INSTEAD,
    LEAD,
    LEADING,
    NOBODY,
    OBJECT,
    PAIRED,
    PEOPLE,
    PLEASE,
    RECORD,
    RULES,
    SENT,
    SIMULATE,
    STOP,
    STOPS,
    TAKEN_BACK,
    TOLD,
    TRIES,
    VAGUE,
    WHO_CAN,
    WHO_ID,
    WHOLE,
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

SHORT, FRAGMENT = 45, 20


def errand_ja(sentence: Sentence, talk: Talk) -> AnyErrand | None:
    """What the sentence asks for; None where it asks for nothing that the desk knows."""
    return next((found for hears in HEARS for found in hears(sentence, talk)), None)


def gives_ja(sentence: Sentence) -> str | None:
    """The instruction behind 「指示：…」, or in 「…というルールを追加して」."""
    if sentence.question and ":" not in sentence.low:
        return None
    for pattern in GIVES:
        found = pattern.search(sentence.low)
        if found and not VAGUE.fullmatch(found["text"]):
            return sentence.text[found.start("text") : found.end("text")].rstrip("、, ")
    return None


def _help(sentence: Sentence, talk: Talk) -> Iterator[AnyErrand]:
    if HELP.match(sentence.low):
        yield Help()


def _hand(sentence: Sentence, talk: Talk) -> Iterator[AnyErrand]:
    low = sentence.low
    if STOP.match(low):
        yield Hand(act="stop", subject=naming.channel_in(low))
    subject = naming.subject_in(low) or next(iter(naming.versions_in(low)), None)
    for act, stems in ACTS:
        if re.match(rf"{LEAD}{OBJECT}(?:{stems})(?:の)?{DO}{PLEASE}$", low) or re.match(
            rf"{LEAD}(?:{stems}){PLEASE}$", low
        ):
            yield Hand.model_validate({"act": act, "subject": subject})
    if TAKEN_BACK.match(low) and (re.match(LEAD + OBJECT, low) or [""])[0]:
        yield Hand(act="roll_back" if "版" in low or "戻し" in low else "retire", subject=subject)
    who = WHO_CAN.search(low)
    if who and "待ち" not in low:
        yield Hand.model_validate({"act": _act(who["act"] or who["act2"]), "subject": subject})


def _act(stem: str) -> str:
    return next(act for act, stems in ACTS if stem in stems.split("|"))


def _refine(sentence: Sentence, talk: Talk) -> Iterator[AnyErrand]:
    low = sentence.low
    if (
        len(low) > SHORT
        or (sentence.question and not ASKED.search(low))
        or (talk.directive is None and not naming.directives_in(low))
    ):
        return
    also = ALSO.search(low) and len(low) <= FRAGMENT and not WHOLE.search(low)
    if CHANGES_IT.match(low) or INSTEAD.search(low) or also:
        yield Refine(change=sentence.text, directive=next(iter(naming.directives_in(low)), None))


def _simulate(sentence: Sentence, talk: Talk) -> Iterator[AnyErrand]:
    low = sentence.low
    if (
        not SIMULATE.search(low)
        or not (sentence.wants or TRIES.search(low))
        or (CAUSE.search(low) and not re.search(r"もし|シミュ|試算", low))
    ):
        return
    subject = naming.subject_in(low)
    text = None if subject else _imagined(sentence)
    if subject or text or talk.directive or naming.points(low):
        yield Simulate(subject=subject, text=text)


def _imagined(sentence: Sentence) -> str | None:
    """The instruction that a question imagines: 「もし週2通までにしたら誰が減る？」"""
    for pattern in IMAGINED:
        found = pattern.search(sentence.low)
        if found is None:
            continue
        words = bare(sentence.text[found.start("text") : found.end("text")])
        words = re.sub(r"^(?:もし(?:も)?|仮に|じゃあ|では)[、\s]*", "", words)
        words = re.sub(
            r"(?:する|した|しない)?(?:こと|よう|場合)$",
            lambda tail: tail[0].removesuffix("こと").removesuffix("よう").removesuffix("場合"),
            words,
        )
        if len(words) > 2 and not VAGUE.fullmatch(words.lower()):
            return words
    return None


def _compare(sentence: Sentence, talk: Talk) -> Iterator[AnyErrand]:
    low = sentence.low
    named = naming.versions_in(low) or naming.directives_in(low)
    if COMPARE.search(low) and (named or (talk.directive and PAIRED.search(low))):
        first, second = (*named, None, None)[:2] if len(named) > 1 else (None, named[0] if named else None)
        yield Compare(first=first, second=second)


def _why(sentence: Sentence, talk: Talk) -> Iterator[AnyErrand]:
    low = sentence.low
    decision = naming.DECISION.search(low)
    if decision:
        yield Why(customer=decision[0])
    if naming.directives_in(low):
        return
    asked = (CAUSE.search(low) and SENT.search(low)) or TOLD.search(low)
    if asked:
        who = _who(sentence)
        if who or talk.customer:
            yield Why(customer=who or talk.customer or "")
    if talk.customer and re.fullmatch(
        r"(?:それは)?(?:なぜ|何故|なんで|どうして)(?:ですか|なの|なのですか|だろう)?", low
    ):
        yield Why(customer=talk.customer)


def _again(sentence: Sentence, talk: Talk) -> Iterator[AnyErrand]:
    """「hanaさんは？」 after a question about somebody else."""
    again = AGAIN.match(sentence.low)
    if again and talk.last == "why" and again["who"] not in NOBODY and not naming.points(sentence.low):
        yield Why(customer=sentence.text[again.start("who") : again.end("who")])


def _who(sentence: Sentence) -> str | None:
    """The customer that a sentence names; None where it names nobody in particular."""
    lead = LEADING.match(sentence.low)
    start = lead.end() if lead else 0
    for pattern in WHO_ID:
        for found in pattern.finditer(sentence.low, start):
            words = bare(sentence.text[found.start("who") : found.end("who")])
            if words and words.lower() not in NOBODY and not names_a_period(words):
                return words
    return None


def _audience(sentence: Sentence, talk: Talk) -> Iterator[AnyErrand]:
    low = sentence.low
    if not (sentence.wants or re.search(r"探し|さがし|リスト|抽出|一覧|見つけ", low)) or not PEOPLE.search(low):
        return
    for pattern in AUDIENCE:
        found = pattern.search(low)
        if found is None:
            continue
        topic = bare(sentence.text[found.start("topic") : found.end("topic")])
        topic = re.sub(
            r"^(?:誰が|だれが|どんな(?:人|方|お客様)が|どの(?:お客様|顧客)が|今度の|うちの|次の|お客様のうち"
            r"|顧客のうち)[、\s]*",
            "",
            topic,
        )
        if topic and topic not in NOBODY and not re.search(r"ルール|指示", topic):
            yield Audience(topic=topic[:200])


def _changed(sentence: Sentence, talk: Talk) -> Iterator[AnyErrand]:
    low = sentence.low
    if (
        CHANGED.search(low)
        and (names_a_period(low) or sentence.question)
        and (sentence.wants or RECORD.search(low))
        and not naming.directives_in(low)
    ):
        yield Changed(period=low[:200])


def _stops(sentence: Sentence, talk: Talk) -> Iterator[AnyErrand]:
    low = sentence.low
    if STOPS.search(low) and (sentence.wants or re.search(r"状態|状況", low)) and not re.search(r"さん|様|さま|@", low):
        yield Stops()


def _findings(sentence: Sentence, talk: Talk) -> Iterator[AnyErrand]:
    low = sentence.low
    wants = sentence.wants or re.search(r"チェック|点検", low)
    if FINDINGS.search(low) and wants and not naming.directives_in(low):
        yield Findings()


def _directives(sentence: Sentence, talk: Talk) -> Iterator[AnyErrand]:
    low = sentence.low
    named = naming.directives_in(low) or naming.POINTING_JA.search(low.replace("今の指示", ""))
    if DIRECTIVES.search(low) and not named and (sentence.wants or len(low) <= len("承認待ちの一覧")):
        yield Directives(status=naming.status_in(low))


def _explain(sentence: Sentence, talk: Talk) -> Iterator[AnyErrand]:
    low = sentence.low
    subject = naming.subject_in(low)
    if subject and (EXPLAIN.search(low) or low == subject or sentence.wants):
        yield Explain(subject=subject)
    elif (talk.directive and naming.POINTING_JA.search(low) and EXPLAIN.search(low) and len(low) <= SHORT) or (
        talk.directive
        and re.fullmatch(
            rf"(?:もっと)?(?:詳しく|説明して|読み返して|詳細(?:を(?:見せて|教えて))?)(?:説明して|教えて)?{PLEASE}", low
        )
    ):
        yield Explain()


def _rules(sentence: Sentence, talk: Talk) -> Iterator[AnyErrand]:
    low = sentence.low
    if RULES.search(low) and (sentence.wants or len(low) <= len("メールのルールの一覧を出してください")):
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
    _compare,
    _stops,
    _why,
    _findings,
    _audience,
    _directives,
    _explain,
    _refine,
    _changed,
    _rules,
    _again,
)
