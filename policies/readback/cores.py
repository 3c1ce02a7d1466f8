"""Cores: the sentence of each type of rule, and how it is heard as its fields: to whom, when and how often."""

import re

from policies.daily import DAYS_EN, NAMED_EN, NAMED_JA, WEEKDAYS
from policies.periodic import EACH_EN, EACH_JA
from policies.readback.cores_of_copy import COPY
from policies.readback.cores_of_offers import OFFERS
from policies.readback.kinds import figure, heard_channels
from policies.readback.listening import (
    BY_EN,
    BY_JA,
    CLOCK,
    COUNT,
    MESSAGES,
    NUMBER,
    Core,
    Fields,
    core,
    flags,
    spoken,
    whole,
)
from policies.readback.marks import MANY, all_unquoted
from policies.readback.scenes import scene_called
from policies.readback.whom import heard_whom
from policies.readback.windows import EACH, heard_window
from policies.rules.priority import KINDS_JA
from policies.wording import CHANNELS_EN, CHANNELS_JA, WEEKDAYS_JA

EVERY_JA, EVERY_EN = "|".join(EACH_JA.values()), "|".join(EACH_EN.values())
DAYS = {
    "ja": r"平日|土日|[月火水木金土日](?:・[月火水木金土日])*曜日",
    "en": rf"on (?:weekdays|weekends|(?:(?:, | and )?(?:{'|'.join(DAYS_EN)}))+)",
}
HOURS = {
    "ja": rf"(?:(?P<days>{DAYS['ja']})の)?(?P<start>{CLOCK})〜(?P<end>{CLOCK})",
    "en": rf"from (?P<start>{CLOCK}) to (?P<end>{CLOCK})(?: (?P<days>{DAYS['en']}))?",
}
BARE = {language: re.sub(r"\(\?P<\w+>", "(?:", pattern) for language, pattern in HOURS.items()}


def _weekdays(words: str | None) -> Fields:
    if not words:
        return {}
    for named in (NAMED_JA, {days: f"on {name}" for days, name in NAMED_EN.items()}):
        for days, name in named.items():
            if words == name:
                return {"days": [WEEKDAYS[day] for day in days]}
    chosen = [one for place, one in enumerate(WEEKDAYS) if DAYS_EN[place] in words]
    if words.endswith("曜日"):
        chosen = [one for place, one in enumerate(WEEKDAYS) if WEEKDAYS_JA[place] in words.removesuffix("曜日")]
    return {"days": chosen}


def _clock(words: str) -> str:
    return "00:00" if words == "24:00" else words


def _daily(found: re.Match[str]) -> Fields:
    return {"start": _clock(found["start"]), "end": _clock(found["end"]), **_weekdays(found["days"])}


def _quiet(found: re.Match[str], language: str) -> Fields:
    holidays: Fields = {"holidays": True} if found["holidays"] else {}
    return {**_daily(found), **holidays, **spoken(found, language)}


KEPT = {
    "（祝日を除く）": "forbid",
    "（祝日だけ）": "only",
    ", national holidays excepted": "forbid",
    ", and only on national holidays": "only",
}


def _window(found: re.Match[str], language: str) -> Fields:
    windows = [_daily(one) for one in re.finditer(HOURS[language], found["hours"])]
    kept: Fields = {"holidays": KEPT[found["kept"]]} if found["kept"] else {}
    return {"windows": windows, **kept, **spoken(found, language)}


def _on_holidays(found: re.Match[str], language: str) -> Fields:
    return {
        "holidays": "only" if "だけ" in found["kept"] or found["kept"] == "only" else "forbid",
        **spoken(found, language),
    }


def _cap(found: re.Match[str], language: str) -> Fields:
    return {"max": whole(found["max"]), "window": heard_window(found["each"], language), **spoken(found, language)}


def _gap(found: re.Match[str], language: str) -> Fields:
    units = {"日": "days", "時間": "hours", "分": "minutes"}
    unit = found["unit"]
    name = units[unit] if language == "ja" else f"{unit.removesuffix('s')}s"
    return {name: whole(found["count"]), **spoken(found, language)}


def _volume(found: re.Match[str], language: str) -> Fields:
    table = EACH_JA if language == "ja" else EACH_EN
    per = next(period for period, words in table.items() if words == found["each"])
    return {"max": whole(found["max"]), "per": per, **spoken(found, language)}


def _share(found: re.Match[str], language: str) -> Fields:
    return {"share": float(figure(found["share"]) / 100)}


def _exclusive(found: re.Match[str], language: str) -> Fields:
    return {"window": heard_window(found["each"], language)}


def _suppressed(found: re.Match[str], language: str) -> Fields:
    return {name: list(all_unquoted(words)) for name, words in found.groupdict().items() if words}


def _excluded(found: re.Match[str], language: str) -> Fields:
    return {"audience": heard_whom(found["whom"], language)}


def _allowed(found: re.Match[str], language: str) -> Fields:
    return {"allow": heard_channels(found["by"], language)}


def _denied(found: re.Match[str], language: str) -> Fields:
    return {"deny": heard_channels(found["by"], language)}


def _order(words: str, language: str) -> list[str]:
    if language == "ja":
        return words.removeprefix("まず").removesuffix("を選びます").removesuffix("の順に選びます").split("、")
    first, *others = words.split(", then ")
    return [first.removesuffix(" first"), *others]


def _channel_order(found: re.Match[str], language: str) -> Fields:
    table = CHANNELS_JA if language == "ja" else CHANNELS_EN
    back = {name: channel for channel, name in table.items()}
    return {"order": [back.get(name, name) for name in _order(found["order"], language)]}


