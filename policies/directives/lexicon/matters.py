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
    "family": "家族構成|家庭の事情|家庭のこと|家庭環境|離婚|family|family life|family matters|family situation|divorce",
    "death": "不幸|ご不幸|死|葬儀|death|bereavement",
    "origin": "国籍|人種|出自|出身|nationality|race|ethnicity|origin",
    "crime": "犯罪歴|前科|criminal records",
    "age": "年齢の話題|お客様の年齢|年齢に|customers' age|their age|the customer's age|the reader's age",
}
TOPIC_NOUNS = "話題|話|こと|情報|内容|テーマ|点|topic|topics|subject matter|matters|anything about|issues"
BUDGET = (
    "クーポン費用|クーポンの費用|クーポンコスト|クーポンのコスト|割引費用|割引の費用|割引コスト|値引き費用|値引きの費用|"
    "割引原資|割引の原資|値引き原資|値引きの原資|クーポン原資|クーポンの原資|原資|販促費|販促費用|販促予算|費用総額|"
    "cost us|costs us|may cost us|can cost us|coupon costs|coupon cost|cost of coupons|cost of discounts|"
    "discount costs|cost of discounting|promotion budget|promotional budget|coupon budget|"
    "予算|割引予算|割引の予算|クーポン予算|クーポンの予算|総額|割引総額|割引の総額|budget|budgets|"
    "total discount|total discounts|discount budget|spend|total cost of discounts"
)
APPROVAL = (
    "店長の承認|店長の確認|店長の決裁|店長のチェック|上長の承認|上長の確認|上長の決裁|上長のチェック|"
    "上司の承認|上司の確認|上司の決裁|上司のチェック|責任者の承認|責任者の確認|責任者の決裁|責任者のチェック|"
    "担当者の承認|担当者の確認|担当者の決裁|担当者のチェック|部長の承認|部長の確認|部長の決裁|部長のチェック|"
    "課長の承認|課長の確認|課長の決裁|課長のチェック|本部の承認|本部の確認|本部の決裁|本部のチェック|"
    "マネージャーの承認|マネージャーの確認|マネージャーの決裁|マネージャーのチェック|人の承認|人の確認|"
    "人の決裁|人のチェック|人が確認|人が確認して|人が確認してから|人の目で確認|人の目で確認して|"
    "人の目で確認してから|担当者が確認|担当者が確認して|担当者が確認してから|目視で確認|目視で確認してから|"
    "確認してから|承認してから|承認を得てから|承認を取ってから|決裁|manager's approval|a manager's approval|"
    "manager approval|management approval|approval from a manager|approval by a manager|a manager's sign-off|"
    "manager sign-off|a person has to check|a person must check|a person has to approve|a person must approve|"
    "someone has to check|somebody has to check|someone must check|someone has to approve|someone must approve|"
    "checked by a person|reviewed by a person|approved by a person|approved by a manager|human review|"
    "human approval|a human has to check|a human must check|must be reviewed|has to be reviewed|"
    "承認|承認を得る|承認を取る|承認が必要|要承認|上長承認|事前承認|approval|sign-off|prior approval|"
    "to be approved|be approved|signed off"
)
TEAM = (
    "コールセンター|コールセンターの|コンタクトセンター|窓口|the call centre|the call center|"
    "call centre|call center|contact centre|contact center"
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
