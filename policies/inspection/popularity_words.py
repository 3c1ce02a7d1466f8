"""Popularity words: that many others want a thing, and that rivals ask more for it; both need proof."""

POPULARITY = (
    r"人気(?!の(?:な|少な)|が(?:な|少な)|は?あ?りませ|者|配)|話題(?:の|沸騰|商品|作|に(?:なって|上)|を(?:呼|"
    r"集))|好評(?!価)|売れて(?:い|お)|"
    r"よく売れ|売れ筋|売れ行き|(?:大)?ヒット(?:商品|作|中|し)|ベストセラー|ロングセラー|注目(?:の|を(?:集|浴)|"
    r"され|度)|口コミ(?:で|が|の)|評判(?:の|が|を)|"
    r"愛用者(?:が|も|の)|リピーター(?:が|も|の)|引っ張りだこ|飛ぶように",
    r"(?:皆(?:様|さま|さん)|みなさま|みなさん|みんな|多くの(?:方|お客様|皆様)|お客様|たくさんの方)(?:に|が|から|"
    r"も)[^。\n]{0,8}(?:選ば|選ん|愛され|支持され|"
    r"ご支持|好まれ|喜ばれ|買って(?:い|お)|ご愛用|高く評価)|(?:皆様|みんな|多くの方)(?:が|"
    r"も)[^。\n]{0,8}お求め(?!いただけ|になれ)",
    r"\b(?:ever[- ]|so |very |most |hugely |wildly )?popular\b(?! (?:music|culture|vote|science))|\btrending\b|"
    r"\bin (?:high|great|such) demand\b|\b(?:much|well|best)[- ]loved\b|\bsought[- ]after\b|"
    r"\b(?:crowd|fan)[- ](?:pleas\w+|favou?rite)\b|\brunaway (?:hit|success)\b|\btalk of the town\b|"
    r"\bflying off\b|\bsell(?:s|ing) (?:very |so |really )?well\b|\ba (?:big |huge )?hit (?:with|among)\b|"
    r"\bbest ?sellers?\b|"
    r"\bfavou?rites? (?:with|among|of) (?:our |many |all |the )?(?:customers|shoppers|guests|regulars|families|"
    r"locals)\b",
    r"\bevery(?:one|body)(?: else)?(?:'s| is| has| keeps)? (?:been )?(?:buy|talk|lov|rav|choos|wear|drink|want)\w*|"
    r"\b(?:people|customers|shoppers) (?:all |really |just |simply )?(?:rave|swear by|keep coming back|"
    r"can'?t get enough)\b|"
    r"\bpeople (?:all |really |just |simply )?(?:love|adore)\b|\b(?:thousands|millions|hundreds|countless \w+|"
    r"many customers) (?:have |already )"
    r"(?:already )?(?:chosen|bought|chose|tried|loved?|ordered)\b",
)
OTHERS_JA = (
    r"(?:隣|となり|お隣|近所|近く|よそ|他|ほか|別|駅前|大手|ネット|通販|スーパー|量販店|百貨店|デパート|市価|"
    r"相場|どこ|専門店|競合)"
    r"(?:の(?:お?店|店舗|スーパー|通販|市場|サイト|ショップ|メーカー|デパート))?(?:で(?:買う|求める))?"
)
DEALERS_EN = (
    r"(?:shops?|stores?|supermarkets?|competitors?|rivals?|markets?|high street|places?|brands?|dealers?|online|"
    r"elsewhere|"
    r"anywhere|amazon|others|neighbou?rs?|next door|the competition)"
)
RIVALS = (
    rf"{OTHERS_JA}より(?:も|は)?[^。\n]{{0,8}}(?:安|割安|お得|良[いく]|上質|勝|品質|おいし|低価格|お値打ち)",
    r"\b(?:cheaper|less|lower|better|fresher|nicer|finer)(?: [\w-]+){0,3}? than (?:(?:at|in|from|any|the|your|"
    r"other|most) )*"
    rf"(?:[\w-]+ )?{DEALERS_EN}\b",
    r"\b(?:won'?t|will not|cannot|can'?t|never) (?:find|get|see|buy) (?:[\w-]+ ){0,3}(?:cheaper|better|lower|"
    r"for less)\b|"
    r"\b(?:nobody|no one|no (?:other )?(?:store|shop)) (?:else )?(?:sells|offers|gives|beats)\b|"
    r"\bfor less (?:anywhere|elsewhere)\b|\bcheaper (?:here|elsewhere)\b",
)
