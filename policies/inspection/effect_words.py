"""Effect words: what goods are said to do to body and mind, beyond the plain verbs of healing."""

AILING_JA = (
    "肩こり|肩凝り|腰痛|頭痛|膝痛|関節痛|神経痛|不眠|便秘|下痢|花粉症|アトピー|アレルギー|湿疹|にきび|癌|糖尿|高血圧|血圧|血糖値?|"
    "コレステロール|中性脂肪|内臓脂肪|脂肪|風邪|インフルエンザ|更年期|冷え性|冷え症|むくみ|薄毛|抜け毛|痛み|疲れ目|疲れ|疲労|病気|症状|"
    "貧血|めまい|ストレス"
)
AILING_EN = (
    r"(?:headaches?|migraines?|(?:back |joint |muscle )?pain|stress|insomnia|colds|allerg(?:y|ies)|acne|wrinkles|"
    r"cholesterol|anxiety|fatigue)"
)
EFFECTS = (
    rf"(?:{AILING_JA})[^。\n、]{{0,10}}(?:下が[るりっ]|楽に|らくに|和ら|やわら|緩和|軽減|軽くな|治ま|おさま|鎮|"
    rf"取れ[るまた]|とれ[るまた]|ほぐれ|"
    r"ひきにく|なりにく|すっきり|ゆるやか|良くな|よくな|に(?:良い|よい|いい|やさしく)|効き|吹き飛|飛んで|知らず)",
    r"(?:ぐっすり|朝まで|すやすや|深く|よく)(?:眠れ(?:る|ます|るよう)|眠りにつけ)|眠れる(?:一杯|お茶|枕)|"
    r"(?:熟睡|快眠|安眠)(?:でき|に(?:導|誘|な))",
    r"太りにく|太らな|(?:痩せ|やせ)やす|(?:医者|薬|病院)いらず|(?:免疫|体力|代謝|胃腸|骨|血管)力?(?:が|"
    r"を)(?:強[くめ]|つけ|つく|丈夫に|高)|"
    r"健康(?:に|な(?:体|からだ)に)な[るれり]|お?肌が(?:つるつる|すべすべ|ぷるぷる|うるお[いっう]|若|よみがえ|白く)|"
    r"(?:腸|お腹|おなか|胃|体|からだ)の調子[がを](?:整|良|よ)|お?通じ(?:が|に|を)(?:良|よ|い|整|促)",
    rf"\b{AILING_EN}(?: \w+){{0,3}} (?:gone|disappears?|vanish\w*|melts? away|away|at bay)\b|\bno more {AILING_EN}\b",
    r"\bsleep (?:like a (?:baby|log)|soundly)\b|\bsleep (?:better|deeper) (?:\w+ )?with (?:it|this|our|the)\b|"
    r"\bkeeps? (?:the doctor|you (?:healthy|fit|young|"
    r"slim|well))\b|\b(?:makes?|keeps?|leaves?) (?:you|your (?:body|skin)) (?:slim|thin|young|healthy|fit|lean|"
    r"glowing)\b|"
    r"\b(?:good|great|wonderful) for (?:your|the) (?:heart|health|liver|gut|skin|bones|joints|brain|blood|"
    r"digestion|eyes|"
    r"immune system)\b",
)
