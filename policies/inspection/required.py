"""Required: whether the words and disclosures that must be there are there, and where."""

import functools
import re
from collections.abc import Iterator, Sequence

from domain.language import Text
from policies.finding import Finding
from policies.inspection.contacts import DIGITS
from policies.inspection.reading import Part, Reading, finding
from policies.inspection.text import folded, plain
from policies.rules.label import Label
from policies.rules.required_phrase import DISCLOSURES, RequiredPhrase

SPACE = re.compile(r"\s+")
BODIES = ("body", "text", "html")
FIRST_SEEN = ("subject", "title", "body", "text", "html")
WAY_OUT = re.compile(
    r"unsubscribe|opt[ -]?out|manage (?:your )?(?:preferences|subscription)|stop (?:receiving|these)|"
    r"reply stop|text stop"
    r"|配信(?:を)?(?:停止|解除)|(?:受信|購読)(?:の|を)?(?:停止|解除)|めーる(?:を)?(?:停止|不要)|退会|"
    r"おぷとあうと|受信設定"
)
HASHTAGS = re.compile(r"^(?:#\S+\s*){1}")


def missing(rule: RequiredPhrase, reading: Reading) -> Iterator[Finding]:
    """The phrases and disclosures that the rule asks for and the message lacks."""
    places = [part for part in reading.parts if _is_in(rule, part)]
    lacking = [words for words in rule.phrases if not any(_carries(rule, part, words) for part in places)]
    if rule.any_of and len(lacking) < len(rule.phrases):
        lacking = []
    for words in lacking:
        yield finding(rule, rule.part or "message", words, _lacks(rule, f"「{words}」", f'"{words}"'))
    bodies = [part for part in reading.parts if part.name in BODIES]
    for name in rule.disclosures:
        for part in bodies or reading.parts[:1]:
            if not _disclosed(name, part, reading):
                yield finding(rule, part.name, name, _lacks(rule, *DISCLOSURES[name]))


def unlabelled(rule: Label, reading: Reading) -> Iterator[Finding]:
    """The message, where no label stands at its beginning."""
    first = next((part for name in FIRST_SEEN for part in reading.parts if part.name == name), None)
    if first is None:
        return
    start = first.text.strip()[: rule.within + max(len(word) for word in rule.words)]
    for word in rule.words:
        found = re.search(_as_word(word), start, re.IGNORECASE)
        if found and found.end() <= rule.within + 1 and not _in_hashtags(start, found.start()):
            return
    why = Text(
        ja=f"最初の{rule.within}文字以内に、広告であることの表示（{'・'.join(rule.words[:3])}）がありません。",
        en=f"No label ({', '.join(rule.words[:3])}) stands within the first {rule.within} characters.",
    )
    yield finding(rule, first.name, start[:40], why)


def _as_word(word: str) -> str:
    escaped = re.escape(word)
    return rf"(?<![A-Za-z]){escaped}(?![A-Za-z])" if word.isascii() else escaped


def _in_hashtags(start: str, at: int) -> bool:
    """Whether a label stands among hashtags and is not the first of them."""
    return start[max(0, at - 1) : at] == "#" and "#" in start[: at - 1]


def _is_in(rule: RequiredPhrase, part: Part) -> bool:
    if rule.part is None:
        return True
    return part.name == rule.part or (rule.part == "body" and part.name in BODIES)


def _carries(rule: RequiredPhrase, part: Part, words: str) -> bool:
    text, wanted = _squashed(part.text), _squashed(plain(words))
    at = text.find(wanted) if rule.position != "end" else text.rfind(wanted)
    if at < 0:
        return False
    if rule.position == "start":
        return at <= rule.within
    return rule.position != "end" or len(text) - at - len(wanted) <= rule.within


@functools.lru_cache(maxsize=256)
def _squashed(text: str) -> str:
    return "".join(_squashed_line(line) for line in text.split("\n"))


@functools.lru_cache(maxsize=8192)
def _squashed_line(line: str) -> str:
    return SPACE.sub("", folded(line))


def _disclosed(name: str, part: Part, reading: Reading) -> bool:
    sender, text = reading.sender, _squashed(part.text)
    match name:
        case "sender_name":
            return _any_of(text, (sender.name.ja, sender.name.en, sender.legal_name.ja, sender.legal_name.en))
        case "sender_address":
            return _any_of(text, (sender.address.ja, sender.address.en))
        case "sender_contact":
            digits = DIGITS.sub("", sender.phone)
            return (bool(digits) and digits in DIGITS.sub("", text)) or _any_of(text, (sender.site,))
        case _:
            return any(_is_way_out(line) for line in part.every) or any(
                part.name == name and _is_way_out(url) for name, url in reading.links
            )


@functools.lru_cache(maxsize=8192)
def _is_way_out(line: str) -> bool:
    return WAY_OUT.search(folded(line)) is not None


def _any_of(text: str, words: Sequence[str | None]) -> bool:
    return any(word and _squashed(plain(word)) in text for word in words)


def _lacks(rule: RequiredPhrase, ja: str, en: str) -> Text:
    where_ja = {"start": "最初に", "end": "最後に", "anywhere": ""}[rule.position]
    where_en = {"start": " at the start", "end": " at the end", "anywhere": ""}[rule.position]
    return Text(ja=f"{where_ja}{ja}が必要です。", en=f"The message lacks {en}{where_en}.")
