"""Gratis words: what giving something away, a prize or a price of pennies sounds like, and what facts make it true."""

NOT_GIVEN_EN = (
    r"\bfeel free\b|\b(?:set|break|roam) (?!is|are|was|comes|costs|can|will|for)(?:\w+ ){0,3}free\b(?! of)|"
    r"\byou(?:'re| are) free\b|"
    r"(?<![-\w])free (?:to|from|time|moments?|hours?|minutes?|days?|afternoons?|evenings?|mornings?|weekends?|hands?|"
    r"spirit\w*|range|flow\w*|form|standing|up|your|yourself|apps?|newsletters?|catalog(?:ue)?s?|guides?|advice|"
    r"memberships?|registration|wi-?fi|downloads?|accounts?)\b|(?<![-\w])free of (?!charge|cost|any)|\bduty free\b|"
    r"\b(?:not|never|isn't|aren't|no longer) (?:\w+ )?free\b|"
    r"(?<![-\w])free (?:[\w-]+ )?(?:shipping|delivery|postage|returns?|admission|entry|trials?|gifts?|samples?|bonus|"
    r"toys?|totes?|mugs?|lunch|breakfast|dinner|drinks?|parking)\b"
)
"""Freedom of another kind, and what is promised under names of its own: product_words.PROMISES."""
NOT_GIVEN_JA = (
    r"無料(?:では|じゃ|配送|返品|体験|サンプル|プレゼント|で(?:お届け|お送り|配送))|(?:送料|配送料|配送|返品|"
    r"入場|参加|受講|初月|初回|設置|入場料|参加費|"
    r"参加料|受講料|入会金)(?:は|が|も)?無料|"
    r"(?:連絡|案内|電話|返事|返信|メール|知らせ|手紙|回答|クーポン|資料|挨拶|あいさつ|確認|説明|"
    r"葉書)を?(?:差し上げ|さしあげ)|"
    r"[日陽光風]が当た|送料[^。\n]{0,8}(?:当店|当社|弊社|私ども)(?:が|で)(?:全額)?負担|"
    r"無料の?お?[^\s、。]{0,5}(?:教室|講座|相談|アプリ|会員|登録|セミナー|説明会|カタログ|資料|冊子|見積)"
)
COSTLESS = (
    (
        r"\bzero cost\b|\b(?:pick up|collect|receive) your gift\b|"
        r"(?<![-\w])free(?![-\w])|\bgratis\b|\bcomplimentary\b|\bon the house\b|\b(?:is|are|it's|this one's) on us\b|"
        r"\bour treat\b|\bcosts? (?:you )?nothing\b|\bnothing to pay\b|\bpay nothing\b|\bno (?:charge|cost)\b|"
        r"\b(?:won'?t|will not|does not|doesn't|not) (?:have to )?(?:cost|pay|charge)(?: you)? (?:you )?(?:anything|"
        r"a (?:thing|penny|cent|yen)|for)\b|\bwithout (?:charge|paying|payment)\b|"
        r"\bgiv(?:e|ing|es) (?:[\w-]+ ){0,3}away\b|\bgiveaways?\b|\bthrow(?:ing|s|n)? in\b|"
        r"\b(?:a|our|your|this|another)(?: [\w-]+){0,2} (?:gift|present) (?:for you|to you|from (?:us|all of us)|"
        r"is waiting|awaits|inside)\b|\bwe(?:'ll| will) (?:pay|cover) (?:for )?(?:it|you|the|your)\b"
    ),
    (
        r"無料|無償|タダ(?:で(?!さえ|も)|です|に)|(?<!い)ただでお?(?:持ち|配|届|渡|受け|使)|ゼロ円|"
        r"(?:お代|お金|お?代金|費用|料金|お?支払い?)(?:は|が|も|を)?(?:一切)?(?:いただきませ|"
        r"いただいており?ませ|頂きませ|頂いており?ませ|"
        r"かかりませ|いりませ|要りませ|不要|かからな|いただかずに|必要あ?りませ)|"
        r"(?:当店|当社|弊社|わたくしども|私ども)(?:が|で)(?:全額)?(?:負担|持ち)|差し上げ|さしあげ|進呈|贈呈|"
        r"プレゼント(?:を)?(?:いたし|し(?:ます|て)|させて|中(?!に)|。|！|!|をご用意|企画|キャンペーン|が(?:もらえ|当た|届))|"
        r"もう(?:ひとつ|一つ|1つ|一杯|1杯|一品|1品|一枚|1枚|一本|1本|一個|1個)(?:を|も)?(?:サービス|お付け|おつけ)|"
        r"サービス(?:いたします|しております|します|させて|中です)|"
        r"サービスで(?:お付け|おつけ|つけ|差し|お渡し)|おまけ(?:を)?(?:し|いたし|つき|付き|に|が)|"
        r"[がをも]もらえ(?:ます|る)"
    ),
    (
        r"(?<![-\w])free(?![-\w])(?! (?:shipping|delivery|postage|returns?))|gratis|complimentary|no charge|"
        r"giveaway|gift|"
        r"present|bonus|reward|benefit|sample|promotion|\bfee\b|admission|"
        r"(?<!送料)(?<!送料は)無料|無償|進呈|贈呈|プレゼント|特典|おまけ|粗品|サービス品|入場|参加費"
    ),
)
PRIZES = (
    (
        r"\byou(?:'ve| have)? (?:just )?(?:won\b|been (?:\w+ )?(?:selected|chosen|picked|drawn))|"
        r"\b(?:lucky|our) winners?\b|\bjackpot\b|\bclaim your (?:prize|reward|gift|winnings)\b|\byour prize\b|"
        r"\braffle\b"
    ),
    r"当選(?!者の発表は)|当たりました|[がも]当たる|抽選で|懸賞|景品|福引|(?:に|で)選ばれました(?!逸品)",
    r"\bwon\b|prize|lottery|raffle|draw|winner|当選|抽選|懸賞|景品|福引|ガラポン",
)
PENNIES = (
    (
        r"\bfor (?:just |only |less than |under )?(?:a|one) (?:single )?(?:dollar|fiver|tenner|buck|quid|euro|"
        r"penny|song|"
        r"pound(?! of)|coin)\b|\bfor (?:pennies|peanuts|next to nothing|pocket money|small change)\b|"
        r"\ba (?:fiver|tenner)\b"
    ),
    r"[数何](?:十|百|千)円|小銭で|お小遣いで|タダ同然|ただ同然|破格|百円玉",
    r"fiver|tenner|pennies|ワンコイン|百円玉|破格",
)
GIVEN: tuple[tuple[str, str, str], ...] = (COSTLESS, PRIZES, PENNIES)
"""(English, Japanese, facts that carry it)."""
