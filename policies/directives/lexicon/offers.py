"""Offers: kinds, categories, stock, discounts and prices."""

CATEGORIES = {
    "alcohol": "酒|お酒|酒類|アルコール|アルコール類|アルコール飲料|ワイン|日本酒|ビール|酒類全般|お酒類|"
    "アルコール商品|酒類商品|alcohol|alcoholic drinks|alcoholic beverages|alcoholic|wine|wines|beer|"
    "spirits|liquor|booze|alcohol-related",
    "tobacco": "タバコ|たばこ|煙草|加熱式タバコ|タバコ製品|たばこ製品|tobacco|cigarettes|tobacco products|cigars|"
    "smoking products",
    "cosmetics": "化粧品|コスメ|スキンケア|メイク用品|化粧品類|化粧品カテゴリ|cosmetics|cosmetic|skincare|skin "
    "care|make-up|makeup|beauty products|cosmetic products|cosmetics products",
    "supplements": "サプリ|サプリメント|健康食品|栄養補助食品|supplements|supplement|dietary supplements|food "
    "supplements|vitamins",
    "food": "食品|食料品|食べ物|グルメ|フード|食品類|食材|food|foods|groceries|grocery|food products|food items",
    "fashion": "ファッション|衣料品|衣料|アパレル|洋服|服|衣類|ファッション商品|fashion|clothing|clothes|apparel|"
    "fashion items|garments",
    "electronics": "家電|電化製品|電子機器|家電製品|エレクトロニクス|デジタル家電|electronics|electronic|electrical "
    "goods|gadgets|consumer electronics|electronic goods|appliances",
    "travel": "旅行|旅行商品|トラベル|ツアー|旅行プラン|travel|trips|travel packages|holiday packages|package "
    "tours|tours",
    "finance": "ファイナンス|ファイナンス|金融|金融商品|保険|ローン|投資商品|投資信託|クレジット|finance|financial|"
    "financial products|"
    "finance products|insurance|loans|investment products|financial services",
    "toys": "玩具|おもちゃ|toys|toy",
    "books": "書籍|本のカテゴリ|books",
    "furniture": "家具|furniture",
    "sports": "スポーツ用品|sporting goods|sports goods",
    "baby": "ベビー用品|baby products|baby goods",
    "pets": "ペット用品|pet supplies|pet products",
    "gambling": "ギャンブル|宝くじ|gambling|lottery",
    "medicine": "医薬品|medicine|medicines|pharmaceuticals",
}
KINDS = {
    "coupon": "クーポン|クーポン券|割引クーポン|割引券|クーポンコード|coupon|coupons|voucher|vouchers|discount "
    "codes|coupon codes|discount coupons|coupon offers",
    "article": "記事|コラム|読み物|article|articles|blog posts",
    "case_study": "事例|導入事例|活用事例|成功事例|case study|case studies|case-study|customer stories",
    "tutorial": "チュートリアル|使い方動画|使い方ガイド|ハウツー|"
    "使い方の案内|使い方のご案内|使い方案内|使い方の紹介|使い方のコンテンツ|使い方コンテンツ|ハウツーコンテンツ|使い方"
    "|tutorial|tutorials|how-to guides|how-tos|how-to content|how to content|how-to guide|how-to articles|how-to videos"
    "|how-to messages|how-to tips|usage guides|usage tips|tutorial content",
    "event": "来店イベント|店頭イベント|店舗イベント|店内イベント|イベント|催事|セミナー|ウェビナー|events|"
    "event|seminars|webinars|webinar",
}
OFFER = (
    "商品|品|品物|アイテム|製品|オファー|特典|カテゴリ|カテゴリー|ジャンル|関連商品|関連|類|商材|"
    "取り扱い商品|もの|ご提案|系|系の"
    "|product|products|item|items|offer|offers|goods|deal|deals|category|categories|article of ours|"
    "related offers|merchandise|stock items|anything"
)
DISCOUNT = (
    "割引|値引|値引き|割引率|ディスカウント|値下げ|プライスダウン|割引額|値引率|値引き率|値引き額|"
    "値引額|割引幅|値引き幅|値引幅|お値引き|オフ率|割り引き|割引き|割引の率"
    "|discount|discounts|discounting|price cut|price cuts|price reduction|price reductions|markdown|"
    "markdowns|rebate|rebates|discount rate|discount level|reduction|reductions|discounted|reduce "
    "prices|off coupons|money off|price off"
)
DISCOUNTED = (
    "セール品|セール商品|割引商品|値引き商品|discounted items|sale items|discounted products|reduced "
    "items|on-sale items"
)
NOT_DISCOUNTED = "定価商品|定価品|full-price items"
OFF = "off|引き|引|オフ|割引き|値引き|の割引|割引"
OUT_OF_STOCK = (
    "we've run out of|we have run out of|that we've run out of|that we have run out of|that have run out|"
    "that ran out|we ran out of|"
    "在庫切れ|在庫切れの|在庫なし|在庫のない|在庫がない|在庫が無い|在庫無し|在庫ゼロ|在庫がゼロの|"
    "在庫ゼロの|在庫がなくなった|在庫が切れた|在庫の切れた|在庫が切れている|欠品|欠品中|欠品している|"
    "欠品した|品切れ|品切れ中|品切れの|品切れになった|売り切れ|売切れ|売り切れた|売り切れの|完売|"
    "完売した|完売の|ソールドアウト|入荷待ち"
    "|we've run out of|we have run out of|that we've run out of|that have run out|that has run out|we're out of|"
    "we are out of|that we're out of|is out of stock|are out of stock|is sold out|are sold out|is unavailable|"
    "are unavailable|out of "
    "stock|out-of-stock|sold out|sold-out|not in stock|unavailable|no longer in stock|no "
    "stock|no longer available|not available|aren't in stock|isn't in stock|are not in stock|is not "
    "in stock|that we don't have in stock|we don't have in stock|without stock|that are not in stock|"
    "that aren't in stock|that is not in stock|which are not in stock|that are out of stock|that are "
    "sold out|that is sold out|which are sold out|we no longer have in stock|no longer have in stock|"
    "we no longer stock|that we no longer have in stock|we don't have|we do not have in stock"
)
IN_STOCK = (
    "在庫のある|在庫がある|在庫あり|在庫有り|在庫がある場合|在庫があるとき|在庫の確保できた|"
    "在庫が確保できている|in stock|in-stock|available|are in stock|is in stock|actually in stock|that "
    "we have in stock|we have in stock|currently in stock"
)
MARGIN = "粗利率|粗利|利益率|マージン|マージン率|margin|margins|gross margin|profit margin|margin rate"
PRICE = "価格|値段|単価|定価|販売価格|価格帯|price|prices|priced|costing|price tag|cost|costs|priced at"
BRAND = "ブランド|brand|brands|ブランドの"
