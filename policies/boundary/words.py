"""Words: one message in one setting, as a marketer would speak of it."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from domain.channel import Channel
from domain.features import NEVER
from domain.language import Text
from policies.boundary.setting import Setting
from policies.readback.names import GENDERS, KINDS, LANGUAGES, STAGES, TIERS
from policies.readback.scenes import called
from policies.wording import MONTHS_EN, WEEKDAYS_EN, WEEKDAYS_JA, listed, money, number
from policies.zones import known_zone

NOUNS: Mapping[str, tuple[str, str]] = {
    "email": ("メール", "email"),
    "sms": ("SMS", "SMS message"),
    "push": ("プッシュ通知", "push notification"),
    "line": ("LINEメッセージ", "LINE message"),
    "web": ("Webサイトでの表示", "message on the website"),
    "app": ("アプリでの表示", "message in the app"),
    "ad": ("広告の表示", "advertisement"),
    "signage": ("店頭サイネージの表示", "message on a sign in the shop"),
    "call": ("電話", "phone call"),
}
PURPOSES = {"transactional": ("手続きの", "transactional "), "service": ("対応の", "service ")}
SMALL = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
VOWEL = re.compile(r"[aeio]|8|1[18](?!\d)|SMS")
NOTHING = Text(ja="", en="")


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a setting beside its own facts: when, to whom, and which message of several it is."""

    when: Text = NOTHING
    whom: Text = NOTHING
    what: Text = NOTHING
    nth: int | None = None


SILENT = Told()
"""Nothing more is said."""
Pairs = list[tuple[str, str]]


def subject(setting: Setting, mention: Collection[str], told: Told) -> Text:
    """The message as a noun phrase: 「休眠のお客様へのメール」, "An email to a dormant customer"."""
    before, after = _customer(setting, mention)
    ja_who = "、".join(filter(None, (told.whom.ja, *(ja for ja, _ in (*before, *after)))))
    noun_ja, noun_en = NOUNS[setting.channel]
    if setting.channel is Channel.CALL and setting.direction == "inbound":
        noun_ja, noun_en = "お客様からの電話でのご案内", "word on a call from the customer"
    why_ja, why_en = PURPOSES.get(setting.purpose, ("", ""))
    about = _message(setting, mention)
    when = told.when.ja or ""
    when = f"{when.removesuffix('の')}、" if when and ja_who else when
    ja = f"{when}{f'{ja_who}お客様への' if ja_who else ''}{told.what.ja}"
    ja += f"{''.join(one for one, _ in about)}{f'{told.nth:,}通目の' if told.nth else ''}{why_ja}{noun_ja}"
    noun = f"{f'{nth(told.nth)} ' if told.nth else ''}{why_en}{noun_en}"
    en = " ".join(filter(None, (article(noun).capitalize(), noun, *(one for _, one in about), told.what.en)))
    return Text(ja=ja, en=" ".join(filter(None, (en, told.when.en, _to(before, after, told.whom.en or "")))))


def _to(before: Pairs, after: Pairs, whom: str) -> str:
    if not before and not after and not whom:
        return ""
    noun = f"{' '.join(en for _, en in before)} customer".strip()
    return " ".join(filter(None, ("to", article(noun), noun, " and ".join(en for _, en in after), whom)))


def _customer(setting: Setting, mention: Collection[str]) -> tuple[Pairs, Pairs]:
    """What is said before and after the word customer."""
    known = setting.customer
    before = [table.get(str(known.get(name))) for name, table in NAMED.items() if name in mention]
    adjectives = [one for one in before if one is not None]
    if "age" in mention:
        age = known.get("age")
        adjectives.append(("年齢のわからない", "ageless") if age is None else (f"{age}歳の", f"{age}-year-old"))
    after: Pairs = [_ordered(setting.days_since_order)] if "days_since_order" in mention else []
    for name, ja, en in PLACED:
        if name in mention and (value := known.get(name)) is not None:
            told = LANGUAGES.get(str(value), (f"言語{value}", str(value))) if name == "language" else (value, value)
            after.append((ja.format(told[0]), en.format(told[1])))
    for name, ja, en in (("tags", "タグ", "tagged"), ("segments", "セグメント", "in the segment")):
        if name in mention:
            after.append(_marks(known.get(name), _meant(name, mention), ja, en))
    after += [_attribute(name, setting) for name in sorted(setting.attributes) if f"attribute {name}" in mention]
    if "customer_id" in mention:
        after.append((f"IDが「{known.get('id', 'customer')}」の", f"with the id {known.get('id', 'customer')}"))
    return adjectives, after


def _ordered(days: int | None) -> tuple[str, str]:
    if days is None:
        return "最後の注文がいつかわからない", "whose last order nobody knows"
    if days >= NEVER:
        return "注文したことのない", "who never ordered"
    return f"最後の注文から{days}日の", f"who last ordered {days} day{'' if days == 1 else 's'} ago"


def _meant(name: str, mention: Collection[str]) -> list[str]:
    return sorted(one.removeprefix(f"{name}: ") for one in mention if one.startswith(f"{name}: "))


