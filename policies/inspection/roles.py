"""Roles: what an amount of money is of, by the words beside it: a price, an earlier one, a saving, carriage."""

import re
from decimal import Decimal

from policies.inspection.numerals import number
from policies.inspection.token import NOTHING, Fit, Place, Role

PIECES = "つ|個|点|本|枚|袋|箱|品|着|足|缶|瓶|杯|包|パック|セット|台|冊|錠|粒|名|人"
OFF = (
    r"\s?(?:の)?(?:off\b|オフ|引き?(?!き続)|割引|値引|ディスカウント|お得|おトク|お安|安く|安い|discount|less\b"
    r"|savings?\b"
    r"|cheaper|rebate|saved\b|お求めやす|お手頃|値下げ|プライスダウン)"
)
SAVING = re.compile(
    r"(?:\b(?:sav(?:e|ing|es)|discount(?:ed)?(?: of| by)?|tak(?:e|ing)|knock(?:ed)?|cut by|reduced by)"
    r"(?: up to| an extra| another| an additional)?|割引率?は?|値引き?は?|割引[::])\s?(?:最大)?(?:a |one[- ])?$"
)
WAS_BEFORE = re.compile(
    r"(?:\b(?:was|were|reg\.?|regular(?:ly)?(?: price)?|usual(?:ly)?|list(?:ed)?(?: price)?(?: of| at)?|normally"
    r"|originally"
    r"|rrp|msrp|down from|instead of|not|reduced from|compare at|retails? (?:at|for)|before|worth|vs\.?)"
    r"|通常(?:価格)?|定価|[元本]の?(?:値|価格)|もとの価格|希望小売価格|参考価格|メーカー価格|以前は|普段は?|本来は?"
    r"|(?:セール|割引)前)"
    r"[はがの::]?\s?$"
)
WAS_AFTER = re.compile(
    r"\s?(?:\((?:tax included|税込)\))?\s?(?:→|⇒|->|=>|のところ|相当|value\b|が、?(?:今なら|今だけ"
    r"|[\d,万千]+円)"
    r"|の[^。、\n円]{1,22}?[がを]、?[^。\n]{0,14}?[\d,万千]+円|の(?:品|商品|もの)(?:が|を)"
    r"|(?:[a-z]+ ){1,3}(?:for|now) (?:only |just )?[$€£¥\d]|[$€£¥]\d|から[\d,万千]+円(?:\(税込\))?(?:に|へ))"
)
STRUCK = re.compile("\u2e28[^\u2e29]*$")
"""Words that are struck through, as text.seen marks them."""
RANGE_BEFORE, RANGE_AFTER = re.compile(r"\bfrom $"), re.compile(r" (?:down )?to [$€£¥\d]")
BELOW_BEFORE = re.compile(r"\b(?:under|below|less than|sub|no more than|not even|cheaper than|within)[ -]$")
BELOW_AFTER = re.compile(r"(?:以下|以内|未満|を切|で、?お釣|で、?おつり|を下回|もしない|あれば)")
ABOUT_BEFORE = re.compile(
    r"(?:約|およそ|ほぼ|だいたい|おおよそ|\b(?:about|around|roughly|approx(?:imately|\.)?|nearly|almost|just under"
    r"|just over)\s?|~)$"
)
ABOUT_AFTER = re.compile(r"\s?(?:ほど|程度|ぐらい|くらい|前後|[弱強](?!い|く|力)|or so\b)")
SHIPPING = re.compile(
    r"(?:送料|配送料|お届け料|shipping|delivery|postage)(?:[はがも::]|\s?(?:is|costs|for|fee(?: is)?"
    r"|of))?\s?(?:一律)?\s?$"
)
SHIPPING_AFTER = re.compile(r"(?:の送料|の配送料| (?:shipping|delivery|postage)\b)")
MONTHLY_BEFORE = re.compile(r"(?:月々|毎月|月額|monthly )$")
MONTHLY_AFTER = re.compile(r"\s?(?:per month|a month|/\s?mo|monthly|/月|ずつ)")
FLOOR_BEFORE, FLOOR_AFTER = (
    re.compile(r"\b(?:over|above|at least|spend|orders of) $"),
    re.compile(r"\s?(?:以上|or more)"),
)
GAP_AHEAD = re.compile(
    r"(?:会員|ランク|ステータス|送料無料|gold|silver|platinum|status|tier|member)[^。.!?\d]{0,12}(?:あと|just|only"
    r"|another) ?$"
)
MORE = re.compile(r" (?:more|away|short)\b")
GAP_BEFORE, GAP_AFTER = (
    re.compile(r"(?:あと|もう|another|just|only|spend)\s?$"),
    re.compile(
        r"(?:で|の|分の|、|\s).*(?:会員|ランク|ステータス|送料無料|\b(?:gold|silver|platinum|premium|status|tier|rank"
        r"|member|away|to go|more)\b)"
    ),
)
TAX_IN = re.compile(
    r"\s?[(\[]?(?:税込|税金込|込み|tax[- ]included|incl(?:\.|uding|usive)? (?:of )?(?:tax|vat|gst)|with tax|inc\. vat)"
)
TAX_OUT = re.compile(
    r"\s?[(\[]?(?:税抜|税別|\+\s?(?:消費)?税|(?:と|に)?別途(?:消費)?税|本体価格|(?:plus|before|excl(?:\.|uding"
    r"|usive)?(?: of)?|without|\+|ex\.?) ?(?:sales )?(?:tax|vat|gst))"
)
TAX_IN_BEFORE = re.compile(r"(?:税込み?(?:価格)?|tax[- ]included(?: price)?)[はで::]?\s?$")
TAX_OUT_BEFORE = re.compile(r"(?:税抜き?(?:価格)?|税別|本体(?:価格)?)[はで::]?\s?$")
EACH_BEFORE = re.compile(
    rf"(?:(?:1|一|ひと)(?:{PIECES})(?:あたり|当たり|につき|なら|分)?[はがで]?|毎)(?:約|およそ|わずか|たった)?$"
)
EACH_AFTER = re.compile(
    r" ?(?:per|a|an|/) ?(?!(?:box|pack|set|case|month|year|pair|kit|bundle)\b)[a-z]{2,}\b| ?/ ?(?:個|本|枚|袋|杯|包)"
)
OUTER = re.compile(r"(?:1|一|ひと)(?:箱|パック|セット|袋)(?:あたり|当たり|につき|なら|分)?[はがで]?$")
GIVEN_BACK = re.compile(
    r"\s?(?:分|相当)?(?:の|を|が)?(?:ポイント|還元|キャッシュバック|戻|points|cash ?back|back\b|in points)"
)


