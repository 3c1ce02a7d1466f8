"""Manner: polite endings, emoji and exclamation marks, counted."""

import re
import unicodedata
from collections.abc import Iterator

from policies.checking.desk import Desk
from policies.checking.fault import Fault, in_copy
from policies.rules.tone import Tone

SENTENCE = re.compile(r"[。！？!?\n]+")
POLITE = re.compile(
    r"(?:です|ます|ました|ません|でした|ましょう|でしょう|ください|下さい|ませ|か|(?<![てだよ])ね)[）」』)]*$"
)
ROUGH = re.compile(
    r"(?:だ|だよ|だね|だぞ|するよ|してね|しろ|しよう|見てね|てね|よう|った|いる|ある|する|ない|れる|せる|める|える)$"
)


def manner(rule: Tone, desk: Desk) -> Iterator[Fault]:
    """A tone that was made hard is kept."""
    text = "\n".join(dict.fromkeys(piece.text for piece in desk.pieces if piece.name != "html"))
    shares = [bool(POLITE.search(one)) for one in map(str.strip, SENTENCE.split(text)) if _has_a_verb(one)]
    wanted = rule.polite_share if desk.message.language == "ja" else None
    if wanted is not None and sum(shares) < wanted * len(shares):
        yield in_copy(rule.id, rule.type, "message", text, "です・ます調ではありません", "is not polite")
    emoji = sum(unicodedata.category(sign) == "So" and ord(sign) > 0x2300 for sign in text)
    for count, most in ((emoji, rule.emoji_max), (text.count("！") + text.count("!"), rule.exclamations_max)):
        if most is not None and count > most:
            yield in_copy(rule.id, rule.type, "message", text, f"記号が{count}個あります", f"has {count} signs")


def _has_a_verb(sentence: str) -> bool:
    return bool(POLITE.search(sentence) or ROUGH.search(sentence))
