"""Product words: materials, making, origin and promises, each in both languages, as one thing that may be a fact."""

MATERIALS: tuple[tuple[str, str], ...] = (
    ("cotton", "コットン|綿|木綿"),
    ("wool|merino|lambswool", "ウール|羊毛|メリノ"),
    ("cashmere", "カシミヤ|カシミア"),
    ("silk", "シルク|絹|正絹"),
    ("linen|flax", "リネン|麻|亜麻"),
    ("hemp", "ヘンプ"),
    ("polyester", "ポリエステル"),
    ("nylon", "ナイロン"),
    ("acrylic", "アクリル"),
    ("rayon|viscose|lyocell|tencel|modal", "レーヨン|リヨセル|テンセル|モダール|キュプラ"),
    ("leather|cowhide|calfskin", "革|本革|牛革|レザー|カーフ"),
    ("suede", "スエード|スウェード"),
    ("down|goose down|duck down", "ダウン|羽毛"),
    ("fur|shearling", "毛皮|ファー|ムートン"),
    ("bamboo", "竹|バンブー"),
    ("oak", "オーク|楢|ナラ材"),
    ("walnut", "ウォールナット|ウォルナット|くるみ材"),
    ("pine", "パイン材|松材"),
    ("teak", "チーク"),
    ("cedar|cypress|hinoki", "杉|檜|ひのき|ヒノキ"),
    ("mahogany", "マホガニー"),
    ("stainless steel|steel", "ステンレス|鋼|スチール"),
    ("cast iron|iron", "鋳鉄|鉄|鋳物"),
    ("alumini?um", "アルミ|アルミニウム"),
    ("copper", "銅"),
    ("brass", "真鍮"),
    ("titanium", "チタン"),
    ("gold|24k|18k", "金製|純金|18金|24金|ゴールド"),
    ("silver", "銀製|純銀|シルバー925|銀"),
    ("platinum", "プラチナ"),
    ("diamond", "ダイヤモンド|ダイヤ"),
    ("pearl", "パール|真珠"),
    ("ceramic|porcelain|stoneware|earthenware", "陶器|磁器|セラミック|陶磁器"),
    ("glass|crystal", "ガラス|クリスタル"),
    ("plastic", "プラスチック|樹脂"),
    ("rubber|latex", "ゴム|ラテックス"),
    ("marble|granite", "大理石|御影石"),
    ("velvet", "ベルベット|ビロード"),
    ("carbon fib(?:er|re)", "カーボン"),
    ("shea butter", "シアバター"),
    ("olive oil", "オリーブオイル|オリーブ油"),
    ("almonds?|hazelnuts?", "アーモンド|ヘーゼルナッツ"),
)
"""(English, Japanese): what things are made of."""

