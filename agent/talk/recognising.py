"""Recognising: words in a text that may say who somebody is, whether we know them or not."""

import re
import unicodedata
from collections.abc import Iterator

from domain.customer import IDENTIFIER_KINDS
from policies.inspection.contacts import contacts_in
from policies.inspection.morphology import words as words_in
from policies.inspection.persons import names_in
from records import persons, profiles
from records.connection import Connection
from records.identifiers import owner
from tools.regions import NAMES as REGIONS

MAIL = re.compile(
    r"[\w.+%-]+\s?(?:@|＠|\[at\]|\(at\))\s?[\w-]+(?:\s?(?:\.|．|\[dot\]|\(dot\))\s?[\w-]+)+", re.IGNORECASE
)

NUMBER = re.compile(
    r"(?<![\w.,])\+?\d[\d()\s.-]{3,22}\d(?![\w%])|(?<![\w.,¥$€£])\d{5,}(?!\s?(?:円|yen|ドル|usd|eur|%))", re.IGNORECASE
)
"""Runs of digits as long as a phone number, a code or a loyalty number; a price or a date is no such run."""

DAY = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}:\d{2}\s?[-~]\s?\d{1,2}:\d{2}")

POST_CODE = re.compile(r"〒?\d{3}-\d{4}")

TOKEN = re.compile(r"[A-Za-z0-9][\w.+-]{1,60}", re.ASCII)

CAPITAL = re.compile(
    r"(?<![\w@])[A-Z][\w'’-]*[a-z][\w'’-]*(?:\s+(?:[A-Z]\.|(?:de|van|von|da|di|le|la|bin|al)\b"
    r"|[A-Z][\w'’-]*[a-z][\w'’-]*))*"
)

SHOUTED = re.compile(r"(?<![\w@])[A-Z]{3,}(?!\w)")

WIDE = str.maketrans("０１２３４５６７８９＋－", "0123456789+-")
BETWEEN_DIGITS = re.compile(r"(?<=\d)[‐‑‒–—―ー−](?=\d)")

FIRST = re.compile(r"(?:^|[.!?。！？:：\n]\s*)$")

NAME = re.compile(r"(?P<sort>person|quote|link)_(?P<number>\d+)")

MOST_TOKENS = 60

FAMILIAR = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "christmas",
        "easter",
        "halloween",
        "valentine",
        "sms",
        "vip",
        "vips",
        "line",
        "push",
        "email",
        "mail",
        "web",
        "app",
        "english",
        "japanese",
        "japan",
        "tokyo",
        "i",
        "i'm",
        "i'd",
        "i'll",
        "we",
        "premium",
        "gold",
        "silver",
        "regular",
        "new",
        "active",
        "loyal",
        "dormant",
        "churned",
        "customer",
        "customers",
        "member",
        "members",
        "marketing",
        "black",
        "cyber",
        "winter",
        "summer",
        "spring",
        "autumn",
        "tact",
        "god",
    ]
)

PROPER = "固有名詞"

NOTE = 4
"""Letters from which a recorded text is looked for as a whole."""

KNOWN_PROPER = re.compile(
    r"日本|東京|大阪|ライン|line|sms|vip|クリスマス|お正月|正月|バレンタイン|ハロウィン|ゴールデンウィーク",
    re.IGNORECASE,
)


def evened(text: str) -> str:
    """The text with digits of usual width and plain dashes between them: a number is found however it was typed."""
    return BETWEEN_DIGITS.sub("-", text.translate(WIDE))


def people_in(c: Connection, text: str) -> Iterator[tuple[str, str]]:
    """Customers of ours whom the text names: by id, by an identifier, by their name or a part of it."""
    for token in dict.fromkeys(TOKEN.findall(text)[:MOST_TOKENS]):
        customer = None if NAME.fullmatch(token) else owner_of(c, token)
        if customer is not None:
            yield token, customer
    strange = [part for found in CAPITAL.finditer(text) for part in found[0].split()] + SHOUTED.findall(text)
    capitals = dict.fromkeys(part.casefold() for part in strange if not _familiar(part))
    for one in persons.called(c, text, tuple(capitals)):
        yield one.name, one.customer_id
        for part in one.name.split():
            if len(part) >= persons.SHORTEST and part.casefold() in capitals:
                yield part, one.customer_id


