"""Polarity: whether people say that they want something, or that they do not; anything unclear is neither."""

import re
import unicodedata

REFUSING = re.compile(
    r"(?:食べ|飲ま|飲み|使わ|使い|買わ|買い|要ら|いら|好きでは|好きじゃ|好まな|興味(?:は|が)?|必要(?:は|が)?|もう[^。、]{0,12})"
    r"(?:あり)?(?:ない|なく|ません|なくな)|(?:やめ|止め|辞め|卒業し)(?:た|て|まし|る)|嫌い|きらい|苦手|不要|結構です|控え(?:て|る|たい)|避け(?:て|る|たい)"
    r"|\bno longer\b|\bnot? (?:any ?more|interested|into)\b|\b(?:do|does|did|can|could|would|wo|ca)(?:n't| not|nnot) "
    r"(?:\w+ ){0,2}?(?:eat|drink|like|want|need|use|buy|care|wear|enjoy)|\bca(?:n't|nnot) stand\b"
    r"|\b(?:stopped|quit|gave up|given up|hates?|dislikes?|never (?:eat|drink|buy|use|wear)|went off|allergic"
    r"|avoid|avoids|avoiding)\b|アレルギー",
    re.IGNORECASE,
)
WORDS = {"like": False, "likes": False, "positive": False, "dislike": True, "dislikes": True, "negative": True}
LOW = 2
"""Stars of five: so few say that somebody does not want it again."""


def refuses(text: str) -> bool:
    """Whether a sentence about something says that its writer wants none of it."""
    return REFUSING.search(unicodedata.normalize("NFKC", text)) is not None


def labelled(sentiment: str | None) -> bool | None:
    """Whether a label of the source says that they do not want it, None where it says neither."""
    return WORDS.get((sentiment or "").strip().casefold())
