"""Pledges: proof for claims, links, languages, control groups, samples for people, and what a model may see."""

from collections.abc import Mapping

PROOFS = "根拠|裏付け|裏づけ|エビデンス|証拠|合理的な根拠|実証データ|調査データ|出典"
WITH_PROOF = (
    "があるときだけ|がある時だけ|がある場合だけ|がある場合のみ|があるときのみ|がある場合に限り|があるときに限り|がある場合に限って|"
    "がある場合に限る|がある場合に限ります|がある場合にのみ|があるときにのみ|があるものだけ|があるものに限る|のあるものだけ|のあるものに限る|"
    "のある場合だけ|のある場合のみ|のある場合に限り|を示せるときだけ|を示せる場合だけ|を示せる場合のみ|を示せる場合に限り|を示せるものだけ"
)
WITHOUT_PROOF = (
    "なしに|なしで|無しに|無しで|なく|のない|がない|の無い|が無い|がない限り|のない限り|が無い限り|がなければ|が無ければ|がないなら|"
    "がない場合は|がない場合|がないときは|を示せない|を示せない限り|を示せなければ"
)
PROVEN_EN = (
    "where we can prove them|where we can prove it|where we can prove that|if we can prove them|if we can prove it|"
    "when we can prove them|when we can prove it|where there is proof|if there is proof|where there is evidence|"
    "if there is evidence|with proof|with evidence|where proven|if proven|where substantiated|if substantiated|"
    "backed by evidence|backed by proof|backed by data|where we have evidence|where we have proof|if we have evidence|"
    "if we have proof"
)
UNPROVEN_EN = (
    "without proof|without evidence|without any proof|without any evidence|unless we can prove them|"
    "unless we can prove it|"
    "unless there is proof|unless there is evidence|unless proven|unless substantiated|unsubstantiated|unproven|"
    "that we cannot prove|that we can't prove|we cannot prove|we can't prove|unless we have evidence|"
    "unless we have proof"
)
CONCEPTS: Mapping[str, str] = {
    "superlative": "最上級|最上級の表現|最上級表現|最大級表現|順位の表現|ナンバーワン表現|superlatives|"
    "superlative|superlative claims|rankings",
    "guarantee": "断定表現|断定的な表現|保証表現|保証の表現|guarantees|absolute claims",
    "health": "効能効果|効能・効果|効果効能|効果の表現|効能の表現|health claims|claims of effect|effects on health",
    "comparison": "比較表現|他社比較|他社との比較|comparisons|comparative claims|comparisons with competitors",
}
LINKS = "リンク|リンク先|url|遷移先|links|link|urls"
OWN_SITE = (
    "自社サイト|自社サイトのもの|自社のサイト|自社のサイトのもの|自社ドメイン|自社のドメイン|当社サイト|"
    "公式サイト|our own site|our own sites|"
    "our own website|our own domain|our own domains|our site|our sites|our website|our domain"
)
OTHER_SITES = (
    "外部サイト|外部のサイト|他社サイト|他社のサイト|社外サイト|社外のサイト|外部リンク|社外リンク|"
    "external sites|external site|"
    "external websites|external links|other sites|other websites|third-party sites|third-party websites|"
    "third-party links"
)
OWN_LANGUAGE = (
    "お客様の言語で|お客様の言語に合わせて|お客様の使う言語で|お客様が選んだ言語で|"
    "お客様が選ばれた言語で|お客様の希望する言語で|in the customer's language|"
    "in the customer's own language|in their own language|in their language|in the language they chose|"
    "in each customer's language"
)
TONGUES: Mapping[str, str] = {
    "ja": "日本語で|日本語の文面で|in japanese",
    "en": "英語で|英語の文面で|in english",
    "zh": "中国語で|中国語の文面で|in chinese",
    "ko": "韓国語で|韓国語の文面で|in korean",
}
CONTROL = (
    "比較用|比較のため|比較用グループ|対照群|コントロール群|コントロールグループ|ホールドアウト|非配信グループ|効果測定|効果測定用|"
    "効果測定のため|効果検証|効果検証用|効果検証のため|control group|a control group|holdout|a holdout|"
    "hold-out|holdout group|"
    "comparison group|a comparison group|so we can measure the effect|so that we can measure the effect|"
    "to measure the effect|for measurement"
)
WHOLE = "全体の|全顧客の|全会員の|お客様全体の|顧客全体の|会員全体の|お客様のうち|会員のうち|顧客のうち"
LOOKING = (
    "目を通す|目を通して|目を通してから|人が目を通す|人が目を通して|人が目を通してから|担当者が目を通す|担当者が目を通してから|人が見る|"
    "人が見てから|人が読む|人が読んでから|人がチェックする|人がチェックしてから|担当者がチェックする|担当者がチェックしてから|"
    "a human looks at|a person looks at|someone looks at|somebody looks at|a human reviews|"
    "a person reviews|someone reviews|"
    "somebody reviews|a human checks|a person checks|someone checks|somebody checks|a human reads|a person reads|"
    "are checked by a person|are reviewed by a person|have a person look at|have someone look at|"
    "is reviewed by a person"
)
NEW_SCENES = (
    "新しい施策|新施策|新規施策|新しいキャンペーン|新規キャンペーン|新キャンペーン|新しい配信|施策ごとの|"
    "every new campaign|each new campaign|"
    "a new campaign|new campaigns|any new campaign|every new scene|new scenes"
)
MODELS = (
    "生成ai|ai|llm|大規模言語モデル|言語モデル|generative ai|the ai|the model|the language model|"
    "language models|the llm"
)
FACTS: Mapping[str, str] = {
    "language": "言語|使用言語|language",
    "stage": "顧客ステージ|ステージ|stage",
    "tier": "会員ランク|ランク|tier|rank|membership tier|membership rank",
    "age_band": "年代|年齢層|age band|age bands|age group",
    "gender": "性別|gender",
    "country": "国|国名|country",
    "region": "地域|都道府県|region|prefecture",
    "interests": "興味|関心|興味の分野|関心の分野|興味分野|関心分野|興味・関心|興味関心|interests|interest",
    "habits": "よく買う分野|購買傾向|buying habits",
    "season": "季節|season",
    "weather": "天気|天候|weather",
    "device": "端末|デバイス|device",
}
LAST_RESORT = "最後の手段|最終手段|as a last resort|only as a last resort|a last resort|the last resort"
CLASH = (
    "重なったら|重なった場合|重なった場合は|重なったときは|重なるときは|重なる場合|重なる場合は|かち合ったら|かち合った場合は|競合したら|"
    "競合した場合は|同時に起きたら|compete|clash|collide|overlap|coincide|are both open|both apply"
)
