"""Wording: how rules and holds speak of channels, lengths of time and instants, to people."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from domain.channel import Channel, Purpose
from domain.language import phrase
from policies.facts import Situation
from policies.windows import Counting
from policies.zones import known_zone

CHANNELS_JA = {
    "email": "メール",
    "sms": "SMS",
    "push": "プッシュ通知",
    "line": "LINE",
    "web": "Webサイト",
    "app": "アプリ",
    "ad": "広告",
    "signage": "店頭サイネージ",
    "call": "電話",
}
CHANNELS_EN = {
    "email": "email",
    "sms": "SMS",
    "push": "push",
    "line": "LINE",
    "web": "website",
    "app": "app",
    "ad": "ad",
    "signage": "signage",
    "call": "phone",
}
WEEKDAYS_JA = "月火水木金土日"
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS_EN = (
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
    "December",
)


def channel_name(channel: str, language: str) -> str:
    """A channel as marketers call it."""
    return phrase(language, ja=CHANNELS_JA[channel], en=CHANNELS_EN[channel])


def channel_names(channels: Iterable[Channel], language: str) -> str:
    """Several channels in the order of the vocabulary."""
    chosen = set(channels)
    return listed([channel_name(channel, language) for channel in Channel if channel in chosen], language)


def listed(words: Iterable[str], language: str) -> str:
    """A list as it is spoken: 「メール・LINE」, "email, push and LINE"."""
    words = list(words)
    if language == "ja":
        return "・".join(words)
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1] if words else ""


MESSAGES_EN = {
    "email": "email",
    "sms": "SMS message",
    "push": "push notification",
    "line": "LINE message",
    "call": "phone call",
}
MONEY = {"JPY": ("{}円", "¥{}"), "USD": ("{}ドル", "${}"), "EUR": ("{}ユーロ", "€{}"), "GBP": ("{}ポンド", "£{}")}


def messages(counting: Counting, count: int) -> str:
    """Counted messages in English: "2 LINE messages", "1 marketing message", "3 messages by email and push"."""
    chosen = [channel for channel in Channel if channel in (counting.channels or ())]
    if len(chosen) == 1:
        noun, by = MESSAGES_EN.get(chosen[0], f"{CHANNELS_EN[chosen[0]]} message"), ""
    else:
        noun = "marketing message" if counting.purposes == {Purpose.MARKETING} else "message"
        by = f" by {listed([CHANNELS_EN[channel] for channel in chosen], 'en')}" if chosen else ""
    return f"{count} {noun}{'' if count == 1 else 's'}{by}"


def money(amount: Decimal, currency: str, language: str) -> str:
    """An amount as it is spoken of: 「5,000円」, "$50"."""
    ja, en = MONEY.get(currency, (f"{{}} {currency}", f"{{}} {currency}"))
    return phrase(language, ja=ja, en=en).format(number(amount))


def clock(minute: int) -> str:
    """Minutes since midnight as HH:MM."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def number(value: Decimal | float | int) -> str:
    """A number without a tail of zeros, thousands separated."""
    text = f"{Decimal(str(value)):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: float) -> str:
    """A share of all as percent, to its last digit."""
    return number(Decimal(repr(share)) * 100)


def instant(at: datetime, s: Situation, language: str) -> str:
    """An instant on the customer's clock, which is named where it is not the home clock."""
    name = s.zones[0] if len(s.zones) == 1 else s.home.timezone
    local = at.astimezone(known_zone(name))
    minutes = f"{local.minute}分" if local.minute else ""
    said = phrase(
        language,
        ja=f"{local.month}月{local.day}日（{WEEKDAYS_JA[local.weekday()]}）{local.hour}時{minutes}",
        en=f"{local:%H:%M} on {WEEKDAYS_EN[local.weekday()]}, {MONTHS_EN[local.month - 1]} {local.day}",
    )
    return said if name == s.home.timezone else phrase(language, ja=f"{said}（{name}）", en=f"{said} ({name})")


def duration(minutes: int, language: str) -> str:
    """A length of time in its largest whole unit."""
    for size, ja, en in ((1440, "日", "day"), (60, "時間", "hour"), (1, "分", "minute")):
        if minutes % size == 0:
            count = minutes // size
            return phrase(language, ja=f"{count}{ja}", en=f"{count} {en}{'' if count == 1 else 's'}")
    raise ValueError(f"{minutes} is not a whole number of minutes")
