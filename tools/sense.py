"""Sense: words that break no rule and are no copy all the same, as weak models write them."""

import re
from collections import Counter
from functools import cache

from domain.language import Language
from prompts.library import prompt

INSTRUCTIONS = ("copywriter", "draft")
PARTS_BY_NAME = """
件名 題名 タイトル 見出し 本文 結び ボタン プリヘッダー 文面 内容 文章 subject preheader title headline body opening
closing action button copy text message none null string
"""
LABELS = frozenset(PARTS_BY_NAME.split())
"""Names of parts, which stand where their words should."""

AROUND = re.compile(r"^[\W_]+|[\W_]+$")
POLITE_END = re.compile(r"(?:です|だ|である)$")
RUN = re.compile(r"([^\W_].{1,23}?)(?:[\W_]*\1){3,}", re.DOTALL)
"""The same few letters or words four times in a row."""
WORD = re.compile(r"[^\W\d_]{2,}")
MANY, MOST = 8, 0.4
"""From so many words on, none stands for more than this share of them."""
PAIRS = ("()", "（）", "「」", "『』", "“”")
SAID = re.compile(r'"([^"\n]{12,})"|^- (.{12,})$', re.MULTILINE)
"""What a prompt says in a string of its own or as a point of a list."""
SENTENCE = re.compile(r"(?<=[。.;；])\s*")
TELLING: dict[Language, int] = {"ja": 15, "en": 28}
"""Characters of an instruction that nobody says by chance."""


def senseless(text: str, language: Language) -> str | None:
    """The words that say nothing: a label, a run of the same, an open bracket, or the instructions themselves."""
    bare = POLITE_END.sub("", AROUND.sub("", text).casefold())
    if bare in LABELS:
        return text
    run = RUN.search(text)
    if run is not None:
        return run[0]
    said: list[str] = WORD.findall(text.casefold())
    often, times = Counter(said).most_common(1)[0] if said else ("", 0)
    if len(said) >= MANY and times > MOST * len(said):
        return often
    unclosed = next((pair for pair in PAIRS if text.count(pair[0]) > text.count(pair[1])), None)
    if unclosed is not None:
        return text[text.rindex(unclosed[0]) :]
    return next((line for line in instructions(language) if line in text), None)


@cache
def instructions(language: Language) -> tuple[str, ...]:
    """Sentences of the prompts that no copy has a reason to say."""
    sources = (prompt(language, name).template.source for name in INSTRUCTIONS)
    points = (found[1] or found[2] for source in sources for found in SAID.finditer(source))
    sentences = (part.strip() for point in points for part in SENTENCE.split(point))
    return tuple(dict.fromkeys(part for part in sentences if len(part) >= TELLING[language] and "{{" not in part))
