"""Unspoken: what a message may rest on but never word, with the words that would tell it in both languages."""

from collections.abc import Mapping

THINGS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "pricing_page": (
        "料金ページ|料金のページ|料金表ページ|料金表のページ|価格ページ|価格のページ|価格表のページ|プライシングページ"
        "|pricing page|pricing pages|price page|prices page|the pricing page|our pricing page",
        ("料金ページ", "料金のページ", "料金表のページ", "価格ページ", "価格のページ", "pricing page", "price page"),
    ),
    "cancellation_page": (
        "解約ページ|解約のページ|退会ページ|退会のページ|解約手続きページ|解約手続きのページ"
        "|cancellation page|cancellation pages|cancelation page|cancel page",
        ("解約ページ", "解約のページ", "退会ページ", "退会のページ", "cancellation page", "cancelation page"),
    ),
    "lead_score": (
        "リードスコア|リードのスコア|関心度|関心度の点数|関心度スコア|見込み度|見込み度スコア"
        "|lead score|lead scores|lead scoring|engagement score|engagement scores|propensity score|propensity scores",
        (
            "リードスコア",
            "関心度",
            "見込み度",
            "lead score",
            "lead scoring",
            "engagement score",
            "propensity score",
        ),
    ),
}
"""For each thing, how it is named in a directive, and what copy that words it would have to say."""
TRACES = (
    "閲覧|閲覧回数|閲覧の回数|閲覧したこと|閲覧したという事実|閲覧の事実|閲覧があったこと|閲覧された|アクセス|アクセスしたこと|訪問|"
    "訪問したこと|訪れたこと|を見た|を見たこと|を見ている|を見ていること|を見られた|を見られたこと|を見てくださった|をご覧|"
    "をご覧になった|をご覧になったこと|をご覧いただいた|をご覧いただいたこと|を開いたこと|の回数|があったこと|の点数|"
    "に来たこと|visit|visits|visiting|visited|view|views|viewing|viewed|having visited|have visited|has visited|"
    "looked at|look at|browsed|seen|opened|page views|hits"
)
"""What was done with such a thing: whoever does not word the thing does not word this either."""
NEAR = (
    "閲覧履歴|閲覧の履歴|閲覧記録|閲覧の記録|行動履歴|行動ログ|アクセス履歴|アクセスログ|位置情報|現在地|居場所|いる場所|スコア|点数|"
    "見たもの|見たもののこと|browsing history|browsing histories|browsing data|browsing behaviour|"
    "browsing behavior|viewing history|activity log|activity logs|location data|location information|where they are|"
    "where customers are|where the customer is|their location|a customer's location|what they looked at|"
    "what people looked at|"
    "what customers looked at|what they viewed|what they browsed|scores|tracking"
)
"""What a rule about nearness already keeps out of copy in its worst forms, and no list of words does."""
SPEAKING_JA = (
    "触れ",
    "言及",
    "書か",
    "書き",
    "書く",
    "書いて",
    "述べ",
    "話題",
    "匂わせ",
    "におわせ",
    "ほのめかし",
    "ほのめかさ",
    "口に",
)
SPEAKING_EN = (
    "mention",
    "mentioned",
    "mentioning",
    "refer to",
    "referred to",
    "reference",
    "referenced",
    "bring up",
    "brought up",
    "talk about",
    "speak of",
    "allude to",
    "alluded to",
    "touch on",
    "touch upon",
    "hint at",
    "discuss",
    "say",
    "tell",
    "write",
    "written",
    "worded",
    "reveal",
    "revealed",
    "let on",
)
"""What a no forbids to be put into words, not to be sent."""
SPOKEN = (
    "tell|telling|bring up|brought up|bringing up|reference|referenced|allude to|alluded to|"
    "touch on|touch upon|hint at|discuss|let on"
)
"""Further English verbs of speaking."""
