"""Near words: what harmless remarks about a reader sound like, and words that name one."""

from collections.abc import Mapping
from typing import Literal

Near = Literal["saved", "cart", "told", "bought", "attended", "birthday", "usual", "viewed", "figures"]

NEAR_JA: Mapping[Near, str] = {
    "saved": (
        r"(?:お気に入り|ほしいもの|欲しいもの|ウィッシュリスト)(?:に|の(?![^。\n]{0,4}(?:一|場所|時間|"
        r"一着|一杯|カップ))|へ|リスト)[^。\n]{0,10}(?:入れ|登録|追加|いただ|くださ|コート|商品|品)|"
        r"お気に入りの(?=.{1,12}(?:が|は)[^。\n]{0,12}(?:入荷|値下|%|OFF|off|対象))|"
        r"再入荷のお知らせをご希望"
    ),
    "cart": r"(?:カート|カゴ|かご|バスケット)(?:の中|に|へ|の商品|内)",
    "told": (
        r"(?:うかがって(?:い|お)|伺って(?:い|お)|お伺いし(?:て|まし)|お聞かせ(?:いただ[いき]|くださ(?:った|り))|"
        r"アンケート(?:で|に|へ)[^。\n]{0,10}?(?:お答え|ご回答|お聞き)?(?:いただ[いき]|くださ(?:った|り)|"
        r"になった)|ご登録(?:いただ|の(?:好み|お好み|"
        r"興味|予定|ご希望))|お好きとのこと|お好きとおっしゃ|お答えいただ(?:い|き)た)"
    ),
    "bought": (
        r"(?:先日|以前|先月|昨年|去年|前回|この前|この間)[^。\n]{0,10}(?:お求め|お買い上げ|ご購入|"
        r"お買い物|ご注文|お選び)|お求めに?なった|(?:お買い上げ|ご購入|お求め)(?:いただいた|くださった|"
        r"の(?:際|商品|品))"
    ),
    "attended": (
        r"(?:ウェビナー|セミナー|展示会|イベント|催し|ブース|講座|ワークショップ)[^。\n]{0,14}(?:ご参加|"
        r"お越し|ご来場|いただ(?:い|き)|での?ご質問)|(?:いただいた|お寄せの|お寄せいただいた)ご質問|"
        r"ご質問(?:いただ(?:い|き)|の「)|先日はご来店|先日はお越し"
    ),
    "birthday": r"お誕生(?:月|日)(?:の|おめで|を|に|、)",
    "usual": (
        r"いつも(?:ご利用|お使い|お求め|お買い物)(?:の|いただいている|"
        r"くださる)(?!いただきありが)[^。\n、]{1,10}(?:店|品|商品)?"
    ),
    "viewed": (
        r"(?:ご覧になった|ご覧いただいた|閲覧され?た|チェックされた|見ていた|最近見た|お探しだった|"
        r"検索された)(?!あと|後|方|際|うえ|上で|とき|時|場合)[^。\n、]{1,8}"
    ),
    "figures": (
        r"(?:お持ちの|現在の|あなたの|保有|残高|ご利用可能な?|たまった|"
        r"貯まった)[^。\n]{0,4}[\d,]+ ?(?:ポイント|pt|マイル)|[\d,]+ ?(?:ポイント|pt|マイル)(?:が|は|を|"
        r"も)?[^。\n]{0,6}(?:お持ち|失効|残|まもなく|期限|有効|貯ま|たま)|(?:ポイント|マイル)(?:残高|"
        r"数)?(?:は|が|：|:)\s?[\d,]+|あと[\d,]+円[^。\n]{0,16}(?:会員|ランク|ステージ|ゴールド|シルバー|"
        r"プレミアム|昇格)"
    ),
}
NEAR_EN: Mapping[Near, str] = {
    "saved": (
        r"\byou(?:'ve| have)? (?:saved|favou?rited|bookmarked|liked|wish-?listed)|\byour (?:saved|"
        r"wish-?list|favou?rites?(?: list)?)\b|\bon your (?:list|wish ?list)\b|"
        r"\byou asked (?:us )?to (?:be told|tell you|let you know)"
    ),
    "cart": (
        r"\b(?:your|in your|the) (?:shopping )?(?:cart|basket|bag) (?:is|are|has|still|was|waiting|just|"
        r"as)|\b(?:in|to) your (?:shopping )?(?:cart|basket|bag)\b|\byour (?:shopping )?(?:cart|basket)\b"
    ),
    "told": (
        r"\byou (?:once )?(?:told|mentioned(?: to)?|said to|wrote to|let) us\b|\byou(?:'ve|"
        r" have)? (?:mentioned|said) (?:that )?you|\byou like(?:d)? [\w ]{1,20}, you (?:told|said)|"
        r"\bin (?:our|the|your) survey\b|\byour (?:answers|preferences|survey)\b"
    ),
    "bought": (
        r"\byou(?:'ve| have)? (?:recently |last |just |already )?(?:bought|purchased|ordered)\b|"
        r"\byour (?:recent|last|latest|previous) (?:order|purchase)\b|\bsince you bought\b"
    ),
    "attended": (
        r"\byou(?:'ve| have)? (?:asked|attended|joined|came to|took part|raised)\b|\byour question\b|"
        r"\b(?:joining|attending|coming to) (?:our|the) (?:webinar|event|seminar|workshop|fair|booth)\b"
    ),
    "birthday": r"\byour birthday\b|\bhappy birthday\b",
    "usual": r"\byour (?:usual|regular|local|favou?rite) (?:store|shop|branch)\b|\b\w+, your usual\b",
    "viewed": (
        r"\byou(?:'ve| have)?(?: recently| just| lately)? (?:viewed|looked at|browsed|checked out|"
        r"been (?:viewing|browsing|looking at))|\b(?:recently|last) viewed\b|\byou were (?:looking at|"
        r"browsing|viewing)"
    ),
    "figures": (
        r"\byour [\d,]+ (?:points|miles|pts)\b|\byou(?:'ve| have| still have|'ve got)?(?: got|"
        r" earned)? [\d,]+ (?:\w+ )?(?:points|miles|pts)\b|\b(?:points|miles) balance\b[^.\n]{0,12}\d|"
        r"[\d,]+ (?:\w+ )?(?:points|miles)[^.\n]{0,16}(?:expire|left|remaining|valid)|(?:[$¥€£][\d,.]+|"
        r"[\d,]+ (?:yen|dollars)) more[^.\n]{0,24}(?:gold|silver|premium|platinum|rank|tier|status|member)"
    ),
}
NAMED_JA = (
    r"(?<![会員お客皆者生主族親孫童元先王仏神各方奥嬢婿手殿上同仕模多])[^\s、。「」（）!！?？:：客員皆]{1,8}(?<!お子)(?<!お客)(?<!皆)(?<!オーナー)(?<!ユーザー)(?<!メンバー)(?<!会員)(?<!ご主人)(?<!お母)(?<!お父)様(?!々|"
    r""
    r"子|式|相|態|変|な|に)(?=[、。,\s！!のへにがはを]|$)"
)
NAMED_EN = (
    r"\b(?:mr|mrs|ms|miss|dr)\.? [a-z]+|\bdear (?!customers?\b|guests?\b|members?\b|all\b|friends?\b|"
    r"visitors?\b|shoppers?\b)[a-z]+|^(?:hi|hello),? (?!there\b|all\b|everyone\b|tokyo\b)[a-z]+[,!]"
)
