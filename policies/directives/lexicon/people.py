"""People: stages, ranks, marks and the many words for a customer."""

STAGES = {
    "prospect": "見込み客|見込客|見込み顧客|見込顧客|見込みの|見込み|見込み段階|リード|未購入客|prospects|"
    "prospect|prospective"
    "|prospective customers|leads",
    "new": "brand-new|brand-new customers|brand new customers|新規さん|新規|新規客|新規顧客|新規会員|"
    "新規のお客様|新規登録者|新規購入者|新しいお客様|新しい顧客|new|new customers"
    "|new members|newcomers|new joiners|first-time customers",
    "active": "アクティブ|アクティブ顧客|アクティブ会員|継続|継続顧客|継続中|稼働中|稼働顧客|active|active customers",
    "loyal": "ロイヤル|ロイヤル顧客|ロイヤル会員|ロイヤルカスタマー|ロイヤルティの高い|loyal|loyal customers|loyals",
    "at_risk": "離反予兆|離反予兆のある|離反予兆顧客|離反しそうな|離反しかけの|離反リスクのある|離反リスク|離反リスク客"
    "|離れそうな|離反の恐れがある|離反のおそれがある|離反のおそれのある|離反の兆しがある|離反危機"
    "|at risk|at-risk|at risk of leaving|at risk of churning|about to churn|at-risk customers",
    "dormant": "休眠|休眠客|休眠顧客|休眠会員|休眠中|休眠層|休眠ユーザー|休眠しているお客様|休眠している|"
    "眠っているお客様"
    "|dormant|dormant customers|inactive|inactive customers|sleeping customers|lapsed|lapsed customers",
    "churned": "離反|離反客|離反顧客|離反した|離反済み|離反済|離反層|離反会員|離反者|離脱顧客|離脱客|"
    "離れてしまった|解約済み|解約した"
    "|churned|churned customers|churners|lost customers",
}
TIERS = {
    "regular": "レギュラー|レギュラー会員|一般会員|通常会員|regular tier|regular members|regular-tier|"
    "regular-tier members"
    "|regular tier members|regular member|regular rank|standard members|レギュラーランク",
    "silver": "シルバー|シルバー会員|シルバーランク|silver|silver members|silver member|silver tier|silver-tier",
    "gold": "ゴールド|ゴールド会員|ゴールドランク|gold|gold members|gold member|gold tier|gold-tier",
    "premium": "プレミアム|プレミアム会員|プレミアムランク|premium|premium members|premium member|premium tier|"
    "premium-tier",
}
TAGS = {
    "open_ticket": "問い合わせ中|お問い合わせ中|問合せ中|お問合せ中|問い合わせ対応中|お問い合わせ対応中|対応中|"
    "サポート対応中"
    "|未解決の問い合わせがある|未解決のお問い合わせがある|問い合わせが未解決の|お問い合わせが未解決の|"
    "対応中の問い合わせがある|対応中の案件がある|問い合わせが続いている"
    "|open enquiry|open enquiries|an open enquiry|open inquiry|open ticket|open tickets|an open ticket"
    "|an open support ticket|open support ticket|open support tickets"
    "|an unresolved ticket|unresolved tickets|an open support case|open support cases|an open case|open cases"
    "|an open complaint ticket|a ticket open|a support ticket open|unresolved support tickets|an open inquiry"
    "|an unresolved inquiry|open inquiries",
    "complained": "クレームのあった|クレーム履歴のある|クレーム履歴がある|クレーム履歴あり|苦情履歴のある|"
    "苦情履歴がある|過去にクレームのあった|クレームがあった|クレームを入れた|クレームをいただいた|"
    "クレームをくださった|"
    "クレーム客|クレームのお客様|クレーム経験者"
    "|クレームを受けた|クレームを申し立てた|苦情のあった|苦情があった|苦情を申し立てた|"
    "苦情をいただいた|苦情を寄せた|苦情を言った|苦情申し立て"
    "|complainers|complainer|complained|who have complained|who has complained|who complained|have "
    "complained|has complained"
    "|customers with complaints|with a complaint|with complaints|having complained|made a complaint|"
    "who made a complaint",
    "vip": "vip|vips|vip会員|vip顧客|vip客|vipのお客様|vip customers|vip customer|vip members|vip-tagged",
    "employee": "従業員|社員|スタッフ|自社社員|自社の社員|社内の人|employee|employees|staff|staff members|our own "
    "staff|our own employees|our staff|our employees",
    "closing_account": "退会手続き中|退会手続中|解約手続き中|退会申請中|退会のお手続き中|"
    "closing their account|closing their accounts"
    "|who are closing their account|who are closing their accounts",
    "bereaved": "ご不幸のあった|ご不幸があった|喪中の|bereaved|bereaved customers|in mourning|who are in mourning",
    "do_not_contact": "連絡を希望されない|連絡を希望しない|連絡不要の|連絡不要とされた|do-not-contact|"
    "on the do-not-contact list",
    "wants_fewer": "回数を減らしてほしい|配信を減らしてほしい|頻度を減らしてほしい|"
    "who asked for fewer messages|who asked for fewer|"
    "who want fewer messages|who prefer fewer messages",
    "b2b": "business accounts|business account|"
    "b2b|btob|法人|法人客|法人顧客|法人のお客様|法人会員|企業のお客様|法人契約|取引先企業"
    "|b2b contacts|b2b customers|b2b contact|business customers|business contacts|corporate customers|"
    "corporate accounts|b2b accounts",
}
GENDERS = {
    "female": "女性|女性客|女性のお客様|女性会員|女性顧客|women|woman|female|females|female customers|ladies",
    "male": "男性|男性客|男性のお客様|男性会員|男性顧客|men|man|male|males|male customers",
}
EVERYONE = (
    "全員|全顧客|全会員|全てのお客様|すべてのお客様|全お客様|誰に対しても|だれに対しても|誰にでも|"
    "誰にも|だれにも|誰であれ|皆さま|皆様|みなさま|全配信対象者|会員全員|お客様全員|顧客全員|"
    "どのお客様にも|どなたにも|どなたに対しても"
    "|everyone|everybody|anyone|anybody|all customers|every customer|any customer|all our customers|"
    "all members|any of our customers|all recipients"
)
OTHERS = (
    "それ以外のお客様|それ以外の方|それ以外の会員|それ以外の顧客|それ以外の人|その他のお客様|その他の方|その他の会員|"
    "ほかのお客様|他のお客様|ほかの方|他の方|他の会員|ほかの会員|残りのお客様"
    "|everyone else|everybody else|anyone else|anybody else|all others|all other customers|other customers|"
    "the rest|the others|all other members|all the others|the rest of our customers"
)
NOBODY = "nobody|no one|no-one|none of our customers|no customer|no customers|not a single customer"
PEOPLE = (
    "アカウント|ppl|"
    "をお持ちの|をお持ちである|お持ちの|を持つ|を持っている|お客様|お客さま|お客さん|御客様|顧客|客|"
    "会員|会員様|ユーザー|ユーザ|購読者|購買者|人|方|方々|"
    "かた|方へ|人たち|人々|者|層|たち|連絡先|様|さま|さん|ランク|会員ランク|ステージ|性別|年齢|タグ|"
    "タグ付き|セグメント|にいる|状態|カスタマー|リスト"
    "|在住|にお住まい|お住まい|在住者|居住|居住者|住んでいる|に住む|に住んでいる|居住している|年代|"
    "世代|該当する|当てはまる|に該当|にあたる|に当たる|の状態"
    "|お一人|一人|ひとり|1人|お一人様|同一人物|同じ人|同じお客様|同一のお客様|同一顧客|同じ顧客|"
    "同一人|受け手|受信者|相手|該当者|本人"
    "|customer|customers|people|person|persons|member|members|user|users|subscriber|subscribers|"
    "contact|contacts|recipient"
    "|recipients|shoppers|shopper|clients|client|accounts|folks|those|the same customer|the same "
    "person|same customer|same person|tier|rank|ranks|stage|tiers"
    "|tag|tags|tagged|segment|segments|audience|one person|any one customer|any one person|a single "
    "customer|per person|per customer|each customer|every customer's|individual|individuals|the lot "
    "of them|living|based|residing|who live|who are|who is|that are|located|resident|residents|"
    "currently|marked|flagged|labelled|labeled|aged|age|ages|years old|years of age|year-olds|gender|"
    "into the|somebody|someone|buyers"
)
