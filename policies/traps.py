"""Traps: what YAML reads otherwise than a marketer meant, each explained in Japanese and in English."""

import math
import unicodedata

from domain.errors import shortened

Said = tuple[str, str]
"""One sentence in Japanese and in English."""


def word_trap(text: str) -> Said:
    """A word that YAML takes for yes or no."""
    meant = "true" if text.lower() in ("yes", "on", "y") else "false"
    return (
        f'{text} は引用符がないと {meant} と読まれます。文字なら "{text}"、そうでなければ {meant} と書きます。',
        f'{text} without quotes means {meant} in YAML. Write "{text}" in quotes, or {meant} if that is meant.',
    )


def number_trap(text: str, read: object) -> Said:
    """A time, a code or digits with separators that YAML takes for a number; `read` is None where it is endless."""
    if read is None or not math.isfinite(float(str(read))):
        shown = shortened(text)
        return f"{shown} は数えられない数です。書き直してください。", f"{shown} cannot be counted. Write another."
    return (
        f'{text} は引用符がないと数の {read} と読まれます。"{text}" と引用符で囲んでください。',
        f'{text} without quotes is read as the number {read}. Write "{text}" in quotes.',
    )


def sign_trap(sign: str) -> Said:
    """A sign that means something to YAML."""
    if sign == "\t":
        return "字下げにタブは使えません。空白にしてください。", "a tab cannot indent a line. Use spaces."
    return (
        f'{sign} はYAMLで特別な意味を持ちます。"{sign}" のように引用符で囲んでください。',
        f'{sign} has a meaning of its own in YAML. Put the value in quotes, such as "{sign}".',
    )


def hash_trap(rest: str) -> Said:
    """A # that was meant as text."""
    return (
        f"「{rest}」は # から後ろがメモになります。文なら全体を引用符で囲み、メモなら # のあとに空白を入れます。",
        f"{rest!r} is taken for a comment and not read. "
        "Put the whole text in quotes; if it is a comment, write a space after #.",
    )


def curly_trap(text: str) -> Said:
    """Quotes that YAML does not know as quotes."""
    return (
        f'{text} の引用符は文字として読まれます。まっすぐな引用符 " で囲んでください。',
        f'the quotes around {text} are read as text. Use straight quotes: ".',
    )


def colon_trap(key: str, sign: str) -> Said:
    """A key whose colon YAML does not see."""
    name = unicodedata.normalize("NFKC", key)
    if sign == "：":
        return (
            f"「{key}：」のコロンが全角です。半角のコロンと空白で「{name}: 」と書きます。",
            f'the colon after {key!r} is full-width. Write "{name}: " with a plain colon and a space.',
        )
    return (
        f"「{key}:」のあとに半角の空白がありません。「{name}: 」と書きます。",
        f'there is no plain space after "{key}:". Write "{name}: ".',
    )


def space_trap() -> Said:
    """A full-width space where YAML wants plain ones."""
    return (
        "行や値の初めに全角の空白があります。半角の空白にしてください。",
        "the line or value begins with a full-width space. Use plain spaces.",
    )


PARSE_TRAPS = (
    (
        "mapping values are not allowed",
        "文の中にコロンと空白（「: 」）があるか、字下げがそろっていません。文なら全体を引用符で囲んでください。",
        "there is a colon and a space inside a text, or the indentation is uneven. Put such a text in quotes.",
    ),
    (
        "quoted scalar",
        "ここから始まる引用符が閉じていません。閉じる引用符を書いてください。",
        "the quote that opens here is never closed. Add the closing quote.",
    ),
    (
        "could not find expected ':'",
        "この行のあたりに「項目名: 値」の形になっていない行があります。コロンと空白を確かめてください。",
        'a line near here is not of the form "field: value". Check its colon and space.',
    ),
    (
        "expected ',' or",
        "かっこが閉じていないか、区切りのコンマがありません。[ ] と { } を確かめてください。",
        "a bracket is not closed, or a comma is missing. Check [ ] and { }.",
    ),
    (
        "block end",
        "字下げがそろっていません。同じ段の行は、同じ数の空白で始めます。",
        "the indentation is uneven. Lines of one level begin with the same number of spaces.",
    ),
    (
        "single document",
        "--- から後ろは読みません。1つのファイルには1つの文書だけを書きます。",
        "what follows --- is not read. Write one document a file.",
    ),
    (
        "nested too deeply",
        "入れ子が深すぎます。かっこや字下げを確かめてください。",
        "this is nested too deeply. Check brackets and indentation.",
    ),
)


def parse_trap(problem: str) -> Said:
    """What a parser's complaint means to somebody who writes rules."""
    for mark, ja, en in PARSE_TRAPS:
        if mark in problem:
            return ja, en
    said = shortened(problem.strip())
    return (
        f"YAMLとして読めません（{said}）。字下げ・コロン・引用符を確かめてください。",
        f"this is not YAML ({said}). Check indentation, colons and quotes just above.",
    )
