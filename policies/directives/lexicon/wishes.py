"""Wishes: the figures, events and orders that marketers write when they want something done; patterns."""

from policies.directives.wish import Event

KPIS = {
    "winback_rate": r"復帰率|掘り起こし率|win-?back rate|reactivation rate",
    "open_rate": r"開封率|open rate|opens\b",
    "click_rate": r"クリック率|クリック数|ctr|click(?:-through)? rate|clicks\b",
    "conversion_rate": r"コンバージョン率|転換率|購入率|cvr|conversion(?:s| rate)?",
    "repeat_rate": r"リピート率|再購入率|f2転換率|repeat (?:rate|purchases?)|retention",
    "churn_rate": r"離反率|解約率|退会率|churn",
    "unsubscribe_rate": r"配信停止率|オプトアウト率|unsubscribe rate|unsubscribes\b",
    "visits": r"来店(?:数|率|者数)|来訪|アクセス数|store visits?|visits\b|footfall|traffic",
    "revenue": r"売り?上げ?|売上高|客単価|revenue|sales\b|turnover|basket size|order value",
    "orders": r"注文数|購入数|受注|orders\b|purchases\b",
    "subscribers": r"会員数|登録者数|友だち数|subscribers|sign-?ups|members\b",
}
"""What a goal is measured by."""
AIM = (
    r"上げたい|上げて|上げる|増やし|増やす|伸ばし|伸ばす|高め|下げたい|下げて|下げる|減らし|減らす|改善|達成|"
    r"目指|目標|したい|にする"
    r"|\b(?:raise|increase|improve|grow|boost|lift|reduce|lower|cut|reach|hit|achieve|want|goal|target|aim|drive)\b"
)
PREFER = (
    r"優先|イチ押し|イチオシ|いち押し|一押し|前面に|推して|推し出|先に(?:案内|紹介|提案|見せ|出)|を中心に|メインに"
    r"|\b(?:favou?r|feature|push|promote|put|show|recommend)\b.{0,40}\b(?:first|ahead|mainly|above all)\b"
    r"|\b(?:prioriti[sz]e|focus on|lead with)\b|\bpriority to\b"
)
ORDER = (
    r"送(?:って|る|り|れ|ろう|信し)|配(?:って|る|布し|信し)|知らせ|案内し|ご案内|連絡し|届け|出して|見せて|"
    r"表示し|お祝い"
    r"|提案し|紹介し|すすめて|勧めて|電話し|通知し|流して|打って"
    r"|\b(?:send|hand out|give|offer|show|tell|invite|remind|email|text|push|call|message|notify|greet|thank|"
    r"recommend|promote|announce|share|ask|follow up|contact|reach out)\b"
)
EVENTS: tuple[tuple[Event, str], ...] = (
    (
        "no_purchase",
        r"(?:買|購入|注文)[^。、]{0,6}(?:ない|なし)|未購入|(?:not|n't|never) (?:bought|purchased|ordered|shopped)"
        r"|without (?:a purchase|buying|an order)",
    ),
    (
        "no_visit",
        r"(?:来店|ログイン|アクセス|利用|訪問|開い)[^。、]{0,6}ない|(?:not|n't|never) (?:visited|opened|"
        r"logged in|been )"
        r"|without (?:a visit|visiting)",
    ),
    ("cart", r"カート|カゴ|かご|\bcarts?\b|\bbaskets?\b"),
    ("birthday", r"誕生日|誕生月|バースデ|birthday"),
    ("rain", r"雨|\brain"),
    ("restock", r"再入荷|入荷|在庫が戻|back in stock|restock"),
    ("signup", r"登録し|入会し|会員になっ|友だち追加|sign(?:ed|s)? up|\bjoin(?:ed|s)?\b|registered"),
    ("view", r"見た|閲覧|チェックした|viewed|looked at|browsed"),
    ("purchase", r"(?:買|購入|注文|お買い上げ)[^。、]{0,4}(?:た|後)|bought|purchased|ordered|after a purchase"),
    ("visit", r"来店し|訪れ|visited"),
)
"""What sets a scene off; the first that fits."""
SPAN = (
    r"(?P<n>\d+|[一二三四五六七八九十]|\b(?:an?|one|two|three|four|five|six|seven|ten|thirty)\b)\s?"
    r"(?P<unit>分|時間|日|週|か月|ヶ月|カ月|minute|hour|day|week|month)"
)
IN_DAYS = {
    "分": 1 / 1440,
    "時間": 1 / 24,
    "日": 1.0,
    "週": 7.0,
    "か月": 30.0,
    "ヶ月": 30.0,
    "カ月": 30.0,
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1.0,
    "week": 7.0,
    "month": 30.0,
}
URGENT = (
    r"至急|緊急|今すぐ|いますぐ|直ちに|ただちに|すぐに?止|即(?:時|座)"
    r"|\b(?:immediately|right now|right away|at once|urgent(?:ly)?|asap)\b"
)
