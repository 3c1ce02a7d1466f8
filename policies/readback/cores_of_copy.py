"""Cores of copy: what is written and how, heard as the fields of the rules about it."""

import re

from policies.readback.listening import BY_EN, BY_JA, COUNT, Core, Fields, core, named_in, only, spoken, whole
from policies.readback.marks import QUOTED, all_unquoted, cut, unquoted
from policies.rules.claim_evidence import CONCEPT_NAMES
from policies.rules.length import PARTS_JA, UNITS_EN, UNITS_JA
from policies.rules.required_phrase import DISCLOSURES
from policies.rules.sensitive_attribute import TOPIC_NAMES


def _forbidden(found: re.Match[str], language: str) -> Fields:
    return {"phrases": list(all_unquoted(found["phrases"]))}


def _mixed(words: list[str], names: dict[str, tuple[str, str]], language: str) -> tuple[list[str], list[str]]:
    """Quoted words, and what is called by the others."""
    quotes = [unquoted(word) for word in words if word[:1] in ("「", '"')]
    return quotes, [named_in(word, names, language) for word in words if word[:1] not in ("「", '"')]


def _required(found: re.Match[str], language: str) -> Fields:
    phrases, told = _mixed(cut(found["words"], "、" if language == "ja" else " and "), DISCLOSURES, language)
    return {"phrases": phrases, "disclosures": told}


def _claims(found: re.Match[str], language: str) -> Fields:
    words = cut(found["words"], "、" if language == "ja" else ", ") if found["words"] else []
    if language == "en":
        words = _rejoined(words)
    phrases, concepts = _mixed(words, CONCEPT_NAMES, language)
    return {"phrases": phrases, "concepts": concepts}


def _rejoined(words: list[str]) -> list[str]:
    """Names that hold a comma of their own are put together again."""
    names = {en for _, en in CONCEPT_NAMES.values()}
    found: list[str] = []
    for word in words:
        if found and found[-1][:1] != '"' and found[-1] not in names:
            found[-1] = f"{found[-1]}, {word}"
        else:
            found.append(word)
    return found


def _topics(found: re.Match[str], language: str) -> Fields:
    rest, topics = found["topics"], []
    names = {pair[0 if language == "ja" else 1]: topic for topic, pair in TOPIC_NAMES.items()}
    while rest:
        name = max((one for one in names if rest.startswith(one)), key=len, default=None)
        if name is None:
            raise ValueError(f"{rest!r} is no topic")
        topics.append(names[name])
        rest = rest.removeprefix(name).removeprefix("・").removeprefix(", ")
    return {"topics": topics}


def _length(found: re.Match[str], language: str) -> Fields:
    if language == "ja":
        part = next(one for one, name in PARTS_JA.items() if name == found["part"])
        unit = next(one for one, name in UNITS_JA.items() if name == found["unit"])
    else:
        part = found["part"]
        unit = next(one for one, name in UNITS_EN.items() if found["unit"] in (name, f"{name}s"))
    return {"part": part, "unit": unit, "max": whole(found["max"]), **spoken(found, language)}


def _tone(found: re.Match[str], language: str) -> Fields:
    counts = {"emoji_max": found["emoji"], "exclamations_max": found["marks"]}
    polite: Fields = {"polite_share": POLITE} if found["polite"] else {}
    return {**polite, **{name: whole(words) for name, words in counts.items() if words}}


POLITE = 0.9
"""The share of polite sentences where only politeness is asked for."""
PARTS = "|".join(sorted(PARTS_JA.values(), key=len, reverse=True))
UNITS = "|".join(UNITS_EN.values())
COPY: tuple[Core, ...] = (
    core(
        "forbidden_phrase",
        rf"(?P<phrases>(?:{QUOTED['ja']})+)(?:など)?は使いません。",
        rf"Copy never says (?P<phrases>{QUOTED['en']}(?:, {QUOTED['en']})*)(?: and the like)?\.",
        _forbidden,
    ),
    core("required_phrase", r"(?P<words>.+)を必ず入れます。", r"Every message carries (?P<words>.+)\.", _required),
    core(
        "claim_evidence",
        r"根拠のない表現は使いません（(?P<words>.*)）。",
        r"No claims without proof: (?P<words>.*)\.",
        _claims,
    ),
    core(
        "sensitive_attribute",
        r"お客様の(?P<topics>.*)には触れません。",
        r"Copy never touches the reader's (?P<topics>.*)\.",
        _topics,
    ),
    core(
        "length",
        rf"(?:{BY_JA}の)?(?P<part>{PARTS})は(?P<max>{COUNT})(?P<unit>{'|'.join(UNITS_JA.values())})まで。",
        rf"The (?P<part>{'|'.join(PARTS_JA)})(?: on {BY_EN})? has at most (?P<max>{COUNT}) (?P<unit>(?:{UNITS})s?)\.",
        _length,
    ),
    core(
        "grounding",
        r"数字・価格・割引・日付は、オファーとお客様の情報にあるものだけを書きます。税込価格には「税込」と書きます。",
        r"Numbers, prices, discounts and dates are written only where they are facts\. Prices with tax say so\.",
        only(tax="stated"),
    ),
    core(
        "grounding",
        r"数字・価格・割引・日付は、オファーとお客様の情報にあるものだけを書きます。",
        r"Numbers, prices, discounts and dates are written only where they are facts\.",
        only(),
    ),
    core(
        "url_allow",
        r"リンクは自社とオファーのサイトだけにつなぎます。",
        r"Links lead only to our own site and the offer's\.",
        only(),
    ),
    core(
        "pii_leak",
        r"ほかの方の連絡先や名前は書きません。",
        r"Copy never carries names or contact details of other people\.",
        only(),
    ),
    core("language", r"お客様の言語で書きます。", r"Copy is written in the customer's language\.", only()),
    core(
        "creepiness",
        rf"見張っているように書きません。お客様についての一言は、一通に(?P<most>{COUNT})つまでです。",
        rf"Copy never sounds as if watching; personal remarks a message: at most (?P<most>{COUNT})\.",
        lambda found, language: {"most": whole(found["most"])},
    ),
    core(
        "label",
        rf"最初の(?P<within>{COUNT})文字以内に{QUOTED['ja']}などの表示を入れます。",
        rf"A label such as {QUOTED['en']} stands within the first (?P<within>{COUNT}) characters\.",
        lambda found, language: {"within": whole(found["within"])},
    ),
    core(
        "tone",
        r"(?:文体の決まりです)?(?P<polite>です・ます調で書きます)?、?"
        rf"(?:絵文字は(?P<emoji>{COUNT})個まで)?、?(?:！は(?P<marks>{COUNT})個まで)?。",
        r"(?:A matter of style)?(?P<polite>Japanese copy is polite)?(?:; )?"
        rf"(?:[aA]t most (?P<emoji>{COUNT}) emoji)?(?:; )?(?:[aA]t most (?P<marks>{COUNT}) exclamation marks)?\.",
        _tone,
    ),
)
