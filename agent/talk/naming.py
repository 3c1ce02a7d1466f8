"""Naming: which directive, rule, version, channel or status a sentence names."""

import re

from agent.talk.errand import Status
from domain.channel import Channel

REF = re.compile(
    r"(?<![a-z0-9])dir[-‐‑ ]?(?P<id>\d{1,15})(?P<rule>\.\d{1,3})?"
    r"|(?:directive|instruction|draft|指示|下書き|ドラフト)\s?(?:no\.?\s?|number\s|#|番号)?(?P<no>\d{1,6})(?![\d%.:,]"
    r"|\s*(?:通|回|日|時|件|本|人|a |per ))"
    r"|(?<![\w])#(?P<hash>\d{1,6})\b",
    re.ASCII,
)
VERSION = re.compile(
    r"\b(?:version|v)[- ]?(?P<en>\d{1,9})\b|第?\s?(?P<ja>\d{1,9})\s?版|バージョン\s?(?P<kana>\d{1,9})", re.ASCII
)
BOTH = re.compile(r"\bversions (\d{1,9}) (?:and|to|with|vs\.?|or) (\d{1,9})\b")
RULE = re.compile(
    r"(?<![\w.@-])(?:[a-z]{2}\.)?[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?![\w@])|(?<![\w@.-])[a-z]{2}\.[a-z0-9_]+(?![\w@])",
    re.ASCII,
)
NAMED_RULE = re.compile(
    r"\b(?:the )?rule (?P<en>[a-z][a-z0-9_.-]*)\b|ルール\s?[「\"']?(?P<ja>[a-z][a-z0-9_.-]*)", re.ASCII
)
DECISION = re.compile(r"(?<![a-z0-9])d-[0-9a-f]{11}-[0-9a-f]{20}(?![a-z0-9])")
POINTING_JA = re.compile(
    r"(?:これ(?!まで|から)|それ(?!ぞれ|以外|から|でも)|あれ|こちら|そちら|(?:この|その|あの|さっきの|先ほどの|先程の"
    r"|最後の|直前の|新しい|上の)"
    r"(?:指示|下書き|ドラフト|ルール|案|内容|変更|決まり|条件|もの|やつ|文))"
)
POINTING_EN = re.compile(
    r"\b(?:it|this|that|these|those)\b|\b(?:the|my|our|this|that) (?:\w+ )?(?:one|draft|directive|instruction|rule"
    r"|change|proposal|wording)\b"
)
CHANNELS: tuple[tuple[Channel, str], ...] = (
    (Channel.EMAIL, r"\be-?mails?\b|\bmails?\b|newsletter|メール|メルマガ"),
    (Channel.SMS, r"\bsms\b|\btexts?\b|ショートメッセージ"),
    (Channel.PUSH, r"\bpush\b|プッシュ"),
    (Channel.LINE, r"\bline\b(?! of)|ライン"),
    (Channel.WEB, r"\bweb ?site\b|\bweb\b|ウェブ|サイト(?!ネージ)"),
    (Channel.APP, r"\bapp\b|アプリ"),
    (Channel.AD, r"\bads?\b|\badvert\w*|広告"),
    (Channel.SIGNAGE, r"\bsignage\b|サイネージ"),
    (Channel.CALL, r"\bcalls?\b|\bphone\b|\btelephone\b|電話|コール"),
)
STATUSES: tuple[tuple[Status, str], ...] = (
    (
        "draft",
        r"承認待ち|未承認|承認前|承認されて(?:い)?(?:ない|ません)|下書き|ドラフト|保留|\bdrafts?\b|\bpending\b"
        r"|\bwaiting\b|\bopen\b|\bunapproved\b"
        r"|not (?:yet )?approved",
    ),
    ("retired", r"取り下げ|取下げ|廃止|終了|外した|\bretired\b|\bwithdrawn\b|no longer"),
    ("rejected", r"却下|棄却|\breject(?:ed)?\b|\bdeclined?\b|\brefused?\b"),
    (
        "approved",
        r"有効|承認済|承認され|稼働|適用中|今の指示|\bapproved\b|\bin force\b|\bactive\b|\bin effect\b|\bcurrent\b"
        r"|\blive\b",
    ),
)


def directives_in(low: str) -> tuple[str, ...]:
    """The directives that a sentence names, each once, in order."""
    found = [one for one in REF.finditer(low) if one["rule"] is None]
    return tuple(dict.fromkeys(f"dir-{one['id'] or one['no'] or one['hash']}" for one in found))


def versions_in(low: str) -> tuple[str, ...]:
    """The versions of the book that a sentence names."""
    low = BOTH.sub(r"version \1 version \2", low)
    found = [one["en"] or one["ja"] or one["kana"] for one in VERSION.finditer(low)]
    return tuple(dict.fromkeys(f"version-{number}" for number in found))


def rule_in(low: str) -> str | None:
    """The id of a rule that a sentence names."""
    own = next((one for one in REF.finditer(low) if one["rule"]), None)
    if own is not None:
        return f"dir-{own['id']}{own['rule']}"
    found = RULE.search(low)
    if found is not None:
        return found[0]
    named = NAMED_RULE.search(low)
    return None if named is None or (named["en"] or "") in NO_RULES else named["en"] or named["ja"]


NO_RULES = frozenset(
    ("that", "says", "for", "is", "in", "of", "would", "to", "about", "does", "mean", "means", "which", "and", "be")
)


def subject_in(low: str) -> str | None:
    """The one thing that a sentence is about: a rule by its id, or a directive."""
    return rule_in(low) or next(iter(directives_in(low)), None)


def points(low: str) -> bool:
    """Whether a sentence points at something spoken of before: it, this draft, 「これ」."""
    return POINTING_JA.search(low) is not None or POINTING_EN.search(low) is not None


def channel_in(low: str) -> Channel | None:
    """The channel that a sentence names."""
    return next((channel for channel, words in CHANNELS if re.search(words, low, re.ASCII)), None)


def status_in(low: str) -> Status | None:
    """The state of directives that a sentence asks for."""
    return next((status for status, words in STATUSES if re.search(words, low, re.ASCII)), None)
