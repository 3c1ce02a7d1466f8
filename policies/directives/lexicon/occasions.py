"""Occasions: what sets a scene off, as marketers name the messages about it: ポイント失効, a store visit, a renewal."""

OCCASIONS = {
    "points_expiring": "ポイント失効|ポイントの失効|ポイント失効前|ポイントの失効前|失効ポイント|"
    "失効前のポイント|失効前ポイント|"
    "ポイント期限|ポイントの期限|ポイント期限切れ|ポイントの期限切れ|ポイント期限切れ前|ポイントの期限切れ前|"
    "ポイント有効期限|ポイントの有効期限|ポイント有効期限切れ|ポイントの有効期限切れ|期限切れポイント|"
    "期限の近いポイント|期限が近いポイント|期限間近のポイント|期限の迫ったポイント|失効間近のポイント|失効予定のポイント"
    "|points expiry|point expiry|points expiration|point expiration|points-expiry|points-expiring|points expiring|"
    "expiring points|expiring-points|points about to expire|points that are about to expire|points that expire soon|"
    "points that will expire|points expiring soon|points that are expiring|loyalty points expiry",
    "store_visit": "来店のお礼|来店お礼|来店御礼|来店の御礼|来店サンクス|来店中|来店中の方へ|"
    "来店中のお客様へ|来店時|来店案内|来店中案内|"
    "入店時|チェックイン時"
    "|store visit|store visits|store-visit|in-store visit|shop visit|in-store|store check-in|store arrival",
    "plan_review": "プラン見直し|プランの見直し|契約プランの見直し|契約プラン見直し|料金プランの見直し|"
    "料金プラン見直し|契約更新|"
    "契約の更新|契約更新前|契約の更新前|契約プランの更新|プラン更新|プランの更新|更新前のプラン|更新時期|契約満了"
    "|plan review|plan reviews|plan-review|contract renewal|contract renewals|renewal|renewals|contract-renewal|"
    "plan renewal|plan renewals|subscription renewal|subscription renewals|upcoming renewal|upcoming renewals",
    "rainy_day": "雨の日|雨天時|雨天"
    "|rainy day|rainy-day|rainy days|rain-day|wet-weather|wet weather|bad-weather|rainy weather",
    "concierge": "コンシェルジュ|コンシェルジュから|コンシェルジュによる|コンシェルジュ配信|"
    "上位会員への個別|上位会員の方への個別|"
    "上位会員向けの個別|上位会員向け個別"
    "|concierge",
    "service_recovery": "困りごとへの対応|困りごと対応|困りごとの対応|トラブル対応|トラブルへの対応|"
    "不具合対応|不具合への対応"
    "|service recovery|service-recovery|problem-solving|problem resolution|issue resolution",
    "winback": "復帰|再来店|ご無沙汰|come-back|comeback",
    "cart_abandonment": "カゴに残った商品|かごに残った商品|カートに残った商品|カートに残っている商品|"
    "カートの中身|買い忘れ"
    "|left-in-cart|forgotten cart|forgotten basket",
    "browse_abandonment": "閲覧した商品|閲覧商品|viewed-item|viewed-product|browsed-item",
    "post_purchase": "購入のお礼|購入の御礼|購入へのお礼|買い上げのお礼|買い上げの御礼|買い上げ御礼|purchase thank-you",
    "replenishment": "買い替え時期|補充時期|買い足し時期|running-low|running low",
    "onboarding": "初期設定|使い始め|利用開始|getting-started|getting started|first-steps|set-up",
    "welcome": "入会|入会直後|会員登録|会員登録直後|友だち追加|友だち追加直後",
}
"""Names of a scene only where a message follows: 契約更新のお知らせ, never 契約更新のお客様."""
BY_WEATHER = frozenset(("rainy_day",))
"""Scenes whose occasion is also a time: only the noun of a message makes it the scene, no channel."""
LETTERS = "お礼|御礼|お誘い|お祝い|thank-yous|thank-you notes|notices"
"""Further nouns for messages."""
SERVING = frozenset(("service_recovery",))
"""Scenes that are no marketing: a rule about them alone is about service messages."""
