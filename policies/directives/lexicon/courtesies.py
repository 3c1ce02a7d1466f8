"""Courtesies: greetings, thanks, signatures, reasons, headings: words that ask for nothing."""

PHRASES = (
    "お世話になっております|お世話になります|いつもお世話になっております|お疲れ様です|お疲れさまです|"
    "おつかれさまです|お疲れ様でございます|こんにちは|おはようございます|こんばんは|"
    "ありがとうございます|いつもありがとうございます|ありがとうございました|よろしくお願いします|"
    "よろしくお願いいたします|よろしくお願い致します|宜しくお願いします|宜しくお願いいたします|"
    "宜しくお願い致します|何卒よろしくお願いいたします|何卒宜しくお願いいたします|以上|以上です|以上、"
    "よろしくお願いいたします|以上よろしくお願いします|以上よろしくお願いいたします|ご確認ください|"
    "ご確認をお願いします|ご確認お願いします|ご確認のほどよろしくお願いいたします|"
    "ご対応のほどよろしくお願いいたします|ご対応をお願いします|ご対応お願いします|"
    "ご対応よろしくお願いします|了解です|了解しました|承知しました|承知いたしました|かしこまりました|"
    "失礼します|失礼いたします|下記の通りです|以下の通りです|以下のとおりです|次のとおりです|"
    "次の通りです|下記のとおりです|以下のとおりお願いします|以下の通りお願いします|"
    "下記の通りお願いします|下記ご確認ください|ご連絡です|ご相談です|お願いです|突然すみません|"
    "すみません|恐れ入ります|恐れ入りますが|お手数ですが|お手数をおかけしますが|"
    "お忙しいところ恐れ入ります|お忙しいところすみません|お手数をおかけします|配信ルールについてです|"
    "配信ルールの件です|配信の件です|ご連絡いたします|ご共有です|共有です|"
    "先日はありがとうございました|ご不明な点があればご連絡ください|助かります|お願いします|"
    "お願いいたします|どうぞよろしく|よろしく|敬具|拝啓|草々|では|それでは|取り急ぎ|"
    "取り急ぎご連絡まで"
    "|hi|hi there|hi team|hi all|hello|hello team|hello all|hey|hey team|hey all|hi everyone|hello "
    "everyone|hi folks|dear team|dear all|good morning|good afternoon|good evening|thanks|thank you|"
    "thanks a lot|many thanks|thanks in advance|thank you in advance|thanks again|thanks so much|"
    "thank you very much|thank you so much|best|best regards|kind regards|regards|warm regards|best "
    "wishes|cheers|sincerely|yours sincerely|yours|all the best|sounds good|sounds good to me|looks "
    "good|looks good to me|got it|understood|noted|ok|okay|great|perfect|that's all|that is all|"
    "that's it|as discussed|fyi|please see below|see below|please find the rules below|here are the "
    "rules|here are our rules|here is what we agreed|here's what we agreed|hope you are well|i hope "
    "you are well|hope this helps|i hope this helps|hope all is well|please confirm|let me know if "
    "anything is unclear|let me know if you have questions|let me know if you have any questions|any "
    "questions, just ask|talk soon|have a nice day|have a great day|have a good weekend|rules for the "
    "team|a quick note|quick note|as follows|please note|note"
)
REASON_JA = r"(?:ため|為|ので|から|おかげで|ことから|関係で|都合で|都合上|観点から|ゆえ|につき)$"
REASON_EN = (
    r"^(?:because|since|as (?:we|our|they|it|this|there|customers|people|many)|so that|due to|given "
    r"that|given|in view of|to avoid|to protect|to keep|in order to|after all|otherwise|we have had|we "
    r"had|we've had|we received|we have received|we've received|there were|there have been|last "
    r"(?:month|week|year|quarter)|our (?:customers|team|legal team|lawyers) (?:have|has|had|told|"
    r"complained|said|asked)|the reason is|this is because|reason:|background:)\b"
)
OFFICE_JA = (
    r"^[^\s。、]{0,20}(?:部|課|室|チーム|担当|グループ|本部|店|株式会社)"
    r"[\s、の・]+[一-龠ァ-ヶ]{1,6}(?:より|です|と申します)?$"
)
INTRODUCTION_JA = r"^[^\s。、]{1,20}の[一-龠ァ-ヶ]{1,5}です$"
SIGNATURE_JA = r"^(?:[^\s。、]{1,20}の[^\s。、]{1,6}です|[^\s。、]{1,6}(?:より|拝))$"
HEADING_JA = (
    r"^(?:【[^】]{1,30}】|■?\s*[^。、\d]{0,24}(?:ルール|方針|一覧|次のとおり|以下のとおり|下記のとおり|"
    r"以下の通り|次の通り|下記の通り|について|の件|議事録|決定事項|メモ)(?:です|とします|になります)?)"
    r"$"
)
HEADING_EN = (
    r"^(?:[\w\s'-]{0,40}(?:rules|guidelines|policy|notes|minutes|overview|summary|as follows|following|"
    r"decisions|agreed|limits by channel|caps by channel|per channel)(?: are)?)$"
)
HEADER_LINE = r"^(?:from|to|cc|bcc|subject|date|sent|re|fwd|件名|差出人|宛先|送信日時|日時|cc先)\s*[:：].*$"
