"""Sensitive words: matters of a person that are never worded, and the sentences that ascribe them."""

from collections.abc import Mapping

from policies.rules.sensitive_attribute import Topic

MATTERS_JA: Mapping[Topic, str] = {
    "health": (
        r"うつ病|鬱病|うつ(?![わるりくすし])|双極性障害|適応障害|統合失調症|パニック障害|不眠症?|睡眠障害|"
        r"病気|ご病気|持病|病歴|病状|通院|精神科|心療内科|産婦人科|泌尿器科|入院|退院|手術|診断|治療|服薬|"
        r"投薬|闘病|療養|リハビリ|体調|"
        r"糖尿病|がん(?!ば|こ)|癌|高血圧|血圧|血糖値?|コレステロール|アレルギー|アトピー|花粉症|ぜんそく|"
        r"喘息|障害|障がい|発達障害|自閉症|認知症|心臓病|腎臓病|肝臓病|脳梗塞|更年期(?:障害)?|"
        r"生理痛?|性病|感染症|依存症|アルコール依存|摂食障害|肥満|体重|体型|薄毛|(?<![a-z])(?:ed|adhd|pms|hiv)(?![a-z])|便秘|腰痛|"
        r"頭痛|難聴|視力|症状|お体の(?:具合|不調)|メンタル(?:不調)?|心の病"
    ),
    "pregnancy": (
        r"妊娠|懐妊|妊活|不妊|流産|死産|中絶|つわり|出産(?:予定)?|おめでた|身ごもり|安定期|お腹の赤ちゃん|"
        r"おなかの赤ちゃん|赤ちゃんを授か|産後|授乳|マタニティブルー"
    ),
    "money": (
        r"年収|収入|所得|給与|給料|借金|借入|ローン(?:残高|の返済)?|債務|負債|滞納|延滞|(?:支払い?|"
        r"返済)(?:が|の)?(?:遅れ|滞)|破産|自己破産|"
        r"多重債務|家計|資産額|貯金額|預金額|信用情報|与信|生活保護|失業|解雇|リストラ|無職|求職|転職活動|"
        r"退職|お金にお困り|年金(?:暮らし|生活|受給)|お金のご?心配|経済状況|経済的に"
    ),
    "belief": (
        r"宗教|信仰|信者|信徒|(?:キリスト|イスラム|仏|ヒンドゥー|ユダヤ|新興宗)教徒?|学会員|創価学会|"
        r"幸福の科学|クリスチャン|ムスリム|入信|教会|檀家|改宗|支持政党|政治(?:信条|的立場|的な考え)|"
        r"選挙(?:で|の投票)|"
        r"投票先|党員|労働組合|思想"
    ),
    "sexuality": (
        r"性的指向|性自認|性生活|性癖|同性愛|ゲイ|レズビアン|バイセクシュアル|トランスジェンダー|(?<![a-z])lgbtq?(?![a-z])|"
        r"カミングアウト|性的嗜好"
    ),
    "family": (
        r"離婚|別居|離縁|破局|失恋|浮気|不倫|親権|養育費|再婚|一人暮らし|ひとり暮らし|子ども?のいない|"
        r"お子様(?:が|の)いらっしゃらない|子供のいない|独身|結婚(?:し|され)ていない|未婚|おひとり身|シングルマザー|"
        r"シングルファーザー|母子家庭|父子家庭|家庭(?:の事情|内のこと|内不和|環境)|夫婦(?:仲|関係|喧嘩)|"
        r"虐待|(?<![a-z])dv(?![a-z])|家庭内暴力|引きこもり|不登校|介護"
    ),
    "death": (
        r"亡くな|お亡くなり|ご逝去|逝去|他界|死別|ご不幸|葬儀|お葬式|喪中|忌中|四十九日|ご遺族|遺産|"
        r"未亡人|お悔やみ|天国の|先立たれ|失われた(?:ご家族|大切な方)|ペットロス"
    ),
    "origin": r"国籍|人種|民族|出自|在日|帰化|在留資格|ビザの(?:期限|種類)|被差別|部落|肌の色|ハーフ(?:の|で)",
    "crime": r"前科|逮捕|犯罪歴|服役|有罪|執行猶予|訴訟|被害届|犯罪(?:の)?被害|示談",
    "age": r"曲がり角|アラ(?:サー|フォー|フィフ|還)|熟年|中高年|シニア世代|ご高齢|お年を召し|老後|加齢|ご年齢",
}
ASCRIBED_BEFORE_JA = r"(?:あなた|貴方|貴女|お客様|お客さま|ご自身|ご本人|[^\s、。「」]{1,6}様)の(?:[^。\s、]{0,6})?"
ASCRIBED_AFTER_JA = (
    r"(?:[^。！？\n]{0,14}?)(?:と診断|と伺|とうかが|とお伺い|とお聞き|と聞|とのこと|だとわか|と存じ|"
    r"でいらっしゃ|おめでとう|のご様子|大変でした|大変だった|"
    r"おつらい|おつらかった|お辛い|お辛かった|ですね|ましたね|ましたが|から(?:まもなく|\d|の回復|回復|立ち直)|"
    r"を抱え|に苦しん|の(?:あなた|お客様)|を心配|が心配|はいかがですか|"
    r"の(?:具合|調子)は|中でいらっしゃ|されたと|なさったと|されました|なさいました|したばかり|"
    r"されたばかり|しているあなた|しているお客様|のあなた|"
    r"に悩(?:む|んで)(?:いる)?(?:あなた|お客様|いらっしゃ|おられ|のですね)|にお悩みですね|"
    r"でお悩みですね|でお困りですね|に合わせて|に応じて|に配慮|を考慮|をもとに|から推|のご様子|"
    r"お見舞い申し上げ|お察し|がおあり)"
)
HONOURED_JA: Mapping[Topic, str] = {
    "health": (
        r"ご(?:病気|病状|持病|入院|退院|通院|闘病|療養|体調(?=が(?:すぐれ|悪|心配|優れ))|不調)(?!の方|"
        r"の際|見舞|時|などの|中の方|等)|(?:お|ご)(?:身体|体)の(?:具合|調子|不調)"
    ),
    "pregnancy": (
        r"ご(?:懐妊|妊娠)(?!中の方|の方|の可能性|・授乳|中・|中や|中または)|おめでたですね|"
        r"ご出産(?:おめで|予定日|を控え|間近|後の(?:お体|あなた))|お腹の赤ちゃん|赤ちゃんが(?:お生まれ|"
        r"生まれ|でき|産まれ)"
    ),
    "money": (
        r"(?:失業|求職|休職)中の(?:方|皆様)(?:へ|に)(?![もは])|ご(?:年収|収入|所得|借金|借入|資産状況|貯蓄額|家計(?=が|の苦|は|状況|の状況))(?!証明|"
        r"に関するご相談)|お給料(?:が|に|は)|お金に(?:お困り|困って)"
    ),
    "belief": r"ご(?:信仰|宗教|信条|信心)|ご支持(?:の政党|政党)",
    "sexuality": r"(?:お客様|あなた)の性(?:的|生活|自認)",
    "family": (
        r"ご(?:離婚|別居|再婚|家庭の事情|夫婦仲|夫婦関係)|離婚され|(?:彼氏?|彼女|恋人|夫|妻|旦那様?|ご主人様?|奥様|"
        r"パートナー)と(?:別れ|の別れ|お別れ)|離婚なさ|お一人に(?:なられ|なった)|"
        r"おひとりに(?:なられ|なった)|(?:失恋|破局)(?:され|なさ|した(?:あなた|お客様))|独身(?:の|"
        r"で)(?:あなた|お客様|いらっしゃ)"
    ),
    "death": (
        r"ご(?:逝去|不幸があ|愁傷)|(?:ご主人|奥様|お母様|お父様|ご家族|ペット|愛犬|愛猫|"
        r"[^\s、。]{1,4}ちゃん)(?:が|を|の)?(?:様)?(?:が|を)?(?:亡く|お亡くなり|他界|天国)|"
        r"お悔やみ申し上げ|亡くされ|喪に服"
    ),
    "origin": r"ご(?:出自|国籍)",
    "crime": r"ご(?:逮捕|服役)",
    "age": r"ご年齢(?:を考え|から考え)|ご(?:高齢)(?:の(?:あなた|お客様)|でいらっしゃ)|お年を召し|お年のせい",
}
UNWELL_JA = (
    r"(?:太|痩せ|やせ|老け|やつれ)(?:られ|り)?(?:まし)?た(?:ね|よう|のでは)|(?:お客様|あなた|"
    r"[^\s、。]{1,6}様)の(?:一日も早い)?(?:ご)?(?:回復|快復)|"
    r"(?:眠れ(?:て|な)|寝不足|寝つけ|寝付け|お疲れ(?!様|さま)|疲れが(?:たまって|取れて)|体調(?:が|"
    r"を)(?:すぐれ|崩|悪)|食欲が|元気が(?:ない|なさそう)|気分が(?:沈|落ち|すぐれ)|お悩み|"
    r"ストレス(?:が|を))"
    r"[^。！？\n]{0,12}(?:ご様子|でしょう|ようです|ようですね|ですね|のではないですか|のではありませんか|"
    r"のでは$|と存じます|と伺|でいらっしゃ|みたいですね|ませんか？?$)"
)
ANSWERED_JA = (
    r"(?:診断(?:を|が)?(?:受け|され|下り|おり)|(?:治療|通院|闘病|療養|入院|求職|婚活|妊活|休職|服薬|"
    r"離婚調停|離婚協議|リハビリ|ダイエット)中の?(?:あなた|お客様|[^\s、。]{1,6}様|ですね|"
    r"でいらっしゃ|と伺|と存じ|のところ))"
)

