"""Unclear words: terms nobody defined, with the readings to choose from, and bounds without a number."""

UNDEFINED = {
    "best": "優良顧客|優良なお客様|優良会員|優良客|優良層|上得意|上得意様|お得意様|お得意さま|得意客|得意先|"
    "上客|常連|常連客|常連のお客様|コアファン|ファン|ファン層|ロイヤル層の上位|重要顧客|重要なお客様|"
    "重点顧客|重点客|大切なお客様|大事なお客様|最重要顧客|特別なお客様|上位顧客|上位層|トップ顧客|"
    "リピーター|リピート客|リピート顧客"
    "|best customers|our best customers|top customers|our top customers|good customers|valuable "
    "customers|most valuable customers|important customers|key accounts|key customers|strategic "
    "accounts|the strategic accounts|strategic customers|regulars|regular customers|our regulars|fans|"
    "our fans|special customers|core customers|favourite customers|preferred customers|repeat "
    "customers|repeat buyers|top-tier customers|top tier|important clients|frequent buyers|frequent "
    "shoppers|loyal fans|superfans",
    "value": "高額購入者|高額顧客|高単価顧客|高単価層|ヘビーユーザー|ヘビー層|ハイエンド|ハイエンド層|富裕層|"
    "大口|大口顧客|大口客|ライトユーザー|ライト層|高ltv|ltvの高い|購入額の多い|高頻度購入者|太客|"
    "低単価層|優待客"
    "|high-value customers|high value customers|high-value|big spenders|heavy users|heavy buyers|"
    "whales|the whales|high spenders|high rollers|wealthy customers|low-value customers|light users|"
    "high-end customers|high-end|bargain hunters|deal hunters|price-sensitive customers|high-ltv "
    "customers",
    "bought": "recent buyers|recent purchasers|recent customers|buyers|purchasers",
    "young": "若い人|若者|若年層|若い世代|若いお客様|若い方|若手|学生|z世代|young people|"
    "youngsters|young customers|younger customers|the young|students|gen z|millennials|youths|teenagers|teens|"
    "young folks|younger people",
    "old": "高齢者|高齢の方|高齢のお客様|ご高齢|ご年配|年配の方|シニア|シニア層|シニア世代|中高年|年配のお客様|seniors|"
    "senior customers|elderly|the elderly|elderly customers|older customers|older people|the old|boomers|pensioners|"
    "retirees|senior citizens",
    "child": "子ども|子供|お子様|children|kids",
    "adult": "大人|adults",
    "keen": "関心の高い|興味のある|反応の良い|反応のいい|温度感の高い|ホットな|エンゲージメントの高い|"
    "engaged customers|"
    "interested customers|hot leads|warm leads|responsive customers|highly engaged customers",
    "cool": "反応のない|反応がない|反応の薄い|エンゲージメントの低い|unengaged customers|unresponsive customers|"
    "fatigued customers|non-openers|disengaged customers",
    "interest": "sensitive customers|sensitive people|difficult customers|problem customers",
    "usual": "いつもの|通常の条件|規定の|所定の|既定の|例の|従来どおり|従来通り|これまでどおり|これまで通り|"
    "前回と同じ|前回同様|先月と同じ|昨年と同じ|例年どおり|例年通り|標準の|一定の|usual|the usual|as "
    "usual|agreed|the agreed|agreed range|standard|standard amount|normal|the normal|as before|same "
    "as last time|like last time|the same as before|the customary|customary|established",
}
SAME = (
    "同じカテゴリ|同じカテゴリー|同じ商品|同じオファー|同じブランド|同じ施策|同じ内容|同じクーポン|"
    "同じ文面|同じ件名|同一カテゴリ|同一カテゴリー|同一商品|同一オファー|同一ブランド|同一施策|"
    "同一内容|"
    "カテゴリごと|カテゴリーごと|商品ごと|ブランドごと|施策ごと|キャンペーンごと|the same offer|the "
    "same product|the same category|the same coupon|the same brand|the same campaign|the same content|"
    "same offer|same product|same category|same coupon|same brand|same campaign|per category|per "
    "product|per offer|per brand|per campaign|per coupon|each category|each product|each offer|each "
    "brand|each campaign|"
    "on their birthday|on their birthdays|on the customer's birthday|on a customer's birthday|on "
    "birthdays|誕生日に|誕生日には|誕生日当日|誕生日の当日|お誕生日に|お誕生日には|誕生月に|"
    "誕生月には"
)
"""What would have to be compared from message to message, or with a customer's own dates: no rule can hold it yet."""
VAGUE = (
    "ほどほど|ほどほどに|適度|適度な|適度に|適切|適切な|適切に|適当|適当な|適当に|控えめ|控えめに|"
    "少なめ|少なめに|多め|多めに|送りすぎ|送り過ぎ|送り過ぎない|送りすぎない|やりすぎ|過度|過度な|"
    "過剰|過剰な|頻繁|頻繁に|頻繁な|あまり|しつこく|しつこい|しょっちゅう|たまに|ときどき|時々|"
    "たびたび|度々|何度も|何回も|何通も|数回|数通|数本|数日|数時間|数週間|数件|いくつか|十分|十分に|"
    "十分な|なにか|良い感じ|いい感じ|よしなに|うまく|いい具合|常識的な|常識の範囲|妥当|妥当な|大幅|"
    "大幅な|大きな|大きく|高すぎる|安すぎる|低め|高め|やや|少し|ちょっと|多少|かなり|すごく|とても|"
    "非常に"
    "|夜遅く|夜遅い|夜分|夜分遅く|遅い時間|遅い時間帯|深夜|深夜帯|夜中|早朝|朝早く|朝早い|早い時間|"
    "早い時間帯|夜間|夜|日中|昼間|朝|夕方|夕方以降|午前中|午後|深夜早朝|非常識な時間|迷惑な時間|"
    "迷惑にならない|ゴールデンタイム|ランチタイム|お昼時|休み明け|年末年始|お盆|gw|ゴールデンウィーク|"
    "連休|大型連休|長期休暇|繁忙期|閑散期|月末|月初|月中|週明け|営業時間|営業時間内|営業時間中|"
    "業務時間|業務時間内|就業時間|セール期間|セール期間中|キャンペーン期間|キャンペーン期間中|"
    "シーズン|冬|夏|春|秋|しばらく|しばらくの間|当面|当面の間|当分|当分の間|原則|原則として|基本的に|"
    "基本|一般に|通常は|通常|場合によって|状況に応じて|必要に応じて|臨機応変に|適宜|随時|柔軟に|"
    "可及的速やかに|できるだけ早く|長すぎる|短すぎる|長すぎない|かもしれません|かもしれない|かも|検討|"
    "検討中|検討する|たぶん|おそらく|多分|一部|一部の|多く|多くの|大半|ほとんど|ある程度|もっと|"
    "より良い|気をつけて|気を付けて|注意|注意して|配慮|配慮して|慎重に|慎重"
    "|too often|too much|too many|too frequently|frequently|often|a lot|lots|many|few|a few|several|a "
    "couple|a couple of|some|reasonable|reasonably|sensible|sensibly|moderate|moderately|moderation|"
    "modest|modestly|appropriate|appropriately|suitable|excessive|excessively|generous|large|big|huge|"
    "small|high|low|enough|sufficient|sufficiently|occasionally|sometimes|rarely|seldom|now and then|"
    "once in a while|from time to time|late at night|very late|late|late evening|late in the evening|"
    "late-night|early|early morning|too early|too late|at night|night|nights|nighttime|night-time|"
    "overnight|in the evening|evening|evenings|in the morning|morning|mornings|afternoon|afternoons|"
    "daytime|the daytime|small hours|the small hours|unsocial hours|odd hours|unreasonable hours|"
    "office hours|business hours|working hours|opening hours|the holidays|holiday season|the holiday "
    "season|festive season|the festive season|peak season|busy season|sale period|the sale|for now|"
    "for the time being|for a while|as a rule|in principle|generally|normally|usually|in general|"
    "typically|mostly|by and large|as appropriate|as needed|if necessary|when necessary|as soon as "
    "possible|soon|maybe|perhaps|possibly|might|sort of|kind of|careful|carefully|be careful|annoy|"
    "annoying|overdo|overdo it|spam|pester|spammy|aggressive|aggressively|within reason|decent|good "
    "time|right time|quite|very|really|rather late|mealtimes|meal times|dinner time|lunchtime|lunch "
    "time|too long|too short|conservative|conservatively|considerate|some of|most of|certain|a bit|"
    "slightly|sparingly|in moderation|every so often|lightly|with care|excess|overly"
)