def _marks(held: object, meant: list[str], ja: str, en: str) -> tuple[str, str]:
    """The marks that are there, else those that might have been."""
    there = sorted(str(one) for one in held) if isinstance(held, frozenset) else []
    shown = "".join(f"「{one}」" for one in there or meant)
    if there:
        return f"{ja}{shown}のある", f"{en} {listed(there, 'en')}"
    return f"{ja}{shown}のない", f"not {en} {' or '.join(meant)}"


NAMED = {"stage": STAGES, "tier": TIERS, "gender": GENDERS}
PLACED = (
    ("country", "国コード{}の", "in the country {}"),
    ("region", "{}の", "from {}"),
    ("language", "{}をお使いの", "who reads {}"),
)


def _attribute(name: str, setting: Setting) -> tuple[str, str]:
    value = setting.attributes[name]
    shown = number(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
    return f"{name}が{shown}の", f"whose {name} is {shown}"


def _message(setting: Setting, mention: Collection[str]) -> Pairs:
    """What is said of the message itself."""
    said: Pairs = []
    if "approved" in mention:
        said.append(("承認ずみの", "that a person approved") if setting.approved else ("承認前の", "not approved yet"))
    if "message_language" in mention and setting.language in LANGUAGES:
        ja, en = LANGUAGES[str(setting.language)]
        said.append((f"{ja}の", f"in {en}"))
    if "scene" in mention and setting.scene:
        said.append((f"施策{called(setting.scene, 'ja')}の", f"of the scene {called(setting.scene, 'en')}"))
    if "audience_size" in mention and setting.audience_size is not None:
        size = number(setting.audience_size)
        said.append((f"対象{size}人の配信の", f"in a mailing to {size} customers"))
    offer = _offer(setting, mention) if setting.offer is not None else []
    if offer:
        kind_ja, kind_en = (
            KINDS[str(setting.offer["kind"])] if setting.offer and "kind" in mention else ("オファー", "an offer")
        )
        lines_en = listed([en for _, en in offer if en], "en")
        said.append((f"{'、'.join(ja for ja, _ in offer if ja)}{kind_ja}の", f"about {kind_en} {lines_en}".rstrip()))
    elif "offer" in mention:
        said.append(
            ("オファーのない", "without an offer") if setting.offer is None else ("オファーの", "about an offer")
        )
    return said


def _offer(setting: Setting, mention: Collection[str]) -> Pairs:
    known = setting.offer or {}
    currency = str(known.get("currency", "JPY"))
    said: Pairs = [("", "")] if "kind" in mention else []
    for name, line, tell in OFFER_WORDS:
        if name in mention and line in known:
            said.append(tell(known[line], currency))
        elif name == "offer_tags" and name in mention:
            said.append(_marks(None, _meant(name, mention), "タグ", "tagged"))
    return said


def _priced(value: object, currency: str) -> tuple[str, str]:
    amount = Decimal(str(value))
    return f"価格{money(amount, currency, 'ja')}の", f"priced {money(amount, currency, 'en')}"


def _off(value: object, currency: str) -> tuple[str, str]:
    amount = Decimal(str(value))
    return f"{money(amount, currency, 'ja')}引きの", f"with {money(amount, currency, 'en')} off"


def _percent(value: object, _: str) -> tuple[str, str]:
    shown = number(Decimal(str(value)))
    return (
        (f"{shown}%割引の", f"with {article(shown)} {shown}% discount")
        if value
        else ("割引のない", "without a discount")
    )


def _marked(value: object, _: str) -> tuple[str, str]:
    return _marks(value, [], "タグ", "tagged") if value else ("タグのない", "without tags")


def _quoted(ja: str, en: str) -> Callable[[object, str], tuple[str, str]]:
    return lambda value, _: (ja.format(value), en.format(value))


OFFER_WORDS: tuple[tuple[str, str, Callable[[object, str], tuple[str, str]]], ...] = (
    ("category", "category", _quoted("カテゴリー「{}」の", 'in the category "{}"')),
    ("brand", "brand", _quoted("ブランド「{}」の", 'of the brand "{}"')),
    ("offer_id", "id", _quoted("IDが「{}」の", "with the id {}")),
    ("offer_tags", "tags", _marked),
    ("price", "price", _priced),
    ("amount_off", "discount_amount", _off),
    ("percent_off", "discount_percent", _percent),
    ("margin_percent", "margin_percent", _quoted("粗利{}%の", "with a margin of {}%")),
    ("in_stock", "in_stock", lambda value, _: ("在庫のある", "in stock") if value else ("在庫のない", "out of stock")),
)


def clock(at: datetime, zone: str) -> Text:
    """An instant on a wall clock: 「11月24日（火）20時59分」, "at 20:59 on Tuesday 24 November"."""
    local = at.astimezone(known_zone(zone))
    day_en = f"{WEEKDAYS_EN[local.weekday()]} {local.day} {MONTHS_EN[local.month - 1]}"
    return Text(
        ja=f"{local.month}月{local.day}日（{WEEKDAYS_JA[local.weekday()]}）{local.hour}時{local.minute:02d}分の",
        en=f"at {local:%H:%M} on {day_en}",
    )


def nth(count: int) -> str:
    """An ordinal in English: third, 1,000th."""
    if count < len(SMALL):
        return SMALL[count]
    ending = "th" if 10 <= count % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count:,}{ending}"


def article(words: str) -> str:
    """a, or an before a vowel as it is spoken."""
    return "an" if VOWEL.match(words) else "a"
