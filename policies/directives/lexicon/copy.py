"""Copy: parts of a message, words for words, places in a text, and tones of voice."""

DISCLOSURES = {
    "way_out": "配信停止リンク|配信停止のリンク|配信停止用リンク|配信停止の案内|配信停止のご案内|配信停止方法|"
    "配信停止の方法|配信停止の導線|オプトアウトリンク|オプトアウトの案内|解除リンク"
    "|unsubscribe link|unsubscribe links|an unsubscribe link|opt-out link|opt-out notice|a way to "
    "unsubscribe|opt-out instructions",
    "sender_name": "送信者名|送信者の名称|会社名|差出人名|sender name|sender's name|our company name|the sender's name",
    "sender_address": "送信者の住所|会社の住所|所在地|住所|postal address|our address|sender's address|the sender's "
    "address",
    "sender_contact": "問い合わせ先|お問い合わせ先|連絡窓口|contact details for questions|a contact for questions|our "
    "contact details",
}
PARTS = {
    "subject": "件名|サブジェクト|タイトル行|表題|subject|subjects|subject line|subject lines",
    "preheader": "プリヘッダー|プレヘッダー|preheader|preheaders|preview text",
    "title": "タイトル|見出し|title|titles|heading|headings|headline|headlines",
    "body": "本文|ボディ|文章|body|body copy|bodies|message body|body text|main text|the body of",
    "copy": "文面|文中|文言|メッセージ文|配信文|コピー|コピー文|原稿|文|テキスト|クリエイティブ|our copy|copy|"
    "text|wording|texts|message text|any text|the text|any copy|writing|our texts|our writing|the "
    "copy|message copy|creative|creatives|letters",
}
WORD_NOUNS = (
    "サービス名|製品名|他社サービス名|他社製品名|責める|責めるような|急がせる|急がせるような|煽る|あおる|煽るような|誇大な|過激な|失礼な|"
    "大げさな|強引な|service name|service names|product name|product names|pushy|blaming|reproachful|"
    "言葉|ことば|単語|語|表現|フレーズ|ワード|文字列|文字|名前|社名|他社名|競合|競合名|競合他社|"
    "競合の|競合他社の|ブランド名|商品名|用語|語句|文句|言い回し|呼び方|呼称|表記|という|との|"
    "といった|って|と|ngワード|禁止ワード|禁止語|使用禁止ワード|禁句|固有名詞|名称|会社名|一文|注記|"
    "注意書き|文|注意文|但し書き|コメント|旨|キーワード|単語は|会社|ライバル|ライバル社|他社|他社の|"
    "社|店名|と呼ぶ"
    "|word|words|phrase|phrases|term|terms|expression|expressions|name|names|the name|brand name|"
    "competitor|competitors|competitor's|competitor's name|our competitor|the competitor|rival|rivals|"
    "string|label|sentence|line|wording|disclaimer|note|claim|claims|notice|the like|vocabulary|"
    "buzzword|slogan|statement|mark|marker|the words|the word|the phrase|the term|company|brand "
    "called|called|shop|hint|marking"
)
OPEN_LIST = (
    "など|等|とか|など の|などの|等の|のような|といった|ような|みたいな|such as|like|and so on|etc|"
    "etc.|and the like|or similar|and similar|or similar words|and similar words|words like|phrases "
    "like|for example|e.g."
)
START = (
    "冒頭|先頭|最初|頭|文頭|出だし|書き出し|始まる|始める|始め|から始める|から始まる|で始める|"
    "で始まる|で始まり|で始め|start with|begin with|starts with|begins with|starting with|beginning "
    "with|at the start|at the beginning|at the top|open with|opens with|in front|prefixed with|prefix|"
    "lead with|opening with|start|begin|beginning|at the front|in first place"
)
END = (
    "末尾|最後|文末|終わり|締め|末尾に|で終わる|で終える|で締める|で締めくくる|で結ぶ|end with|ends "
    "with|end in|at the end|close with|closes with|at the bottom|finish with|finishes with|closing "
    "with|ending with|conclude with|in the footer|フッター|suffix"
)
CONTAIN = (
    "入れる|入れて|入れ|含める|含めて|含め|含む|含み|明記|記載|記入|表示|付記|明示|併記|掲載|つける|"
    "付ける|つけて|付けて|付け|添える|添えて|書く|書いて|載せる|載せて|加える|加えて|入る|入って|"
    "入っている|ある|含まれる|含まれて|挿入|冠する|冠して|付与|追加|入れておく|付す|付して|差し込む"
    "|contain|contains|containing|include|includes|including|carry|carries|have|has|feature|add|state|"
    "states|show|mention|say|says|read|reads|bear|display|insert|put|appear|appears|write|be written|"
    "written|there|come with|comes with|with|included|stating|saying|be marked|be labelled|labelled|"
    "labeled|marked|quote|append|attach|present|added|shown|stated|mentioned"
)
USE = (
    "使う|使用|使わ|使い|書く|記載|出す|触れる|言う|言及|謳う|うたう|載せる|入れる|呼ぶ|用いる|利用|"
    "表示|表現|使用する|登場|登場させる|口にする|掲載|表記"
    "|use|used|using|say|said|saying|write|written|writing|mention|mentioned|mentioning|appear|"
    "appears|appearing|contain|contains|show up|turn up|be in|call|print|allowed in|promise|claim|"
    "refer to|referred to|be found|occur|speak of|talk about|feature|include|put|read|state|utter|"
    "employ|be seen|name|named|shown|show|be read|have|has|come up|there|exist|come out|slip in|find "
    "its way into"
)
LENGTH = (
    "長さ|文字数|字数|文字量|length|long|character count|count|characters in length|size|short|"
    "shorter|in length|brief|limit to|stay|keep|kept|fit|fit in|fit into|fits|be|収める|収まる|収めて|"
    "おさめる|おさめて|抑える|抑えて|おさえる|おさえて|する|短く"
)
TONES = {
    "polite": "丁寧|丁寧な|丁寧に|敬語|敬語で|ですます調|です・ます調|礼儀正しい|敬体|敬体で|敬体の|polite|"
    "politely|courteous|courteously|respectful",
    "formal": "フォーマル|フォーマルな|かしこまった|改まった|堅い|硬い|formal|formally|businesslike|"
    "professional|serious",
    "casual": "カジュアル|カジュアルな|くだけた|砕けた|フランク|フランクな|casual|informal|relaxed|laid-back|"
    "easy-going|chatty|conversational",
    "friendly": "親しみやすい|親しみやすく|親しみのある|親しみを込めた|フレンドリー|フレンドリーな|友好的な|"
    "やさしい|優しい|優しく|やさしく|気さくな|friendly|kind|kindly|approachable|welcoming|personable|"
    "gentle",
    "warm": "温かい|温かみのある|あたたかい|あたたかみのある|温かく|ぬくもりのある|心のこもった|心温まる|"
    "寄り添った|寄り添う|warm|warmly|heartfelt|caring|cosy|cozy|empathetic",
    "bright": "明るい|明るく|ポップ|ポップな|元気な|元気よく|元気の出る|楽しい|楽しく|楽しげな|にぎやかな|"
    "ワクワクする|わくわくする|前向きな|ポジティブな|陽気な|bright|cheerful|upbeat|lively|positive|"
    "sunny|fun|playful|happy|energetic|enthusiastic",
    "calm": "落ち着いた|落ち着いて|落ち着きのある|穏やかな|穏やかに|静かな|しっとりした|しっとりとした|"
    "控えめな|控えめに|控えめ|柔らかい|柔らかな|やわらかい|やわらかな|やわらかく|柔らかく|ソフトな|"
    "calm|calmly|quietly|quiet in tone|soft|understated|restrained|modest in tone|subtle|soothing|discreet",
    "elegant": "上品|上品な|上品に|高級感のある|高級感|高級な|エレガントな|洗練された|品のある|品のよい|品の良い|"
    "elegant|refined|luxurious|sophisticated|classy|stylish|premium-sounding",
    "plain": "シンプル|シンプルな|シンプルに|簡潔|簡潔な|簡潔に|分かりやすい|わかりやすい|分かりやすく|"
    "わかりやすく|平易な|読みやすい|読みやすく|すっきりした|端的に|simple|plain|clear|clearly|"
    "straightforward|easy to read|plain english|concise|to the point|readable|jargon-free",
    "short": "短め|短めに|短く|短い|手短に|コンパクトに|コンパクトな|short|shorter|brief|crisp|snappy|compact|"
    "short and sweet",
    "sincere": "誠実な|誠実に|真摯な|真摯に|正直な|sincere|honest|earnest|trustworthy",
    "seasonal": "季節感のある|季節感を出す|季節感|季節を感じる|季節の挨拶を入れた|seasonal",
    "humorous": "ユーモアのある|ユーモア|面白い|面白く|humorous|humour|humor|witty|funny",
    "few_emoji": "絵文字は控えめ|絵文字は控えめに|絵文字は少なめ|絵文字は少なめに|絵文字を控えめに|few emoji|few "
    "emojis|fewer emojis|go easy on emojis|sparing with emojis",
}
DEGREES = (
    "more|a bit|a bit more|a little|a little more|slightly|somewhat|rather|少し|もう少し|やや|もっと|"
    "ちょっと|若干|より一層"
)
TONE_NOUNS = (
    "トーン|口調|調子|語り口|文体|雰囲気|言葉づかい|言葉遣い|話し方|テイスト|ニュアンス|感じ|印象|"
    "イメージ|表現|文章|文面|書き方|言い回し|メッセージ|トンマナ|スタイル|語調|書く|書いて|書き|"
    "仕上げる|仕上げて|まとめる|まとめて|心がける|心がけて|整える|整えて|統一|仕上がり|語りかける|"
    "語りかけて"
    "|tone|tone of voice|voice|style|manner|wording|language|copy|writing|write|written|sound|sounds|"
    "mood|feel|feeling|register|worded|phrased|text|atmosphere|touch|note|spirit|address|wordings|"
    "come across"
)
