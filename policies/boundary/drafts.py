"""Drafts: short copy for each type of rule, some that it should block and some that it should pass."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from domain.language import Text
from domain.message import Message
from domain.sender import Sender
from policies.boundary.setting import Setting
from policies.rules.claim_evidence import ClaimEvidence
from policies.rules.forbidden_phrase import ForbiddenPhrase
from policies.rules.label import Label
from policies.rules.length import PARTS_JA, UNITS_JA, Length
from policies.rules.required_phrase import DISCLOSURES, RequiredPhrase
from policies.rules.tone import Tone
from policies.wording import listed, number

SENDER = Sender(
    name=Text(ja="見本百貨店", en="Mihon Department Store"),
    legal_name=Text(ja="株式会社見本百貨店", en="Mihon Department Store Co., Ltd."),
    address=Text(ja="〒100-0000 東京都千代田区見本町1-2-3", en="1-2-3 Mihoncho, Chiyoda-ku, Tokyo 100-0000, Japan"),
    phone="0120-000-000",
    hours=Text(ja="10時〜18時", en="10:00 to 18:00"),
    site="https://shop.example.com",
)
"""Who writes the examples, for rules that ask for a sender."""
PARTS: Mapping[str, tuple[str, ...]] = {
    "email": ("subject", "preheader", "text"),
    "push": ("title", "body"),
    "web": ("title", "body"),
    "ad": ("title", "body"),
    "signage": ("title", "body"),
}
BODY = ("body", "text")
PLAIN = {"ja": "新しいコートが入りました。", "en": "The new coats are here."}
LONGEST_SHOWN = 40

Draft = tuple[Mapping[str | None, str], Text]
"""The words of each part, None for all others; and what a marketer would say of them."""

WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "claim_evidence": {
        "ja": (
            *("日本一のコートです。", "効果を保証します。", "必ず痩せます。", "医師も推奨しています。"),
            *("他社より安いです。", "カシミヤ製です。", "送料無料でお届けします。"),
        ),
        "en": (
            *("The best coat in Japan.", "Guaranteed results.", "Lose weight fast.", "Recommended by doctors."),
            *("Cheaper than any competitor.", "Made of pure silk.", "Free shipping on everything."),
        ),
    },
    "sensitive_attribute": {
        "ja": (
            *("最近よく眠れていないご様子ですね。", "ご懐妊おめでとうございます。", "ご年収に合わせてお選びしました。"),
            *("お客様の信仰に合わせてお選びしました。", "お客様の性的指向に合わせてお選びしました。"),
            *("離婚されたとうかがいました。", "ご逝去と伺いました。", "お客様の国籍に合わせてお選びしました。"),
            *("お客様の犯罪歴に配慮しました。", "ご年齢に合わせてお選びしました。", "うつ病と診断されたあなたへ。"),
        ),
        "en": (
            *("You do not seem to be sleeping well.", "Congratulations on your pregnancy!"),
            *("We chose this to suit your income.", "We chose this to suit your religion."),
            *("We chose this to suit your sexuality.", "We heard about your divorce."),
            *("We are sorry for the death of your father.", "We chose this to suit your nationality."),
            *(
                "We took your criminal record into account.",
                "Since your diagnosis, you need rest.",
                "At your age, comfort matters.",
            ),
        ),
    },
    "creepiness": {
        "ja": ("昨夜23時42分に、このページを3回ご覧になりましたね。", "今、銀座店の前にいらっしゃいますね。"),
        "en": ("You looked at this page three times at 11:42 last night.", "You are standing outside our Ginza store."),
    },
    "grounding": {
        "ja": ("いまだけ4,980円です。", "価格は5,000円です。"),
        "en": ("Only ¥4,980 now.", "The price is ¥5,000."),
    },
    "pii_leak": {
        "ja": ("お問い合わせは taro.yamada@mail.example.org へ。", "090-1234-5678までお電話ください。"),
        "en": ("Write to taro.yamada@mail.example.org.", "Call 090-1234-5678."),
    },
    "url_allow": {
        "ja": ("くわしくは https://other-site.example.net/ へ。", "くわしくは https://shop.example.com/ へ。"),
        "en": ("See https://other-site.example.net/ for more.", "See https://shop.example.com/ for more."),
    },
    "language": {
        "ja": ("Our new winter coats are here, and you can try them on in all of our stores.",),
        "en": ("新しい冬のコートが入りましたので、お店でぜひお試しください。",),
    },
}


def drafts(rule: Any, language: str) -> list[Draft]:
    """Copy for the rule in one language, the plain sentence last."""
    make = MAKERS.get(rule.type)
    made = list(make(rule, language)) if make else []
    made += [saying(words) for words in WORDS.get(rule.type, {}).get(language, ())]
    if rule.type not in ("length", "required_phrase", "label", "tone"):
        made.append(saying(PLAIN[language]))
    return made


def saying(words: str, part: str | None = None) -> Draft:
    """Copy with these words, in every part or in one."""
    shown = words if len(words) <= LONGEST_SHOWN * 2 else f"{words[: LONGEST_SHOWN * 2 - 1]}…"
    where = ("", "") if part is None else (f"{PARTS_JA[part]}に", f" in the {part}")
    return {part: words}, Text(ja=f"{where[0]}「{shown}」と書いた", en=f'that says "{shown}"{where[1]}')


def _forbidden(rule: ForbiddenPhrase, language: str) -> Iterator[Draft]:
    for words in rule.phrases[:2]:
        yield saying(words, rule.part)
    for words in rule.exceptions[:1]:
        yield saying(words, rule.part)


def _claims(rule: ClaimEvidence, language: str) -> Iterator[Draft]:
    yield from (saying(words) for words in rule.phrases[:1])


def _lengths(rule: Length, language: str) -> Iterator[Draft]:
    letter = "あ" if language == "ja" and rule.unit != "bytes" else "a"
    alone, joined = (70, 67) if language == "ja" else (160, 153)
    most = rule.max if rule.unit != "segments" else alone if rule.max == 1 else joined * rule.max
    unit_ja = UNITS_JA[rule.unit] if rule.unit == "bytes" else "文字"
    for length in (most - 1, most, most + 1):
        unit_en = f"{'byte' if rule.unit == 'bytes' else 'character'}{'' if length == 1 else 's'}"
        if length:
            yield (
                {rule.part: letter * length},
                Text(
                    ja=f"{PARTS_JA[rule.part]}が{number(length)}{unit_ja}の",
                    en=f"whose {rule.part} has {number(length)} {unit_en}",
                ),
            )


def _required(rule: RequiredPhrase, language: str) -> Iterator[Draft]:
    plain = PLAIN[language]
    wanted = [*rule.phrases[:1]] if rule.any_of else [*rule.phrases]
    told = [DISCLOSURES[one] for one in rule.disclosures]
    ja = "・".join([f"「{words}」" for words in wanted] + [one for one, _ in told])
    en = listed([f'"{words}"' for words in wanted] + [one for _, one in told], "en")
    foot = [text for one in rule.disclosures for text in _footer(one, language)]
    words = " ".join([*wanted, plain] if rule.position != "end" else [plain, *wanted])
    whole = "\n".join([words, *foot]) if rule.position != "end" else "\n".join([*foot, words])
    yield {None: whole}, Text(ja=f"{ja}を入れた", en=f"that carries {en}")
    yield {None: plain}, Text(ja=f"{ja}のない", en=f"without {en}")


def _footer(disclosure: str, language: str) -> tuple[str, ...]:
    match disclosure:
        case "sender_name":
            return (SENDER.legal_name.either(language),)
        case "sender_address":
            return (SENDER.address.either(language),)
        case "sender_contact":
            return (SENDER.phone,)
        case _:
            return ("配信停止はこちら" if language == "ja" else "Unsubscribe here",)


def _labels(rule: Label, language: str) -> Iterator[Draft]:
    plain = PLAIN[language]
    word = rule.words[0] if language == "ja" else rule.words[-1]
    yield {None: f"{word}: {plain}"}, Text(ja=f"「{word}」ではじまる", en=f'that begins with "{word}"')
    yield {None: plain}, Text(ja=f"「{word}」などの表示のない", en=f'without a label such as "{word}"')


def _toned(rule: Tone, language: str) -> Iterator[Draft]:
    if rule.polite_share is not None:
        yield saying("新しいコートが入った。ぜひ見てほしい。")
        yield saying(PLAIN["ja"])
    for most, sign in ((rule.emoji_max, "🎁"), (rule.exclamations_max, "！" if language == "ja" else "!")):
        if most is not None:
            stem = PLAIN[language][:-1]
            yield {BODY_OF_ALL: stem + sign * (most + 1)}, _signs(sign, most + 1)
            yield {BODY_OF_ALL: stem + sign * most}, _signs(sign, most)


BODY_OF_ALL = "body"


def _signs(sign: str, count: int) -> Text:
    return Text(ja=f"「{sign}」が{count}個の", en=f'with {count} "{sign}"')


MAKERS: Mapping[str, Callable[[Any, str], Iterator[Draft]]] = {
    "forbidden_phrase": _forbidden,
    "claim_evidence": _claims,
    "length": _lengths,
    "required_phrase": _required,
    "label": _labels,
    "tone": _toned,
}


def written(setting: Setting, draft: Mapping[str | None, str], language: str) -> Message | None:
    """The draft as a message of its channel; None where the channel has no such part."""
    names = PARTS.get(setting.channel, ("body",))
    fields: dict[str, str] = {}
    for part, words in draft.items():
        placed = names if part is None else [name for name in names if name == part or (part in BODY and name in BODY)]
        if not placed:
            return None
        fields |= dict.fromkeys(placed, words)
    rest = {name: PLAIN["ja" if language == "ja" else "en"] for name in names if name not in fields}
    quiet = {} if None in draft else {name: "—" for name in rest}
    return Message.model_validate({"channel": setting.channel, "language": language, **rest, **quiet, **fields})
