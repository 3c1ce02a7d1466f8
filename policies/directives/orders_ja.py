"""Orders in Japanese: 購入後14日間, 直近3日以内に購入した, 90日以上購入のない."""

import re

from policies.directives.amounts import N
from policies.directives.purchase import AFTER, BOUGHT, NOBODY_YET, Read, bounded, days_in, read

STARTS = frozenset("購注買お御最直過こ前ごす未まい今既以商何一半0123456789二三四五六七八九十百")
SPAN = rf"(?:(?P<n>{N})\s?(?P<unit>時間|日|週間?|[かヶカヵケ]月|年)|(?P<half>半年))(?P<during>間)?"
BUY = "(?:[ご御]?購入|[ご御]?注文|お?買い上げ|お?買い物|お?買物)"
THINGS = "の?(?:商品|品|アイテム|製品|もの|物|カテゴリ|ブランド)"
WHOSE = rf"(?!{THINGS})(?=[^はをがに、。]{{0,12}}(?:お客|客|顧客|会員|方|人|ユーザー?|者|皆様|場合|とき|際|層))"
"""People follow, and not what they bought."""
DID = (
    r"(?:が|の)(?:あった|ある|あり)|(?:履歴|歴|実績)(?:の|が)?(?:ある|あり)|をした|をされた|した|された|"
    r"して(?:いる|いただいた|くださった|くれた)|いただいた|くださった|済みの?|済の?"
)
DID_NOT = (
    r"(?:履歴|歴|実績)?(?:が|の|は)?(?:ない|無い|なかった|なし)|を?(?:し|され)て(?:い)?ない|を?(?:し|され)なかった|"
    r"いただ(?:いて(?:い)?ない|けていない)|して(?:いただいて|くださって)いない|したこと(?:が|の)ない"
)
BOUGHT_BY = rf"(?:(?:{BUY}(?:{DID})|買った)(?:こと(?:が|の)ある)?{WHOSE}|{BUY}の?(?:者|客|顧客|(?=お客|方)))"
NOT_BOUGHT_BY = rf"(?:(?:{BUY}(?:{DID_NOT})|買って(?:い)?ない|買わなかった){WHOSE})"
LATELY = r"(?P<lately>(?:直近|過去|最近|ここ|この)の?\s?)"
LAST = "(?:最後の|最終|直近の|前回の|最新の)"
NEVER = "(?:一度も|1度も|1回も|一切|何も|まったく|全く|商品を|、)*"
ONCE = "(?:一度でも|1度でも|1回でも|商品を|、)*"
NO_EXPERIENCE = rf"(?:買った|買い物をした|{BUY}を?した|{BUY}の?)(?:こと|経験|履歴|歴|実績)(?:が|の)?(?:ない|無い|なし)"
NEVER_DID = (
    rf"(?:(?:これまで|今まで|いままで|まだ|過去)(?:に|、)?)?"
    rf"(?:(?:一度も|1度も|1回も|一回も)(?:商品を)?(?:{NO_EXPERIENCE}|{BUY}(?:{DID_NOT})|買って(?:い)?ない)|{NO_EXPERIENCE}|未購入)"
)
NEVER_BOUGHT = re.compile(rf"{NEVER_DID}(?:の|である)?{WHOSE}")
WITHOUT = re.compile(
    rf"{LATELY}?{SPAN}(?P<bound>以上|超|を超えて|以内)?(?:の間|にわたって|にわたり|に|は|も|で)?{NEVER}{NOT_BOUGHT_BY}"
)
AGO = re.compile(rf"{SPAN}(?P<bound>以上前|より前|より以前|超前)に(?:最後に)?{BOUGHT_BY}")
WITHIN = re.compile(
    rf"{LATELY}?{SPAN}(?P<bound>以内|未満)?"
    rf"(?:の間に|の間で|のうちに|のあいだに|間に|中に|内に|に|で|の)?{ONCE}{BOUGHT_BY}"
)
SILENT = re.compile(
    rf"{BUY}(?:が|の)?{SPAN}(?P<bound>以上)も?"
    rf"(?:ない|無い|なかった|途絶えている|途絶えた|空いている|空いた|あいている){WHOSE}"
)
DATED = re.compile(rf"{LAST}{BUY}日?(?:が|は)?{SPAN}(?P<bound>以内|未満|以上前|より前|超前)(?!{THINGS})")
SINCE = re.compile(
    rf"(?:注文したことがあって|商品を|何か)?{LAST}?{BUY}日?(?:をして|して|いただいて|されて)?"
    rf"(?:後|から|より|した後|したあと|のあと|の後|された後|以降)(?:は、?|、|の)?(?:最初の)?"
    rf"(?:(?P<low>\d+)日以上(?:かつ|、)?)?{SPAN}"
)
PASSED = "(?:経過した|経過している|経った|経っている|たった|たっている)"
BANDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?:以上)?(?:が)?(?:経つ|たつ|経過する|過ぎる|すぎる)まで(?:の間)?"), "below"),
    (re.compile(r"(?:以上)?(?:が|も)?(?:経って|たって|経過して|過ぎて|空いて|あいて)(?:い)?ない"), "below"),
    (re.compile(rf"(?:以上|以降)(?:が)?(?:{PASSED}|過ぎた|過ぎている|空いた|空いている|あいた)?"), "at_least"),
    (re.compile(r"(?:が|を)?(?:過ぎた|すぎた|超えた|越えた|過ぎている|超えている)|超(?:えた)?"), "above"),
    (re.compile(rf"が?{PASSED}"), "at_least"),
    (re.compile(r"以内|まで"), "at_most"),
    (re.compile(r"未満|に満たない"), "below"),
)
"""What may follow 購入から30日; where nothing does, it is the stretch itself."""
ANOTHER = re.compile(
    rf"{THINGS}|目|後|前|ごと|おき|毎|で|に(?!は)|以|より|くらい|ぐらい|程度|ほど|"
    r"\s?[\d一二三四五六七八九十]"
)
"""What makes another thing of a stretch after a purchase: a day, a pace, the goods themselves."""
LASTS = re.compile(r"は|も|、|。|の間|のうち|\s|$")
"""What follows a stretch that does not say 間."""
BEFORE = re.compile(r"(?:^|[\s、。,:;・()「*\-#>]|[はにも]|(?:お客様|お客さま|顧客|会員|方|代)[がので])$")
"""What a purchase may stand behind and still be any purchase: not 初回購入, 食品の購入, 店舗で購入."""
AT_SOME_TIME = re.compile(
    rf"(?:最近|直近で|直近の|以前に?|過去に|すでに|既に|一度)?{BOUGHT_BY}|{BUY}後の(?=お客|方|顧客|会員)"
)
EVENT = re.compile(rf"{BUY}後(?=は|に|、)")


