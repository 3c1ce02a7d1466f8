"""Innocent numbers: figures that claim nothing: 第2弾, 24時間受付, 一人ひとり, 5 tips, one of a kind."""

import re

from policies.inspection.numerals import ENGLISH_NUMBER
from policies.inspection.token import Pattern, Place

ABSTRACT_JA = (
    "視点|ポイント|コツ|こつ|理由|方法|ステップ|手順|特長|特徴|アイデア|楽しみ方|工夫|ヒント|レシピ|習慣|秘密|約束"
    "|こだわり|場面"
    "|シーン|選び方|使い方|淹れ方|食べ方|着こなし|質問|魅力"
)
ABSTRACT_EN = (
    "ways?|tips|steps?|reasons?|ideas|things|secrets|hints|questions|recipes|looks|outfits|rules|lessons|myths|mistakes"
    "|thoughts|stories|favou?rites|words|moments|cheers|(?:deep )?breaths?|thumbs up|wishes|smiles|dreams"
)
THINGS = (
    "つ|人|日|杯|枚|品|着|足|冊|本|通|度|点|回|皿|口|輪|袋|箱|個|年|晩|夜|か所|箇所|週間|週末|歩|言|息|パック|セット"
    "|缶|瓶|包|粒"
    "|滴|台|匹|席|曲|軒|ページ|名|件|種|色|組|式|束|切れ|さじ|つまみ|貫|膳|着目|対"
)
PROMISED = r"限|買|無料|まで|以内|間?保証|間限|間無料|で(?:届|お届|発送|仕上|完成|到着)|位|番人気|分の"
"""What makes even a single one a claim: 一年保証, 1日で届く."""

