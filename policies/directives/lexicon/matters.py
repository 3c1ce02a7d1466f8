"""Matters beyond channels and offers: emoji, sensitive topics, budgets, approval, and words of amendment."""

MARKS = {
    "emoji": "絵文字|顔文字|スタンプ|emoji|emojis|emoticons|smileys",
    "exclamations": "感嘆符|ビックリマーク|エクスクラメーションマーク|exclamation marks|exclamation points|"
    "exclamation mark",
}
SENSITIVE = {
    "health": "健康|健康状態|病気|病歴|体調|健康の話題|健康状態の話題|体型|health|illness|medical matters|"
    "health conditions|health topics",
    "pregnancy": "妊娠|妊娠・出産|出産|懐妊|pregnancy|pregnancies",
    "money": "家計|収入|年収|借金|経済状況|income|salary|debts|financial situation",
    "belief": "宗教|信条|信仰|政治|政治的な話題|支持政党|religion|politics|political views|faith|beliefs",
    "sexuality": "性的指向|恋愛対象|sexuality|sexual orientation",
    "family": "家族構成|家庭の事情|家庭環境|離婚|family matters|family situation|divorce",
    "death": "不幸|ご不幸|死|葬儀|death|bereavement",
    "origin": "国籍|人種|出自|出身|nationality|race|ethnicity|origin",
    "crime": "犯罪歴|前科|criminal records",
    "age": "年齢の話題|お客様の年齢|年齢に|customers' age|their age|the customer's age|the reader's age",
}
TOPIC_NOUNS = "話題|話|こと|情報|内容|テーマ|点|topic|topics|subject matter|matters|anything about|issues"
BUDGET = (
    "予算|割引予算|割引の予算|クーポン予算|クーポンの予算|総額|割引総額|割引の総額|budget|budgets|"
    "total discount|total discounts|discount budget|spend|total cost of discounts"
)
APPROVAL = (
    "承認|承認を得る|承認を取る|承認が必要|要承認|上長承認|事前承認|approval|sign-off|prior approval|"
    "to be approved|be approved|signed off"
)
VOLUME = (
    "全体で|全体|全社で|全お客様で|全配信で|総配信数|総数で|全員合計で|配信総数|overall for all "
    "customers|across all customers|in total for all customers|for all customers together|all "
    "customers together|in total volume|company-wide|volume"
)
AMENDING = (
    "やっぱり|やはり|訂正|訂正します|変更|変更します|変更して|撤回|撤回します|取り消し|取り消します|"
    "さっきの|先ほどの|前言|差し替え|差し替えて|置き換え|上書き|actually|scratch that|correction|on "
    "second thought|make that|make it|change that|instead of that|never mind|revised|updated to|"
    "replace that"
)
