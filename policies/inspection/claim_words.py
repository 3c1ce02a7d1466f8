"""Claim words: what claims sound like, by what they claim."""

from collections.abc import Mapping

from policies.inspection.effect_words import EFFECTS
from policies.inspection.popularity_words import POPULARITY, RIVALS
from policies.rules.claim_evidence import Concept

OUTCOME_JA = (
    "痩せ|やせ|治|なお[るりっ]|効[くきい果]|儲|もうか|もうけ|稼|合格|成功|満足|似合|気に入|実感|綺麗|"
    "きれい|キレイ|美し|若返|落ち|消え|"
    "叶|当た[るり]|得をし|お得に|お得です|見つか|上達|伸び|変わ[るりっ]|喜[ばん]|解決|安全|治癒|増え|減[るりっら]"
)
AILMENT_JA = (
    "肩こり|肩凝り|腰痛|頭痛|膝痛|関節痛|神経痛|不眠|便秘|下痢|花粉症|アトピー|アレルギー|湿疹|"
    "ニキビ|にきび|(?<![楽親悲惜苦])しみ|しわ|"
    "たるみ|がん(?!ば|こ)|癌|糖尿|高血圧|血圧|血糖値?|コレステロール|中性脂肪|風邪|インフルエンザ|"
    "うつ(?!わ|る|り|く|す|し)|鬱|更年期|冷え性|冷え症|むくみ|"
    "薄毛|抜け毛|白髪|老眼|認知症|ぜんそく|喘息|痛み|疲れ目|病気|生活習慣病|感染症|ウイルス|水虫|"
    "口臭|体臭|貧血|めまい|内臓脂肪|脂肪|セルライト"
)
AILMENT_EN = (
    r"cancers?|diabetes|anxiety|depression|insomnia|arthritis|(?:back |joint |chronic |muscle )?pain|migraines?|"
    r"headaches?|acne|eczema|psoriasis|wrinkles|fine lines|cellulite|cholesterol|blood pressure|blood sugar|"
    r"inflammation|colds?(?: and flu)?|flu|covid|viruses|infections?|illness(?:es)?|diseases?|ag(?:e)?ing|alzheimer'?s|"
    r"dementia|hair loss|baldness|allerg(?:y|ies)|asthma|stress|fatigue|heart disease|strokes?|obesity|belly fat|"
    r"body fat|constipation|menopause symptoms|germs|bacteria|toxins"
)
BOAST_EN = (
    "safest|cheapest|fastest|strongest|lightest|warmest|softest|healthiest|purest|quietest|smartest|greatest|cleanest|"
    "toughest|finest|biggest|largest|lowest|thinnest|slimmest|sharpest|smoothest|comfiest|coziest|cosiest|brightest|"
    "tastiest|freshest|hottest|coolest|richest|kindest|gentlest|highest(?:[- ]quality)?|longest[- ]lasting"
)
MOST_EN = (
    "effective|advanced|powerful|popular|trusted|loved|comfortable|reliable|efficient|accurate|affordable|durable|"
    "recommended|awarded|innovative|luxurious|delicious|beautiful|sustainable|nutritious|precise|complete|wanted"
)
NOT_A_CLAIM = (
    r"(?! (?:wishes|regards|thanks|way|time|moments?|part|of luck|of both|from|out of|fit|match|size|"
    r"day|memories|friend))"
)

