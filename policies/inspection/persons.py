"""Persons: names of people in copy, and whether they are the reader's own."""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping

from domain.customer import Scalar
from domain.language import Text
from policies.inspection.morphology import words

HONORED = re.compile(r"(?P<name>[一-龥々ァ-ヶーA-Za-z]{2,12})(?P<title>様|さま|さん|氏)(?!式|子|々|相)")
NOBODY = re.compile(
    r"(?:人|者|百|お客|皆|みな|会員|お子|奥|主人|名|神|王|嬢|得意|貴|何|同|多|模|仕|一|各位|皆々|ご家族|方々|"
    r"患者|利用者"
    r"|購入者|応募者|参加者|当選者"
    r"|ユーザー|オーナー|メンバー|ファン|ゲスト|旦那|殿|お母|お父|お兄|お姉|お爺|お婆|母|父|兄|姉|弟|妹|娘|息子|孫"
    r"|赤ちゃん"
    r"|職人|農家|作家|店員|生産者|屋|先生|医者|看護師|栄養士|店長|社長|担当者|親御|業者|読者|友達|隣|皆様|御社|企業"
    r"|サンタ)$"
)
TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)\.? ?(?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+)?)")
DEAR = re.compile(r"\b(?:Dear|Hello|Hi|Hey) (?P<name>[A-Z][a-z]+)(?= ?[,!])")
GREETED = frozenset(
    [
        "Customer",
        "Customers",
        "Friend",
        "Friends",
        "Reader",
        "Readers",
        "Member",
        "Members",
        "Guest",
        "Guests",
        "All",
        "Everyone",
        "There",
        "You",
        "Team",
        "Folks",
        "Neighbor",
        "Neighbour",
        "Santa",
        "Spring",
        "Summer",
        "Autumn",
        "Winter",
        "Fall",
        "Sunshine",
        "Weekend",
        "December",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "Monday",
        "Friday",
        "Sunday",
        "Valued",
        "Sir",
        "Madam",
        "Tea",
        "Coffee",
        "Gorgeous",
        "Beautiful",
        "World",
        "Again",
    ]
)
OUR_CUSTOMER = re.compile(
    r"\b(?:[Cc]ustomer|[Mm]ember|[Rr]eader|[Bb]uyer|[Cc]lient|[Nn]eighbou?r"
    r"|[Ff]riend),? (?P<name>[A-Z][a-z]+ [A-Z][a-z]+)"
)
LOVES_IT = re.compile(
    r"\b(?P<name>[A-Z][a-z]+) (?:from|of) [A-Z][a-z]+ "
    r"(?:loves?|bought|says|wrote|writes|recommends|swears by|told us)\b"
)
OF_STAFF = re.compile(
    r"\b(?:[Ss]taff(?: member)?|[Aa]ssistant|[Ss]tylist|[Mm]anager|[Cc]olleague|[Ss]pecialist|[Aa]dvis[eo]r|"
    r"[Cc]oncierge"
    r"|[Rr]ep|[Aa]gent|[Bb]arista|[Ff]lorist|[Mm]y name is|(?:[Ss]peak|[Tt]alk) (?:to|with)|[Aa]sk(?: for)?),? "
    r"(?P<name>[A-Z][a-z]+ (?!Care|Service|Desk|Team|Counter|Department|Store|Support|Help)[A-Z][a-z]+)"
)
STAFF_JA = re.compile(
    r"(?:担当|スタッフ|店員|店長|販売員|コンシェルジュ|係員?|バイヤー|スタイリスト|営業)の"
    r"(?P<name>(?!者|方|部|皆|人|係|店|女性|男性|専|責)[一-龥々]{2,5})(?=が|は|より|です|と申|でござ|まで|"
    r"に(?:お|ご)|から)"
)
OTHERS = re.compile(
    r"(?:^|_)(?:spouse|wife|husband|partner|child|children|kid|son|daughter|mother|father|parent|family|relative"
    r"|referrer"
    r"|referred_by|friend|colleague|boss|neighbou?r|recipient|emergency|caller|other|previous_owner|contact_person"
    r"|household)(?:_|$)"
)
SHORTEST = 2


@functools.lru_cache(maxsize=4096)
def names_in(read: str) -> tuple[tuple[str, str], ...]:
    """The persons a plain text names, as (words, name)."""
    found = (
        [(one[0], one["name"]) for one in HONORED.finditer(read) if not NOBODY.search(one["name"])]
        if "様" in read or "さ" in read or "氏" in read
        else []
    )
    if "Mr" in read or "Ms" in read or "Miss" in read or "Dr" in read or "Mx" in read or "Prof" in read:
        found += [(one[0], one["name"]) for one in TITLED.finditer(read)]
    found += [(one[0], one["name"]) for one in DEAR.finditer(read) if one["name"] not in GREETED]
    found += [(one[0], one["name"]) for pattern in (OUR_CUSTOMER, LOVES_IT, OF_STAFF) for one in pattern.finditer(read)]
    found += [(one[0], one["name"]) for one in STAFF_JA.finditer(read) if _is_a_name(one["name"])]
    return tuple(found)


def _is_a_name(words_of_kanji: str) -> bool:
    """Whether kanji after a post are a person's name and no further word: 担当の佐藤が, not 担当の部署が."""
    found = words(words_of_kanji)
    return bool(found) and found[0].kind == "固有名詞"


def is_of(name: str, known: Iterable[str]) -> bool:
    """Whether a name is one of those that may be said: all its parts stand in one of them."""
    low = name.lower()
    parts = low.split()
    return any(
        low in one or (bool(parts) and all(part in one.split() for part in parts)) or one.replace(" ", "") in low
        for one in known
        if one
    )


def others(facts: Mapping[str, Scalar | Text]) -> Iterator[str]:
    """The names of people around the customer, as facts tell them; copy never says them."""
    for name, value in facts.items():
        if isinstance(value, str) and len(value) >= SHORTEST and is_of_others(name) and not value.isdigit():
            yield value


@functools.lru_cache(maxsize=1024)
def is_of_others(name: str) -> bool:
    """Whether a fact of this name is about people around the customer."""
    return OTHERS.search(name.lower()) is not None
