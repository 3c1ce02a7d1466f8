"""Messages: channels, scenes, purposes, and the words for a message and for sending it."""

CHANNELS = {
    "email": "メール|eメール|電子メール|メルアド|メールマガジン配信|メール配信|メールの配信|メール送信"
    "|email|emails|e-mail|e-mails|mail|mails|email messages|emailing|e-mailing|inbox",
    "sms": "sms|smsメッセージ|sms配信|ショートメッセージ|ショートメール|携帯メッセージ"
    "|sms messages|sms message|text message|text messages|texts|sms texts|text|texting|smses|texted|text sms",
    "push": "プッシュ|プッシュ通知|push通知|アプリプッシュ|アプリのプッシュ|アプリのプッシュ通知|アプリ通知|"
    "プッシュ配信|アプリプッシュ通知"
    "|push|pushes|push notification|push notifications|push message|push messages|push alerts|app "
    "push|app pushes|pushed|pushing"
    "|mobile push|web push|push channel",
    "line": "line|ライン|line配信|lineメッセージ|line公式|line公式アカウント|lineのメッセージ|lineトーク|line "
    "messages|line message|line channel|via line app",
    "web": "webサイト|サイト上|ウェブサイト|サイト内|webページ|ウェブ|web|website|web site|on-site|onsite|"
    "the site|web messages|web banners|サイト",
    "app": "アプリ内|アプリ|アプリ内メッセージ|アプリ内通知|アプリ内表示|アプリのメッセージ|in-app|in-app "
    "messages|in-app message|app messages|app message|app|in the app",
    "ad": "広告配信|ディスプレイ広告|リターゲティング広告|リタゲ広告|web広告|display ads|banner ads|"
    "retargeting ads|paid ads",
    "signage": "サイネージ|店頭サイネージ|デジタルサイネージ|店頭ディスプレイ|signage|digital signage|in-store "
    "screens|store screens|signs",
    "call": "電話がけ|電話|お電話|架電|電話連絡|コール|アウトバウンドコール|テレアポ|電話営業|電話勧誘"
    "|call|calls|phone|phone call|phone calls|telephone|telephone calls|calling|called|phoning|ring|"
    "ringing|telemarketing|telesales|phoned|outbound calls|by phone",
}
ADVERTS = "広告|ads|ad|advert|adverts|advertisement|advertisements|advertising"
"""A kind of message where goods are named, else the channel."""
SPOKEN_VERBS = (
    "email|text|push|call|phone|ring|e-mail|mail|emailed|texted|called|phoned|pushed|emailing|texting|calling"
)
"""English channel words that are also the verb."""
SCENES = {
    "welcome": "ウェルカム|ウェルカムメール|ウェルカムメッセージ|ウェルカム施策|歓迎メッセージ|歓迎メール|"
    "入会お礼|入会御礼|welcome|welcome messages|welcome message|welcome mails|welcome series",
    "browse_abandonment": "閲覧離脱|閲覧放棄|閲覧後フォロー|ブラウズ離脱|閲覧離脱リマインド|閲覧離脱のリマインド|"
    "閲覧リマインド|browse abandonment|browse-abandonment|browse abandonment messages"
    "|browse reminders|browse abandonment reminders|browsing reminders",
    "cart_abandonment": "abandoned-basket|abandoned basket reminders|abandoned-basket reminders|"
    "abandoned-cart reminders|カゴ落ち|かご落ち|カゴ落ちメール|カート放棄|カート落ち|カート離脱|カゴ落ち施策|"
    "カゴ落ちリマインド|カートリマインド|カートリマインダー|カート放棄のお知らせ"
    "|カートに商品を残した|cart abandonment|cart-abandonment|abandoned cart|abandoned-cart|abandoned "
    "carts|cart reminders|cart reminder|basket reminders"
    "|cart messages|abandoned basket|cart recovery|basket abandonment",
    "post_purchase": "購入直後|購入直後のフォロー|購入直後のフォローアップ|購入後フォロー|購入後のフォロー|"
    "購入後施策|購入後|アフターフォロー|購入御礼|購入お礼|"
    "サンキューメール|お買い上げ後フォロー|お買い上げ後"
    "|post-purchase follow-up|post-purchase follow-ups|post-purchase|post purchase|thank-you|"
    "thank you messages|post-purchase messages|after-purchase|after-sales",
    "replenishment": "補充|補充案内|補充のご案内|補充リマインド|買い足し|買い足しのご案内|リピート購入案内|"
    "詰め替え案内|replenishment|refill|refill reminders|replenishment reminders"
    "|replenishment messages|reorder reminders|restock reminders for consumables",
    "winback": "ウィンバック|ウインバック|復帰促進|掘り起こし|掘り起こし施策|休眠掘り起こし|休眠復帰|カムバック|"
    "呼び戻し|再来店促進|復帰キャンペーン|離反防止|win-back|winback|win back|win-back messages"
    "|reactivation|reactivation messages|comeback|win-backs|re-engagement",
    "birthday": "誕生日|お誕生日|バースデー|バースデイ|誕生日施策|誕生月|birthday|birthdays|birthday messages|"
    "birthday message|birthday greetings",
    "event_invitation": "イベント招待|イベント案内|イベントの案内|イベントのご案内|イベントの招待|イベントへの招待|"
    "イベントのお誘い|催事案内|催事のご案内|セミナー案内|展示会案内|イベント告知"
    "|event invitation|event invitations|event invites|event invite|invitations to events|invitations|invites",
    "onboarding": "オンボーディング|導入支援|使い方案内|初期設定案内|onboarding|onboarding messages|onboarding series",
    "lead_nurture": "リードナーチャリング|ナーチャリング|リード育成|見込み客育成|lead nurture|lead nurturing|"
    "lead-nurture|nurture|nurturing|nurture messages|lead nurture messages|nurture emails",
    "newsletter": "メルマガ|メールマガジン|ニュースレター|会報|newsletter|newsletters|news letter|the newsletter",
}
PURPOSES = {
    "marketing": "販促|販促メッセージ|販売促進|マーケティング|プロモーション|宣伝|プロモ|広告宣伝|販促配信|"
    "営業的な|営業的|販促的な|宣伝的な|セールス的な|セールス|宣伝目的|販促目的|販促の|営業|営業目的"
    "|marketing|promotional|promotion|promotions|promos|promo|marketing messages|promotional messages|"
    "marketing purposes|sales messages",
    "transactional": "取引に関する連絡|取引に関するお知らせ|取引に関する通知|取引に関わる連絡|取引関連の連絡|"
    "注文に関する連絡|注文に関する通知|購入確認|注文確認|ご注文確認|発送通知|発送のお知らせ|配送通知|"
    "配送のお知らせ|取引通知|取引連絡|"
    "トランザクション|トランザクションメール|領収書|決済通知|予約確認"
    "|購入確認メール|注文確認メール|取引メール|transactional|order confirmations|order confirmation|"
    "order updates|shipping notices|shipping notifications|delivery notices"
    "|receipts|invoices|password resets|booking confirmations|purchase confirmations|shipping updates|"
    "transactional messages",
    "service": "サービス連絡|サポート連絡|サービス通知|重要なお知らせ|サポート目的|障害連絡|メンテナンス連絡|"
    "アフターサービス連絡|サービス目的|service messages|service notices|service message|service "
    "announcements"
    "|support replies|service information|service purposes|service",
}
ALL_PURPOSES = (
    "目的を問わず|取引連絡も含めて|取引通知も含め|購入確認も含めて|including transactional messages|"
    "including order confirmations|even order confirmations|whatever the purpose|transactional ones "
    "included"
)
NOUNS = (
    "mailing|mailings|mailing list|sending|フォロー|フォローアップ|後追い|掲示|投稿|お声がけ|声かけ|follow-up|"
    "follow up|follow ups|nudge|nudges|posts|"
    "お祝い|お祝いメッセージ|配信|送信|発信|通知|連絡|お知らせ|案内|ご案内|メッセージ|"
    "コミュニケーション|アプローチ|配布|発行|"
    "送付|紹介|ご紹介|提案|訴求|表示|掲載|オファー提示|おすすめ|お勧め|施策|キャンペーン|リマインド|"
    "リマインダー|催促|便り|お便り|連絡手段|手段|チャネル|媒体|内容|全配信|一斉配信|配信物|配信対象|"
    "対象|使用|利用|活用|運用|レコメンド|推奨|アナウンス|DM|ご連絡|発送|打診|接触|コンタクト|配信先|"
    "宛先|送り先|送付先"
    "|message|messages|communication|communications|outreach|contact|notification|notifications|"
    "campaign|campaigns|mailout|reminder|reminders|content|channel|channels|delivery"
    "|ones|stuff|sends|series|touch|touches|contacts a customer|follow-ups|announcements|greetings|"
    "alerts|blast|blasts|deliveries|contact attempts|mailshots|news"
)
FORMS_EN = (
    "hears|hears from us|heard from us|plug|plugged|tease|"
    "plug|plugged|plugging|hears|hears from us|list them|list it|reached|being sent|be reached|be contacted|"
    "post|posted|posting|publish|published|runs|running|ran|send|"
    "sends|sent|sending|be sent|go out|goes "
    "out|going out|go|goes|went|get|gets|getting|got|receive|receives|received|receiving|reach|"
    "reaches|contact|contacts|contacted"
    "|contacting|deliver|delivered|message|messaged|notify|notified|show|shown|shows|showing|display|"
    "displayed|offer|offers|offered|offering|promote|promoted|promoting|promotes|advertise|advertised"
    "|recommend|recommended|recommending|give|given|gives|giving|hand out|handed out|send out|sent "
    "out|sending out|made|make|placed|place|put|run|use|used|using|uses|be shown|be used|be sent to|"
    "deal with|see|sees|seen|hear from us|hear|bother|bothered|disturb|disturbed|target|targeted|"
    "approach|approached|pitch|pitched|feature|featured|features|featuring|present|presented|appear|"
    "appears|appearing|include|included|included in|happen|happens|take place|trigger|triggered|"
    "present to|serve|served|issued|issue|distribute|distributed|sell|sold|market|marketed|want|"
    "mention|mentioned|carry|carries|come|comes|arrive|arrives|leave|leaves|land|lands|permit "
    "customers|fire|fired|wake|buzz|ping|pinged|attempt|attempted|place calls|dial|dialled|conduct"
)
