"""Logic: bans, permissions, exceptions, bounds, wishes, and the words that bind."""

BAN = (
    "leave people alone|leave them alone|leave customers alone|leave everyone alone|leave everybody alone|"
    "total blackout|blackout|a blackout|complete blackout|"
    "なってはならない|なってはいけない|なってはなりません|なってはだめ|ならないように|ならないよう|ならないこと|"
    "under no circumstances|under no circumstances may we|under no circumstances should we|on no "
    "account|in no case|by no means|ngワード|ng表現|禁止ワード|使用禁止ワード|禁句|禁止語|禁止表現|"
    "禁止|厳禁|禁止する|禁止とする|"
    "禁止事項|不可|ng|だめ|ダメ|駄目|無効|なし|無し|無用|不要|お断り|控え|見送り|見合わせ|禁ずる|"
    "禁じる|禁じます|禁じ|認めない|認めません|許可しない|許可しません|認められない|許されない|"
    "許さない|許しません|行わない|行いません|行わず|行なわない|実施しない|実施しません|しない|"
    "しません|せず|せずに|しなく|しないで|いたしません|致しません|いたさない|されない|されません|"
    "させない|できない|できません|出来ない|しては いけない|してはいけない|してはいけません|"
    "してはならない|してはなりません|してはだめ|してはダメ|するな|しちゃだめ|しないこと|停止|停止する|"
    "停止して|ストップ|ストップする|中止|中止する|お休み|休止|休止する|休む|休み|とりやめ|取りやめ|"
    "除外|除外する|除外して|除外し|対象外|対象外とする|対象から外す|対象から外して|配信対象から除外|"
    "対象から除外|配信対象外|対象から外し|配信対象から外す|配信対象から外して|送信対象から外す|避け|×|"
    "ブロック|抑止|抑制|配信を行わない|あり得ない|ありえない|自粛|自粛する|厳に慎む|慎む|遠慮する|"
    "遠慮して|遠慮|御法度|ご法度|タブー|論外|要らない|いらない|要りません|いりません"
    "|no|not|never|don't|do not|doesn't|does not|must not|mustn't|may not|cannot|can't|can not|should "
    "not|shouldn't|shall not|shan't|won't|will not|isn't|is not|are not|aren't|not be|not to|nothing|"
    "none|never ever|no more|remove|removed|remove from|take off|out of|take out|cut out|are not "
    "allowed|is not allowed|isn't allowed|aren't allowed|are not permitted|is not permitted|aren't "
    "permitted|isn't permitted|are not acceptable|is not acceptable|are not to be|is not to be|are "
    "not to|is not to|not to be|must not be|may not be|should not be|shouldn't be|cannot be|can't be|"
    "are never|is never|must never|must never be|may never|may never be|should never|should never be|"
    "never be|will not be|won't be|are forbidden|is forbidden|forbidden|banned|ban|prohibited|"
    "prohibit|not allowed|not permitted|not acceptable|unacceptable|off limits|off-limits|out of the "
    "question|taboo|stop|stops|stopped|avoid|avoids|avoiding|exclude|excludes|excluded|excluding from|"
    "leave out|leave alone|left out|left alone|leave off|keep out|refrain|refrain from|block|blocked|"
    "suppress|suppressed|drop|skip|skipped|omit|disallow|disallowed|disallow any|off|keep away|stay "
    "away|hold back|hold off|hold off on|without|pause|paused|pauses|halt|halted|forbid|hold|keep clear|"
    "steer clear|steer clear of|stay clear of|silent|stay silent|quiet|stay quiet|go silent|kept "
    "silent|remain silent|cease|is out of the question|are out of the question|out of bounds|are out|"
    "is out|keep off|banned from|barred|barred from|ineligible for|not eligible for|aren't eligible "
    "for|isn't eligible for|exempt from receiving|spare|does without|do without|neither|no-go|a "
    "no-go|verboten|not on|not okay|not ok|not fine|not for|ruled out|strictly forbidden|strictly "
    "prohibited|switched off|switch off|turned off|turn off|disabled|nix|scrap|zero|don’t|mute|muted|"
    "silence|silenced|suspend|suspended|on hold|stand still|quiet time for"
)
ONLY = (
    "nowhere but|nowhere except|no channel but|no channels but|no channel other than|no channels other than|"
    "nothing other than|nobody other than|no one other than|nowhere other than|"
    "だけ|のみ|でのみ|にのみ|に制限|に制限する|に制限します|制限|制限する|nothing but|nobody but|no "
    "one but|none but|限定|限定する|限定して|に限定|に限定する|に限る|に限り|に限ります|に限って|"
    "に限定します|に限定し|に限っ|限り|限る|限ります|しか|だけに限る|のみとする|オンリー|限定とする|"
    "専用|に絞る|に絞って|に絞り|に絞ります"
    "|only|solely|exclusively|reserved for|is reserved for|are reserved for|reserved to|restricted to|"
    "is restricted to|are restricted to|limited to|is limited to|are limited to|confined to|exclusive "
    "to|is exclusive to|are exclusive to|just|strictly for|intended for only|restrict|confine|and "
    "only|nowhere else"
)
ONLY_CHANNEL = (
    "nothing else|no other channel|no other channels|no other way|and nothing else|not by any other "
    "channel|and no other channel|no other means|other channels are not allowed|not via any other "
    "channel|on no other channel|through no other channel|他のチャネルは不可|他のチャネルは使わない|"
    "ほかのチャネルは不可|ほかのチャネルは使わない|他チャネルは不可|他チャネルは使わない|"
    "それ以外のチャネルは不可|それ以外のチャネルは使わない|その他のチャネルは不可|"
    "その他のチャネルは使わない|それ以外の手段は使わない|他の手段は使わない|"
    "それ以外のチャネルは使用しない|その他のチャネルは使用しない|他のチャネルは禁止|"
    "それ以外のチャネルは禁止|他のチャネルは使用しない|他のチャネルは使いません|"
    "それ以外のチャネルは使いません"
)
ONLY_AUDIENCE = (
    "nobody else|no one else|and nobody else|not anyone else|no other customers|not for anyone else|"
    "and no one else|to no one else|for nobody else|其他|それ以外の方には送らない|"
    "それ以外のお客様には送らない|他の方には送らない|ほかの方には送らない|それ以外のお客様は不可|"
    "他のお客様には送らない|それ以外の方は不可|他の会員には送らない"
)
ONLY_REST = (
    "それ以外は不可|それ以外は禁止|それ以外は送らない|それ以外はng|それ以外は使わない|他は不可|"
    "ほかは不可|他は禁止|他は送らない|ほかは送らない|他は使わない|それ以外は配信しない|"
    "それ以外は使用しない|それ以外の配信は不可|それ以外の配信は禁止|その他は不可|その他は送らない|"
    "その他は使わない|at no other time|and at no other time|not at any other time|at no other times|"
    "no other time|それ以外の時間は不可|それ以外の時間帯は不可|それ以外の時間は送らない|"
    "それ以外の時間帯は送らない|それ以外の時間帯は配信しない|その他の時間帯は不可|"
    "never at any other time|never at other times|never on any other day|never at any other hour|"
    "それ以外の時間は禁止|それ以外の時間帯は禁止|それ以外の曜日は送らない|それ以外の曜日は不可|"
    "それ以外の日は送らない|他の曜日は送らない|他の日は送らない|and on no other day|on no other day|"
    "on no other days|not on any other day"
)
OUTSIDE = (
    "国外|国外の|国外に|"
    "国外|国外の|は回数に含めない|は数えない|はカウントしない|は上限に含めない|は通数に含めない|は含めない|"
    "は含まない|は回数に含まない|は数に入れない|はカウントに含めない|以外|以外の|でない|ではない|"
    "じゃない|でなければ|でない限り|ではない限り|じゃない限り|でないかぎり|のない|がない|の無い|を持たない|がついていない|"
    "が付いていない|のついていない|の付いていない|ではなく|を除き|を除く|を除いて|を除いた|は除く|"
    "は除き|は除いて|は除きます|は除外|は例外|は例外とする|は例外です|は対象外|は別|は別です|"
    "は別とする|はこの限りではない|はこの限りでない|は適用しない|は適用外|には適用しない|"
    "については適用しない|除く|除き|除いて|除きます|例外|例外とする"
)
EXCEPT = (
    "except|except for|excepting|excluding|other than|apart from|aside from|with the exception of|"
    "save for|but not|unless it is|unless it's|unless they are|unless they're|unless the customer is|"
    "unless he is|unless it is a|unless"
    "|any channel but|any channel except|any channel other than|every channel but|every channel except|"
    "all channels but|all channels except|on any channel but|on any channel except|on any channel other than|"
    "on every channel but|on every channel except|on all channels but|on all channels except|"
    "everything but|everyone but|anyone but|anything but|everybody but|anybody but|who are not|who "
    "aren't|who is not|who isn't|that are not|that aren't|not in|outside|not tagged|not belonging to|"
    "besides|not from|non|excepted are|all but|barring|bar|with exception of|exempt|exempted|are "
    "exempt|is exempt|are exempt from this|are exempted|is exempted|do not apply to|does not apply to|"
    "doesn't apply to|this does not apply to|this doesn't apply to|not applicable to|not applying to"
)
EXEMPT_AFTER = (
    "are exempt|is exempt|are exempt from this|are exempted|is exempted|exempt|exempted|excepted|are "
    "excepted|is excepted|excluded from this|are excluded from this|are an exception|is an exception|"
    "are the exception|is the exception|are exempt from that|are exempt from this rule|are exempt "
    "from this limit|don't count|do not count|are not affected|are unaffected|is not affected|are not "
    "subject to this|don't fall under this|are fine at any time|not included"
)
BUT = "だが|だけど|だけれど|けれど|けれども|ですけど|ただし|但し|ただ|なお|もっとも|however|but|though|although"
MUST = (
    "必ず|必須|必要|かならず|絶対に|必ず入れる|義務|徹底|must|must be|has to|have to|have to be|has "
    "to be|always|need to|needs to|needs to be|need to be|required to|should|shall|ought to|should be|"
    "is to be|are to be|make sure|make sure that|ensure|ensure that|be sure to|see to it that|"
    "obligatory|mandatory|compulsory|required|without fail"
)
MAY = (
    "可|可能|ok|okay|よい|良い|いい|構わない|かまわない|構いません|かまいません|許可|許可する|"
    "許可します|認める|認めます|大丈夫|問題ない|問題ありません|問題なし|差し支えない|"
    "差し支えありません|できる|できます|結構|許容|○|可とする|許される|許可される"
    "|may|may be|can|can be|allowed|is allowed|are allowed|allowed to|permitted|is permitted|are "
    "permitted|permitted to|be allowed to|acceptable|is fine|are fine|fine|is ok|are ok|ok to|okay to|"
    "is okay|are okay|welcome to|eligible|eligible for|are eligible for|is eligible for|entitled to|"
    "permissible|allow|permit|no problem|yes|"
    "解禁|解禁する|解禁します|解禁とする|制限なし|特に制限なし|制限はなし|制限はない|制限はありません|制限は設けない|"
    "制限は設けません|無制限|上限なし|それ以外は制限なし|それ以外は特に制限なし|それ以外は制限しない|それ以外は自由|"
    "それ以外は問題なし|それ以外は通常どおり|no limit otherwise|otherwise no limit|otherwise there is no limit|"
    "unlimited|"
    "everything else is fine|anything else is fine|the rest is fine|no limit on the rest"
)
SOFT = (
    "できれば|できたら|出来れば|可能であれば|可能なら|可能な限り|できるだけ|出来るだけ|できる限り|"
    "出来る限り|なるべく|極力|できるなら|望ましい|望ましく|が望ましい|のが望ましい|ことが望ましい|"
    "希望|希望します|希望です|のが理想|理想|理想としては|理想は|と助かります|助かります|と嬉しい|"
    "嬉しいです|うれしいです|ありがたいです|と有り難い|有り難いです|ありがたい|幸いです|と幸いです|"
    "推奨|が推奨|よければ|良ければ|よろしければ|余裕があれば|無理のない範囲で|努力目標|目安として|"
    "目標|望みます|たいです|たいと思います|したいです|したい|なるたけ"
    "|if possible|where possible|when possible|whenever possible|as far as possible|as much as "
    "possible|ideally|preferably|prefer|we prefer|we'd prefer|we would prefer|i'd prefer|i would "
    "prefer|prefer to|preferred|would be appreciated|is appreciated|appreciated|would like|i'd like|"
    "we'd like|would be nice|it would be nice|it would "
    "be nice if|it'd be nice if|would be great|it would be great if|it would be good if|nice to have|"
    "try to|please try|try|try not to|if you can|where you can|when you can|when in doubt|hopefully|"
    "if feasible|where feasible|if at all possible|best effort|aim for|aim to|we hope|it would help "
    "if|we'd love|we would love|as best you can|we'd rather|i'd rather|rather|wherever possible|"
    "wherever you can|should you be able to|lean towards|lean toward|favour|favor"
)
TOGETHER = (
    "合わせて|あわせて|併せて|合計|合計で|全チャネル合計|トータル|トータルで|通算|通算で|総計|"
    "すべて合わせて|全部で|全部合わせて|まとめて|込みで|合算|合算で|総数|合計して|total|in total|"
    "combined|together|taken together|altogether|overall|across all channels|across channels|all told|"
    "all in all|put together|jointly|across both|between them|in all|across both channels|counted "
    "together|全体で|チャネル横断|チャネル横断で|チャネル合計で|チャネル合計|チャネルをまたいで|"
    "across all of them|across the board"
)
EACH = (
    "それぞれ|各々|おのおの|各|別々に|個別に|チャネルごとに|チャネルごと|チャネル毎に|チャネル別に|"
    "チャネル毎|いずれも|どちらも|each|respectively|individually|separately|apiece|per channel|on "
    "each channel|for each channel|of each"
)
ALL_CHANNELS = (
    "どのチャネルであっても|いずれのチャネルであっても|どのチャネルにおいても|どの媒体でも|全チャネル|"
    "すべてのチャネル|全てのチャネル|全チャネル共通|どのチャネルも|どのチャネルでも|チャネルを問わず|"
    "チャネル問わず|全媒体|あらゆるチャネル|いずれのチャネルでも|一切|一切の|いっさい|何も|なにも|"
    "いかなる|どんな|あらゆる|すべて|すべての|全て|全ての|全部|全|all channels|any channel|every "
    "channel|whatever the channel|regardless of channel|on any channel|across the channels|any|all|at "
    "all|every|whatsoever|of any kind|anything|everything|any kind of|any sort of|whatever|any two|"
    "altogether no"
)
SAY_FROM = (
    "から|より|以降|以後|過ぎ|過ぎたら|を過ぎたら|を過ぎて|を過ぎた|を回ったら|すぎ|過ぎは|すぎは|"
    "以降は|より後|より遅く|より遅い|を越えて|を越えたら|よりあと|からあと|開始|スタート|after|from|"
    "later than|past|since|onwards|onward|starting|starting at|beginning at|beginning|as of|not "
    "before|once it is|from then on|on from|or later|and later|no earlier than|not earlier "
    "than|not until|starting from"
)
UNTIL = (
    "いっぱいまで|いっぱいまでは|いっぱい|いっぱいは|前の|まで|までに|までは|以前|より前|よりも前|前|前に|"
    "になるまで|までの間|より早く|より早い|よりまえ|"
    "までの|終了|before|until|till|til|by|earlier than|prior to|up to|or earlier|and earlier|to|"
    "through|thru|ahead of|no later than|not later than|not after|at the latest|ending|up until"
)
MOST = (
    "is plenty|are plenty|is the most|at the very most|at the absolute most|at the utmost|tops out|ceilings|top limit|"
    "に制限|に制限する|に制限します|制限|制限する|以内|以内に|以内で|以下|以下に|まで|までに|までは|"
    "までと|上限|上限とする|上限は|を上限|を上限に|限度|が限度|が上限|最大|最大で|最大でも|最高|"
    "最高で|多くても|マックス|max|max.|maximum|maximum of|a maximum of|the maximum|at most|at the "
    "most|up to|no more than|not more than|not exceed|not exceeding|not to exceed|never exceed|never "
    "more than|not over|no higher than|not higher than|not above|not beyond|no deeper than|no longer "
    "than|not longer than|not be longer than|no greater than|not greater than|limit|limit of|limited "
    "to|limited|limits|cap|capped at|capped|cap of|a cap of|upper limit|upper bound|ceiling|ceiling "
    "of|tops|at maximum|or less|or fewer|or under|or below|or shorter|and below|and under|or lower|to "
    "a maximum of|within|top out at|tops out at|not go beyond|never go beyond|never go above|not go "
    "above|not go over|never go over|not surpass|nothing above|nothing over|nothing beyond|not be "
    "more than|not be over|at a time no more than|no more often than|not more often than|never more "
    "often than|not in excess of|as a maximum|のが上限|止まり|どまり|にとどめる|にとどめて|にとどめ|"
    "に留める|に留めて|にとどめます|にとどまる|頭打ち|天井|キャップ|が最大|が最大です|を最大とする|"
    "を超えない範囲|を超えない範囲で|の範囲内|の範囲|範囲内|no further than|stay at or below|at or "
    "below|not any more than|restrict to|keep to|stick to|hold to|and no more|not more|never more|and "
    "never more|no more|, no more|and not more|not a single one more|per head at most|の範囲で|まで可|"
    "までok|までは可|までなら可|までとする"
)
BELOW = (
    "より安く|より安い|より安価|未満|未満に|を下回る|を切る|を割る|より少なく|より少ない|より低い|"
    "より低く|より短く|より短い|より小さい|以下ではなく|fewer than|less than|under|below|lower than|"
    "shorter than|smaller than|not reach|not reaching|never reach|short of|stay below|stays below|"
    "stayed below|stay under|stays under|stayed under|beneath|younger than|cheaper than"
)
LEAST = (
    "以上|以上は|最低|最低でも|少なくとも|最短でも|最低限|at least|or more|or over|or above|or longer|"
    "minimum|a minimum of|minimum of|and above|and over|and up|or higher|no less than|not less than|"
    "no fewer than|or older|and older|plus|at the least|min|min.|or greater|upwards|not under|or "
    "better|or deeper"
)
ABOVE = (
    "run past|go past|runs past|goes past|going past|"
    "を超える|を超え|超|を超えて|超える|超えて|超え|を越える|を越え|を越えて|を上回る|を上回って|"
    "を上回り|上回る|上回って|より多く|より多い|より高い|より高く|より大きい|より大きな|より上|"
    "より長い|より長く|オーバー|over|above|more than|exceeding|exceed|exceeds|exceeded|higher than|"
    "greater than|beyond|longer than|larger than|bigger than|deeper than|in excess of|older than|"
    "run past|runs past|go past|goes past|get past|gets past|run beyond|runs beyond|"
    "surpass|surpasses|more often than|pass|go over|go above|go beyond|goes over|goes above|run over|"
    "top"
)
ABOUT = (
    "くらい|ぐらい|程度|ほど|約|およそ|前後|頃|ごろ|あたりまで|おおむね|roughly|about|around|"
    "approximately|or so|circa|more or less|give or take|some"
)
PER_WORD = "につき|あたり|当たり|あたりの|ごと|ごとに|毎|毎に|に対して|per|each|every|an|a|/"
PRIORITY = (
    "優先|優先する|優先して|優先し|優先的に|第一に|まず|まずは|を先に|先に|を第一に|を最優先|最優先|"
    "優先順位|優先順位は|優先順|を選ぶ|を選んで|を使って|の順|の順で|の順に|first|prioritise|"
    "prioritize|priority|preference|give priority to|take priority|takes priority|takes precedence|"
    "put first|prioritised|prioritized|in this order|preferring|rather than|instead of|over|ahead of|"
    "in preference to|よりも|より"
)
GAP = (
    "配信したら|配信したあと|配信した後|配信したのち|送信したら|送付したら|お送りしたら|has to pass|"
    "have to pass|should pass|needs to pass|has to lie|must lie|has to wait|have to wait|"
    "の間隔|の間隔は|間隔|配信間隔|送信間隔|間|あける|空ける|あけて|空けて|あけ|空け|空けます|"
    "あけます|あけること|空いて|あいて|置く|置いて|おく|おいて|置き|インターバル|たたないうちに|"
    "経たないうちに|経つまで|たつまで|経過するまで|経過しない限り|経過しないうち|経過しないうちに|"
    "たつまでは|経つまでは|経過するまでは|経過後|経過してから|経ってから|たってから|経っていない|"
    "たっていない|経過していない|間をあけ|間を空け|前回|前回の|前の|直前の|次の|次|続けて|連続して|"
    "連続|連続で|続けざまに|立て続けに|の間に|の間は|の間|もう一度|再度|再び|次回|から次|空白|"
    "クールダウン|休止期間|あいだ|あいだを|間を|の間を|同士|どうし|隔て|隔てて|経過|ずつあけ|別の|"
    "たたない|経たない|もう1通|追加で|新たに|送ったら|送ったあと|送った後|送ってから|送信後|配信後|"
    "送ってからの|送ったあとの|配信してから|送信してから|かけたら|かけた後|かけてから|届いてから|の後|"
    "のあと|後|後は|から先"
    "|apart|gap|gap of|a gap of|between|interval|intervals|spacing|space|spaced|space out|spread|"
    "spread out|separate|separated|separated by|wait|wait for|cooling-off|cooldown|cool-down|cooling "
    "off|one another|each other|of each other|within each other|another|second|first|the first|the "
    "last|last|previous|previous one|preceding|next|one after another|in a row|back to back|"
    "back-to-back|consecutive|must pass|pass between|pass before|lie between|elapse|elapsed|have "
    "passed|has passed|have elapsed|passed|since the last|since the previous|from the previous|after "
    "the previous|after the last|following|of the last|of the previous|of the first|leave|allow|keep|"
    "rest|pause of|break|break of|any two|two|both|breathing space|breather|distance|successive|the "
    "next|the one before|of one another|lies|lie|be at least"
)
CONSECUTIVE = (
    "2日連続|二日連続|2日続けて|二日続けて|連日|毎日続けて|on consecutive days|on two consecutive "
    "days|two days in a row|two days running|on back-to-back days|on successive days|day after day"
)
SAME_DAY = "同じ日|同日|同一日|同じ日のうち|on the same day|in the same day|within the same day|the same day|same day"
HALF_DAY = "半日|半日間|half a day|half day"
HALF_YEAR = "半年|半年間|half a year|half year|every half year|six-month period"
CAP_WORDS = (
    "配信上限|配信頻度|送信上限|送信頻度|頻度|回数|通数|本数|配信回数|送信回数|送信数|配信数|配信本数|"
    "件数|配信通数|送信通数|頻度上限|フリークエンシー|フリークエンシーキャップ|frequency|frequency "
    "cap|number of|the number of|volume per customer|sends per|contact frequency|message frequency|"
    "rate"
)
QUIET = (
    "配信禁止時間|配信禁止時間帯|送信禁止時間|送信禁止時間帯|禁止時間|禁止時間帯|サイレント時間|"
    "お休み時間|静穏時間|静かな時間|夜間配信停止|配信停止時間|配信停止時間帯|quiet hours|quiet period|"
    "quiet time|silent hours|silence|do-not-disturb hours|do not disturb hours|blackout hours|"
    "blackout|no-send hours|no-contact hours|dnd|do not disturb|blackout period"
)
WINDOW = (
    "配信時間|配信時間帯|送信時間|送信時間帯|配信可能時間|配信可能時間帯|送信可能時間|"
    "配信してよい時間|配信してよい時間帯|架電時間|架電可能時間|架電可能時間帯|営業時間外|時間帯|時刻|"
    "配信日|配信曜日|送信日|送信曜日|曜日|send window|sending window|sending hours|delivery window|"
    "delivery hours|sending times|send times|delivery times|calling hours|call hours|permitted hours|"
    "allowed hours|contact hours|window|hours|send time|allowed window"
)
DAYPARTS = {
    "morning": (360, 720, "朝|朝のうち|午前|in the morning|in the mornings|morning|mornings|mornings only"),
    "forenoon": (0, 720, "午前中"),
    "afternoon": (720, 1080, "午後|午後のうち|in the afternoon|in the afternoons|afternoon|afternoons"),
    "evening": (1080, 1320, "夕方以降|夜|夜間|夜のうち|in the evening|in the evenings|evening|evenings"),
    "dusk": (960, 1140, "夕方"),
    "daytime": (540, 1080, "日中|昼間|during the day|daytime|the daytime"),
    "lunch": (690, 810, "お昼時|ランチタイム|昼休み|at lunchtime|lunchtime|around noon|お昼ごろ|お昼頃"),
    "night": (1320, 360, "深夜|夜中|夜遅く|late at night|at night|late in the evening|very late"),
    "dawn": (240, 420, "早朝|朝早く|early in the morning|early morning"),
}
"""Parts of the day: good enough for a wish, too vague for a rule, except where `DEFINITE`."""
DEFINITE = frozenset(("forenoon",))
LOCAL = (
    "現地時間|現地時間で|お客様の現地時間|お客様の現地時間で|お客様の時間|お客様の時間で|"
    "お客様の時間帯で|お客様のタイムゾーンで|受信者の現地時間|顧客の現地時間|their time|their local "
    "time|local time|customer's local time|the customer's local time|in the customer's time zone|the "
    "customer's time zone|the customer's time|their time zone|recipient's local time|customer time|"
    "the recipient's local time|in their time zone|wherever they are|in the customer's local time"
)
SETTLED = (
    "解決するまで|解決するまでは|完了するまで|完了するまでは|終わるまで|終わるまでは|クローズするまで|"
    "until it is resolved|until it's resolved|until resolved|until that is resolved|until it is closed|"
    "until it's closed|until it is solved|until this is resolved|until they are resolved|until it is settled"
)
"""Until a ticket is closed: said of customers who have one, it adds nothing."""
OTHER_DAYS = (
    "それ以外の時期|それ以外の期間|それ以外の日|それ以外の日程|その他の時期|その他の期間|期間外|期間外は|"
    "the rest of the time|for the rest of the time|at all other times|all other times|outside that period|"
    "outside this period|outside these dates|outside those dates|on all other days|on other days"
)
"""All days but those that the clause before it names."""