MATTERS_EN: Mapping[Topic, str] = {
    "health": (
        r"(?:(?:mental|skin|medical|heart|health|chronic|physical|kidney|thyroid|bowel) )?(?:illness|"
        r"disease|conditions?|diagnosis|disorder|disability|disabilities|symptoms|health (?:issues?|"
        r"problems?|concerns?|history|records?|status)|mental health|medical history)|depression|anxiety|"
        r"bipolar|schizophrenia|adhd|autism|cancer|tumou?r|diabetes|asthma|insomnia|sleeplessness|"
        r"sleep(?:ing)? (?:problems?|troubles?|disorder|issues?|pattern)|chemo(?:therapy)?|radiotherapy|"
        r"surgery|operation|hospital (?:stay|visit|treatment)|hospitali[sz]ation|therapy sessions?|therapy|"
        r"therapist|psychiatrist|rehab(?:ilitation)?|medications?|prescriptions?|antidepressants?|pills|"
        r"migraines?|back pain|chronic pain|joint pain|arthritis|addiction|drinking(?: problem| habit)?|"
        r"alcoholism|sobriety|relapse|overweight|obesity|weight (?:loss|problem|gain|issues?|struggles?)|bmi|"
        r"infertility|menopause|hot flushes|hiv|std|sti|allerg(?:y|ies)|intolerance|blood (?:pressure|"
        r"sugar|test)|cholesterol|eczema|psoriasis|acne|hair loss|baldness|erectile dysfunction|"
        r"incontinence|eating disorder|anorexia|bulimia|dementia|alzheimer'?s|parkinson'?s|epilepsy|"
        r"stroke|heart attack|heart problems?|burnout|panic attacks|trauma|ptsd|grief|loneliness|"
        r"stress levels?|injury|recovery from|doctor'?s (?:visit|appointment)|test results"
    ),
    "pregnancy": (
        r"pregnan(?:cy|t)|due date|baby bump|bump|trimester|ivf|fertility(?: treatment)?|miscarriage|"
        r"stillbirth|abortion|morning sickness|baby on the way|unborn (?:child|baby)|newborn|expect(?:ing|"
        r"ant)|breastfeeding|postpartum|maternity leave|ovulation|period|pregnancy test"
    ),
    "money": (
        r"income|salary|wages?|earnings|debts?|overdraft|arrears|loan(?:s| balance| repayments?)?|"
        r"mortgage(?: arrears)?|bankruptcy|insolvency|credit (?:score|rating|history|report|card debt)|"
        r"financial (?:difficult(?:y|ies)|troubles?|situation|problems?|hardship|status|stress|worries)|"
        r"money (?:troubles?|problems?|worries)|net worth|bank balance|unemployment|job loss|redundancy|"
        r"layoff|benefits claim|food stamps|late payments?|unpaid bills|tight budget|poverty|wealth|"
        r"gambling(?: losses)?|pay(?:check|slip|day loan)"
    ),
    "belief": (
        r"religion|religious (?:beliefs?|views?|background)|faith(?! in (?:us|our))|church|mosque|"
        r"synagogue|temple visits?|christian(?:ity)?|catholic(?:ism)?|muslim|islam(?:ic)?|jewish|judaism|"
        r"hindu(?:ism)?|buddhist|mormon|atheis[mt]|political (?:views?|party|beliefs?|opinions?|"
        r"affiliation)|party membership|voting (?:record|history)|union membership|prayers?|baptism|"
        r"conservative views|liberal views"
    ),
    "sexuality": (
        r"sexual(?:ity| orientation| preferences?| health| history)|sex life|gay|lesbian|bisexual|queer|"
        r"transgender|transition|coming out|gender identity|fetish|libido"
    ),
    "family": (
        r"divorce|separation|break-?up|split(?: from)?|custody(?: battle)?|ex-?(?:wife|husband|partner)|"
        r"marital (?:status|problems?|troubles?)|marriage (?:problems?|troubles?|counsell?ing)|affair|"
        r"single (?:mother|father|mum|mom|dad|parent)|domestic (?:violence|abuse)|abusive|adoption|foster|"
        r"family (?:problems?|troubles?|situation|crisis)|relationship (?:problems?|status|troubles?)|"
        r"childlessness|alimony|infidelity|empty nest|heartbreak"
    ),
    "death": (
        r"bereavement|funeral|late (?:husband|wife|mother|father|son|daughter|"
        r"partner)|passing|death|mourning|grieving|widow(?:ed|er|hood)?|condolences|inheritance|suicide|"
        r"departed"
    ),
    "origin": (
        r"race|ethnicity|ethnic (?:background|origin)|nationality|immigration (?:status|case)|visa status|"
        r"skin colou?r|refugee status|ancestry|heritage|native tongue|accent|citizenship"
    ),
    "crime": (
        r"criminal record|arrest|conviction|probation|parole|lawsuit|court case|prison (?:time|sentence)|"
        r"jail time|sentencing|police record|victim"
    ),
    "age": r"old age|retirement age|advancing years|senior years|wrinkles",
}
OWN_EN = r"(?:\w+ |\w+'s )?"
LEADS_EN = (
    r"(?:since|after|given|because of|due to|despite|during|following|about|regarding|with|for|on|"
    r"through|considering|in light of|based on|knowing|as to|to (?:match|suit|fit|help with|ease|"
    r"manage|support|treat)|"
    r"congratulations on|congrats on|sorry (?:about|for|to hear (?:about|of))|how is|how's|manage|"
    r"managing|suffering|handle|treat|help (?:with )?|ease|relieve|support|overcome|beat|cope with|"
    r"living with|recover(?:ing)? from|understand|noticed|heard about|know about|aware of|track)"
)
BE_EN = r"(?:are|'re|were|have been|'ve been|might be|may be|seem|appear to be|must be|could be)"
HAVE_EN = (
    r"(?:have|'ve(?: got)?|had|suffer(?:ed|ing)? (?:from|with)|struggl(?:e|ed|ing) with|(?:are|"
    r"'re) (?:living|dealing|struggling|coping|battling|recovering|suffering|diagnosed) ?(?:with|"
    r"from)?|live with|deal(?:t)? with|battl(?:e|ing)|were diagnosed with|been diagnosed with|"
    r"went through|going through|are going through|'re going through|recover(?:ed|ing)? from|"
    r"need help with|experienc(?:e|ed|ing)|lost)"
)
STATE_EN: Mapping[Topic, str] = {
    "health": (
        r"depressed|anxious|diabetic|disabled|ill|sick|unwell|overweight|obese|an? (?:alcoholic|addict|"
        r"cancer (?:patient|survivor)|patient)|in (?:pain|recovery|remission|therapy|rehab)|"
        r"on (?:medication|antidepressants|a diet)|allergic|hospitali[sz]ed|stressed|exhausted|lonely|"
        r"diagnosed|recovering|infertile|menopausal|balding|going bald|insomniac|not sleeping|"
        r"losing sleep|hiv[- ]positive|autistic|bipolar|sober|suffering"
    ),
    "pregnancy": (
        r"pregnant|expecting(?: a (?:baby|child|boy|girl))?|trying (?:for a baby|to conceive)|due (?:in|"
        r"next|this) \w+|a (?:new|first-time) (?:mum|mom|mother|parent)|an expectant (?:mother|mum|mom|"
        r"parent)|breastfeeding|about to (?:become|be) a (?:mum|mom|mother|parent|dad|father)"
    ),
    "money": (
        r"in debt|broke|bankrupt|unemployed|out of work|jobless|laid off|made redundant|short of (?:money|"
        r"cash)|struggling (?:financially|to pay|with (?:money|bills|debt))|behind on (?:your|"
        r"the) (?:payments|rent|bills|mortgage)|poor|rich|wealthy|a (?:high|low)[- ](?:earner|income)|"
        r"on (?:benefits|a (?:low|tight|high) (?:income|budget)|welfare)|living paycheck to paycheck"
    ),
    "belief": (
        r"(?:an? )?(?:christian|catholic|muslim|jewish|jew|hindu|buddhist|mormon|atheist|religious|"
        r"evangelical|conservative|republican|democrat|socialist|left[- ]wing|right[- ]wing)"
    ),
    "sexuality": r"gay|lesbian|bisexual|queer|transgender|trans|homosexual|in the closet|asexual",
    "family": (
        r"divorced|separated|getting (?:divorced|a divorce)|newly single|single(?: again)?|widowed|"
        r"a single (?:mother|father|mum|mom|dad|parent)|heartbroken|childless|adopted|cheating|"
        r"going through a (?:divorce|separation|break-?up)|recently (?:divorced|separated|widowed|single)"
    ),
    "death": r"grieving|in mourning|mourning|bereaved|widowed|a widow(?:er)?",
    "origin": r"(?:an? )?(?:immigrant|refugee|foreigner|asian|black|hispanic|latin[oa]|of \w+ (?:descent|origin))",
    "crime": r"(?:a )?(?:criminal|convicted|ex-?offender|felon)|on (?:probation|parole)|arrested|a victim",
    "age": (
        r"elderly|a senior(?: citizen)?|getting older|ageing|aging|past your prime|retired|over the hill|"
        r"no longer young"
    ),
}
UNWELL_EN = (
    r"\byou (?:do not|don't|did not|didn't|haven't|have not|can't|cannot|couldn't|seem(?: to)?|"
    r"struggle to|have (?:trouble|difficulty|problems))(?: \w+){0,4}? (?:sleep(?:ing)?|slept|"
    r"rest(?:ing|ed)?|eat(?:ing)?|breath(?:e|ing)|cop(?:e|ing)|concentrat\w+|conceiv\w+|walk(?:ing)?|"
    r"hear(?:ing)?(?! from))\b|"
    r"\b(?:trouble|difficulty|problems) sleeping\b\??(?= we| here|$|\?)|\byour (?:sleepless|"
    r"restless) nights\b|\b(?:can't|cannot) sleep\?|\bbeen up (?:all night|late) (?:again|lately|"
    r"every)"
)
BABY_EN = (
    r"\bcongratulations on (?:the|your) (?:new |little )?(?:baby|bump|birth|arrival|twins|"
    r"little one)\b|\b(?:we know|now that|since) money is tight\b|"
    r"\byou(?:'ve| have)? (?:gained|put on) (?:some |a little |a lot of )?weight\b|"
    r"\byou (?:can't|cannot|couldn't) afford\b"
)
BACK_EN = r"\bwelcome (?:back|home) from (?:the )?(?:hospital|rehab|surgery|your operation|prison|maternity leave)\b"
CONDOLE_EN = (
    r"\b(?:sorry for|condolences on|heard about|saddened by|after|since|following|of|in|"
    r"time of) your (?:\w+ )?(?:loss(?! of)|bereavement)\b|"
    r"\b(?:our|my|deepest|sincere) condolences\b|\byour (?:mother|father|mum|mom|dad|husband|wife|son|"
    r"daughter|partner|dog|cat|pet|grandmother|grandfather|sister|"
    r"brother)(?: \w+)?(?:'s)? (?:passed(?: away)?|died|death|passing|funeral|illness|cancer|dementia|"
    r"diagnosis|disability)\b|\byou(?:'ve| have)? lost (?:your|a) (?:mother|father|husband|wife|son|"
    r"daughter|partner|loved one|job|baby|child|dog|cat|pet|parent)\b"
)
