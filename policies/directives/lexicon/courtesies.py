"""Courtesies: greetings, thanks, signatures, reasons, headings: words that ask for nothing."""

import re

PHRASES = (
    "それ以外は特に制限なし|それ以外は制限なし|それ以外は特に制限はありません|ほかは特に制限なし|"
    "no other limits|no limits otherwise|otherwise no limits|"
    "各位|関係者各位|みなさま|お疲れ様です！|確認ですが|ご確認ですが|取り急ぎですが|quick one from me|"
    "quick one|a quick one|"
    "quick reminder|just a reminder|a reminder|full stop|period.|🙏|"
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
TITLE = r"【[^】\d]{1,20}】|(?:meeting )?(?:minutes|notes|agenda)\b[^.!?:]{0,30}:"
"""A line that only names what follows: 【議事録】, Minutes, 20 Nov:"""
REASON_JA = r"(?:ため|為|ので|(?<![てで])から|おかげで|ことから|関係で|都合で|都合上|観点から|ゆえ|につき)$"
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

FRAMED = re.compile(r"\s*【([^【】\n]+)】\s*")
NAMED = re.compile(r"\s*【([^【】\n\d]{1,20})】(?=\s*[^\sをとのはがでにもか」])")
"""What the rest of the line is about, in front of it: 【LINE】週1通まで."""
LEAD = re.compile(
    r"\s*(?:[^\s。、:「]{0,14}(?:会議|定例|ミーティング|mtg|打ち合わせ|打合せ)(?:にて|で)(?:の)?(?:決定|合意|確認|承認)"
    r"(?:事項|済み|しました)?[:、。]|"
    r"(?:本部|本社|店長|法務|上長|部長|社長|オーナー|クライアント)(?:から|より)(?:の)?(?:指示|依頼|連絡|"
    r"要請)(?:です|で|により)?[:、。]|"
    r"(?:as (?:agreed|discussed|decided|promised)(?: (?:in|at|on|with|by) [a-z' ]{1,30})?|as per (?:our|"
    r"the) [a-z' ]{1,20}|"
    r"per (?:legal|head office|hq|management|compliance)),\s|"
    r"(?:legal|compliance|head office|hq|management|marketing|the (?:board|boss|client|brand team|legal team|owner)|"
    r"our (?:lawyers|legal team|boss|manager|client|owner)) (?:has |have )?(?:asked|told|wants|want|instructed|"
    r"requires|reminded|needs|need) (?:us|me)(?: all)?(?: to\s| that\s|,\s|\s)(?=\S))"
)
"""Who decided it, before what was decided; it must leave a no that follows standing: told us not to."""
DATED = re.compile(
    r"(?:(?:meeting |team |weekly )?(?:minutes|notes|recap|agenda|summary|decisions)(?: of| from|"
    r" for)?(?: the)?(?: meeting)?"
    r"[,:]?\s[\w\s,./()-]{3,30}|[\d/月日年()月火水木金土日 .-]{3,18}[^。、\d:]{0,16}(?:議事録|メモ|定例|会議|"
    r"mtg|打ち合わせ|まとめ))"
)
"""A heading with the day of the meeting."""
