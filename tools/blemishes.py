"""Blemishes: what no words may have, whoever wrote them: nothing to see, signs that are not seen, gaps left to fill."""

import re
from collections.abc import Iterator
from typing import Literal

from domain.language import Text

Blemish = Literal["empty", "hidden", "slot", "markup"]

HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""Codes that show nothing, or turn the order of what is shown; a joiner inside an emoji is none of them."""
MARKUP = re.compile(
    r"<\s*/?\s*[a-zA-Z!][^>\n]*>|&(?:lt|gt|#\w{1,6});|\*\*|^\s{0,3}#{1,6}\s|\[[^\]\n]+\]\([^)\n]+\)",
    re.MULTILINE,
)
NAMED_GAP = (
    r"(?:your|customer|recipient|first|last|full|product|item|offer|brand|store|company|shop)?[ _]?"
    r"(?:name|text|title|here|offer|product|item|customer|price|date|link|url|brand|store|company|body|subject)"
)
GAP_JA = (
    r"(?:お名前|氏名|名前|お?客様名|商品名?|品名|店名|店舗名?|会社名?|"
    r"日付|価格|金額|件名|本文|文面|リンク|ブランド名?|オファー|タイトル|見出し)"
)
GAP = re.compile(
    rf"(?<!\{{)\{{{NAMED_GAP}\}}(?!\}})|\$\{{[^}}\n]*\}}|%[a-z_]{{2,20}}%|%[sd]\b|<{NAMED_GAP}>|"
    r"\bTODO\b|\bTBD\b|\bTBC\b|\bFIXME\b|\bXXX+\b(?!L)|_{3,}|(?i:\blorem ipsum\b|\bplaceholder\b|"
    rf"\b(?:insert|put|add|enter|type|write) (?:\w+ ){{0,2}}{NAMED_GAP} here\b|\byour (?:text|message|copy) here\b|"
    r"\bsample text\b|\bdummy text\b)|"
    r"[○〇◯△▲●■□◇◆×＊]{2,}|[(（【\[［〔<＜]\s*" + GAP_JA + r"\s*[)）】\]］〕>＞]|"
    r"(?:ここ|こちら)に[^。\n]{0,12}(?:入れ|入力|記入|書い|挿入)|(?:テキスト|文面|本文|文章)を(?:入力|記入|"
    r"挿入)|ダミー(?:テキスト|文)|"
    r"[（(]例[)）]|[XＸ]{3,}円?"
)
"""A gap that somebody meant to fill: TODO, {name}, ○○様, [商品名]."""
SLOT = re.compile(r"\[\[.*?\]\]|\{\{.*?\}\}|\[\[|\]\]|\[[A-Za-z][\w .]{1,30}\]|［[^］\n]{1,20}］")
PLACES = re.compile(r"^\[(?:card|button|offers|blocks)\]$", re.MULTILINE)
TEMPLATE = re.compile(r"\[\[\s*[\w.]+\s*\]\]|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
"""Slots and steps of a template, which are filled in and left out."""
WORDS = "offer"
"""Stands where a slot will be filled."""
LEAST = 2
"""Letters without which nothing is said."""

WHY: dict[Blemish, Text] = {
    "empty": Text(
        ja="読める文字がありません。言葉を書いてください。", en="There is nothing to read in it. Write words."
    ),
    "hidden": Text(
        ja="見えない文字や、文字の並びを変える制御文字が入っています。取り除いてください。",
        en="It holds characters that are not seen or that turn the order of letters. Take them out.",
    ),
    "slot": Text(
        ja="差し込みや、埋められていない箇所が残っています。お客様が読む言葉で書いてください。",
        en="A slot or a gap in it is not filled. Write the words as the customer is to read them.",
    ),
    "markup": Text(ja="装飾の記号やHTMLは使えません。", en="Markup has no place in it."),
}


def is_blank(text: str) -> bool:
    """Whether a text says nothing: signs and hidden characters, or a single letter."""
    return sum(map(str.isalnum, HIDDEN.sub("", text))) < LEAST


def gap_in(text: str) -> str | None:
    """The first gap that nobody filled."""
    found = GAP.search(text)
    return found[0] if found else None


def blemishes(text: str, *, template: bool = False) -> Iterator[tuple[Blemish, str]]:
    """What is wrong with words that a person wrote; those of a template may have slots."""
    rest = PLACES.sub("", TEMPLATE.sub(WORDS, text) if template else text)
    if is_blank(rest):
        yield "empty", text
    for kind, pattern in (("hidden", HIDDEN), ("slot", SLOT), ("slot", GAP), ("markup", MARKUP)):
        found = pattern.search(rest)
        if found:
            yield kind, found[0][:80]  # type: ignore[misc]  # each is a kind of blemish