def owner_of(c: Connection, token: str) -> str | None:
    """The customer with this id or identifier."""
    if profiles.customer(c, token) is not None:
        return token
    found = (owner(c, kind, token) for kind in IDENTIFIER_KINDS if kind not in ("email",))
    return next((one for one in found if one is not None), None)


def numbers_in(text: str) -> Iterator[str]:
    """Telephone numbers, post codes, cards and the like, and other ways to reach somebody."""
    yield from (found[0] for found in POST_CODE.finditer(text))
    yield from (written for written, _ in contacts_in(unicodedata.normalize("NFKC", text)))
    days = [found.span() for found in DAY.finditer(text)]
    for found in NUMBER.finditer(text):
        if not any(start <= found.start() < end for start, end in days) and _digits(found[0]) >= 5:
            yield found[0]


def identifying(text: str) -> Iterator[str]:
    """Words that may say who somebody is, whether we know them or not."""
    yield from (found[0] for found in MAIL.finditer(text))
    yield from (name for _, name in names_in(text))
    yield from _proper(text)
    yield from _capitals(text)


def _digits(text: str) -> int:
    return sum(sign.isdigit() for sign in text)


def _proper(text: str) -> Iterator[str]:
    """Proper nouns of Japanese that are no region of ours: a name of a person is one of them."""
    for line in text.splitlines():
        for word in words_in(line):
            if word.kind == PROPER and not word.surface.isascii() and not _is_place(word.surface):
                yield word.surface


def _is_place(word: str) -> bool:
    return word in REGIONS or KNOWN_PROPER.fullmatch(word) is not None or NAME.search(word) is not None


def _capitals(text: str) -> Iterator[str]:
    """Capitalised English words inside a sentence, and several in a row wherever they stand."""
    for found in CAPITAL.finditer(text):
        parts = found[0].split()
        strange = [part for part in parts if not _familiar(part)]
        opens = FIRST.search(text[: found.start()]) is not None
        if opens and len(parts) > 1 and strange and strange[0] == parts[0] and _familiar_opening(parts[0]):
            strange, parts = strange[1:], parts[1:]
        if strange and (not opens or len(parts) > 1):
            yield " ".join(parts) if strange == parts else strange[0]
            yield from strange


OPENINGS = frozenset(
    [
        "who",
        "what",
        "why",
        "when",
        "where",
        "which",
        "how",
        "is",
        "are",
        "was",
        "were",
        "do",
        "does",
        "did",
        "can",
        "could",
        "would",
        "will",
        "should",
        "has",
        "have",
        "show",
        "list",
        "tell",
        "explain",
        "compare",
        "find",
        "give",
        "please",
        "make",
        "change",
        "set",
        "no",
        "not",
        "never",
        "only",
        "always",
        "all",
        "any",
        "each",
        "every",
        "if",
        "for",
        "from",
        "in",
        "on",
        "at",
        "by",
        "with",
        "to",
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "and",
        "but",
        "stop",
        "send",
        "use",
        "keep",
        "limit",
        "cap",
        "exclude",
        "include",
        "except",
        "unless",
        "push",
        "email",
        "simulate",
        "max",
        "maximum",
        "at",
        "new",
        "dear",
        "ok",
        "okay",
        "yes",
        "hello",
        "hi",
        "hey",
        "thanks",
    ]
)


def _familiar_opening(word: str) -> bool:
    return word.lower() in OPENINGS


def _familiar(word: str) -> bool:
    plain = word.lower().removesuffix("'s").removesuffix("’s")
    return plain in FAMILIAR or plain in OPENINGS or plain in _REGIONS


_REGIONS = frozenset(part for name in REGIONS for part in name.lower().split())