INNOCENT = "|".join(
    (
        r"(?:24|二十四)時間(?:365日)?(?=[、,・/\s]?(?:受付|受け付け|対応|営業|年中|いつでも|体制|お申|オンライン|ご注文|ご利用"
        r"|お買"
        r"|オープン|365))",
        r"24/7|24 hours a day|365 days a year|(?:7|seven) days a week|twenty-four hours a day|24時間[、・]?365日"
        r"|365日(?!間)",
        r"(?:20|18|二十|十八)歳(?:未満|以上|から|になってから|を過ぎてから)|(?:under|over) (?:18|20|21)\b|(?:18|20"
        r"|21) (?:or|and) (?:over|older)",
        rf"(?:\d{{1,2}}|[二三四五六七八九十])(?:つの|の|か条の)(?:{ABSTRACT_JA})|\d{{1,2}}選(?!手|択)|[2-9](?:つ|番|杯"
        rf"|枚|品|皿)目(?!.{{0,2}}(?:半額|無料|割|50%))",
        rf"(?:top )?(?:{ENGLISH_NUMBER}|\d{{1,2}}) (?:of our )?(?:simple |easy |good |quick |small |favou?rite |best "
        rf"|more )?(?:{ABSTRACT_EN})\b",
        rf"(?<!残り)(?<!あと)(?<!限定)(?<!先着)(?<!在庫)(?<!最後の)(?:一|1)(?:{THINGS}|人ひとり|人一人)(?!{PROMISED})",
        r"一(?:期一会|緒|方|般|部|層|新|段|気|生|覧|瞬|目|致|味|切|番(?!人気|売)|休み|足先|手間|時(?!間)|石二鳥|から十"
        r"|汁|服|角|面|体|助|役|流|律|級(?!品)|興|際|環)",
        r"(?:お|ご家族|仲間|友人|大人|親子)?[二三四五六七八九2-9]人(?=の(?!方|専|プロ|職)|で(?!選|作|開)|に(?!1|一|2"
        r"|選)|暮らし|家族|用の?食|乗り|組|分の?(?:食|料|お)|とも|、|。|$)|十人十色|二人三脚|(?:100|百)点満点|千本桜"
        r"|八百屋|三日月|十分(?!間|以内|前|後)",
        r"二(?:枚目|枚貝|段構え|度(?=と|寝|手間|目)|の次|者択一|日酔い)|三(?:つ(?:編み|折り|星|葉)|日坊主|寒四温"
        r"|度(?=の飯|目)|位一体|拍子|色団子|角|枚おろし|温糖|段重)|四(?:つ葉|角|方|六時中|苦八苦|季|国|万十)"
        r"|五(?:感|分五分|穀|目|月晴|つ葉)|六(?:角|本木)|七(?:味|転び八起き|福|夕|五三|つ道具|分丈|色)|八(?:角|方|宝菜"
        r"|重桜|分目)|九州|十(?:五夜|三夜|中八九)"
        r"|百(?:貨|発百中|人一首|戦)|千(?:鳥|差万別|客万来|枚漬|代)|万(?:全|年筆|能|病|が一|一)"
        r"|(?<![\d〇一二三四五六七八九十百千])万人(?=に|が|の|受け)|二つ(?:折り|返事|とない)|腹八分",
        r"[一二三四五六七八九十]重|三重県|一泊二日|百人百様|二つの(?:耳|目|手|瞳|足)|百年先|千年の都|十人いれば|十通り"
        r"|三人寄れば|四つ角|七つの海"
        r"|二度(?:おいし|楽し)|1泊2日|二十四節気|半(?!額|値|分|減)|[3三]時のおやつ|おやつの[3三]時|(?:10"
        r"|十)時のおやつ",
        r"(?<![\d.])(?:[48]k|[23]d|[2-9]way|[24]wd)\b|5g(?=対応|通信|スマ| ready| network| phone)"
        r"|[2-4][ -]?in[ -]?[1-9]\b|50/50|360(?:度|°|[ -]degrees?)(?! celsius)|100点満点|(?<!\d)1:1(?!\d)",
        r"(?:19|20)?\d0年代|(?:19|20)?\d0'?s\b|\d\d(?:aw|ss|fw)\b|\d{1,2}(?:st|nd|rd|th) (?:century|edition|floor"
        r"|generation)|(?:\d{1,2}|[一二三四五六七八九十]{1,3})世紀",
        r"(?:take|high) five|24[- ]hour (?:help ?line|hotline|service|support|reception|care|desk)|1[-, ]+2[-, ]+3\b"
        r"|3, 2, 1\b"
        r"|one, two, three|(?:two|three|four|2|3|4)-(?:tone|way|legged|leaf|letter|word)\b|cloud nine|square one"
        r"|nine lives|seven seas|five senses|four (?:seasons|corners)"
        r"|ten out of ten|10 out of 10|10/10",
        r"for (?:two|three|four) (?:people|friends|lovers)|take (?:ten|10|five|5|fifteen|15|twenty|20|thirty"
        r"|30) minutes|two (?:hands|minds|birds|cents|worlds|left feet)|forty winks|a (?:million|thousand) thanks"
        r"|thanks a million"
        r"|(?:one )?in a (?:million|thousand|hundred)"
        r"|a (?:hundred|thousand|million) (?:suppers|meals|dinners|breakfasts|memories|possibilities|uses|wishes|smiles"
        r"|dreams|stories|ways|reasons|times|kisses|little things)\b",
        r"(?:100 ?%|one hundred percent) (?:ready|you|yours|sure|happy|worth it|calm|cosy|cozy)\b",
        r"nine to five|third time|zero waste|two of a kind|(?:half|a million) (?:the )?(?:fun|battle|miles)",
        r"(?:数|何)(?:日|回|分|種|々|年)",
    )
)
NUMBERED = re.compile(
    r"(?:\b(?:vol(?:ume)?|part|issue|chapter|season|episode|series|step|version|ver|lesson|day|page|figure|q)\.? ?|第"
    r"|その|ステップ|パート"
    r"|シリーズ|※|注|手順|バージョン|レッスン|方法|コツ|ポイント)\s?$"
)
SCARCE = re.compile(r"(?:残り?|あと|限定|先着|在庫|抽選で|only|just|last|left)\s?(?:の)?$")
INSIDE_WORD = re.compile(r"[a-z]-?$")
LISTED_BEFORE, LISTED_AFTER = re.compile(r"(?:^|[\s(。])$"), re.compile(r"[.)．、:](?!\d)")
HIGHEST_LISTED = 20
OUT_OF = re.compile(r"(?:out of|/|点満点中|段階中) ?$")
POINTED = re.compile(r"\b(?:the|these|those|us|you|our|your|both|all|or|square|round|chapter|part) $")
WAITING = re.compile(
    r"-?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b|[ -](?:is|are|was|were|can|will|makes?|has"
    r"|have|of (?:us|you|our|the|my|a kind)\b|or\b|to\b|at a time|from\b|at\b|on\b|with\b|by (?:two|one)|and\b|in\b)|$"
    r"|[.,!?;:)]|[-–—]? ?$"
)


def nothing(place: Place) -> None:
    """An innocent number says nothing."""


def claims_nothing(place: Place) -> bool:
    """Whether a figure only numbers, names or lists."""
    before, after, text = place.before, place.after, place.text.strip()
    if NUMBERED.search(before) or INSIDE_WORD.search(before):
        return True
    if text.isdigit() and _is_listed(place):
        return True
    if text in ("5", "10", "100", "five", "ten") and OUT_OF.search(before):
        return True
    if text in ("one", "1", "一") and not SCARCE.search(before):
        return text == "one" or bool(re.match(rf"(?:{THINGS})(?!{PROMISED})", after))
    return False


def _is_listed(place: Place) -> bool:
    """1. Boil, 2) Pour, (3) Wait."""
    start = place.found.start()
    if int(place.text) > HIGHEST_LISTED or not LISTED_BEFORE.search(place.line[max(0, start - 1) : start]):
        return False
    return bool(LISTED_AFTER.match(place.after))


def word_claims(place: Place) -> bool:
    """Whether an English number word counts something: `two cups`, not `the two of you` or `a cup or two`."""
    if POINTED.search(place.before) and not re.match(
        r"[ -](?:more )?(?:hour|day|week|month|minute|year|star|time)", place.after
    ):
        return False
    return not WAITING.match(place.after) and bool(re.match(r"[ -][a-z]", place.after))


PATTERNS: tuple[Pattern, ...] = (("innocent", f"(?:{INNOCENT})", nothing),)
