"""Meanings: how people and systems write yes and no, ranks, stages, channels and the like, and our word for each."""

from domain.customer import Stage, Tier

YES = (
    "はい,有,有り,あり,可,許可,許諾,同意,同意する,希望,希望する,受け取る,配信可,済,○,◯,〇,✓,1,true,yes,y,t,on,ok,"
    "granted,opt-in,subscribed"
)
NO = (
    "いいえ,無,無し,なし,不可,拒否,同意しない,希望しない,受け取らない,配信不可,停止,未,×,✕,✗,x,0,false,no,n,f,off,ng,"
    "denied,opt-out,unsubscribed"
)
FLAGS = {**dict.fromkeys(YES.split(","), True), **dict.fromkeys(NO.split(","), False)}
GENDERS = {
    **dict.fromkeys(("女", "女性", "f", "female", "woman", "レディース"), "female"),
    **dict.fromkeys(("男", "男性", "m", "male", "man", "メンズ"), "male"),
    **dict.fromkeys(("その他", "other", "回答しない", "x"), "other"),
}
TIERS = {
    **{tier.value: tier.value for tier in Tier},
    **dict.fromkeys(("レギュラー", "一般", "通常", "ブロンズ", "bronze"), "regular"),
    "シルバー": "silver",
    "ゴールド": "gold",
    **dict.fromkeys(("プレミアム", "プラチナ", "platinum", "vip"), "premium"),
}
STAGES = {
    **{stage.value: stage.value for stage in Stage},
    **dict.fromkeys(("見込み", "見込み客", "lead"), "prospect"),
    "新規": "new",
    **dict.fromkeys(("継続", "既存", "アクティブ"), "active"),
    **dict.fromkeys(("優良", "ロイヤル"), "loyal"),
    **dict.fromkeys(("離反予備", "離反予兆", "at risk"), "at_risk"),
    "休眠": "dormant",
    **dict.fromkeys(("退会", "離反", "解約"), "churned"),
}
LANGUAGES = {
    **dict.fromkeys(("日本語", "ja", "jp", "japanese"), "ja"),
    **dict.fromkeys(("英語", "en", "english"), "en"),
}
COUNTRIES = {
    **dict.fromkeys(("日本", "jp", "jpn", "japan"), "JP"),
    **dict.fromkeys(("アメリカ", "米国", "us", "usa", "united states"), "US"),
}
CHANNELS = {
    **dict.fromkeys(("メール", "eメール", "mail", "e-mail", "email", "メルマガ", "dm"), "email"),
    **dict.fromkeys(("sms", "ショートメッセージ"), "sms"),
    **dict.fromkeys(("line", "ライン"), "line"),
    **dict.fromkeys(("push", "プッシュ", "プッシュ通知", "アプリ通知"), "push"),
    **dict.fromkeys(("電話", "call", "phone", "tel"), "call"),
    **dict.fromkeys(("広告", "ad", "ads"), "ad"),
    **dict.fromkeys(("app", "アプリ"), "app"),
    **dict.fromkeys(("web", "サイト"), "web"),
    **dict.fromkeys(("位置情報", "location"), "location"),
}
PURPOSES = {
    **dict.fromkeys(("販促", "広告宣伝", "marketing", "メルマガ", "promotion"), "marketing"),
    **dict.fromkeys(("取引", "transactional", "注文"), "transactional"),
    **dict.fromkeys(("サービス", "service", "サポート"), "service"),
    **dict.fromkeys(("すべて", "全て", "*", "all"), "*"),
}
KINDS = {
    **dict.fromkeys(("商品", "product", "item"), "product"),
    **dict.fromkeys(("クーポン", "coupon"), "coupon"),
    **dict.fromkeys(("記事", "article"), "article"),
    **dict.fromkeys(("事例", "導入事例", "case_study", "case study"), "case_study"),
    **dict.fromkeys(("使い方", "チュートリアル", "tutorial"), "tutorial"),
    **dict.fromkeys(("イベント", "催し", "セミナー", "event"), "event"),
    **dict.fromkeys(("サービス", "service"), "service"),
}