SUPERLATIVE = (
    r"(?:一番|いちばん)(?:暖か|温か|あたたか|軽|薄|丈夫|安|速|静か|強|やわらか|柔らか)[^\s。、\n]{0,3}?(?!.{0,3}(?:日|季節|時[期間]|頃|朝|夜|部屋|場所|席))"
    r"(?:です|商品|一着|[ァ-ヶー]{2,})",
    r"(?:一番|いちばん|1番)人気|売れ筋[^。\n]{0,4}(?:第?(?:1|一)位|トップ|no)|世界(?:が|も|中が)(?:認め|絶賛|愛し|注目)",
    r"\b(?:loved|adored|praised) by (?:all|everyone|everybody|critics)\b|\bcustomer'?s?'? favou?rite\b",
    rf"\b(?!it's|that's|here's|what's|there's|let's|who's)\w{{1,20}}'s (?:best|{BOAST_EN})\b{NOT_A_CLAIM}",
    (
        r"(?:にほん|にっぽん|せかい|ぎょうかい)(?:いち(?!ば)|はつ(?!お|の?ゆ)|さいあん|さいこう)|"
        r"なんばーわん|さいやすね|まんぞくどなんばー"
    ),
    r"(?:業界|国内|日本|世界|全国)(?:の)?とっぷ|とっぷ(?:くらす|しぇあ|れべる|せらー)|完全無欠",
    (
        r"\b(?:japan|america|britain|england|the world|everyone|everybody|the nation|tokyo|"
        r"europe)'s (?:favou?rite|most|top|choice)\b"
    ),
    r"\bnothing (?:beats|compares|comes close)\b|\bno one does it better\b|\b(?:hard|impossible) to beat\b",
    (
        r"\b(?:voted|rated|ranked|named|crowned) (?:the |as )?(?:best|top|number|no\.|#|favou?rite|"
        r"most)\b|\b(?:top|hot|fastest)[- ]selling\b"
    ),
    r"(?:日本|世界|業界|地域|国内|史上|宇宙|東洋|全国|県内|都内|日本国内)(?:で)?(?:一番|いちばん|"
    r"一(?!周|覧|部|般|員|致|つ|人|品|杯)|初(?!期|回|夏|冬|春|秋|詣|めて)|"
    r"最[^\s、。初]{1,3}|唯一|ナンバー(?:ワン|1)|[nN][oO]\.?\s?1)",
    (
        r"本邦初|no\.?\s?1(?!\d)|ナンバー(?:ワン|1(?!\d))|(?:売上|販売|人気|満足度|顧客|ランキング|シェア|"
        r"支持率|実績)[^。\n]{0,8}(?:第?(?:1|一|首)位|トップ|1番|一番)"
    ),
    r"(?:第?(?:1|一)位|首位)(?:を?獲得|に輝|受賞|に選ばれ|の(?:実力|実績|人気))",
    r"最高(?!の(?:ひととき|一時|一日|時間|思い出|休日|週末|笑顔|気分|朝|夜|夏|冬|春|秋|一年|お正月)|気温|裁|点|齢|潮|血圧|速|記録|\d|額|値|経営|責任|温度|時速)|最上級|最大級|最安値?|最強|"
    r"最速(?!で)|最軽量|最薄|最先端|"
    r"究極|至高|唯一無二|随一|屈指|ダントツ|断トツ|比類(?:なき|のない|ない)|他に類を見ない|前代未聞|史上最",
    r"(?<!get )(?<!getting )(?<!out )\b(?:the|our|my|(?:world|japan|america|europe|industry|market|"
    r"country|nation|city|town)'?s) "
    rf"(?:(?:very|absolute|single|undisputed|all-time) )?(?:best|{BOAST_EN}){NOT_A_CLAIM}\b",
    rf"\b(?:best|{BOAST_EN}) (?:[\w-]+ ){{0,4}}(?:in the (?:world|market|country|industry|city|business|universe)|ever|"
    r"on earth|on the market|anywhere|money can buy|of all time|in (?:japan|america|europe|tokyo|town))\b",
    (
        rf"(?:^|[.!?] )(?:the )?(?:best|{BOAST_EN}) (?!before|by|if|served|enjoyed|kept|when|on |with |"
        rf"for you|wishes|regards|part|way|time|of |to )[\w-]+"
    ),
    r"\b(?:safest|cheapest)\b",
    rf"\b(?:the |our |japan's |america's |world's )?most[- ](?:{MOST_EN})\b",
    (
        r"(?<![\w])#1\b|(?<!\w)no\.? ?1\b|\bnumber[- ](?:one|1)\b|\btop[- ]rated\b|\bbest[- ]sell(?:ing|"
        r"ers?)\b|\baward[- ]winning\b"
    ),
    r"\b(?:unbeatable|unrivall?ed|unmatched|unparalleled|unsurpassed|second to none|world[- ]class|world[- ]beating|"
    r"world'?s (?:first|only|leading)|first of its kind|first in the world|industry[- ](?:first|leading)|"
    r"market[- ]leading|(?:the|our) ultimate|like no other|one and only)\b",
    r"\bthe only [\w-]+ (?:[\w-]+ ){0,3}(?:that|in the world|on the market|you(?:'ll| will) ever)\b",
)
GUARANTEE = (
    (
        r"(?:こうか|けっか|まんぞく|りえき|せいこう|あんぜん|効果|結果|満足|安全)(?:を|も|は|"
        r"の)?(?:お)?(?:ほしょう|やくそく|保証|約束)"
    ),
    (
        r"ふくさよう(?:は|が|の)?(?:なし|ぜろ|あ?りません|ない)|りすく(?:は|が)?(?:なし|ぜろ)|100(?:%|"
        r"ぱーせんと)(?:あんぜん|あんしん|こうか|まんぞく)"
    ),
    (
        r"\bnever (?:breaks?|wears? out|fades?|needs?|lets? you down|tears?|runs? out|leaks?)\b|"
        r"\blasts? (?:forever|a lifetime|for life)\b"
    ),
    (
        r"\b(?:unbreakable|indestructible|everlasting|infallible)\b|\b(?:ultra|super|extra)[- ]safe\b|"
        r"\b(?:zero|no) side[- ]effects?\b"
    ),
    (
        r"\bworks? (?:instantly|immediately|overnight|like magic|for everyone)\b|\b(?:instant|overnight|"
        r"immediate) (?:results?|relief)\b"
    ),
    (
        r"即効(?:性)?|(?:一瞬|瞬時|一晩|一日|1日|たった[^。\n]{1,6})(?:で|に)[^。\n]{0,6}(?:効|治|痩|やせ|"
        r"消え|解消|変わ|きれい|実感)|たちまち(?:効|治|痩)"
    ),
    r"絶対(?!値|的|音感|零度|王政|評価|量|多数|視|安静|主義|性|者)|ぜったい",
    (
        rf"(?:必ず(?!しも)|かならず(?!しも)|確実に|間違いなく|まちがいなく|きっと必ず|誰でも|だれでも|"
        rf"100%)[^。\n!?]{{0,14}}(?:{OUTCOME_JA})"
    ),
    r"100(?:%|パーセント|ぱーせんと)(?:の)?(?:安全|安心|効果|満足|保証|確実|成功|治|無害|落ち|合格|本物|信頼)",
    (
        r"完全(?:に|な)?(?:安全|無害|治|除去|防|消)|(?:効果|結果|満足|成功|合格|利益|元本|安全|美肌|品質|"
        r"お客様満足)(?:を|も|は|の)?(?:お)?(?:保証|約束)"
    ),
    (
        r"リスク(?:は)?(?:なし|無し|ゼロ|一切)|ノーリスク|副作用(?:は|が|の(?:心配|恐れ))?(?:も|は|"
        r"が)?(?:なし|無し|ゼロ|一切|あ?りません|ない)"
    ),
    (
        r"失敗(?:は|も|することは)?(?:あ?りません|しません|ゼロ)|永久(?:に|保証|脱毛)|(?:飲|塗|貼|着|履|"
        r"寝|食べ|つけ)[むるくべけ]?(?:る)?だけで(?:、)?(?:[^。\n]{0,8})(?:痩|やせ|治|落|若|きれい|効)"
    ),
    r"\bguarante(?:e|es|ed|eing)\b",
    r"\b(?:risk[- ]free|zero risks?|no risks?|fail[- ]?safe|foolproof|never fails?|works? every time|"
    r"no side effects?|without (?:any )?side effects?|side[- ]effect[- ]free)\b",
    r"\b(?:100 ?%|100 ?percent|one hundred percent|completely|totally|absolutely|perfectly|entirely) "
    r"(?:safe|effective|harmless|guaranteed|risk[- ]free|secure|proven|satisfaction|satisfied|reliable|waterproof)\b",
    r"\b(?:will|is|are) (?:definitely|certainly|surely|absolutely|always) (?:to )?(?!be (?:here|happy|glad))"
    r"(?:love|work|make|help|get|give|cure|change|look|save|lose|feel|fit|find|improve|transform|be)\b",
    r"\bwe promise (?:you )?(?:results|that you|you'?ll|you will|it will)\b",
    r"\bmiracles?\b|\bmiraculous\b|\bmagic(?:ally)? (?:cures?|remed(?:y|ies)|pills?|solution|makes?)\b",
)
HEALTH = (
    r"(?:ダイエット|美容|健康|睡眠|ストレス)に(?:も|とても)?(?:効果|効[くき])|美肌(?:に(?:なれ|導|なり)|効果)",
    r"(?:健康|美容|からだ|体|お?肌|胃腸?|腸|目|髪|脳|心臓|血管)に(?:とても|すごく)?(?:良い|よい|いい|良く|よく効|効果)",
    (
        r"(?:毛|髪)(?:が)?(?:生え|増え)|(?:身長|背)(?:が)?伸び|(?:視力|記憶力|集中力|体力)(?:が|"
        r"を)?(?:回復|向上|上が|あっぷ)"
    ),
    (
        r"\b(?:improves?|deepens?|promotes?|restores?) (?:your |the )?(?:sleep|digestion|circulation|"
        r"immunity|focus|memory|mood|posture|skin|health|eyesight)\b"
    ),
    (
        r"\bhelps? you (?:to )?(?:sleep|lose|focus|concentrate|heal|recover|conceive|quit|breathe|"
        r"digest)\b|\bclears? (?:up )?(?:your )?(?:skin|acne|pores|blemishes)\b"
    ),
    r"\bcure (?:for|against)\b|\b(?:perfect|natural|ultimate|real|instant) (?:cure|remedy)\b",
    (
        rf"(?:{AILMENT_JA})[^。\n]{{0,10}}(?:に効|が治|を治|に(?:とても)?よく効|改善|解消|を?予防|が?消え|"
        rf"が?なくな|撃退|を?防ぎ|を抑え|を?下げ|を減ら|が減|燃焼|分解|落と|落ち|に有効|から解放)"
    ),
    r"(?:体重|脂肪|ウエスト|お腹|おなか)[がをは]?[^。\n]{0,6}(?:減[るりっら]|落[ちとす]|燃|分解|凹|"
    r"へこ|マイナス)|痩せ(?![^。]{0,3}形の|型)|やせ(?:る|ま[すし]|た(?!い方)|られ|て)|"
    r"ダイエット効果|減量効果|スリムに(?:な|なれ)",
    r"免疫(?:力)?(?:を|が|の)?(?:高|アップ|向上|上が|上げ|強化)|若返[るりっ]|アンチエイジング|"
    r"美白(?:効果|になれ|に)|デトックス|毒素|血液(?:が)?サラサラ|"
    r"代謝(?:を|が)?(?:高|上|アップ|促)|疲労(?:が|を)?(?:回復|軽減|取れ)|老化(?:を)?(?:防|予防|止)|"
    r"細胞(?:を|が)?(?:活性|再生|若)|治療効果|完治|(?:病|症状)[^。\n]{0,6}(?:治|予防|改善)|"
    r"血行(?:を|が)?(?:促進|良く|改善)|ホルモン(?:バランス)?(?:を|が)?整|シワ(?:を|が)?(?:伸ば|取)|育毛|発毛",
    rf"\b(?:cur(?:e|es|ed|ing)|heal(?:s|ed|ing)?|treat(?:s|ed|ing)?|prevent(?:s|ed|ing)?|fight(?:s|ing)?|reverse[sd]?|"
    rf"eliminate[sd]?|reliev(?:e|es|ed|ing)|reduc(?:e|es|ed|ing)|lower(?:s|ed|ing)?|kill(?:s|ed|ing)?|"
    rf"banish(?:es)?|erase[sd]?|"
    rf"eas(?:e|es|ing)|soothes?|ends?|removes?|stops?|melts?|combats?|protects? against|gets? rid of|says? goodbye to|"
    rf"remedy for|relief from) (?:[\w-]+ ){{0,3}}?(?:{AILMENT_EN})\b",
    rf"\b(?:{AILMENT_EN})[- ](?:relief|cure|remedy|fighting|killing|preventing|prevention)\b",
    r"\b(?:lose|shed|drop) (?:[\w-]+ ){0,3}(?:weight|pounds|kilos|kg|inches|fat)\b|\bweight[- ]loss\b|"
    r"\bburns? (?:[\w-]+ )?(?:fat|calories)\b|"
    r"\bfat[- ]burning\b|\bslimming\b|\bdetox(?:es|ifies|ify|ing)?\b|\bcures\b",
    r"\b(?:boost|strengthen|support|improve|increase|speed up|enhance)(?:s|es|d|ed|ing)? (?:your |the )?"
    r"(?:immun\w+|metabolism|fertility|memory|circulation|hormone\w*|libido|heart health|gut health|health)\b",
    r"\banti[- ]?ag(?:e)?ing\b|\b(?:look|feel)s? (?:[\w-]+ ){0,2}(?:years|decades) younger\b|"
    r"\bhealing (?:powers?|properties)\b|"
    r"\bmakes? you (?:healthier|younger|slimmer|thinner|smarter|fertile)\b|\bturns? back the clock\b|\bmedicinal\b",
)
EXPERT = (
    r"(?:テレビ|tv|雑誌|新聞|メディア|sns)(?:など)?(?:でも?|にも?)(?:多数|大きく|続々)?(?:ご?紹介され|話題|取り上げ|掲載され|特集)",
    r"(?:雑誌|新聞|メディア|テレビ)掲載",
    r"\bas (?:seen|featured) (?:on|in)\b|\bendorsed by\b",
    r"\b(?:winners? of|won) (?:the |an? )?(?:[\w-]+ ){0,3}(?:award|prize|medal)s?\b",
    r"(?:いし|おいしゃ(?:さん|さま)|せんもんか)(?:も|が)(?:すいしょう|おすすめ|すすめ|みとめ)",
    r"賞(?:を)?(?:受賞|獲得)|金賞",
    r"\b(?:trusted|loved|used|chosen|worn) by (?:over |more than )?(?:thousands|millions|hundreds|\d[\d,]* )",
    (
        r"(?:医師|お?医者(?:様|さん|さま)?|皮膚科医?|歯科?医師?|薬剤師|看護師|管理栄養士|専門家|プロ|獣医師?|"
        r"助産師|博士)(?:の(?:\d+%|多く|先生))?(?:も|が|による|の)?(?:お?(?:すすめ|勧め|薦め)|推奨|監修|"
        r"認め|太鼓判|愛用|絶賛|推薦|使って)"
    ),
    (
        r"(?:臨床|科学|医学)(?:的)?(?:試験|研究)?(?:に|で|的に)?(?:も)?(?:実証|証明|立証|確認|裏付け|"
        r"検証済)|効果(?:が|は)?(?:実証|証明|立証)|(?:厚生労働省|国|FDA|fda)(?:の|が)?(?:認可|承認|認定|"
        r"お墨付き)"
    ),
    (
        r"(?:金賞|大賞|最優秀賞|アワード|グランプリ|モンドセレクション)[^。\n]{0,6}(?:受賞|獲得|に輝)|"
        r"受賞(?:しました|歴|商品|作)|特許(?:取得|出願)|(?:有名人|芸能人|モデル)(?:も|が)(?:愛用|絶賛)"
    ),
    r"\b(?:doctors?|physicians?|dentists?|dermatologists?|experts?|scientists?|nutritionists?|pediatricians?|vets?|"
    r"pharmacists?|nurses?|celebrit(?:y|ies)|professionals)(?:'s)?[- ](?:[\w]+ )?(?:recommend(?:s|ed|"
    r"ation)?|approved?|tested|"
    r"trusted?|endorsed?|agree|say|prefer|swear by|love|choose)\b",
    r"\b(?:recommended|approved|endorsed|trusted|tested|backed|certified|prescribed) by (?:[\w]+ ){0,3}"
    r"(?:doctors?|physicians?|dentists?|dermatologists?|experts?|scientists?|science|professionals|"
    r"nutritionists?|vets?|nasa|the fda)\b",
    r"\b(?:clinically|scientifically|medically|dermatologically|laboratory|lab)[- ](?:proven|tested|"
    r"shown|validated|approved|backed)\b|"
    r"\bclinical(?:ly)? (?:trials?|stud(?:y|ies)|evidence)\b|\bstudies (?:show|prove|have shown)\b|"
    r"\bproven (?:to|results|effective)\b|"
    r"\bscience[- ]backed\b|\b(?:fda|nhs|who)[- ](?:approved|cleared|certified)\b|\bpatented\b",
)
COMPARISON = (
    r"\b(?:better|cheaper|safer|faster|stronger|warmer|lighter|softer|quieter|healthier|smarter) than "
    r"(?!ever|before|you|it|expected|usual|last|an? |the |our |your |that|this|never|nothing|most|"
    r"many|words|one|they|we|i )[a-z]",
    (
        r"(?:他社|他店|ほかの(?:店|メーカー|ブランド)|他の(?:どの|メーカー|ブランド|製品)|従来品|"
        r"競合)[^。\n]{0,8}(?:より|と比べ|とは違|に負け|以上に|の比では)|どこよりも|どの店よりも|"
        r"他では(?:買え|手に入|味わえ)"
    ),
    r"\b(?:better|cheaper|safer|faster|stronger|warmer|lighter|softer|more \w+) than (?:any(?:thing)?|"
    r"other|the (?:competition|rest|others)|"
    r"our competitors|all|every|leading)\b|\bunlike (?:other|our competitors|cheap)\b|"
    r"\boutperforms?\b|\bbeats? (?:the competition|all|every|any)\b|"
    r"\b(?:thousands|millions|hundreds|tens of thousands) of (?:[\w-]+ )?(?:customers|people|users|"
    r"buyers|families|homes|fans)\b",
)
PATTERNS: Mapping[Concept, tuple[str, ...]] = {
    "superlative": SUPERLATIVE + POPULARITY,
    "guarantee": GUARANTEE,
    "health": HEALTH + EFFECTS,
    "expert": EXPERT,
    "comparison": COMPARISON + RIVALS,
}
