"""Dangers: what no rule may do, by law or by the house; and texts that try to command the machine."""

INJECTION = (
    r"(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:previous|prior|above|earlier|all|your|"
    r"these|the)\b.{0,30}\b(?:instructions?|rules?|directives?|prompts?|polic(?:y|ies)|guidelines|"
    r"guardrails|restrictions|safety)",
    r"\byou are (?:now|no longer)\b|\bact as (?:an? )?(?:admin|root|developer|system|dan)\b|\b(?:admin|"
    r"developer|debug|god|maintenance|root|sudo|dan) mode\b|\bjailbreak|\bsudo\b|\bfrom now on,? you\b|"
    r"\bpretend (?:to be|you are)\b",
    r"^\s*[#\[<{(]*\s*(?:system|assistant|developer|root|admin)\s*[\]>})]*\s*[:：>]|</?(?:system|"
    r"directive|directives|instructions?|assistant|user|rules?|prompt|admin|tool|im_start|im_end)\b|"
    r"\[/?(?:inst|system)\]|<\|[a-z_]+\|>|<!--|\{\{|\{%",
    r"\b(?:print|reveal|show|display|output|repeat|leak|dump|expose|tell me|list|export|send me|return)"
    r"\b.{0,50}\b(?:system prompt|your prompt|prompt|configuration|config|api keys?|secrets?|"
    r"passwords?|credentials|tokens?|source code|environment variables|internal rules|hidden "
    r"instructions)",
    r"\b(?:approve|activate|publish|deploy|enable|release)\b.{0,50}\b(?:yourself|all (?:messages|rules|"
    r"directives|pending)|every (?:message|directive|rule)|without (?:a |any )?(?:review|approval|"
    r"second)|immediately without|this (?:directive|rule) (?:yourself|now|automatically))",
    r"\b(?:disable|turn off|switch off|deactivate|remove|delete|drop|skip|suspend|unset|clear|wipe|"
    r"erase)\b.{0,40}\b(?:every rule|all (?:the )?rules|all polic(?:y|ies)|all (?:the )?checks?|(?:the "
    r")?(?:safety|consent|inspection|legal|compliance|approval|review|security|house|policy|audit)(?:[ -]\w+)? ?"
    r"(?:checks?|rules?|process|log|step|controls?|trail)?|guardrails|filters|safeguards)\b",
    r"\b(?:grant|give) (?:me|us|yourself|this user)\b.{0,40}\b(?:rights?|access|role|permission to "
    r"approve|approver|admin)|\bmark (?:all|every|this|these)\b.{0,40}\b(?:as )?(?:understood|approved|"
    r"active|allowed)|\b(?:drop table|select \*|rm -rf|curl http|wget http|exec\(|eval\(|import os)\b",
    r"(?:これまで|今まで|以前|上記|前|すべて|全て|他|ほか|既存)の?.{0,12}(?:指示|命令|ルール|規則|"
    r"プロンプト|設定|制約|制限).{0,12}(?:無視|忘れ|破棄|取り消|無効|上書き|削除)",
    r"あなたは(?:今から|これから|もう|いま)|(?:管理者|開発者|デバッグ|メンテナンス)(?:モード|権限|"
    r"として)|(?:管理者|開発者)になりました|^\s*(?:システム|アシスタント|管理者|system)\s*[:：]",
    r"(?:システムプロンプト|プロンプト|apiキー|api キー|パスワード|秘密鍵|認証情報|内部設定|設定情報|"
    r"構成情報|トークン|アクセスキー|ソースコード).{0,20}(?:表示|出力|教え|見せ|書き出|公開|開示|送信|"
    r"送って|漏ら|返して|列挙)",
    r"(?:承認|審査|確認|レビュー|検査|チェック).{0,10}(?:なしで|無しで|せずに|を?省いて|を?飛ばして|"
    r"抜きで|スキップ|不要で|待たずに).{0,15}(?:有効|公開|反映|配信|適用|承認|送)|(?:検査|チェック|"
    r"同意|審査|承認|監査|フィルタ|ガード|安全)(?:ルール|確認|機能|ログ)?を?(?:すべて|全て|全部)"
    r"?(?:無効|解除|停止|オフ|切って|外して|バイパス|回避)",
    r"(?:全|すべての|全ての)(?:ルール|規則|ポリシー|制限|メッセージ|指示)を?.{0,8}(?:削除|無効|解除|"
    r"消して|消去|許可|承認|有効)|(?:この指示|この文|本指示).{0,10}(?:自動|直ちに|すぐに|無条件)"
    r".{0,6}(?:承認|有効|反映)|(?:自分で|自動で|勝手に)(?:承認|有効化)",
    r"\bas an ai\b|\byou must (?:comply|obey)\b|\b(?:respond|answer|reply) (?:only )?with\b|\bsay only\b",
    r"\b(?:output|print|dump|show|list|export)\b.{0,20}\b(?:database|all customer(?:s|'s|s')? "
    r"(?:emails|data|records)|every customer)",
    r"\b(?:previous|prior|earlier|existing|other|all) (?:directives?|rules?|polic(?:y|ies)|instructions?)\b.{0,20}"
    r"\b(?:are |is )?(?:void|invalid|cancell?ed|no longer|obsolete|overridden|superseded|deleted|null)",
    r"\b(?:ignore|bypass|disable|override|turn off|switch off|circumvent|work around|get around|deactivate)\b.{0,30}"
    r"\b(?:quiet hours|frequency caps?|caps?|house rules?|rules?|polic(?:y|ies)|checks?|consent|approvals?|review|"
    r"legal|compliance|safety|guards?|limits?)\b",
    r"\bapprove (?:this|it|these|the directive|all|every\w*)\b.{0,20}\b(?:automatically|immediately|"
    r"yourself|now|at once|"
    r"without)\b|\bautomatically approve\b|\bauto-approve\b|\bapprove everything\b",
    r"(?:自動|勝手|直ち|無条件|即時|即座|自分)(?:で|に|的に)?(?:承認|有効化|反映)|これは(?:命令|最優先)"
    r"|(?:検査|審査|チェック|監視)を"
    r"(?:止|停止|やめ|外|切|オフ|無効|回避|すり抜け)",
    r"あなたの(?:設定|指示|プロンプト|ルール|役割|制約|内部|指令)|(?:以後|今後|これから).{0,10}(?:私|"
    r"わたし|俺|僕)の(?:言う|命令|指示)|"
    r"従え|従いなさい|服従|(?:出力|表示|許可|承認|無効に|実行|扱)(?:せよ|しろ|しなさい|え。|え$)|"
    r"承認済みとして|データベース.{0,12}(?:出力|表示|見せ|消)",
)
NO_CONSENT_EN = (
    r"(?<!don't )(?<!not )(?<!never )\b(?:keep|continue|go on|carry on|still)\b(?!.{0,25}\b"
    r"(?:receipt|order|invoice|transactional|service|confirmation|shipping|deliver))(?:.{0,12}\b)(?:email|mail|text|"
    r"send|messag|call|"
    r"push|contact|writ)[a-z]*\b.{0,30}\b(?:after|once|when|even if)\b.{0,12}\b(?:unsubscribe|opt(?:ed|s)? out|opt-out|"
    r"object|withdraw|say no|said no|ask us to stop)",
    r"\b(?:ignore|disregard|overlook|bypass|override|forget about)\b.{0,25}\b(?:opt-?outs?|consents?|"
    r"unsubscribes?|permissions?|suppression|do[- ]not[- ]contact)",
    r"\b(?:regardless of|whether or not|with or without|no matter (?:whether|if)|irrespective of|even "
    r"if|even though|despite|in spite of|without (?:asking|waiting|needing|requiring|checking)(?: for)"
    r"?|without)\b.{0,40}\b(?:consents?|consented|permissions?|opt(?:ed)?[- ]?(?:in|out)|unsubscribed?|"
    r"agreed|said no|refused|objected|allowed)",
    r"(?:(?<!they )(?<!who )(?<!who have )(?<!who has )(?<!who've )(?<!they have )(?<!recently )(?<!just )(?<!n't )"
    r"(?<!not )\b(?:buy|bought|purchased)|(?<!a )(?<!the )(?<!their )(?<!last )(?<!any )(?<!after )(?<!of )"
    r"\bpurchase|\b(?:scrape|scraped|rent|rented|acquire|harvest|harvested|stolen|leaked))\b.{0,40}\b(?:address(?:es)?|lists?|contacts?|emails?|leads|data|numbers|database)",
    r"\b(?:people|customers?|those|everyone|anyone|everybody|users|contacts|subscribers|recipients|"
    r"ones)\b.{0,15}\b(?:who|that|having)\b.{0,12}\b(?:unsubscribed|opted out|opted-out|refused|"
    r"declined|said no|objected|withdrew|withdrawn|revoked|asked us to stop)",
    r"\b(?:re-?subscribe|opt (?:them|everyone|people|customers|all of them) (?:back )?in|pre-?tick|"
    r"tick the box for|assume consent|treat silence as consent|consider (?:them|everyone) (?:as )"
    r"?opted in)",
    r"\b(?:who|that)\b.{0,10}\b(?:have not|haven't|has not|hasn't|did not|didn't|never|do not|don't)"
    r"\b.{0,14}\b(?:opted in|opt in|"
    r"consented|consent|agreed|agree|given (?:us )?(?:their )?(?:consent|permission)|signed up|subscribed|asked for)",
    r"\bwithout (?:telling|informing|letting) (?:them|customers|people|anyone)\b|\bwithout (?:their|"
    r"the customers?'s?|customers') "
    r"(?:knowledge|awareness)\b|\bsecretly\b|\bbehind their backs?\b",
)
NO_CONSENT_JA = (
    r"(?:同意|許諾|承諾|許可)を?(?:取り直|もらい直|得直)(?:さず|さない|しなく|すことなく)",
    r"(?:同意|許諾|承諾|許可|オプトイン|了承|確認)(?:が|を|は|の有無)?(?:なく(?:ても|とも)|無く(?:ても|"
    r"とも)|なしに|無しに|なしで|無しで|を?得ずに|取らずに|せずに|問わず|関係なく|にかかわらず|"
    r"関わらず|得なくても|取れていなくても|していなくても|していない(?:人|方|お客様|顧客|会員)?にも|"
    r"のない(?:人|方|お客様|顧客|会員)にも|を?無視)",
    r"(?:配信停止|オプトアウト|受信拒否|購読解除|退会|配信拒否|解除|拒否|断った|お断り)(?:を?(?:した|"
    r"している|済み|希望|された|希望した|希望された|申し込んだ|選んだ))?の?(?:人|方|お客様|顧客|会員|"
    r"ユーザー|先)?(?:に(?:も|対しても)|も含め|を含め|していても|でも|を?無視|も対象)",
    r"(?:名簿業者|名簿屋|購入したリスト|買ったリスト|購入した名簿|買った名簿|買い取った|流出した|"
    r"漏えいした|不正に(?:入手|取得)|スクレイピング|収集したアドレス|拾った(?:アドレス|番号))|(?:名簿|"
    r"リスト|アドレス)を?(?:買|購入)",
    r"(?:同意|許諾)(?:した|済み|あり)(?:もの|こと|扱い)(?:と|に)(?:みなし|して|する)|勝手に(?:登録|"
    r"同意|オプトイン)|自動(?:的に)?(?:で)?オプトイン",
    r"(?:同意|許諾|承諾|許可)の?(?:確認|取得|有無)?(?:は|を)?(?:省略|スキップ|飛ばし|後回し|不要と|"
    r"取らな(?:い|く)で)|(?:本人|お客様|顧客)に(?:黙って|知らせず|無断で|内緒で)|無断で",
)
SENSITIVE_EN = (
    r"health (?:data|records|information)|medical (?:data|records)|sensitive data|behind on (?:their )"
    r"?payments?|overdue|in arrears|"
    r"low[- ]income|poor (?:people|customers|families)|gamblers|struggling|foreign (?:nationals?|"
    r"nationality|customers|people)|nationality|"
    r"(?:chinese|korean|indian|african|arab|russian|vietnamese|brazilian|black|white|asian|latino|"
    r"hispanic) (?:customers|people|nationals)|"
    r"pregnan\w*|expecting mothers|miscarriage|cancer|diabet\w+|depress\w+|anxiety|mental (?:health|"
    r"illness)|hiv|aids\b|disab\w+|illness(?:es)?|disease\w*|sick (?:people|customers)|chronic\w*|"
    r"medical (?:condition|history|treatment)\w*|addict\w*|alcoholi(?:cs|sm)|insomnia|dementia|"
    r"infertil\w*|erectile|obes\w+|overweight|bereaved|widow\w*|divorc\w+|bankrupt\w*|in debt|debts?|"
    r"indebted|unemployed|jobless|financial (?:trouble|difficult\w+|distress)|muslims?|jews?|jewish|"
    r"christians?|hindus?|buddhists?|catholics?|religio\w+|ethnic\w*|race\b|racial|black (?:people|"
    r"customers)|foreigners?|immigrants?|refugees?|gay|lesbian|lgbt\w*|transgender|homosexual\w*|"
    r"sexual orientation|political (?:views?|party|belief\w*)|trade union|criminal record|grieving|"
    r"vulnerable (?:people|customers)"
)
SENSITIVE_JA = (
    r"妊娠|妊婦|懐妊|不妊|流産|がん|癌|うつ|鬱|糖尿|持病|病気|病歴|疾患|治療中|闘病|障害のある|障がい|"
    r"精神|不眠|外国籍|国籍|滞納|延滞|生活保護|貧困|認知症|依存症|アルコール中毒|hiv|エイズ|肥満|離婚|"
    r"死別|遺族|喪中|破産|借金|多重債務|"
    r"生活困窮|失業|無職の|低所得|信仰|宗教|信者|イスラム|ムスリム|キリスト教|創価|人種|外国人|在日|"
    r"部落|出身地差別|同性愛|ゲイ|レズ|lgbt|性的指向|トランスジェンダー|支持政党|政治信条|組合員|"
    r"犯罪歴|前科"
)
TARGETS_EN = (
    r"\b(?:target\w*|pick(?:ed)? out|single out|find|identify|select|choose|sell\w*|pitch\w*|"
    r"approach\w*|send\w*|email\w*|offer\w*|promote\w*|push\w*|text\w*|advertise\w*|market\w*|reach\w*|"
    r"focus\w*|profile|segment|exploit\w*|use|uses|using|exclude\w*|pick|push|upsell|contact\w*|aim\w*|"
    r"show|give|exclude|leave out|"
    r"block|deny|not show|filter)\b"
)
TARGETS_JA = (
    r"狙|選び|選ん|抽出|特定|探し|絞っ|案内|勧め|すすめ|売|送|紹介|提案|配信|訴求|"
    r"ターゲット|アプローチ|除外|見せない|表示しない|外す|はじ"
)
MENTIONS = (
    r"触れない|触れず|言及しない|書かない|触れてはいけない|話題にしない|使わない|含めない|not mention|"
    r"never mention|don't mention|do not mention|not refer|never refer|not allude|not use|never use|"
    r"must not appear|may not appear|do not use|don't use|禁止|(?<![a-z])ng(?![a-z])"
)
CLAIMS = (
    r"(?:必ず|絶対に?|確実に|100%|誰でも|すぐに?).{0,12}(?:治|痩せ|やせ|消え|若返|効[くきい]|儲か|増え|"
    r"生え|なくな|改善|当た)",
    r"(?:治る|治ります|治った|完治|効く|予防できる|がんに|癌に|アトピーに|薬のように|医師が推薦|"
    r"副作用はない|副作用なし|痩せる|若返る|シミが(?:必ず)?消える)(?:と|って|ことを|効果を|という)"
    r"(?:書|うた|謳|伝|言|訴|宣伝|記載|送|アピール|強調)",
    r"\b(?:say|tell|claim|write|promise|state|advertise|mention|promote|suggest|announce|guarantee)"
    r"\b.{0,50}\b(?:cures?|cured|heals?|treats?|prevents?|guaranteed (?:results?|returns?|profit|"
    r"weight loss|income)|risk-free (?:returns?|investment)|no side effects|miracle cure|lose \d+ "
    r"?(?:kg|kilos|pounds|lbs)|doctor[- ]approved|clinically proven|fda approved)",
    r"\bguarantee(?:s|d)?\b.{0,25}\b(?:weight loss|profits?|returns?|results|cure)",
    r"(?:効果|効能|結果|返金|成功|利益)を?(?:保証|約束)(?:する|します|できる|される)?(?:と|って)"
    r"?.{0,8}(?:書|うた|謳|伝|言|宣伝|記載)",
    r"(?:治る|治ります|治った|完治する|治せる|効く|防げる|予防できる|痩せる|若返る)と.{0,12}(?:書|うた|"
    r"謳|伝|言|訴|宣伝|記載|アピール|強調)",
    r"(?:医師|医者|専門家|芸能人|有名人|公的機関|厚生労働省|大学)(?:が|も|に|の)?(?:推薦|推奨|認め|"
    r"お墨付き|保証).{0,10}(?:と|って|を).{0,6}(?:書|うた|謳|言|記載|装)",
    r"(?:競合|他社|ライバル).{0,14}(?:危険|劣悪|有害|粗悪|詐欺|欠陥|低品質|違法).{0,8}(?:書|言|伝|広め|宣伝|記載)",
)
DECEPTION = (
    r"\b(?:disguise|camouflage|dress up|pass off|mask|word|present)\w*\b.{0,60}\bso (?:that )?(?:nobody|no one|"
    r"people|they|"
    r"customers|readers|it)\b.{0,60}",
    r"(?:嘘|うそ|虚偽|架空|でたらめ|偽の|偽り|捏造|ねつ造|サクラ|やらせ|なりすま|装っ|装い|見せかけ|ごまか|騙|だまし)",
    r"(?:実際より|本当より|本来より|元値を|定価を|通常価格を|通常価格は).{0,14}(?:高く|安く|多く|"
    r"少なく|大きく|つり上げ|吊り上げ|水増し|釣り上げ)",
    r"(?:広告|宣伝|pr|販促|プロモーション)(?:である|だ|という)?(?:こと|の)?(?:を|は|だと)?.{0,8}(?:隠|"
    r"伏せ|わからないよう|分からないよう|気づかれない|気付かれない|ばれない|悟られない|明かさ)",
    r"(?:口コミ|レビュー|お客様の声|体験談|感想).{0,12}(?:風に|を装|作っ|作り|作成|偽|でっち|創作|自作|"
    r"投稿させ|書かせ)",
    r"(?:在庫|商品|数量).{0,20}(?:たくさん|十分|豊富|余って|山ほど|ある(?:が|けど|のに|けれど))"
    r".{0,20}(?:残りわずか|残り僅か|売り切れ間近|在庫わずか|あと少し|残り\d+)",
    r"(?:締切|締め切り|期限|終了|セール).{0,12}(?:ない|無い|続く|延長|決まっていない)(?:が|のに|けど|"
    r"けれど).{0,20}(?:本日|今日|限り|まで|終了|最後)",
    r"\b(?:fake|fabricat\w+|made[- ]up|invent(?:ed)? (?:reviews?|testimonials?|quotes?|prices?|"
    r"customers?)|bogus|phony|false(?:ly)?|lie\b|lies\b|lying|pretend\w*|deceiv\w+|mislead\w*|trick\w*|"
    r"disguise\w*|impersonat\w+|pose as|posing as|masquerad\w+|astroturf\w*|hidden fees|hide the "
    r"(?:price|fee|cost|ad|sender)|conceal\w*)\b",
    r"\b(?:inflate|raise|increase|exaggerate|overstate|bump up|pump up|mark up)"
    r"\w*\b.{0,40}\b(?:original|regular|list|reference|old|former|before|normal|initial|rrp)"
    r"\b.{0,10}\b(?:price|prices|value)",
    r"\b(?:say|claim|write|tell|state|show|announce|pretend)\b.{0,60}\b(?:only|just|last|few|almost)"
    r"\b.{0,40}\b(?:left|remain\w*|gone|ends?|today|hours|sold out)\b.{0,30}\b(?:even though|although|"
    r"though|when|while|despite|even if|but)\b",
    r"\b(?:without|not)\b.{0,15}\b(?:disclos\w+|label\w*|marking|saying|telling|revealing|mentioning)"
    r"\b.{0,30}\b(?:ad|advertis\w+|sponsored|paid|promotion|advertisement)\b|\bhide\b.{0,20}\b(?:that "
    r"it is|the fact that|it's)\b.{0,20}\b(?:ad|advert\w*|paid|sponsored|promotion)",
    r"\b(?:re:|fwd:)\b.{0,20}\b(?:subject|so that|to make)\b|\bmake it look (?:like|as if)\b",
    r"\b(?:say|tell|claim|write|announce|state|pretend|advertise)\b.{0,70}\b(?:although|even though|"
    r"even if (?:it|they|that|there)|"
    r"though|while in fact|when in fact|despite the fact)\b",
    r"\blooks? like (?:a |an |it )?(?:personal|private|official|invoice|bill|news|editorial|order|"
    r"delivery|was sent by|comes from|"
    r"came from|government|bank)",
    r"\b(?:don't|do not|never) (?:show|tell|mention|disclose|reveal|state)\b.{0,30}\b(?:price|fees?|"
    r"costs?|terms|conditions|renewal|"
    r"auto-renew\w*|subscription|shipping costs?)\b.{0,25}\b(?:until|before|till|unless)",
    r"(?:実際は|本当は|実は|事実では|事実と(?:は)?異な).{0,20}(?:推薦|ない|違|なし|異な)|(?:定期購入|"
    r"解約条件|手数料|送料|総額|追加料金)(?:を|は|の)?.{0,8}(?:隠|伏せ|書かな|見せな|表示しな|小さく)",
)
WAY_OUT = (
    r"(?:配信停止|オプトアウト|購読解除|解除|登録解除|配信解除)(?:の|用|用の|を案内する)?(?:リンク|url|"
    r"導線|手順|方法|案内|ボタン|フッター|手続き)(?:を|は|も)?.{0,12}(?:入れない|入れず|外し|外す|削除|"
    r"消し|消す|隠|載せない|つけない|付けない|省|なし|目立たな|小さく|わかりにく|分かりにく|複雑)",
    r"(?:送信者|差出人|会社|自社|弊社)(?:名|の名前|の住所|情報|表示|住所)?(?:を|は)?.{0,6}(?:隠|伏せ|"
    r"書かない|記載しない|載せない|偽)",
    r"\b(?:remove|omit|drop|hide|delete|leave out|leave off|take out|skip|bury|shrink|conceal|strip|"
    r"without|disable|obscure|no)\b.{0,30}\b(?:unsubscribe|opt-?out|sender'?s? (?:name|address)|postal "
    r"address|imprint)\b(?!.{0,20}\bno\b)|\bleave\b.{0,25}\b(?:unsubscribe|opt-?out)\b.{0,20}\bout\b|"
    r"\b(?:do not|don't|never) (?:include|add|show|put|offer|give|provide)\b.{0,25}\b(?:unsubscribe|"
    r"opt-?out)",
    r"\b(?:unsubscribe|opt-?out)\b(?: link| button| page)?\b.{0,12}\b(?:hard|harder|difficult|tricky|impossible) to "
    r"(?:find|see|spot|read|use|click|notice)",
    r"\bmake (?:it|unsubscribing|opting out)\b.{0,20}\b(?:hard|harder|difficult|impossible|complicated)"
    r"\b.{0,20}(?:unsubscribe|opt)?",
)
MINORS = (
    r"(?:未成年|子ども|子供|児童|中学生|高校生|小学生|1[0-9]歳|十代|10代|20歳未満|18歳未満)"
    r".{0,20}(?:酒|アルコール|ビール|ワイン|タバコ|たばこ|煙草|ギャンブル|賭け|ローン|アダルト|出会い)"
    r".{0,20}(?:送|案内|勧め|すすめ|紹介|配|売|提案|見せ|届け)",
    r"\b(?:teenagers?|teens?|minors?|children|kids|schoolchildren|under-?(?:18|age)s?|underage|pupils|"
    r"adolescents)\b.{0,40}\b(?:alcohol|beer|wine|spirits|liquor|tobacco|cigarettes|vap\w+|gambling|"
    r"betting|loans?|adult content)\b|\b(?:alcohol|beer|wine|spirits|liquor|tobacco|cigarettes?|vap\w+|"
    r"gambling|betting|loans?)\b.{0,40}\b(?:to|for|at|with)\b.{0,12}\b(?:teenagers?|teens?|minors?|"
    r"children|kids|schoolchildren|underage|pupils|adolescents)\b",
    r"\b(?:alcohol|beer|wine|spirits|liquor|tobacco|cigarettes?|vap\w+|gambling|betting|loans?|casino)"
    r"\b.{0,50}\b(?:1\d[- ]year[- ]olds?|"
    r"under[- ]?(?:1\d|20|21)s?|aged? 1\d|younger than (?:1\d|20|21)|below (?:1\d|20|21))\b",
)
DATA = (
    r"(?:個人情報|顧客情報|顧客データ|顧客リスト|メールアドレス|住所|電話番号|購買履歴|名簿)"
    r".{0,15}(?:渡|売|販売|共有|提供|横流し|転売|公開)",
    r"\b(?:sell|share|hand over|give|pass on|leak|publish|trade|disclose|post)\b.{0,30}\b(?:personal "
    r"data|customer (?:data|lists?|addresses|emails|details)|email addresses|phone numbers|"
    r"address(?:es)? of (?:our )?customers|purchase history)\b.{0,30}\b(?:to|with|online|publicly)\b",
)
ILLEGAL = (*CLAIMS, *DECEPTION, *WAY_OUT, *MINORS, *DATA)
NEVER = (
    r"\b(?:never|do not|don't|must not|may not|no|not|cannot|can't|stop|avoid|exclude[ds]?|blocked?|"
    r"suppress(?:ed)?|leave out|left out|off[- ]limits|keep.{1,30}(?:away|out)|forbidden|prohibited|"
    r"nobody|refrain|is banned)\b|ない(?:で|こと|よう|。|$|と|ものと)|ません|禁止|不可|(?<![a-z])"
    r"ng(?![a-z])|だめ|ダメ|厳禁|避け|控え|やめ|せず|送らず|対象外|除外|しない"
)
KEPT_AWAY = r"\bkeep\b.{1,60}\b(?:away|(?<!opt )(?<!opts )(?<!opted )out|off)\b"