def is_cut(place: Place, stated: str | None) -> bool:
    """Whether the figure is taken off a price, by the words after or before it."""
    return bool(stated or SAVING.search(place.before)) and not GIVEN_BACK.match(place.after)


def fit_of(place: Place) -> Fit | None:
    """How near the figure claims to be."""
    before, after = place.before, place.after
    if ABOUT_BEFORE.search(before) or ABOUT_AFTER.match(after):
        return "about"
    return "below" if BELOW_BEFORE.search(before) or BELOW_AFTER.match(after) else None


def role_of(place: Place) -> Role | None:
    """What the amount is of; None where nothing beside it says so."""
    before, after = place.before, place.after
    if SHIPPING.search(before) or SHIPPING_AFTER.match(after):
        return "shipping"
    if GAP_AHEAD.search(before) or (GAP_AFTER.match(after) and (GAP_BEFORE.search(before) or MORE.match(after))):
        return "gap"
    if MONTHLY_BEFORE.search(before) or MONTHLY_AFTER.match(after):
        return "monthly"
    if FLOOR_BEFORE.search(before) or FLOOR_AFTER.match(after):
        return "floor"
    if GIVEN_BACK.match(after):
        return "back"
    if STRUCK.search(before):
        return "was"
    turned = RANGE_BEFORE.search(before) and RANGE_AFTER.match(after)
    return "was" if turned or WAS_BEFORE.search(before) or WAS_AFTER.match(after) else None


def tax_of(place: Place) -> bool | None:
    """Whether the words beside an amount say that tax is in it, or is not."""
    before, after = place.before, place.after
    if TAX_OUT.match(after) or TAX_OUT_BEFORE.search(before):
        return False
    return True if TAX_IN.match(after) or TAX_IN_BEFORE.search(before) else None


def pieces_of(place: Place) -> Decimal:
    """For how many pieces the amount is asked: 1 where it says `per piece`, nothing where it says no number."""
    if place["bj"] or place["be"]:
        return number(place["bj"] or place["be"] or "")
    each = EACH_BEFORE.search(place.before) or EACH_AFTER.match(place.after)
    return Decimal(1) if each and not OUTER.search(place.before) else NOTHING