QUALITIES: tuple[tuple[str, str], ...] = (
    (r"recycled|upcycled", "リサイクル(?:素材|ポリ|コットン|ウール|ナイロン|繊維)|再生(?:素材|ポリ|繊維|紙)"),
    (r"organic(?:ally)?", "オーガニック|有機(?![物体化的])"),
    (r"vegan", "ヴィーガン|ビーガン"),
    (
        r"hand[- ]?(?:made|crafted|woven|knit(?:ted)?|sewn|stitched|painted|picked|blown|poured|roasted)",
        (
            "(?<!一つひとつ)(?<!ひとつひとつ)(?<!一つ一つ)(?<!一点一点)手作り|(?<!ひとつ)手づくり|"
            "ハンドメイド|(?<!一枚)(?<!一本)手織り|手編み|手縫い|手摘み|手描き"
        ),
    ),
    (r"water[- ]?(?:proof|resistant)", "防水|耐水|撥水|はっ水"),
    (r"fire[- ]?proof|flame[- ](?:proof|retardant)", "防火|耐火|難燃"),
    (r"wind[- ]?proof", "防風"),
    (r"gluten[- ]free", "グルテンフリー"),
    (r"sugar[- ]free|no added sugar", "無糖|砂糖不使用|シュガーレス|シュガーフリー"),
    (r"(?:additive|preservative)[- ]free|no (?:additives|preservatives)", "無添加|添加物不使用|保存料不使用"),
    (r"caffeine[- ]free|decaf(?:feinated)?", "カフェインレス|デカフェ|ノンカフェイン|カフェインゼロ"),
    (r"bpa[- ]free", "bpaフリー"),
    (r"hypo-?allergenic", "低刺激|低アレルゲン"),
    (r"pesticide[- ]free", "無農薬|農薬不使用"),
    (r"cruelty[- ]free", "動物実験をしていない|クルエルティフリー"),
    (r"fair[- ]?trade", "フェアトレード"),
    (r"biodegradable|compostable", "生分解性"),
    (r"carbon[- ]neutral|climate[- ]neutral", "カーボンニュートラル"),
    (r"noise[- ]cancell?(?:ing|ation)", "ノイズキャンセリング|ノイキャン"),
    (r"dishwasher[- ]safe", "食洗機(?:に|で)?も?(?:対応|可|ok|洗え|使え)"),
    (r"machine[- ]washable", "洗濯機で洗え|洗濯機(?:対応|可|ok)|丸洗い"),
    (r"dry[- ]clean only", "ドライクリーニングのみ"),
    (r"oven[- ]safe|oven[- ]proof", "オーブン(?:対応|可|ok)"),
    (r"(?:induction|ih)[- ](?:compatible|ready)", "ih(?:対応|可|ok)"),
    (r"scratch[- ](?:proof|resistant)", "傷がつきにくい|キズに強い"),
    (r"anti-?bacterial|antimicrobial", "抗菌|除菌|殺菌"),
    (r"certified|fda|gots|oeko-?tex", "認証(?:取得|済み|商品)?|認定"),
    (r"limited[- ]edition", "限定(?:版|エディション|モデル|品)"),
    (r"lifetime (?:warranty|guarantee)", "永久保証|生涯保証"),
    (r"microwave[- ]safe|microwav(?:e)?able", "(?:電子)?レンジ(?:に|で)?も?(?:対応|可|ok|使え|使用でき)"),
    (r"sustainabl[ey][- ](?:made|sourced|produced|grown|farmed|materials?)", "サステナブルな?素材|持続可能な素材"),
    (r"(?:eco|environmentally|planet)[- ]?friendly", "環境に(?:やさしい|優しい)|エコ素材"),
)
"""(English, Japanese): what is claimed of how things are made; each needs a fact in either language."""

ORIGINS: tuple[tuple[str, str, str], ...] = (
    ("japan", "japanese", "日本|国内"),
    ("italy", "italian", "イタリア"),
    ("france", "french", "フランス"),
    ("(?:the )?(?:usa|us|united states)|america", "american", "アメリカ|米国"),
    ("germany", "german", "ドイツ"),
    ("england|britain|(?:the )?uk", "english|british", "イギリス|英国"),
    ("scotland", "scottish", "スコットランド"),
    ("china", "chinese", "中国"),
    ("portugal", "portuguese", "ポルトガル"),
    ("spain", "spanish", "スペイン"),
    ("india", "indian", "インド"),
    ("switzerland", "swiss", "スイス"),
    ("sweden", "swedish", "スウェーデン"),
    ("denmark", "danish", "デンマーク"),
    ("finland", "finnish", "フィンランド"),
    ("(?:south )?korea", "korean", "韓国"),
    ("taiwan", "taiwanese", "台湾"),
    ("vietnam", "vietnamese", "ベトナム"),
    ("thailand", "thai", "タイ"),
)
"""(country, what is of it, in Japanese): where things are said to be made."""
AT_HOME = "国産|[\u4e00-\u9fff](?:県|府|都|道)"
"""What else says that something is Japanese."""

