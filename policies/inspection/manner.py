"""Manner: how polite, how loud and how decorated copy is."""

import functools
from collections.abc import Iterator

import regex  # type: ignore[import-untyped]  # it ships no stubs

from domain.language import Text
from policies.finding import Finding
from policies.inspection.morphology import Word, words
from policies.inspection.reading import Reading, finding
from policies.rules.tone import Tone

EMOJI = regex.compile(
    r"(?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2})(?:\uFE0F|\u200D\p{Extended_Pictographic})*"
)
EXCLAMATION = regex.compile(r"[!！‼⁉]")
SENTENCE = regex.compile(r"(?<=[。！？!?])")
POLITE = frozenset(("ます", "です", "御座います", "下さい", "下さる", "為さい", "ございます"))
PLAIN = frozenset(("動詞", "形容詞", "助動詞"))
FULL_STOPS = frozenset("。！？!?♪")
ENDING = frozenset(("助詞", "補助記号", "空白", "記号"))


def out_of_tone(rule: Tone, reading: Reading) -> Iterator[Finding]:
    """Where the message is less polite, louder or more decorated than the rule likes."""
    shown = [line for part in reading.parts if part.name != "html" for line in part.lines]
    text = "\n".join(shown)
    raw = "\n".join(words for name, words in reading.message.words() if name != "html")
    if rule.polite_share is not None:
        polite, plain_ends = politeness(text)
        if plain_ends and polite < rule.polite_share * (polite + len(plain_ends)):
            yield finding(
                rule,
                "body",
                plain_ends[0],
                _reason("です・ます調ではない文があります。", "A sentence is not in polite form."),
            )
    for most, pattern, ja, en in (
        (rule.emoji_max, EMOJI, "絵文字", "emoji"),
        (rule.exclamations_max, EXCLAMATION, "「！」", "exclamation marks"),
    ):
        count = len(pattern.findall(raw)) if most is not None else 0
        if most is not None and count > most:
            why = _reason(f"{ja}が{count}個あります（上限{most}個）。", f"There are {count} {en}; {most} are allowed.")
            yield finding(rule, "message", str(count), why)


def politeness(text: str) -> tuple[int, list[str]]:
    """How many Japanese sentences end politely, and those that end in a plain verb; nouns at the end are neither."""
    endings = [ending for line in text.split("\n") for ending in _endings(line)]
    return sum(polite for _, polite in endings), [sentence for sentence, polite in endings if not polite]


@functools.lru_cache(maxsize=8192)
def _endings(line: str) -> tuple[tuple[str, bool], ...]:
    """Every sentence of a line that ends in a verb, and whether it does so politely."""
    sentences = [sentence.strip() for sentence in SENTENCE.split(line)]
    found = [(sentence, _ending(words(sentence))) for sentence in sentences]
    return tuple((sentence, polite) for sentence, polite in found if polite is not None)


def _ending(found: tuple[Word, ...]) -> bool | None:
    """Whether a sentence ends politely; None where it ends in no verb."""
    tail = list(found)
    if not tail or not (tail[-1].surface in FULL_STOPS or tail[-1].kind == "終助詞"):
        return None  # a heading or a button
    while tail and tail[-1].pos in ENDING:
        tail.pop()
    if not tail:
        return None
    if any(word.lemma in POLITE for word in tail[-3:]) or (
        tail[-1].form.startswith("命令形") and tail[-1].lemma in POLITE
    ):
        return True
    last = tail[-1]
    return False if last.pos in PLAIN and last.form.startswith(("終止形", "命令形", "意志推量形")) else None


def _reason(ja: str, en: str) -> Text:
    return Text(ja=ja, en=en)