def _scene_order(found: re.Match[str], language: str) -> Fields:
    said = all_unquoted(re.sub(r"、|まず|を選びます|の順に選びます|, then | first", "", found["order"]))
    return {"scenes": [scene_called(one) for one in said]}


def _kind_order(found: re.Match[str], language: str) -> Fields:
    names = {name: kind for kind, name in KINDS_JA.items()}
    order = _order(found["order"], language)
    return {"kinds": [names.get(name, name.replace(" ", "_")) for name in order]}


SENDING: tuple[Core, ...] = (
    core(
        "consent",
        rf"(?:{BY_JA}の)?配信を断られたお客様には送りません。",
        rf"Nothing is sent(?: by {BY_EN})? after a customer said no\.",
        flags(needs="no_refusal"),
    ),
    core(
        "consent",
        rf"(?:配信|{BY_JA})の同意をいただいたお客様にだけ送ります。",
        rf"Only customers who agreed(?: to {BY_EN})? are contacted\.",
        flags(needs="yes"),
    ),
    core(
        "suppression",
        rf"配信除外：(?:タグ(?P<tags>{MANY['ja']})のあるお客様)?(?:と(?=セ)|)(?:セグメント(?P<segments>{MANY['ja']})のお客様)?には送りません。",
        rf"Do not contact: nothing is sent to (?:customers tagged (?P<tags>{MANY['en']}))?(?:, nor to )?"
        rf"(?:customers in the segment (?P<segments>{MANY['en']}))?\.",
        _suppressed,
    ),
    core(
        "audience_exclusion",
        r"配信対象から除きます：(?P<whom>.+)。",
        r"Excluded from the audience: (?P<whom>.+)\.",
        _excluded,
    ),
    core(
        "holdout",
        rf"比較用の非配信グループ：お客様の(?P<share>{NUMBER})%には配信せず、効果を比べます。",
        rf"Comparison group: (?P<share>{NUMBER})% of customers get nothing, so that the effect can be measured\.",
        _share,
    ),
    core(
        "quiet_hours",
        rf"配信禁止時間：{HOURS['ja']}(?P<holidays>と祝日)?は(?:{BY_JA}を)?配信しません。",
        rf"Quiet hours: nothing is sent(?: by {BY_EN})? {HOURS['en']}(?P<holidays>, nor on national holidays)?\.",
        _quiet,
    ),
    core(
        "send_window",
        rf"配信時間帯：(?:{BY_JA}は)?祝日(?P<kept>にだけ配信します|には配信しません)。",
        rf"Send window: messages are sent(?: by {BY_EN})? (?P<kept>only|never) on national holidays\.",
        _on_holidays,
    ),
    core(
        "send_window",
        rf"配信時間帯：(?:{BY_JA}は)?(?P<hours>{BARE['ja']}(?:、{BARE['ja']})*)(?P<kept>（祝日を除く）|（祝日だけ）)?にだけ配信します。",
        rf"Send window: messages are sent(?: by {BY_EN})? only (?P<hours>{BARE['en']}(?:(?:, | and ){BARE['en']})*)"
        r"(?P<kept>, national holidays excepted|, and only on national holidays)?\.",
        _window,
    ),
    core(
        "frequency_cap",
        rf"配信上限：(?:{BY_JA}は)?(?P<each>{EACH['ja']})に(?P<max>{COUNT})[通回]まで。",
        rf"Frequency cap: at most (?P<max>{COUNT}) {MESSAGES} (?P<each>{EACH['en']})\.",
        _cap,
    ),
    core(
        "frequency_cap",
        rf"(?:メッセージ|{BY_JA})は配信しません。",
        rf"No {MESSAGES} are sent\.",
        flags(max=0),
    ),
    core(
        "min_gap",
        rf"配信間隔：(?:{BY_JA}は)?前の配信から(?P<count>{COUNT})(?P<unit>日|時間|分)以上あけます。",
        rf"Minimum gap: at least (?P<count>{COUNT}) (?P<unit>days?|hours?|minutes?) between 2 {MESSAGES}\.",
        _gap,
    ),
    core(
        "volume_cap",
        rf"全体の配信上限：(?:{BY_JA}は)?(?P<each>{EVERY_JA})(?P<max>{COUNT})通まで。",
        rf"Volume cap: at most (?P<max>{COUNT}) messages?(?: by {BY_EN})? (?P<each>{EVERY_EN})"
        r", to all customers together\.",
        _volume,
    ),
    core(
        "exclusivity",
        rf"併用不可：(?P<each>{EACH['ja']})に、.+はどれかひとつだけ。",
        rf"Exclusive: a customer gets only one of .+ (?P<each>{EACH['en']})\.",
        _exclusive,
    ),
    core("channel_permit", rf"使うチャネルは{BY_JA}だけです。", rf"Only {BY_EN} may be used\.", _allowed),
    core("channel_permit", rf"{BY_JA}では送りません。", rf"Nothing is sent by {BY_EN}\.", _denied),
    core(
        "channel_priority",
        r"チャネルの優先順位：(?P<order>.+)。",
        r"Channel priority: (?P<order>.+)\.",
        _channel_order,
    ),
    core("priority", r"施策の優先順位：(?P<order>まず「.+|「.+)。", r'Priority: (?P<order>".+)\.', _scene_order),
    core("priority", r"オファーの優先順位：(?P<order>.+)。", r"Priority: (?P<order>[^\"]+)\.", _kind_order),
)
CORES: tuple[Core, ...] = (*SENDING, *OFFERS, *COPY)