def ordered(text: str, at: int) -> Read:
    """How long ago the last order was, in the words that begin here."""
    if not BEFORE.search(text[max(0, at - 4) : at]):
        return None
    for pattern in (WITHOUT, AGO, WITHIN, SILENT, DATED):
        if found := pattern.match(text, at):
            bound = _bound(pattern, found)
            return read(found.end(), bounded(**{bound: _length(found)})) if bound else None
    if found := NEVER_BOUGHT.match(text, at):
        return found.end(), NOBODY_YET
    return _since(text, at) or _undated(text, at)


def _length(found: re.Match[str]) -> float | None:
    return 180.0 if found["half"] else days_in(found["n"], found["unit"])


def _bound(pattern: re.Pattern[str], found: re.Match[str]) -> str | None:
    """Which side of the stretch is meant; "nothing in the last 90 days" is the opposite of "something" in them."""
    word = found["bound"]
    if pattern is WITHOUT:
        within = word == "以内" or (found["lately"] and word is None)
        return "above" if within or word in ("超", "を超えて") else "at_least"
    if pattern is WITHIN and word is None:
        return "at_most" if found["lately"] else None
    return {"以内": "at_most", "未満": "below", "以上": "at_least", "以上前": "at_least"}.get(word, "above")


def _since(text: str, at: int) -> Read:
    """購入から30日以内, 購入後14日間, 購入から30日を過ぎた."""
    found = SINCE.match(text, at)
    if found is None:
        return None
    end, low = found.end(), {"at_least": float(found["low"])} if found["low"] else {}
    for pattern, name in BANDS:
        if band := pattern.match(text, end):
            another = re.match(THINGS, text[band.end() :])
            return None if another else read(band.end(), bounded(**low, **{name: _length(found)}))
    during = found["during"] or (found["unit"] or "").endswith("間")
    if low or ANOTHER.match(text, end) or not (during or LASTS.match(text, end)):
        return None
    return read(end, bounded(below=_length(found)))


def _undated(text: str, at: int) -> Read:
    """購入したお客様, 購入後は: nobody says how long ago, or for how long."""
    if found := AT_SOME_TIME.match(text, at):
        return found.end(), (BOUGHT,)
    found = EVENT.match(text, at)
    return (found.end(), AFTER) if found else None