PROMISES: tuple[tuple[str, str, str], ...] = (
    (
        (
            r"\bfree (?:[\w-]+ )?(?:shipping|delivery|postage)\b|\bships? (?:for )?free\b|\bno (?:shipping|"
            r"delivery) (?:fee|charge|cost)s?\b"
        ),
        (
            r"送料(?:は|が)?(?:無料|込|0円|ゼロ|当社負担|サービス)|配送料(?:は|が)?無料|送料(?:は|"
            r"を)?(?:いただきません|かかりません|頂きません)"
        ),
        r"shipping|delivery|postage|freight|送料|配送|promotion|service_fee",
    ),
    (
        r"\bfree (?:[\w-]+ )?returns?\b|\breturns? (?:are |is )?(?:always )?free\b|\bmoney[- ]back\b|\bfull refunds?\b",
        r"返品(?:は|も)?(?:無料|自由|可|ok)|返金(?:保証|いたします|します)|全額返金",
        r"return|refund|money.?back|返品|返金|guarantee|保証",
    ),
    (
        (
            r"\bfree (?:gift|sample|bonus|toy|tote|mug|lunch|breakfast|dinner|drink|parking)s?\b|"
            r"\bfree [a-z]+ (?:with|for) (?:every|each|any|your|all)\b|"
            r"\b(?:lunch|breakfast|dinner|drinks|parking) (?:is |are )?included\b|"
            r"\b(?:gift|sample) (?:is )?(?:included |on us|"
            r"with (?:every|any) (?:order|purchase))"
        ),
        (
            r"(?:もれなく|全員に|先着|購入者に|お買い上げの方に)[^。\n]{0,12}(?:プレゼント|進呈|差し上げ)|"
            r"おまけ(?:付|つき)|無料プレゼント|サンプル(?:を|も)?(?:進呈|プレゼント|無料)"
        ),
        r"gift|sample|bonus|promotion|present|\bfree\b|includ|プレゼント|進呈|特典|おまけ|benefit|reward",
    ),
)
"""(English, Japanese, facts that carry it): what is promised beside the goods."""

MADE_EN = (
    r"(?:made|crafted|woven|knit(?:ted)?|cut|built|carved|sewn|lined|filled|finished|spun|forged|"
    r"cast)(?: \w+)?? (?:of|from|with|in|out of)"
)
PARTS_EN = (
    "handles?|coating|lining|soles?|uppers?|frame|shell|blend|straps?|base|legs|seat|cover|body|lid|surface|fabric"
)
PURE_EN = r"(?:pure|genuine|real|solid|finest|100 ?%|all)"
MADE_JA = r"100 ?%|製(?!品|作|造)|素材|仕立て|を使[用っい]|で(?:作|つく|織|編)|張り"
OF_JA = r"(?:素材|生地|表地|裏地|本体)は|天然|純(?!粋)|本物の|上質な|本格"
NAMED_JA = (
    r"(?P<thing>[\u4e00-\u9fffぁ-んー]{1,5}?)(?:県|府|都|道|州|市|町|村|島|地方)産(?!業)"
    r"|(?P<place>北海道|京都|沖縄|宇治|静岡|青森|長野|鹿児島|あめりか|ふらんす|いたりあ|すぺいん|ちり|"
    r"おーすとらりあ|のるうぇー|中国|台湾|"
    r"いんど|ぶらじる|えちおぴあ|かなだ|はわい|めきしこ|どいつ|ぺるー)産(?!業)"
    r"|(?P<ware>(?:有田|益子|備前|信楽|美濃|瀬戸|九谷|唐津|常滑|波佐見|砥部|丹波|清水)焼)"
    r"|(?P<part>[\u4e00-\u9fffぁ-んーa-z0-9]{2,12})配合"
    r"|こーど(?:は|:|「|『|\s){0,3}(?P<code>[a-z0-9]{4,20})"
)
NAMED_EN = (
    r"\b(?:made|grown|woven|brewed|roasted|produced|crafted) in (?P<place>(?!the\b|our\b|a\b|an\b|"
    r"small\b|one\b|two\b|house\b)[a-z]{4,20})"
    r"|\b(?:code|voucher|coupon)[: ]+[\"']?(?P<code>(?=[a-z]*\d)[a-z0-9]{4,20})\b|\b(?:use|enter|"
    r"with) (?:the )?code (?P<thing>[a-z0-9]{4,20})\b"
)
"""Origins, ingredients and codes: what is named must stand in the offer in the same letters."""
