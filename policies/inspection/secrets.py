"""Secrets: words that ask the reader for a password, a card number or the like, which no honest message does."""

import functools
from collections.abc import Iterator

from policies.inspection.disguises import forms, in_folded, tongues

SECRET_EN = (
    r"(?:pass ?words?|pass ?codes?|pass ?phrases?|pins?(?: codes?| numbers?)?|cvv|cvc|otp|social security|ssn|"
    r"(?:credit |debit |bank )?card (?:numbers?|details|info\w*)|credit cards?|security codes?|"
    r"(?:bank )?account (?:numbers?|details)|bank details|my number|log-?in(?: details| data)?|sign-?in details|"
    r"(?:one[- ]time|verification|access|confirmation|sms) (?:codes?|pass\w*)|maiden name|passport|driving licen[cs]e|"
    r"date of birth)"
)
ASKS_EN = (
    r"(?:send|gives?|tell|reply|share|provide|text|e-?mail|submit|message|dm|hand over|type|enter|confirm|"
    r"verify|fill in|"
    r"write|read out|let us (?:have|know)|we(?:'ll| will)? (?:just |only )?(?:need|require|ask for)|forward|show)"
)
SECRET_JA = (
    r"(?:暗証番号|パスワード|パスコード|(?:クレジット)?カードの?(?:裏の)?(?:番号|情報)|口座(?:番号|情報)?|"
    r"セキュリティコード|"
    r"(?:認証|確認|承認)(?:コード|番号)|マイナンバー|個人番号|ワンタイム\w{0,5}|ログイン(?:id|情報)|運転免許証?|"
    r"パスポート|合言葉)"
)
ASKS_JA = (
    r"(?:お?知らせ|お?教え|お?送り|送って|お?聞かせ|お?伝え|送信|返信|ご?入力|ご?記入|お書き|ご?連絡|ご?提出|"
    r"見せて|を?添えて|をお?申し付け)"
    r"(?:を)?(?:くだ|下さ|いただ|頂|願|の(?:うえ|上)|て(?:くだ|いた)|する|し(?:て|ま)|になり?ま(?!せ)|ください|て$|$)"
)
REFUSED_EN = (
    r"(?:(?:never|not|no one|nobody|don'?t|won'?t|without|anyone who|if (?:anyone|someone|somebody))\b[^.!?\n]{0,40})"
)
ASKED = in_folded(
    rf"{SECRET_JA}[^。！？\n]{{0,14}}{ASKS_JA}(?!ません|ないで|ことは|なく)",
    rf"{REFUSED_EN}(?:{ASKS_EN}|ask)\b|"
    rf"(?P<asked>\bwhat(?: is|'s) your {SECRET_EN}\b|\b{ASKS_EN}\b[^.!?\n]{{0,40}}?\b{SECRET_EN}\b)",
)
WARNED = in_folded(
    r"(?:しないで|ないでくだ|ないよう|ことはあ?りま|ことはござ|いたしませ|ください?ません|お控え)", r"(?!)"
)
"""A sentence that warns of such a question asks none."""


@functools.lru_cache(maxsize=8192)
def asked_for(line: str) -> tuple[str, ...]:
    """Where a plain line asks for a secret, each once."""
    return tuple(dict.fromkeys(found for fold in forms(line) for found in _asked(fold)))


def _asked(fold: str) -> Iterator[str]:
    for tongue in tongues(fold):
        for match in ASKED[tongue].finditer(fold):
            if tongue == "en":
                if match["asked"]:
                    yield match["asked"]
            elif not WARNED["ja"].search(fold, match.start(), match.end() + 12):
                yield match[0]
